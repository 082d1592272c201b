//! `docs/reference/codes.md` is drawn from the list of codes. `UPDATE=1 cargo test --test program repository::codes`
//! renews it.

use std::fmt::Write as _;
use std::path::Path;

use crate::common::is_kept;
use annals::check;

fn page() -> String {
    let mut page = String::from(
        "# Every finding, explained\n\nGenerated from the program; `annals explain CODE` prints the same.\n\n\
         | code | name | | what it finds |\n|---|---|---|---|\n",
    );
    for code in check::codes() {
        let (number, name, severity) = (code.code, code.name, code.severity.word());
        writeln!(
            page,
            "| [{number}](#{}) | {name} | {severity} | {} |",
            number.to_lowercase(),
            code.title()
        )
        .unwrap();
    }
    for code in check::codes() {
        write!(
            page,
            "\n## {}\n\n**{}** ({}): {}\n",
            code.code,
            code.name,
            code.severity.word(),
            code.title()
        )
        .unwrap();
        let text = code.page();
        let body = text.split_once('\n').map_or("", |(_, body)| body);
        let mut fenced = false;
        for line in body.trim().lines() {
            fenced ^= line.starts_with("```");
            match line.strip_prefix("# ").filter(|_| !fenced) {
                Some(heading) => writeln!(page, "\n### {heading}").unwrap(),
                None => writeln!(page, "{line}").unwrap(),
            }
        }
    }
    // Headings bring blank lines of their own.
    while page.contains("\n\n\n") {
        page = page.replace("\n\n\n", "\n\n");
    }
    page
}

#[test]
fn the_page_of_codes_is_true() {
    let path = "docs/reference/codes.md";
    let now = page();
    is_kept(Path::new(path), now.as_bytes(), "repository::codes");
}
