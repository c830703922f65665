// Copy buttons: `<button type="button" hidden data-copy="ID">` copies the text of the element with that ID, or selects it
// where copying is not allowed, as over plain http.

import { say } from "./page.js";

for (const button of document.querySelectorAll("[data-copy]")) {
  const words = button.textContent;
  const source = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(source.textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(source);
      button.textContent = "Selected";
    }
    say(button.textContent);
    setTimeout(() => (button.textContent = words), 2000);
  };
}
