// The desk: a list of papers, worked by keys. Each edit is written to its record at once; the server answers with the
// record as it is now, which is what is shown.

import { onChange } from "/-/changes.js";

const $ = (id) => document.getElementById(id);
const token = document.querySelector('meta[name="desk-token"]').content;
const shown = { list: "unsorted", state: "any" };
let choosable = { lists: [], themes: [], states: [] };
let papers = [];
let number = 0; // of the list, as the server knows it
let asked = 0; // papers of the list that were asked for
let total = 0;
let current = 0;
let isFresh = true; // whether no key has been pressed since the list was loaded

// Numbers of the edits of this tab, the last one last; the server that knows them has the token.
const kept = `desk:${token}`;
const edits = JSON.parse(sessionStorage.getItem(kept)) ?? [];
const keepEdits = () => sessionStorage.setItem(kept, JSON.stringify(edits));

// What an editor typed for a record that had changed, by path and field, so that it is not lost.
const drafts = new Map();

// Asking the server

async function get(address) {
  try {
    const answer = await fetch(address);
    if (answer.ok) return await answer.json();
  } catch {
    // what follows says so
  }
  say("The server does not answer. Is `broadsheet serve` still running?");
  return null;
}

async function load() {
  const found = await get(`papers?${new URLSearchParams(shown)}`);
  if (!found) return;
  papers = [];
  current = 0;
  isFresh = true;
  add(found);
  if (!found.is_learning) return;
  const again = await get(`papers?${new URLSearchParams({ number: found.number, wait: "yes" })}`);
  if (!again || again.number !== number) return;
  const suggested = new Map(again.papers.map(({ path, suggestions }) => [path, suggestions]));
  const keep = isFresh ? null : papers[current]; // its digits must not change under the editor's hands
  papers = papers.map((paper) => (paper === keep ? paper : { ...paper, suggestions: suggested.get(paper.path) ?? [] }));
  draw();
}

async function loadMore() {
  const found = await get(`papers?${new URLSearchParams({ number, from: asked })}`);
  if (found) add(found);
}

function add(found) {
  choosable = found;
  ({ number, asked, total } = found);
  papers = [...papers, ...found.papers];
  draw();
}

async function post(what, body) {
  const headers = { "X-Desk-Token": token, "Content-Type": "application/json" };
  try {
    const answer = await fetch(what, { method: "POST", headers, body: JSON.stringify(body) });
    return { status: answer.status, ...(await answer.json()) };
  } catch {
    return { problem: "Not saved: the server does not answer. Is `broadsheet serve` still running?" };
  }
}

// Writes go one after the other: each needs the version of the record that the one before it gave.
let waiting = Promise.resolve();
function queue(write) {
  waiting = waiting.then(write);
  return waiting;
}

// Set a field of a record to what `valueOf` makes of it as it is then. `seen` is the record as the editor saw it when
// the text was begun: what was saved elsewhere since is not overwritten.
function edit(field, valueOf, seen = null) {
  const { path } = seen ?? papers[current];
  say("");
  return queue(async () => {
    const now = papers.find((paper) => paper.path === path);
    if (!now) return;
    const value = valueOf(now);
    const refuse = (problem, isThere) => {
      const isText = typeof value === "string";
      if (isText) drafts.set(`${path} ${field}`, value);
      const wanted = `ou wanted: ${field} ${JSON.stringify(value)}${isText ? ` (${field[0]} goes on with it)` : ""}`;
      say(isThere ? `${problem} This is how it is now; y${wanted}` : `${problem} Y${wanted}`);
    };
    const changed = (found) =>
      seen && JSON.stringify(seen[field]) !== JSON.stringify(found[field])
        ? `The ${field} was changed elsewhere, to ${JSON.stringify(found[field])}.`
        : "";
    if (changed(now)) return refuse(changed(now), true);
    const done = await post("edit", { path, version: now.version, field, value });
    take(done);
    const isThere = done.status === 409 && done.paper;
    if (done.problem) refuse((isThere && changed(done.paper)) || done.problem, isThere);
  });
}

