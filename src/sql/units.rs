//! Days, weeks, months and years, by whole numbers alone: engines differ in their dates, which also end
//! early.

use annals_query::count::Dimension;

/// The quotient, rounded down.
fn floor(number: &str, by: u32) -> String {
    format!("CAST(floor(({number}) / {by}e0) AS BIGINT)")
}

/// A query with the year, month and day of the month of some of its columns, which are days since
/// 1970-01-01: `y`, `m` and `d` before the name of each. The algorithm is Howard Hinnant's
/// (`civil_from_days`): years begin in March, in cycles of 400.
pub(crate) fn civil(query: &str, days: &[&str]) -> String {
    let level = |query: String, column: &dyn Fn(&str) -> Vec<String>| {
        let columns: Vec<String> = days.iter().flat_map(|day| column(day)).collect();
        format!("SELECT z.*, {} FROM ({query}) z", columns.join(", "))
    };
    let query = level(query.to_owned(), &|day| {
        vec![format!(
            "{} AS era_{day}",
            floor(&format!("z.{day} + 719468"), 146_097)
        )]
    });
    let query = level(query, &|day| {
        vec![format!(
            "z.{day} + 719468 - z.era_{day} * 146097 AS doe_{day}"
        )]
    });
    let query = level(query, &|day| {
        let of = |by: u32| floor(&format!("z.doe_{day}"), by);
        let days = format!(
            "z.doe_{day} - {} + {} - {}",
            of(1460),
            of(36_524),
            of(146_096)
        );
        vec![format!("{} AS yoe_{day}", floor(&days, 365))]
    });
    let query = level(query, &|day| {
        let of = |by: u32| floor(&format!("z.yoe_{day}"), by);
        vec![format!(
            "z.doe_{day} - (365 * z.yoe_{day} + {} - {}) AS doy_{day}",
            of(4),
            of(100)
        )]
    });
    let query = level(query, &|day| {
        vec![format!(
            "{} AS mp_{day}",
            floor(&format!("5 * z.doy_{day} + 2"), 153)
        )]
    });
    level(query, &|day| {
        vec![
            format!(
                "z.yoe_{day} + 400 * z.era_{day} + CASE WHEN z.mp_{day} >= 10 THEN 1 ELSE 0 END AS y{day}"
            ),
            format!(
                "CASE WHEN z.mp_{day} < 10 THEN z.mp_{day} + 3 ELSE z.mp_{day} - 9 END AS m{day}"
            ),
            format!(
                "z.doy_{day} - {} + 1 AS d{day}",
                floor(&format!("153 * z.mp_{day} + 2"), 5)
            ),
        ]
    })
}

/// The number of the unit in which a day lies, given its year and month as [`civil`] has them.
pub(crate) fn unit(dimension: Dimension, day: &str) -> String {
    match dimension {
        Dimension::Year => format!("y{day}"),
        Dimension::Month => format!("y{day} * 12 + m{day} - 1"),
        Dimension::Week => floor(&format!("{day} + 3"), 7),
        _ => day.to_owned(),
    }
}

/// A query with the texts of units of time, as answers write them, in place of their numbers: `2021-09-30`,
/// `2021-W39`, `2021-09`, `2021`. Each is of a dimension and a column; the text is that column with a `t`
/// before it.
pub(crate) fn written(query: String, units: &[(Dimension, String)]) -> String {
    units.iter().fold(query, |query, (dimension, unit)| {
        written_one(&query, *dimension, unit)
    })
}

fn written_one(query: &str, dimension: Dimension, unit: &str) -> String {
    let two = |number: &str| format!("lpad(CAST({number} AS STRING), 2, '0')");
    match dimension {
        Dimension::Year => {
            let year = year(&format!("q.{unit}"));
            named(query, unit, &year)
        }
        Dimension::Month => {
            let of = floor(&format!("q.{unit}"), 12);
            let query = format!("SELECT q.*, {of} AS of_{unit} FROM ({query}) q");
            let month = two(&format!("(q.{unit} - 12 * q.of_{unit} + 1)"));
            let year = year(&format!("q.of_{unit}"));
            named(&query, unit, &format!("concat({year}, '-', {month})"))
        }
        Dimension::Week => {
            // The year of an ISO week is that of its Thursday, and its number counts Thursdays.
            let day = format!("thu_{unit}");
            let query = format!("SELECT q.*, 7 * q.{unit} AS {day} FROM ({query}) q");
            let query = civil(&query, &[&day]);
            let before = format!("(q.y{day} - 1)");
            let begins = format!(
                "(365 * {before} + {} - {} + {} - 719162)",
                floor(&before, 4),
                floor(&before, 100),
                floor(&before, 400)
            );
            let week = two(&format!(
                "({} + 1)",
                floor(&format!("q.{day} - {begins}"), 7)
            ));
            let year = year(&format!("q.y{day}"));
            named(&query, unit, &format!("concat({year}, '-W', {week})"))
        }
        _ => {
            let query = civil(query, &[unit]);
            let year = year(&format!("q.y{unit}"));
            let (month, day) = (two(&format!("q.m{unit}")), two(&format!("q.d{unit}")));
            named(
                &query,
                unit,
                &format!("concat({year}, '-', {month}, '-', {day})"),
            )
        }
    }
}

/// A query with the text of a unit. To one engine nothing joined with a text is that text.
fn named(query: &str, unit: &str, text: &str) -> String {
    format!(
        "SELECT q.*, CASE WHEN q.{unit} IS NOT NULL THEN {text} END AS t{unit} FROM ({query}) q"
    )
}

/// A year as days are written: four digits, and a sign where it is not from 0 to 9999.
fn year(year: &str) -> String {
    let digits = format!(
        "CASE WHEN abs({year}) < 10000 THEN lpad(CAST(abs({year}) AS STRING), 4, '0') ELSE CAST(abs({year}) AS STRING) END"
    );
    format!(
        "concat(CASE WHEN {year} < 0 THEN '-' WHEN {year} > 9999 THEN '+' ELSE '' END, {digits})"
    )
}
