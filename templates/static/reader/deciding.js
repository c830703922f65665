// Which papers are muted or new, and what a key means. No DOM.

const VISIT = 30 * 60 * 1000; // milliseconds without a page, after which the next page is a new visit

/** The keys, and what each does. */
export const KEYS = {
  j: "next paper",
  k: "previous paper",
  o: "open it, like Enter",
  s: "save it, or remove it",
  "/": "search",
  "?": "these keys",
};

/** The key of an event; "" for a shortcut of the browser, and while the reader writes. */
export function keyOf(event, writing) {
  const other = event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented;
  return !other && !writing && Object.hasOwn(KEYS, event.key) ? event.key : "";
}

const spaced = (text) => ` ${(text.normalize("NFKC").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(" ")} `;

/** Whether a paper has a muted theme, or its title or byline a muted word: whole words, in any case. */
export function isMuted({ theme, title, byline }, { themes, words }) {
  if (Object.hasOwn(themes, theme)) return true;
  const said = words.length ? spaced(title) + spaced(byline) : "";
  return words.some((word) => spaced(word).trim() && said.includes(spaced(word)));
}

/**
 * The settings after a page was opened: `known` is the newest issue ever seen, `since` what it was when this visit began.
 * The time (milliseconds) is only used to tell one visit from the next.
 */
export function looked(settings, now, newest) {
  const since = Math.abs(now - settings.at) > VISIT ? settings.known : settings.since;
  return { ...settings, since, at: now, known: newest > settings.known ? newest : settings.known };
}

/** Whether an issue is newer than those the reader knew; never on a first visit. */
export function isNew(issue, since) {
  return since !== "" && issue > since;
}
