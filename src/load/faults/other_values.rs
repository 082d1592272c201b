//! The right word for values that people try in a field with a fixed vocabulary.

/// What is meant by a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherValue {
    /// It is called so here.
    Called(&'static str),
    /// It is said in another way, or elsewhere.
    Said(&'static str),
}

use OtherValue::{Called, Said};

/// Words that people try, with spaces between, and what is meant by them.
type Values = (&'static str, OtherValue);

/// What is meant by a word that a vocabulary does not have; `called` is what a message calls one of
/// its words ("an act").
pub fn of(called: &str, word: &str) -> Option<OtherValue> {
    let values = (VOCABULARIES.iter()).find(|(name, _)| *name == called)?.1;
    let word = annals_finding::fold::fold(word.trim()).replace([' ', '-'], "_");
    let found = values
        .iter()
        .find(|(words, _)| words.split(' ').any(|one| one == word));
    found.map(|(_, meant)| *meant)
}

const VOCABULARIES: &[(&str, &[Values])] = &[
    ("a kind of actor", ACTORS),
    ("a status", STATUS),
    ("an act", ACTS),
    ("a mode", MODES),
    ("a stance", STANCES),
    ("a relation in time", RELATIONS_IN_TIME),
    ("an end", ENDS),
    ("a calendar", CALENDARS),
    ("a kind of relation", RELATIONS),
];

const ACTORS: &[Values] = &[
    (
        "human individual man woman people politician character citizen individual_person \
        natural_person official leader",
        Called("person"),
    ),
    (
        "company corporation business firm organisation org institution agency party \
        political_party ngo association union church university school army military \
        ministry authority court parliament council committee club foundation bank \
        alliance legal_entity legal_person department body",
        Called("organization"),
    ),
    (
        "country nation government republic kingdom nation_state empire",
        Called("state"),
    ),
    (
        "crowd protesters community collective team movement population residents \
        ethnic_group unnamed persons",
        Called("group"),
    ),
    (
        "newspaper press journalist_outlet outlet broadcaster news_agency magazine tv \
        radio publisher news media_outlet blog",
        Called("media"),
    ),
    (
        "place city town location region village",
        Said("a place is a record of its own, under places; a city that speaks is an organization"),
    ),
];

const STATUS: &[Values] = &[
    (
        "happened done completed complete past true real confirmed finished over ended \
        took_place actual yes held",
        Called("occurred"),
    ),
    (
        "current in_progress active continuing running now underway present open",
        Called("ongoing"),
    ),
    (
        "planned upcoming announced set due fixed booked arranged",
        Called("scheduled"),
    ),
    (
        "expected future predicted likely pending possible probable forecast feared hoped \
        hypothetical",
        Called("anticipated"),
    ),
    (
        "claimed reported disputed unconfirmed rumoured rumored supposed unverified \
        doubtful suspected contested reportedly",
        Called("alleged"),
    ),
    (
        "canceled called_off abandoned postponed dropped aborted no did_not_happen \
        never_happened",
        Called("cancelled"),
    ),
];

const ACTS: &[Values] = &[
    (
        "says said states tells claims claim statement declares announces reports \
        explains describes adds notes argues insists assertion stated claimed affirms \
        accuses alleges testifies",
        Called("asserts"),
    ),
    (
        "rejects disputes contradicts refutes disagrees denial denied rebuts disavows",
        Called("denies"),
    ),
    (
        "agrees acknowledges admits concedes corroborates endorses repeats confirmation \
        confirmed verifies",
        Called("confirms"),
    ),
    (
        "corrects withdraws takes_back recants apologizes apologises revokes retraction \
        correction backtracks",
        Called("retracts"),
    ),
    (
        "orders commands insists_on requires instructs demand ultimatum calls_for",
        Called("demands"),
    ),
    (
        "asks_for appeals begs urges request invites pleads recommends proposes suggests \
        advises calls_on",
        Called("requests"),
    ),
    ("offer volunteers tenders bids", Called("offers")),
    (
        "vows pledges commits swears guarantees promise undertakes assures agrees_to",
        Called("promises"),
    ),
    (
        "expects forecasts foresees prediction prophesies anticipates hopes fears \
        estimates",
        Called("predicts"),
    ),
    ("threat menaces intimidates blackmails", Called("threatens")),
    (
        "warns warning cautions",
        Said("a warning predicts what will happen, or threatens to do it: predicts, threatens"),
    ),
    (
        "asks queries wonders inquires enquires question doubts asked",
        Called("questions"),
    ),
    (
        "refuses no_comment declined turns_down does_not_comment refusal abstains",
        Called("declines"),
    ),
    (
        "praises criticizes criticises condemns thanks welcomes feels shows gesture mocks \
        insults congratulates greets laments supports opposes",
        Said(
            "an attitude is a stance: act: asserts, stance: supports or opposes; expresses is for \
            attitudes without words",
        ),
    ),
];

const MODES: &[Values] = &[
    (
        "quote quoted verbatim direct_speech literal word_for_word exact quotation",
        Called("direct"),
    ),
    (
        "paraphrase paraphrased reported indirect_speech summary summarized \
        reported_speech content",
        Called("indirect"),
    ),
    ("both partial partly half partial_quote", Called("mixed")),
];

const STANCES: &[Values] = &[
    (
        "support supporting for pro positive favor favour in_favour in_favor agrees agree \
        yes + approves favours favors supportive praises",
        Called("supports"),
    ),
    (
        "oppose opposed against anti contra negative disagrees disagree no con rejects \
        denies critical condemns criticizes criticises opposing hostile",
        Called("opposes"),
    ),
    (
        "none unclear neither 0 objective impartial undecided abstains indifferent \
        neutrally",
        Called("neutral"),
    ),
    (
        "both ambivalent conflicted partly ambiguous mixed_feelings",
        Called("mixed"),
    ),
    (
        "unknown unsure na n/a ? not_stated",
        Said("a stance that is not known is left out"),
    ),
];

const RELATIONS_IN_TIME: &[Values] = &[
    (
        "earlier earlier_than prior prior_to precedes preceded < ends_before_start \
        comes_before happens_before until",
        Called("before"),
    ),
    (
        "later later_than follows succeeds > comes_after happens_after subsequent then \
        since following",
        Called("after"),
    ),
    (
        "within inside while in included_in part_of throughout",
        Called("during"),
    ),
    (
        "includes encloses spans covers surrounds contained",
        Called("contains"),
    ),
    (
        "same same_time simultaneous equal = same_as coincides at at_the_same_time \
        concurrent identical",
        Called("equals"),
    ),
    (
        "immediately_before right_before directly_before touches leads_to adjacent met",
        Called("meets"),
    ),
    (
        "immediately_after right_after directly_after",
        Called("met_by"),
    ),
    (
        "overlap intersects at_some_point_with overlaps_with shares_time_with",
        Called("overlapping"),
    ),
    ("begins start begun_with", Called("starts")),
    ("ends finish end concludes", Called("finishes")),
    (
        "separate apart not_overlapping no_overlap before_or_after",
        Called("disjoint"),
    ),
    (
        "<= at_latest not_after no_later_than by",
        Called("before_or_meets"),
    ),
];

const ENDS: &[Values] = &[
    (
        "beginning begin begins starts first opening from",
        Called("start"),
    ),
    (
        "finish ends last close closing ending until to",
        Called("end"),
    ),
];

const CALENDARS: &[Values] = &[
    (
        "new_style ns n.s. iso western modern new",
        Called("gregorian"),
    ),
    ("old_style os o.s. old orthodox russian", Called("julian")),
    (
        "hebrew islamic hijri chinese french_republican jewish persian coptic",
        Said("convert the date, and keep the source's words: {edtf: 1925-04-10, display: …}"),
    ),
];

const RELATIONS: &[Values] = &[
    (
        "speaks_for spokesperson spokesperson_for spokesperson_of spokesman_for \
        spokesman_of spokeswoman_for spokeswoman_of represented represent \
        representative_of ambassador_of ambassador_to lawyer_of lawyer_for acts_for \
        on_behalf_of agent_of delegate_of envoy_of",
        Called("represents"),
    ),
    (
        "office office_holder minister_of president_of mayor_of position serves_as \
        held_office holds_position elected governor_of in_office minister president \
        mayor secretary_of",
        Called("holds_office"),
    ),
    (
        "member belongs_to affiliated_with affiliation joined party is_member membership \
        in_party affiliated_to",
        Called("member_of"),
    ),
    (
        "within subsidiary_of department_of branch_of division_of belongs_in under \
        component_of subsidiary",
        Called("part_of"),
    ),
    (
        "works_for works_at employee_of employee worked_for employer staff_of hired_by \
        journalist_at employed_at employed",
        Called("employed_by"),
    ),
    (
        "ally ally_of allies_with allied partner partner_of cooperates_with \
        coalition_with friend_of",
        Called("allied_with"),
    ),
    (
        "against enemy_of rival_of fights opponent_of at_war_with opposed_to",
        Called("opposes"),
    ),
    (
        "backs endorses supporter_of support helps sponsors",
        Called("supports"),
    ),
    (
        "head_of chairs chair_of ceo_of director_of leader_of runs manages commands heads \
        led chairman_of boss_of directs ceo rules",
        Called("leads"),
    ),
    (
        "adviser_to advisor_to adviser_of advisor_of consults consultant_to advisor \
        adviser counsels",
        Called("advises"),
    ),
    (
        "founder_of founder created established started set_up co_founded",
        Called("founded"),
    ),
    (
        "owner_of owner shareholder_of holds_shares bought owned has",
        Called("owns"),
    ),
    (
        "finances donor_of donates_to pays funder_of donated_to investor_in invests_in \
        bankrolls funded",
        Called("funds"),
    ),
    (
        "dominates governs occupies controls_shares_of in_control_of supervises",
        Called("controls"),
    ),
    (
        "delivers_to sells_to supplier_of arms exports_to supplies_to provides",
        Called("supplies"),
    ),
    (
        "successor_of replaces follows replaced succeeded after",
        Called("succeeds"),
    ),
    (
        "spouse spouse_of husband_of wife_of married wed_to partner_in_life",
        Called("married_to"),
    ),
    (
        "father_of mother_of parent father mother",
        Called("parent_of"),
    ),
    (
        "child_of son_of daughter_of child son daughter",
        Said("write it the other way round: from the parent, parent_of, to the child"),
    ),
    (
        "employs employer_of owned_by led_by funded_by controlled_by represented_by \
        founded_by advised_by has_member preceded_by precedes predecessor_of",
        Said(
            "write it the other way round: from and to exchanged, and the kind that fits (employed_by, owns, leads, succeeds …)",
        ),
    ),
    (
        "brother_of sister_of sibling brother sister",
        Called("sibling_of"),
    ),
    (
        "cousin_of uncle_of aunt_of relative_of family family_of in_law_of grandfather_of \
        grandmother_of relative",
        Called("related_to"),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use annals_model::{
        Act, ActorKind, End, Mode, RELATION_KINDS, Shape, StanceValue, Status, Vocabulary,
    };

    fn words_of(called: &str) -> Vec<&'static str> {
        fn of<V: Vocabulary>() -> (&'static str, Vec<&'static str>) {
            (V::CALLED, V::WORDS.all.to_vec())
        }
        let calendars = annals_model::DATE
            .fields
            .iter()
            .find_map(|field| match field.shape {
                Shape::OneOf(words, _) => Some((words.called, words.all.to_vec())),
                _ => None,
            });
        let in_time = annals_time::RelationName::ALL.iter();
        let all = [
            of::<ActorKind>(),
            of::<Status>(),
            of::<Act>(),
            of::<Mode>(),
            of::<StanceValue>(),
            of::<End>(),
            calendars.unwrap(),
            ("a kind of relation", RELATION_KINDS.to_vec()),
            (
                "a relation in time",
                in_time.map(|name| name.as_str()).collect(),
            ),
        ];
        all.into_iter().find(|(name, _)| *name == called).unwrap().1
    }

    #[test]
    fn what_is_meant_is_a_word_of_the_vocabulary() {
        for (called, values) in VOCABULARIES {
            let words = words_of(called);
            let mut met = Vec::new();
            for (tried, meant) in *values {
                if let Called(meant) = meant {
                    assert!(words.contains(meant), "{called}: {meant}");
                }
                for word in tried.split(' ') {
                    assert!(!words.contains(&word), "{called} has {word}");
                    assert!(!met.contains(&word), "{called}: {word} has two meanings");
                    assert_eq!(of(called, word), Some(*meant), "{word}");
                    met.push(word);
                }
            }
            // Five words at least of each vocabulary.
            assert!(met.len() >= 5, "{called}");
        }
    }

    #[test]
    fn the_spelling_does_not_matter() {
        assert_eq!(
            of("a kind of actor", " Political Party "),
            Some(Called("organization"))
        );
        assert_eq!(
            of("a kind of relation", "Speaks-for"),
            Some(Called("represents"))
        );
        assert_eq!(of("an act", "company"), None);
    }
}