function undo() {
  say("");
  return queue(async () => {
    const last = edits.pop();
    keepEdits();
    if (last === undefined) return say("There is nothing to undo.");
    const done = await post("undo", last);
    const place = papers.findIndex((paper) => paper.path === done.paper?.path);
    if (place >= 0) current = place;
    take(done);
  });
}

function take(done) {
  if (done.problem) say(done.problem);
  if (done.edit) {
    edits.push(done.edit);
    keepEdits();
  }
  if (done.paper) replace(done.paper);
}

function replace(now) {
  const place = papers.findIndex((paper) => paper.path === now.path);
  if (place < 0) return;
  papers[place] = { ...now, suggestions: papers[place].suggestions };
  draw();
}

// What was saved elsewhere, in a text editor or on another desk, is shown once its paper is the current one.
let isStale = new Set();

function refresh() {
  const { path, version } = papers[current] ?? {};
  if (!isStale.delete(path)) return;
  queue(async () => {
    const found = await get(`paper?${new URLSearchParams({ path })}`);
    const paper = papers.find((other) => other.path === path);
    if (!found || !paper) return;
    if (!found.paper) replace({ ...paper, isGone: true });
    else if (found.paper.version !== version || paper.isGone) replace(found.paper);
  });
}

onChange(() => {
  isStale = new Set(papers.map((paper) => paper.path));
  refresh();
});

// Drawing

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const titles = () => new Map(choosable.themes);

// The themes of a paper as its digits name them: those that are suggested first.
function choices(paper) {
  const suggested = paper.suggestions.map(([slug]) => slug);
  const others = choosable.themes.map(([slug]) => slug).filter((slug) => !suggested.includes(slug));
  return [...suggested, ...others].filter((slug) => titles().has(slug)).map((slug) => [slug, titles().get(slug)]);
}

const GONE = "This record is gone, or cannot be read: `broadsheet check` says why.";
const isDone = (paper) => paper.themes.length > 0 || paper.hide || paper.isGone;

function count() {
  const all = total === 1 ? "1 paper" : `${total} papers`;
  const done = papers.filter(isDone).length;
  return shown.list === "unsorted" && done ? `${total - done} of ${all} left` : all;
}

function draw() {
  $("papers").replaceChildren(...papers.map(row));
  $("count").textContent = count();
  $("list").lastElementChild.textContent = new Map(choosable.lists).get(shown.list) ?? shown.list;
  $("state").lastElementChild.textContent = shown.state;
  $("more").hidden = asked >= total;
  $("empty").hidden = papers.length > 0;
  const isInbox = shown.list === "unsorted" && shown.state === "any";
  $("empty").textContent = isInbox ? "The inbox is empty: every paper has a theme." : "No papers here.";
  show();
}

function row(paper, place) {
  const isCurrent = place === current;
  const state = isCurrent ? { "aria-current": "true", tabindex: "-1" } : { class: isDone(paper) ? "done" : undefined };
  const title = element("button", { type: "button", tabindex: "-1" }, paper.headline || paper.title);
  title.onclick = () => go(place);
  const item = element("li", state, element("h2", {}, title), element("p", { class: "facts" }, ...facts(paper)));
  if (!isCurrent) return item;
  item.append(chooser(paper));
  for (const html of paper.abstract) {
    const paragraph = element("p", { class: "abstract" });
    paragraph.innerHTML = html; // the server's own: escaped as on the site's pages
    item.append(paragraph);
  }
  return item;
}

function facts(paper) {
  if (paper.isGone) return [element("span", { class: "state" }, GONE)];
  const states = [
    ...paper.themes.map((slug) => titles().get(slug) ?? slug),
    ...(paper.pick ? ["pick"] : []),
    ...(paper.note ? ["note"] : []),
    ...(paper.headline ? ["headline"] : []),
    ...(paper.hide ? ["hidden"] : []),
    ...(paper.draft ? ["draft"] : []),
    ...paper.tags.map((tag) => `#${tag}`),
  ];
  const first = states.length ? [element("span", { class: "state" }, states.join(", ")), " · "] : [];
  return [...first, paper.facts];
}

