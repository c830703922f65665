// The desk: a list of papers, worked by keys. Each edit is written to its record at once; the server answers with the
// record as it is now, which is what is shown.

const $ = (id) => document.getElementById(id);
const token = document.querySelector('meta[name="desk-token"]').content;
const edits = []; // numbers of the edits of this page, the last one last
let themes = []; // [slug, title]
let papers = [];
let total = 0;
let current = 0;

// Asking the server

async function load(from = 0) {
  const query = new URLSearchParams({ list: $("list").value || "unsorted", state: $("state").value || "any", from });
  const found = await (await fetch(`papers?${query}`)).json();
  themes = found.themes;
  fill($("list"), found.lists);
  fill($("state"), found.states.map((state) => [state, state]));
  papers = [...papers.slice(0, from), ...found.found.papers];
  total = found.found.total;
  if (!from) current = 0;
  draw();
}

async function post(what, body) {
  say("");
  const headers = { "X-Desk-Token": token, "Content-Type": "application/json" };
  try {
    const answer = await fetch(what, { method: "POST", headers, body: JSON.stringify(body) });
    return { status: answer.status, ...(await answer.json()) };
  } catch {
    return { problem: "The server does not answer. Is it still running?" };
  }
}

// Writes go one after the other: each needs the version of the record that the one before it gave.
let waiting = Promise.resolve();
function queue(write) {
  waiting = waiting.then(write);
  return waiting;
}

function edit(field, value) {
  const { path } = papers[current];
  return queue(async () => {
    const { version } = papers.find((paper) => paper.path === path);
    const done = await post("edit", { path, version, field, value });
    take(done);
    if (done.status !== 409) return;
    say(`${done.problem} This is how it is now; you wanted: ${field} ${JSON.stringify(value)}`);
  });
}

function undo() {
  return queue(async () => {
    const number = edits.pop();
    if (number === undefined) say("There is nothing to undo.");
    else take(await post("undo", number));
  });
}

function take(done) {
  if (done.problem) say(done.problem);
  if (done.edit) edits.push(done.edit);
  const place = done.paper ? papers.findIndex((paper) => paper.path === done.paper.path) : -1;
  if (place >= 0) {
    papers[place] = { ...done.paper, suggestions: papers[place].suggestions };
    draw();
  }
}

// Drawing

function fill(select, options) {
  if (select.options.length === options.length) return;
  select.replaceChildren(...options.map(([value, title]) => new Option(title, value)));
}

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// The themes of a paper as its digits name them: those that are suggested first.
function choices(paper) {
  const suggested = paper.suggestions.map(([slug]) => slug);
  const order = [...suggested, ...themes.map(([slug]) => slug).filter((slug) => !suggested.includes(slug))];
  const titles = new Map(themes);
  return order.filter((slug) => titles.has(slug)).map((slug) => [slug, titles.get(slug)]);
}

function draw() {
  $("papers").replaceChildren(...papers.map(row));
  $("count").textContent = total === 1 ? "1 paper" : `${total} papers`;
  $("more").hidden = papers.length >= total;
  show();
}

function row(paper, place) {
  const isCurrent = place === current;
  const item = element("li", { "aria-current": isCurrent ? "true" : undefined, class: paper.themes.length ? "done" : "" });
  const title = element("button", { type: "button" }, paper.headline || paper.title);
  title.onclick = () => go(place);
  item.append(element("h2", {}, title), element("p", { class: "facts" }, ...facts(paper)));
  if (isCurrent) {
    item.classList.remove("done");
    item.append(chooser(paper));
    for (const html of paper.abstract) {
      const paragraph = element("p", { class: "abstract" });
      paragraph.innerHTML = html; // the server's own: escaped as on the site's pages
      item.append(paragraph);
    }
  }
  return item;
}

function facts(paper) {
  const titles = new Map(themes);
  const states = [
    ...paper.themes.map((slug) => titles.get(slug) ?? slug),
    ...(paper.pick ? ["pick"] : []),
    ...(paper.note ? ["note"] : []),
    ...(paper.hide ? ["hidden"] : []),
    ...paper.tags.map((tag) => `#${tag}`),
  ];
  const shown = states.length ? [element("span", { class: "state" }, states.join(", ")), " · "] : [];
  return [...shown, paper.facts];
}

