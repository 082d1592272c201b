use super::*;

/// Who is likely the same, in words: `Helen Drax = Drax, Helen | H. Drax`.
fn found(names: &[&str]) -> Vec<String> {
    let found = likely_same(names.iter().copied().enumerate(), true);
    let listed = |all: &[usize]| {
        let all: Vec<&str> = all.iter().map(|nth| names[*nth]).collect();
        all.join(" | ")
    };
    let shown = |one: &LikelySame| format!("{} = {}", listed(&one.may_be), listed(&one.names));
    found.iter().map(shown).collect()
}

#[test]
fn spellings_of_one_person_are_recognised() {
    for (full, others) in [
        (
            "Helen Drax",
            &["Drax, Helen", "Mayor Drax", "H. Drax", "helen  drax"][..],
        ),
        (
            "José Álvarez",
            &["Jose Alvarez", "Álvarez, J.", "ALVAREZ José", "Sr Álvarez"],
        ),
        (
            "Jürgen Müller",
            &[
                "Juergen Mueller",
                "Herr Müller",
                "Dr. J. Muller",
                "Jürgen Müler",
            ],
        ),
        (
            "Ursula von der Leyen",
            &[
                "von der Leyen, Ursula",
                "President von der Leyen",
                "U. v. d. Leyen",
            ],
        ),
        (
            "Mary-Ann O'Brien",
            &[
                "Mary Ann O’Brien (Labour)",
                "Mrs O'Brien",
                "O'Brien, Mary Ann",
            ],
        ),
        ("Ольга Ковальчук", &["Ковальчук, Ольга", "О. Ковальчук"]),
        ("Jens Stoltenberg", &["Jens Stoltenburg", "Stoltenberg"]),
    ] {
        let names: Vec<&str> = [full].into_iter().chain(others.iter().copied()).collect();
        let wanted = format!("{full} = {}", others.join(" | "));
        assert_eq!(found(&names), [wanted]);
    }
}

#[test]
fn different_people_are_told_apart() {
    for names in [
        &["Helen Drax", "Paul Drax", "Helen Quill", "P. Quill"][..],
        &["Martin Berg", "Martina Berg", "Jan Berg", "Jon Berg"],
        &["George Bush Sr.", "George Bush Jr."],
        &["Mr Lind", "Mrs Lind"],
        &["Helen Maria Drax", "Helen Paula Drax"],
        &["Ministry of Defence", "Mr Defence", "Ministry of Finance"],
        &["Skerrow", "Government of Skerrow"],
        &["Town Council", "Harbour Council", "Council"],
        &["", "…", "!"],
    ] {
        assert_eq!(found(names), [""; 0], "{names:?}");
    }
}

#[test]
fn who_may_be_several_is_not_put_to_one() {
    let names = ["Helen Drax", "Paul Drax", "Mayor Drax", "Drax, P."];
    assert_eq!(
        found(&names),
        [
            "Helen Drax | Paul Drax = Mayor Drax",
            "Paul Drax = Drax, P."
        ]
    );
}

#[test]
fn the_plainest_of_equal_names_stands_for_all() {
    let names = ["DRAX, HELEN", "Mrs Helen Drax", "Helen Drax", "Drax, Helen"];
    assert_eq!(
        found(&names),
        ["Helen Drax = DRAX, HELEN | Mrs Helen Drax | Drax, Helen"]
    );
}

#[test]
fn bodies_are_the_same_by_their_words_alone() {
    let names = [
        "The Harbour Office",
        "Harbour-Office",
        "H. Office",
        "Office",
    ];
    let found = likely_same(names.into_iter().enumerate(), false);
    let one = LikelySame {
        may_be: vec![0],
        names: vec![1],
    };
    assert_eq!(found, [one]);
}

#[test]
fn an_alias_stands_for_its_owner() {
    let names = [(0, "Helen Drax"), (0, "Helen Quill"), (1, "Quill, Helen")];
    let one = LikelySame {
        may_be: vec![0],
        names: vec![1],
    };
    assert_eq!(likely_same(names.into_iter(), true), [one]);
}

#[test]
fn an_alias_without_given_names_does_not_make_two_people_one() {
    let names = [
        (0, "Helen Drax"),
        (0, "Mayor Drax"),
        (1, "Paul Drax"),
        (2, "Drax"),
    ];
    let one = LikelySame {
        may_be: vec![0, 1],
        names: vec![2],
    };
    assert_eq!(likely_same(names.into_iter(), true), [one]);
}

#[test]
fn many_of_one_name_take_no_time() {
    let names: Vec<String> = (0..30_000)
        .map(|n| format!("{}{n} Smith", if n % 2 == 0 { "A" } else { "B" }))
        .collect();
    let names = names.iter().map(String::as_str).enumerate();
    assert!(likely_same(names, true).is_empty());
}
