// Makes an OPML file (opml.org/spec2.opml) of the feeds that are ticked. Without this script the page has plain links.

const form = document.querySelector("#choice");
const boxes = [...form.elements].filter((element) => element.type === "checkbox");
const button = form.querySelector("button");
const format = form.querySelector("select");

function chosen() {
  return boxes.filter((box) => box.checked);
}

function escaped(text) {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function outline(box) {
  const title = escaped(box.dataset.title);
  const feed = box.closest("li").querySelector(`a[type="${format.value}"]`).href;
  const page = new URL(box.dataset.home, document.baseURI).href;
  return `    <outline type="rss" text="${title}" title="${title}" xmlUrl="${escaped(feed)}" htmlUrl="${escaped(page)}"/>\n`;
}

function opml() {
  const title = escaped(document.querySelector(".name").textContent.trim());
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  <head>\n    <title>${title}</title>\n  </head>\n  <body>\n` +
    `${chosen().map(outline).join("")}  </body>\n</opml>\n`
  );
}

function count() {
  const number = chosen().length;
  button.disabled = number === 0;
  form.querySelector("output").textContent = number === 0 ? "" : `${number} ${number === 1 ? "feed" : "feeds"} ticked`;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([opml()], { type: "text/x-opml" }));
  link.download = "feeds.opml";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
});

for (const box of boxes) {
  box.hidden = false;
  box.addEventListener("change", count);
}
form.hidden = false;
count(); // browsers keep ticks over a reload
