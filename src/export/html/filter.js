"use strict";
(() => {
  const form = document.getElementById("filter");
  const field = form.querySelector("input");
  const told = form.querySelector("output");
  const rows = [...document.querySelectorAll("[data-row]")].map((row) => [row, row.textContent.toLowerCase()]);
  const groups = [...document.querySelectorAll("[data-group]")];
  const filter = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [row, text] of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      shown += row.hidden ? 0 : 1;
    }
    for (const group of groups) {
      group.hidden = group.querySelector("[data-row]:not([hidden])") === null;
    }
    told.textContent = words.length === 0 ? "" : `${shown} of ${rows.length} shown`;
  };
  field.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  if (field.value !== "") filter();
})();
