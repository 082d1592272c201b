// Reads networks of `annals network` with graphology and Cytoscape.js, and holds them against its JSON.
//
// node check_network_files.mjs MODULES STEM...
//
// MODULES is the folder in which the packages of package.json were installed. Beside STEM.json lie STEM.graphml, STEM.gexf
// and STEM.cyjs of the same network.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [modules, ...stems] = process.argv.slice(2);
const require = createRequire(resolve(modules, "package.json"));
const { MultiGraph } = require("graphology");
const cytoscape = require("cytoscape");

const plain = (text) =>
  (text ?? "").replace(/_x([0-9A-Fa-f]{4})_/g, (_, code) => String.fromCharCode(parseInt(code, 16)));
const whole = (id) => plain(id).replace(/ \(thing\)$/, "");
const sorted = (rows) => rows.map((row) => JSON.stringify(row)).sort();
const pair = (one, other) => [one, other].sort();

for (const stem of stems) {
  const { data } = JSON.parse(readFileSync(`${stem}.json`, "utf8"));
  const labels = new Map(data.windows.flatMap(({ nodes }) => nodes.map((node) => [node.id, node.name])));
  const nodes = sorted([...labels]);
  const edges = data.windows.flatMap((window) => window.edges.map((row) =>
    [...pair(row.a.id, row.b.id), ...row.weight, row.exact, window.from ?? "", window.until ?? ""]));
  const same = (name, reader, theirs, tied) => {
    assert.deepEqual([...new Set(sorted(theirs))], nodes, `${name}: nodes differ, read by ${reader}`);
    assert.deepEqual(sorted(tied), sorted(edges), `${name}: edges differ, read by ${reader}`);
    console.log(`${name}: ${nodes.length} nodes, ${tied.length} edges as in the JSON, read by ${reader}`);
  };
  const graphml = require("graphology-graphml").parse(MultiGraph, readFileSync(`${stem}.graphml`, "utf8"));
  same(`${stem}.graphml`, "graphology-graphml",
    graphml.mapNodes((id, one) => [whole(id), plain(one.label)]),
    graphml.mapEdges((_, one, a, b) =>
      [...pair(whole(a), whole(b)), one.least, one.most, one.exact, one.from ?? "", one.until ?? ""]));
  if (data.windows.length === 1) {
    const gexf = require("graphology-gexf").parse(MultiGraph, readFileSync(`${stem}.gexf`, "utf8"));
    const { from, until } = data.windows[0];
    same(`${stem}.gexf`, "graphology-gexf",
      gexf.mapNodes((id, one) => [whole(id), plain(one.label)]),
      gexf.mapEdges((_, one, a, b) => {
        assert.equal(one.weight, one.most);
        return [...pair(whole(a), whole(b)), one.least, one.most, one.exact, from ?? "", until ?? ""];
      }));
  }
  const { elements } = JSON.parse(readFileSync(`${stem}.cyjs`, "utf8"));
  const graph = cytoscape({ headless: true, elements });
  same(`${stem}.cyjs`, `Cytoscape.js ${cytoscape.version}`,
    graph.nodes().map((one) => [whole(one.id()), one.data("name")]),
    graph.edges().map((one) => [...pair(whole(one.source().id()), whole(one.target().id())), one.data("least"),
      one.data("most"), one.data("exact"), one.data("from") ?? "", one.data("until") ?? ""]));
}
