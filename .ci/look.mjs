// What is wrong with where text stands in the pictures of a page, to be run in the page itself. The
// node of a text is the group around it; its box is the first form drawn in the group.
export function look() {
  const GIVE = 1;
  const all = { faults: [], texts: 0, nodes: 0, pictures: 0 };
  for (const root of document.querySelectorAll("svg.annals")) {
    const { faults, texts, nodes } = of(root);
    all.faults.push(...faults);
    all.texts += texts;
    all.nodes += nodes;
    all.pictures += 1;
  }
  return all;

  function of(root) {
    const faults = [];
    const whole = { x: 0, y: 0, width: root.viewBox.baseVal.width, height: root.viewBox.baseVal.height };
    const within = (inner, outer) =>
      inner.x >= outer.x - GIVE &&
      inner.y >= outer.y - GIVE &&
      inner.x + inner.width <= outer.x + outer.width + GIVE &&
      inner.y + inner.height <= outer.y + outer.height + GIVE;
    const texts = [...root.querySelectorAll("text")];
    for (const text of texts) {
      const box = text.getBBox();
      const part = text.closest("g");
      if (!part || !part.id) faults.push(`no part has the text “${text.textContent}”`);
      if (!within(box, whole)) faults.push(`${part?.id}: “${text.textContent}” leaves the picture`);
    }
    const nodes = [...root.querySelectorAll("g.node")];
    for (const node of nodes) {
      const forms = [...node.querySelectorAll(":scope > rect, :scope > path, :scope > ellipse")];
      if (forms.length > 0) {
        // The first form drawn is the node's own.
        const box = forms[0].getBBox();
        // On a timeline words that do not fit into their mark stand beside it: in it or out of it, whole.
        const beside = (words) =>
          root.classList.contains("timeline") &&
          (words.x >= box.x + box.width - GIVE ||
            words.x + words.width <= box.x + GIVE ||
            words.y >= box.y + box.height - GIVE ||
            words.y + words.height <= box.y + GIVE);
        for (const text of node.querySelectorAll("text")) {
          const words = text.getBBox();
          if (text.textContent.length === 1) {
            // The line of a sign alone is higher than its ink: of its height the middle counts.
            words.y += words.height / 2;
            words.height = 0;
          }
          if (!within(words, box) && !beside(words)) faults.push(`${node.id}: “${text.textContent}” leaves its box`);
        }
      }
      const reached = node.tabIndex === 0 || node.parentElement.localName === "a";
      if (!reached) faults.push(`${node.id} cannot be reached by key`);
      if (!node.querySelector(":scope > title")?.textContent) faults.push(`${node.id} has no words`);
    }
    const boxes = texts.map((text) => [text, text.getBoundingClientRect()]);
    boxes.sort((a, b) => a[1].top - b[1].top);
    for (const [nth, [text, box]] of boxes.entries()) {
      for (const [other, beside] of boxes.slice(nth + 1)) {
        // Lines of one text stand closer than their fonts are high.
        if (beside.top >= box.bottom - 4) break;
        if (beside.left < box.right - GIVE && box.left < beside.right - GIVE) {
          faults.push(`“${text.textContent}” lies on “${other.textContent}”`);
        }
      }
    }
    return { faults, texts: texts.length, nodes: nodes.length };
  }
}
