// What the live server lays over a page: the problems of the content, and the sources of what was clicked.

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  :host { all: initial; }
  section {
    position: fixed; inset: auto 0 0; z-index: 2147483647; box-sizing: border-box; max-height: 60vh;
    overflow: auto; padding: 16px max(clamp(20px, 4vw, 48px), 50vw - 576px) 24px; border-top: 3px solid var(--red);
    background: var(--paper); color: var(--ink); color-scheme: light dark;
    font: 15px/20px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
    --paper: #fbf8f2; --ink: #1b1814; --grey: #55504a; --hair: #766f63; --red: #a5161b;
  }
  @media (prefers-color-scheme: dark) {
    section { --paper: #171512; --ink: #dcd5c8; --grey: #ada598; --hair: #857d70; --red: #f0978a; }
  }
  @media print { section { display: none; } }
  .head { display: flex; align-items: baseline; justify-content: space-between; gap: 16px; }
  h2, p, pre { margin: 0; }
  h2 { font: 700 18px/24px Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif; }
  button {
    border: 0; padding: 4px 0; background: none; color: var(--grey); font: inherit; cursor: pointer;
    text-decoration: underline 1px var(--hair); text-underline-offset: 0.2em; white-space: nowrap;
  }
  a { color: inherit; text-decoration: underline 1px var(--hair); text-underline-offset: 0.2em; }
  button:hover, a:hover { color: var(--red); }
  button:focus-visible, a:focus-visible { outline: 2px solid var(--red); outline-offset: 3px; }
  article { margin-top: 12px; border-top: 1px solid var(--hair); padding-top: 12px; overflow-wrap: anywhere; }
  .place { color: var(--grey); font-size: 13px; }
  .hint, .more { color: var(--grey); }
  .more { margin-top: 12px; }
  .fields { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 0; padding: 0; list-style: none; }
  pre {
    position: relative; margin: 4px 0; overflow: auto;
    font: 13px/20px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  }
  pre.pointed { padding-bottom: 16px; }
  .number { color: var(--grey); }
  .at { position: relative; color: var(--red); }
  .at::after { content: "^"; position: absolute; left: 0; top: 14px; }
`);

function make(tag, className, ...children) {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children); // strings become text nodes: no message is parsed as HTML
  return element;
}

function makeLink(link, text) {
  if (!link) return text;
  const anchor = make("a", "", text);
  anchor.href = link;
  return anchor;
}

// Panels: one of a name at a time. Each is in a shadow of its own, which the page's styles do not reach.

const names = { problems: "broadsheet-problems", sources: "broadsheet-sources" };

export function remove(name) {
  document.querySelector(names[name])?.remove();
}

function show(name, title, close, ...children) {
  remove(name);
  const button = make("button", "", "Close (Esc)");
  button.onclick = close;
  const section = make("section", "", make("div", "head", make("h2", "", title), button), ...children);
  section.setAttribute("role", "status");
  const panel = document.createElement(names[name]);
  const root = panel.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet];
  root.append(section);
  document.documentElement.append(panel);
  return section;
}

// Problems

function makeSource({ line, column, text }) {
  const characters = [...text]; // columns count characters, JavaScript indices count UTF-16 units
  const part = (from, to) => characters.slice(from, to).join("");
  const number = make("span", "number", `${line} | `);
  if (!column) return make("pre", "", number, text);
  const pointed = make("span", "at", part(column - 1, column) || " ");
  return make("pre", "pointed", number, part(0, column - 1), pointed, part(column));
}

function makeProblem({ location: { path, line, column, text }, message, hint }, link) {
  const numbers = [path, line, column].filter(Boolean).join(":");
  const article = make("article", "", make("p", "place", makeLink(link, numbers)), make("p", "", message));
  if (text) article.append(makeSource({ line, column, text }));
  if (hint) article.append(make("p", "hint", hint));
  return article;
}

export function showProblems({ problems, more, links }, close) {
  const total = problems.length + more;
  const articles = problems.map((problem, index) => makeProblem(problem, links[index]));
  const rest = more ? [make("p", "more", `And ${more} more.`)] : [];
  const section = show("problems", total === 1 ? "1 error" : `${total} errors`, close, ...articles, ...rest);
  for (const at of section.querySelectorAll(".at")) {
    at.parentElement.scrollLeft = at.offsetLeft - at.parentElement.clientWidth / 2;
  }
}

// Sources. Which fields an element may show, by what the shipped templates call it (microformats, labels); the first
// that the record has is the one.

const SHOWN_BY = [
  [".p-author, .byline", "authors organization author_count"],
  [".p-name, .title, h1", "headline title site-title"],
  [".p-summary, .abstract, details", "abstract"],
  [".note", "note"],
  [".changes", "changes"],
  [".dt-published", "published"],
  [".picked", "pick"],
  ['a[href*="//arxiv.org/"]', "arxiv links"],
  ['a[href*="//doi.org/"]', "doi links"],
  [".links", "links"],
  [".head .label, article > .label", "themes"],
  [".facts > span", "authors organization author_count"],
  [".facts", "comment"],
  [".sum", "description"],
  [".nameplate", "site-title"],
];
const SHOWN_AS = {
  Published: "published",
  Updated: "updated",
  Organization: "organization",
  Venue: "venue",
  Comment: "comment",
  Subjects: "categories",
  Licence: "license",
  Keywords: "tags",
  Issue: "issue listed",
  Listed: "listed",
};

function fieldsOf(target) {
  const fact = target.closest("dd, dt");
  let name = fact;
  while (name && name.localName !== "dt") name = name.previousElementSibling;
  if (name) return (SHOWN_AS[name.textContent.trim()] ?? "").split(" ");
  for (let element = target; element; element = element.parentElement) {
    const row = SHOWN_BY.find(([selector]) => element.matches(selector));
    if (row) return row[1].split(" ");
  }
  return [];
}

const PAPER = /^\/papers\/[^/]+\/$/;

// The page of the paper that an element is about: this one, or that which its entry in a list links to.
function pageOf(target) {
  const entry = target.closest(".h-entry") ?? target.closest("li");
  if (PAPER.test(location.pathname) && entry?.matches(".h-entry")) return location.pathname;
  const links = [...(entry?.querySelectorAll("a[href]") ?? [])].map((link) => new URL(link.href).pathname);
  return links.find((path) => PAPER.test(path)) ?? location.pathname;
}

function makeStatement({ listing, position, text, link }) {
  return make("p", "", makeLink(link, `Paper ${position} of ${listing}`), ` states: ${text}`);
}

function makeField({ field, place, link, statements, remark }) {
  const parts = [make("p", "", make("strong", "", field), " ", makeLink(link, place)), ...statements.map(makeStatement)];
  return make("article", "", ...parts, ...(remark ? [make("p", "hint", remark)] : []));
}

function makeOthers(found) {
  const items = found.map(({ field, place, link }) => {
    const item = make("li", "", makeLink(link, field));
    item.title = place;
    return item;
  });
  return make("article", "", make("ul", "fields", ...items));
}

export async function showSources(target) {
  const response = await fetch(`/-/sources?path=${encodeURIComponent(pageOf(target))}`);
  const found = await response.json();
  const asked = fieldsOf(target).map((name) => found.find(({ field }) => field.replace(" ", "-") === name));
  const first = asked.find(Boolean) ?? found[0];
  const title = first ? "Where this is written" : "Nothing in content/ is shown here";
  const others = found.filter((source) => source !== first);
  show("sources", title, () => remove("sources"), ...(first ? [makeField(first), makeOthers(others)] : []));
}
