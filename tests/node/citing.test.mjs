import assert from "node:assert/strict";
import { test } from "node:test";

import { merged, placed, readList, toBibtex, toJson, toRis } from "../../templates/static/reader/citing.js";
import { entry } from "../../templates/static/reader/kept.js";
import { anyEntry, numbers } from "./generated.mjs";

const HOME = "https://digest.example/base/";
const WRITERS = { JSON: toJson, BibTeX: toBibtex, RIS: toRis };
const read = (text) => readList(text, [HOME]);

for (const [form, write] of Object.entries(WRITERS)) {
  test(`${form} brings every list back as it was`, () => {
    for (let seed = 1; seed <= 1000; seed++) {
      const pick = numbers(seed);
      const list = Array.from({ length: pick(4) + 1 }, () => anyEntry(pick));
      assert.deepEqual(read(write(list, HOME)), list, `list ${seed}`);
    }
  });
}

const PAPER = entry({
  slug: "scaling-laws",
  title: "Scaling {Laws} & 50% more",
  authors: ["Doe, Jane", "The Group"],
  date: "2024-04-10",
  arxiv: "2404.07177",
  note: "Read again.\nSection 3.",
});

test("BibTeX has the fields of the digest's own citations, and says which paper it is", () => {
  assert.equal(
    toBibtex([PAPER], HOME),
    `@misc{scaling-laws,
  title = {{Scaling \\textbraceleft{}Laws\\textbraceright{} \\& 50\\% more}},
  author = {Doe, Jane and {The Group}},
  year = {2024},
  month = {04},
  day = {10},
  eprint = {2404.07177},
  archiveprefix = {arXiv},
  url = {https://arxiv.org/abs/2404.07177},
  digest = {https://digest.example/base/papers/scaling-laws/},
  annote = {Read again.\\par{}Section 3.},
}
`,
  );
});

test("RIS has them too", () => {
  const lines = toRis([PAPER], HOME).split("\r\n");
  assert.deepEqual(lines, [
    ...["TY  - GEN", "ID  - scaling-laws", "TI  - Scaling {Laws} & 50% more", "AU  - Doe, Jane", "AU  - The Group"],
    ...["PY  - 2024", "DA  - 2024/04/10", "DB  - arXiv", "AN  - 2404.07177", "UR  - https://arxiv.org/abs/2404.07177"],
    ...["C2  - https://digest.example/base/papers/scaling-laws/", "N1  - Read again.", "N1  - Section 3.", "ER  - ", "", ""],
  ]);
});

test("BibTeX from elsewhere is read: quotes, macros, months, accents, folded lines, comments", () => {
  const text = `% mine
@string{neu = "NeurIPS"}
@comment{nothing, title = {No}}
@InProceedings{doe2024,
  title = "On {B}ib{\\TeX} and
           G{\\"o}del",
  author = {Jane Doe and {Bell and Sons} and Fran\\c{c}ois~Roe},
  booktitle = neu # { 2024},
  year = 2024, month = apr, day = 3,
  doi = {10.1145/3292500},
}
@article{x, title={Second}, url = {javascript:alert(1)}, eprint={2410.12265v2}}`;
  const [first, second, ...others] = read(text);
  assert.deepEqual(others, []);
  assert.deepEqual(first.authors, ["Jane Doe", "Bell and Sons", "François Roe"]);
  assert.equal(first.title, "On Bib\\TeX and Gödel");
  assert.equal(first.date, "2024-04-03");
  assert.equal(first.url, "https://doi.org/10.1145/3292500");
  assert.deepEqual([second.title, second.url, second.arxiv, second.slug], ["Second", "", "2410.12265", ""]);
});

test("RIS from elsewhere is read: other tags, folded lines, a byte order mark", () => {
  const text = "\ufeffTY  - JOUR\nT1  - A title\n  that goes on\nA1  - Doe, Jane\nY1  - 2024/4/3/\nDO  - 10.48550/2410.12265\nER  -\n";
  const [one] = read(text);
  assert.deepEqual([one.title, one.authors, one.date, one.arxiv], ["A title that goes on", ["Doe, Jane"], "2024-04-03", "2410.12265"]);
});

test("a paper of another digest keeps its link", () => {
  const [one] = readList(toBibtex([{ ...PAPER, arxiv: "" }], "https://other.example/"), [HOME]);
  assert.deepEqual([one.slug, one.url], ["", "https://other.example/papers/scaling-laws/"]);
});

test("an entry from elsewhere is placed in the digest by its arXiv identifier", () => {
  const [one, other] = placed(
    [entry({ title: "A", arxiv: "2410.12265", note: "N" }), entry({ title: "B" })],
    [{ slug: "a-paper", arxiv: "2410.12265" }, { slug: "no-number" }],
  );
  assert.deepEqual([one.slug, one.note, other.slug], ["a-paper", "N", ""]);
});

test("text in none of these formats has no entries", () => {
  for (const text of ["", "hello", "@", "@misc{", "@misc{x,", "@misc{x, title = {", "TY  - ", "[]", "{}", "null", "[null, 1]"]) {
    assert.deepEqual(read(text), [], text);
  }
});

test("entries are added to the list: no paper twice, no note lost", () => {
  const list = [entry({ slug: "a", title: "A", note: "mine" }), entry({ title: "C", arxiv: "2410.12265" })];
  const taken = [
    entry({ slug: "a", title: "A", note: "theirs" }),
    entry({ slug: "a", title: "A", note: "mine" }),
    entry({ slug: "c", title: "C", arxiv: "2410.12265" }),
    entry({ slug: "b", title: "B" }),
  ];
  const { list: after, added } = merged(list, taken);
  assert.equal(added, 1);
  assert.deepEqual(after.map(({ slug, note }) => [slug, note]), [["a", "mine\ntheirs"], ["c", ""], ["b", ""]]);
  assert.equal(list[0].note, "mine");
});
