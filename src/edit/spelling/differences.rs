//! How a list differs from another: an item more, one less, one changed.

use serde_json::Value;

use crate::canonical;

/// How a list differs.
#[derive(Debug, PartialEq)]
pub(super) enum Difference<'n> {
    /// Items stand after the one of this number that did not.
    Insert { after: usize, items: &'n [Value] },
    /// The item of this number is not there.
    Remove(usize),
    /// The item of this number is another.
    Change(usize, &'n Value),
    /// In more than that.
    Other,
}

pub(super) fn difference<'n>(old: &[Value], new: &'n [Value]) -> Difference<'n> {
    let same = |a: &Value, b: &Value| canonical::field("", a) == canonical::field("", b);
    let pairs = old.iter().zip(new);
    let first = pairs.take_while(|(a, b)| same(a, b)).count();
    let rest = old[first..].iter().rev().zip(new[first..].iter().rev());
    let last = rest.take_while(|(a, b)| same(a, b)).count();
    let (gone, come) = (old.len() - first - last, new.len() - first - last);
    match (gone, come) {
        (0, 1..) if first > 0 => Difference::Insert {
            after: first - 1,
            items: &new[first..first + come],
        },
        (1, 0) if old.len() > 1 => Difference::Remove(first),
        (1, 1) => Difference::Change(first, &new[first]),
        _ => Difference::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_difference_is_found() {
        let values = |text: &str| text.chars().map(|c| Value::from(c.to_string())).collect();
        let (abc, abxc, ac, axc): (Vec<_>, Vec<_>, Vec<_>, Vec<_>) =
            (values("abc"), values("abxc"), values("ac"), values("axc"));
        let insert = Difference::Insert {
            after: 1,
            items: &[Value::from("x")],
        };
        assert_eq!(difference(&abc, &abxc), insert);
        assert_eq!(difference(&abc, &ac), Difference::Remove(1));
        assert_eq!(difference(&abc, &axc), Difference::Change(1, &"x".into()));
        assert_eq!(
            difference(&ac, &abxc),
            Difference::Insert {
                after: 0,
                items: &abxc[1..3]
            }
        );
        assert_eq!(difference(&abc, &values("xyz")), Difference::Other);
    }
}
