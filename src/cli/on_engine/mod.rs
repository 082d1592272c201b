//! A question to facts that another engine has: what to ask it, one text after the other, and the answer.
//!
//! The engine selects; what a row shows is made here, by the command itself. It is put to a few facts: the
//! records that the engine selected, and the names of those that they refer to. So an answer has the rows of
//! the command, but for what takes the texts of documents: quotes are not looked up there.

mod records;
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;

use annals_finding::fold::fold;
use annals_model::{RecordKind, Vocabulary as _};
use annals_store::{OpenOptions, Query, SqlQuestion, Stopped, Store, StoreError, Watch};
use serde_json::{Map, Value, json};

use super::embedded::{self, Reply};
use super::{Command, Exit, Failure};
use records::Records;

/// A row of an engine's answer.
pub type EngineRow = Map<String, Value>;

/// No more rows than these, and no more records behind them, are fetched.
pub const MOST_FETCHED: usize = 200_000;
/// So many ids stand in one text.
const IDS_AT_ONCE: usize = 5_000;

/// What comes next.
#[derive(Debug)]
pub enum Step {
    /// The engine is to be asked this; its rows are to be given to [`OnEngine::take`].
    Ask {
        /// The text.
        sql: String,
        /// Whether it is the question itself, not something beside it.
        is_question: bool,
    },
    /// The answer, or why there is none.
    Done(Reply),
}

/// What the engine was asked last.
#[derive(Debug)]
enum Asked {
    Names,
    Ties,
    Question,
    Records(RecordKind),
    Labels,
    Publications,
    Narrowed,
}

/// A question to an engine, on its way.
#[derive(Debug)]
pub struct OnEngine {
    arguments: Vec<OsString>,
    asked: SqlQuestion,
    query: Query,
    /// Whether all rows are wanted, however many.
    all: bool,
    state: Asked,
    records: Records,
    /// The rows of the question itself.
    found: Vec<EngineRow>,
    /// Whether what the fetched records refer to has been asked for.
    has_referred: bool,
    /// What is still to be asked.
    next: Vec<(Asked, String)>,
    /// The days that all facts leave, by id.
    narrowed: BTreeMap<String, Value>,
}

impl OnEngine {
    /// Begins a question: a command with its options, without the facts. Unless all its rows are wanted, it
    /// asks for few more than are fetched at most.
    ///
    /// # Errors
    /// Why it cannot be put to an engine.
    pub fn new(arguments: Vec<OsString>, all: bool) -> Result<OnEngine, Box<Reply>> {
        OnEngine::begun(arguments, all).map_err(|failure| Box::new(refused(failure)))
    }

    fn begun(arguments: Vec<OsString>, all: bool) -> Result<OnEngine, Failure> {
        let mut line: Vec<OsString> = vec!["annals".into(), "sql".into()];
        let mut rest = arguments.iter();
        while let Some(word) = rest.next() {
            match &*word.to_string_lossy() {
                "-f" | "--format" => {
                    let form = rest.next().map(|form| form.to_string_lossy());
                    if form.is_none_or(|form| form != "json") {
                        return Err(Failure::usage(
                            "an engine's answer comes as JSON alone: give on= no other format"
                                .to_owned(),
                        ));
                    }
                }
                _ => line.push(word.clone()),
            }
        }
        let cli = super::read(&line).map_err(|error| Failure::usage(super::usage_words(&error)))?;
        let Some(Command::Sql(args)) = cli.command else {
            return Err(Failure::usage("there is no question".to_owned()));
        };
        let nothing = OpenOptions::new().memory("facts.jsonl", "").open()?;
        let (asked, query) = args.asked(&nothing)?;
        if query.rollup.is_some() && (query.as_of.is_some() || query.retracted) {
            return Err(on_engine("--rollup with --as-of or --retracted"));
        }
        if query.rollup.is_some()
            && !query.by.is_empty()
            && !(query.to.is_empty() && query.about.is_empty())
        {
            return Err(on_engine("--rollup of speakers and others at once"));
        }
        if matches!(asked, SqlQuestion::Around(..)) {
            return Err(on_engine("a subgraph"));
        }
        let mut question = OnEngine {
            arguments,
            asked,
            query,
            all,
            state: Asked::Names,
            records: Records::default(),
            found: Vec::new(),
            has_referred: false,
            next: Vec::new(),
            narrowed: BTreeMap::new(),
        };
        if question.query.rollup.is_some() {
            question.next.push((Asked::Ties, TIES.to_owned()));
        }
        if let Some(names) = question.names() {
            question.next.push((Asked::Names, names));
        }
        Ok(question)
    }

