// Opens the pages of `annals serve` in Chromium, as a reader would: no request leaves the server, nothing
// is said on the console, axe-core finds nothing, no page is wider than its window, in light and dark, at
// three widths, with and without scripts; and by keyboard alone a claim is found, chosen and left.
//
// node check_explorer.mjs PROGRAM FOLDER [SCREENSHOTS]

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { now, within } from "./deadline.mjs";
import { browse, end, serve } from "./explorer.mjs";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [program, folder, screenshots] = process.argv.slice(2);

const at = await serve(program, folder);
const { entrance, origin } = at;
const browser = await browse();
let failures = 0;
function fail(words) {
  console.error(words);
  failures += 1;
}

const context = await browser.createBrowserContext();
const first = await context.newPage();
await first.goto(entrance, { waitUntil: "load" });
if (first.url() !== `${origin}/`) fail(`entering led to ${first.url()}`);

async function opened(address, { dark = false, width = 1440, script = true } = {}) {
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => said.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith("data:")) said.push(`request: ${url}`);
  });
  await page.setViewport({ width, height: 900, isMobile: width < 500, hasTouch: width < 500 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }]);
  await page.setJavaScriptEnabled(script);
  const answer = await page.goto(`${origin}${address}`, { waitUntil: "load", timeout: 120_000 });
  if (answer.status() !== 200) said.push(`status ${answer.status()}`);
  return { page, said };
}

// What there is to look at, from the facts themselves.
const named = async (address, pick) => {
  const rows = await first.evaluate(async (address) => (await fetch(address)).json(), `${origin}${address}`);
  return pick(rows.data);
};
const claim = await named("/claims.json", (rows) => rows[Math.floor(rows.length / 2)]);
const overview = await named("/overview.json", (row) => row);
const record = (id) => `/record/${encodeURIComponent(id)}`;
const actor = overview.speakers[0].actor.id;
const [tie] = await named("/network.json", (network) => network.windows[0].edges);
const ends = (option) => `${option}=${encodeURIComponent(tie.a.id)}&${option}=${encodeURIComponent(tie.b.id)}`;
const documents = overview.documents[0].document.id;
const pages = {
  overview: "/",
  claims: "/claims",
  chosen: `/claims?choose=${encodeURIComponent(claim.id)}`,
  table: "/claims?view=table",
  document: `/document?by=${encodeURIComponent(actor)}`,
  timeline: "/timeline",
  lanes: "/timeline?lanes=side",
  list: "/timeline?view=list",
  ladder: "/timeline?view=ladder",
  positions: "/positions",
  changed: "/positions?changes",
  opposite: "/positions?view=opposite",
  graph: `/graph?around=${encodeURIComponent(actor)}`,
  network: "/network",
  kinds: "/network?measure=affiliation&sign=kinds&every=year",
  tie: `/network?${ends("tie")}`,
  why: `/network?${ends("why")}`,
  texts: "/texts",
  text: `/texts/${encodeURIComponent(documents)}`,
  actor: record(actor),
  claim: record(claim.id),
  findings: "/findings",
  search: "/search?words=the",
  changes: "/changes",
  keys: "/keys",
};

