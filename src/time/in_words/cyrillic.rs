//! The words of dates in Russian and Ukrainian, as the English words of the same meaning. Whoever
//! writes the same letters in another language finds no word here, and is not guessed at; `до` alone
//! is not here either, since it means both "before" and "until".

/// What stands as several words: eras and calendars.
const PHRASES: &[(&str, &str)] = &[
    ("до н. э.", " bc "),
    ("до н.э.", " bc "),
    ("до н. е.", " bc "),
    ("до н.е.", " bc "),
    ("до нашей эры", " bc "),
    ("до нашої ери", " bc "),
    ("ст. ст.", " os "),
    ("ст.ст.", " os "),
    ("н. ст.", " ns "),
    ("н.ст.", " ns "),
    ("н. э.", " ad "),
    ("н.э.", " ad "),
    ("н. е.", " ad "),
    ("н.е.", " ad "),
];

const WORDS: &[(&str, &str)] = &[
    ("january", "январь января январе янв січень січня січні січ"),
    (
        "february",
        "февраль февраля феврале февр фев лютий лютого лютому лют",
    ),
    (
        "march",
        "март марта марте мар березень березня березні берез бер",
    ),
    (
        "april",
        "апрель апреля апреле апр квітень квітня квітні квіт кві",
    ),
    ("may", "май мая мае травень травня травні трав тра"),
    ("june", "июнь июня июне июн червень червня червні черв чер"),
    ("july", "июль июля июле июл липень липня липні лип"),
    (
        "august",
        "август августа августе авг серпень серпня серпні серп сер",
    ),
    (
        "september",
        "сентябрь сентября сентябре сент сен вересень вересня вересні верес вер",
    ),
    (
        "october",
        "октябрь октября октябре окт жовтень жовтня жовтні жовт жов",
    ),
    (
        "november",
        "ноябрь ноября ноябре нояб ноя листопад листопада листопаді",
    ),
    (
        "december",
        "декабрь декабря декабре дек грудень грудня грудні груд гру",
    ),
    ("spring", "весна весной весною весны весни навесні"),
    ("summer", "лето летом лета літо влітку літа"),
    ("autumn", "осень осенью осени осінь восени"),
    ("winter", "зима зимой зимою зимы зими взимку"),
    ("century", "век века веке вв століття сторіччя столітті ст"),
    (
        "about",
        "около приблизительно примерно ок прибл близько приблизно біля",
    ),
    ("after", "после після"),
    ("from", "с со з із"),
    ("to", "по"),
    ("between", "между між"),
    ("and", "и і та й"),
    ("or", "или або чи"),
    ("early", "начало начале начала початок початку"),
    ("middle", "середина середине середини середині середину"),
    ("late", "конец конце конца кінець кінця кінці наприкінці"),
    ("year", "год года году годы г гг рік року році роки рр р"),
    ("unknown", "неизвестно невідомо"),
];

/// The text with its Cyrillic words in English; `None` where one of them is not known.
pub(super) fn in_english(text: &str) -> Option<String> {
    let mut plain = text.to_lowercase();
    for (phrase, english) in PHRASES {
        if plain.contains(phrase) {
            plain = plain.replace(phrase, english);
        }
    }
    let mut out = String::with_capacity(plain.len());
    let mut rest = plain.as_str();
    while let Some(begin) = rest.find(is_cyrillic) {
        out.push_str(&rest[..begin]);
        rest = &rest[begin..];
        let end = rest.find(|c| !is_cyrillic(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        // "в" is "in" before a word, and a century where it is an abbreviation.
        let english = match word {
            "в" | "у" | "во" if after.starts_with(' ') => "in",
            "в" if after.starts_with('.') => "century",
            _ => of(word)?,
        };
        out.push_str(english);
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

/// Whether a character is a letter of that script.
pub(super) fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52F}')
}

fn of(word: &str) -> Option<&'static str> {
    let mut all = WORDS.iter();
    let found = all.find(|(_, words)| words.split(' ').any(|one| one == word));
    found.map(|(english, _)| *english)
}
