// What the buttons of a list do; fetched when the first one is pressed.

import { kept, make, say } from "./page.js";
import { change } from "./reader.js";

/** Puts a paper on the reading list, or takes it off. */
export function save(paper) {
  const held = kept.read("saved").find(({ slug }) => slug === paper.slug);
  if (held?.note && !confirm("Your note goes with it. Remove it?")) return;
  const without = (list) => list.filter(({ slug }) => slug !== paper.slug);
  if (change("saved", (list) => (held ? without(list) : [paper, ...list]))) say(held ? "No longer saved." : "Saved.");
}

/** Mutes the theme of the page, or takes that back. */
export function mute(theme) {
  change("settings", ({ themes: { [theme]: muted, ...others }, ...settings }) => ({
    ...settings,
    themes: muted ? others : { ...others, [theme]: document.querySelector("h1").textContent },
  }));
}

/** Sets how much lists show: titles, facts or abstracts. */
export function showMuch(list) {
  change("settings", (settings) => ({ ...settings, list }));
  openAbstracts(list === "abstracts");
}

// A list has either the abstracts, folded, or links to them, which are fetched when they are opened.

const nearby = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      nearby.unobserve(target);
      unfold(target);
    }
  },
  { rootMargin: "50%" },
);

/** Opens or closes the abstracts of the list; those that are fetched open when they are about to be seen. */
export function openAbstracts(open) {
  for (const abstract of document.querySelectorAll("article > details")) abstract.open = open;
  nearby.disconnect();
  if (open) for (const link of document.querySelectorAll(".unfold")) nearby.observe(link);
}

/** Replaces the link to an abstract by the abstract, open, from the paper's page; follows the link if that fails. */
export async function unfold(link) {
  try {
    const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
    const paragraphs = page.querySelectorAll("#abstract > p");
    if (!paragraphs.length) throw new Error("The page has no abstract");
    const summary = make("summary", {}, "Abstract");
    const isFocused = document.activeElement === link;
    link.replaceWith(make("details", { open: true }, summary, ...paragraphs));
    if (isFocused) summary.focus();
  } catch {
    location = link.href;
  }
}
