/** Each attribute is a property too, in the way of JavaScript: `as-of` is `asOf`. The attribute holds the value. */
export function mirror(prototype: HTMLElement, texts: readonly string[], switches: readonly string[]): void {
  for (const name of [...texts, ...switches]) {
    const isText = texts.includes(name);
    Object.defineProperty(prototype, propertyOf(name), {
      configurable: true,
      get(this: HTMLElement) {
        return isText ? this.getAttribute(name) : this.hasAttribute(name);
      },
      set(this: HTMLElement, value: unknown) {
        if (isText ? value == null : !value) this.removeAttribute(name);
        else this.setAttribute(name, isText ? `${value}` : '');
      },
    });
  }
}

/** Gives the tag, by its attributes, what a page has set on it before it had a class. */
export function adoptProperties(tag: HTMLElement, names: readonly string[]): void {
  const own = tag as unknown as Record<string, unknown>; // by name
  for (const property of names.map(propertyOf)) {
    if (!Object.hasOwn(own, property)) continue; // or every move of the tag would write all its attributes
    const value = own[property];
    delete own[property];
    own[property] = value;
  }
}

function propertyOf(attribute: string): string {
  return attribute.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
}
