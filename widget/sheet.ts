/** Made once of the same rules, for all tags of a page. */
const SHEETS = new Map<string, CSSStyleSheet>();

/** Gives a root these rules in place of those it had; by an element of its own in browsers from before 2023. */
export function adoptStyles(root: ShadowRoot, css: string): void {
  try {
    const sheet = SHEETS.get(css) ?? new CSSStyleSheet();
    if (!SHEETS.has(css)) sheet.replaceSync(css);
    SHEETS.set(css, sheet);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.querySelector('style')?.remove();
    root.append(Object.assign(document.createElement('style'), { textContent: css }));
  }
}
