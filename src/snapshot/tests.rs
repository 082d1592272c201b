//! The reference page lists the columns of every table.

use std::fmt::Write as _;

use super::columns::Columns;
use super::table::Is;
use super::writer::{LINKS, PLACE};
use annals_model::{RecordKind, Vocabulary as _};

fn held(page: &str, mark: &str, now: &str) -> String {
    let (begin, end) = (
        format!("<!-- {mark} -->"),
        format!("<!-- end of {mark} -->"),
    );
    let (before, rest) = page.split_once(&begin).unwrap();
    let (_, after) = rest.split_once(&end).unwrap();
    format!("{before}{begin}\n{now}{end}{after}")
}

#[test]
fn the_page_has_every_column() {
    const PAGE: &str = "../../docs/reference/snapshot.md";
    let mut tables = String::from("| table | columns |\n|---|---|\n");
    for kind in RecordKind::ALL {
        let columns = Columns::of(*kind).all;
        let named = columns.iter().map(|column| {
            let is = match column.is {
                Is::Text | Is::Word | Is::Sorted | Is::Plain | Is::Key => "",
                Is::Texts | Is::Words => "\\[\\]",
                Is::Day => " day",
                Is::Number | Is::Row => " int",
                Is::Long | Is::Bound => " long",
                Is::Flag => " boolean",
                Is::Real => " double",
                Is::Bytes => " bytes",
            };
            format!("`{}`{is}", column.name)
        });
        let named: Vec<String> = named.collect();
        writeln!(tables, "| `{}` | {} |", kind.plural(), named.join(", ")).unwrap();
    }
    let mut links = String::from("| table | columns |\n|---|---|\n");
    for link in &*LINKS {
        let with = link.with.map(|with| format!(", `{with}`"));
        let with = with.unwrap_or_default();
        let place = if link.is_of_passages() {
            PLACE.map(|column| format!(", `{column}`")).concat()
        } else {
            String::new()
        };
        writeln!(
            links,
            "| `{}` | `{}`, `first_day`, `row`{with}, `nth`{place} |",
            link.name, link.node
        )
        .unwrap();
    }
    let page = std::fs::read_to_string(PAGE).unwrap();
    let now = held(&held(&page, "tables", &tables), "links", &links);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(PAGE, &now).unwrap();
    }
    assert!(
        now == page,
        "{PAGE} is out of date: UPDATE=1 cargo test --lib snapshot"
    );
}
