// Entries of a reading list, made by a counter: the same ones each time.

import { entry } from "../../templates/static/reader/kept.js";

/** A function that returns whole numbers from 0 to below a limit (Park and Miller's generator). */
export function numbers(seed) {
  let state = seed * 48271 + 1;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

const SIGNS = [..."aZ09 é漢字🙂\\{}~^&%$#_@=,\"'`*<>|:;.-+/?!()[]\t\u00a0\u2028"];
const SNIPPETS = [
  ..."{,},\\,~,\\\\,\\par{},\\\"o,\\&,{\\'e},@misc{x, and , AND ,\\textbackslash,$x^2$,</script>,<img src=x onerror=alert(1)>".split(","),
  ...["TY  - GEN", "ER  - ", "N1  - note", "--", "\n", "\n\n", " \n ", "\r\n", '", annote = "', "}\n}\n@misc{y,", "#", "\0\x1b"],
];

export function anyText(pick, length) {
  const one = () => (pick(3) ? SIGNS[pick(SIGNS.length)] : SNIPPETS[pick(SNIPPETS.length)]);
  return Array.from({ length: pick(length) }, one).join("");
}

export function anyEntry(pick) {
  const some = (value) => (pick(2) ? value : "");
  const slug = some(`a-paper-${pick(1000)}`);
  return entry({
    slug,
    title: `${anyText(pick, 12)} t`,
    authors: Array.from({ length: pick(4) }, () => anyText(pick, 6)),
    byline: some(anyText(pick, 6)),
    date: some(["2024", "2024-02", "2024-02-29", "1999-12-31"][pick(4)]),
    arxiv: some(["2410.12265", "hep-th/9901001", "0704.0001"][pick(3)]),
    url: slug ? "" : some(["https://example.org/a~b_c%20d?e=f&g#h", "http://example.org", "https://arxiv.org/abs/2410.12265"][pick(3)]),
    note: some(anyText(pick, 30)),
  });
}
