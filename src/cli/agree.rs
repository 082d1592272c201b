//! `annals agree`.

use std::path::PathBuf;

use super::args::{FactArgs, GlobalArgs, OutputArgs, OutputFormat, SelectionArgs};
use super::output::{self, Sheet, Target, write_json};
use super::run_notes;
use super::session;
use super::table::{self, Style, plain};
use super::{Exit, Failure};
use annals_finding::FilePlace;
use annals_model::Vocabulary as _;
use annals_store::Store;
use annals_store::rows::{Agreement, FieldValue, Ref};

/// Compare the claims of two annotators of the same texts
///
/// Claims are matched one to one by how far their passages overlap in the same text (the same id of
/// the document, or the same SHA-256); without the text, by the words of their passages. Actors and
/// other things are the same by id, else by name.
///
/// Agreement is Krippendorff's alpha: 1 is full agreement, 0 what chance would give. For the
/// passages it is the alpha for unitizing (1995, corrected in 2004), for each field of the claims
/// that both have it is the nominal alpha. A field that a claim does not have is a missing value. A
/// dash stands where alpha is undefined: nothing to compare, or always the same value.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  annals agree anna ben
  annals agree anna.yaml ben.yaml --texts texts -f json
  annals agree anna ben --in transcript --by mayor")]
pub(super) struct Args {
    /// The facts of the first annotator: a fact file, a folder, a snapshot, or - for standard input
    #[arg(value_name = "FACTS")]
    first: PathBuf,
    /// The facts of the second annotator
    #[arg(value_name = "FACTS")]
    second: PathBuf,
    /// A folder with the texts of documents, of either annotator (repeatable)
    #[arg(long, value_name = "DIR", help_heading = "Facts")]
    texts: Vec<PathBuf>,
    /// Settings to use for both, instead of the annals.toml in or above each
    #[arg(long, value_name = "FILE", help_heading = "Facts")]
    config: Option<PathBuf>,
    /// Also write a receipt of the answer, which `annals verify` compares with the files
    ///
    /// It has the question, the SHA-256 of every file of both, and the passages of all claims compared.
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    receipt: Option<PathBuf>,
    #[command(flatten)]
    selection: SelectionArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args, global: GlobalArgs) -> Result<Exit, Failure> {
    let both = [&args.first, &args.second];
    if both.iter().all(|path| path.as_os_str() == "-") {
        return Err(Failure::usage(
            "standard input can only be the facts of one of the two".to_owned(),
        ));
    }
    let facts = both.map(|path| FactArgs {
        facts: vec![path.clone()],
        texts: args.texts.clone(),
        config: args.config.clone(),
        receipt: args.receipt.clone(),
    });
    let (first, second) = (session::open(&facts[0])?, session::open(&facts[1])?);
    let query = args.selection.query(&first)?;
    if query.limit.is_some() {
        return Err(Failure::usage(
            "--limit cannot be used here: agreement on some of the claims would say nothing of the rest"
                .to_owned(),
        ));
    }
    run_notes::rests_on_selection();
    // What is wrong with the second is told as what is wrong with the first.
    session::ask(&second, global, Store::is_empty)?;
    let answer = session::ask(&first, global, |store| store.agree_on(&second, &query))?;
    let notes = session::notes(&answer.notes, args.output.strict)?;
    let mut inputs = session::inputs(&facts[0], &answer.files);
    inputs.extend(facts[1].facts.iter().cloned());
    let target = Target::new(args.output.output.as_deref(), &inputs)?;
    let agreement = &answer.data;
    let form = output::form(&args.output)?;
    let style = Style {
        colour: matches!(target, Target::Stdout) && output::colour(global),
    };
    output::show(&target, form, style.colour, |out| match form {
        OutputFormat::Table => out.write_all(draw(agreement, output::width(), style).as_bytes()),
        OutputFormat::Json => write_json(out, "annals.agree/1", agreement, &notes),
        OutputFormat::Jsonl => output::write_jsonl(out, std::slice::from_ref(agreement)),
        OutputFormat::Csv => sheet(agreement).csv(out, b','),
        OutputFormat::Tsv => sheet(agreement).csv(out, b'\t'),
        OutputFormat::Md => sheet(agreement).markdown(out),
    })?;
    session::say(&notes, global);
    Ok(Exit::Done)
}

/// An alpha as shown: three decimals.
fn shown(alpha: Option<f64>) -> String {
    alpha.map_or_else(|| "–".to_owned(), |alpha| format!("{alpha:.3}"))
}

