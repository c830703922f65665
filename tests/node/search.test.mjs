import assert from "node:assert/strict";
import { test } from "node:test";

import { excerpt } from "../../templates/static/search/excerpt.js";
import { withMostWords } from "../../templates/static/search/most.js";
import { absent, EVERY, fromAddress, inOrder, isEmpty, marked, options, term, toAddress, unlike } from "../../templates/static/search/query.js";
import { nearest } from "../../templates/static/search/spelling.js";

const NOTHING = { q: "", theme: "", year: "", pick: "", code: "" };

test("a query and its URL convert to each other", () => {
  const asked = { q: 'a & "b" + 强', theme: "data", year: "2024", pick: "1", code: "1" };
  assert.deepEqual(fromAddress(toAddress(asked)), asked);
  assert.equal(toAddress({ ...asked, q: " layer  norm " }), "?q=layer++norm&theme=data&year=2024&pick=1&code=1");
});

test("an empty query has an empty URL", () => {
  assert.deepEqual(fromAddress("?other=1&q="), NOTHING);
  assert.equal(toAddress({ ...NOTHING, q: "  " }), "");
  assert.ok(isEmpty(NOTHING));
  assert.ok(!isEmpty({ ...NOTHING, pick: "1" }));
});

for (const words of [
  "2410.12265",
  " arXiv:2410.12265v2 ",
  "arxiv: 2410.12265",
  "https://arxiv.org/abs/2410.12265",
  "http://www.arxiv.org/pdf/2410.12265v3.pdf",
  "arxiv.org/html/2410.12265v1",
  "10.48550/arXiv.2410.12265",
  "https://doi.org/10.48550/arXiv.2410.12265",
]) {
  test(`${words} is an identifier`, () => assert.equal(term(words), '"2410.12265"'));
}

test("identifiers of the old scheme are searched as they are", () => {
  assert.equal(term("arXiv:hep-th/9901001v2"), '"hep-th/9901001"');
  assert.equal(term("math.GT/0309136"), '"math.GT/0309136"');
});

test("words are searched as they are; without words, the word of every paper", () => {
  assert.equal(term(" layer normalization "), "layer normalization");
  assert.equal(term('"exact words"'), '"exact words"');
  assert.equal(term("1.5 and 2410.12265"), "1.5 and 2410.12265");
  assert.equal(term("  "), EVERY);
});

test("Chinese and Japanese are searched by character, as a phrase if there is nothing else", () => {
  assert.equal(term("强化学习"), '"强 化 学 习"');
  assert.equal(term("スーパー"), '"ス ー パ ー"');
  assert.equal(term("BERT模型 v2"), "bert 模 型 v2");
  assert.equal(term("한국어 naïve"), "한국어 naive");
});

test("a paper comes before those that cite it; otherwise the order is kept", () => {
  const [a, b, own] = [{}, { matchedMetaFields: ["title"] }, { matchedMetaFields: ["arxiv"] }];
  assert.deepEqual(inOrder([a, b, own], "arXiv:2410.12265"), [own, a, b]);
  assert.deepEqual(inOrder([a, b, own], "words"), [a, b, own]);
});

test("without words papers come in the order of lists", () => {
  assert.deepEqual(options({ ...NOTHING, theme: "data", pick: "1" }), {
    filters: { theme: "data", pick: "1" },
    sort: { order: "desc" },
  });
  assert.deepEqual(options({ ...NOTHING, q: "layer", year: "2024" }), { filters: { year: "2024" } });
});

function shown(content, places, length) {
  return excerpt(content.replace("END", EVERY), places, length)
    .map(({ text, isMarked }) => (isMarked ? `[${text}]` : text))
    .join("");
}

const NUMBERS = Array.from({ length: 100 }, (_, number) => `w${number}`).join(" ");

