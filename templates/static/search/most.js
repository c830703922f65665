// Papers that have most of the words of a query, where none has all. No DOM.

const MOST = 100; // papers

// Takes words, and what Pagefind finds for each of them. Returns results as Pagefind has them, those with the most words
// first, then with the rarest; each also says which words it is `without`.
export function withMostWords(words, found) {
  const papers = new Map();
  for (const [place, results] of found.entries()) {
    for (const result of results) {
      const paper = papers.get(result.id) ?? { results: [], has: new Set(), weight: 0 };
      paper.results.push(result);
      paper.has.add(words[place]);
      paper.weight += 1 / results.length;
      papers.set(result.id, paper);
    }
  }
  const ranked = [...papers.values()].sort((a, b) => b.has.size - a.has.size || b.weight - a.weight);
  const fewest = Math.min(ranked[0]?.has.size ?? 0, Math.ceil(words.length / 2));
  const near = ranked.filter(({ has }) => has.size >= fewest).slice(0, MOST);
  return near.map(({ results, has }) => ({ data: () => together(results), without: words.filter((word) => !has.has(word)) }));
}

// The data of a paper, with the places of all words found in it.
async function together(results) {
  const all = await Promise.all(results.map((result) => result.data()));
  return { ...all[0], locations: all.flatMap(({ locations }) => locations) };
}
