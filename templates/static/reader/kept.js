// What the device stores: the shapes of values, and a store that survives values it cannot read.

const VERSION = 1;
const SEEN = 5000; // papers; the oldest are dropped first
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const ARXIV =
  /^(?:[aA]r[xX]iv:|https?:\/\/arxiv\.org\/(?:abs|pdf)\/)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})(?:v\d+)?(?:\.pdf)?$/;

/** How much of each paper a list shows. */
export const LISTS = ["titles", "facts", "abstracts"];

/**
 * A paper on the reading list. `slug` is empty if the paper is not of this digest; then it may have a `url`.
 * @typedef {{slug: string, title: string, authors: string[], byline: string, date: string, arxiv: string,
 *   url: string, note: string, theme?: string, read?: true}} Entry
 */

const text = (value) =>
  typeof value === "string" ? value.replace(/\r\n?/g, "\n").replace(/[\0-\x08\v-\x1f\x7f]/g, "").trim() : "";
const line = (value) => text(value).replace(/\s+/g, " ");
const lines = (values) => [...new Set(Array.isArray(values) ? values.map(line) : [])].filter(Boolean);
const match = (pattern, value) => line(value).match(pattern)?.[0] ?? "";

/** The URL if a link may have it (http or https), else "". */
function webAddress(value) {
  return match(/^https?:\/\/[^\s<>"\\^`{|}]+$/, value);
}

/** The identifier in a text such as "arXiv:2410.12265v2" or a URL at arxiv.org, without version; else "". */
export function arxivId(value) {
  return line(value).match(ARXIV)?.[1] ?? "";
}

/** @returns {Entry | null} an entry made of any value, safe to show; null if it names no paper */
export function entry(raw) {
  const slug = match(SLUG, raw?.slug);
  const web = slug ? "" : webAddress(raw?.url);
  const arxiv = arxivId(raw?.arxiv) || arxivId(web);
  const url = arxiv && arxivId(web) === arxiv ? "" : web;
  const title = line(raw?.title) || (arxiv ? `arXiv ${arxiv}` : slug || url);
  const authors = lines(raw?.authors);
  const byline = authors.length ? "" : line(raw?.byline);
  const date = match(/^\d{4}(-\d\d(-\d\d)?)?$/, raw?.date);
  const theme = match(SLUG, raw?.theme);
  const more = { ...(theme && { theme }), ...(raw?.read === true && { read: true }) };
  return title ? { slug, title, authors, byline, date, arxiv, url, note: text(raw.note), ...more } : null;
}

const SHAPES = {
  settings: (raw) => ({
    list: LISTS.includes(raw?.list) ? raw.list : "facts",
    keys: raw?.keys !== false,
    themes: Object.fromEntries(
      Object.entries(raw?.themes ?? {}).flatMap(([slug, title]) => (match(SLUG, slug) ? [[slug, line(title) || slug]] : [])),
    ),
    words: lines(raw?.words),
    known: match(/^\d{4}-\d\d-\d\d$/, raw?.known),
    since: match(/^\d{4}-\d\d-\d\d$/, raw?.since),
    at: Number.isFinite(raw?.at) ? raw.at : 0,
  }),
  seen: (raw) => lines(raw).slice(-SEEN),
  saved: (raw) => (Array.isArray(raw) ? raw.map(entry).filter(Boolean) : []),
};

/** The values that a device stores for the digest at a path: "settings", "seen" and "saved". */
export class Kept {
  /** @param {Storage} storage @param {string} path */
  constructor(storage, path) {
    this.storage = storage;
    this.prefix = `broadsheet:${path}`;
  }

  /** The value of a name; what cannot be read of it is set aside. */
  read(name) {
    try {
      return this.#settled(name);
    } catch {
      return this.#readable(name)[0]; // the device is full
    }
  }

  /** Replaces a value by what `how` returns for it; false if the device does not store it. */
  change(name, how) {
    try {
      this.#write(name, SHAPES[name](how(this.#settled(name))));
      return true;
    } catch {
      return false;
    }
  }

  /** All that was set aside, unchanged. */
  get unreadable() {
    return this.storage.getItem(`${this.prefix}unreadable`) ?? "";
  }

  /** The value, and its text if that is not as we write it, else null. */
  #readable(name) {
    const kept = this.storage.getItem(this.prefix + name);
    let raw = null;
    try {
      raw = JSON.parse(kept);
    } catch {
      // another program wrote here
    }
    const data = SHAPES[name](raw?.version === VERSION ? raw.data : null);
    return [data, kept === null || kept === serialized(data) ? null : kept];
  }

  #settled(name) {
    const [data, odd] = this.#readable(name);
    if (odd !== null) {
      this.storage.setItem(`${this.prefix}unreadable`, `${this.unreadable}${name}: ${odd}\n`);
      this.#write(name, data);
    }
    return data;
  }

  #write(name, data) {
    this.storage.setItem(this.prefix + name, serialized(data));
  }
}

function serialized(data) {
  return JSON.stringify({ version: VERSION, data });
}
