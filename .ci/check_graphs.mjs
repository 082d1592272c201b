// Reads exported graphs with graphology and Cytoscape.js, and holds them against the node-link JSON;
// has Neo4j's own parser and linter read the script that loads them into Neo4j.
//
// node check_graphs.mjs MODULES FILE.json...
//
// MODULES is the folder in which the packages of package.json were installed. Beside FILE.json lie
// FILE.gexf, FILE.graphml, FILE.cyjs and the folder FILE-neo4j of the same export.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [modules, ...files] = process.argv.slice(2);
const require = createRequire(resolve(modules, "package.json"));
const { MultiDirectedGraph } = require("graphology");
const cytoscape = require("cytoscape");
const { lintCypherQuery } = require("@neo4j-cypher/language-support");

const plain = (text) =>
  (text ?? "").replace(/_x([0-9A-Fa-f]{4})_/g, (_, code) => String.fromCharCode(parseInt(code, 16)));
const sorted = (rows) => rows.map((row) => JSON.stringify(row)).sort();

function same(name, reader, data, nodes, edges) {
  const wanted = data.nodes.map((one) => [one.id, one.label, one.kind, one.first ?? ""]);
  const tied = data.edges.map((one) => [one.source, one.target, one.kind, one.facts]);
  assert.deepEqual(sorted(nodes), sorted(wanted), `${name}: nodes differ, read by ${reader}`);
  assert.deepEqual(sorted(edges), sorted(tied), `${name}: edges differ, read by ${reader}`);
  console.log(`${name}: ${nodes.length} nodes, ${edges.length} edges as in the JSON, read by ${reader}`);
}

function graphology(name, parser, data) {
  const graph = require(parser).parse(MultiDirectedGraph, readFileSync(name, "utf8"));
  const nodes = graph.mapNodes((id, one) => [plain(id), plain(one.label), plain(one.kind), one.first ?? ""]);
  const edges = graph.mapEdges((_, one, source, target) =>
    [plain(source), plain(target), plain(one.kind), JSON.parse(plain(one.facts))]);
  same(name, parser, data, nodes, edges);
}

for (const file of files) {
  const data = JSON.parse(readFileSync(file, "utf8"));
  const stem = file.replace(/\.json$/, "");
  graphology(`${stem}.gexf`, "graphology-gexf", data);
  graphology(`${stem}.graphml`, "graphology-graphml", data);
  const network = JSON.parse(readFileSync(`${stem}.cyjs`, "utf8"));
  const graph = cytoscape({ headless: true, elements: network.elements });
  same(`${stem}.cyjs`, `Cytoscape.js ${cytoscape.version}`, data,
    graph.nodes().map((one) => [one.id(), one.data("name"), one.data("kind"), one.data("first") ?? ""]),
    graph.edges().map((one) =>
      [one.source().id(), one.target().id(), one.data("interaction"), one.data("facts")]));
  const script = `${stem}-neo4j/load.cypher`;
  const words = readFileSync(script, "utf8");
  const statements = words.split(";\n").length - 1;
  for (const version of ["CYPHER 5", "CYPHER 25"]) {
    const { diagnostics } = lintCypherQuery(`${version} ${words.replaceAll(";\n\n", `;\n\n${version} `)}`, {});
    assert.deepEqual(diagnostics, [], `${script}: not ${version}`);
  }
  assert.notDeepEqual(lintCypherQuery(words.replace("MERGE", "MERG"), {}).diagnostics, [], "the linter sees nothing");
  console.log(`${script}: ${statements} statements, read by Neo4j's parser of Cypher 5 and 25 without a warning`);
}
