// Where nobody has said in which time zone they read, the browser's own is proposed.
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const select of document.querySelectorAll("select[data-own-zone]")) {
  const isKnown = [...select.options].some((option) => option.value === own);
  if (!select.value && isKnown) select.value = own;
}
