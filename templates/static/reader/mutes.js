// Which papers are muted. No DOM.

const spaced = (text) => ` ${(text.normalize("NFKC").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(" ")} `;

/** Whether a paper has a muted theme, or its title or byline a muted word: whole words, in any case. */
export function isMuted({ theme, title, byline }, { themes, words }) {
  if (Object.hasOwn(themes, theme)) return true;
  const said = words.length ? spaced(title) + spaced(byline) : "";
  return words.some((word) => spaced(word).trim() && said.includes(spaced(word)));
}
