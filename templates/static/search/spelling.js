// The nearest spelling of words that no title has. No DOM.

import { folded } from "./query.js";

// Returns the first of the nearest words of a vocabulary, or "" if the word is in it or none is near.
// A near word has one letter more, less or other, or two swapped; a word of eight letters or more may have two such slips.
export function nearest(word, vocabulary) {
  const asked = folded(word);
  const isKnown = (known) => known.startsWith(asked) || stem(known) === stem(asked);
  if (asked.length < 4 || /\d/.test(asked) || vocabulary.some(isKnown)) return "";
  let near = "";
  let most = asked.length < 8 ? 1 : 2;
  for (const known of vocabulary) {
    if (Math.abs(known.length - asked.length) > most) continue;
    const slips = distance(asked, known);
    if (slips < most || (slips === most && !near)) [near, most] = [known, slips];
  }
  return near;
}

// A word without its ending, roughly.
function stem(word) {
  return word.replace(/s$/, "").replace(/(?:ing|ed|e|er|ion)$/, "");
}

// The number of slips between two words (optimal string alignment).
export function distance(one, other) {
  let [before, row] = [[], Array.from({ length: other.length + 1 }, (_, place) => place)];
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (isSame ? 0 : 1));
      const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (isSwapped) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[other.length];
}
