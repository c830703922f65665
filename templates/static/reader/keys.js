// What the keys do; fetched when the first one is pressed.

import { KEYS } from "./deciding.js";
import { button, kept, make, own, papers, say } from "./page.js";

/** What each key does: takes the paper that has the focus, if one has, and the page's functions `save` and `see`. */
export const actions = {
  j: (at, { see }) => {
    if (at) see(at);
    step(at, 1);
  },
  k: (at) => step(at, -1),
  o: (at) => at?.link.click(),
  s: (at, { save }) => (at ?? own) && save(at ?? own),
  "/": search,
  "?": help,
};

function step(at, by) {
  const shown = papers.filter(({ element }) => !element.hidden);
  const first = shown.findIndex(({ element }) => element.getBoundingClientRect().bottom > 0);
  const next = shown[at ? shown.indexOf(at) + by : first];
  next?.link.focus({ preventScroll: true });
  next?.element.scrollIntoView({ block: "nearest" });
}

function search() {
  const field = document.querySelector('main :is(input[type="search"], input[type="text"])');
  if (field) field.focus();
  else document.querySelector('.sections [href$="search/"]')?.click();
}

/** A table of the keys, and what each does. */
export function keyTable() {
  const rows = Object.entries(KEYS).flatMap(([key, does]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, does)]);
  return make("dl", { className: "keys" }, ...rows);
}

function help() {
  const off = button("Switch the keys off", () => {
    kept.change("settings", (settings) => ({ ...settings, keys: false }));
    sheet.close();
    say("The keys are off. My reading switches them on.");
  });
  const close = button("Close (Esc)", () => sheet.close());
  const foot = make("p", { className: "sum" }, close, " ", off);
  const sheet = make("dialog", { onclose: () => sheet.remove() }, make("h2", { className: "label" }, "Keys"), keyTable(), foot);
  sheet.setAttribute("aria-label", "Keys");
  document.body.append(sheet);
  sheet.showModal();
}
