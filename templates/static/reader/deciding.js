// Which papers are new, and whether a key is meant for the page. No DOM.

const VISIT = 30 * 60 * 1000; // milliseconds without a page, after which the next page is a new visit

/** The key of an event; "" for a shortcut of the browser, and while the reader writes. */
export function keyOf(event, writing) {
  const other = event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented;
  return !other && !writing && /^[jkoas/?]$/.test(event.key) ? event.key : "";
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
