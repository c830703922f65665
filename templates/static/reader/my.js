// The page "My reading": the list and its notes, files out and in, mutes, keys.

import { merged, placed, readList, toBibtex, toJson, toRis } from "./citing.js";
import { keyTable } from "./keys.js";
import { button, home, kept, make } from "./page.js";
import "./reader.js";

const $ = (id) => document.getElementById(id);

/** The URL of the published site's root: the page's canonical URL without its own path. */
const published = document.querySelector('link[rel="canonical"]')?.href.replace(/my\/$/, "") ?? home.href;

// What was done with a file is said above the list that it changed; what was not done, where the reader is.
function tell(words) {
  $("told").textContent = words;
  $("told").scrollIntoView({ block: "nearest" });
}

function warn() {
  alert("This device has no room to keep that.");
}

// The reading list

function showSaved() {
  const saved = kept.read("saved");
  $("saved").replaceChildren(...THEMES.flatMap(([theme, title]) => group(title, saved.filter((one) => themeOf(one) === theme))));
  $("none").hidden = saved.length > 0;
  $("find").closest("p").hidden = saved.length === 0;
  find();
  for (const write of document.querySelectorAll("[data-write]")) write.disabled = saved.length === 0;
}

// The themes of the digest in its order, then what is on no theme.
const THEMES = [...document.querySelectorAll("#themes option")].map(({ value, textContent }) => [value, textContent]);
THEMES.push(["", THEMES.length ? "On no theme" : ""]);

function themeOf({ theme }) {
  return THEMES.some(([known]) => known === theme) ? theme : "";
}

function group(title, papers) {
  if (!papers.length) return [];
  const heading = title ? [make("h3", { className: "label" }, title)] : [];
  return [make("div", { className: "papers" }, ...heading, ...papers.map(paper))];
}

/** Shows the papers that have what is looked for in their title, their facts or their note. */
function find() {
  const words = $("find").value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const part of $("saved").children) {
    for (const one of part.querySelectorAll("article")) {
      const text = `${one.textContent} ${one.querySelector("textarea")?.value ?? ""}`.toLowerCase();
      one.hidden = !words.every((word) => text.includes(word));
    }
    part.hidden = !part.querySelector("article:not([hidden])");
  }
  $("unfound").hidden = words.length === 0 || Boolean($("saved").querySelector(":scope > :not([hidden])"));
}

$("find").oninput = find;

function paper(one) {
  const shown = $("paper").content.cloneNode(true).firstElementChild;
  const find = (what) => shown.querySelector(what);
  const set = (change) => {
    const done = kept.change("saved", (list) => list.map((other) => (isSame(other, one) ? { ...other, ...change } : other)));
    if (!done) warn();
  };
  const href = one.slug ? `${home}papers/${one.slug}/` : one.url || (one.arxiv && `https://arxiv.org/abs/${one.arxiv}`);
  find(".facts").before(make("h4", { className: "title" }, href ? make("a", { href }, one.title) : one.title));
  find(".facts").textContent = factsOf(one);
  const note = find("textarea");
  note.value = one.note;
  note.setAttribute("aria-label", `Note on ${one.title}`);
  note.oninput = () => set({ note: note.value });
  const read = find("input");
  read.checked = one.read === true;
  read.setAttribute("aria-label", `Read: ${one.title}`);
  read.onchange = () => set({ read: read.checked });
  find("button").onclick = () => remove(one, shown);
  return shown;
}

function factsOf({ authors, byline, date, arxiv, slug }) {
  const names = authors.map((name) => name.replace(/^([^,]+), ([^,]+)$/, "$2 $1"));
  return [names.join(", ") || byline, dayOf(date), arxiv && `arXiv ${arxiv}`, !slug && "Not of this digest"].filter(Boolean).join(" · ");
}

function dayOf(date) {
  const words = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return date.length === 10 ? new Date(date).toLocaleDateString("en-GB", words) : date;
}

function isSame(one, other) {
  return one.slug === other.slug && one.arxiv === other.arxiv && one.title === other.title && one.url === other.url;
}

