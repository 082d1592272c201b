//! The controls of a form, one for each shape of field.

use std::collections::BTreeMap;

use annals_model::{Field, RecordKind, Shape, StanceValue, Vocabulary as _};
use annals_store::Store;
use maud::{Markup, html};

use super::fields::{hint, label};
use super::record::RecordForm;
use crate::asking::Asking;
use crate::view::words::{counted, name, of_stance, short, shown, shown_lines};

/// How many names all lists for completing have together.
const NAMES: usize = 240;
/// How many files are listed.
const FILES: usize = 60;
/// How long they are.
const LONGEST: usize = 60;

/// The lists of names that a form completes from, by the kinds in them.
#[derive(Debug, Default)]
pub(super) struct Lists(BTreeMap<String, &'static [RecordKind]>);

impl Lists {
    /// The id of the list of these kinds.
    pub(super) fn of(&mut self, kinds: &'static [RecordKind]) -> String {
        let words: Vec<&str> = kinds.iter().map(|kind| kind.word()).collect();
        let id = format!("names-{}", words.join("-"));
        self.0.insert(id.clone(), kinds);
        id
    }

    /// The lists themselves.
    pub(super) fn markup(&self, store: &Store) -> Markup {
        let most = NAMES / self.0.len().max(1);
        html! {
            @for (id, kinds) in &self.0 {
                @let names = store.names(kinds, "").unwrap_or_default();
                // Of more, a script asks for those that begin with what is typed.
                datalist id=(id) data-part=[(names.len() > most).then_some("yes")] {
                    @for one in names.iter().filter(|one| one.id.len() <= LONGEST && !one.id.chars().any(annals_finding::is_hidden)).take(most) {
                        option value=(one.id) label=(shown(&short(&one.name, LONGEST))) {}
                    }
                }
            }
        }
    }
}

/// A field with its control, its reason and what is wrong with it.
pub(super) fn field(
    asking: &Asking<'_>,
    form: &RecordForm,
    field: &'static Field,
    lists: &mut Lists,
) -> Markup {
    let words = form.words(field.name);
    let faults: Vec<&str> = form.faults_of(field.name).collect();
    let id = format!("f-{}", field.name);
    let described = (!faults.is_empty()).then(|| format!("e-{}", field.name));
    let store = &asking.dossier.store;
    html! {
        div.field.wrong[!faults.is_empty()] data-field=(field.name) {
            label for=(id) { (label(form.kind, field.name)) }
            div.controls { (control(form, field, &id, described.as_deref(), lists)) }
            @for (nth, fault) in faults.iter().enumerate() { p.fault id=[described.as_deref().filter(|_| nth == 0)] { (shown_lines(fault)) } }
            @for (nth, word) in form.unknown.iter().filter(|(own, _)| own == field.name).map(|(_, word)| word).enumerate() {
                (make(form, field, word, nth))
            }
            @if let Some(reason) = form.reasons.get(field.name).filter(|_| faults.is_empty()) {
                p.why { @for word in words.iter().filter(|_| !field.shape.targets().is_empty()) { @if let Some(own) = store.name_of(word).filter(|own| own != word) { b { (name(&own)) } " · " } } (shown(reason)) }
            } @else if faults.is_empty() && matches!(field.shape, Shape::Reference(_) | Shape::References(_)) {
                @let names: Vec<String> = words.iter().filter_map(|word| store.name_of(word).filter(|own| own != word)).collect();
                @if !names.is_empty() { p.why { @for (nth, own) in names.iter().enumerate() { @if nth > 0 { ", " } (name(own)) } } }
            }
        }
    }
}

/// The file in which a new record is to stand, where there are several.
pub(super) fn file(asking: &Asking<'_>, form: &RecordForm, chosen: &str) -> Markup {
    let files = asking.dossier.store.files_for(form.kind);
    let files = files.unwrap_or_default();
    html! {
        @if files.len() > 1 {
            div.field.wrong[form.faults_of("file").next().is_some()] {
                label for="f-file" { "File" }
                div.controls {
                    select name="file" id="f-file" {
                        option value="" { "where its like stand" }
                        @for (file, _) in files.iter().take(FILES) { option value=(file) selected[file == chosen] { (shown(file)) } }
                    }
                }
                @for fault in form.faults_of("file") { p.fault { (fault) } }
                @if files.len() > FILES { p.small.muted { (counted(files.len() - FILES, "more file is", "more files are")) " not listed." } }
            }
        }
    }
}

/// The way to make what is not there yet, in the same save.
fn make(form: &RecordForm, field: &Field, word: &str, nth: usize) -> Markup {
    let targets = field.shape.targets();
    let can = [RecordKind::Actor, RecordKind::Topic, RecordKind::Event];
    let can = can.into_iter().filter(|kind| targets.contains(kind));
    html! {
        @for kind in can {
            @let id = format!("make-{}-{}-{nth}", field.name, kind.word());
            p.make {
                input type="checkbox" id=(id) name={ "make." (kind.word()) } value=(word) checked[form.makes.iter().any(|one| one.0 == kind && one.1 == word)];
                " " label for=(id) { "make “" (name(word)) "” " (kind.with_article()) }
                @if kind == RecordKind::Actor { " " select name={ "kind.of." (word) } aria-label={ "What " (shown(word)) " is" } { @for one in annals_model::ActorKind::ALL { option value=(one.word()) { (one.word()) } } } }
            }
        }
    }
}

fn control(
    form: &RecordForm,
    field: &'static Field,
    id: &str,
    described: Option<&str>,
    lists: &mut Lists,
) -> Markup {
    let words = form.words(field.name);
    let first = words.first().map_or("", String::as_str);
    let invalid = described.map(|_| "true");
    let list = match field.shape.targets() {
        [] => None,
        kinds => Some(lists.of(kinds)),
    };
    match field.shape {
        Shape::OneOf(known, _) => html! {
            select name=(field.name) id=(id) aria-describedby=[described] {
                option value="" { "—" }
                @for word in known.all { option value=(word) selected[first == *word] { (word) } }
                @if !first.is_empty() && !known.all.contains(&first) { option value=(first) selected { (shown(first)) } }
            }
        },
        Shape::Flag => html! {
            select name=(field.name) id=(id) aria-describedby=[described] {
                @for (value, word) in [("", "—"), ("true", "yes"), ("false", "no")] { option value=(value) selected[first == value] { (word) } }
            }
        },
        Shape::Parts(part) if part.name == "stance" => {
            stances(words, id, list.as_deref(), described)
        }
        Shape::Text if matches!(field.name, "content" | "note" | "quote") => html! {
            textarea name=(field.name) id=(id) rows="2" aria-describedby=[described] aria-invalid=[invalid] { (first) }
        },
        shape if shape.is_list() || matches!(shape, Shape::Parts(_)) => html! {
            @for (nth, word) in words.iter().map(String::as_str).chain([""]).enumerate() {
                @let own = if nth == 0 { id.to_owned() } else { format!("{id}-{nth}") };
                input.several name=(field.name) id=(own) value=(word) list=[list.as_deref()] autocomplete="off" placeholder=(if nth == 0 { hint(field) } else { "and …" }) aria-label=[(nth > 0).then(|| format!("{}, one more", label(form.kind, field.name)))] aria-describedby=[described] aria-invalid=[invalid];
            }
        },
        _ => html! {
            input name=(field.name) id=(id) value=(first) list=[list.as_deref()] autocomplete="off" placeholder=(hint(field)) aria-describedby=[described] aria-invalid=[invalid];
        },
    }
}

/// Stances: for or against what. Each is a thing and a word, "THING: STANCE" together.
fn stances(words: &[String], id: &str, list: Option<&str>, described: Option<&str>) -> Markup {
    let pairs = words.iter().map(|word| match word.rsplit_once(": ") {
        Some(pair) => pair,
        None if StanceValue::parse(word).is_some() => ("", word.as_str()),
        None => (word.as_str(), ""),
    });
    html! {
        @for (nth, (toward, value)) in pairs.chain([("", "")]).enumerate() {
            div.stance {
                select name="stance.value" aria-label="Stance" id=[(nth == 0).then_some(id)] aria-describedby=[described] {
                    option value="" { "none" }
                    @for one in StanceValue::ALL { @let (_, sign, meaning) = of_stance(*one); option value=(one.word()) selected[value == one.word()] { (sign) " " (meaning) } }
                }
                input name="stance.toward" value=(toward) list=[list] aria-label="Toward what" placeholder="toward what" autocomplete="off";
            }
        }
    }
}
