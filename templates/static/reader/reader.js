// What a page does for its reader. It is stored on the device only, and no page needs it.

import { isNew, keyOf, looked } from "./deciding.js";
import { LISTS } from "./kept.js";
import { below, button, findPapers, kept, make, own, papers, say } from "./page.js";

const tools = document.querySelector(".head .tools");
const [kind, place, deeper] = below(location.origin + location.pathname);
const theme = kind === "themes" && place !== "unsorted" ? place : "";

// Showing what is stored

/** Shows what is stored of the papers of the page. */
export function show() {
  const settings = kept.read("settings");
  const seen = new Set(kept.read("seen"));
  const saved = new Set(kept.read("saved").map(({ slug }) => slug));
  const mixed = papers.some(({ element, issue }) => !isNew(issue, settings.since) && !element.closest("#again")); // or all are
  for (const { element, link, slug, title, issue } of papers) {
    const old = seen.has(slug);
    const fresh = !old && isNew(issue, settings.since);
    element.classList.toggle("seen", old);
    element.classList.toggle("new", fresh);
    const marks = old ? "Seen" : fresh && mixed ? "New" : "";
    link.dataset.marks = [marks, saved.has(slug) && "Saved"].filter(Boolean).join(" · ");
    mark(element, title, marks, saved.has(slug) ? "Saved" : "Save");
  }
  hide(settings);
  document.documentElement.dataset.list = settings.list;
  for (const one of lists.children) one.setAttribute("aria-pressed", one.value === settings.list);
  mute.textContent = settings.themes[theme] ? "Unmute this theme" : "Mute this theme";
  keep.textContent = saved.has(own?.slug) ? "Saved: remove it" : "Save";
}

// The facts line begins with the marks and ends with a button that saves the paper.
function mark(element, title, marks, words) {
  const line = element.querySelector(".facts") ?? make("p", { className: "facts bare" });
  if (!line.isConnected) element.querySelector("details, .unfold")?.before(line);
  const save = line.querySelector(".save") ?? make("button", { type: "button", className: "save" });
  save.textContent = words;
  save.setAttribute("aria-label", `${words}: ${title}`);
  if (!save.isConnected) line.append(" ", save);
  line.dataset.marks = marks;
}

// Fetched if anything is muted; early.js hides papers until then.
async function hide({ themes: { [theme]: _, ...themes }, words }) {
  const mutes = { themes, words };
  if (hiding || words.length || Object.keys(themes).length) (await (hiding ??= import("./hiding.js"))).hideMuted(mutes);
  document.adoptedStyleSheets = [];
}

let hiding;

/** Shows what is stored of the papers of a list that has changed. */
export function refresh() {
  if (!kept) return;
  findPapers();
  show();
  comeBack();
}

// What the buttons and keys do

/** Stores what `how` makes of a value; tells the reader if the device has no room. Returns whether it did. */
export function change(name, how) {
  const done = kept.change(name, how);
  show();
  if (!done) alert("This device has no room to keep that.");
  return done;
}

/** Marks a paper as seen. */
export function see({ slug }) {
  kept.change("seen", (seen) => [...seen.filter((one) => one !== slug), slug]);
  show();
}

const act = (what, ...rest) => import("./acting.js").then((acting) => acting[what](...rest));
const keep = button("", () => act("save", own));
const mute = button("", () => act("mute", theme));
const lists = make("span", { className: "lists", role: "group" });
lists.setAttribute("aria-label", "How much lists show");
for (const list of LISTS) {
  if (list === "abstracts" && !document.querySelector("article > :is(details, .unfold)")) continue;
  const choose = button(list[0].toUpperCase() + list.slice(1), () => act("showMuch", list));
  choose.value = list;
  lists.append(choose);
}

function click(event) {
  const at = event.target.closest("article > .title > a, .save, .unfold");
  const paper = papers.find(({ element }) => element.contains(at));
  if (!paper || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (at.matches(".save")) act("save", paper);
  else if (at.matches(".unfold")) {
    event.preventDefault();
    act("unfold", at);
  } else if (at.matches(":focus-visible")) history.replaceState({ ...history.state, at: paper.slug }, "");
}

// After Back the focus is where it was, if keys had put it there.
function comeBack() {
  const paper = papers.find(({ slug }) => slug === history.state?.at);
  if (document.activeElement === document.body) paper?.link.focus();
}

let keys;

async function press(key) {
  keys ??= import("./keys.js").catch(() => (keys = null)); // one promise: keys act in order
  (await keys)?.actions[key](papers.find(({ element }) => element.contains(document.activeElement)));
}

function keydown(event) {
  const writing = event.composedPath()[0].matches?.("input, textarea, select, [contenteditable]");
  const key = keyOf(event, writing || document.querySelector("dialog[open]"));
  if (!key || !kept.read("settings").keys) return;
  event.preventDefault();
  press(key);
}

// Start

if (document.querySelector("[data-copy]")) import("./copying.js").catch(() => {}); // else these stay hidden

if (kept) {
  const newest = papers.map(({ issue }) => issue).sort().at(-1) ?? "";
  const { list } = (kept.change("settings", (settings) => looked(settings, Date.now(), newest)), kept.read("settings"));
  if (own) {
    see(own);
    tools?.append(keep);
  }
  if (papers.length) tools?.append(lists);
  if (theme && !deeper) tools?.append(mute);
  tools?.append(Object.assign(button("Keys: ?", () => press("?")), { className: "hint" }));
  if (list === "abstracts") act("openAbstracts", true);
  show();
  comeBack();
  addEventListener("click", click);
  addEventListener("keydown", keydown);
  addEventListener("storage", show); // another tab
  addEventListener("pageshow", (event) => event.persisted && show()); // Back
}