function chooser(paper) {
  const list = element("ul", { class: "choice", "aria-label": "Themes" });
  choices(paper)
    .slice(0, 9)
    .forEach(([slug, title], index) => {
      const [, chance, words] = paper.suggestions.find(([suggested]) => suggested === slug) ?? [];
      const button = element("button", { type: "button", "aria-pressed": String(paper.themes.includes(slug)) });
      button.append(element("kbd", {}, String(index + 1)), ` ${title}`);
      if (chance) button.append(element("span", { class: "chance" }, ` ${chance} %`));
      if (words) button.title = `Suggested by: ${words.join(", ")}`;
      button.onclick = () => setTheme(slug);
      list.append(element("li", {}, button));
    });
  return list;
}

function show() {
  const paper = papers[current];
  const item = document.querySelector("#papers > [aria-current]");
  const overflows = item?.offsetHeight > Math.min($("main").clientHeight, innerHeight);
  if (current === 0) [$("main"), document.documentElement].forEach((scroller) => scroller.scrollTo(0, 0));
  else item?.scrollIntoView({ block: overflows ? "start" : "nearest" });
  const isElsewhere = document.activeElement !== document.body && document.activeElement.closest("header, dialog");
  if (!isElsewhere) item?.focus({ preventScroll: true }); // so that Space scrolls, and readers of the screen hear it
  const address = paper && !paper.hide && !paper.draft ? paper.href : "about:blank";
  if (matchMedia("(min-width: 70rem)").matches && $("page").getAttribute("src") !== address) $("page").src = address;
}

async function go(place) {
  say("");
  if (place >= papers.length && asked < total) await loadMore();
  if (place < 0 || place >= papers.length) return;
  current = place;
  document.activeElement.blur();
  draw();
  refresh();
}

function say(text) {
  $("message").textContent = text;
}

// Deciding

function setTheme(slug, further = false) {
  return edit("themes", ({ themes: had }) => {
    const others = had.filter((other) => other !== slug);
    if (further) return had.includes(slug) ? others : [...had, slug];
    return had[0] === slug ? others : [slug, ...others];
  });
}

// Ask for text in the dialog: a line, or several. `changed` is called as it is typed; the promise gives the text, or
// null if the editor cancels.
function ask({ title, text = "", help = "", save = "Save", lines = false, changed = () => {} }) {
  const [field, other] = lines ? [$("text"), $("line")] : [$("line"), $("text")];
  field.hidden = false;
  other.hidden = true;
  $("dialog-title").textContent = title;
  $("dialog-help").textContent = help;
  $("save").textContent = `${save} (${lines ? "Ctrl+Enter" : "Enter"})`;
  $("preview").replaceChildren();
  $("matches").replaceChildren();
  field.value = text;
  field.oninput = () => changed(field.value);
  $("dialog").returnValue = "";
  $("dialog").showModal();
  field.focus();
  changed(text);
  return new Promise((resolve) => {
    $("dialog").onclose = () => resolve($("dialog").returnValue === "save" ? field.value : null);
  });
}

// Ask for one of [name, title] by typing a part of its title; arrows choose among those that fit.
async function askOne(title, options, help = "") {
  let fitting = [];
  let chosen = 0;
  const draw = () => {
    const items = fitting.map(([, label], index) =>
      element("li", { role: "option", id: `match-${index}`, "aria-selected": String(index === chosen) }, label),
    );
    items.forEach((item, index) => {
      item.onclick = () => {
        chosen = index;
        $("dialog").close("save");
      };
    });
    $("matches").replaceChildren(...(items.length ? items : ["Nothing fits."]));
    $("line").setAttribute("aria-activedescendant", `match-${chosen}`);
    items[chosen]?.scrollIntoView({ block: "nearest" });
  };
  const changed = (text) => {
    const sought = text.replace(/^\+/, "").trim().toLowerCase();
    const places = new Map(options.map((option) => [option, option[1].toLowerCase().indexOf(sought)]));
    fitting = options.filter((option) => places.get(option) >= 0);
    if (sought) fitting.sort((one, other) => Math.sign(places.get(one)) - Math.sign(places.get(other)));
    chosen = 0;
    draw();
  };
  $("line").onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !fitting.length) return;
    event.preventDefault();
    chosen = (chosen + step + fitting.length) % fitting.length;
    draw();
  };
  const combobox = { role: "combobox", "aria-expanded": "true", "aria-controls": "matches" };
  for (const [name, value] of Object.entries(combobox)) $("line").setAttribute(name, value);
  const text = await ask({ title, help, save: "Choose", changed });
  $("line").onkeydown = null;
  for (const name of [...Object.keys(combobox), "aria-activedescendant"]) $("line").removeAttribute(name);
  return text === null || !fitting.length ? null : { name: fitting[chosen][0], text };
}

