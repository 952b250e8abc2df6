"use strict";
const body = document.querySelector(".photos tbody");
const by = document.getElementById("by");
const buttons = [...document.querySelectorAll(".photos th button")];
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
let last = "given";
let turn = 1;
function sort(key) {
  turn = key === last ? -turn : 1;
  last = key;
  const value = (row) => row.getAttribute("data-" + key);
  const rows = [...body.rows].map((row) => [value(row), row]);
  // what was not measured stands last, whichever way the others run
  rows.sort(([a], [b]) => (a === null) - (b === null) || turn * collate(a, b));
  body.append(...rows.map(([, row]) => row));
  by.value = key;
  for (const button of buttons) {
    const way = button.value !== key ? "none" : turn > 0 ? "ascending" : "descending";
    button.parentElement.setAttribute("aria-sort", way);
  }
}
function collate(a, b) {
  const [x, y] = [Number(a), Number(b)];
  return Number.isNaN(x) || Number.isNaN(y) ? collator.compare(a ?? "", b ?? "") : x - y;
}
document.body.classList.add("sortable");
by.addEventListener("change", () => sort(by.value));
for (const button of buttons) {
  button.disabled = false;
  button.addEventListener("click", () => sort(button.value));
}
