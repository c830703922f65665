// Hides muted papers, and says how many; fetched if anything is muted.

import { isMuted } from "./mutes.js";
import { button, make, papers } from "./page.js";

const opened = new Set(); // lists that show their muted papers

/** Hides the muted papers of each list, above a line that shows them again. */
export function hideMuted(mutes) {
  for (const list of new Set(papers.map(({ element }) => element.parentElement))) {
    const muted = papers.filter((one) => one.element.parentElement === list && isMuted(one, mutes));
    for (const one of list.querySelectorAll(":scope > article")) one.hidden = false;
    for (const { element } of muted) element.hidden = !opened.has(list);
    list.querySelector(":scope > .muted")?.remove();
    if (muted.length) list.append(mutedLine(list, muted.length, mutes));
  }
}

function mutedLine(list, number, mutes) {
  const open = opened.has(list);
  const turn = button(open ? "hide" : "show", () => {
    opened[open ? "delete" : "add"](list);
    hideMuted(mutes);
    list.querySelector(":scope > .muted > button").focus();
  });
  return make("p", { className: "sum muted" }, `${number} ${open ? "muted" : "hidden by your mutes"}: `, turn);
}
