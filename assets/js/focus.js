// Focus goes where the change is: to the summary of errors, or to what an answer marks for it.
const settle = (root) => {
  const target = root.querySelector?.(".errors, [data-focus]") ?? (root.matches?.(".errors, [data-focus]") ? root : null);
  target?.focus({ preventScroll: false });
};

document.addEventListener("htmx:afterSettle", (event) => settle(event.detail.elt));
if (document.querySelector(".errors")) settle(document);
