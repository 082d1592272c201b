//! Drafts every text (`.txt`) of a folder, with the date of the article in a file beside it (`.date`), and
//! writes what was found as spans: JSON Lines.

use std::io::{BufWriter, Write, stdout};

use annals_draft::{Options, draft, spans};
use annals_evidence::Text;
use annals_time::Date;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("which folder?")?;
    let files = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut paths: Vec<_> = files.into_iter().map(|file| file.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    let mut out = BufWriter::new(stdout().lock());
    for path in paths {
        let text = std::fs::read_to_string(&path)?;
        let date = std::fs::read_to_string(path.with_extension("date")).unwrap_or_default();
        let article = Date::parse(date.trim()).ok().and_then(|date| date.first());
        let options = Options {
            all: true,
            article,
            ..Options::default()
        };
        let drafted = draft(&text, &options);
        let doc = path.file_stem().unwrap_or_default().to_string_lossy();
        spans(&mut out, &doc, &Text::new(text), &drafted)?;
        writeln!(out)?;
    }
    out.flush()?;
    Ok(())
}
