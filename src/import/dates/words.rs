//! The words of dates in English, German, French and Spanish, all at once: a sheet of three languages
//! needs no option. Words are compared in lower case and without accents.

/// What a word says in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Month(u32),
    /// 21 to 24: spring to winter.
    Season(u32),
    Quarter,
    /// About then.
    About,
    /// Perhaps then.
    Perhaps,
    After,
    Before,
    /// From then on.
    Since,
    From,
    Until,
    Between,
    And,
    Or,
    To,
    Century,
    Decade,
    /// The beginning, middle or end of what follows.
    Part,
    BeforeChrist,
    AfterChrist,
    /// That no date is known.
    Nothing,
    /// A day that depends on when it was written: today.
    Relative,
    Weekday,
    Afternoon,
    Morning,
    /// Says nothing of its own: "the", "of".
    Filler,
}

use Word::{
    About, After, AfterChrist, Afternoon, And, Before, BeforeChrist, Between, Century, Decade,
    Filler, From, Month, Morning, Nothing, Or, Part, Perhaps, Quarter, Relative, Season, Since, To,
    Until, Weekday,
};

/// Words, by what they say. `a` is Spanish "to" between dates and English "a" elsewhere; what is
/// two things is decided by the place in `phrase.rs`.
const WORDS: &[(Word, &str)] = &[
    (
        Month(1),
        "january jan januar janner jaenner janvier janv enero ene",
    ),
    (
        Month(2),
        "february feb febr februar feber fevrier fevr fev febrero",
    ),
    (Month(3), "march mar maerz marz mrz mars marzo"),
    (Month(4), "april apr avril avr abril abr"),
    (Month(5), "may mai mayo"),
    (Month(6), "june jun juni juin junio"),
    (Month(7), "july jul juli juillet juil julio"),
    (Month(8), "august aug aout agosto ago"),
    (
        Month(9),
        "september sept sep septembre septiembre setiembre set",
    ),
    (Month(10), "october oct oktober okt octobre octubre"),
    (Month(11), "november nov novembre noviembre"),
    (
        Month(12),
        "december dec dezember dez decembre diciembre dic",
    ),
    (
        Season(21),
        "spring fruhling fruehling fruhjahr fruehjahr printemps primavera",
    ),
    (Season(22), "summer sommer ete verano"),
    (Season(23), "autumn fall herbst automne otono"),
    (Season(24), "winter hiver invierno"),
    (Quarter, "quarter quartal trimestre"),
    (
        About,
        "c ca circa cca about around approx approximately roughly um etwa gegen zirka ungefahr ungefaehr rund vers environ autour alrededor hacia aproximadamente aprox cerca",
    ),
    (
        Perhaps,
        "perhaps probably possibly maybe presumably wohl vielleicht vermutlich wahrscheinlich moglicherweise moeglicherweise probablement possiblement quizas quiza probablemente posiblemente",
    ),
    (After, "after nach apres despues tras post"),
    (Before, "before vor avant antes"),
    (Since, "since seit depuis desde"),
    (From, "from ab von vom partir"),
    (Until, "until till bis jusque jusqu hasta"),
    (Between, "between zwischen entre"),
    (And, "and und et y"),
    (Or, "or oder ou o u"),
    (To, "to through a au al zum"),
    (
        Century,
        "century cent jahrhundert jahrhunderts jhdt jhd jh siecle siglo",
    ),
    (
        Decade,
        "decade jahrzehnt jahre jahren annees anos decada decennie",
    ),
    (
        Part,
        "early mid middle late beginning end start anfang mitte ende fruhe fruhen fruehe fruehen spate spaten spaete spaeten debut milieu mi fin finales fines final principios comienzos inicios mediados",
    ),
    (BeforeChrist, "bc bce"),
    (AfterChrist, "ad ce"),
    (
        Nothing,
        "undated unknown nd unbekannt undatiert inconnu inconnue desconocido desconocida na",
    ),
    (
        Relative,
        "today yesterday tomorrow heute gestern morgen hier demain hoy ayer manana",
    ),
    (
        Weekday,
        "monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sonnabend sonntag so lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo",
    ),
    (Afternoon, "pm"),
    (Morning, "am"),
    (
        Filler,
        "the of in on year years den der dem des im am das le la les l el los las de del du d en annee ano jahr dia uhr h heures horas",
    ),
];

/// What a word says, in the order in which it is more likely; at most two things.
pub(super) fn of(word: &str) -> impl Iterator<Item = Word> {
    let all = WORDS
        .iter()
        .filter(move |(_, words)| words.split(' ').any(|one| one == word));
    all.map(|(word, _)| *word)
}

/// The value of a Roman number of a century: I to XXX.
pub(super) fn roman(word: &str) -> Option<u32> {
    let value = |c| match c {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        _ => None,
    };
    let digits: Vec<u32> = word.chars().map(value).collect::<Option<_>>()?;
    let mut sum = 0;
    for (nth, digit) in digits.iter().enumerate() {
        if digits.get(nth + 1).is_some_and(|next| next > digit) {
            sum -= *digit as i32;
        } else {
            sum += *digit as i32;
        }
    }
    let number = u32::try_from(sum).ok().filter(|n| (1..=30).contains(n))?;
    // Only the one right spelling counts: "vi" is six, "iix" is a word.
    (roman_of(number) == word).then_some(number)
}

fn roman_of(mut number: u32) -> String {
    let mut out = String::new();
    for (value, letters) in [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")] {
        while number >= value {
            out.push_str(letters);
            number -= value;
        }
    }
    out
}
