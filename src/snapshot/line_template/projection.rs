//! Reduces a form to some of the fields of its line.

use super::{Columns, Splitter, Values};

/// The form of a line without all fields but some: what it holds of these is what the whole line
/// holds of them. `None` where the form is none.
pub(in super::super) fn brief(form: &str, columns: &Columns, fields: &[&str]) -> Option<String> {
    let (mut unused, mut values) = (String::new(), Values::default());
    let mut splitter = Splitter {
        line: form,
        at: 0,
        copied: 0,
        columns,
        form: &mut unused,
        values: &mut values,
    };
    let mut brief = String::from("{");
    splitter.space();
    splitter.object(&mut |me, key| {
        let start = me.at;
        me.skip()?;
        if fields.contains(&key) {
            if brief.len() > 1 {
                brief.push(',');
            }
            brief.push('"');
            brief.push_str(key);
            brief.push_str("\":");
            brief.push_str(&form[start..me.at]);
        }
        Some(())
    })?;
    brief.push('}');
    Some(brief)
}

#[cfg(test)]
mod tests {
    use super::super::split;
    use super::*;
    use annals_model::RecordKind;

    #[test]
    fn only_what_is_wanted_is_left() {
        let columns = Columns::of(RecordKind::Claim);
        let (mut form, mut values) = (String::new(), Values::default());
        let line = r#" {"type":"claim", "x":{"said":["]}",1]} ,"quote":"a \"b\"","said" : "2023","stance":[{"value":"opposes","toward":"t"}],"retracted":{"on":"2024"}}"#;
        split(line, &columns, &mut form, &mut values).unwrap();
        let brief = brief(&form, &columns, &["said", "stance", "retracted"]).unwrap();
        let mut out = String::new();
        super::super::join(&brief, |column| values.one(column), &mut out).unwrap();
        assert_eq!(
            out,
            r#"{"said":"2023","stance":[{"value":"opposes","toward":"t"}],"retracted":{"on":"2024"}}"#
        );
    }
}
