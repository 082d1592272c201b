// What comes on top of pages that work without it: keys, the panel in its place, the slider, light and
// dark, and a word when files have changed. It sets texts and moves elements; it makes no HTML.
(() => {
  "use strict";
  const own = document.currentScript;
  const root = document.documentElement;
  const $ = (what, within = document) => within.querySelector(what);
  const all = (what, within = document) => [...within.querySelectorAll(what)];
  const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* off */ } };
  const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const status = $("#status");
  const say = (words) => { if (status) { status.textContent = words; status.classList.toggle("shown", words !== ""); } };

  // Light or dark.
  const theme = $("button.theme");
  if (theme) {
    theme.hidden = false;
    theme.addEventListener("click", () => {
      const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
      const now = root.dataset.theme ?? system;
      root.dataset.theme = now === "dark" ? "light" : "dark";
      keep("annals-theme", root.dataset.theme);
      say(root.dataset.theme === "dark" ? "Dark" : "Light");
    });
  }

  // Keys can be turned off.
  const keysOn = () => (kept("annals-keys") ?? own?.dataset.keys ?? "on") !== "off";
  for (const one of all(".scripted")) one.hidden = false;
  $("#print")?.addEventListener("click", () => print());
  const choice = $("#keys-on");
  if (choice) {
    choice.checked = keysOn();
    choice.addEventListener("change", () => keep("annals-keys", choice.checked ? "on" : "off"));
  }

  // As known on: the list becomes a slider whose stops are its days.
  const form = $("form.asof[data-stops]");
  const list = form && $("select", form);
  let slider = null;
  const go = () => { if (list.value === "") list.name = ""; form.requestSubmit(); };
  if (list) {
    slider = document.createElement("input");
    slider.type = "range";
    slider.id = "as-of-slider";
    slider.min = 0;
    slider.max = list.options.length - 1;
    slider.value = list.selectedIndex;
    const stops = document.createElement("datalist");
    stops.id = "as-of-stops";
    stops.append(...[...list.options].map((_, nth) => Object.assign(document.createElement("option"), { value: nth })));
    if (list.options.length < 40) slider.setAttribute("list", stops.id);
    const words = document.createElement("output");
    words.setAttribute("for", slider.id);
    const show = () => {
      const option = list.options[slider.value];
      words.textContent = option.textContent.replace(" (all)", "");
      slider.setAttribute("aria-valuetext", option.textContent);
    };
    show();
    slider.addEventListener("input", show);
    slider.addEventListener("change", () => { list.selectedIndex = slider.value; go(); });
    slider.addEventListener("dblclick", () => { list.selectedIndex = list.options.length - 1; go(); });
    const label = $("label", form);
    label.htmlFor = slider.id;
    list.hidden = true;
    $("button", form).hidden = true;
    label.after(words, slider, stops);
  }
  const step = (by) => {
    if (!list) return;
    const next = Math.max(0, Math.min(list.options.length - 1, list.selectedIndex + by));
    if (next === list.selectedIndex) return;
    list.selectedIndex = next;
    go();
  };

  // The panel: the page with something else chosen is asked for, and only its panel is taken.
  const rows = () => all("article.row, li.row");
  let asked = null;
  const panel = (address) => {
    const side = $("#side");
    if (!side || !address) return;
    asked?.abort();
    asked = new XMLHttpRequest();
    const own = asked;
    own.open("GET", address);
    own.responseType = "document";
    own.onload = () => {
      const fresh = own.response && own.response.getElementById("side");
      if (own.status !== 200 || !fresh) { location.href = address; return; }
      side.replaceChildren(...[...document.adoptNode(fresh).childNodes]);
      side.scrollTop = 0;
      history.replaceState(null, "", address);
    };
    own.onerror = () => say("Annals has ended, or cannot be reached.");
    own.send();
  };
  const choose = (row, address) => {
    for (const one of rows()) if (one !== row) one.removeAttribute("aria-current");
    row.setAttribute("aria-current", "true");
    row.scrollIntoView({ block: "nearest" });
    panel(address);
  };
  // What is still on its way is not waited for, and the address no longer names the claim.
  const leave = () => {
    asked?.abort();
    const here = new URL(location.href);
    if (!here.searchParams.has("choose")) return;
    here.searchParams.delete("choose");
    history.replaceState(null, "", here);
  };
  const chooser = (row) => $("a.choose", row);
  // Marks of a picture lead to the panel; those of networks have a script of their own.
  const marks = (link) => all(".sheet a[href$='#side']", link?.closest(".sheet") ?? document);
  const chosen = new URLSearchParams(location.search).get("choose");
  for (const one of chosen === null ? [] : marks()) if (new URL(one.getAttribute("href"), location.href).searchParams.get("choose") === chosen) one.setAttribute("aria-current", "true");
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a.choose, .sheet a[href$='#side']");
    if (!link || link.closest("#drawn") || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    if (!$("#side") || matchMedia("(max-width: 1180px)").matches) return;
    event.preventDefault();
    if (link.matches("a.choose")) choose(link.closest(".row"), link.href);
    else {
      const address = link.getAttribute("href");
      for (const one of marks(link)) one.toggleAttribute("aria-current", false);
      for (const one of marks(link)) if (one.getAttribute("href") === address) one.setAttribute("aria-current", "true");
      panel(address);
    }
    link.focus({ preventScroll: true });
  });

  // A stretch of days is drawn on the strip: from the bar where it begins to that where it ends.
  // The strip may come after the page.
  const onStrip = (event) => event.target.closest?.("svg.strip[data-drag]");
  let strip = null;
  let bars = [];
  let drag = null;
  const nearest = (event) => {
    const far = (bar) => { const box = $(".hit", bar).getBoundingClientRect(); return Math.abs(box.x + box.width / 2 - event.clientX); };
    return bars.reduce((best, bar) => (far(bar) < far(best) ? bar : best));
  };
  const ends = () => {
    const [from, to] = [drag.from, drag.to].sort((a, b) => bars.indexOf(a) - bars.indexOf(b));
    return { from, to, edge: (bar, wide) => { const hit = $(".hit", bar); return +hit.getAttribute("x") + (wide ? +hit.getAttribute("width") : 0); } };
  };
  addEventListener("pointerdown", (event) => {
    strip = onStrip(event);
    bars = strip ? all("a:has(.hit)", strip) : [];
    if (event.button !== 0 || event.pointerType === "touch" || bars.length < 2) return;
    drag = { x: event.clientX, from: nearest(event), to: null };
  });
  addEventListener("dragstart", (event) => { if (onStrip(event)) event.preventDefault(); });
  addEventListener("pointermove", (event) => {
    if (!drag || (!drag.to && Math.abs(event.clientX - drag.x) < 6)) return;
    drag.to = nearest(event);
    const { from, to, edge } = ends();
    $(".bracket", strip).setAttribute("d", `M${edge(from) + 4} 2h-5v65h5M${edge(to, true) - 4} 2h5v65h-5`);
  });
  addEventListener("pointerup", () => {
    if (!drag?.to) { drag = null; return; }
    const { from, to } = ends();
    const address = new URL(from.getAttribute("href"), location.href);
    address.searchParams.set("until", new URL(to.getAttribute("href"), location.href).searchParams.get("until"));
    addEventListener("click", (event) => event.preventDefault(), { capture: true, once: true });
    location.href = address;
  });
  const move = (by) => {
    const every = rows();
    if (every.length === 0) return;
    const focused = document.activeElement?.closest?.(".row");
    const now = every.findIndex((row) => row === focused || (!focused && row.hasAttribute("aria-current")));
    const next = every[Math.max(0, Math.min(every.length - 1, now + by))];
    const link = chooser(next) ?? $("a", next);
    link?.focus({ preventScroll: true });
    choose(next, chooser(next)?.href);
  };
  const current = () => document.activeElement?.closest?.(".row") ?? $(".row[aria-current]");
  const copy = async () => {
    const row = current();
    if (!row) return;
    const part = (what) => ($(what, row)?.textContent ?? "").replace(/\s+/g, " ").trim();
    const words = `${part(".say")} (${row.getAttribute("aria-label") ?? ""}; ${part(".src")})`;
    try { await navigator.clipboard.writeText(words); say(`Copied: ${words}`); } catch { say("This browser does not let it be copied."); }
  };

  // Claims that are marked become a document.
  const pick = () => { current()?.classList.toggle("marked"); say(`${all(".row.marked").length} marked; d makes a document of them.`); };
  const papers = () => {
    const to = new URLSearchParams(location.search);
    for (const own of ["start", "choose", "view", "all", "counts"]) to.delete(own);
    for (const row of all(".row.marked[id]")) to.append("only", decodeURIComponent(row.id.slice(2)));
    if (to.has("only")) location.href = `/document?${to}`; else say("Nothing is marked: m marks a claim.");
  };

  // Marks in a text.
  const mark = (by) => {
    const marks = all(".txtbody a.c");
    if (marks.length === 0) return;
    const now = marks.indexOf(document.activeElement);
    marks[(now + by + marks.length) % marks.length].focus();
  };

  // The next paragraph of a text of which no record rests on anything.
  const bare = () => {
    const paras = all(".txtbody .txt").filter((para) => para.textContent.trim() !== "" && !$("a.c", para));
    if (paras.length === 0) return;
    const below = paras.find((para) => para.getBoundingClientRect().top > 140);
    const next = below ?? paras[0];
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
    say(below ? "" : "From the beginning.");
  };

  let wantsPage = false;
  addEventListener("keydown", (event) => {
    const field = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "Escape") {
      if (field) { field.blur(); return; }
      const open = $("details.and[open]");
      if (open) { open.open = false; $("summary", open).focus(); return; }
      const row = $(".row[aria-current]");
      const chosen = $(".sheet a[aria-current]");
      if (chosen) { leave(); chosen.removeAttribute("aria-current"); chosen.focus(); }
      if (row) { leave(); row.removeAttribute("aria-current"); (chooser(row) ?? $("a", row))?.focus(); }
      return;
    }
    if (field || event.ctrlKey || event.metaKey || event.altKey || !keysOn()) return;
    if (wantsPage) {
      wantsPage = false;
      const link = $(`[data-key="${CSS.escape(event.key)}"]`);
      const other = { o: "/", n: "/changes", d: "/document", k: "/keys" }[event.key];
      if (link) link.click(); else if (other) location.href = other;
      return;
    }
    const press = $(`[data-press="${CSS.escape(event.key)}"]`);
    if (press && !$(".row.marked")) { press.click(); event.preventDefault(); return; }
    const way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = way && event.target.closest?.(".sheet a");
    if (at) {
      const every = marks(at);
      (every[every.indexOf(at) + way] ?? at).focus();
      event.preventDefault();
      return;
    }
    const does = {
      "/": () => $(".find input")?.focus(),
      g: () => { wantsPage = true; setTimeout(() => { wantsPage = false; }, 1500); },
      "[": () => step(-1),
      "]": () => step(1),
      "?": () => { location.href = "/keys"; },
      j: () => move(1),
      k: () => move(-1),
      c: copy,
      m: pick,
      d: papers,
      e: () => { const row = $(".say a[href^='/record/'], .say a[href*='choose=']", current() ?? document); const id = row && (new URL(row.href).searchParams.get("choose") ?? decodeURIComponent(new URL(row.href).pathname.split("/")[2])); if (id && $("[data-writes]")) location.href = `/record/${encodeURIComponent(id)}/edit`; },
      f: () => $("#narrow a, #narrow input")?.focus(),
      o: () => bare(),
      t: () => $(".src a[href^='/texts/']", current() ?? document)?.click(),
      n: () => mark(1),
      N: () => mark(-1),
    }[event.key];
    if (does) { does(); event.preventDefault(); }
  });

  // Empty fields ask nothing.
  addEventListener("submit", (event) => {
    if (event.target.method !== "get") return;
    for (const field of all("input[name], select[name]", event.target)) {
      if (field.value === "" && field.type !== "hidden") field.disabled = true;
    }
    setTimeout(() => { for (const field of all(":disabled", event.target)) field.disabled = false; });
  });

  // Names are completed from two letters on: those that begin so are asked for, and fill the field's list.
  let naming = null;
  addEventListener("input", (event) => {
    const field = event.target;
    if (!field.matches?.("input") || event.inputType === "insertReplacementText") return;
    let list = field.list;
    const kinds = field.dataset.kinds ?? (list?.dataset.part && list.id.replace("names-", ""));
    clearTimeout(naming);
    if (!kinds || field.value.trim().length < 2) return;
    naming = setTimeout(async () => {
      const asked = field.value;
      try {
        const answer = await fetch(`/names?${new URLSearchParams({ kinds, begun: asked })}`, { credentials: "same-origin" });
        if (!answer.ok || field.value !== asked) return;
        if (!list) {
          list = document.createElement("datalist");
          list.id = `complete-${field.id}`;
          field.after(list);
          field.setAttribute("list", list.id);
        }
        list.replaceChildren(...(await answer.json()).map(([id, name]) => Object.assign(document.createElement("option"), field.name === "words" ? { value: name } : { value: id, label: name })));
      } catch { /* what is typed stays */ }
    }, 120);
  });

  // Long lists of values are narrowed as one types.
  for (const facet of all(".facet")) {
    const values = all("li", facet);
    if (values.length < 12) continue;
    const filter = document.createElement("input");
    filter.type = "search";
    filter.setAttribute("aria-label", `Narrow: ${$("h2", facet).textContent}`);
    filter.addEventListener("input", () => {
      const words = filter.value.toLocaleLowerCase();
      for (const value of values) value.hidden = !value.textContent.toLocaleLowerCase().includes(words);
    });
    $("h2", facet).after(filter);
  }

  // What takes a while comes after the page: those parts of another page take its place.
  const late = new Map();
  for (const later of all("[data-later]")) {
    const address = later.dataset.later;
    late.set(address, [...late.get(address) ?? [], later]);
  }
  for (const [address, parts] of late) {
    const asked = new XMLHttpRequest();
    asked.open("GET", address);
    asked.responseType = "document";
    for (const part of parts) part.setAttribute("aria-busy", "true");
    asked.onloadend = () => {
      for (const part of parts) {
        part.removeAttribute("aria-busy");
        const fresh = asked.status === 200 ? asked.response?.getElementById(part.id) : null;
        if (fresh) part.replaceWith(document.adoptNode(fresh));
      }
    };
    asked.send();
  }

  // Files that change are told of; nothing changes by itself.
  const version = own?.dataset.version;
  if (version) {
    const look = async () => {
      if (!document.hidden) {
        try {
          const answer = await fetch("/now", { credentials: "same-origin" });
          if (answer.ok && (await answer.text()).trim() !== version) {
            say("The files have changed. Load the page again to see it.");
            return;
          }
        } catch { say("Annals has ended, or cannot be reached."); }
      }
      setTimeout(look, 3000);
    };
    setTimeout(look, 3000);
  }
})();
