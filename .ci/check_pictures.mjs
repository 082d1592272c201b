// Opens pictures in Chromium: no request leaves, nothing is said on the console, no text leaves the
// picture or the box of its node (by getBBox), every node can be reached by the tab key.
//
// node check_pictures.mjs FILE.svg...

import path from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";
import { now } from "./deadline.mjs";
import { look } from "./look.mjs";

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
  // On a busy machine it takes its time.
  timeout: 120_000,
});

let failed = false;
for (const name of process.argv.slice(2)) {
  now(name);
  const address = pathToFileURL(path.resolve(name)).href;
  const page = await browser.newPage();
  const said = [];
  page.on("console", (message) => said.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (request.url() !== address) said.push(`request: ${request.url()}`);
  });
  await page.goto(address, { waitUntil: "load" });
  const { faults, texts, nodes } = await page.evaluate(look);
  if (texts === 0) faults.push("no text");
  const all = [...said, ...faults];
  for (const one of all) console.error(`${name}: ${one}`);
  failed ||= all.length > 0;
  if (all.length === 0) console.log(`${name}: ${nodes} nodes, ${texts} texts within their boxes, seen by Chromium`);
  await page.close();
}
await browser.close();
process.exit(failed ? 1 : 0);
