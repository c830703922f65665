// Runs before the page is drawn, so that it appears at once as its reader set it.
(() => {
  try {
    const home = new URL("../../", document.currentScript.src).pathname;
    const { data } = JSON.parse(localStorage.getItem(`broadsheet:${home}settings`));
    document.documentElement.dataset.list = data.list;
    const elsewhere = (slug) => /^[a-z0-9-]+$/.test(slug) && !location.pathname.startsWith(`${home}themes/${slug}/`);
    const muted = Object.keys(data.themes).filter(elsewhere);
    const rules = muted.map((slug) => `[data-theme="${slug}"] { display: none }`);
    // muted words are found by reader.js: papers wait for it, at most a second
    if (data.words.length) rules.push("@keyframes wait { from { visibility: hidden } } article { animation: wait 1s step-end }");
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules.join("\n"));
    document.adoptedStyleSheets = [sheet];
  } catch {
    // nothing is stored here, or storing is not allowed
  }
})();
