// A reading list as a file, and back: JSON, or BibTeX and RIS with the fields of the digest's own citations, and these for
// what has no standard field; other programs ignore them or show them as they are:
//
//            byline ("5 authors")   the reader's note                     the paper's page in the digest
//   BibTeX   byline                 annote; \par{} begins another line   digest
//   RIS      C1                     N1, one for each line                 C2
//
// Keywords (KW) are the slug of its theme, and "read".
//
// `home` is the URL of the site's root. All text is read back as it was written.

import { arxivId, entry } from "./kept.js";

/** @typedef {import("./kept.js").Entry} Entry */

/** @param {Entry[]} list */
export function toJson(list) {
  return `${JSON.stringify({ broadsheet: "reading list", version: 1, papers: list }, null, 1)}\n`;
}

/** @param {Entry[]} list @param {string} home */
export function toBibtex(list, home) {
  const tex = (text) => text.replace(/[\\~^{}&%$#_\n]/g, (sign) => (TEX[sign] ? `\\${TEX[sign]}{}` : `\\${sign}`));
  const name = (author) => (/^(?!.*\band\b)[^,]+, [^,]+$/i.test(author) ? tex(author) : `{${tex(author)}}`);
  const record = (one, number) => {
    const fields = {
      title: one.title && `{${tex(one.title)}}`,
      author: one.authors.map(name).join(" and "),
      byline: tex(one.byline),
      year: one.date.slice(0, 4),
      month: one.date.slice(5, 7),
      day: one.date.slice(8),
      eprint: one.arxiv,
      archiveprefix: one.arxiv && "arXiv",
      url: urlOf(one, home),
      digest: pageOf(one, home),
      annote: tex(one.note),
      keywords: keywords(one).join(", "),
    };
    const stated = Object.entries(fields).filter(([, value]) => value);
    const key = one.slug || one.arxiv || `entry-${number + 1}`;
    return `@misc{${key},\n${stated.map(([field, value]) => `  ${field} = {${value}},\n`).join("")}}\n`;
  };
  return list.map(record).join("\n");
}

/** @param {Entry[]} list @param {string} home */
export function toRis(list, home) {
  const record = (one) => [
    ["TY", "GEN"],
    ["ID", one.slug],
    ["TI", one.title],
    ...one.authors.map((author) => ["AU", author]),
    ["C1", one.byline],
    ["PY", one.date.slice(0, 4)],
    ["DA", one.date.replaceAll("-", "/")],
    ["DB", one.arxiv && "arXiv"],
    ["AN", one.arxiv],
    ["UR", urlOf(one, home)],
    ["C2", pageOf(one, home)],
    ...keywords(one).map((word) => ["KW", word]),
    ...(one.note ? one.note.split("\n").map((line) => ["N1", line, true]) : []),
    ["ER", "", true],
  ];
  const said = (one) => record(one).filter(([, value, always]) => value || always);
  return list.map((one) => `${said(one).map(([tag, value]) => `${tag}  - ${value}\r\n`).join("")}\r\n`).join("");
}

/**
 * The entries in a file of any of these formats, written here or elsewhere.
 * @param {string} text @param {string[]} homes URLs of this site's root @returns {Entry[]}
 */
export function readList(text, homes) {
  if (/^\s*[[{]/.test(text)) {
    const read = JSON.parse(text);
    return [read?.papers ?? read].flat().map(entry).filter(Boolean);
  }
  const ris = /(?:^|\n)[ \t\ufeff]*TY {2}-/.test(text);
  const found = (ris ? risRecords(text) : bibtexRecords(text)).map((one) => {
    const pages = homes.map((home) => `${home}papers/`);
    const page = [one.page, one.url].find((url) => pages.some((start) => url?.startsWith(start)));
    return entry({ ...one, slug: page?.split("/papers/").at(-1).replace(/\/$/, "") });
  });
  return found.filter(Boolean);
}

function keywords({ theme, read }) {
  return [theme, read && "read"].filter(Boolean);
}

/** The theme and the tick that keywords state; others are not of the digest. */
function stated(words) {
  return { theme: words.find((word) => word !== "read") ?? "", read: words.includes("read") };
}

/** The entries; those with the arXiv identifier of a paper of the digest get its slug. */
export function placed(entries, papers) {
  const known = new Map(papers.filter(({ arxiv }) => arxiv).map((paper) => [paper.arxiv, paper]));
  return entries.map((one) => {
    const paper = one.slug ? undefined : known.get(one.arxiv);
    return paper ? entry({ ...one, slug: paper.slug, theme: paper.themes?.[0] }) : one;
  });
}

/** Adds entries to a reading list: no paper twice, no note lost. @returns {{list: Entry[], added: number}} */
export function merged(list, entries) {
  const all = [...list];
  for (const one of entries) {
    const at = all.findIndex((kept) => isSame(kept, one));
    if (at < 0) all.push(one);
    else {
      const { slug, note } = all[at];
      const notes = note.includes(one.note) ? note : [note, one.note].filter(Boolean).join("\n");
      all[at] = entry({ ...all[at], slug: slug || one.slug, note: notes });
    }
  }
  return { list: all, added: all.length - list.length };
}

function isSame(one, other) {
  if (one.slug && other.slug) return one.slug === other.slug;
  if (one.arxiv || other.arxiv) return one.arxiv === other.arxiv;
  return one.title === other.title && one.url === other.url;
}

function pageOf(one, home) {
  return one.slug && `${home}papers/${one.slug}/`;
}

function urlOf(one, home) {
  return one.url || (one.arxiv ? `https://arxiv.org/abs/${one.arxiv}` : pageOf(one, home));
}

function address(url, doi) {
  return url || (doi && `https://doi.org/${doi.replace(/^https?:\/\/(dx\.)?doi\.org\//, "")}`);
}

// RIS: a tag, two spaces, a hyphen, a space, a value; other lines continue the value before them.

function risRecords(text) {
  const records = [];
  let tag = "";
  for (const line of text.replace(/^\ufeff/, "").split(/\r?\n/)) {
    const [, next, value] = line.match(/^([A-Z][A-Z0-9]) {2}- ?(.*)$/s) ?? [];
    if (next === "TY") records.push({});
    const record = records.at(-1);
    if (!record) continue;
    if (next) (record[(tag = next)] ??= []).push(value);
    else if (line.trim() && record[tag]) record[tag].push(`${record[tag].pop()} ${line.trim()}`);
  }
  return records.map((fields) => {
    const first = (...tags) => tags.map((tag) => fields[tag]?.[0]).find(Boolean) ?? "";
    const day = first("DA", "Y1", "PY").split("/").slice(0, 3).map((part) => part.trim() && part.trim().padStart(2, "0"));
    return {
      page: first("C2"),
      title: first("TI", "T1"),
      authors: fields.AU ?? fields.A1,
      byline: first("C1"),
      date: day.filter(Boolean).join("-"),
      arxiv: ["AN", "UR", "L1", "DO"].map((tag) => arxivId(first(tag).replace(/^10\.48550\//, ""))).find(Boolean),
      url: address(first("UR", "L1"), first("DO")),
      note: (fields.N1 ?? []).join("\n"),
      ...stated(fields.KW ?? []),
    };
  });
}

// BibTeX: values in braces or quotes, or bare, joined by #; TeX commands for its special characters.

const TEX = {
  "\\": "textbackslash",
  "~": "textasciitilde",
  "^": "textasciicircum",
  "{": "textbraceleft",
  "}": "textbraceright",
  "\n": "par",
};
const SIGNS = Object.fromEntries(Object.entries(TEX).map(([sign, command]) => [command, sign]));
const ACCENTS = { "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", c: "\u0327", v: "\u030c" };
const COMMAND = new RegExp(
  `\\\\(${Object.keys(SIGNS).join("|")})(?:\\{\\}|\\b\\s*)|\\\\([&%$#_{}])|\\\\(['\`^"~]|[cv](?![a-z]))\\s*\\{?\\\\?([a-z])\\}?|[{}~]`,
  "gi",
);
const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

function untex(value = "") {
  return value.replace(/\s*\n\s*/g, " ").replace(COMMAND, (found, command, sign, accent, letter) => {
    if (letter) return (letter + ACCENTS[accent.toLowerCase()]).normalize("NFC");
    return command ? SIGNS[command.toLowerCase()] : (sign ?? (found === "~" ? " " : ""));
  });
}

function bibtexRecords(text) {
  return [...text.matchAll(/@(\w+)\s*\{\s*[^\s,{}"]+\s*,/g)]
    .filter(([, type]) => !/^(comment|preamble|string)$/i.test(type))
    .map((found) => bibtexRecord(bibtexFields(text, found.index + found[0].length)));
}

function bibtexRecord(fields) {
  const month = MONTHS.indexOf((fields.month ?? "").trim().slice(0, 3).toLowerCase()) + 1 || Number(fields.month);
  const parts = month ? [fields.year, month, fields.day] : [fields.year];
  const date = parts.filter(Boolean).map((part) => String(part).trim().padStart(2, "0")).join("-");
  return {
    page: untex(fields.digest),
    title: untex(fields.title),
    authors: split(fields.author ?? "").map(untex),
    byline: untex(fields.byline),
    date: fields.date ?? date,
    arxiv: [fields.eprint, fields.url, fields.doi?.replace(/^10\.48550\//, "")].map(arxivId).find(Boolean),
    url: address((fields.url ?? "").replace(/\\([%#&_~])/g, "$1").trim(), untex(fields.doi)),
    note: untex(fields.annote ?? fields.annotation ?? fields.note),
    ...stated((fields.keywords ?? "").split(/\s*,\s*/).filter(Boolean)),
  };
}

/** The names, split at each "and" outside braces. */
function split(authors) {
  let depth = 0;
  const parts = authors.split(/(\s+and\s+|\\.|[{}])/i);
  const names = [""];
  for (const part of parts) {
    depth += part === "{" ? 1 : part === "}" ? -1 : 0;
    if (depth === 0 && /^\s+and\s+$/i.test(part)) names.push("");
    else names[names.length - 1] += part;
  }
  return names;
}

function bibtexFields(text, from) {
  const fields = {};
  const token = /\s*(?:([\w-]+)\s*=|([{"])|#|,|([^\s,#{}"=]+)|\})/y;
  token.lastIndex = from;
  let name = "";
  for (let found = token.exec(text); found && !found[0].endsWith("}"); found = token.exec(text)) {
    if (found[1]) fields[(name = found[1].toLowerCase())] = "";
    else if (found[2]) {
      const end = closing(text, token.lastIndex, found[2]);
      fields[name] += text.slice(token.lastIndex, end);
      token.lastIndex = end + 1;
    } else if (found[3]) fields[name] += found[3];
  }
  return fields;
}

/** The end of the value that begins after an opening brace or quote. */
function closing(text, from, opening) {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (depth === 0 && text[at] === (opening === "{" ? "}" : '"')) return at;
    else if (text[at] === "{") depth++;
    else if (text[at] === "}") depth--;
  }
  return text.length;
}