function chooser(paper) {
  const list = element("ul", { class: "choice", "aria-label": "Themes" });
  choices(paper)
    .slice(0, 9)
    .forEach(([slug, title], index) => {
      const suggestion = paper.suggestions.find(([suggested]) => suggested === slug);
      const button = element("button", { type: "button", "aria-pressed": String(paper.themes.includes(slug)) });
      if (suggestion) button.title = `${Math.round(suggestion[1] * 100)} % by: ${suggestion[2].join(", ")}`;
      button.append(element("kbd", {}, String(index + 1)), ` ${title}`);
      button.onclick = () => setTheme(slug);
      list.append(element("li", {}, button));
    });
  return list;
}

function show() {
  const paper = papers[current];
  document.querySelector("#papers > [aria-current]")?.scrollIntoView({ block: "nearest" });
  const address = paper && !paper.hide ? paper.href : "about:blank";
  if (matchMedia("(min-width: 70rem)").matches && $("page").getAttribute("src") !== address) $("page").src = address;
}

function go(place) {
  if (place < 0 || place >= papers.length) return;
  current = place;
  say("");
  draw();
}

function say(text) {
  $("message").textContent = text;
}

// Deciding

function setTheme(slug, further = false) {
  const { themes: had } = papers[current];
  const others = had.filter((other) => other !== slug);
  if (further) return edit("themes", had.includes(slug) ? others : [...had, slug]);
  return edit("themes", had[0] === slug ? others : [slug, ...others]);
}

// Ask for text in the dialog. `changed` is called as it is typed; the promise gives the text, or null.
function ask(title, text, help, changed = () => {}) {
  const dialog = $("dialog");
  $("dialog-title").textContent = title;
  $("dialog-help").textContent = help;
  $("preview").replaceChildren();
  $("matches").replaceChildren();
  $("text").value = text;
  $("text").oninput = () => changed($("text").value);
  dialog.returnValue = "";
  dialog.showModal();
  changed(text);
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue === "save" ? $("text").value : null);
  });
}

async function askTheme() {
  const fitting = (text) => {
    const sought = text.replace(/^\+/, "").trim().toLowerCase();
    return choices(papers[current]).filter(([, title]) => title.toLowerCase().includes(sought));
  };
  const list = (text) => $("matches").replaceChildren(...fitting(text).map(([, title]) => element("li", {}, title)));
  const text = await ask("Theme", "", "Enter takes the first. Begin with + for a further theme.", list);
  const [first] = text === null ? [] : fitting(text);
  if (first) setTheme(first[0], text.startsWith("+"));
}

async function askNote() {
  let asked = 0;
  const preview = async (text) => {
    const mine = ++asked;
    const { html, problem } = await post("preview", text);
    if (mine === asked) $("preview").innerHTML = html ?? "";
    if (problem) say(problem);
  };
  const text = await ask("Why it is here", papers[current].note, "Markdown. Ctrl+Enter saves, Esc cancels.", preview);
  if (text !== null) edit("note", text.trim() || null);
}

async function askLine(field, title, value, help, read) {
  const text = await ask(title, value, help);
  if (text !== null) edit(field, read(text.trim().replace(/\s+/g, " ")));
}

const tagsOf = (text) => text.split(",").map((tag) => tag.trim()).filter(Boolean);
const KEYS = {
  j: () => go(current + 1),
  k: () => go(current - 1),
  p: () => edit("pick", !papers[current].pick),
  x: () => edit("hide", !papers[current].hide),
  n: askNote,
  h: () => askLine("headline", "Headline", papers[current].headline, "Empty: the title.", (text) => text || null),
  t: () => askLine("tags", "Tags", papers[current].tags.join(", "), "With commas between them.", tagsOf),
  u: undo,
  o: () => window.open(papers[current].href, "_blank", "noopener"),
  "/": askTheme,
  "?": () => $("keys").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.closest("select, input, textarea")) return;
  if (!papers.length && !["?", "u"].includes(event.key)) return;
  const digit = /^[1-9]$/.test(event.key) ? choices(papers[current])[event.key - 1] : null;
  const action = digit ? () => setTheme(digit[0]) : KEYS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

$("text").addEventListener("keydown", (event) => {
  const isLine = $("dialog-title").textContent !== "Why it is here";
  if (event.key !== "Enter" || !(isLine || event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  $("dialog").close("save");
});

$("list").onchange = () => load().then(() => $("list").blur());
$("state").onchange = () => load().then(() => $("state").blur());
$("more").onclick = () => load(papers.length);
$("help").onclick = KEYS["?"];
load();
