//! A fast path for plain JSON: lines without escapes and fractions, which is most records of large
//! files. Everything else, and everything that is not JSON, is left to serde. The tape is exactly
//! what serde would have made of the same line.

use std::borrow::Cow;

use super::Item;

/// How deep values may lie in each other to be taken down here.
const DEPTH: usize = 16;

/// Takes a text down as one value; `None` where it is not plain, and then what is on the tape is of no
/// use.
pub(super) fn take<'a>(text: &'a str, items: &mut Vec<Item<'a>>) -> Option<()> {
    let mut plain = Plain { text, at: 0, items };
    plain.value(0)?;
    plain.skip_space();
    (plain.at == text.len()).then_some(())
}

struct Plain<'t, 'a> {
    text: &'a str,
    at: usize,
    items: &'t mut Vec<Item<'a>>,
}

impl<'a> Plain<'_, 'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.peek() {
            self.at += 1;
        }
    }

    /// The byte after white space.
    fn next(&mut self) -> Option<u8> {
        let mut byte = self.peek()?;
        if byte <= b' ' {
            self.skip_space();
            byte = self.peek()?;
        }
        Some(byte)
    }

    fn value(&mut self, depth: usize) -> Option<()> {
        match self.next()? {
            b'"' => {
                let text = self.string()?;
                self.items.push(Item::Str(Cow::Borrowed(text)));
                Some(())
            }
            b'{' if depth < DEPTH => self.object(depth + 1),
            b'[' if depth < DEPTH => self.array(depth + 1),
            b't' => self.word("true", Item::Bool(true)),
            b'f' => self.word("false", Item::Bool(false)),
            b'n' => self.word("null", Item::Null),
            b'0'..=b'9' => self.whole(),
            _ => None,
        }
    }

    fn word(&mut self, word: &str, item: Item<'a>) -> Option<()> {
        let rest = self.text.as_bytes().get(self.at..)?;
        if !rest.starts_with(word.as_bytes()) {
            return None;
        }
        self.at += word.len();
        self.items.push(item);
        Some(())
    }

    /// A whole number of a few figures: no sign, fraction or power, which serde reads.
    fn whole(&mut self) -> Option<()> {
        const MOST_FIGURES: usize = 15;
        let start = self.at;
        let mut value = 0_i64;
        while let Some(figure @ b'0'..=b'9') = self.peek() {
            value = value.wrapping_mul(10) + i64::from(figure - b'0');
            self.at += 1;
        }
        let figures = self.at - start;
        let leading_zero = figures > 1 && self.text.as_bytes()[start] == b'0';
        let goes_on = matches!(self.peek(), Some(b'.' | b'e' | b'E'));
        if figures > MOST_FIGURES || leading_zero || goes_on {
            return None;
        }
        self.items.push(Item::Whole(value));
        Some(())
    }

    /// The text between two quotation marks, the first of which comes next.
    fn string(&mut self) -> Option<&'a str> {
        let start = self.at + 1;
        let len = up_to_special(&self.text.as_bytes()[start..]);
        let end = start + len;
        if self.text.as_bytes().get(end) != Some(&b'"') {
            return None;
        }
        self.at = end + 1;
        self.text.get(start..end)
    }

    fn object(&mut self, depth: usize) -> Option<()> {
        let start = self.items.len();
        self.items.push(Item::Map(0));
        self.at += 1;
        if self.next()? == b'}' {
            self.at += 1;
        } else {
            loop {
                if self.next()? != b'"' {
                    return None;
                }
                let key = self.string()?;
                self.items.push(Item::Str(Cow::Borrowed(key)));
                if self.next()? != b':' {
                    return None;
                }
                self.at += 1;
                self.value(depth)?;
                if self.ends(b'}')? {
                    break;
                }
            }
        }
        self.items[start] = Item::Map(self.items.len() - start);
        Some(())
    }

    fn array(&mut self, depth: usize) -> Option<()> {
        let start = self.items.len();
        self.items.push(Item::List(0));
        self.at += 1;
        if self.next()? == b']' {
            self.at += 1;
        } else {
            loop {
                self.value(depth)?;
                if self.ends(b']')? {
                    break;
                }
            }
        }
        self.items[start] = Item::List(self.items.len() - start);
        Some(())
    }

    /// Whether what is read ends here, rather than going on after a comma.
    fn ends(&mut self, end: u8) -> Option<bool> {
        let byte = self.next()?;
        self.at += 1;
        match byte {
            b',' => Some(false),
            byte if byte == end => Some(true),
            _ => None,
        }
    }
}