    /// What is to be asked first.
    ///
    /// # Errors
    /// If the watch was stopped.
    pub fn first(&mut self, watch: &Watch) -> Result<Step, Stopped> {
        self.step(watch)
    }

    /// Takes the rows of what was asked last; says what comes next.
    ///
    /// # Errors
    /// If the watch was stopped.
    pub fn take(&mut self, rows: Vec<EngineRow>, watch: &Watch) -> Result<Step, Stopped> {
        match self.state {
            Asked::Names => rows.iter().for_each(|row| self.records.name(row)),
            Asked::Ties => rows.iter().for_each(|row| self.records.tie(row)),
            Asked::Question => {
                if rows.len() > MOST_FETCHED {
                    return Ok(Step::Done(refused(too_many())));
                }
                self.found = rows;
                self.fetch();
            }
            Asked::Records(kind) => {
                for row in &rows {
                    self.records.add(kind, row);
                }
                if self.records.len() > 2 * MOST_FETCHED {
                    return Ok(Step::Done(refused(too_many())));
                }
            }
            Asked::Labels => rows.iter().for_each(|row| self.records.label(row)),
            Asked::Publications => rows.iter().for_each(|row| self.records.publication(row)),
            Asked::Narrowed => {
                for row in &rows {
                    let days = json!({"first": row.get("first_day"), "last": row.get("last_day")});
                    self.narrowed
                        .insert(records::text(row, "id").to_owned(), days);
                }
            }
        }
        self.step(watch)
    }

    fn step(&mut self, watch: &Watch) -> Result<Step, Stopped> {
        if let Some((state, text)) = self.next.pop() {
            self.state = state;
            return Ok(Step::Ask {
                sql: text,
                is_question: false,
            });
        }
        match self.state {
            Asked::Names | Asked::Ties => match self.question() {
                Ok(text) => {
                    self.state = Asked::Question;
                    Ok(Step::Ask {
                        sql: text,
                        is_question: true,
                    })
                }
                Err(error) => Ok(Step::Done(refused_by(error))),
            },
            _ if !self.has_referred => {
                self.has_referred = true;
                self.next = self.referred();
                self.step(watch)
            }
            _ => self.answer(watch).map(Step::Done),
        }
    }

    /// Looks up all that the question names.
    fn names(&self) -> Option<String> {
        let words: BTreeSet<&str> = self.query.words_of_records().collect();
        if words.is_empty() {
            return None;
        }
        let list = |words: &mut dyn Iterator<Item = String>| {
            let all: Vec<String> = words.map(|word| annals_store::sql_text(&word)).collect();
            all.join(", ")
        };
        let folded = list(&mut words.iter().map(|word| fold(word.trim())));
        let plain = list(&mut words.iter().map(|word| (*word).to_owned()));
        Some(format!(
            "SELECT name, name_kind, kind, id FROM names WHERE name IN ({folded}) \
             UNION ALL SELECT id, 'id', kind, id FROM ids WHERE id IN ({plain}, {folded})"
        ))
    }

    /// The question itself, with the names that were found.
    fn question(&self) -> Result<String, StoreError> {
        let store = self.records.store(&[])?;
        let text = store.sql(&self.asked, &self.query)?;
        Ok(
            if !self.all && self.query.limit.is_none() && !text.contains("\nLIMIT ") {
                format!("{text}\nLIMIT {}", MOST_FETCHED + 1)
            } else {
                text
            },
        )
    }

