//! The form of a record: what stands in its fields, and the change that it means.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use annals_evidence::Span;
use annals_model::{Field, RecordKind, Vocabulary as _};
use annals_store::edits::Passage;
use annals_store::edits::drafts::Draft;
use annals_store::{Change, PlanEffects, Refusal, Store};
use maud::{Markup, html};
use serde_json::{Map, Value};

use super::controls::{self, Lists};
use super::values::{added, looked_up, made, words_of_value};
use super::{Said, fields, preview};
use crate::asking::Asking;
use crate::view::words::shown;

/// The passage that the form is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bound<'p> {
    /// The id of the document.
    pub(crate) document: &'p str,
    /// Where the words were chosen.
    pub(crate) spans: &'p [Span],
}

/// What stands in the form of a record.
#[derive(Debug, Clone)]
pub(crate) struct RecordForm {
    /// The kind of the record.
    pub(crate) kind: RecordKind,
    /// The words of each field.
    values: BTreeMap<String, Vec<String>>,
    /// Why a field has what it has, where the text proposes it.
    pub(crate) reasons: BTreeMap<String, String>,
    /// What the text says, and no record has.
    pub(crate) notes: Vec<String>,
    /// The words of the passage.
    pub(crate) passage: String,
    /// The document, where the form is not about one.
    document: String,
    /// Whether the words are the speaker's own.
    is_own: bool,
    /// Whether the document itself says so: nobody is quoted.
    is_narrator: bool,
    /// What is to be made with it: kind, name, and what it is.
    pub(crate) makes: Vec<(RecordKind, String, String)>,
    /// Names that lead to no record, with their fields.
    pub(super) unknown: Vec<(String, String)>,
    /// What is wrong, by field; of no field: of the whole form.
    faults: Vec<(String, String)>,
    /// Whether all that is wrong is that it adds errors to the facts.
    adds_errors: bool,
    /// The file that was chosen for it; empty: the one in which its like stand.
    file: String,
    /// The record as it was seen, if it is there already.
    pub(crate) seen: Option<Map<String, Value>>,
}

impl RecordForm {
    fn new(kind: RecordKind) -> RecordForm {
        RecordForm {
            kind,
            values: BTreeMap::new(),
            reasons: BTreeMap::new(),
            notes: Vec::new(),
            passage: String::new(),
            document: String::new(),
            is_own: true,
            is_narrator: false,
            makes: Vec::new(),
            unknown: Vec::new(),
            faults: Vec::new(),
            adds_errors: false,
            file: String::new(),
            seen: None,
        }
    }

    /// An empty form, or one about a passage, with what that proposes.
    pub(crate) fn begun(store: &Store, kind: RecordKind, passage: Option<&Passage>) -> RecordForm {
        let mut form = RecordForm::new(kind);
        let Some(passage) = passage else {
            return form;
        };
        let words = passage.evidence["quote"].as_str().unwrap_or_default();
        words.clone_into(&mut form.passage);
        match kind {
            RecordKind::Actor => form.put("name", words),
            RecordKind::Event | RecordKind::Topic => form.put("label", words),
            _ => {}
        }
        if !matches!(kind, RecordKind::Claim | RecordKind::Event) {
            return form;
        }
        let Ok(proposal) = store.propose(&passage.document, &passage.spans, None) else {
            return form;
        };
        if kind == RecordKind::Claim {
            form.notes.clone_from(&proposal.notes);
        }
        for one in &proposal.fields {
            // Of an event only the day of what is said around it.
            let field = match (kind, one.field) {
                (RecordKind::Claim, field) => field,
                (_, "weekday") => "weekday",
                (_, "said") => "when",
                _ => continue,
            };
            form.values
                .insert(field.to_owned(), words_of_value(&one.value));
            form.reasons.insert(field.to_owned(), one.why.clone());
        }
        let is_reported = form
            .reasons
            .get("speaker")
            .is_some_and(|why| why.starts_with("the sentence names"));
        form.is_own = !is_reported || form.words("mode") == ["direct"];
        form
    }

    /// The form of a record that is there, or of a draft.
    pub(crate) fn of(kind: RecordKind, fields: &Map<String, Value>) -> RecordForm {
        let mut form = RecordForm::new(kind);
        for (name, value) in fields {
            form.values.insert(name.clone(), words_of_value(value));
        }
        form.seen = Some(fields.clone());
        form
    }

