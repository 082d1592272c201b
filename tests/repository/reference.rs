//! The pages of reference that are drawn from the program: fields from the schema of facts, keys
//! from those of the answers, options from the command line. `UPDATE=1 cargo test --test program repository::reference`
//! renews them.

use std::fmt::Write as _;
use std::fs;

use annals::export::columns::{ColumnRow, of_edges, of_nodes};
use annals::export::{EXPORTERS, Writes};
use annals::graph::EdgeKind;
use annals::import::IMPORTERS;
use annals::load::fields_of;
use annals::model::{Facts, RecordKind, Vocabulary as _, every_field};
use annals::schema;
use serde_json::Value;

fn held(path: &str, now: &str) {
    crate::common::is_kept(
        std::path::Path::new(path),
        now.as_bytes(),
        "repository::reference",
    );
}

fn described(schema: &Value) -> &str {
    schema["description"].as_str().unwrap_or("")
}

/// The words that a value may be, if it is one of some.
fn words(schema: &Value) -> Option<String> {
    let alternatives = schema["anyOf"].as_array().into_iter().flatten();
    let mut each = std::iter::once(schema).chain(alternatives);
    let words = each.find_map(|one| one["enum"].as_array())?;
    let words = words.iter().map(|word| {
        word.as_str()
            .map_or("null".to_owned(), |word| format!("`{word}`"))
    });
    Some(words.collect::<Vec<_>>().join(" "))
}

#[test]
fn the_page_of_the_model_is_true() {
    let schema = schema::by_name("facts").unwrap();
    let mut page = String::from(
        "# Records and their fields\n\nGenerated from the schema of facts, which `annals schema facts` prints. \
         Fields in bold are required. Where a list is allowed, a list of one may be written without brackets. \
         Fields that begin with `x_` are your own: they are kept and exported.\n",
    );
    let common: Vec<&str> = fields_of(RecordKind::Place).skip(4).collect();
    let row = |page: &mut String, name: &str, field: &Value, needed: bool| {
        let name = if needed {
            format!("**`{name}`**")
        } else {
            format!("`{name}`")
        };
        let words = words(field)
            .map(|words| format!(" {words}"))
            .unwrap_or_default();
        writeln!(page, "| {name} | {}{words} |", described(field)).unwrap();
    };
    for kind in RecordKind::ALL {
        let record = &schema["$defs"][kind.word()];
        writeln!(
            page,
            "\n## {}\n\n{}\n\n| field | |\n|---|---|",
            kind.plural(),
            described(record)
        )
        .unwrap();
        for name in fields_of(*kind).filter(|name| !common.contains(name)) {
            let needed = record["required"]
                .as_array()
                .unwrap()
                .contains(&name.into());
            row(&mut page, name, &record["properties"][name], needed);
        }
    }
    page.push_str("\n## Every record\n\n| field | |\n|---|---|\n");
    for name in &common {
        row(
            &mut page,
            name,
            &schema["$defs"]["place"]["properties"][*name],
            false,
        );
    }
    page.push_str("\n## Parts of records\n\n| | field | |\n|---|---|---|\n");
    let shared = &schema["$defs"]["place"]["properties"];
    let parts = [
        ("evidence", &schema["$defs"]["evidence"]),
        ("date", &schema["$defs"]["date"]),
        ("stance", &schema["$defs"]["stance"]),
        ("participant", &schema["$defs"]["participant"]),
        ("retracted", &shared["retracted"]),
        ("ignore", &shared["ignore"]),
    ];
    for (part, definition) in parts {
        let alternatives = definition["anyOf"].as_array().into_iter().flatten();
        let mut each = std::iter::once(definition).chain(alternatives);
        let fields = each.find_map(|one| one["properties"].as_object()).unwrap();
        for (name, field) in fields {
            let words = words(field)
                .map(|words| format!(" {words}"))
                .unwrap_or_default();
            writeln!(page, "| {part} | `{name}` | {}{words} |", described(field)).unwrap();
        }
    }
    held("docs/reference/model.md", &page);
}

