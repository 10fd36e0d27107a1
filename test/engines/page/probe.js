/**
 * What a check sees of a page, the same in every engine: loaded first of all by every page of the checks. It reads parts
 * and words, which are promised (docs/contracts/0001-tag.md), and nothing else of the tag's inside.
 */
globalThis.probe = (() => {
  const violations = [];
  const errors = [];
  const heard = [];
  let moved = 0;

  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => {
    if (!/favicon\.ico$/.test(blockedURI)) violations.push(`${effectiveDirective} ${blockedURI} ${sample}`.trim());
  });
  addEventListener('error', ({ message }) => message && errors.push(message));
  addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)));
  for (const what of ['ready', 'stale', 'error'])
    document.addEventListener(`coverage-${what}`, ({ target }) =>
      heard.push(`${what} ${target.getAttribute('region')}`),
    );
  if (globalThis.PerformanceObserver?.supportedEntryTypes?.includes('layout-shift'))
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) moved += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });

  /** How often the page's scripts asked the API; what the browser repeats by itself is not their doing. */
  let asked = 0;
  const { fetch } = globalThis;
  globalThis.fetch = (...args) => {
    if (/\/graphql\b/.test(String(args[0]?.url ?? args[0]))) asked += 1;
    return fetch(...args);
  };

  const tasks = [];
  if (globalThis.PerformanceObserver?.supportedEntryTypes?.includes('longtask'))
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ type: 'longtask', buffered: true });

  /** When the first number of a page was drawn, in milliseconds since it was asked for. */
  const first = new Promise((resolve) => {
    const look = () => {
      const numbers = [...document.querySelectorAll('coverage-widget, plain-figure')].flatMap((tag) =>
        parts(tag, 'number'),
      );
      if (numbers.some(({ textContent }) => /\d/.test(textContent))) resolve(performance.now());
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });

  const tags = () => [...document.querySelectorAll('coverage-widget')];
  const parts = (tag, name) => [...(tag.shadowRoot?.querySelectorAll(`[part~=${name}]`) ?? [])];

  /** The text of a tag as its reader has it: the shadow, slots filled, nothing that is hidden. */
  const textOf = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE) return '';
    const { display, visibility } = getComputedStyle(node);
    if (display === 'none' || visibility === 'hidden') return '';
    const inside = node.localName === 'slot' && node.assignedNodes().length ? node.assignedNodes() : null;
    const text = [...(inside ?? (node.shadowRoot ?? node).childNodes)].map(textOf).join('');
    return /^(inline|contents)$/.test(display) ? text : ` ${text} `;
  };
  const plain = (text) => text.replace(/\s+/g, ' ').trim();

  /** Length and colours of the card's own bar: the shapes at an end of the track, of which the shortest is the share. */
  const bar = (tag) => {
    const track = parts(tag, 'bar').find((each) => !each.closest('[part~=row]'));
    if (!track) return null;
    const { borderLeftWidth, borderRightWidth } = getComputedStyle(track);
    const { left, right, top, height } = track.getBoundingClientRect();
    const box = new DOMRect(left + parseFloat(borderLeftWidth), top, 0, height);
    box.width = right - parseFloat(borderRightWidth) - box.left;
    const shapes = [...track.querySelectorAll('rect')].map((shape) => ({ shape, box: shape.getBoundingClientRect() }));
    const ends = shapes.filter(
      ({ box: { left, right } }) => Math.abs(left - box.left) < 1 || Math.abs(right - box.right) < 1,
    );
    const shares = ends.sort((one, other) => one.box.width - other.box.width);
    const longest = shares.at(-1);
    const { shape, box: fill } = shares[0] ?? {};
    return {
      share: fill ? (100 * fill.width) / box.width : null,
      fill: shape ? getComputedStyle(shape).fill : null,
      track: shares.length > 1 ? getComputedStyle(longest.shape).fill : getComputedStyle(track).backgroundColor,
      box: [box.left, box.top, box.width, box.height],
    };
  };

  /** Attributes and elements that a strict policy forbids, in the shadows. */
  const inlineStyles = () =>
    tags()
      .flatMap((tag) => [...(tag.shadowRoot?.querySelectorAll('[style], style') ?? [])])
      .map(({ outerHTML }) => outerHTML.slice(0, 80))
      .join('; ');

  /** The parts that reach out of an element to the right. */
  const overrunOf = (place) => {
    const { right } = place.getBoundingClientRect();
    const wide = tags().flatMap((tag) => [...(tag.shadowRoot?.querySelectorAll('[part]') ?? [])]);
    const names = wide
      .filter((each) => each.getBoundingClientRect().right > right + 0.5)
      .map((each) => each.part.value);
    return [...new Set(names)].join(', ');
  };

  /** How wide the page is where it is wider than its window, and the parts that reach out of it; else empty. */
  const overrun = () => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const wide = tags().flatMap((tag) =>
      [tag, ...(tag.shadowRoot?.querySelectorAll('[part]') ?? [])].filter((each) => {
        const { right, left } = each.getBoundingClientRect();
        return right > clientWidth + 0.5 || left < -0.5;
      }),
    );
    const names = wide.map((each) => each.getAttribute('part') ?? each.localName);
    return scrollWidth > clientWidth || names.length ? `${scrollWidth} of ${clientWidth}: ${[...new Set(names)]}` : '';
  };

  return {
    violations,
    errors,
    heard,
    tasks,
    first,
    overrun,
    overrunOf,
    inlineStyles,
    asked: () => asked,
    moved: () => moved,
    text: (index = 0) => plain(textOf(tags()[index])),
    texts: () => tags().map((tag) => plain(textOf(tag))),
    part: (name, index = 0) => parts(tags()[index], name).map((each) => plain(each.textContent))[0] ?? null,
    bars: () => tags().map(bar),
    numbers: () => tags().map((tag) => parts(tag, 'number').map((each) => plain(each.textContent))[0] ?? null),
    style: (part, property, index = 0) => {
      const [element] = parts(tags()[index], part);
      return element ? getComputedStyle(element)[property] : null;
    },
    links: (index = 0) =>
      [tags()[index], tags()[index].shadowRoot].flatMap((root) =>
        [...(root?.querySelectorAll('a[href]') ?? [])].map(({ href }) => href),
      ),
    axe: async () => {
      const runOnly = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
      const { violations: found } = await axe.run(document, { runOnly });
      return found.flatMap(({ id, nodes }) =>
        nodes.map(({ target, html }) => `${id} ${target.flat()} ${html.slice(0, 90)}`),
      );
    },
  };
})();
