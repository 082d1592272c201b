//! What a dossier knows that helps to draft a text: its actors, its documents, and their texts.

use std::sync::Arc;

use super::{Store, StoreError};
use annals_evidence::Text;
use annals_model::ActorKind;

/// An actor of a dossier, by its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorNames {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its other names.
    pub aliases: Vec<String>,
    /// Whether it is a person.
    pub person: bool,
}

/// A document of a dossier, with its text where that is there.
#[derive(Debug, Clone)]
pub struct DocumentText {
    /// Its id.
    pub id: String,
    /// When it was published, as EDTF.
    pub published: Option<String>,
    /// Its language, as a BCP 47 tag.
    pub language: Option<String>,
    /// Its text, if that was found.
    pub text: Option<Arc<Text>>,
    /// The SHA-256 of the file of its text.
    pub sha256: Option<String>,
}

impl Store {
    /// All actors by their names, in the order of the facts.
    ///
    /// # Errors
    /// If facts cannot be read.
    pub fn actor_names(&self) -> Result<Vec<ActorNames>, StoreError> {
        let data = self.backend.all()?;
        let facts = data.facts();
        let actors = facts.actors.handles().filter(|&id| !facts[id].unnamed);
        let named = actors.filter_map(|id| {
            let actor = &facts[id];
            let aliases = facts.list(actor.aliases).iter();
            Some(ActorNames {
                id: facts.id(id).to_owned(),
                name: facts.str(actor.name?).to_owned(),
                aliases: aliases.map(|&alias| facts.str(alias).to_owned()).collect(),
                person: actor.kind == Some(ActorKind::Person),
            })
        });
        Ok(named.collect())
    }

    /// All documents with their texts, in the order of the facts.
    ///
    /// # Errors
    /// If facts cannot be read.
    pub fn document_texts(&self) -> Result<Vec<DocumentText>, StoreError> {
        let data = self.backend.all()?;
        let (facts, texts) = (data.facts(), &data.loaded.texts);
        let documents = facts.documents.handles().map(|id| {
            let document = &facts[id];
            DocumentText {
                id: facts.id(id).to_owned(),
                published: document
                    .published
                    .map(|date| facts.date(date).written().to_owned()),
                language: document
                    .language
                    .map(|language| facts.str(language).to_owned()),
                text: texts.shared(id),
                sha256: texts.sha256(id).map(str::to_owned),
            }
        });
        Ok(documents.collect())
    }
}
