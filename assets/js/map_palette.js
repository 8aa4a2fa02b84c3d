// The stylesheet's own tokens, so that the map follows light and dark with the page.
const NAMES = { water: "--water", land: "--land", border: "--border", brand: "--brand", surface: "--surface", ink: "--ink", font: "--font-text" };

export const palette = (element) => {
  const style = getComputedStyle(element);
  return Object.fromEntries(Object.entries(NAMES).map(([name, token]) => [name, style.getPropertyValue(token).trim()]));
};
