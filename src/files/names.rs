//! Names of files that come from data.

use std::collections::HashSet;

/// Names for the files of one folder: each is a name on every system, and they differ without
/// regard to case.
///
/// ```
/// let mut names = annals_files::Names::default();
/// assert_eq!(names.take("Report", "txt"), "Report.txt");
/// assert_eq!(names.take("report", "txt"), "report-2.txt");
/// assert_eq!(names.take("con", "txt"), "con_.txt");
/// ```
#[derive(Debug, Default)]
pub struct Names {
    taken: HashSet<String>,
}

/// The longest stem, in bytes: many systems take 255, some of which an ending needs.
const LONGEST: usize = 200;

impl Names {
    /// A name that is as near to `stem.ending` as can be.
    pub fn take(&mut self, stem: &str, ending: &str) -> String {
        let stem = plain(stem);
        let mut name = format!("{stem}.{ending}");
        let mut n = 1_u64;
        while !self.taken.insert(name.to_lowercase()) {
            n += 1;
            name = format!("{stem}-{n}.{ending}");
        }
        name
    }
}

/// A stem that every system can hold.
fn plain(stem: &str) -> String {
    let mut plain = String::new();
    for c in stem.chars() {
        if plain.len() + c.len_utf8() > LONGEST {
            break;
        }
        plain.push(if is_plain(c) { c } else { '_' });
    }
    // Windows drops these, and shells hide what begins with a dot.
    if plain.ends_with(['.', ' ']) || plain.is_empty() || is_device(&plain) {
        plain.push('_');
    }
    if plain.starts_with('.') {
        plain.insert(0, '_');
    }
    plain
}

fn is_plain(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric() || "-_. ()+,=@~".contains(c)
    } else {
        c.is_alphanumeric()
    }
}

/// Whether Windows takes a name, with whatever ending, for one of its devices: `con`, `nul.txt`.
pub fn is_device(name: &str) -> bool {
    let stem = name.split(['.', ':']).next().unwrap_or(name);
    let stem = stem.trim_end_matches(' ').to_ascii_lowercase();
    if matches!(
        stem.as_str(),
        "con" | "prn" | "aux" | "nul" | "clock$" | "conin$" | "conout$"
    ) {
        return true;
    }
    let port = stem
        .strip_prefix("com")
        .or_else(|| stem.strip_prefix("lpt"));
    port.is_some_and(|port| {
        let mut digits = port.chars();
        let digit = digits.next();
        digit.is_some_and(|c| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³'))
            && digits.next().is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_of_windows_are_known_in_every_spelling() {
        for name in [
            "con",
            "CON",
            "Aux.txt",
            "nul.tar.gz",
            "com1",
            "LPT9.",
            "prn ",
            "COM¹.md",
        ] {
            assert!(is_device(name), "{name}");
        }
        for name in ["conference", "com", "com10", "lpt", "null", "a.con", "comx"] {
            assert!(!is_device(name), "{name}");
        }
    }

    #[test]
    fn names_are_names_everywhere_and_differ_without_regard_to_case() {
        let mut names = Names::default();
        let mut take = |stem: &str| names.take(stem, "txt");
        assert_eq!(take("../../etc/passwd"), "_.._.._etc_passwd.txt");
        assert_eq!(take("a:b|c\u{202e}\0"), "a_b_c__.txt");
        assert_eq!(take(""), "_.txt");
        assert_eq!(take("end. "), "end. _.txt");
        assert_eq!(take("NUL"), "NUL_.txt");
        assert_eq!(take("Война"), "Война.txt");
        assert_eq!(take("война"), "война-2.txt");
        assert_eq!(take("aux.report"), "aux.report_.txt");
        assert!(take(&"ж".repeat(500)).len() <= 204);
    }
}
