// Opens exported pages in Chromium: no request leaves, nothing is said on the console, axe-core
// finds nothing serious, the keyboard reaches all there is, names are shown as they are written, the
// page is whole without its script, and its four pictures have no text out of its box, no id twice,
// and the colours of the page.
//
// node check_page.mjs NAME...   NAME.html and NAME.json (node-link)

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";
import { now } from "./deadline.mjs";
import { look } from "./look.mjs";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

function fail(words) {
  console.error(words);
  process.exit(1);
}

// What is not shown as it is: controls, and what turns the direction of the text or breaks its line.
const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const signs = (text) =>
  text.replace(/[\u200e\u200f]/g, "").replace(hidden, (c) => {
    const code = c.codePointAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? "\u2421" : "\ufffd";
  });

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
  // On a busy machine it takes its time.
  timeout: 120_000,
});

async function opened(file, { dark = false, script = true, width = 1280 } = {}) {
  const page = await browser.newPage();
  const said = [];
  page.on("console", (message) => said.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (url !== file && !url.startsWith("data:")) said.push(`request: ${url}`);
  });
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }]);
  await page.setJavaScriptEnabled(script);
  await page.goto(file, { waitUntil: "load" });
  return { page, said };
}

// In the page: whether the pictures are a part of it.
function ofThePage() {
  const wrong = [];
  const ids = new Set();
  for (const { id } of document.querySelectorAll("[id]")) {
    if (ids.has(id)) wrong.push(`the id ${id} stands there twice`);
    ids.add(id);
  }
  const page = getComputedStyle(document.body);
  for (const picture of document.querySelectorAll("svg.annals")) {
    const words = getComputedStyle(picture.querySelector("text"));
    const sheet = getComputedStyle(picture.querySelector(":scope > rect"));
    if (words.fill !== page.color) wrong.push(`the words of a picture are ${words.fill}, those of the page ${page.color}`);
    if (sheet.fill !== page.backgroundColor) wrong.push(`a picture is on ${sheet.fill}, the page on ${page.backgroundColor}`);
  }
  return wrong;
}

for (const name of process.argv.slice(2)) {
  now(name);
  const file = pathToFileURL(path.resolve(`${name}.html`)).href;
  const graph = JSON.parse(fs.readFileSync(`${name}.json`, "utf8"));
  const claims = graph.nodes.filter((node) => node.kind === "claim" && node.retracted === undefined);

  for (const dark of [false, true]) {
    for (const width of [1280, 360]) {
      const { page, said } = await opened(file, { dark, width });
      const client = await page.createCDPSession();
      // axe-core comes through the debugger, which the page's own policy does not bind.
      await client.send("Runtime.evaluate", { expression: axe });
      const found = await page.evaluate(async () => {
        const result = await window.axe.run(document, { resultTypes: ["violations"] });
        return result.violations.map((one) => `${one.impact} ${one.id}: ${one.nodes[0].html.slice(0, 200)} ${one.nodes[0].failureSummary}`);
      });
      if (found.length > 0) fail(`${name}, ${dark ? "dark" : "light"}, ${width} px wide: ${found.join("\n")}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) fail(`${name}: the page is ${wide} px wider than a window of ${width}`);
      const { faults, pictures } = await page.evaluate(look);
      if (pictures !== 4) fail(`${name}: ${pictures} pictures`);
      if (faults.length > 0) fail(`${name}: ${faults.join("\n")}`);
      const wrong = await page.evaluate(ofThePage);
      if (wrong.length > 0) fail(`${name}, ${dark ? "dark" : "light"}: ${wrong.join("\n")}`);
      if (said.length > 0) fail(`${name}: ${said.join("\n")}`);
      await page.close();
    }
  }

  const bare = await opened(file, { script: false });
  const words = () => ({
    text: document.body.textContent,
    quotes: [...document.querySelectorAll("#claims ~ .wide tbody tr")].map((row) => row.children[2].firstElementChild.textContent),
    links: [...document.querySelectorAll("a")].map((link) => [new URL(link.getAttribute("href"), document.baseURI).protocol]),
    filter: document.getElementById("filter").hidden,
    lost: [...document.querySelectorAll("a[href^='#']")].filter(
      (link) => document.getElementById(link.getAttribute("href").slice(1)) === null).length,
  });
  const seen = await bare.page.evaluate(words);
  if (!seen.filter) fail(`${name}: a filter without a script`);
  if (seen.lost > 0) fail(`${name}: ${seen.lost} links within the page lead nowhere`);
  if (seen.links.some(([protocol]) => !["file:", "http:", "https:"].includes(protocol))) fail(`${name}: a link that runs`);
  if (seen.quotes.length !== claims.length) fail(`${name}: ${seen.quotes.length} of ${claims.length} claims`);
  for (const claim of claims) {
    const quoted = signs(claim.quote === undefined ? claim.label : `“${claim.quote}”`);
    if (!seen.quotes.includes(quoted)) fail(`${name}: ${JSON.stringify(quoted)} is not shown`);
  }
  for (const node of graph.nodes.filter((node) => ["event", "document"].includes(node.kind) && node.retracted === undefined)) {
    if (!seen.text.includes(signs(node.label))) fail(`${name}: ${JSON.stringify(node.label)} is not shown`);
  }
  await bare.page.close();

  const { page, said } = await opened(file);
  await page.keyboard.press("Tab");
  const skip = await page.evaluate(() => {
    const box = document.activeElement.getBoundingClientRect();
    return [document.activeElement.className, box.left >= 0 && box.top >= 0];
  });
  if (skip[0] !== "skip" || !skip[1]) fail(`${name}: the first stop is ${skip}`);
  const reached = new Set();
  const stops = await page.evaluate(() => document.querySelectorAll("a[href], input, summary, [tabindex]").length);
  for (let nth = 1; nth < stops; nth += 1) {
    await page.keyboard.press("Tab");
    reached.add(await page.evaluate(() => [...document.querySelectorAll("a[href], input, summary, [tabindex]")].indexOf(document.activeElement)));
  }
  reached.delete(-1);
  if (reached.size !== stops - 1) fail(`${name}: the keyboard reaches ${reached.size + 1} of ${stops}`);
  await page.focus("#words");
  await page.keyboard.type("zzzz no such words");
  const left = await page.evaluate(() => [
    document.querySelectorAll("[data-row]:not([hidden])").length, document.querySelector("output").textContent]);
  if (left[0] !== 0 || !left[1].startsWith("0 of ")) fail(`${name}: the filter leaves ${left}`);
  await page.evaluate(() => { document.getElementById("words").value = ""; });
  await page.keyboard.type("a");
  await page.keyboard.press("Backspace");
  const back = await page.evaluate(() => document.querySelectorAll("[data-row][hidden]").length);
  if (back !== 0) fail(`${name}: ${back} rows do not come back`);
  if (said.length > 0) fail(`${name}: ${said.join("\n")}`);
  await page.close();
  console.log(`${name}.html: ${claims.length} claims, ${stops} stops by keyboard, no request, nothing on the console, axe-core finds nothing`);
}
console.log(`read by ${await browser.version()}`);
await browser.close();
process.exit(0);