/// The keys of a schema as rows: `data[].speaker[].id`.
fn keys(schema: &Value, at: &str, page: &mut String) {
    let alternatives = schema["anyOf"].as_array().into_iter().flatten();
    for one in std::iter::once(schema).chain(alternatives) {
        for (name, field) in one["properties"].as_object().into_iter().flatten() {
            let path = if at.is_empty() {
                name.clone()
            } else {
                format!("{at}.{name}")
            };
            let refers = |field: &Value| {
                field["$ref"]
                    .as_str()
                    .map(|target| target.rsplit('/').next().unwrap().to_owned())
            };
            let inner = field["anyOf"]
                .as_array()
                .into_iter()
                .flatten()
                .find_map(refers);
            let of = refers(field).or(inner).or_else(|| refers(&field["items"]));
            let of = of
                .map(|name| format!(" ([{name}](#{name}))"))
                .unwrap_or_default();
            let words = words(field)
                .map(|words| format!(" {words}"))
                .unwrap_or_default();
            writeln!(page, "| `{path}` | {}{of}{words} |", described(field)).unwrap();
            keys(field, &path, page);
            if field["items"].is_object() {
                keys(&field["items"], &format!("{path}[]"), page);
            }
        }
    }
}

#[test]
fn the_page_of_json_is_true() {
    let mut page = String::from(
        "# The JSON of every answer\n\nGenerated from the schemas, which `annals schema NAME` prints and against which the tests \
         validate every answer. Formats only ever grow. `-f jsonl` prints the rows of `data`, one per line. \
         `[]` means each item of a list.\n",
    );
    let mut definitions = std::collections::BTreeMap::new();
    for name in schema::names().filter(|name| *name != "facts") {
        let schema = schema::by_name(name).unwrap();
        writeln!(
            page,
            "\n## {name}\n\n{}\n\n| key | |\n|---|---|",
            described(&schema)
        )
        .unwrap();
        keys(&schema, "", &mut page);
        for (name, definition) in schema["$defs"].as_object().into_iter().flatten() {
            definitions.insert(name.clone(), definition.clone());
        }
    }
    for (name, definition) in &definitions {
        writeln!(page, "\n### {name}\n\n{}", described(definition)).unwrap();
        let mut rows = String::new();
        keys(definition, "", &mut rows);
        if !rows.is_empty() {
            write!(page, "\n| key | |\n|---|---|\n{rows}").unwrap();
        }
    }
    held("docs/reference/json.md", &page);
}

fn help_of(help: &str, heading: &str, page: &mut String) {
    let help: Vec<&str> = help.lines().map(str::trim_end).collect();
    let help = help.join("\n");
    write!(page, "\n{heading}\n\n```text\n{}\n```\n", help.trim_end()).unwrap();
}

#[test]
fn the_page_of_commands_is_true() {
    let mut page = String::from(
        "# Commands and their options\n\nGenerated from the program; `annals COMMAND --help` prints the same.\n",
    );
    let mut command = annals::cli::command().term_width(100);
    command.build();
    for sub in command
        .get_subcommands_mut()
        .filter(|sub| sub.get_name() != "help")
    {
        let name = sub.get_name().to_owned();
        help_of(
            &sub.render_long_help().to_string(),
            &format!("## {name}"),
            &mut page,
        );
        let inner = sub.get_subcommands_mut();
        for inner in inner.filter(|inner| inner.get_name() != "help") {
            let heading = format!("### {name} {}", inner.get_name());
            help_of(&inner.render_long_help().to_string(), &heading, &mut page);
        }
    }
    held("docs/reference/commands.md", &page);
}