    /// Notes which records are to be fetched for the rows of the question.
    fn fetch(&mut self) {
        let mut wanted: BTreeMap<RecordKind, BTreeSet<String>> = BTreeMap::new();
        let mut want = |kind: RecordKind, row: &EngineRow, key: &str| {
            if let Some(Value::String(id)) = row.get(key) {
                wanted.entry(kind).or_default().insert(id.clone());
            }
        };
        for row in &self.found {
            match &self.asked {
                SqlQuestion::Said => want(RecordKind::Claim, row, "id"),
                SqlQuestion::Timeline => {
                    let kind = RecordKind::parse(records::text(row, "kind"));
                    want(kind.unwrap_or(RecordKind::Claim), row, "id");
                }
                SqlQuestion::Contradictions => {
                    want(RecordKind::Claim, row, "claim");
                    want(RecordKind::Claim, row, "other");
                }
                _ => {}
            }
        }
        self.state = Asked::Records(RecordKind::Claim);
        if matches!(self.asked, SqlQuestion::Timeline) {
            let ids: BTreeSet<String> = wanted.values().flatten().cloned().collect();
            for ids in in_pieces(&ids) {
                let text = format!(
                    "SELECT id, CAST(first_day AS STRING) AS first_day, CAST(last_day AS STRING) AS last_day FROM narrowed WHERE id IN ({ids})"
                );
                self.next.push((Asked::Narrowed, text));
            }
        }
        if let SqlQuestion::Positions(_) = self.asked {
            let toward: BTreeSet<String> = (self.found.iter())
                .map(|row| records::text(row, "toward").to_owned())
                .collect();
            for ids in in_pieces(&toward) {
                let of_claims = format!(
                    "(t.part, t.row) IN (SELECT s.part, s.row FROM claim_stance s WHERE s.toward IN ({ids}))"
                );
                self.next.push((
                    Asked::Records(RecordKind::Claim),
                    records::query(RecordKind::Claim, &of_claims),
                ));
            }
            if !toward.is_empty() {
                let text = records::query(RecordKind::Claim, "t.act = 'retracts'");
                self.next.push((Asked::Records(RecordKind::Claim), text));
            }
            return;
        }
        for (kind, ids) in wanted {
            for ids in in_pieces(&ids) {
                let text = records::query(kind, &format!("t.id IN ({ids})"));
                self.next.push((Asked::Records(kind), text));
            }
        }
    }

    /// What the fetched records refer to.
    fn referred(&self) -> Vec<(Asked, String)> {
        let mut next = Vec::new();
        let ids = self.records.referred();
        for ids in in_pieces(&ids) {
            next.push((
                Asked::Labels,
                format!("SELECT id, kind, name FROM labels WHERE id IN ({ids})"),
            ));
        }
        for ids in in_pieces(&self.records.documents()) {
            next.push((Asked::Publications, records::publications(&ids)));
        }
        next
    }

    fn answer(&mut self, watch: &Watch) -> Result<Reply, Stopped> {
        let direct = match &self.asked {
            SqlQuestion::Count(per) => Some(rows::count(&self.found, per)),
            SqlQuestion::Overview => Some(rows::overview(&self.found)),
            _ => None,
        };
        if let Some((schema, data)) = direct {
            return Ok(rows::reply(schema, &data, &[]));
        }
        let store = match self.records.store(&self.in_order()) {
            Ok(store) => store,
            Err(error) => return Ok(refused_by(error)),
        };
        if let SqlQuestion::Contradictions = self.asked {
            return Ok(self.contradictions(&store));
        }
        if let SqlQuestion::Network(_) = self.asked
            && self
                .found
                .iter()
                .any(|row| row.get("certain") != Some(&Value::Bool(true)))
        {
            return Ok(refused(on_engine(
                "a network of claims that only possibly match or whose day is not known (its weights are a least and a most)",
            )));
        }
        let reply = embedded::answer(Some(&store), &self.without_words(), watch, None)?;
        if reply.message.is_some() {
            return Ok(reply);
        }
        if let SqlQuestion::Network(_) = self.asked {
            return Ok(
                match rows::patched(&reply.answer, &self.records, &self.narrowed) {
                    Ok((schema, data)) => {
                        rows::reply(&schema, &rows::network(&self.found, data), &[])
                    }
                    Err(error) => refused(Failure::usage(error.to_string())),
                },
            );
        }
        let patched = rows::patched(&reply.answer, &self.records, &self.narrowed);
        let ids: Vec<&str> = self
            .found
            .iter()
            .map(|row| records::text(row, "id"))
            .collect();
        Ok(match patched {
            Ok((schema, data)) => match rows::held(&self.asked, data, &ids) {
                Some(data) => rows::reply(&schema, &data, &[rows::UNVERIFIED]),
                None => refused(Failure::usage(
                    "the engine selected other rows than Annals does among them: please report this".to_owned(),
                )),
            },
            Err(error) => refused(Failure::usage(error.to_string())),
        })
    }

