// The front page's line of how many papers are new since the last visit, counted from the issues that it lists.

import { isNew } from "./deciding.js";
import { below, home, kept, make } from "./page.js";
import "./reader.js"; // it records visits

const since = kept?.read("settings").since ?? "";
const issues = [...document.querySelectorAll(".front > .side .index a")].flatMap((link) => {
  const [kind, day] = below(link.href);
  return kind === "issues" ? [{ day, name: link.textContent, papers: Number(link.nextElementSibling.textContent) }] : [];
});
const fresh = issues.filter(({ day }) => isNew(day, since));

if (fresh.length) {
  const count = fresh.reduce((sum, { papers }) => sum + papers, 0);
  const last = issues.find(({ day }) => day === since);
  const year = new RegExp(` ${issues[0].day.slice(0, 4)}$`); // this year is left out
  const words = last ? `${count} new since ${last.name.replace(year, "")}` : `More than ${count} new since you looked`;
  const link = make("a", { href: `${home}since/${last ? `${since}/` : ""}` }, words);
  document.querySelector(".front .leads > .label, .front > .body > .group")?.before(make("p", { className: "sum since" }, link));
}