fn draw(agreement: &Agreement, width: usize, style: Style) -> String {
    let mut out = String::new();
    let heading = |text: &str| format!("\n {}\n", style.bold(text));
    out.push_str(&heading("Krippendorff's alpha"));
    let mut alphas = table::table(&[], width, style.colour);
    for (field, alpha) in &agreement.alpha.0 {
        alphas.add_row([(*field).to_owned(), shown(*alpha)]);
    }
    out.push_str(&table::print(&alphas));

    let differing = agreement
        .pairs
        .iter()
        .filter(|pair| !pair.fields.is_empty());
    let count = differing.count();
    let title = format!("Both have ({}, of which {count} differ)", agreement.both);
    out.push_str(&heading(&title));
    let mut pairs = table::table(&[], width, style.colour);
    for pair in &agreement.pairs {
        let [one, other] = &pair.claims;
        let places = [place(&pair.places[0]), place(&pair.places[1])];
        pairs.add_row([
            plain(&one.name),
            match pair.fields.as_slice() {
                [] => "the same".to_owned(),
                fields => format!("differ in {}", fields.join(", ")),
            },
            style.dim(&format!(
                "{} {}\n{} {}",
                plain(&one.id),
                places[0],
                plain(&other.id),
                places[1]
            )),
        ]);
    }
    table::fit(&mut pairs, &[(20, 90), (12, 30), (12, 40)], width);
    out.push_str(&table::print(&pairs));

    if !agreement.differ.is_empty() {
        out.push_str(&heading("Where they differ"));
        let mut differ = table::table(&["Claim", "Field", "First", "Second"], width, style.colour);
        let mut before: Option<&Ref> = None;
        for row in &agreement.differ {
            let claim = &row.claims[0];
            let is_same = before.is_some_and(|before| before.id == claim.id);
            before = Some(claim);
            differ.add_row([
                if is_same {
                    String::new()
                } else {
                    plain(&claim.id)
                },
                row.field.to_owned(),
                plain(&said(row.values[0].as_ref())),
                plain(&said(row.values[1].as_ref())),
            ]);
        }
        table::fit(&mut differ, &[(8, 24), (7, 7), (16, 60), (16, 60)], width);
        out.push_str(&table::print(&differ));
    }
    let only = [&agreement.only_first, &agreement.only_second];
    for (nth, claims) in only.into_iter().enumerate() {
        let whose = ["Only the first has", "Only the second has"][nth];
        out.push_str(&heading(&format!("{whose} ({})", claims.len())));
        let mut table = table::table(&[], width, style.colour);
        for (claim, at) in claims.iter().zip(&agreement.places[nth]) {
            let cell = style.dim(&format!("{} {}", plain(&claim.id), place(at)));
            table.add_row([plain(&claim.name), cell]);
        }
        table::fit(&mut table, &[(20, 90), (12, 44)], width);
        out.push_str(&table::print(&table));
    }
    out
}

fn place(place: &FilePlace) -> String {
    let file = place.file.rsplit('/').next().unwrap_or(&place.file);
    plain(&format!("{file}:{}", place.line))
}

/// What an annotator has in a field, in words.
fn said(value: Option<&FieldValue>) -> String {
    let names = |refs: &[Ref]| {
        let names: Vec<&str> = refs.iter().map(|one| one.name.as_str()).collect();
        names.join(", ")
    };
    match value {
        None => "–".to_owned(),
        Some(FieldValue::Word(word)) => word.clone(),
        Some(FieldValue::Date(date)) => date.written().to_owned(),
        Some(FieldValue::Record(one)) => one.name.clone(),
        Some(FieldValue::Records(refs)) if refs.is_empty() => "the narrator".to_owned(),
        Some(FieldValue::Records(refs)) => names(refs),
        Some(FieldValue::Stances(stances)) => {
            let each = stances.iter();
            let each = each.map(|one| format!("{} {}", one.value.word(), one.toward.name));
            each.collect::<Vec<_>>().join(", ")
        }
        Some(FieldValue::Passages(passages)) => {
            let each = passages.iter().map(|one| {
                let spans = one.spans.iter();
                let spans = spans.map(|span| format!("{}–{}", span.start, span.end));
                let spans = spans.collect::<Vec<_>>().join(" ");
                let quote = one.quote.as_ref().map(|quote| format!("“{quote}”"));
                let cells = [quote.unwrap_or_default(), spans];
                let cells = cells.into_iter().filter(|cell| !cell.is_empty());
                cells.collect::<Vec<_>>().join(" ")
            });
            each.collect::<Vec<_>>().join("; ")
        }
    }
}

fn sheet(agreement: &Agreement) -> Sheet<'_> {
    let alphas = agreement.alpha.0.iter().map(|(field, alpha)| {
        let alpha = alpha.map(|alpha| alpha.to_string()).unwrap_or_default();
        cells(["alpha", "", "", "", field, "", "", &alpha])
    });
    let both = agreement.pairs.iter().map(|pair| {
        let [one, other] = &pair.claims;
        let fields = pair.fields.join("; ");
        cells(["both", &one.id, &other.id, &one.name, &fields, "", "", ""])
    });
    let differ = agreement.differ.iter().map(|row| {
        let [one, other] = &row.claims;
        let value = |value: &Option<FieldValue>| {
            value
                .as_ref()
                .map_or_else(String::new, |value| said(Some(value)))
        };
        let values = [value(&row.values[0]), value(&row.values[1])];
        cells([
            "differ", &one.id, &other.id, &one.name, row.field, &values[0], &values[1], "",
        ])
    });
    let first = agreement.only_first.iter();
    let first = first.map(|one| cells(["only_first", &one.id, "", &one.name, "", "", "", ""]));
    let second = agreement.only_second.iter();
    let second = second.map(|one| cells(["only_second", "", &one.id, &one.name, "", "", "", ""]));
    Sheet {
        columns: vec![
            "row",
            "first",
            "second",
            "text",
            "field",
            "first_value",
            "second_value",
            "alpha",
        ],
        rows: Box::new(alphas.chain(both).chain(differ).chain(first).chain(second)),
    }
}

fn cells(cells: [&str; 8]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}
