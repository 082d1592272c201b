//! Sheets as people and programs head them.

/// Tables, with lines that their mapping must have, and words that no line of it may have.
pub(super) const SHEETS: &[(&[&str], &[&str], &[&str])] = &[
    // Chronologies.
    (
        &["When | What happened", "2021-05-04 | The mole gave way."],
        &[
            "type: event",
            "label: \"{What happened}\"",
            "when: \"{When}\"",
        ],
        &["claim"],
    ),
    (
        &[
            "Year | Event",
            "1911 | The harbour is dug.",
            "1913 | It opens.",
        ],
        &["type: event", "label: \"{Event}\"", "when: \"{Year}\""],
        &["key"],
    ),
    (
        &[
            "startDate | endDate | title | description",
            "2021-05-04 | 2021-05-06 | Fair | Stalls on the quay.",
            "2022-05-04 | 2022-05-06 | Fair | Again.",
        ],
        &[
            "when: \"{startDate}/{endDate}\"",
            "label: \"{title}\"",
            "note: \"{description}\"",
        ],
        &["key", "document"],
    ),
    (
        &[
            "id | date | title | summary | sources",
            "k7 | 2021-05-04 | Session | They met. | https://news.example/1; https://news.example/2",
            "k8 | 2021-05-06 | Session | They met again. | https://news.example/3",
        ],
        &[
            "id: \"{id}\"",
            "label: \"{title}\"",
            "when: \"{date}\"",
            "each: {column: \"sources\", split: \";\"}",
        ],
        &["key: \"{title}\"", "published"],
    ),
    // Data sets of events.
    (
        &[
            "event_id_cnty | event_date | year | time_precision | event_type | sub_event_type | actor1 | assoc_actor_1 | actor2 | country | admin1 | location | latitude | longitude | source | notes | fatalities | timestamp",
            "SKR1 | 03 May 2020 | 2020 | 1 | Battles | Armed clash | Militia | | Police | Skerrow | North | Old Quay | 53.5 | 9.9 | Harbour Post | A fight at the quay. | 2 | 1589000000",
        ],
        &[
            "id: \"{event_id_cnty}\"",
            "when: \"{event_date}\"",
            "participants: [{actor: $participant}, {actor: $participant-2}]",
            "key: \"{location} {country} {latitude} {longitude}\"",
            "note: \"{notes}\"",
            "within: $country",
        ],
        &["{timestamp}", "{time_precision}", "published", "{year}"],
    ),
    (
        &[
            "id | conflict_name | side_a | side_b | source_office | source_date | source_headline | event_clarity | date_prec | date_start | date_end",
            "1 | Skerrow: Government | Government of Skerrow | Militia | Harbour Post | 2020-05-20 | Fight | 1 | 3 | 2020-05-01 | 2020-05-07",
            "2 | Skerrow: Government | Government of Skerrow | Militia | Harbour Post | 2020-06-20 | Fight | 1 | 3 | 2020-06-01 | 2020-06-07",
        ],
        &[
            "id: \"event {id}\"",
            "when: \"{date_start}/{date_end}\"",
            "published: \"{source_date}\"",
            "key: \"{source_headline} {source_office} {source_date}\"",
            "label: \"{conflict_name}\"",
        ],
        &["{event_clarity}", "{date_prec}"],
    ),
    // What was said, and when.
    (
        &[
            "claimant | claim | claimDate | reviewDate | publisher | url | textualRating",
            "Ada Lind | The quay is ready. | 2021-05-04 | 2021-06-01 | Harbour Post | https://news.example/1 | False",
        ],
        &[
            "speaker: $speaker",
            "said: \"{claimDate}\"",
            "content: \"{claim}\"",
        ],
        &["{reviewDate}", "stance", "{textualRating}", "quote"],
    ),
    (
        &[
            "Date | Said on | Who | Paraphrase | Link",
            "2021-06-01 | 2021-05-04 | Ada Lind | The quay would be ready. | https://news.example/1",
        ],
        &["said: \"{Said on}\"", "content: \"{Paraphrase}\""],
        &["quote", "{Date}", "published"],
    ),
    (
        &[
            "Speaker | Statement | Ruling | Date",
            "Ada Lind | The quay is ready. | Mostly false | 2021-05-04",
        ],
        &["speaker: $speaker", "content: \"{Statement}\""],
        &["said", "{Date}", "stance"],
    ),
    (
        &[
            "speakerName | quote | dateSaid | sourceTitle | sourceUrl | sourceDate",
            "Ada Lind | Not one day later. | 2021-05-04 | Quay on time | https://news.example/1 | 2021-05-06",
        ],
        &[
            "quote: \"{quote}\"",
            "said: \"{dateSaid}\"",
            "published: \"{sourceDate}\"",
            "title: \"{sourceTitle}\"",
        ],
        &["content"],
    ),
    // Who speaks.
    (
        &[
            "username | created_at | tweet",
            "ada | 2021-05-04 | Nobody was asked about the works.",
        ],
        &[
            "name: \"{username}\"",
            "speaker: $speaker",
            "said: \"{created_at}\"",
        ],
        &["speaker: []"],
    ),
    (
        &[
            "Headline | Author | Publisher | Published | Claim",
            "Quay on time | Mia Kern | Harbour Post | 2021-05-06 | The quay is ready.",
        ],
        &[
            "author: \"{Author}\"",
            "speaker: []",
            "published: \"{Published}\"",
        ],
        &["name: \"{Author}\"", "said"],
    ),
    (
        &[
            "From | To | Date | Text",
            "Ada Lind | Jon Berg | 2021-05-04 | The works begin on Monday.",
        ],
        &["name: \"{From}\"", "to: $addressee", "said: \"{Date}\""],
        &["when"],
    ),
    (
        &[
            "name | date | comment",
            "Ada Lind | 2021-05-04 | Nobody asked us about it.",
        ],
        &["name: \"{name}\"", "content: \"{comment}\""],
        &["speaker: []", "note"],
    ),
    (
        &[
            "Name | Title | Quote | Date",
            "Ada Lind | Mayor | Not one day later. | 2021-05-04",
        ],
        &["name: \"{Name}\"", "quote: \"{Quote}\""],
        &["{Title}", "document"],
    ),
    (
        &[
            "Speaker | Date | Summary",
            "Ada Lind | 2021-05-04 | The quay would be ready.",
        ],
        &["type: claim", "content: \"{Summary}\""],
        &["event", "quote"],
    ),
    (
        &[
            "Who | Date | Description",
            "Ada Lind | 2021-05-04 | Opened the fair.",
        ],
        &["type: event", "participants: [{actor: $participant}]"],
        &["claim", "said"],
    ),
    // Headings of other languages, and of none: never guessed.
    (
        &[
            "Päivämäärä | Puhuja | Väite",
            "2021-05-04 | Ada Lind | Laituri on valmis.",
        ],
        &["type: topic"],
        &["said", "when", "published", "speaker"],
    ),
    (
        &["Дата | Спикер", "2021-05-04 | Ада Линд"],
        &["type: topic"],
        &["said", "when", "published", "speaker"],
    ),
    (
        &["A | B | C", "1 | 2 | 3"],
        &["type: topic"],
        &["when", "event"],
    ),
    (
        &["Wer | Wann | Was", "Ada Lind | 2021-05-04 | sagt nein"],
        &["rest: claim"],
        &["rest: source"],
    ),
];
