// What comes on top of forms that work without it: words are chosen by mouse and keys, the form is checked
// while it is filled in, and what is in it stays in this window until it is saved or left.
(() => {
  "use strict";
  const $ = (what, within = document) => within.querySelector(what);
  const all = (what, within = document) => [...within.querySelectorAll(what)];
  const status = $("#status");
  const say = (words) => { if (status) { status.textContent = words; status.classList.toggle("shown", words !== ""); } };
  const keysOn = () => {
    const own = $("script[data-version]");
    let kept = null;
    try { kept = localStorage.getItem("annals-keys"); } catch { /* off */ }
    return (kept ?? own?.dataset.keys ?? "on") !== "off";
  };
  const press = (name) => { const one = $(`[data-do="${name}"]:not([disabled])`); if (one) one.click(); return one !== null; };

  // The text as letters: each line knows at which letter of the text it begins.
  const body = $(".txtbody[data-annotate]");
  const lines = body ? all("[data-at]", body).map((line) => ({ line, at: Number(line.dataset.at), text: line.textContent })) : [];
  const letters = (text) => [...text].length;
  const lineOf = (node) => lines.find((one) => one.line.contains(node));
  // The letter of the text at a place of the page.
  const placeOf = (node, offset) => {
    const own = lineOf(node);
    if (!own) return null;
    const before = document.createRange();
    before.selectNodeContents(own.line);
    before.setEnd(node, offset);
    return own.at + letters(before.toString());
  };
  // The place of the page at a letter of the text.
  const pointAt = (at) => {
    let own = lines[0];
    for (const one of lines) if (one.at <= at) own = one;
    if (!own) return null;
    let left = Math.min(at - own.at, letters(own.text));
    const walk = document.createTreeWalker(own.line, NodeFilter.SHOW_TEXT);
    let last = null;
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const own = [...node.data];
      last = [node, node.data.length];
      if (left <= own.length) return [node, own.slice(0, left).join("").length];
      left -= own.length;
    }
    return last ?? [own.line, 0];
  };
  const rangeOf = (from, to) => {
    const [a, b] = [pointAt(from), pointAt(to)];
    if (!a || !b) return null;
    const range = document.createRange();
    range.setStart(...a);
    range.setEnd(...b);
    return range;
  };

  // The words that are chosen, and the bar that says what they can become.
  let chosen = null;
  let bar = null;
  // The record whose passage these words are to become.
  let moving = new URL(location.href).searchParams.get("of");
  const address = (make) => {
    const to = new URL(body.dataset.annotate, location.href);
    const part = new URL(location.href).searchParams.get("part");
    if (part) to.searchParams.set("part", part);
    to.searchParams.set("from", chosen.from);
    to.searchParams.set("to", chosen.to);
    if (make) to.searchParams.set("make", make);
    if (moving) to.searchParams.set("of", moving);
    return to.href;
  };
  const KINDS = [["claim", "Claim", "c"], ["event", "Event", "e"], ["actor", "Actor", "a"], ["relation", "Tie", "r"]];
  const drop = () => {
    chosen = null;
    bar?.remove();
    bar = null;
    if (CSS.highlights) CSS.highlights.delete("annals-cursor");
    getSelection().removeAllRanges();
  };
  const choose = (from, to, moves = false) => {
    if (!body || to <= from) return;
    chosen = { from, to };
    const range = rangeOf(from, to);
    if (!range) return;
    if (CSS.highlights) CSS.highlights.set("annals-cursor", new Highlight(range));
    const words = range.toString().replace(/\s+/g, " ").trim();
    bar?.remove();
    bar = document.createElement("div");
    bar.className = "wordbar";
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", "The words chosen");
    const shown = document.createElement("p");
    shown.textContent = `“${words}”`;
    bar.append(shown);
    for (const [make, name, key] of moving ? [["", `Passage of ${moving}`, "↵"]] : KINDS) {
      const link = document.createElement("a");
      link.className = make === "claim" || moving ? "btn go" : "btn";
      link.href = address(make);
      link.dataset.make = make;
      link.textContent = name;
      const mark = document.createElement("kbd");
      mark.textContent = key;
      link.append(mark);
      bar.append(link);
    }
    document.body.append(bar);
    if (moves) {
      say("");
      status.textContent = words;
      range.startContainer.parentElement?.scrollIntoView({ block: "nearest" });
    }
  };
  // A word that is touched at its edge is taken whole; white space at the edges is not.
  const chooseRange = () => {
    const selection = getSelection();
    if (!body || selection.isCollapsed || selection.rangeCount === 0) return;
    const range = selection.getRangeAt(0);
    if (!body.contains(range.startContainer) || !body.contains(range.endContainer)) return;
    let from = placeOf(range.startContainer, range.startOffset);
    let to = placeOf(range.endContainer, range.endOffset);
    if (from === null) { const next = lines.find((one) => range.comparePoint(one.line, 0) >= 0); from = next?.at ?? null; }
    if (to === null) { const last = lines.filter((one) => range.comparePoint(one.line, 0) <= 0).pop(); to = last ? last.at + letters(last.text) : null; }
    if (from === null || to === null || to <= from) return;
    const words = [...rangeOf(from, to).toString()];
    let first = 0;
    let last = words.length;
    while (first < last && /\s/.test(words[first])) { first += 1; from += 1; }
    while (last > first && /\s/.test(words[last - 1])) { last -= 1; to -= 1; }
    choose(from, to);
  };
  if (body) {
    for (const link of all("a.c", body)) link.draggable = false;
    addEventListener("mouseup", (event) => { if (!event.target.closest?.(".wordbar")) setTimeout(chooseRange); });
    addEventListener("touchend", () => setTimeout(chooseRange, 50));
    body.addEventListener("click", (event) => { if (!getSelection().isCollapsed && event.target.closest("a.c")) event.preventDefault(); });
  }

  // Words and sentences by keys: the text of the lines, with the letter at which each begins.
  const words = () => lines.flatMap((one) => {
    const found = [];
    for (const match of one.text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}’'\-]*/gu)) {
      const from = one.at + letters(one.text.slice(0, match.index));
      found.push([from, from + letters(match[0])]);
    }
    return found;
  });
  const sentences = () => {
    const found = [];
    for (const para of body.querySelectorAll(".txt")) {
      const own = lines.filter((one) => para.contains(one.line));
      if (own.length === 0) continue;
      let text = "";
      const places = [];
      for (const one of own) {
        for (const [nth, letter] of [...one.text].entries()) { places.push(one.at + nth); text += letter.length === 1 ? letter : "x"; }
        places.push(null);
        text += " ";
      }
      // Who speaks, as minutes and transcripts have it, is not part of what is said.
      const label = /^\p{Lu}[\p{Lu}\p{M} .’'-]{1,40}:\s+(?=\S)/u.exec(text)?.[0].length ?? 0;
      for (const match of text.matchAll(/\S[^.!?…]*(?:[.!?…]+[”’"')]*|$)/g)) {
        const end = match.index + match[0].trimEnd().length - 1;
        const start = match.index < label && label <= end ? label : match.index;
        if (places[start] !== null && places[end] !== null) found.push([places[start], places[end] + 1]);
      }
    }
    return found;
  };
  const step = (pieces, by) => {
    const every = pieces();
    if (every.length === 0) return;
    let nth;
    if (chosen) {
      const now = chosen;
      nth = by > 0 ? every.findIndex(([from]) => from >= now.to) : every.findLastIndex(([, to]) => to <= now.from);
      if (nth < 0) nth = by > 0 ? every.length - 1 : 0;
    } else {
      const cursor = new URL(location.href).searchParams.get("to");
      const seen = all(".txt", body).find((para) => para.getBoundingClientRect().bottom > 130);
      const at = cursor ? Number(cursor) : lines.find((one) => seen?.contains(one.line))?.at ?? 0;
      nth = Math.max(0, every.findIndex(([from]) => from >= at));
    }
    choose(...every[nth], true);
  };
  // Wider: the sentence, then the paragraph.
  const widen = () => {
    if (!chosen) { step(sentences, 1); return; }
    const now = chosen;
    const sentence = sentences().find(([from, to]) => from <= now.from && to >= now.to && to - from > now.to - now.from);
    if (sentence) { choose(...sentence, true); return; }
    const para = all(".txt", body).find((one) => lines.some((line) => one.contains(line.line) && line.at <= now.from && line.at + letters(line.text) >= now.from));
    const own = lines.filter((one) => para?.contains(one.line));
    if (own.length > 0) choose(own[0].at, own.at(-1).at + letters(own.at(-1).text), true);
  };
  // The edges: by one letter.
  const edge = (first, last) => {
    if (!chosen && body.dataset.chosen) {
      moving = body.dataset.chosen;
      chosen = { from: Number(body.dataset.from), to: Number(body.dataset.to) };
    }
    if (!chosen) return;
    const most = lines.at(-1).at + letters(lines.at(-1).text);
    const from = Math.max(0, chosen.from + first);
    const to = Math.min(most, chosen.to + last);
    if (to > from) choose(from, to, true);
  };
  const fixed = new URL(location.href).searchParams;
  if (body && fixed.get("from") && fixed.get("to") && !fixed.get("make")) chosen = { from: Number(fixed.get("from")), to: Number(fixed.get("to")) };
  const make = (kind) => {
    const link = $(`#kinds [data-make="${kind}"]`);
    if (bar && !moving) location.href = address(kind);
    else if (link) link.click();
    else if (chosen) location.href = address(kind);
    else return false;
    return true;
  };

  // The form: checked while it is filled in.
  const form = $("form.record-form");
  let timer = null;
  let asked = null;
  const check = () => {
    if (!form || !$("#preview")) return;
    asked?.abort();
    asked = new XMLHttpRequest();
    const own = asked;
    own.open("POST", form.action);
    own.responseType = "document";
    own.onload = () => {
      const fresh = own.response?.getElementById("preview");
      if (own.status === 200 && fresh) $("#preview").replaceChildren(...document.adoptNode(fresh).childNodes);
    };
    own.onerror = () => say("Annals has ended, or cannot be reached. What is in this form stays in this window.");
    const data = new URLSearchParams(new FormData(form));
    data.set("preview", "yes");
    own.send(data);
  };
  const NAME = `annals-form ${location.pathname}${location.search}`;
  const store = (value) => { try { if (value === null) sessionStorage.removeItem(NAME); else sessionStorage.setItem(NAME, value); } catch { /* off */ } };
  const isEmpty = (piece) => (piece.matches("input") ? piece : $("input", piece)).value === "";
  // One place more than there are values, where one is at them.
  const several = (event) => {
    const own = event.target.closest?.(".several, .stance input");
    const group = own?.closest(".controls");
    if (!group || own.value === "") return;
    const every = all(".several, .stance", group);
    const last = every.at(-1);
    if (last !== (own.closest(".stance") ?? own)) return;
    const more = last.cloneNode(true);
    for (const one of [more, ...all("[id]", more)]) one.removeAttribute("id");
    for (const one of more.matches(".several") ? [more] : all("input, select", more)) one.value = "";
    last.after(more);
  };
  if (form) {
    for (const group of all(".controls", form)) {
      const every = all(".several, .stance", group);
      if (every.length > 1 && isEmpty(every.at(-1))) every.at(-1).remove();
    }
    form.addEventListener("focusin", several);
    form.addEventListener("input", (event) => {
      several(event);
      const why = event.target.closest(".field")?.querySelector(".why");
      if (why && event.target.closest("[data-field]")) why.hidden = true;
      // What was wrong is another word now; whether that is right, the form says once it is checked.
      const wrong = event.target.closest(".field.wrong");
      if (wrong) {
        wrong.classList.remove("wrong");
        for (const fault of all(".fault", wrong)) fault.hidden = true;
        const box = $("#faults");
        if (box && !$(".field.wrong", form) && all("li", box).every((one) => $("a", one))) box.hidden = true;
      }
      store(new URLSearchParams([...new FormData(form)].filter(([name, value]) => name !== "token" && typeof value === "string")).toString());
      clearTimeout(timer);
      timer = setTimeout(check, 250);
    });
    form.addEventListener("submit", () => store(null));
    let kept = null;
    try { kept = sessionStorage.getItem(NAME); } catch { /* off */ }
    if (kept && !$("#faults")) {
      const pairs = new URLSearchParams(kept);
      let changed = false;
      for (const name of new Set(pairs.keys())) {
        if (["token", "seen", "version"].includes(name)) continue;
        const fields = all(`[name="${CSS.escape(name)}"]`, form);
        pairs.getAll(name).forEach((value, nth) => {
          const one = fields[nth] ?? fields.at(-1);
          if (!one || one.type === "file") return;
          if (one.type === "radio") { for (const radio of fields) { const is = radio.value === value; changed ||= radio.checked !== is; radio.checked = is; } return; }
          if (one.type === "checkbox") { changed ||= !one.checked; one.checked = true; return; }
          if (fields[nth] && one.value !== value) { one.value = value; changed = true; }
        });
      }
      if (changed) { say("What you had filled in is here again."); check(); }
    }
    const wrong = $("#faults") ?? $(".wrong :is(input, textarea, select)", form) ?? $("input:not([type=hidden]), textarea", $("[data-field=about], [data-field=name], [data-field=label]", form) ?? form);
    if ($("#faults") || new URL(location.href).searchParams.has("make")) wrong?.focus();
  }
  const file = $("#text-file");
  file?.addEventListener("change", async () => {
    const one = file.files[0];
    if (!one) return;
    if (!/\.(txt|md)$/i.test(one.name) && one.type !== "text/plain") {
      // The server turns it into text: the form holds a file of some 700 KB.
      if (one.size > 700_000) { say("The file is larger than 700 KB: put it into the folder by hand, as text."); return; }
      const letters = [...new Uint8Array(await one.arrayBuffer())].map((byte) => String.fromCharCode(byte)).join("");
      const own = { "text.file": btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", ""), "text.name": one.name };
      for (const [name, value] of Object.entries(own)) {
        const field = document.createElement("input");
        Object.assign(field, { type: "hidden", name, value });
        form.append(field);
      }
      $("#convert").click();
      return;
    }
    $(`#${file.dataset.into}`).value = await one.text();
    const title = $("[name=title]");
    if (title && title.value === "") title.value = one.name.replace(/\.[^.]*$/, "");
    form?.dispatchEvent(new Event("input", { bubbles: true }));
  });

  const undo = (which) => {
    const own = $(`[data-do="${which}"]`);
    if (own) own.click();
    else say(which === "undo" ? "Nothing to undo on this page." : "Nothing to do again.");
  };
  addEventListener("keydown", (event) => {
    const field = event.target.closest?.("input, textarea, select");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form && form.contains(event.target)) {
      const name = event.shiftKey ? "another" : "save";
      const button = $(`button[name="${name}"]`, form) ?? $("button.go", form);
      button?.click();
      event.preventDefault();
      return;
    }
    if (event.key === "Escape") {
      if (field) return;
      if (bar) { drop(); event.preventDefault(); event.stopPropagation(); } else if (press("leave")) { store(null); event.preventDefault(); }
      return;
    }
    if (field?.name === "stance.value" && "+-~0".includes(event.key)) {
      field.value = { "+": "supports", "-": "opposes", "~": "neutral", 0: "" }[event.key];
      field.dispatchEvent(new Event("input", { bubbles: true }));
      event.preventDefault();
      return;
    }
    if (field || event.ctrlKey || event.metaKey || event.altKey || !keysOn()) return;
    const review = $("#judge");
    let does = null;
    if (body) {
      does = {
        w: () => step(words, 1), W: () => step(words, -1), s: () => step(sentences, 1), S: () => step(sentences, -1), x: widen,
        "<": () => edge(-1, 0), ">": () => edge(1, 0), ",": () => edge(0, -1), ".": () => edge(0, 1),
        ...(bar && moving && { Enter: () => { location.href = address(); } }),
        c: () => make("claim"), e: () => make("event") || press("edit"), a: () => make("actor"), r: () => make("relation"),
      }[event.key];
      if (event.shiftKey && chosen) does = { ArrowLeft: () => edge(0, -1), ArrowRight: () => edge(0, 1), ArrowUp: () => edge(-1, 0), ArrowDown: () => edge(1, 0) }[event.key] ?? does;
    } else if (review) {
      does = { a: () => press("accept") || say("As it is, it cannot be accepted."), t: () => press("take"), e: () => press("edit"), r: () => press("reject"), j: () => press("next"), k: () => press("before") }[event.key];
    }
    does ??= { u: () => undo("undo"), U: () => undo("redo") }[event.key];
    if (!does || (event.target.closest?.("a, button") && event.key === "Enter")) return;
    does();
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
})();
