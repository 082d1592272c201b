//! Values of dates, in EDTF, and of durations.

use annals_time::Day;

/// A day, if there is one.
pub(super) fn day_value(year: i32, month: u32, day: u32) -> Option<String> {
    Day::from_ymd(year, month, day).map(|day| day.to_string())
}

/// A year of two digits is of the last hundred years before 2050; of four digits as it is.
pub(super) fn full_year(year: u32) -> Option<i32> {
    match year {
        0..50 => Some(2_000 + year as i32),
        50..100 => Some(1_900 + year as i32),
        1_000..2_100 => Some(year as i32),
        _ => None,
    }
}

/// The unit of time that lies so many units from a day: a year, a month, a week, a day.
pub(super) fn unit_value(article: Day, unit: i32, count: i32) -> Option<String> {
    let (year, month, _) = article.ymd();
    let count = i64::from(count);
    let week = |count: i64| {
        let monday =
            article.checked_add_days(-i64::from(article.weekday().num_days_from_monday()))?;
        monday.checked_add_days(count.checked_mul(7)?)
    };
    match unit {
        1 => article.checked_add_days(count).map(|day| day.to_string()),
        7 => {
            let monday = week(count)?;
            Some(format!("{monday}/{}", monday.checked_add_days(6)?))
        }
        2 => {
            let saturday = week(
                if count < 0 && article.weekday().num_days_from_monday() > 5 {
                    0
                } else {
                    count
                },
            )?
            .checked_add_days(5)?;
            Some(format!("{saturday}/{}", saturday.checked_add_days(1)?))
        }
        30 => {
            let months = i64::from(year) * 12 + i64::from(month) - 1 + count;
            Some(format!(
                "{:04}-{:02}",
                months.div_euclid(12),
                months.rem_euclid(12) + 1
            ))
        }
        91 => {
            let quarters = i64::from(year) * 4 + i64::from(month - 1) / 3 + count;
            Some(format!(
                "{:04}-{}",
                quarters.div_euclid(4),
                quarters.rem_euclid(4) + 33
            ))
        }
        365 => {
            let year = i64::from(year) + count;
            (0..=9_999).contains(&year).then(|| format!("{year:04}"))
        }
        3650 => {
            let decade = i64::from(year) / 10 + count;
            (0..=999).contains(&decade).then(|| format!("{decade:03}X"))
        }
        _ => None,
    }
}

/// An ISO 8601 duration.
pub(super) fn duration(number: i32, unit: i32, word: &str) -> String {
    match unit {
        7 => format!("P{number}W"),
        30 => format!("P{number}M"),
        91 => format!("P{}M", number.saturating_mul(3)),
        365 => format!("P{number}Y"),
        3650 => format!("P{}Y", number.saturating_mul(10)),
        0 if word.contains("minute") => format!("PT{number}M"),
        0 if word.contains("second") => format!("PT{number}S"),
        0 => format!("PT{number}H"),
        _ => format!("P{number}D"),
    }
}
