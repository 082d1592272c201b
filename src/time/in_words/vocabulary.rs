//! The words of dates in English, German, French and Spanish, the months of Polish, and the words of
//! GEDCOM, all at once: a sheet of three languages needs no option. (Russian and Ukrainian are in
//! `cyrillic.rs`.) `listopad` is no month here: November in Polish, October in Croatian. Words are compared in lower case and without accents.

/// What a word says in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Month(u32),
    /// 21 to 24: spring to winter.
    Season(u32),
    Quarter,
    /// Half of a year.
    Half,
    /// An ordinal: the first, the second.
    Nth(u32),
    /// The last quarter or half.
    Last,
    /// About then.
    About,
    /// Perhaps then.
    Perhaps,
    After,
    Before,
    /// Then or earlier.
    By,
    /// Turns round what follows: not before, no later than.
    Not,
    /// From then on.
    Since,
    From,
    Until,
    Between,
    And,
    Or,
    To,
    /// Still going on.
    Present,
    Century,
    Millennium,
    Decade,
    /// The beginning, middle or end of what follows.
    Part,
    BeforeChrist,
    AfterChrist,
    /// A day of the Julian calendar.
    Julian,
    /// A day of the Gregorian calendar.
    Gregorian,
    /// A day of yet another calendar.
    OtherCalendar,
    /// A year that does not begin in January.
    Fiscal,
    /// That no date is known.
    Nothing,
    /// A day that depends on when it was written: today.
    Relative,
    /// From Monday, 1, to Sunday, 7.
    Weekday(u32),
    Afternoon,
    Morning,
    /// The time of day is in UTC.
    Utc,
    /// Says nothing of its own: "the", "of".
    Filler,
}

use Word::{
    About, After, AfterChrist, Afternoon, And, Before, BeforeChrist, Between, By, Century, Decade,
    Filler, Fiscal, From, Gregorian, Half, Julian, Last, Millennium, Month, Morning, Not, Nothing,
    Nth, Or, OtherCalendar, Part, Perhaps, Present, Quarter, Relative, Season, Since, To, Until,
    Utc, Weekday,
};

