// A menu is a <details>: it opens without us. We close it on Escape, on a click elsewhere, on leaving.
const open = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("focusin", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});

// Filters stand open where there is room, and folded on a phone; without scripts they stay open.
const narrow = window.matchMedia("(max-width: 59.99rem)");
const fold = (root) => {
  if (!narrow.matches) return;
  root.querySelectorAll("details[data-fold-narrow]").forEach((details) => { details.open = false; });
};
document.addEventListener("htmx:load", (event) => fold(event.target));
fold(document);