    /// The form of a draft, which is a new record with all that it proposes.
    pub(crate) fn of_draft(draft: &Draft) -> RecordForm {
        let mut form = RecordForm::of(draft.kind, &draft.fields);
        form.seen = None;
        let evidence = match draft.fields.get("evidence") {
            Some(Value::Array(items)) => items.first().cloned().unwrap_or_default(),
            Some(one) => one.clone(),
            None => Value::Null,
        };
        let document = evidence.as_str().or_else(|| evidence["document"].as_str());
        document.unwrap_or_default().clone_into(&mut form.document);
        form.is_narrator = draft.fields.get("speaker") == Some(&Value::Array(Vec::new()));
        let own = form.words("quote").first().cloned();
        form.is_own = own.is_some() || draft.kind != RecordKind::Claim;
        let words = evidence["quote"].as_str().map(str::to_owned).or(own);
        form.passage = words.unwrap_or_default();
        form
    }

    /// What was posted.
    pub(crate) fn posted(kind: RecordKind, said: Said<'_>) -> RecordForm {
        let mut form = RecordForm::new(kind);
        for field in kind.fields().filter(|field| said.has(field.name)) {
            form.values
                .insert(field.name.to_owned(), said.all(field.name));
        }
        let values = said.0.iter().filter(|(name, _)| name == "stance.value");
        let towards = said.0.iter().filter(|(name, _)| name == "stance.toward");
        let stances: Vec<String> = values
            .zip(towards)
            .filter(|((_, value), (_, toward))| !value.is_empty() || !toward.trim().is_empty())
            // Without a thing, it is a stance toward what the claim is about.
            .map(|((_, value), (_, toward))| match toward.trim() {
                "" => value.clone(),
                toward => format!("{toward}: {value}"),
            })
            .collect();
        if said.has("stance.value") {
            form.values.insert("stance".to_owned(), stances);
        }
        said.one("passage.words").clone_into(&mut form.passage);
        said.one("passage.document").clone_into(&mut form.document);
        said.one("file").clone_into(&mut form.file);
        form.is_own = said.one("passage.are") != "reported";
        form.is_narrator = said.has("narrator");
        for kind in [RecordKind::Actor, RecordKind::Topic, RecordKind::Event] {
            for name in said.all(&format!("make.{}", kind.word())) {
                let what = said.one(&format!("kind.of.{name}")).to_owned();
                form.makes.push((kind, name, what));
            }
        }
        form.seen = serde_json::from_str(said.one("seen")).ok();
        form
    }

    /// The words of a field.
    pub(crate) fn words(&self, field: &str) -> &[String] {
        self.values.get(field).map_or(&[], Vec::as_slice)
    }

    /// Puts words into a field.
    pub(crate) fn put(&mut self, field: &str, words: &str) {
        self.values.insert(field.to_owned(), vec![words.to_owned()]);
    }

    /// Says what is wrong with a field, or, of no field, with the form.
    pub(crate) fn fault(&mut self, field: &str, words: String) {
        self.faults.push((field.to_owned(), words));
    }

    /// Says why a change is refused, at the field it is about.
    pub(crate) fn refuse(&mut self, refusal: &Refusal) {
        let field = match refusal {
            Refusal::Quote(_) => "passage",
            Refusal::Asked(words) if words.starts_with("the id ") => "id",
            _ => "",
        };
        self.fault(field, preview::refused(refusal));
    }

    pub(super) fn faults_of<'f>(&'f self, field: &'f str) -> impl Iterator<Item = &'f str> {
        let of = self.faults.iter().filter(move |(own, _)| own == field);
        of.map(|(_, words)| words.as_str())
    }

    /// Says that it would add errors to the facts.
    pub(crate) fn add_errors(&mut self, found: &PlanEffects) {
        self.adds_errors = true;
        for error in found.added.errors() {
            self.fault("", format!("the checker would say: {error}"));
        }
    }

    /// Whether it would be written, were its errors meant.
    pub(crate) fn adds_errors(&self) -> bool {
        self.adds_errors
    }

    /// The first that is wrong, in words.
    pub(crate) fn first_fault(&self) -> &str {
        self.faults.first().map_or("", |(_, words)| words.as_str())
    }

    /// Whether something is wrong.
    pub(crate) fn has_faults(&self) -> bool {
        !self.faults.is_empty()
    }

