//! Drafts every text of a folder, and writes spans as JSON Lines.
use serde_json::json;
use std::ops::Range;

fn main() {
    let folder = std::env::args().nth(1).unwrap_or_default();
    let mut paths: Vec<_> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    paths.sort();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let mut at = vec![0u32; text.len() + 1];
        let mut n = 0;
        for (i, _) in text.char_indices() { at[i] = n; n += 1; }
        at[text.len()] = n;
        let spans = |r: &Vec<Range<usize>>| r.iter().map(|r| [at[r.start], at[r.end]]).collect::<Vec<_>>();
        let claims: Vec<_> = annals_draft::draft(&text).iter().map(|c| json!({"source": spans(&c.source), "cue": spans(&c.cue), "content": spans(&c.content), "why": c.why, "negated": c.negated, "speaker": c.speaker})).collect();
        let date = std::fs::read_to_string(path.with_extension("date")).unwrap_or_default();
        let date = annals_time::Date::parse(date.trim()).ok().and_then(|d| d.first());
        let timex: Vec<_> = annals_draft::timex(&text, date).iter().map(|t| json!({"span": [at[t.span.start], at[t.span.end]], "value": t.value, "type": t.kind.as_str()})).collect();
        println!("{}", json!({"doc": path.file_stem().unwrap_or_default().to_string_lossy(), "claims": claims, "timex": timex}));
    }
}
