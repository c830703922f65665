// Searches the index of the papers (Pagefind, pagefind.app). The query is in the page's URL.

import { button, kept, make } from "./reader/page.js";
import { refresh } from "./reader/reader.js";
import { excerpt } from "./search/excerpt.js";
import { absent, fromAddress, inOrder, isEmpty, isIdentifier, marked, options, term, toAddress, unlike, wordsOf } from "./search/query.js";

const SHOWN = 20; // papers at a time
const SOON = 4; // papers that are shown before the others of them are fetched
const FEW = 5; // papers; if a query finds no more, the nearest spelling is looked for
const PAUSE = 120; // milliseconds after the last key before a search
const LONG = 500; // milliseconds without an answer, after which the page says that it searches

const form = document.querySelector("#search");
const field = form.elements.q;
const found = document.querySelector("#found");
const status = found.querySelector("[role=status]");
const list = found.querySelector(".results");
const more = found.querySelector("button");

let index; // a promise of Pagefind, from the first query on
let asked = 0; // counts queries: results of an earlier one are not shown
let papers = []; // results that are not shown yet
let typing; // the timer of the pause
let waiting; // the timer of a long search
let answered; // the URL of the last query

function load() {
  index ??= import(new URL(form.dataset.index, document.baseURI)).then(async (pagefind) => {
    await pagefind.destroy(); // what could not be fetched before is asked for again
    await pagefind.options({ noWorker: true }); // a worker is 40 kB more to fetch, and no faster
    await pagefind.init();
    return pagefind;
  });
  return index;
}

function read() {
  const { theme, year, pick, code } = form.elements;
  return { q: field.value, theme: theme.value, year: year.value, pick: pick.checked ? "1" : "", code: code.checked ? "1" : "" };
}

function fill(query) {
  for (const name of ["q", "theme", "year"]) form.elements[name].value = query[name];
  for (const name of ["pick", "code"]) form.elements[name].checked = query[name] === "1";
  if (form.elements.theme.selectedIndex < 0) form.elements.theme.value = "";
  if (form.elements.year.selectedIndex < 0) form.elements.year.value = "";
}

// A query being typed is one entry of the history; it ends when a filter is chosen or Enter is pressed.
function keep(query, isSettled) {
  const address = location.pathname + toAddress(query);
  if (address !== location.pathname + location.search) {
    const isNew = isSettled || history.state?.isTyping !== true;
    history[isNew ? "pushState" : "replaceState"]({ isTyping: !isSettled }, "", address);
  } else if (isSettled) history.replaceState({ isTyping: false }, "", address);
}

// Shows what a query finds: as many papers as were shown before the reader left the page, else the first.
async function answer(number = SHOWN) {
  const query = read();
  const turn = ++asked;
  answered = toAddress(query);
  if (isEmpty(query)) return show([], "");
  clearTimeout(waiting);
  waiting = setTimeout(() => (status.textContent = "Searching…"), LONG);
  try {
    const pagefind = await load();
    const search = async (words) => (await pagefind.search(words, options(query))).results;
    const words = wordsOf(query.q);
    const all = inOrder(await search(term(query.q)), query.q);
    const each = words.length > 1 ? await Promise.all(words.map(search)) : []; // Pagefind leaves out what no paper has
    const lost = words.filter((_, place) => each[place]?.length === 0);
    const results = all.length || !each.length ? all : await most(words, each);
    const text = all.length ? await textOf(all.slice(0, SOON)) : query.q;
    const odd = unlike(words, text).filter((word) => !lost.includes(word));
    const which = isEmpty({ ...query, q: "" }) ? "paper" : "paper here"; // here: of the theme, the year ... chosen
    if (turn === asked) await show(results, counted(results.length, !all.length, which), hint(lost, odd, results.length, which), number);
    const isUnsure = all.length <= FEW || absent(words, text).length > 0;
    if (turn === asked && words.length && isUnsure) await suggest(words, turn).catch(() => (vocabulary = undefined));
  } catch (flaw) {
    if (turn === asked) await fail(flaw);
  }
}

async function fail(flaw) {
  console.error(flaw);
  index = answered = undefined;
  await show([], "Search failed", "The index of the papers could not be fetched. “Search” tries again.");
}

// What papers say of themselves, and those of their words that were found.
async function textOf(papers) {
  const all = await Promise.all(papers.map((paper) => paper.data()));
  return all.map(({ meta, content, locations }) => {
    const words = content.split(/\s+/);
    return [...Object.values(meta), ...locations.map((place) => words[place])].join(" ");
  }).join(" ");
}

async function most(words, each) {
  return (await import("./search/most.js")).withMostWords(words, each);
}

function counted(number, isMost, which) {
  const { themes, words } = kept?.read("settings") ?? { themes: {}, words: [] };
  const muted = number && (words.length || Object.keys(themes).length) ? ", muted ones counted" : "";
  const papers = `${number || "No"} ${number === 1 ? "paper" : "papers"}${muted}`;
  return number && isMost ? `No ${which} has all words; ${papers} with most` : papers;
}

function hint(lost, odd, number, which) {
  if (!number) return "Fewer words or fewer filters find more.";
  const quoted = (words) => words.map((word) => `“${word}”`).join(", ");
  const parts = [
    lost.length && `Left out, as no ${which} has it: ${quoted(lost)}.`,
    odd.length && `No ${which} has ${quoted(odd)}; these have words that begin like it.`,
  ];
  return parts.filter(Boolean).join(" ");
}

let vocabulary; // a promise of the words of titles and names

