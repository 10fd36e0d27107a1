/**
 * Tells the page around this frame how high its content is, in every protocol that a page may speak; promised in
 * docs/contracts/0005-embeds.md. It goes on telling, with growing pauses, until somebody says that it was heard.
 */
const FIRST_PAUSE_MS = 100;
const GROWTH = 1.5;
const LONGEST_PAUSE_MS = 5000;
const MOST_TIMES = 20;

/** WordPress names a frame in what follows the #: only letters and digits, or it is none. */
const [, secret] = /[?&]secret=([a-zA-Z0-9]+)/.exec(location.hash) ?? [];
/** A page of several frames may name each: `#id=...`. */
const [, id] = /[#?&]id=([\w.-]{1,80})/.exec(location.hash) ?? [];

let height = 0;
let timesLeft = 0;
let pauseMs = FIRST_PAUSE_MS;
let timer;

function tell() {
  const send = (message) => parent.postMessage(message, '*'); // a height is no secret
  if (secret) send({ message: 'height', value: height, secret });
  send({ sentinel: 'amp', type: 'embed-size', height });
  send(JSON.stringify({ src: location.href, context: 'iframe.resize', height }));
  send({ type: 'coverage-widget:height', height, ...(id && { id }) });
}

/** Measures each time: a browser watches no sizes in a frame that its page hides until it has told its height. */
function tellAgain() {
  clearTimeout(timer);
  if (timesLeft === 0) return;
  timesLeft -= 1;
  height = measured() || height; // a frame that is not shown has no height
  if (height > 0) tell();
  timer = setTimeout(tellAgain, pauseMs);
  pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * GROWTH);
}

function begin() {
  timesLeft = MOST_TIMES;
  pauseMs = FIRST_PAUSE_MS;
  tellAgain();
}

function measured() {
  return Math.ceil(document.body.getBoundingClientRect().height);
}

addEventListener('message', ({ source, data }) => {
  if (source !== parent) return;
  if (data?.type === 'coverage-widget:ack') timesLeft = 0;
  if (data?.message === 'ready' || data?.type === 'coverage-widget:hello') begin();
});

/** WordPress's sandbox lets no link out: its page follows those to this host when it is told to. */
addEventListener('click', (event) => {
  const link = event.composedPath().find(({ localName }) => localName === 'a');
  if (secret && link) parent.postMessage({ message: 'link', value: link.href, secret }, '*');
});

if (parent !== window) {
  new ResizeObserver(() => {
    if (![0, height].includes(measured())) begin();
  }).observe(document.body);
  begin();
}
