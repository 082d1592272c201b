//! Questions that walk the graph.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::answers::Answer;
use super::backend::{Exactness, Need, Scan};
use super::data::Data;
use super::export::Export;
use super::{Store, StoreError};
use annals_export::{Exporter, Options, json};
use annals_graph::Graph;
use annals_model::{Facts, NodeRef, RecordKind, Vocabulary as _};
use annals_query::answer::Ref;
use annals_query::no_rows::Restriction;
use annals_query::path::{InTime, path};
use annals_query::selection::THINGS;
use annals_query::show::{EdgeRow, edge_row};
use annals_query::subgraph::{Kinds, edge_rows, subgraph, walked};
use annals_query::{Query, ResolvedQuery, Validity, look_up};

/// Which part of the graph to return.
#[derive(Debug, Clone, Default)]
pub struct AroundRequest {
    /// The claims, events and relations to include.
    pub query: Query,
    /// The nodes to start from, by id, name or alias; if empty, the selected claims.
    pub centres: Vec<String>,
    /// The maximum number of edges away from them.
    pub hops: usize,
    /// The kinds of nodes and edges to include.
    pub kinds: Kinds,
}

/// A part of the graph.
#[derive(Debug, Clone)]
pub struct Subgraph {
    data: Arc<Data>,
    validity: Validity,
    graph: Arc<Graph>,
}

impl Subgraph {
    /// The number of nodes.
    pub fn nodes(&self) -> usize {
        self.graph.net.node_count()
    }

    /// How many nodes there are of each kind.
    pub fn kinds(&self) -> std::collections::BTreeMap<RecordKind, usize> {
        let mut kinds = std::collections::BTreeMap::new();
        for node in self.graph.net.node_weights() {
            *kinds
                .entry(annals_model::RecordRef::from(*node).kind())
                .or_default() += 1;
        }
        kinds
    }

    /// Its edges.
    pub fn edges(&self) -> Vec<EdgeRow> {
        edge_rows(&self.data.dossier(&self.validity), &self.graph)
    }

    /// The part of the graph as a file of some format.
    pub fn export(&self, exporter: &'static Exporter, options: Options) -> Export {
        Export::of_graph(
            Arc::clone(&self.data),
            self.validity.clone(),
            Arc::clone(&self.graph),
            exporter,
            options,
        )
    }
}

/// Which chain of edges to find.
#[derive(Debug, Clone, Default)]
pub struct PathRequest {
    /// The two ends, by id, name or alias.
    pub ends: [String; 2],
    /// The claims, events and relations to include.
    pub query: Query,
    /// Whether no edge may be earlier than the previous one.
    pub in_time: bool,
    /// The kinds of nodes and edges to include.
    pub kinds: Kinds,
}

/// The shortest chain of edges between two nodes.
#[derive(Debug, Clone, Serialize)]
pub struct Path {
    /// The nodes, both ends among them.
    pub nodes: Vec<PathNode>,
    /// The edges between them, as the node-link JSON has them.
    pub edges: Vec<Value>,
    /// Whether it certainly meets the conditions, not only possibly.
    pub certain: bool,
    /// The edges as rows.
    #[serde(skip)]
    pub rows: Vec<EdgeRow>,
    /// For each edge, whether it is walked in its own direction.
    #[serde(skip)]
    pub forward: Vec<bool>,
}

/// A node of a chain.
#[derive(Debug, Clone, Serialize)]
pub struct PathNode {
    /// The record.
    #[serde(flatten)]
    pub node: Ref,
    /// Its kind.
    pub kind: &'static str,
}

impl Store {
    /// The typed graph around some nodes, or of the selected claims.
    ///
    /// # Errors
    /// If a name is unknown or ambiguous, or the facts cannot be read.
    pub fn subgraph(&self, request: &AroundRequest) -> Result<Answer<Subgraph>, StoreError> {
        let mut answer = self.part_of_graph(request)?;
        if answer.graph.net.edge_count() == 0 {
            let all_kinds = AroundRequest {
                kinds: Kinds::default(),
                ..request.clone()
            };
            let no_query = AroundRequest {
                query: Query::default(),
                ..request.clone()
            };
            let kinds = [
                ("--nodes", request.kinds.nodes.is_empty()),
                ("--edges", request.kinds.edges.is_empty()),
            ];
            let kinds = kinds.into_iter().filter(|(_, is_empty)| !is_empty);
            let kinds = kinds.map(|(option, _)| Restriction {
                option,
                without: all_kinds.clone(),
                alone: no_query.clone(),
            });
            let why = self.why_empty_of(
                &request.query,
                kinds.collect(),
                ["edge", "edges"],
                |query| AroundRequest {
                    query,
                    ..request.clone()
                },
                |request| Some(self.part_of_graph(request).ok()?.graph.net.edge_count()),
            );
            answer.notes.others.extend(why);
        }
        Ok(answer)
    }

