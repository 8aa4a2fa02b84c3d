// Counts what is typed in a field that has a limit; the limit itself is the server's.
const update = (field) => {
  const count = document.getElementById(`${field.id}-count`);
  if (!count) return;
  const length = [...field.value.replace(/\r?\n/g, "\n")].length;
  const limit = Number(field.dataset.limit);
  count.textContent = `${length} / ${limit}`;
  count.classList.toggle("over", length > limit);
};

const updateAll = (root) => root.querySelectorAll("[data-limit]").forEach(update);

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-limit]")) update(event.target);
});
document.addEventListener("htmx:load", (event) => updateAll(event.target));
updateAll(document);