    /// The value of a field; what cannot be read is a fault at the field.
    fn value(
        &mut self,
        store: &Store,
        field: &'static Field,
        coming: &BTreeMap<String, String>,
    ) -> Option<(Value, Option<String>)> {
        let words = self.words(field.name).iter().map(|word| {
            let made = coming
                .iter()
                .find(|(name, _)| *name == word)
                .map(|(_, id)| id.clone());
            // A stance names its thing with the word after it.
            let stance = word
                .rsplit_once(": ")
                .and_then(|(toward, value)| Some(format!("{}: {value}", coming.get(toward)?)));
            made.or(stance).unwrap_or_else(|| word.clone())
        });
        let words: Vec<String> = words.collect();
        if words.is_empty() {
            return None;
        }
        let ids: Vec<String> = coming.values().cloned().collect();
        match store.value_in_words(self.kind, field.name, &words, &ids) {
            Ok(read) => Some((read.value, read.weekday)),
            Err(refusal) => {
                for word in &words {
                    let one = std::slice::from_ref(word);
                    let name = word
                        .rsplit_once(": ")
                        .filter(|_| field.name == "stance")
                        .map_or(word.as_str(), |(toward, _)| toward);
                    let is_unknown = !field.shape.targets().is_empty()
                        && !ids.iter().any(|id| id == name)
                        && store.id_of(name).is_err();
                    if is_unknown
                        && store
                            .value_in_words(self.kind, field.name, one, &ids)
                            .is_err()
                    {
                        self.unknown.push((field.name.to_owned(), name.to_owned()));
                    }
                }
                self.fault(field.name, preview::refused(&refusal));
                None
            }
        }
    }

    /// The changes that a new record takes; `None` if something is wrong, which is then said at its field.
    pub(crate) fn changes(
        &mut self,
        store: &Store,
        bound: Option<Bound<'_>>,
    ) -> Option<Vec<Change>> {
        let mut changes = Vec::new();
        let mut coming = BTreeMap::new();
        let mut taken = BTreeSet::new();
        for (kind, name, what) in self.makes.clone() {
            let fields = made(kind, &name, &what);
            match store.new_id(kind, &fields, &taken) {
                Ok(id) => {
                    taken.insert(id.clone());
                    coming.insert(name, id.clone());
                    changes.push(added(kind, fields, Some(id)));
                }
                Err(refusal) => self.refuse(&refusal),
            }
        }
        let mut values = Map::new();
        for field in self.kind.fields().filter(|field| field.name != "id") {
            let Some((value, weekday)) = self.value(store, field, &coming) else {
                continue;
            };
            values.insert(field.name.to_owned(), value);
            if let Some(weekday) = weekday.filter(|_| {
                self.kind.field("weekday").is_some() && self.words("weekday").is_empty()
            }) {
                values.insert("weekday".to_owned(), weekday.into());
            }
        }
        if self.kind == RecordKind::Claim && self.is_narrator && self.words("speaker").is_empty() {
            values.insert("speaker".to_owned(), Value::Array(Vec::new()));
        }
        self.rest_on(store, bound, &mut values);
        self.require(&values);
        let id = self.words("id").first().cloned();
        let id = match id {
            Some(id) => Some(id),
            None if self.kind == RecordKind::Order => None,
            None => store.new_id(self.kind, &values, &taken).ok(),
        };
        let to = self.chosen_file(store, &values);
        let change = added(self.kind, values, id);
        changes.push(match change {
            Change::Add { kind, fields, .. } => Change::Add { kind, fields, to },
            other => other,
        });
        (!self.has_faults()).then_some(changes)
    }

    /// The file that was chosen, if it is another than the one in which the record would stand anyway: there
    /// it has its place among others.
    fn chosen_file(&mut self, store: &Store, values: &Map<String, Value>) -> Option<PathBuf> {
        if self.file.is_empty() {
            return None;
        }
        let files = store.files_for(self.kind).unwrap_or_default();
        let Some((name, path)) = files.into_iter().find(|(name, _)| *name == self.file) else {
            let words = "The record cannot stand in this file.".to_owned();
            self.fault("file", words);
            return None;
        };
        let usual = store.destination(self.kind, values);
        (usual.map_or(true, |usual| usual.file != name)).then_some(path)
    }

