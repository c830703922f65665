// The browser's side of `broadsheet serve`. The server only says that something changed; a page then asks for its status
// and does nothing, swaps its styles, reloads, or shows problems.
(() => {
  "use strict";

  const mine = { ...document.currentScript.dataset };
  const place = `broadsheet:place:${location.pathname}`;
  const dismissed = "broadsheet:dismissed";

  // Asking for the status

  let asking = false;
  let again = false;

  async function ask() {
    again = true;
    if (asking) return;
    asking = true;
    while (again) {
      again = false;
      const status = await fetchStatus();
      if (status) apply(status);
    }
    asking = false;
  }

  async function fetchStatus() {
    try {
      const response = await fetch(`/-/status?path=${encodeURIComponent(location.pathname)}`);
      return response.ok ? await response.json() : null;
    } catch {
      return null; // the server is down; an event comes when it is back
    }
  }

  function apply(status) {
    if (status.page !== mine.page) {
      keepPlace();
      location.reload();
      return;
    }
    if (status.styles !== mine.styles) swapStyles((mine.styles = status.styles));
    showProblems(status);
  }

  // Events. One page listens for all: browsers allow a site six connections, and a seventh page would hang.

  const others = new BroadcastChannel("broadsheet");
  others.onmessage = ask;

  function listen() {
    const events = new EventSource("/-/events");
    events.onmessage = () => {
      others.postMessage("changed");
      ask();
    };
    events.onerror = () => {
      if (events.readyState === EventSource.CLOSED) setTimeout(listen, 500);
    };
  }

  if (navigator.locks) navigator.locks.request("broadsheet", () => new Promise(listen));
  else listen(); // browsers have no locks on plain http from another machine

  addEventListener("pageshow", (event) => event.persisted && ask());

  // Stylesheets. The old one is removed once the new one has loaded, so that the page is never unstyled.

  function swapStyles(version) {
    for (const old of document.querySelectorAll('link[rel~="stylesheet"]:not([data-outdated])')) {
      const address = new URL(old.href);
      if (address.origin !== location.origin) continue;
      address.searchParams.set("broadsheet", version);
      const fresh = old.cloneNode();
      fresh.href = address;
      fresh.onload = fresh.onerror = () => {
        while (fresh.previousElementSibling?.dataset.outdated) fresh.previousElementSibling.remove();
      };
      old.dataset.outdated = "yes";
      old.after(fresh);
    }
  }

  // Scroll position, open details and focus, kept over a reload. An element is found by its id, or by its number below
  // the nearest element with an id, so that edits elsewhere do not move it.

  function nameOf(element) {
    const holder = element.closest("[id]");
    if (holder === element) return [element.id];
    const alike = [...(holder ?? document).querySelectorAll(element.localName)];
    return [holder?.id ?? "", element.localName, alike.indexOf(element)];
  }

  function elementOf([id, tag, number]) {
    const holder = id ? document.getElementById(id) : document;
    return tag ? holder?.querySelectorAll(tag)[number] : holder;
  }

  function keepPlace() {
    const details = [...document.querySelectorAll("details")];
    const focused = document.activeElement;
    const kept = {
      scroll: { left: scrollX, top: scrollY },
      details: details.map((element) => [nameOf(element), element.open]),
      focus: focused && focused !== document.body ? nameOf(focused) : null,
    };
    sessionStorage.setItem(place, JSON.stringify(kept));
    history.scrollRestoration = "manual";
  }

  function restorePlace() {
    const kept = JSON.parse(sessionStorage.getItem(place));
    if (!kept) return;
    sessionStorage.removeItem(place);
    for (const [name, open] of kept.details) {
      const element = elementOf(name);
      if (element) element.open = open;
    }
    if (kept.focus) elementOf(kept.focus)?.focus({ preventScroll: true });
    scrollTo({ ...kept.scroll, behavior: "instant" });
    history.scrollRestoration = "auto";
  }

  // Problems, shown over the last good page

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; }
    section {
      position: fixed; inset: auto 0 0; z-index: 2147483647; box-sizing: border-box; max-height: 60vh;
      overflow: auto; padding: 16px max(clamp(20px, 4vw, 48px), 50vw - 576px) 24px; border-top: 3px solid var(--red);
      background: var(--paper); color: var(--ink); color-scheme: light dark;
      font: 15px/20px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
      --paper: #fbf8f2; --ink: #1b1814; --grey: #55504a; --hair: #766f63; --red: #a5161b;
    }
    @media (prefers-color-scheme: dark) {
      section { --paper: #171512; --ink: #dcd5c8; --grey: #ada598; --hair: #857d70; --red: #f0978a; }
    }
    @media print { section { display: none; } }
    header { display: flex; align-items: baseline; justify-content: space-between; gap: 16px; }
    h2, p, pre { margin: 0; }
    h2 { font: 700 18px/24px Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif; }
    button {
      border: 0; padding: 4px 0; background: none; color: var(--grey); font: inherit; cursor: pointer;
      text-decoration: underline 1px var(--hair); text-underline-offset: 0.2em; white-space: nowrap;
    }
    button:hover { color: var(--red); }
    button:focus-visible { outline: 2px solid var(--red); outline-offset: 3px; }
    article { margin-top: 12px; border-top: 1px solid var(--hair); padding-top: 12px; overflow-wrap: anywhere; }
    .place { color: var(--grey); font-size: 13px; }
    .hint, .more { color: var(--grey); }
    .more { margin-top: 12px; }
    pre {
      position: relative; margin: 4px 0; overflow: auto;
      font: 13px/20px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
    }
    pre.pointed { padding-bottom: 16px; }
    .number { color: var(--grey); }
    .at { position: relative; color: var(--red); }
    .at::after { content: "^"; position: absolute; left: 0; top: 14px; }
  `);

  function make(tag, className, ...children) {
    const element = document.createElement(tag);
    element.className = className;
    element.append(...children); // strings become text nodes: no message is parsed as HTML
    return element;
  }

  function makeSource({ line, column, text }) {
    const characters = [...text]; // columns count characters, JavaScript indices count UTF-16 units
    const part = (from, to) => characters.slice(from, to).join("");
    const number = make("span", "number", `${line} | `);
    if (!column) return make("pre", "", number, text);
    const pointed = make("span", "at", part(column - 1, column) || " ");
    return make("pre", "pointed", number, part(0, column - 1), pointed, part(column));
  }

  function makeProblem({ location: { path, line, column, text }, message, hint }) {
    const numbers = [path, line, column].filter(Boolean).join(":");
    const article = make("article", "", make("p", "place", numbers), make("p", "", message));
    if (text) article.append(makeSource({ line, column, text }));
    if (hint) article.append(make("p", "hint", hint));
    return article;
  }

  let overlay = null;
  let shown = "";

  function showProblems({ problems, more }) {
    const all = JSON.stringify(problems);
    if (all === shown) return;
    shown = all;
    overlay?.remove();
    overlay = null;
    if (!problems.length || sessionStorage.getItem(dismissed) === all) return;
    const total = problems.length + more;
    const close = make("button", "", "Close (Esc)");
    close.onclick = dismiss;
    const title = make("h2", "", total === 1 ? "1 error" : `${total} errors`);
    const section = make("section", "", make("header", "", title, close), ...problems.map(makeProblem));
    section.setAttribute("role", "status");
    if (more) section.append(make("p", "more", `And ${more} more.`));
    overlay = document.createElement("broadsheet-problems");
    const root = overlay.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.append(section);
    document.documentElement.append(overlay);
    for (const at of section.querySelectorAll(".at")) {
      at.parentElement.scrollLeft = at.offsetLeft - at.parentElement.clientWidth / 2;
    }
  }

  function dismiss() {
    overlay?.remove();
    overlay = null;
    sessionStorage.setItem(dismissed, shown);
  }

  addEventListener("keydown", (event) => event.key === "Escape" && overlay && dismiss());

  restorePlace();
  ask();
})();