test("an excerpt begins a few words before what was found", () => {
  assert.equal(shown("a b c d END e", [1, 2]), "a [b c] d");
  assert.equal(shown(`${NUMBERS} END e`, [50], 12), "… w42 w43 w44 w45 w46 w47 w48 w49 [w50] w51 w52 w53 …");
  assert.equal(shown(`${NUMBERS} END e`, [99], 10), "… w90 w91 w92 w93 w94 w95 w96 w97 w98 [w99]");
});

test("an excerpt shows where most was found", () => {
  assert.match(shown(`${NUMBERS} END e`, [3, 60, 62, 64], 20), /^… w52 .*\[w60\] w61 \[w62\] w63 \[w64\]/);
});

test("words that are only searched are never shown", () => {
  assert.equal(shown("a b END note names", [3]), "a b");
  assert.equal(shown("END note names", [1]), "");
  assert.equal(shown("a ¶ b END note", [2]), "a ¶ [b]");
});

test("Chinese is joined again, and spaces next to other words stay", () => {
  assert.equal(shown("基 于 强 化 学 习 的 模 型 END e", [2, 3, 4, 5]), "基于[强化学习]的模型");
  assert.equal(shown("使 用 BERT 模 型 END e", [2]), "使用 [BERT] 模型");
});

test("text stays text, whatever it holds", () => {
  assert.deepEqual(excerpt(`<b>bold</b> &lt;i&gt; ${EVERY} e`, [0]), [
    { text: "<", isMarked: false },
    { text: "b>bold</b", isMarked: true },
    { text: ">", isMarked: false },
    { text: " &lt;i&gt;", isMarked: false },
  ]);
});

for (const [typed, folded] of Object.entries({
  "H₂O": "h2o",
  "π₀": "pi0",
  "τ-bench": "tau-bench",
  "R^2": "r2",
  "ℓ_1": "l1",
  "Łukasz": "lukasz",
  "Straße": "strasse",
  "eﬃcient": "efficient",
})) {
  test(`${typed} is searched as ${folded}`, () => assert.equal(term(typed), folded));
}

test("words of a title are marked in any form, without the signs around them", () => {
  const shown = (title, asked) => marked(title, asked).map(({ text, isMarked }) => (isMarked ? `[${text}]` : text)).join("");
  assert.equal(shown("“Models”: how they model (GPT-4.1)", "model 4.1"), "“[Models]”: how they [model] (GPT-[4.1])");
  assert.equal(shown("Layer Normalization", "normalizing"), "Layer [Normalization]");
  assert.equal(shown("The π₀ Gradient", "pi0 grading"), "The [π₀] Gradient");
  assert.equal(shown("<b> & data", "date"), "<b> & data");
});

test("the nearest spelling is a known word with a slip or two", () => {
  const known = ["models", "recommender", "vision", "mode"];
  assert.deepEqual(["recomender", "visoin", "modles"].map((word) => nearest(word, known)), ["recommender", "vision", "models"]);
  assert.deepEqual(["model", "vision", "zebra", "mod", "gpt4", "moding"].map((word) => nearest(word, known)), Array(6).fill(""));
});

test("papers with most of the words come first and say what they lack", async () => {
  const paper = (id) => ({ id, data: async () => ({ id, locations: [1] }) });
  const each = [[paper("a"), paper("b"), paper("c")], [paper("b")], []];
  const found = withMostWords(["models", "grading", "themselves"], each);
  assert.deepEqual(found.map(({ without }) => without), [["themselves"]]);
  assert.deepEqual(await found[0].data(), { id: "b", locations: [1, 1] });
});

test("words that a text does not have are told from those whose stem it has", () => {
  const text = "Łukasz as a judge of Models";
  assert.deepEqual(absent(["lukasz", "judge", "modeling", "asxyzzyx"], text), ["modeling", "asxyzzyx"]);
  assert.deepEqual(unlike(["lukasz", "judge", "modelled", "asxyzzyx"], text), ["asxyzzyx"]);
});
