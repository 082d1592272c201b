//! The claims of a selection as a document for an editor or a lawyer.

use std::collections::{BTreeMap, BTreeSet};

use super::answers::Answer;
use super::data::Data;
use super::{Store, StoreError};
use annals_finding::write::row;
use annals_finding::{Finding, Severity};
use annals_load::Places;
use annals_model::{FileId, FileKind, RecordRef, RecordSet};
use annals_query::Query;
use annals_query::brief::{BriefDocument, BriefFile, BriefFinding, brief};

impl Store {
    /// The selected claims as a document: each with its passages, then the sources, what is not
    /// verified, the open findings about these records, and the SHA-256 of every file. Findings are of
    /// all facts, so all are read.
    ///
    /// # Errors
    /// If a name in the query is unknown or ambiguous, or the facts cannot be read.
    pub fn brief(&self, query: &Query) -> Result<Answer<BriefDocument>, StoreError> {
        self.brief_among(query, &[])
    }

    /// The same of some of the claims, by their ids; of all without any.
    ///
    /// # Errors
    /// As for [`Store::brief`].
    pub fn brief_among(
        &self,
        query: &Query,
        ids: &[&str],
    ) -> Result<Answer<BriefDocument>, StoreError> {
        let viewed = self.viewed(query);
        let data = self.backend.all()?;
        let mut resolved = viewed.resolve(data.facts())?;
        if !ids.is_empty() {
            let mut records = RecordSet::none(data.facts());
            for id in ids {
                if let Some(RecordRef::Claim(claim)) = data.facts().find(id) {
                    records.insert(claim);
                }
            }
            resolved = resolved.among(records);
        }
        let validity = resolved.validity.clone();
        let mut document = brief(&data.dossier(&validity), &viewed, &resolved);
        document.findings = findings(&data, &document);
        document.files = self.summed_files(&data)?;
        let mut answer = Answer::new(document, &data, Some(&validity));
        if answer.claims.is_empty() {
            let count = |query: &Query| Some(self.claims(query).ok()?.len());
            let why = self.why_empty(query, ["claim", "claims"], count);
            answer.notes.others.extend(why);
        }
        Ok(answer)
    }

    /// The files that were read, each with its sum: facts first, then texts.
    pub(crate) fn summed_files(&self, data: &Data) -> Result<Vec<BriefFile>, StoreError> {
        let (facts, loaded) = (data.facts(), &data.loaded);
        let files = facts.files.iter().enumerate();
        let of_facts = files.filter(|(_, file)| file.kind != FileKind::Text);
        let mut all: Vec<BriefFile> = of_facts
            .map(|(nth, file)| BriefFile {
                name: file.name.clone(),
                is_text: false,
                sha256: loaded.sources.sha256(FileId(nth as u32)),
            })
            .collect();
        let texts: BTreeMap<&str, &str> = (facts.documents.handles())
            .filter_map(|id| {
                let (file, _) = loaded.texts.get(id)?;
                Some((facts.file(file).name.as_str(), loaded.texts.sha256(id)?))
            })
            .collect();
        all.extend(texts.into_iter().map(|(name, sum)| BriefFile {
            name: name.to_owned(),
            is_text: true,
            sha256: Some(sum.to_owned()),
        }));
        // The sums are those of what was read.
        if self.backend.has_changed() {
            return Err(StoreError::Unreadable(
                "the files changed while they were read; ask again".to_owned(),
            ));
        }
        Ok(all)
    }
}

/// The findings about the claims of a document, their speakers and sources.
fn findings(data: &Data, document: &BriefDocument) -> Vec<BriefFinding> {
    let mut concerned: BTreeSet<&str> = BTreeSet::new();
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for claim in &document.claims {
        numbers.insert(&claim.said.id, claim.number);
        concerned.insert(&claim.said.id);
        concerned.extend(claim.said.speaker.iter().map(|one| one.id.as_str()));
        concerned.extend(claim.said.at.iter().map(|one| one.id.as_str()));
    }
    let sources = document.sources.iter();
    concerned.extend(sources.map(|source| source.document.id.as_str()));
    let found = data.findings();
    let places = Places::new(&data.loaded);
    let as_row = |finding: &Finding| {
        let row = row(finding, data.facts(), &places);
        let is_here = row.records.iter().any(|id| concerned.contains(id.as_str()));
        is_here.then(|| {
            let claims = row.records.iter();
            let claims: BTreeSet<usize> = claims
                .filter_map(|id| numbers.get(id.as_str()).copied())
                .collect();
            let place = row.places.first();
            BriefFinding {
                code: row.code,
                severity: match row.severity {
                    Severity::Error => "Error",
                    Severity::Warning => "Warning",
                    Severity::Info => "Remark",
                },
                message: row.message.clone(),
                place: place.map(|one| format!("{}:{}", one.place.file, one.place.line)),
                claims: claims.into_iter().collect(),
            }
        })
    };
    found.iter().filter_map(as_row).collect()
}