const thorough = process.env.ANNALS_THOROUGH !== undefined || screenshots !== undefined;
for (const [name, address] of Object.entries(pages)) {
  now(name);
  for (const dark of [false, true]) {
    for (const width of [1440, 760, 390]) {
      // Each page in both themes and at all widths; but not each with each.
      if (!thorough && dark && width === 760) continue;
      const { page, said } = await opened(address, { dark, width });
      const client = await page.createCDPSession();
      // axe-core comes through the debugger, which the page's own policy does not bind.
      await client.send("Runtime.evaluate", { expression: axe });
      const found = await page.evaluate(async () => {
        const result = await window.axe.run(document, { resultTypes: ["violations"] });
        return result.violations.map((one) => `${one.impact} ${one.id}: ${one.nodes[0].html.slice(0, 200)} ${one.nodes[0].failureSummary}`);
      });
      const where = `${name}, ${dark ? "dark" : "light"}, ${width} px`;
      for (const one of found) fail(`${where}: ${one}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) fail(`${where}: ${wide} px wider than its window`);
      for (const one of said) fail(`${where}: ${one}`);
      if (screenshots) {
        fs.mkdirSync(screenshots, { recursive: true });
        await page.screenshot({ path: path.join(screenshots, `${name}-${width}${dark ? "-dark" : ""}.png`) });
      }
      await page.close();
    }
  }
  const bare = await opened(address, { script: false });
  for (const one of bare.said) fail(`${name}, without scripts: ${one}`);
  await bare.page.close();
}

// By keyboard alone.
{
  const { page, said } = await opened("/");
  now("by keyboard");
  // A page is there once it says so itself: addresses also change without one.
  const led = async (keys, wanted) => {
    for (const key of keys) await page.keyboard.press(key);
    const there = (wanted) => (location.pathname + location.search).startsWith(wanted) && document.readyState === "complete";
    await page.waitForFunction(there, { timeout: 60_000 }, wanted).catch(() => fail(`${keys.join(" ")} led to ${page.url()}`));
  };
  await led(["g", "t"], "/timeline");
  await led(["g", "c"], "/claims");
  await page.keyboard.press("j");
  await page.waitForSelector("#side .pass, #side h2");
  const chosen = await page.evaluate(() => document.querySelectorAll(".row[aria-current]").length);
  if (chosen !== 1) fail(`j chose ${chosen} claims`);
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("Escape");
  if ((await page.$$(".row[aria-current]")).length !== 0) fail("Esc leaves a claim chosen");
  if (page.url().includes("choose=")) fail("Esc leaves the address of what was chosen");
  await page.keyboard.press("/");
  const focused = await page.evaluate(() => document.activeElement.name);
  if (focused !== "words") fail(`/ leads to ${focused}`);
  await page.keyboard.type(claim.speaker[0]?.name.split(" ")[0] ?? "the");
  await led(["Enter"], "/search?words=");
  await page.keyboard.press("Tab");
  for (const one of said) fail(`by keyboard: ${one}`);
  await page.close();
}

// A network: Enter on a tie shows its statements in the panel, and the slider another window, in their place.
{
  now("a network by keyboard");
  const { page, said } = await opened("/network?measure=affiliation&every=year");
  const tie = await page.waitForSelector("#drawn svg a[href$='#side']");
  await tie.evaluate((link) => link.focus());
  await page.keyboard.press("Enter");
  await page.waitForSelector("#side .statements li .say", { timeout: 60_000 }).catch(() => fail("no statements of a tie by keyboard"));
  const focused = await page.evaluate(() => document.activeElement?.getAttribute("href")?.endsWith("#side"));
  if (!focused) fail("a tie that was chosen loses the keyboard");
  const several = await page.$eval("#nth", (slider) => slider.max !== "1");
  if (several) {
    const of = () => page.$eval("form.windows output", (output) => output.textContent);
    const before = await of();
    await (await page.$("#nth")).focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction((before) => document.querySelector("form.windows output").textContent !== before, { timeout: 60_000 }, before).catch(() => fail("the slider shows no other window"));
    if (!page.url().includes("nth=2")) fail(`the slider led to ${page.url()}`);
  }
  for (const one of said) fail(`a network by keyboard: ${one}`);
  await page.close();
}

// A timeline: arrows go from mark to mark, Enter shows what one rests on, Esc leaves it, and + brings it nearer.
{
  now("a timeline by keyboard");
  const { page, said } = await opened("/timeline");
  const mark = await page.waitForSelector(".sheet svg a[href$='#side']");
  await mark.evaluate((link) => link.focus());
  const at = () => page.evaluate(() => document.activeElement.closest(".sheet a")?.getAttribute("href"));
  const first = await at();
  await page.keyboard.press("ArrowRight");
  const second = await at();
  if (!second || second === first) fail(`an arrow led from ${first} to ${second}`);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => new URL(location.href).searchParams.has("choose"), { timeout: 60_000 }).catch(() => fail("Enter chooses no mark"));
  await page.waitForSelector("#side .acts-of", { timeout: 60_000 }).catch(() => fail("a mark has no panel"));
  if ((await at()) !== second) fail("a mark that was chosen loses the keyboard");
  await page.keyboard.press("Escape");
  if (page.url().includes("choose=")) fail("Esc leaves the address of a mark that was chosen");
  await page.keyboard.press("+");
  await page.waitForFunction(() => location.search.includes("width="), { timeout: 60_000 }).catch(() => fail("+ brings nothing nearer"));
  for (const one of said) fail(`a timeline by keyboard: ${one}`);
  await page.close();
}

// On the strip of days a stretch is drawn with the mouse.
{
  now("a stretch of days");
  const { page, said } = await opened("/claims");
  const bars = await page.$$("svg.strip a .hit");
  const middle = async (bar) => { const box = await bar.boundingBox(); return [box.x + box.width / 2, box.y + box.height / 2]; };
  if (bars.length > 1) {
    await page.mouse.move(...await middle(bars[0]));
    await page.mouse.down();
    await page.mouse.move(...await middle(bars.at(-1)), { steps: 8 });
    await page.mouse.up();
    const drawn = () => { const asked = new URL(location.href).searchParams; return asked.has("from") && asked.has("until") && asked.get("from") !== asked.get("until"); };
    await page.waitForFunction(drawn, { timeout: 60_000 }).catch(() => fail(`drawing a stretch led to ${page.url()}`));
  }
  for (const one of said) fail(`a stretch of days: ${one}`);
  await page.close();
}

// At 390 px, by touch: a claim is found and its passage read.
{
  now("by touch");
  const { page, said } = await opened("/claims", { width: 390 });
  await page.tap("article.row a.choose");
  await page.waitForSelector("#side .pass", { timeout: 60_000 }).catch(() => fail("no passage by touch"));
  for (const one of said) fail(`by touch: ${one}`);
  await page.close();
}

now("the end");
const code = await end(at);
await within(30, "the browser's end", browser.close());
if (code !== 0) fail(`the server ended with ${code}`);
console.log(`${folder}: ${Object.keys(pages).length} pages of the explorer`);
process.exit(failures > 0 ? 1 : 0);
