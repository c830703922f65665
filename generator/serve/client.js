// The browser's side of `broadsheet serve`. The server only says that something changed; a page then asks for its status
// and does nothing, swaps its styles, reloads, or shows problems.
(() => {
  "use strict";

  // In the desk's frame an editor looks at a page, and no reader reads it: what this browser keeps for its reader, such as
  // which papers were seen, is out of reach, as where a browser forbids it. The page's own modules run after this.
  const forbid = () => {
    throw new DOMException("Not in the desk", "SecurityError");
  };
  if (parent !== window) Object.defineProperty(window, "localStorage", { get: forbid });

  const mine = { ...document.currentScript.dataset };
  const place = `broadsheet:place:${location.pathname}`;
  const dismissed = "broadsheet:dismissed";

  // A server that is being started again does not answer, so a module is asked for until it comes.

  async function load(name) {
    try {
      return await import(`/-/${name}.js`);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 500));
      return load(name);
    }
  }

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

  load("changes").then(({ onChange }) => onChange(ask));
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

  // Problems, shown over the last good page, and where the fields of a page are written

  const panels = load("panels");
  let shown = "";
  let hasSources = false;

  async function showProblems(status) {
    hasSources = status.has_sources;
    const all = JSON.stringify(status.problems);
    if (all === shown) return;
    shown = all;
    const { remove, showProblems } = await panels;
    if (!status.problems.length || sessionStorage.getItem(dismissed) === all) remove("problems");
    else showProblems(status, dismiss);
  }

  async function dismiss() {
    const { remove } = await panels;
    remove("problems");
    sessionStorage.setItem(dismissed, shown);
  }

  addEventListener(
    "click",
    async (event) => {
      if (!event.altKey || !hasSources || !event.target.closest("body")) return;
      event.preventDefault(); // browsers download what an alt-clicked link leads to
      event.stopPropagation();
      const { showSources } = await panels;
      showSources(event.target);
    },
    { capture: true },
  );

  addEventListener("keydown", async (event) => {
    if (event.key !== "Escape") return;
    if (document.querySelector("broadsheet-problems")) dismiss();
    const { remove } = await panels;
    remove("sources");
  });

  restorePlace();
  ask();
})();