/// How many bytes stand before the first quotation mark, backslash or control character; all, where
/// there is none. Eight are looked at together (Mycroft's test for a byte of zero; of those that it
/// finds the lowest is always right).
fn up_to_special(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let zero = |eight: u64| eight.wrapping_sub(ONES) & !eight & HIGH;
    let (eights, rest) = bytes.as_chunks::<8>();
    for (nth, eight) in eights.iter().enumerate() {
        let eight = u64::from_le_bytes(*eight);
        let quote = zero(eight ^ (ONES * u64::from(b'"')));
        let escape = zero(eight ^ (ONES * u64::from(b'\\')));
        let control = eight.wrapping_sub(ONES * 0x20) & !eight & HIGH;
        let special = quote | escape | control;
        if special != 0 {
            return nth * 8 + special.trailing_zeros() as usize / 8;
        }
    }
    let special = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
    let before = rest.iter().position(special).unwrap_or(rest.len());
    bytes.len() - rest.len() + before
}

#[cfg(test)]
mod tests {
    use super::super::Tape;
    use super::*;
    use proptest::prelude::*;

    fn by_serde(text: &str) -> Option<Vec<Item<'_>>> {
        let mut tape = Tape::default();
        let mut reader = serde_json::Deserializer::from_str(text);
        tape.read(&mut reader).ok()?;
        reader.end().ok()?;
        Some(tape.items)
    }

    fn plain(text: &str) -> Option<Vec<Item<'_>>> {
        let mut items = Vec::new();
        take(text, &mut items)?;
        Some(items)
    }

    #[test]
    fn a_plain_record_is_taken_down() {
        let text = r#" {"type":"claim", "id":"c1","about":["a",["b"],{}], "quote":"Київ — «так»",
            "spans":[[0,12345]],"unnamed":true,"x_n":null,"id":"c2","long":"a text of more than 8"}"#;
        assert!(plain(text).is_some());
        assert_eq!(plain(text), by_serde(text));
    }

    #[test]
    fn what_is_not_plain_is_left_to_serde() {
        for text in [
            "",
            "{",
            "{}{}",
            "{}x",
            "[1,]",
            "{\"a\"}",
            "{\"a\":1,}",
            "{,}",
            "[,]",
            "\"a",
            "01",
            "1.5",
            "1e3",
            "-1",
            "nul",
            "\"a\\n\"",
            "\"a\tb\"",
            "\"12345678\u{1}\"",
            "{1:2}",
            "1234567890123456",
            "[1 2]",
            "\u{feff}{}",
        ] {
            assert_eq!(plain(text), None, "{text:?}");
        }
        let deep = format!("{}{}", "[".repeat(40), "]".repeat(40));
        assert!(plain(&deep).is_none() && by_serde(&deep).is_some());
    }

    fn json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i32>().prop_map(Into::into),
            any::<f64>().prop_map(Into::into),
            "[ -~\u{80}-\u{7ff}\\n\"\\\\]{0,20}".prop_map(Into::into),
        ];
        leaf.prop_recursive(5, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
                prop::collection::vec(("[a-c\"]{0,3}", inner), 0..6)
                    .prop_map(|fields| serde_json::Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_taken_down_is_what_serde_takes_down(value in json(), pretty: bool) {
            let text = if pretty {
                serde_json::to_string_pretty(&value).unwrap()
            } else {
                value.to_string()
            };
            if let Some(items) = plain(&text) {
                prop_assert_eq!(Some(items), by_serde(&text));
            } else {
                let hard = ['\\', '.', '-', 'e'];
                prop_assert!(text.contains(hard) || text.bytes().filter(u8::is_ascii_digit).count() > 15);
            }
        }

        #[test]
        fn whatever_is_changed_in_a_line(value in json(), at: prop::sample::Index, byte in 0_u8..128) {
            let mut bytes = value.to_string().into_bytes();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            if let Ok(text) = std::str::from_utf8(&bytes)
                && let Some(items) = plain(text)
            {
                prop_assert_eq!(Some(items), by_serde(text));
            }
        }

        #[test]
        fn the_first_special_byte_is_found(bytes in prop::collection::vec(prop_oneof![any::<u8>(), Just(b'"'), Just(0x1f), Just(0x80), Just(0xa2)], 0..40)) {
            let special = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
            let first = bytes.iter().position(special).unwrap_or(bytes.len());
            prop_assert_eq!(up_to_special(&bytes), first);
        }
    }
}