#[test]
fn the_page_of_exports_is_true() {
    let mut page = String::from(
        "# Export formats\n\nGenerated from the list of formats. `annals export` writes each of them with every \
         selection option: to a file in the format of its extension, or with `--format NAME`. \
         A format that is a folder has no extension: `--format csv -o DIR`. The folder is written beside \
         its place and moved there when it is complete. An existing folder is replaced if an export \
         has written everything in it; otherwise it is refused.\n\n\
         With `--merge-edges`, parallel edges between the same two nodes that say the same become one. They \
         must have the same kind, stance and role, and for orders the same relation and distance. The merged \
         edge has their number as its weight, the days that they all cover together, all their facts and \
         passages, and of everything else only what they have in common. Fact files, Mermaid, timelines, \
         linked data and HTML pages do not use this option and refuse it.\n\n\
         An order that dates a relation is in no format of nodes and edges: a relation is an edge, and \
         no edge leads to an edge. A fact file has it; linked data has its wording.\n\n\
         | format | extension | |\n|---|---|---|\n",
    );
    for exporter in EXPORTERS {
        let endings: Vec<String> = (exporter.extensions.iter())
            .map(|ending| format!("`.{ending}`"))
            .collect();
        let endings = match exporter.work.writes {
            Writes::Folder(_) => "a folder".to_owned(),
            Writes::Stream(_) => endings.join(" "),
        };
        let name = exporter.name;
        writeln!(
            page,
            "| [`{name}`](#{name}) | {endings} | {} |",
            exporter.title
        )
        .unwrap();
    }
    for exporter in EXPORTERS {
        let name = exporter.name;
        let lost = exporter.loses;
        assert!(
            lost.ends_with('.') && !lost.contains("  "),
            "{name}: {lost}"
        );
        let title = capitalised(exporter.title);
        writeln!(
            page,
            "\n## {name}\n\n{title}.\n\n**What it cannot hold.** {lost}"
        )
        .unwrap();
        if !exporter.notes.is_empty() {
            writeln!(page, "\n{}", exporter.notes).unwrap();
        }
    }
    page.push_str(
        "\n## Columns\n\nThe attributes of `gexf` and `graphml` and the columns of `cyjs`, `csv` and \
         `neo4j`. After them come your own fields (`x_…`), strings as they are, everything else as JSON.\n",
    );
    let mut table = |whose: &str, columns: Vec<ColumnRow>| {
        writeln!(
            page,
            "\n### Columns of {whose}\n\n| column | type | |\n|---|---|---|"
        )
        .unwrap();
        for ColumnRow { name, holds, about } in columns {
            writeln!(page, "| `{name}` | {holds} | {about} |").unwrap();
        }
    };
    table("nodes", of_nodes().collect());
    table("edges", of_edges().collect());
    held("docs/reference/exports.md", &page);
}

/// A file of a case, as a block of Markdown.
fn block(path: &std::path::Path) -> String {
    let text = fs::read_to_string(path).unwrap_or_else(|_| "(no text)".to_owned());
    let text = text.replace('\r', "");
    let lines: Vec<&str> = text.lines().collect();
    let mut shown = lines[..lines.len().min(60)].join("\n");
    if lines.len() > 60 {
        shown.push_str("\n…");
    }
    let longest = shown.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let ending = path
        .extension()
        .map_or("text", |ending| ending.to_str().unwrap());
    format!("{fence}{ending}\n{shown}\n{fence}")
}

