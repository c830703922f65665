// What the keys do; fetched when the first one is pressed.

import { save } from "./acting.js";
import { button, kept, make, own, papers, say } from "./page.js";
import { see } from "./reader.js";

const KEYS = {
  j: "next paper; on a paper’s page, the next of its issue",
  k: "previous paper",
  o: "open it, like Enter",
  a: "open or close its abstract",
  s: "save it, or remove it",
  "/": "search",
  "?": "these keys",
};

/** What each key does: takes the paper that has the focus, if one has. */
export const actions = {
  j: (at) => {
    if (at) see(at);
    step(at, 1);
  },
  k: (at) => step(at, -1),
  o: (at) => at?.link.click(),
  a: (at) => at?.element.querySelector("summary, .unfold")?.click(),
  s: (at) => (at ?? own) && save(at ?? own),
  "/": search,
  "?": help,
};

function step(at, by) {
  if (own) return document.querySelector(by > 0 ? '.near [rel="next"]' : '.near [rel="prev"]')?.click();
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
