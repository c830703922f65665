// The query, as the page's URL has it and as Pagefind takes it. No DOM.

// Characters of Chinese and Japanese, which have no spaces between words: the index has each as a word of its own.
const UNSPACED = "[\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9f\\u{20000}-\\u{3ffff}]";
const BESIDE_UNSPACED = new RegExp(`(?<=\\S)(?=${UNSPACED})|(?<=${UNSPACED})(?=\\S)`, "gu");
const ALL_UNSPACED = new RegExp(`^${UNSPACED}+$`, "u");

// An identifier of either scheme (info.arxiv.org/help/arxiv_identifier.html), as it is cited or copied from a URL.
const ARXIV = /^(?:arxiv:\s*|(?:https?:\/\/)?(?:[a-z]+\.)?arxiv\.org\/[a-z]+\/)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?(?:\.pdf)?$/i;

// A word that every paper has: searching for no words would fetch the whole index.
export const EVERY = "¶everypaper";

const FILTERS = ["theme", "year", "pick", "code"];

// Takes "?q=...&theme=..."; returns { q, theme, year, pick, code }, all strings, empty where nothing is asked.
export function fromAddress(search) {
  const asked = new URLSearchParams(search);
  return Object.fromEntries(["q", ...FILTERS].map((name) => [name, asked.get(name) ?? ""]));
}

// The inverse; "" for an empty query.
export function toAddress(query) {
  const asked = ["q", ...FILTERS].filter((name) => query[name].trim()).map((name) => [name, query[name].trim()]);
  return asked.length ? `?${new URLSearchParams(asked)}` : "";
}

export function isEmpty(query) {
  return toAddress(query) === "";
}

export function isBetweenUnspaced(before, after) {
  return ALL_UNSPACED.test([...before].at(-1) ?? "") && ALL_UNSPACED.test([...after][0] ?? "");
}

// Returns the words for Pagefind. Quoted words are searched as a phrase.
export function term(words) {
  const asked = words.trim();
  if (!asked) return EVERY;
  const id = ARXIV.exec(asked)?.[1];
  if (id) return `"${id}"`;
  const spaced = asked.replace(BESIDE_UNSPACED, " ");
  return ALL_UNSPACED.test(asked) ? `"${spaced}"` : spaced;
}

// Returns results in the order they are shown: the paper with the identifier comes before those that cite it.
export function inOrder(results, words) {
  if (!ARXIV.test(words.trim())) return results;
  const cites = (result) => !result.matchedMetaFields?.includes("arxiv");
  return [...results].sort((a, b) => cites(a) - cites(b));
}

// Returns Pagefind's options: papers pass every filter; without words they come in the order of lists.
export function options(query) {
  const filters = Object.fromEntries(FILTERS.filter((name) => query[name]).map((name) => [name, query[name]]));
  return query.q.trim() ? { filters } : { filters, sort: { order: "desc" } };
}
