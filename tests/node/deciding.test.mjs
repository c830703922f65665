import assert from "node:assert/strict";
import { test } from "node:test";

import { isNew, keyOf, looked } from "../../templates/static/reader/deciding.js";
import { isMuted } from "../../templates/static/reader/mutes.js";

const paper = { theme: "retrieval", title: "Dense Retrieval: a RAG Survey", byline: "Stanford NLP" };
const isMutedBy = (words, themes = {}) => isMuted(paper, { themes, words });

test("a theme and a word mute; a word is a whole one, in any case, in title or byline", () => {
  assert.ok(isMutedBy([], { retrieval: "Retrieval" }));
  assert.ok(!isMutedBy([], { other: "Other" }));
  const words = ["rag", "RETRIEVAL", "dense  retrieval", "stanford", "Retrieval: a", "ｒａｇ"];
  assert.deepEqual(words.filter((word) => !isMutedBy([word])), []);
  assert.deepEqual(["dens", "survey stanford", "surveys", "", "!", "constructor"].filter((word) => isMutedBy([word])), []);
  assert.ok(!isMuted({ ...paper, theme: "constructor" }, { themes: {}, words: [] }));
});

const START = { known: "", since: "", at: 0, list: "facts" };
const MINUTE = 60_000;

test("on a first visit nothing is new; on the next, issues published since", () => {
  let now = 1_700_000_000_000;
  const first = looked(START, now, "2025-10-30");
  assert.equal(first.since, "");
  assert.ok(!isNew("2025-10-30", first.since));
  const still = looked(first, (now += 29 * MINUTE), "2025-10-31");
  assert.equal(still.since, "");
  const next = looked(still, (now += 24 * 60 * MINUTE), "2025-11-01");
  assert.equal(next.since, "2025-10-31");
  assert.deepEqual(["2025-10-31", "2025-11-01", ""].map((issue) => isNew(issue, next.since)), [false, true, false]);
  const later = looked(next, now + MINUTE, "2024-01-01");
  assert.deepEqual([later.since, later.known, later.list], ["2025-10-31", "2025-11-01", "facts"]);
});

test("a clock that was put back only begins a visit", () => {
  const known = { ...START, known: "2025-10-30", since: "2025-10-01", at: 1_700_000_000_000 };
  assert.equal(looked(known, 1_600_000_000_000, "").since, "2025-10-30");
});

test("a key counts unless the reader writes or presses a shortcut", () => {
  const press = (key, more = {}, writing = false) => keyOf({ key, ...more }, writing);
  assert.deepEqual([..."jkoas/?"].map((key) => press(key)), [..."jkoas/?"]);
  for (const held of ["ctrlKey", "altKey", "metaKey", "isComposing", "defaultPrevented"]) assert.equal(press("s", { [held]: true }), "");
  assert.deepEqual([press("j", {}, true), press("x"), press("Enter"), press("toString"), press("")], ["", "", "", "", ""]);
  assert.equal(press("?", { shiftKey: true }), "?");
});
