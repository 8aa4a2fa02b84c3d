// Loads the map's script and style when a map comes near the screen, and only then.
const load = async (element) => {
  const { script, style } = element.dataset;
  if (!document.querySelector(`link[href="${style}"]`)) {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: style });
    const loaded = new Promise((resolve) => { link.onload = link.onerror = resolve; });
    document.head.append(link);
    await loaded;
  }
  const { draw } = await import(script);
  await draw(element);
};

const watcher = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    watcher.unobserve(target);
    load(target).catch(() => { target.hidden = true; });
  }
}, { rootMargin: "300px" });

const watch = (root) => {
  root.querySelectorAll("[data-map]").forEach((element) => watcher.observe(element));
};
document.addEventListener("htmx:load", (event) => watch(event.target.parentNode ?? event.target));
watch(document);