    /// The ids of the claims in the order of the engine's rows.
    fn in_order(&self) -> Vec<&str> {
        self.found
            .iter()
            .map(|row| records::text(row, "id"))
            .collect()
    }

    fn contradictions(&self, store: &Store) -> Reply {
        let text = records::text;
        let pairs = self
            .found
            .iter()
            .map(|row| annals_store::ContradictingPair {
                is_stated: text(row, "kind") == "stated",
                claims: ["claim", "other"].map(|key| text(row, key).to_owned()),
                toward: row.get("toward").and_then(Value::as_str).map(str::to_owned),
                certain: row.get("certain") == Some(&Value::Bool(true)),
            });
        let rows = store.contradicting_pairs(&self.query, &pairs.collect::<Vec<_>>());
        match rows {
            Ok(rows) => match serde_json::to_value(rows) {
                Ok(data) => {
                    let data = rows::without_texts(data, &self.records, &self.narrowed);
                    rows::reply(
                        "annals.contradictions/1",
                        &data,
                        &[rows::NOT_BETWEEN, rows::UNVERIFIED],
                    )
                }
                Err(error) => refused(Failure::usage(error.to_string())),
            },
            Err(error) => refused_by(error),
        }
    }

    /// The command without words to look for, which stand in texts that only the engine has.
    fn without_words(&self) -> Vec<OsString> {
        let mut kept = Vec::new();
        let mut rest = self.arguments.iter();
        while let Some(word) = rest.next() {
            let shown = word.to_string_lossy();
            if shown == "--text" {
                rest.next();
            } else if !shown.starts_with("--text=") {
                kept.push(word.clone());
            }
        }
        kept
    }
}

/// All relations, which tell who stood for whom.
const TIES: &str = "SELECT id, from_id, kind, to_id, role, when_text, when_earliest_start, when_latest_start, \
     when_earliest_end, when_latest_end, when_display FROM relations WHERE retracted IS NULL";

/// Ids as lists of literals, none of them too long.
fn in_pieces(ids: &BTreeSet<String>) -> Vec<String> {
    let all: Vec<String> = ids.iter().map(|id| annals_store::sql_text(id)).collect();
    all.chunks(IDS_AT_ONCE)
        .map(|some| some.join(", "))
        .collect()
}

fn on_engine(what: &str) -> Failure {
    Failure::usage(format!(
        "{what} cannot be asked of an engine; ask `annals` itself"
    ))
}

fn too_many() -> Failure {
    Failure::usage(format!(
        "more than {MOST_FETCHED} rows would have to be fetched: select fewer, set a limit, or take the engine's own frame"
    ))
}

/// A question that has no answer.
fn refused(failure: Failure) -> Reply {
    Reply {
        exit: failure.exit,
        answer: Vec::new(),
        notes: Vec::new(),
        message: Some(failure.message.unwrap_or_default()),
        error: None,
        refused: None,
    }
}

fn refused_by(error: StoreError) -> Reply {
    let exit = match &error {
        StoreError::Name(_) | StoreError::Question(_) => Exit::Usage,
        StoreError::Unreadable(_) | StoreError::Facts(_) => Exit::Unreadable,
    };
    Reply {
        exit,
        answer: Vec::new(),
        notes: Vec::new(),
        message: Some(error.to_string()),
        error: Some(error),
        refused: None,
    }
}