    /// What a record of the kind cannot be without.
    fn require(&mut self, values: &Map<String, Value>) {
        let missing = self.kind.fields().filter(|field| {
            field.required && !values.contains_key(field.name) && field.name != "id"
        });
        let missing: Vec<&str> = missing.map(|field| field.name).collect();
        for name in missing {
            if self.faults_of(name).next().is_none() {
                let words = format!("{} is missing", fields::label(self.kind, name));
                self.fault(name, words);
            }
        }
    }

    /// The evidence of a new record: its passage, looked up in the text.
    fn rest_on(
        &mut self,
        store: &Store,
        bound: Option<Bound<'_>>,
        values: &mut Map<String, Value>,
    ) {
        if self.kind.field("evidence").is_none() {
            return;
        }
        let document = bound.map_or(self.document.clone(), |bound| bound.document.to_owned());
        if document.is_empty() {
            if !self.passage.is_empty() {
                self.fault(
                    "passage.document",
                    "Say in which document the words stand.".to_owned(),
                );
            }
            return;
        }
        let words = Some(self.passage.as_str()).filter(|words| !words.is_empty());
        if words.is_none() && bound.is_some() {
            self.fault("passage", "The words are missing.".to_owned());
            return;
        }
        match looked_up(
            store,
            &document,
            words,
            bound.map_or(&[], |bound| bound.spans),
        ) {
            Ok(passage) => {
                if self.kind == RecordKind::Claim
                    && self.is_own
                    && let Some(words) = words
                {
                    values.insert("quote".to_owned(), words.into());
                }
                values.insert("evidence".to_owned(), passage.evidence);
            }
            Err(Refusal::Asked(words)) => self.fault("passage.document", words),
            Err(refusal) => self.refuse(&refusal),
        }
    }

    /// The change of a record that is there: the fields whose words are others than those that were seen.
    pub(crate) fn edits(&mut self, store: &Store, id: &str) -> Option<Change> {
        let seen = self.seen.clone().unwrap_or_default();
        let mut changed = Map::new();
        let there = self
            .kind
            .fields()
            .filter(|field| field.name != "id" && self.values.contains_key(field.name));
        let there: Vec<_> = there.collect();
        for field in there {
            let before = seen.get(field.name).map(words_of_value).unwrap_or_default();
            if self.words(field.name) == before {
                continue;
            }
            if self.words(field.name).is_empty() {
                changed.insert(field.name.to_owned(), Value::Null);
            } else if let Some((value, _)) = self.value(store, field, &BTreeMap::new()) {
                changed.insert(field.name.to_owned(), value);
            }
        }
        self.quote_again(store, &seen, &mut changed);
        let required = self
            .kind
            .fields()
            .filter(|field| field.required && changed.get(field.name).is_some_and(Value::is_null));
        let required: Vec<&str> = required.map(|field| field.name).collect();
        for name in required {
            let words = format!("{} cannot be left empty", fields::label(self.kind, name));
            self.fault(name, words);
        }
        (!self.has_faults()).then(|| Change::Set {
            record: id.to_owned(),
            fields: changed,
            seen: Some(seen),
        })
    }

    /// A quote that was changed must stand in the text, and its evidence follows it.
    fn quote_again(
        &mut self,
        store: &Store,
        seen: &Map<String, Value>,
        changed: &mut Map<String, Value>,
    ) {
        let Some(quote) = changed
            .get("quote")
            .and_then(Value::as_str)
            .map(str::to_owned)
        else {
            return;
        };
        let evidence = changed
            .get("evidence")
            .or_else(|| seen.get("evidence"))
            .cloned()
            .unwrap_or_default();
        let is_list = evidence.is_array();
        let mut items = match evidence {
            Value::Array(items) => items,
            Value::Null => return,
            one => vec![one],
        };
        let Some(first) = items.first_mut() else {
            return;
        };
        let Some(document) = first
            .as_str()
            .or_else(|| first["document"].as_str())
            .map(str::to_owned)
        else {
            return;
        };
        match store.passage(&document, Some(&quote), &[]) {
            Ok(passage) => {
                if let Some(parts) = first.as_object_mut() {
                    if parts.contains_key("quote") {
                        parts.insert("quote".to_owned(), quote.into());
                    }
                    if parts.contains_key("spans") {
                        parts.insert("spans".to_owned(), passage.evidence["spans"].clone());
                    }
                    let evidence = if is_list {
                        Value::Array(items)
                    } else {
                        items.swap_remove(0)
                    };
                    changed.insert("evidence".to_owned(), evidence);
                }
            }
            Err(refusal) => self.fault("quote", preview::refused(&refusal)),
        }
    }

