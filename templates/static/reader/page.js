// The page, and what the device stores: shared by the reader's modules.

import { entry, Kept } from "./kept.js";

/** The site's root. */
export const home = new URL("../../", import.meta.url);

/** What this device stores, or null where it stores nothing. */
export const kept = store();

function store() {
  try {
    return new Kept(localStorage, home.pathname);
  } catch {
    return null;
  }
}

/** Makes an element; strings become text nodes, never HTML. */
export function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

export function button(words, onclick) {
  return make("button", { type: "button", onclick }, words);
}

const status = make("p", { className: "said", role: "status" });
document.body.append(status);

/** Tells readers who use a screen reader. */
export function say(words) {
  status.textContent = words;
}

/** The parts of an address below the site's root. */
export function below(address) {
  return address.startsWith(home.href) ? address.slice(home.href.length).split("/") : [];
}

function paperIn(element, address, heading, more) {
  const find = (what) => element.querySelector(what);
  const title = heading.cloneNode(true);
  for (const math of title.querySelectorAll("math[alttext]")) math.replaceWith(math.getAttribute("alttext"));
  return entry({
    slug: below(address)[1],
    title: title.textContent,
    byline: find(".facts > span, .byline")?.textContent,
    date: find(".facts > time, dd:nth-child(2) > time")?.dateTime,
    arxiv: find(':is(.facts, .links) [href^="https://arxiv.org/abs/"]')?.href,
    ...more,
  });
}

/** The papers that the page lists, each as an entry with its element. */
export const papers = [];

/** Finds the papers again, when the page's list has changed. */
export function findPapers() {
  const links = [...document.querySelectorAll("article > .title > a")];
  papers.splice(0, papers.length, ...links.map(paperOf));
}

function paperOf(link) {
  const element = link.closest("article");
  const { theme = "", issue = "" } = element.dataset;
  return { ...paperIn(element, link.href, link, { theme }), element, link, theme, issue };
}

findPapers();

/** The paper whose own page this is. */
export const own = [...document.querySelectorAll(".paper > article")].map((element) => {
  const authors = [...document.querySelectorAll('meta[name="citation_author"]')].map(({ content }) => content);
  const theme = below(element.querySelector(".label > a").href)[1];
  return paperIn(element, location.href, element.querySelector("h1"), { authors, theme });
})[0];