    fn part_of_graph(&self, request: &AroundRequest) -> Result<Answer<Subgraph>, StoreError> {
        let query = self.viewed(&request.query);
        let need = if !request.kinds.edges.is_empty() {
            // Only the complete facts show which kinds of relation exist.
            Need::All
        } else if request.centres.is_empty() {
            Need::Claims(&query)
        } else {
            Need::Neighbourhood {
                query: &query,
                centres: &request.centres,
                hops: request.hops,
            }
        };
        let data = self.backend.scan(need)?.data;
        let facts = data.facts();
        let resolved = query.resolve(facts)?;
        request.kinds.check(facts)?;
        let centres = centres(facts, &request.centres)?;
        let validity = resolved.validity.clone();
        let graph = {
            let dossier = data.dossier(&validity);
            Arc::new(subgraph(
                &dossier,
                &resolved,
                &request.kinds,
                &centres,
                request.hops,
            ))
        };
        let found = Subgraph {
            data: Arc::clone(&data),
            validity: validity.clone(),
            graph,
        };
        Ok(Answer::new(found, &data, Some(&validity)))
    }

    /// The shortest chain of dated edges from one node to another; `None` if there is none.
    ///
    /// # Errors
    /// If a name is unknown or ambiguous, or the facts cannot be read.
    pub fn path(&self, request: &PathRequest) -> Result<Answer<Option<Path>>, StoreError> {
        let query = self.viewed(&request.query);
        let ends = [request.ends[0].as_str(), request.ends[1].as_str()];
        // Part of the facts cannot show whether edges of a kind exist at all.
        let need = if request.kinds.edges.is_empty() {
            Need::Path {
                query: &query,
                ends,
            }
        } else {
            Need::All
        };
        let scan = self.backend.scan(need)?;
        if let Some(answer) = path_in(&scan, request, &query)? {
            return Ok(answer);
        }
        let all = self.backend.scan_all()?;
        let answer = path_in(&all, request, &query)?;
        answer.ok_or_else(|| StoreError::Question("all facts are not enough".to_owned()))
    }
}

/// The chain in the facts read; `None` if it may not be the shortest.
fn path_in(
    scan: &Scan,
    request: &PathRequest,
    query: &Query,
) -> Result<Option<Answer<Option<Path>>>, StoreError> {
    let data = &scan.data;
    let facts = data.facts();
    let in_time = match (request.in_time, query.surely) {
        (false, _) => InTime::Ignored,
        (true, false) => InTime::Possibly,
        (true, true) => InTime::Surely,
    };
    let resolved: ResolvedQuery = query.resolve(facts)?;
    request.kinds.check(facts)?;
    let end = |word: &String| -> Result<NodeRef, StoreError> {
        let found = look_up(facts, word, THINGS)?;
        // All of the kinds searched are nodes.
        found
            .node()
            .ok_or_else(|| StoreError::Question(format!("{word} is not a node of the graph")))
    };
    let ends = [end(&request.ends[0])?, end(&request.ends[1])?];
    let dossier = data.dossier(&resolved.validity);
    let graph = walked(&dossier, &resolved, &request.kinds, &BTreeSet::from(ends));
    let chain = path(&dossier, &resolved, &graph, ends, in_time);
    if let Exactness::IfPathHas(edges) = scan.exactness
        && chain
            .as_ref()
            .is_none_or(|chain| chain.edges.len() != edges)
    {
        return Ok(None);
    }
    let found = chain.map(|chain| Path {
        nodes: (chain.nodes.iter())
            .map(|node| PathNode {
                node: Ref::new(facts, *node),
                kind: node.kind().word(),
            })
            .collect(),
        edges: (chain.edges.iter())
            .map(|edge| json::edge(&dossier, edge))
            .collect(),
        certain: chain.certain,
        rows: (chain.edges.iter())
            .map(|edge| edge_row(&dossier, edge))
            .collect(),
        forward: (chain.edges.iter().zip(&chain.nodes))
            .map(|(edge, node)| edge.source == *node)
            .collect(),
    });
    Ok(Some(Answer::new(found, data, Some(&resolved.validity))))
}

/// The nodes named by some words.
pub(crate) fn centres(facts: &Facts, words: &[String]) -> Result<BTreeSet<NodeRef>, StoreError> {
    let mut centres = BTreeSet::new();
    for word in words {
        centres.extend(look_up(facts, word, THINGS)?.node());
    }
    Ok(centres)
}
