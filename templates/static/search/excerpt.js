// The part of a paper's abstract that a result shows. No DOM.

import { EVERY, isBetweenUnspaced } from "./query.js";

const LEAD = 8; // words before the first mark

// Takes the indexed words and the places of those found; returns pieces of text, marked or not.
export function excerpt(content, places, length = 36) {
  const all = content.split(/\s+/);
  const words = all.slice(0, Math.max(all.lastIndexOf(EVERY), 0)); // words after it are searched but never shown
  const found = new Set(places.filter((place) => place < words.length));
  const start = begin([...found].sort((a, b) => a - b), words.length, length);
  const quoted = words.slice(start, start + length);
  const pieces = [];
  for (const [index, word] of quoted.entries()) {
    const isMarked = found.has(start + index);
    const last = pieces.at(-1);
    const gap = last && !isBetweenUnspaced(last.text, word) ? " " : "";
    if (last && last.isMarked === isMarked) last.text += gap + word;
    else if (isMarked) {
      if (last) last.text += gap;
      pieces.push({ text: word, isMarked });
    } else pieces.push({ text: gap + word, isMarked });
  }
  pieces.splice(0, pieces.length, ...pieces.flatMap(bare));
  if (start > 0 && pieces.length) pieces.unshift({ text: "… ", isMarked: false });
  if (start + length < words.length) pieces.push({ text: " …", isMarked: false });
  return pieces;
}

// A marked piece without the signs around its words.
function bare({ text, isMarked }) {
  const [, before, words, after] = text.match(/^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su);
  if (!isMarked || !words) return [{ text, isMarked: false }];
  return [{ text: before, isMarked: false }, { text: words, isMarked }, { text: after, isMarked: false }].filter((piece) => piece.text);
}

// The start of the stretch with the most places: a few words before its first one.
function begin(places, total, length) {
  const stretch = length - LEAD;
  const within = (first) => places.filter((place) => place >= first && place < first + stretch).length;
  const densest = places.reduce((best, place) => (within(place) > within(best) ? place : best), places[0] ?? 0);
  return Math.max(0, Math.min(densest - LEAD, total - length));
}