    /// The fields, with what is wrong above them. `bound`: the passage is that of a text.
    pub(crate) fn markup(&self, asking: &Asking<'_>, is_bound: bool) -> Markup {
        let (first, others) = fields::of(self.kind, self.seen.is_some());
        let mut lists = Lists::default();
        let has_evidence = self.kind.field("evidence").is_some() && self.seen.is_none();
        html! {
            (self.summary())
            @for note in &self.notes { p.why { (shown(note)) } }
            @if has_evidence { (self.passage_fields(is_bound, &mut lists)) }
            @for field in first {
                (controls::field(asking, self, field, &mut lists))
                @if field.name == "speaker" && has_evidence {
                    p.make.narrator { input type="checkbox" name="narrator" value="yes" id="narrator" checked[self.is_narrator]; " " label for="narrator" { "nobody: the document itself says so" } }
                }
            }
            @let is_wrong = |name: &str| self.faults_of(name).next().is_some();
            @let is_open = others.iter().any(|field| is_wrong(field.name)) || is_wrong("id") || is_wrong("file");
            details.more-fields open[is_open] {
                summary { "More fields" }
                @for field in others { (controls::field(asking, self, field, &mut lists)) }
                @if self.seen.is_none() && self.kind != RecordKind::Order {
                    div.field.wrong[self.faults_of("id").next().is_some()] { label for="f-id" { "Id" } div.controls { input name="id" id="f-id" value=(self.words("id").first().map_or("", String::as_str)) placeholder="made of the words" autocomplete="off"; } @for fault in self.faults_of("id") { p.fault { (fault) } } }
                }
                // The record of a text stands where texts are written.
                @if self.seen.is_none() && self.kind != RecordKind::Document { (controls::file(asking, self, &self.file)) }
            }
            (lists.markup(&asking.dossier.store))
        }
    }

    /// What is wrong, above the form.
    fn summary(&self) -> Markup {
        html! {
            @if self.has_faults() {
                div.faults role="alert" tabindex="-1" id="faults" {
                    p { b { "Nothing was written." } }
                    ul { @for (field, words) in &self.faults { li { @if !field.is_empty() && field != "passage.document" { a.link href={ "#f-" (field) } { (fields::label(self.kind, if field == "passage" { "words" } else { field })) } ": " } (words.lines().next().unwrap_or_default()) } } }
                }
            }
        }
    }

    fn passage_fields(&self, is_bound: bool, lists: &mut Lists) -> Markup {
        const DOCUMENTS: &[RecordKind] = &[RecordKind::Document];
        let faults: Vec<&str> = self.faults_of("passage").collect();
        html! {
            @if !is_bound {
                div.field.wrong[self.faults_of("passage.document").next().is_some()] {
                    label for="f-document" { "In" }
                    div.controls { input name="passage.document" id="f-document" value=(self.document) list=(lists.of(DOCUMENTS)) placeholder="the document that shows it" autocomplete="off"; }
                    @for fault in self.faults_of("passage.document") { p.fault { (fault) } }
                }
            }
            div.field.wrong[!faults.is_empty()] data-field="passage" {
                label for="f-passage" { "Words" }
                div.controls { textarea name="passage.words" id="f-passage" rows="3" aria-invalid=[(!faults.is_empty()).then_some("true")] aria-describedby=[(!faults.is_empty()).then_some("e-passage")] { (self.passage) } }
                @for (nth, fault) in faults.iter().enumerate() { p.fault id=[(nth == 0).then_some("e-passage")] { (fault) } }
            }
            @if self.kind == RecordKind::Claim {
                fieldset.field {
                    legend.hidden { "Whose words these are" }
                    div.controls.either {
                        @for (value, words, is) in [("own", "the speaker’s own words", self.is_own), ("reported", "reported in other words", !self.is_own)] {
                            span { input type="radio" name="passage.are" id={ "are-" (value) } value=(value) checked[is]; " " label for={ "are-" (value) } { (words) } }
                        }
                    }
                }
            }
        }
    }
}
