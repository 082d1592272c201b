// Reads exported timelines with TimelineJS's own configuration and date code, and holds them
// against the graph.
//
// node check_timelinejs.mjs NAME...   NAME.timeline.json and NAME.json (node-link)

import fs from "node:fs";
import { register } from "node:module";
import { JSDOM } from "jsdom";

// Its sources are modules that name each other without an ending, as bundlers take them.
const hooks = `
  const ours = (url) => url.includes("/@knight-lab/timelinejs/src/");
  export async function resolve(name, context, next) {
    const bare = name.startsWith(".") && !name.endsWith(".js") && ours(context.parentURL ?? "");
    return next(bare ? name + ".js" : name, context);
  }
  export async function load(url, context, next) {
    return next(url, ours(url) ? { ...context, format: "module" } : context);
  }`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);

const { window } = new JSDOM("<!doctype html><body></body>", { pretendToBeVisual: true });
for (const name of ["window", "document", "DOMParser", "location", "HTMLElement", "Node", "Element", "self", "getComputedStyle"]) {
  Object.defineProperty(globalThis, name, { value: window[name], configurable: true, writable: true });
}
Object.defineProperty(globalThis, "navigator", { value: window.navigator, configurable: true });
const source = "@knight-lab/timelinejs/src/js";
const { TimelineConfig } = await import(`${source}/core/TimelineConfig.js`);
const { Language } = await import(`${source}/language/Language.js`);

function fail(words) {
  console.error(words);
  process.exit(1);
}

function plain(html) {
  const element = window.document.createElement("div");
  element.innerHTML = html;
  return element.textContent;
}

// What is not shown as it is: controls, and what turns the direction of the text or breaks its line.
const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const signs = (text) =>
  text.replace(/[\u200e\u200f]/g, "").replace(hidden, (c) => {
    const code = c.codePointAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? "\u2421" : "\ufffd";
  });

// A day of our graph (`-0043-03-15`, astronomical) as TimelineJS counts it.
function counted(day) {
  const [, sign, year, month, date] = /^([+-]?)(\d+)-(\d+)-(\d+)$/.exec(day);
  const astronomical = Number(year) * (sign === "-" ? -1 : 1);
  return [astronomical <= 0 ? astronomical - 1 : astronomical, Number(month), Number(date)];
}

for (const name of process.argv.slice(2)) {
  const graph = JSON.parse(fs.readFileSync(`${name}.json`, "utf8"));
  const data = JSON.parse(fs.readFileSync(`${name}.timeline.json`, "utf8"));
  const written = structuredClone(data.events);
  const config = new TimelineConfig(data);
  config.validate();
  if (!config.isValid()) fail(`${name}: ${config.getErrors("; ")}`);
  if (config.events.length !== written.length) fail(`${name}: slides are lost`);
  for (const slide of written) {
    const { start_date: start, end_date: end, display_date: display } = config.event_dict[slide.unique_id];
    const shown = start.data.date_obj;
    if (shown.getFullYear() !== slide.start_date.year) fail(`${name}: ${slide.unique_id}: another year`);
    if (slide.start_date.month !== undefined && shown.getMonth() + 1 !== slide.start_date.month) {
      fail(`${name}: ${slide.unique_id}: another month`);
    }
    if (slide.start_date.day !== undefined && shown.getDate() !== slide.start_date.day) {
      fail(`${name}: ${slide.unique_id}: another day`);
    }
    if (end !== undefined && end.isBefore(start)) fail(`${name}: ${slide.unique_id} ends before it begins`);
    if (!display) fail(`${name}: ${slide.unique_id}: no words for its date`);
    const era = start.getDisplayDate(Language.fallback, "yyyy");
    if (slide.start_date.year < 0 && !String(era).includes("BCE")) fail(`${name}: ${era} has no era`);
  }
  const headlines = new Map();
  for (const slide of Object.values(config.event_dict)) {
    const words = plain(slide.text.headline);
    headlines.set(words, [...(headlines.get(words) ?? []), slide]);
  }
  let held = 0;
  for (const node of graph.nodes) {
    const dated = node.first !== null || node.last !== null || node.reported !== undefined;
    if (!["event", "claim", "document"].includes(node.kind) || !dated || node.retracted !== undefined) continue;
    const words = signs(node.quote === undefined ? node.label : `“${node.label}”`);
    const slides = headlines.get(words);
    if (slides === undefined) fail(`${name}: ${JSON.stringify(words)} is not told`);
    if (node.first !== null) {
      const [year, month, day] = counted(node.first);
      const fits = slides.some(({ start_date: { data: start } }) =>
        start.year === year && [undefined, month].includes(start.month) && [undefined, day].includes(start.day));
      if (!fits) fail(`${name}: ${JSON.stringify(words)} stands elsewhere than ${node.first}`);
    }
    held += 1;
  }
  if (held === 0) fail(`${name}: nothing is dated`);
  console.log(`${name}: ${written.length} slides, ${held} of them nodes of the graph, read by TimelineJS's own code`);
}
process.exit(0);
