// What a page does for its reader. It is stored on the device only, and no page needs it.

import { isMuted, isNew, keyOf, looked } from "./deciding.js";
import { LISTS } from "./kept.js";
import { below, button, kept, make, own, papers, say } from "./page.js";

const FULL = "This device has no room to keep that.";
const tools = document.querySelector(".head .tools");
const [kind, place, deeper] = below(location.origin + location.pathname);
const theme = kind === "themes" && place !== "unsorted" ? place : "";

// Showing what is stored

const opened = new Set(); // lists that show their muted papers

function show() {
  const settings = kept.read("settings");
  const seen = new Set(kept.read("seen"));
  const saved = new Set(kept.read("saved").map(({ slug }) => slug));
  const mixed = papers.some(({ element, issue }) => !isNew(issue, settings.since) && !element.closest("#again")); // or all are
  for (const { element, link, slug, issue } of papers) {
    const old = seen.has(slug);
    const fresh = !old && isNew(issue, settings.since);
    element.classList.toggle("seen", old);
    element.classList.toggle("new", fresh);
    link.dataset.marks = [old && "Seen", fresh && mixed && "New", saved.has(slug) && "Saved"].filter(Boolean).join(" · ");
    mark(link, element.querySelector(".facts") ?? undefined);
  }
  hideMuted(settings);
  document.documentElement.dataset.list = settings.list;
  for (const one of lists.children) one.setAttribute("aria-pressed", one.value === settings.list);
  mute.textContent = settings.themes[theme] ? "Unmute this theme" : "Mute this theme";
  keep.textContent = saved.has(own?.slug) ? "Saved: remove it" : "Save";
}

function mark(link, facts = make("p", { className: "facts" })) {
  const { marks } = link.dataset;
  const bare = !facts.hasChildNodes(); // the paper has no facts
  facts.dataset.marks = marks && !bare ? `${marks} · ` : marks;
  if (bare && marks) link.parentElement.after(facts);
  else if (bare) facts.remove();
}

function hideMuted({ themes: { [theme]: _, ...themes }, words }) {
  for (const list of new Set(papers.map(({ element }) => element.parentElement))) {
    const muted = papers.filter((one) => one.element.parentElement === list && isMuted(one, { themes, words }));
    for (const one of list.querySelectorAll(":scope > article")) one.hidden = false;
    for (const { element } of muted) element.hidden = !opened.has(list);
    list.querySelector(":scope > .muted")?.remove();
    if (muted.length) list.append(mutedLine(list, muted.length));
  }
  document.adoptedStyleSheets = []; // early.js hid some
}

function mutedLine(list, number) {
  const open = opened.has(list);
  const turn = button(open ? "hide" : "show", () => {
    opened[open ? "delete" : "add"](list);
    show();
    list.querySelector(":scope > .muted > button").focus();
  });
  return make("p", { className: "sum muted" }, `${number} ${open ? "muted" : "hidden by your mutes"}: `, turn);
}

// What the buttons and keys do

function change(how) {
  const done = kept.change("settings", (settings) => ({ ...settings, ...how(settings) }));
  show();
  if (!done) say(FULL);
}

/** Marks a paper as seen. */
function see({ slug }) {
  kept.change("seen", (seen) => [...seen.filter((one) => one !== slug), slug]);
  show();
}

/** Puts a paper on the reading list, or takes it off. */
function save(paper) {
  const held = kept.read("saved").find(({ slug }) => slug === paper.slug);
  if (held?.note && !confirm("Your note goes with it. Remove it?")) return;
  const without = (list) => list.filter(({ slug }) => slug !== paper.slug);
  const done = kept.change("saved", (list) => (held ? without(list) : [paper, ...list]));
  show();
  say(!done ? FULL : held ? "No longer saved." : "Saved.");
}

const keep = button("", () => save(own));

const mute = button("", () =>
  change(({ themes: { [theme]: muted, ...others } }) => ({
    themes: muted ? others : { ...others, [theme]: document.querySelector("h1").textContent },
  })),
);

const lists = make("span", { className: "lists", role: "group" });
lists.setAttribute("aria-label", "How much lists show");
for (const list of LISTS) {
  if (list === "abstracts" && !document.querySelector("article > details")) continue;
  const choose = button(list[0].toUpperCase() + list.slice(1), () => {
    change(() => ({ list }));
    openAbstracts(list === "abstracts");
  });
  choose.value = list;
  lists.append(choose);
}

function openAbstracts(open) {
  for (const abstract of document.querySelectorAll("article > details")) abstract.open = open;
}

let keys;

async function press(event) {
  const writing = event.composedPath()[0].matches?.("input, textarea, select, [contenteditable]");
  const key = keyOf(event, writing || document.querySelector("dialog[open]"));
  if (!key || !kept.read("settings").keys) return;
  event.preventDefault();
  keys ??= import("./keys.js").catch(() => (keys = null)); // one promise: keys act in order
  (await keys)?.actions[key](papers.find(({ element }) => element.contains(document.activeElement)), { save, see });
}

// Start

if (document.querySelector("[data-copy]")) import("./copying.js").catch(() => {}); // else these stay hidden

if (kept) {
  const newest = papers.map(({ issue }) => issue).sort().at(-1) ?? "";
  kept.change("settings", (settings) => looked(settings, Date.now(), newest));
  if (own) {
    see(own);
    tools?.append(keep);
  }
  if (papers.length) tools?.append(lists);
  if (theme && !deeper) tools?.append(mute);
  if (kept.read("settings").list === "abstracts") openAbstracts(true);
  show();
  addEventListener("keydown", press);
  addEventListener("storage", show); // another tab
  addEventListener("pageshow", (event) => event.persisted && show()); // Back
}