/// Words, by what they say. `a` is Spanish "to" between dates and English "a" elsewhere; what is
/// two things is decided by the place in `phrase.rs` and `single.rs`.
const WORDS: &[(Word, &str)] = &[
    (
        Month(1),
        "january jan januar janner jaenner janvier janv enero ene styczen stycznia",
    ),
    (
        Month(2),
        "february feb febr februar feber fevrier fevr fev febrero luty lutego",
    ),
    (Month(3), "march mar maerz marz mrz mars marzo marzec marca"),
    (Month(4), "april apr avril avr abril abr kwiecien kwietnia"),
    (Month(5), "may mai mayo maj maja"),
    (Month(6), "june jun juni juin junio czerwiec czerwca"),
    (Month(7), "july jul juli juillet juil julio lipiec lipca"),
    (Month(8), "august aug aout agosto ago sierpien sierpnia"),
    (
        Month(9),
        "september sept sep septembre septiembre setiembre set wrzesien wrzesnia",
    ),
    (
        Month(10),
        "october oct oktober okt octobre octubre pazdziernik pazdziernika",
    ),
    (Month(11), "november nov novembre noviembre"),
    (
        Month(12),
        "december dec dezember dez decembre diciembre dic grudzien grudnia",
    ),
    (
        Season(21),
        "spring fruhling fruehling fruhjahr fruehjahr printemps primavera",
    ),
    (Season(22), "summer sommer ete verano"),
    (Season(23), "autumn fall herbst automne otono"),
    (Season(24), "winter hiver invierno"),
    (Quarter, "quarter qtr quartal viertel trimestre"),
    (Half, "half halfte haelfte halbjahr moitie mitad semestre"),
    (
        Nth(1),
        "first erste ersten erster erstes premier premiere primer primera primero",
    ),
    (
        Nth(2),
        "second zweite zweiten zweites deuxieme seconde segundo segunda",
    ),
    (
        Nth(3),
        "third dritte dritten drittes troisieme tercer tercera tercero",
    ),
    (
        Nth(4),
        "fourth vierte vierten viertes quatrieme cuarto cuarta",
    ),
    (Nth(5), "fifth funfte funften cinquieme quinto"),
    (Nth(6), "sixth sechste sechsten sixieme sexto"),
    (Nth(7), "seventh siebte siebten septieme septimo"),
    (Nth(8), "eighth achte achten huitieme octavo"),
    (Nth(9), "ninth neunte neunten neuvieme noveno"),
    (Nth(10), "tenth zehnte zehnten dixieme decimo"),
    (Nth(11), "eleventh elfte elften onzieme"),
    (Nth(12), "twelfth zwolfte zwolften douzieme"),
    (Nth(13), "thirteenth dreizehnte dreizehnten treizieme"),
    (Nth(14), "fourteenth vierzehnte vierzehnten quatorzieme"),
    (Nth(15), "fifteenth funfzehnte funfzehnten quinzieme"),
    (Nth(16), "sixteenth sechzehnte sechzehnten seizieme"),
    (Nth(17), "seventeenth siebzehnte siebzehnten"),
    (Nth(18), "eighteenth achtzehnte achtzehnten"),
    (Nth(19), "nineteenth neunzehnte neunzehnten"),
    (Nth(20), "twentieth zwanzigste zwanzigsten vingtieme"),
    (
        Last,
        "last letzte letzten letztes dernier derniere ultimo ultima",
    ),
    (
        About,
        "c ca circa cca about around approx approximately roughly um etwa gegen zirka ungefahr ungefaehr rund vers environ autour alrededor hacia aproximadamente aprox cerca abt cal calculated est estimated",
    ),
    (
        Perhaps,
        "perhaps probably possibly maybe presumably prob poss wohl vielleicht vermutlich wahrscheinlich moglicherweise moeglicherweise probablement possiblement quizas quiza probablemente posiblemente",
    ),
    (
        After,
        "after aft later nach apres despues tras post spater spaeter",
    ),
    (
        Before,
        "before bef earlier pre vor avant antes fruher frueher",
    ),
    (By, "by spatestens spaetestens"),
    (Not, "not no nicht"),
    (Since, "since seit depuis desde"),
    (From, "from ab von vom partir"),
    (Until, "until till bis jusque jusqu hasta"),
    (Between, "between bet betw btw zwischen entre"),
    (And, "and und et y"),
    (Or, "or oder ou o u"),
    (To, "to through thru a au al zum"),
    (
        Present,
        "present today now ongoing current continuing open heute hoy gegenwart actualidad",
    ),
    (
        Century,
        "century centuries cent cents jahrhundert jahrhunderte jahrhunderts jhdt jhd jh jhs siecle siecles siglo siglos saec",
    ),
    (
        Millennium,
        "millennium millennia jahrtausend jahrtausends jt millenaire milenio",
    ),
    (
        Decade,
        "decade jahrzehnt jahre jahren annees anos decada decennie",
    ),
    (
        Part,
        "early mid middle late beginning end start anfang mitte ende fruhe fruhen fruehe fruehen fruhes fruehes spate spaten spaete spaeten spates spaetes debut milieu mi fin finales fines final principios comienzos inicios mediados",
    ),
    // A feast moves or is one day: the year holds it, and the words say which.
    (
        Part,
        "easter pentecost whitsun christmas advent lent ostern pfingsten weihnachten paques pentecote noel navidad pascua",
    ),
    (BeforeChrist, "bc bce"),
    (AfterChrist, "ad ce"),
    (Julian, "julian julianisch julien juliano"),
    (Gregorian, "gregorian gregorianisch gregorien gregoriano"),
    (
        OtherCalendar,
        "hebrew hijri islamic jewish republican coptic ah vendemiaire brumaire frimaire nivose pluviose ventose germinal floreal prairial messidor thermidor fructidor",
    ),
    (Fiscal, "fy fiscal"),
    (
        Nothing,
        "undated unknown nd unbekannt undatiert inconnu inconnue desconocido desconocida na",
    ),
    (
        Relative,
        "today yesterday tomorrow heute gestern morgen hier demain hoy ayer manana now",
    ),
    (Weekday(1), "monday mon montag mo lundi lun lunes"),
    (Weekday(2), "tuesday tue tues dienstag di mardi martes"),
    (
        Weekday(3),
        "wednesday wed mittwoch mi mercredi mer miercoles",
    ),
    (
        Weekday(4),
        "thursday thu thur thurs donnerstag do jeudi jeu jueves",
    ),
    (Weekday(5), "friday fri freitag fr vendredi ven viernes"),
    (
        Weekday(6),
        "saturday sat samstag sonnabend sa samedi sam sabado",
    ),
    (Weekday(7), "sunday sun sonntag so dimanche dim domingo"),
    (Afternoon, "pm"),
    (Morning, "am"),
    (Utc, "utc gmt z"),
    (
        Filler,
        "the of in on at year years than die den der dem des im am das le la les l el los las de del du d en annee ano jahr dia calendar kalender calendrier calendario copyright cop rok roku r",
    ),
];

/// What a word says, in the order in which it is more likely; at most three things.
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
