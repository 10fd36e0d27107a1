/** Makers of page elements. Texts stay texts, whatever they hold; no markup is ever read from one. */

const SVG = 'http://www.w3.org/2000/svg';

/** An element with its attributes and children. A function as attribute listens; null, undefined and false are left out. */
export function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same for a drawing. */
export function drawing(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

/** A text `{ id, en }` in both languages; the page shows that of its language. */
export function both({ id, en }) {
  return [element('span', { 'data-lang': 'id' }, id), element('span', { 'data-lang': 'en' }, en)];
}

/** A text that is the same in both languages, or `{ id, en }`. */
export function words(text) {
  return typeof text === 'string' ? text : both(text);
}

/** The element of the page with this id. */
export function byId(id) {
  return document.getElementById(id);
}

/** A button that does something. */
export function button(text, onClick, attributes = {}) {
  return element('button', { type: 'button', click: onClick, ...attributes }, words(text));
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, '');
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, String(value));
  }
  node.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}
