//! EDTF as it was drafted in 2012, which BibLaTeX, library catalogues and reference managers wrote:
//! `199u`, `1999-uu-uu`, `1998/unknown`, `1999/open`, `y52000`, `1984?~`, `196x`.
//!
//! Source: <https://www.loc.gov/standards/datetime/edtf-2012.html>.

/// The same date as EDTF is now; `None` where nothing in it is of the old spelling.
pub(super) fn modern(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut changed = false;
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !is_of_a_date(c)).unwrap_or(rest.len());
        if end == 0 {
            let sign = rest.chars().next()?;
            if !matches!(sign, '/' | '[' | ']' | '{' | '}' | ',' | ' ' | '.') {
                return None;
            }
            out.push(sign);
            rest = &rest[sign.len_utf8()..];
            continue;
        }
        let part = &rest[..end];
        rest = &rest[end..];
        let of_interval = text.contains('/');
        let new = match part {
            "unknown" if of_interval => String::new(),
            "open" if of_interval => "..".to_owned(),
            _ => single(part)?,
        };
        changed |= new != part;
        out.push_str(&new);
    }
    changed.then_some(out)
}

fn is_of_a_date(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '?' | '~' | '%')
}

/// One date: with its digits that are open, its long year, its two marks.
fn single(part: &str) -> Option<String> {
    let plain = part.trim_end_matches(['?', '~', '%']);
    let mark = match &part[plain.len()..] {
        "?~" | "~?" => "%",
        mark @ ("" | "?" | "~" | "%") => mark,
        _ => return None,
    };
    let date = match plain.strip_prefix('y') {
        Some(year) => format!("Y{}", long_year(year)?),
        None => plain
            .chars()
            .map(|c| match c {
                '0'..='9' | '-' | 'X' => Some(c),
                'u' | 'x' => Some('X'),
                _ => None,
            })
            .collect::<Option<String>>()?,
    };
    Some(date + mark)
}

/// `17101e4p3` as `17101E4S3`.
fn long_year(year: &str) -> Option<String> {
    let mut letters = String::new();
    let long = year
        .chars()
        .map(|c| match c {
            '0'..='9' | '-' => Some(c),
            'e' | 'p' => {
                letters.push(c);
                Some(if c == 'e' { 'E' } else { 'S' })
            }
            _ => None,
        })
        .collect::<Option<String>>()?;
    matches!(letters.as_str(), "" | "e" | "p" | "ep").then_some(long)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_old_becomes_new_and_nothing_else() {
        for (old, new) in [
            ("199u", "199X"),
            ("19uu-12", "19XX-12"),
            ("1999-uu-uu", "1999-XX-XX"),
            ("uuuu-12-25", "XXXX-12-25"),
            ("196x", "196X"),
            ("1998/unknown", "1998/"),
            ("unknown/1998-05", "/1998-05"),
            ("2004-06-01~/open", "2004-06-01~/.."),
            ("y52000", "Y52000"),
            ("y-17e7", "Y-17E7"),
            ("y17101e4p3", "Y17101E4S3"),
            ("1984?~", "1984%"),
            ("[166u, 1672..]", "[166X, 1672..]"),
        ] {
            assert_eq!(modern(old).as_deref(), Some(new), "{old}");
        }
        for text in [
            "1999",
            "open",
            "unknown",
            "August 1999",
            "u",
            "1999-08",
            "sure",
            "y",
            "1999 open",
        ] {
            let new = modern(text).filter(|new| crate::Date::parse(new).is_ok());
            assert_eq!(new, None, "{text}");
        }
    }
}
