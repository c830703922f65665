// Searches the index of the papers (Pagefind, pagefind.app). The query is in the page's URL.

import { make } from "./reader/page.js";
import { excerpt } from "./search/excerpt.js";
import { fromAddress, inOrder, isEmpty, options, term, toAddress } from "./search/query.js";

const SHOWN = 20; // papers at a time
const PAUSE = 120; // milliseconds after the last key before a search

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
let answered; // the URL of the last query

function load() {
  index ??= import(new URL(form.dataset.index, document.baseURI)).then(async (pagefind) => {
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

async function answer() {
  const query = read();
  const number = ++asked;
  answered = toAddress(query);
  if (isEmpty(query)) return show([], "");
  try {
    const pagefind = await load();
    const reply = await pagefind.search(term(query.q), options(query));
    const results = inOrder(reply.results, query.q);
    const words = results.length === 1 ? "1 paper" : `${results.length || "No"} papers`;
    if (number === asked) await show(results, words, results.length ? "" : "Fewer words or fewer filters find more.");
  } catch (flaw) {
    console.error(flaw);
    index = answered = undefined;
    if (number === asked) await show([], "No index", "Search is not available right now.");
  }
}

async function show(results, words, hint = "") {
  papers = results;
  const lines = await next();
  if (papers !== results) return;
  papers = results.slice(SHOWN);
  status.textContent = words;
  list.replaceChildren(...lines, ...(hint ? [make("p", { className: "sum" }, hint)] : []));
  more.hidden = papers.length === 0;
}

async function next() {
  return (await Promise.all(papers.slice(0, SHOWN).map((paper) => paper.data()))).map(line);
}

function line({ raw_url: address, meta, filters, content, locations }) {
  const link = make("a", { href: form.dataset.root + address }, meta.title);
  const pieces = excerpt(content, locations);
  const quoted = pieces.map(({ text, isMarked }) => (isMarked ? make("mark", {}, text) : text));
  return make(
    "article",
    {},
    make("h2", { className: filters.provisional ? "title provisional" : "title" }, link),
    make("p", { className: "facts" }, ...facts(meta, filters)),
    ...(quoted.length ? [make("p", { className: "quoted" }, ...quoted)] : []),
  );
}

function facts(meta, filters) {
  const arxiv = meta.arxiv && make("a", { href: `https://arxiv.org/abs/${meta.arxiv}` }, `arXiv ${meta.arxiv}`);
  const all = [
    filters.pick && make("strong", { className: "picked" }, "Pick"),
    filters.withdrawn && make("strong", {}, "Withdrawn"),
    filters.provisional && "No title given",
    meta.byline,
    meta.published,
    arxiv,
    meta.comment,
  ].filter(Boolean);
  return all.flatMap((fact, place) => (place ? [" · ", fact] : [fact]));
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

more.addEventListener("click", async () => {
  const from = papers;
  const lines = await next();
  if (papers !== from) return;
  papers = from.slice(SHOWN);
  list.append(...lines);
  more.hidden = papers.length === 0;
  lines[0]?.querySelector("a").focus();
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
if (isEmpty(read())) field.focus();
else answer();