async function askTheme() {
  const options = choices(papers[current]);
  if (!options.length) return say("There are no themes yet: write some into content/themes.yaml.");
  const found = await askOne("Theme", options, "Begin with + for a further theme.");
  if (found) setTheme(found.name, found.text.startsWith("+"));
}

async function askList(what, title, options) {
  const found = await askOne(title, options);
  if (!found) return;
  shown[what] = found.name;
  say("");
  load();
}

function draftOr(field, text) {
  const key = `${papers[current].path} ${field}`;
  const draft = drafts.get(key);
  drafts.delete(key);
  return draft ?? text;
}

async function askNote() {
  let asking = 0;
  const preview = async (text) => {
    const mine = ++asking;
    const { html, problem } = await post("preview", text);
    if (mine === asking) $("preview").innerHTML = html ?? "";
    if (problem) say(problem);
  };
  const seen = papers[current];
  const had = draftOr("note", seen.note);
  const text = await ask({ title: "Why it is here", text: had, help: "Markdown.", lines: true, changed: preview });
  asking++;
  if (text !== null) edit("note", () => text.trim() || null, seen);
}

const oneLine = (text) => text.trim().replace(/\s+/g, " ");

async function askHeadline() {
  const seen = papers[current];
  const { headline, title } = seen;
  const had = draftOr("headline", headline || title);
  const text = await ask({ title: "Headline", text: had, help: "Nothing, or the title itself: the title is shown." });
  if (text !== null) edit("headline", () => (oneLine(text) === title ? null : oneLine(text) || null), seen);
}

async function askTags() {
  const seen = papers[current];
  const had = seen.tags.join(", ");
  const text = await ask({ title: "Tags", text: had, help: "With commas between them." });
  if (text !== null) edit("tags", () => text.split(",").map(oneLine).filter(Boolean), seen);
}

const ANYTIME = {
  u: undo,
  l: () => askList("list", "List", choosable.lists),
  f: () => askList("state", "Filter", choosable.states.map((state) => [state, state])),
  "?": () => $("keys").showModal(),
};
const KEYS = {
  j: () => go(current + 1),
  k: () => go(current - 1),
  p: () => edit("pick", (paper) => !paper.pick),
  x: () => edit("hide", (paper) => !paper.hide),
  n: askNote,
  h: askHeadline,
  t: askTags,
  o: () => window.open(papers[current].href, "_blank", "noopener"),
  "/": askTheme,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  isFresh = false;
  const digit = papers.length && /^[1-9]$/.test(event.key) ? choices(papers[current])[event.key - 1] : null;
  const action = digit ? () => setTheme(digit[0]) : (ANYTIME[event.key] ?? (papers.length ? KEYS[event.key] : null));
  if (!action) return;
  event.preventDefault();
  action();
});

$("dialog").addEventListener("keydown", (event) => {
  const isAnswer = event.target === $("line") || (event.target === $("text") && (event.ctrlKey || event.metaKey));
  if (event.key !== "Enter" || event.isComposing || !isAnswer) return;
  event.preventDefault();
  $("dialog").close("save");
});

$("list").onclick = ANYTIME.l;
$("state").onclick = ANYTIME.f;
$("help").onclick = ANYTIME["?"];
$("more").onclick = loadMore;
load();
