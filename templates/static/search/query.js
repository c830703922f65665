// The query, as the page's URL has it and as Pagefind takes it. No DOM.

// Characters of Chinese and Japanese, which have no spaces between words: the index has each as a word of its own.
const UNSPACED = "[\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9f\\u{20000}-\\u{3ffff}]";
const BESIDE_UNSPACED = new RegExp(`(?<=\\S)(?=${UNSPACED})|(?<=${UNSPACED})(?=\\S)`, "gu");
const ALL_UNSPACED = new RegExp(`^${UNSPACED}+$`, "u");

// An identifier of either scheme (info.arxiv.org/help/arxiv_identifier.html), as it is cited or copied from a URL.
// Its DOI is 10.48550/arXiv. and the identifier.
const ARXIV =
  /^(?:arxiv:\s*|(?:https?:\/\/)?(?:[a-z]+\.)?arxiv\.org\/[a-z]+\/|(?:doi:\s*|(?:https?:\/\/)?(?:dx\.)?doi\.org\/)?10\.48550\/arxiv\.)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?(?:\.pdf)?$/i;

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

export function isIdentifier(query) {
  return ARXIV.test(query.trim());
}

export function isBetweenUnspaced(before, after) {
  return ALL_UNSPACED.test([...before].at(-1) ?? "") && ALL_UNSPACED.test([...after][0] ?? "");
}

// Letters that no normalization takes apart, and the names of Greek ones.
const LETTERS = Object.fromEntries(
  "đ d ð d ø o ł l æ ae œ oe þ th ħ h ı i ß ss ς sigma α alpha β beta γ gamma δ delta ε epsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu ν nu ξ xi ο omicron π pi ρ rho σ sigma τ tau υ upsilon φ phi χ chi ψ psi ω omega"
    .match(/\S+ \S+/g)
    .map((pair) => pair.split(" ")),
);

// Returns text in lower case, without accents and signs of TeX, its letters and digits plain; `folding.py` does the same.
export function folded(text) {
  const plain = text.normalize("NFKC").toLowerCase();
  const named = [...plain].map((letter) => LETTERS[letter] ?? letter).join("");
  return named.normalize("NFD").replace(/[\u0300-\u036f^_]/g, "").normalize("NFC");
}

// Returns the words of a query, each once; none if it is an identifier or a phrase.
export function wordsOf(query) {
  if (isIdentifier(query) || query.includes('"')) return [];
  return [...new Set(term(query).split(/\s+/))].filter((word) => /[\p{L}\p{N}]/u.test(word) && word !== EVERY);
}

// Whether a word of a text is one that was asked for, or another form of it.
export function isForm(word, asked) {
  const [one, other] = [folded(word), folded(asked)].map((text) => text.replace(/[^\p{L}\p{N}]/gu, ""));
  if (!one || !other) return false;
  if (one.startsWith(other) || (one.length > 3 && other.startsWith(one))) return true;
  let same = 0;
  while (same < one.length && one[same] === other[same]) same++;
  return same >= Math.max(6, other.length - 3);
}

// Returns a text in pieces, the words that were asked for marked, without the signs around them.
export function marked(text, query) {
  const asked = query.split(/[\s"]+/).filter(Boolean);
  const pieces = text.split(/([\p{L}\p{N}\p{M}]+(?:['’.^_][\p{L}\p{N}\p{M}]+)*)/u).map((piece, place) => {
    return { text: piece, isMarked: place % 2 === 1 && asked.some((word) => word.split("-").some((part) => isForm(piece, part))) };
  });
  return pieces.filter((piece) => piece.text);
}

// Returns the words of a query that a text does not have as they are.
export function absent(words, text) {
  const plain = folded(text);
  return words.filter((word) => !plain.includes(word));
}

// Returns those of whose stem it has nothing either: Pagefind finds what begins like a word that no paper has.
export function unlike(words, text) {
  const stem = (word) => word.slice(0, Math.min(6, Math.max(3, word.length - 4)));
  return words.filter((word) => absent([stem(word)], text).length > 0);
}

// Returns the words for Pagefind. Quoted words are searched as a phrase.
export function term(words) {
  const asked = words.trim();
  if (!asked) return EVERY;
  const id = ARXIV.exec(asked)?.[1];
  if (id) return `"${id}"`;
  const spaced = folded(asked).replace(BESIDE_UNSPACED, " ");
  return ALL_UNSPACED.test(asked) ? `"${spaced}"` : spaced;
}

// Returns results in the order they are shown: the paper with the identifier comes before those that cite it.
export function inOrder(results, words) {
  if (!isIdentifier(words)) return results;
  const cites = (result) => !result.matchedMetaFields?.includes("arxiv");
  return [...results].sort((a, b) => cites(a) - cites(b));
}

// Returns Pagefind's options: papers pass every filter; without words they come in the order of lists.
export function options(query) {
  const filters = Object.fromEntries(FILTERS.filter((name) => query[name]).map((name) => [name, query[name]]));
  return query.q.trim() ? { filters } : { filters, sort: { order: "desc" } };
}
