//! Counts for people.

use std::fmt::Display;

/// A count with commas between its thousands.
///
/// ```
/// use annals_format::grouped;
///
/// assert_eq!([grouped(0), grouped(999), grouped(1_234_567)], ["0", "999", "1,234,567"]);
/// ```
pub fn grouped(count: impl Display) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (nth, digit) in digits.chars().enumerate() {
        if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count of things in words: "1 claim", "2,300 claims".
pub fn counted(count: usize, one: &str, several: &str) -> String {
    format!(
        "{} {}",
        grouped(count),
        if count == 1 { one } else { several }
    )
}
