// Reads exported diagrams with Mermaid's own parser, and holds their names against the graph.
//
// node check_mermaid.mjs NAME...   NAME.mmd, NAME-timeline.mmd and NAME.json (node-link)

import fs from "node:fs";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html><body></body>");
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import("mermaid");
mermaid.initialize({ startOnLoad: false, maxEdges: 1e6, maxTextSize: 1e8 });

function fail(words) {
  console.error(words);
  process.exit(1);
}

// What a reader of the page would see: line breaks, and entities as characters.
function seen(words) {
  const element = document.createElement("div");
  element.innerHTML = words
    .replace(/ﬂ°°(\d+)¶ß/g, "&#$1;")
    .replace(/<br\s*\/?>/g, "\ue000");
  // Between a backslash and an n a word joiner keeps the line from being broken.
  return element.textContent.replaceAll("\ue000", "\n").replaceAll("\\\u2060n", "\\n");
}

const signs = (text) =>
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (c) => {
    const code = c.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? "\u2421" : "\ufffd";
  });

for (const name of process.argv.slice(2)) {
  const graph = JSON.parse(fs.readFileSync(`${name}.json`, "utf8"));
  const chart = await mermaid.mermaidAPI.getDiagramFromText(fs.readFileSync(`${name}.mmd`, "utf8"));
  if (!chart.type.startsWith("flowchart")) fail(`${name}: a ${chart.type}, no flowchart`);
  const nodes = chart.db.getVertices();
  const edges = chart.db.getEdges();
  if (nodes.size !== graph.nodes.length) fail(`${name}: ${nodes.size} of ${graph.nodes.length} nodes`);
  if (edges.length !== graph.edges.length) fail(`${name}: ${edges.length} of ${graph.edges.length} edges`);
  graph.nodes.forEach((node, nth) => {
    const words = seen(nodes.get(`n${nth}`).text);
    let label = words.slice(0, words.lastIndexOf("\n"));
    if (node.quote !== undefined) label = label.slice(1, -1);
    if (label !== signs(node.label)) fail(`${name}: ${JSON.stringify([label, node.label])}`);
  });
  edges.forEach((edge, nth) => {
    const { source, target } = graph.edges[nth];
    const ends = [edge.start, edge.end].map((id) => graph.nodes[Number(id.slice(1))].id);
    if (ends[0] !== source || ends[1] !== target) fail(`${name}: edge ${nth} leads elsewhere`);
  });
  const timeline = await mermaid.mermaidAPI.getDiagramFromText(
    fs.readFileSync(`${name}-timeline.mmd`, "utf8"),
  );
  if (timeline.type !== "timeline") fail(`${name}: a ${timeline.type}, no timeline`);
  const told = timeline.db.getTasks().flatMap((task) => task.events).map(seen).join("\n");
  // What was taken back is only there for those that refer to it.
  const dated = graph.nodes.filter(
    (node) => ["event", "claim", "document"].includes(node.kind) && node.retracted === undefined,
  );
  for (const { label } of dated.filter((node) => node.label.trim() !== "")) {
    if (!told.includes(signs(label).trim())) fail(`${name}-timeline: ${JSON.stringify(label)} is not told`);
  }
  if (dated.length === 0) fail(`${name}-timeline: nothing is dated`);
  console.log(
    `${name}: ${nodes.size} nodes and ${edges.length} edges, ${dated.length} things in time, read by Mermaid's parser`,
  );
}
process.exit(0);