#[test]
fn the_page_of_imports_is_true() {
    let mut page = String::from(
        "# Import formats\n\nGenerated from the list of formats. `annals import FORMAT SOURCE… -o FILE` converts existing \
         data into a fact file: YAML, JSON or JSON Lines, by the extension of `-o`. JSON Lines records are \
         written as soon as they are made, so millions need no memory; the other two are written at the end. \
         If an import stops half-way, nothing is written, and no source is overwritten.\n\n\
         - **Ids** are made from the name or label, in small Latin letters; other scripts are transliterated, \
         and a number is added where two would be the same. The same source gives the same ids.\n\
         - **Dates** keep their precision. Dates in words are read in English, German, French, Spanish, Russian and Ukrainian, and with Polish months; \
         what EDTF cannot express keeps its wording as `display`. What cannot be read is kept under `x_…` and \
         listed.\n\
         - **Data without a field** is kept under `x_…` and exported.\n\
         - **The last line** counts what was imported, what was written, what was left out or changed, and why. \
         `--report FILE` lists each case with its place, as JSON Lines if the file ends in `.jsonl`.\n\
         - **If a source can be read in several ways**, the import stops, asks, and names the option that \
         answers.\n\
         - **gzip and zip** are unpacked while reading, never to disk: at most 64 GiB per file, a ratio of 200 \
         after the first 16 MiB, 10,000 files per archive. A file that must be held in memory may have at most \
         1 GiB. XML is read without entities; nothing is fetched.\n\
         - **Texts** of documents go to a folder beside the fact file (`kyiv-texts` beside `kyiv.yaml`), with \
         their SHA-256 in the facts.\n\n\
         | format | extension | |\n|---|---|---|\n",
    );
    for importer in IMPORTERS {
        let endings: Vec<String> = (importer.extensions.iter())
            .map(|ending| format!("`.{ending}`"))
            .collect();
        let (name, title) = (importer.name, importer.title);
        writeln!(
            page,
            "| [`{name}`](#{name}) | {} | {title} |",
            endings.join(" ")
        )
        .unwrap();
    }
    for importer in IMPORTERS {
        let (name, title) = (importer.name, capitalised(importer.title));
        writeln!(
            page,
            "\n## {name}\n\n{title}.\n\n| in the source | becomes |\n|---|---|"
        )
        .unwrap();
        for (source, fact) in importer.work.maps {
            writeln!(page, "| {source} | {fact} |").unwrap();
        }
        writeln!(page, "\n**What is lost.** {}", importer.loses).unwrap();
        if !importer.options.is_empty() {
            writeln!(page).unwrap();
        }
        for option in importer.options {
            let value = if option.words.is_empty() {
                option.value.to_owned()
            } else {
                option.words.join("|")
            };
            let shown = format!("--{} {value}", option.name);
            writeln!(page, "- `{}`: {}", shown.trim_end(), option.help).unwrap();
        }
        if !importer.notes.is_empty() {
            writeln!(page, "\n{}", importer.notes).unwrap();
        }
        let case = std::path::Path::new("tests/import/cases")
            .join(name)
            .join("example");
        writeln!(page, "\n### Example of {name}").unwrap();
        let mut files: Vec<_> = fs::read_dir(case.join("source"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        for file in &files {
            let name = file.file_name().unwrap().to_str().unwrap();
            writeln!(page, "\n`{name}`:\n\n{}", block(file)).unwrap();
        }
        writeln!(page, "\nbecomes\n\n{}", block(&case.join("facts.yaml"))).unwrap();
        writeln!(
            page,
            "\nwith the report\n\n{}",
            block(&case.join("report.txt"))
        )
        .unwrap();
    }
    held("docs/reference/imports.md", &page);
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

#[test]
fn the_page_of_the_graph_names_every_kind() {
    let page = fs::read_to_string("docs/reference/graph.md").unwrap();
    let facts = Facts::new();
    for kind in EdgeKind::PLAIN {
        let row = format!("| `{}` |", kind.word(&facts));
        assert!(
            page.contains(&row),
            "docs/reference/graph.md has no row {row}"
        );
        // The description of records says which field makes it.
        let made = every_field().any(|field| field.edge == Some(kind.word(&facts)));
        assert!(made, "no field makes {row}");
    }
    for kind in RecordKind::ALL
        .iter()
        .filter(|kind| !matches!(kind, RecordKind::Relation | RecordKind::Order))
    {
        assert!(page.contains(&format!("| `{}` |", kind.word())), "{kind}");
    }
}

#[test]
fn every_command_and_option_has_a_test_that_names_it() {
    fn read(folder: &std::path::Path, all: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, all);
            } else if path
                .extension()
                .is_some_and(|ending| ending == "rs" || ending == "trycmd")
            {
                all.push_str(&fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut tests = String::new();
    read(std::path::Path::new("tests"), &mut tests);
    // Pages of documentation are run too.
    for page in ["README.md", "docs/cookbook.md"] {
        tests.push_str(&fs::read_to_string(page).unwrap());
    }
    let mut command = annals::cli::command();
    command.build();
    for sub in command
        .get_subcommands()
        .filter(|sub| sub.get_name() != "help")
    {
        let name = sub.get_name();
        assert!(sub.get_about().is_some(), "the help says nothing of {name}");
        assert!(
            tests.contains(&format!("annals {name}")) || tests.contains(&format!("\"{name}\"")),
            "no test of {name}"
        );
        for option in sub
            .get_arguments()
            .filter_map(|argument| argument.get_long())
        {
            assert!(
                tests.contains(&format!("--{option}")),
                "no test of {name} --{option}"
            );
        }
    }
}
