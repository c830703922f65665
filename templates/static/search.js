// Searches the index of the papers (Pagefind, pagefind.app) while the page is read. What is asked stands in the address.

import { excerpt } from "./search/excerpt.js";
import { fromAddress, inOrder, isEmpty, options, term, toAddress } from "./search/query.js";

const SHOWN = 20; // papers at a time
const PAUSE = 120; // milliseconds without a key before what is typed is looked for

const form = document.querySelector("#search");
const field = form.elements.q;
const found = document.querySelector("#found");
const status = found.querySelector("[role=status]");
const list = found.querySelector(".results");
const more = found.querySelector("button");

let index; // a promise of Pagefind, from the first question on
let asked = 0; // counts questions: an answer to an earlier one is not shown
let papers = []; // the answer's that are not shown yet
let typing; // the timer of the pause
let answered; // the address of what was asked last

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

// What is being typed is one entry of the history; it ends when a filter is chosen or Enter is pressed.
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
    if (number === asked) await show([], "No index", "The search index is not here: broadsheet build makes it.");
  }
}

async function show(results, words, hint = "") {
  papers = results;
  const lines = await next();
  if (papers !== results) return;
  papers = results.slice(SHOWN);
  status.textContent = words;
  list.replaceChildren(...lines, ...(hint ? [element("p", { className: "sum" }, hint)] : []));
  more.hidden = papers.length === 0;
}

async function next() {
  return (await Promise.all(papers.slice(0, SHOWN).map((paper) => paper.data()))).map(line);
}

// Everything of a paper is put in as text, so nothing of it can be markup.
function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function line({ raw_url: address, meta, filters, content, locations }) {
  const link = element("a", { href: form.dataset.root + address }, meta.title);
  const pieces = excerpt(content, locations);
  const quoted = pieces.map(({ text, isMarked }) => (isMarked ? element("mark", {}, text) : text));
  return element(
    "article",
    {},
    element("h2", { className: filters.provisional ? "title provisional" : "title" }, link),
    element("p", { className: "facts" }, ...facts(meta, filters)),
    ...(quoted.length ? [element("p", { className: "quoted" }, ...quoted)] : []),
  );
}

function facts(meta, filters) {
  const arxiv = meta.arxiv && element("a", { href: `https://arxiv.org/abs/${meta.arxiv}` }, `arXiv ${meta.arxiv}`);
  const all = [
    filters.pick && element("strong", { className: "picked" }, "Pick"),
    filters.withdrawn && element("strong", {}, "Withdrawn"),
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

// Slash to the field, arrows from it through the titles and back.
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
