// Goes through the explorer as people do, in Chromium and by keyboard alone: from an empty folder over a
// text, actors, a topic and claims to a printed document; through a review of twenty drafts; and, at 390 px
// by touch, to a claim and its passage. And a server that is killed while it saves leaves the old file or the
// new one. What is written is looked at in the files themselves.
//
// node check_journeys.mjs PROGRAM [PICTURES]

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { now, within } from "./deadline.mjs";
import { browse, end as ended, kill, serve } from "./explorer.mjs";

const [program, pictures] = process.argv.slice(2);
const home = fs.mkdtempSync(path.join(os.tmpdir(), "annals-journeys-"));

process.on("exit", () => fs.rmSync(home, { recursive: true, force: true }));

let failures = 0;
function fail(words) {
  console.error(words);
  failures += 1;
}
const expect = (is, words) => { if (!is) fail(words); };

async function end(at) {
  const code = await ended(at);
  expect(code === 0, `the server ended with ${code}`);
}

async function enter(context, { entrance, origin }, width = 1440) {
  const page = await context.newPage();
  await page.setViewport({ width, height: 900, isMobile: width < 500, hasTouch: width < 500 });
  page.setDefaultTimeout(30_000);
  // A form that is refused is answered with 422, which the browser tells of.
  page.on("console", (message) => { if (!/status of 422/.test(message.text())) fail(`console: ${message.text()} at ${page.url()}`); });
  page.on("pageerror", (error) => fail(`error: ${error.message} at ${page.url()}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith("data:")) fail(`a request to ${url}`);
  });
  await page.goto(entrance, { waitUntil: "load" });
  return page;
}

// What a person does at a keyboard, and nothing else.
function hands(page) {
  const own = {
    // A key that leads to another page.
    async leads(...keys) {
      const led = page.waitForNavigation({ waitUntil: "load" });
      await own.keys(...keys);
      await led;
    },
    async keys(...keys) {
      for (const key of keys) {
        const parts = key.split("+");
        const last = key === "+" ? "+" : parts.pop();
        const held = key === "+" ? [] : parts;
        for (const one of held) await page.keyboard.down(one);
        await page.keyboard.press(last);
        for (const one of held.reverse()) await page.keyboard.up(one);
      }
    },
    // Goes on with Tab until what has the focus is what is meant.
    async tabTo(what, most = 60) {
      for (let nth = 0; nth < most; nth += 1) {
        const there = await page.evaluate((what) => document.activeElement?.matches(what) ?? false, what);
        if (there) return;
        await page.keyboard.press("Tab");
      }
      fail(`Tab does not lead to ${what} at ${page.url()}`);
    },
    async write(what, words) {
      await own.tabTo(what);
      await own.keys("Control+a");
      await page.keyboard.type(words);
    },
    async save() {
      await own.leads("Control+Enter");
    },
    text: () => page.evaluate(() => document.body.innerText),
    async picture(name) {
      if (!pictures) return;
      fs.mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: path.join(pictures, `${name}.png`) });
    },
  };
  return own;
}

const browser = await browse();

const TEXT = `Minutes of the council, 4 May 2021

MS KALLIS: The cranes will stand still from Monday on. We have waited long enough.

Mr Solvang answered for the harbour company. “The night shifts are safe, and they stay,” he said.

MS KALLIS: Nobody who works at night was asked.
`;

// 1. From an empty folder to a printed document.
{
  now("from an empty folder");
  const folder = path.join(home, "new");
  fs.mkdirSync(folder);
  const at = await serve(program, folder);
  const context = await browser.createBrowserContext();
  const page = await enter(context, at);
  const { leads, keys, tabTo, write, save, text, picture } = hands(page);
  const facts = () => fs.readFileSync(path.join(folder, "explorer.yaml"), "utf8");
  await picture("1-empty");
  await tabTo("a[href='/new/document']");
  await leads("Enter");
  await write("#text-words", TEXT);
  await write("[name=title]", "Minutes of the council");
  await write("[name=published]", "5 May 2021");
  await picture("2-text");
  await save();
  expect(page.url().includes("/texts/"), `the text led to ${page.url()}`);
  expect(fs.readdirSync(path.join(folder, "texts")).length === 1, "the text is no file");
  const reader = page.url().split("?")[0];

  now("two actors and a topic");
  for (const [name, kind] of [["Eva Kallis", "person"], ["Per Solvang", "person"]]) {
    await page.goto(`${at.origin}/new/actor`, { waitUntil: "load" });
    await write("[name=name]", name);
    await write("select[name=kind]", kind);
    await save();
  }
  await page.goto(`${at.origin}/new/topic`, { waitUntil: "load" });
  await write("[name=label]", "night shifts");
  await save();
  expect(/Eva Kallis/.test(facts()) && /Per Solvang/.test(facts()) && /night shifts/.test(facts()), "an actor or the topic is not in the file");

  now("three claims");
  await page.goto(reader, { waitUntil: "load" });
  const claim = async (sentences, { speaker, stance, words, only }) => {
    await page.goto(reader, { waitUntil: "load" });
    for (let nth = 0; nth < sentences; nth += 1) await keys("s");
    await page.waitForSelector(".wordbar");
    if (words) await picture("3-words");
    await leads("c");
    if (words ?? only) await write("#f-passage", words ?? only);
    await write("[name=speaker]", speaker);
    await write("[name=about]", "night shifts");
    await tabTo("select[name='stance.value']");
    await keys(stance);
  };
  await claim(2, { speaker: "Eva Kallis", stance: "-", words: "The cranes will stand for ever" });
  // A wrong quote is refused, with what the text has; mended, it is taken.
  await save();
  expect(/Nothing was written/.test(await text()), "a wrong quote was not refused");
  expect(!fs.readFileSync(path.join(folder, "explorer.yaml"), "utf8").includes("for ever"), "a wrong quote was written");
  await picture("4-refused");
  await write("#f-passage", "The cranes will stand still from Monday on.");
  expect(await page.evaluate(() => document.querySelectorAll(".fault:not([hidden])").length) === 0, "what was wrong is still said of other words");
  await page.waitForFunction(() => /stand still/.test(document.querySelector("#preview")?.innerText ?? ""));
  await picture("5-claim");
  await save();
  expect(facts().includes("The cranes will stand still from Monday on."), "the mended quote is not in the file");
  // Of a sentence with who says it, only what is said.
  await claim(5, { speaker: "Per Solvang", stance: "+", only: "The night shifts are safe, and they stay," });
  await save();
  await claim(6, { speaker: "Eva Kallis", stance: "-" });
  await save();
  const three = facts();
  expect(!three.includes("MS KALLIS:"), `a passage begins with who speaks:\n${three}`);
  expect((three.match(/speaker:/g) ?? []).length === 3, `there are not three claims:\n${three}`);
  await picture("6-reader");

  now("undo");
  await keys("Escape");
  await leads("u");
  expect((facts().match(/speaker:/g) ?? []).length === 2, "undoing leaves the third claim");
  await leads("U");
  expect(facts() === three, "doing it again gives other bytes");

  now("positions");
  await keys("g");
  await leads("p");
  expect(/Eva Kallis/.test(await text()) && /Per Solvang/.test(await text()), "a speaker has no position");
  await picture("7-positions");

  now("the document");
  await keys("g");
  await leads("d");
  const said = await text();
  expect(/stand still from Monday/.test(said), "the document has not the first claim");
  const pdf = await page.pdf({ format: "A4" });
  expect(Buffer.from(pdf.slice(0, 5)).toString() === "%PDF-", "it does not print");
  await picture("8-document");
  await context.close();
  await end(at);
}

// 2. A review of twenty drafts.
{
  now("a review");
  const folder = path.join(home, "review");
  fs.mkdirSync(path.join(folder, ".annals", "drafts"), { recursive: true });
  fs.mkdirSync(path.join(folder, "texts"));
  const lines = Array.from({ length: 20 }, (_, nth) => `Sentence number ${nth + 1} says ${"word ".repeat(nth + 1).trim()}.`);
  fs.writeFileSync(path.join(folder, "texts", "long.txt"), `${lines.join("\n\n")}\n`);
  const facts = "annals: 1\nactors:\n  - {id: ann, name: Ann, kind: person}\ntopics:\n  - {id: it, label: it}\ndocuments:\n  - {id: long, title: A long text, published: 2021-05-05, text: texts/long.txt}\nclaims:\n  - {id: first, speaker: ann, about: it, said: 2021-05-04, content: Something}\n";
  fs.writeFileSync(path.join(folder, "facts.yaml"), facts);
  // Every fourth has words that do not stand there: with one letter more.
  const draft = (line, nth) => JSON.stringify({ type: "claim", id: `draft-${nth}`, speaker: "ann", about: "it", said: "2021-05-04", quote: nth % 4 === 3 ? line.replace("says", "sayss") : line, evidence: { document: "long", quote: nth % 4 === 3 ? line.replace("says", "sayss") : line }, x_by: "a program" });
  fs.writeFileSync(path.join(folder, ".annals", "drafts", "program.jsonl"), `${lines.map(draft).join("\n")}\n`);
  const at = await serve(program, folder);
  const context = await browser.createBrowserContext();
  const page = await enter(context, at);
  const { leads, keys, text, picture } = hands(page);
  await keys("g");
  await leads("r");
  await picture("9-review");
  const wanted = { accepted: 0, taken: 0, rejected: 0 };
  for (let nth = 0; nth < 20; nth += 1) {
    const can = await page.$eval("[data-do=accept]", (button) => !button.disabled);
    if (nth % 7 === 6) { await leads("r"); wanted.rejected += 1; } else if (can) { await leads("a"); wanted.accepted += 1; } else {
      // As it is, it cannot be accepted: with the words of the text it can.
      await keys("a");
      await leads("t");
      wanted.taken += 1;
    }
  }
  expect(/Nothing waits/.test(await text()), "drafts wait after twenty were judged");
  const written = fs.readFileSync(path.join(folder, "facts.yaml"), "utf8");
  const claims = (written.match(/speaker:/g) ?? []).length;
  expect(claims === 1 + wanted.accepted + wanted.taken, `${claims} claims after ${JSON.stringify(wanted)}`);
  expect(!written.includes("sayss"), "words that do not stand there were written");
  expect(wanted.taken >= 3 && wanted.rejected === 2, JSON.stringify(wanted));
  const rejected = fs.readFileSync(path.join(folder, ".annals", "drafts", "rejected.jsonl"), "utf8").trim().split("\n");
  expect(rejected.length === 2, `${rejected.length} were kept as rejected`);
  await leads("u");
  expect(/1 draft/.test(await text()), "undoing does not bring the draft back");
  await context.close();

  now("by touch");
  const phone = await browser.createBrowserContext();
  await end(at);
  const again = await serve(program, folder);
  const small = await enter(phone, again, 390);
  await small.tap("nav.nav a[href='/claims']");
  await small.waitForSelector("article.row a.choose");
  await small.tap("article.row a.choose");
  await small.waitForSelector("#side .pass");
  const seen = await small.$eval("#side .pass", (passage) => passage.innerText);
  expect(/Sentence number/.test(seen), `the passage by touch is ${seen}`);
  const wide = await small.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide <= 0, `${wide} px wider than the phone`);
  await hands(small).picture("10-phone");
  await phone.close();
  await end(again);
}

// 3. Killed while it saves: the old file, or the new one.
{
  now("killed");
  const record = (nth) => `  - {id: c${nth}, speaker: ann, about: it, said: 2021-05-04, content: ${"Something long enough to take a while. ".repeat(6)}}\n`;
  const old = `annals: 1\nactors:\n  - {id: ann, name: Ann, kind: person}\ntopics:\n  - {id: it, label: it}\nclaims:\n${Array.from({ length: 400 }, (_, nth) => record(nth)).join("")}`;
  let [olds, news] = [0, 0];
  // The first is left to save, which tells how long that takes; the others are killed on the way.
  let took = null;
  for (let nth = 0; nth < 7; nth += 1) {
    const folder = path.join(home, `killed-${nth}`);
    fs.mkdirSync(folder);
    fs.writeFileSync(path.join(folder, "facts.yaml"), old);
    const at = await serve(program, folder);
    const entered = await fetch(at.entrance, { redirect: "manual" });
    const cookie = entered.headers.get("set-cookie").split(";")[0];
    const form = await (await fetch(`${at.origin}/new/topic`, { headers: { cookie } })).text();
    const token = form.match(/name="token" value="([^"]+)"/)[1];
    const body = new URLSearchParams({ token, label: "a new topic", save: "yes" });
    const sent = fetch(`${at.origin}/new/topic`, { method: "POST", redirect: "manual", body, headers: { cookie, origin: at.origin } }).catch(() => null);
    const begun = performance.now();
    const wait = took === null ? sent : new Promise((resolve) => { setTimeout(resolve, (took * nth) / 6); });
    await wait;
    took ??= performance.now() - begun;
    await kill(at);
    await sent;
    const left = fs.readFileSync(path.join(folder, "facts.yaml"), "utf8");
    const whole = left.replace(/\n  - \{?id: a-new-topic, label: a new topic\}?|\n  - \{id: [\w-]+, label: a new topic\}/, "");
    if (left === old) olds += 1; else if (whole === old) news += 1; else fail(`killed after ${Math.round((took * nth) / 6)} ms, the file is neither the old nor the new one`);
    if (nth === 0) expect(news === 1, "a save that is not killed leaves the old file");
  }
  console.log(`killed while saving: ${olds} old files, ${news} new ones`);
}

now("the end");
await within(30, "the browser's end", browser.close());
console.log("three journeys through the explorer");
process.exit(failures > 0 ? 1 : 0);
