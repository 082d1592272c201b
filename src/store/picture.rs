//! Pictures of facts.

use std::fmt;

use super::answers::Answer;
use super::walk::centres;
use super::{Store, StoreError};
use annals_draw::scene::Scene;
use annals_draw::{Around, Canvas, Look, PictureOption};
use annals_query::Query;
use annals_query::subgraph::Kinds;

pub use annals_draw::Picture;

/// What to draw.
#[derive(Clone)]
pub struct PictureRequest {
    /// Which picture.
    pub picture: &'static Picture,
    /// What the picture shows.
    pub query: Query,
    /// The style of the picture.
    pub look: Look,
    /// For a picture of the graph: the nodes to start from.
    pub centres: Vec<String>,
    /// For a picture of the graph: the maximum number of edges away.
    pub hops: usize,
    /// For a picture of the graph: the kinds of nodes and edges.
    pub kinds: Kinds,
    /// For a picture that can be split into pages: the maximum number of records on each.
    pub things_on_page: Option<usize>,
}

impl fmt::Debug for PictureRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PictureRequest")
            .field("picture", &self.picture.name)
            .field("query", &self.query)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Draws a picture: one scene, or one for each page.
    ///
    /// # Errors
    /// If a name is unknown or ambiguous, or the facts cannot be read.
    pub fn draw(&self, request: &PictureRequest) -> Result<Answer<Vec<Scene>>, StoreError> {
        let data = self.backend.all()?;
        let facts = data.facts();
        let resolved = self.viewed(&request.query).resolve(facts)?;
        let around = if request.picture.options.contains(&PictureOption::Around) {
            request.kinds.check(facts)?;
            Some(Around {
                centres: centres(facts, &request.centres)?,
                hops: request.hops,
                kinds: request.kinds.clone(),
            })
        } else {
            None
        };
        let validity = &resolved.validity;
        let dossier = data.dossier(validity);
        let scenes = data.with_chronology(&dossier, |solved| {
            let canvas = Canvas {
                dossier: &dossier,
                selection: &resolved,
                // A view as of a day is not narrowed by what was learnt later.
                chronology: validity.as_of.is_none().then_some(solved),
                around: around.as_ref(),
                look: &request.look,
            };
            match request.things_on_page {
                Some(things) => request.picture.work.pages(&canvas, things),
                None => vec![request.picture.work.scene(&canvas)],
            }
        });
        let mut answer = Answer::new(scenes, &data, Some(validity));
        if around.is_none_or(|around| around.centres.is_empty())
            && self.count_drawn(request, &request.query) == Some(0)
        {
            let things = if request.picture.options.contains(&PictureOption::Lanes) {
                ["record", "records"]
            } else {
                ["claim", "claims"]
            };
            let count = |query: &Query| self.count_drawn(request, query);
            let why = self.why_empty(&request.query, things, count);
            answer.notes.others.extend(why);
        }
        Ok(answer)
    }

    /// How many records of a query a picture is made of: all that are dated, or claims.
    fn count_drawn(&self, request: &PictureRequest, query: &Query) -> Option<usize> {
        if request.picture.name == "claims" || request.picture.name == "graph" {
            return Some(self.claims(query).ok()?.len());
        }
        self.count_dated(query).ok()
    }
}