function remove(one, shown) {
  let place = -1;
  let gone = one; // with the note as it is now
  kept.change("saved", (list) => {
    place = list.findIndex((other) => isSame(other, one));
    gone = list[place] ?? one;
    return list.filter((other) => !isSame(other, one));
  });
  const undo = button("Put it back", () => {
    kept.change("saved", (list) => list.toSpliced(place, 0, gone));
    showSaved();
  });
  shown.replaceChildren(make("p", { className: "sum" }, `Removed: ${one.title}. `, undo));
  undo.focus();
}

// Export and import

const WRITERS = {
  json: ["application/json", toJson],
  bib: ["application/x-bibtex", (list) => toBibtex(list, published)],
  ris: ["application/x-research-info-systems", (list) => toRis(list, published)],
};

for (const write of document.querySelectorAll("[data-write]")) {
  const form = write.dataset.write;
  const [type, text] = WRITERS[form];
  write.onclick = () => download(`my-reading.${form}`, type, text(kept.read("saved")));
}

function download(name, type, text) {
  const link = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}

async function takeIn(file) {
  let read = [];
  try {
    read = readList(await file.text(), [home.href, published]);
    if (read.some(({ slug, arxiv }) => arxiv && !slug)) read = placed(read, await digest());
  } catch {
    // some of it may have been read; if nothing was, that is said below
  }
  if (!read.length) return tell(`${file.name} names no paper that can be read. JSON, BibTeX and RIS are.`);
  const { list, added } = merged(kept.read("saved"), read);
  if (!kept.change("saved", () => list)) return warn();
  const elsewhere = read.filter(({ slug }) => !slug).length;
  const parts = [`${added} added`, `${read.length - added} already here`, elsewhere && `${elsewhere} not of this digest`];
  tell(`${file.name}: ${parts.filter(Boolean).join(", ")}.`);
  showSaved();
}

/** The digest's own papers, from its JSON files. */
async function digest() {
  const all = [];
  for (let name = "papers.json"; name; ) {
    const { papers, older } = await (await fetch(`${home}api/v1/${name}`)).json();
    all.push(...papers);
    name = older?.split("/").at(-1);
  }
  return all;
}

$("file").onchange = async ({ target }) => {
  for (const file of target.files) await takeIn(file);
  target.value = "";
};

// Mutes and keys

function showMutes() {
  const { themes, words } = kept.read("settings");
  const row = (name, without) => {
    const unmute = button("Unmute", () => set(without));
    unmute.setAttribute("aria-label", `Unmute ${name}`);
    return make("li", {}, make("span", {}, name), make("span", { className: "number" }, unmute));
  };
  const rows = Object.entries(themes).map(([slug, title]) =>
    row(title, ({ themes: { [slug]: _, ...others } }) => ({ themes: others })),
  );
  const rest = words.map((word) => row(`“${word}”`, ({ words }) => ({ words: words.filter((other) => other !== word) })));
  $("mutes").replaceChildren(...rows, ...rest);
}

function set(how) {
  const done = kept.change("settings", (settings) => ({ ...settings, ...how(settings) }));
  if (!done) warn();
  showMutes();
  return done;
}

function showSettings() {
  $("keys").checked = kept.read("settings").keys;
  showMutes();
}

$("mute").onsubmit = (event) => {
  event.preventDefault();
  const field = $("word");
  const isWord = /[\p{L}\p{N}]/u.test(field.value);
  if (!isWord || set(({ words }) => ({ words: [...words, field.value] }))) field.value = "";
};

$("keys").onchange = ({ target }) => set(() => ({ keys: target.checked }));

// Start

$("denied").hidden = Boolean(kept);
if (kept) {
  $("keys").closest(".group").append(keyTable());
  showSaved();
  showSettings();
  const unreadable = kept.unreadable;
  if (unreadable) {
    $("unreadable").hidden = false;
    $("unreadable").querySelector("button").onclick = () => download("unreadable.txt", "text/plain", unreadable);
  }
  for (const part of document.querySelectorAll(".my [data-kept]")) part.hidden = false;
  addEventListener("storage", () => {
    showSettings();
    const { ariaLabel, selectionEnd } = document.activeElement;
    showSaved();
    const note = [...$("saved").querySelectorAll("textarea")].find((other) => other.ariaLabel === ariaLabel);
    note?.focus({ preventScroll: true }); // the reader was there
    note?.setSelectionRange(selectionEnd, selectionEnd);
  });
}