async function suggest(words, turn) {
  const { nearest } = await import("./search/spelling.js");
  vocabulary ??= fetch(`${form.dataset.root}search/words.json`).then((answer) => answer.json());
  const known = await vocabulary;
  const mended = words.map((word) => nearest(word, known) || word).join(" ");
  if (turn !== asked || mended === words.join(" ")) return;
  const take = button(mended, () => {
    field.value = mended;
    ask(true);
  });
  list.prepend(make("p", { className: "sum" }, "Nearest spelling: ", take));
}

async function show(results, words, hint = "", number = SHOWN) {
  papers = results;
  const first = await next(SOON);
  if (papers !== results) return;
  clearTimeout(waiting);
  papers = results.slice(SOON);
  status.textContent = words;
  list.replaceChildren(...(hint ? [make("p", { className: "sum" }, hint)] : []), ...first);
  more.hidden = true;
  refresh();
  if (number === SHOWN) await new Promise((done) => requestAnimationFrame(() => setTimeout(done))); // these are seen first
  if (papers.length && number > SOON) await append(number - SOON);
}

async function next(number = SHOWN) {
  const { q } = read();
  const asked = isIdentifier(q) ? "" : q;
  const found = papers.slice(0, number).map(async (paper) => line(await paper.data(), asked, paper.without));
  return Promise.all(found);
}

function line({ raw_url: address, meta, filters, content, locations }, asked, without = []) {
  const link = make("a", { href: form.dataset.root + address }, ...unbroken(marked(meta.title, asked)));
  const quoted = inked(excerpt(content, locations));
  const article = make(
    "article",
    {},
    make("h2", { className: filters.provisional ? "title provisional" : "title" }, link),
    make("p", { className: "facts" }, ...facts(meta, filters, without)),
    ...(quoted.length ? [make("p", { className: "quoted" }, ...quoted)] : []),
  );
  article.dataset.theme = filters.theme?.[0] ?? "";
  return article;
}

function inked(pieces) {
  return pieces.map(({ text, isMarked }) => (isMarked ? make("mark", {}, text) : text));
}

// The pieces of a title, each word that has a hyphen in one element: no line ends within it.
function unbroken(pieces) {
  const words = [[]];
  for (const { text, isMarked } of pieces) {
    for (const [place, part] of text.split(" ").entries()) {
      if (place) words.push([{ text: " " }], []);
      if (part) words.at(-1).push({ text: part, isMarked });
    }
  }
  const isHyphenated = (word) => /.-./.test(word.map(({ text }) => text).join(""));
  return words.flatMap((word) => (isHyphenated(word) ? make("span", {}, ...inked(word)) : inked(word)));
}

function facts(meta, filters, without) {
  const arxiv = meta.arxiv && make("a", { href: `https://arxiv.org/abs/${meta.arxiv}` }, `arXiv ${meta.arxiv}`);
  const all = [
    filters.pick && make("strong", { className: "picked" }, "Pick"),
    filters.withdrawn && make("strong", {}, "Withdrawn"),
    filters.provisional && "No title given",
    meta.byline && make("span", {}, meta.byline),
    meta.published && make("time", { dateTime: isoDay(meta.published) }, meta.published),
    arxiv,
    meta.comment,
    without.length > 0 && `Without ${without.map((word) => `“${word}”`).join(", ")}`,
  ].filter(Boolean);
  if (!all.length) return ["No date given"]; // else Save would be in the quotation
  return all.flatMap((fact, place) => (place ? ["\u00a0· ", fact] : [fact]));
}

// "30 October 2025" as ISO 8601 has it.
function isoDay(words) {
  return new Date(`${words} UTC`).toISOString().slice(0, 10);
}

function ask(isSettled) {
  clearTimeout(typing);
  keep(read(), isSettled);
  if (toAddress(read()) !== answered) answer();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(true);
});
form.addEventListener("change", () => ask(true));
field.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => ask(false), PAUSE);
});
field.addEventListener("focus", () => load().catch(() => (index = undefined)), { once: true });

// Shows as many papers more; returns their elements.
async function append(number) {
  const from = papers;
  const lines = await next(number);
  if (papers !== from) return [];
  papers = from.slice(number);
  list.append(...lines);
  more.hidden = papers.length === 0;
  refresh();
  return lines;
}

more.addEventListener("click", async () => {
  const [line] = (await append(SHOWN).catch(fail)) ?? [];
  line?.querySelector("a").focus();
});

// Back finds the page as it was left: as many papers, and the same place.
window.addEventListener("pagehide", () => {
  const shown = list.querySelectorAll("article").length;
  history.replaceState({ ...history.state, shown, top: scrollY }, "");
});

window.addEventListener("popstate", () => {
  clearTimeout(typing);
  fill(fromAddress(location.search));
  answer();
});

// Slash moves to the field, arrows from it through the titles and back.
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const isInField = event.target === field;
  if (event.key === "/" && !event.target.closest("input, select, textarea")) {
    event.preventDefault();
    field.focus();
    field.select();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const stops = [field, ...list.querySelectorAll(".title a")];
  const place = stops.indexOf(event.target);
  if (!step || place < 0 || (isInField && step < 0)) return;
  event.preventDefault();
  stops[Math.min(place + step, stops.length - 1)].focus();
});

form.hidden = false;
fill(fromAddress(location.search));
const { shown, top } = history.state ?? {};
if (isEmpty(read())) field.focus();
else answer(Math.max(shown || 0, SHOWN)).then(() => top && scrollTo(0, top));
