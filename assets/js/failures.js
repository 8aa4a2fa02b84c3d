// An answer that cannot be swapped in is told, never swallowed.
const say = (key) => {
  const region = document.getElementById("messages");
  const template = document.getElementById(`say-${key}`);
  if (!region || !template || region.querySelector(`[data-said="${key}"]`)) return;
  const message = template.content.firstElementChild.cloneNode(true);
  message.dataset.said = key;
  region.append(message);
};

document.addEventListener("htmx:sendError", () => say("offline"));
document.addEventListener("htmx:timeout", () => say("offline"));
document.addEventListener("htmx:responseError", (event) => {
  say(event.detail.xhr.status === 429 ? "slow-down" : "failed");
});

// A whole page where a part was asked for (the session ended, say) is visited, not pasted in.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status < 300 && /^\s*<!doctype/i.test(xhr.responseText)) {
    event.detail.shouldSwap = false;
    window.location.assign(xhr.responseURL);
  }
});
