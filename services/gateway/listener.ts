import type { ServerResponse } from 'node:http';
import { isNoNews, type LiveEvent, type Standing } from './live-event.js';

/** One connection of a live query. */
export interface Listener {
  /** Sends an event that is news to it; one that reads slowly gets only the newest once it has read the last. */
  tell(event: LiveEvent): void;
  /** Shows that the connection is alive, where nothing else does. */
  beat(): void;
  end(): void;
}

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'x-accel-buffering': 'no', // nginx would wait for more
} as const;

const BEAT = Buffer.from(':\n\n');
/** After how long a client comes back, so that not all come at once: from one second to five. */
const LEAST_RETRY_MS = 1000;
const RETRY_SPREAD_MS = 4000;

/** Begins the answer. `last` is what the client says it had last: what is not later is not sent. */
export function createListener(response: ServerResponse, last: Standing | null): Listener {
  response.writeHead(200, HEADERS);
  response.write(`retry: ${LEAST_RETRY_MS + Math.floor(Math.random() * RETRY_SPREAD_MS)}\n\n`);
  return new Connection(response, last);
}

/** A class: there are ten thousand, and most of the time each does nothing but take room. */
class Connection implements Listener {
  #waiting: LiveEvent | null = null;
  #isBlocked = false;

  constructor(
    readonly response: ServerResponse,
    private sent: Standing | null,
  ) {}

  tell(event: LiveEvent): void {
    if (this.#isBlocked) this.#waiting = event;
    else this.#send(event);
  }

  beat(): void {
    if (!this.#isBlocked) this.response.write(BEAT);
  }

  end(): void {
    this.response.end();
  }

  #send(event: LiveEvent): void {
    if (isNoNews(event, this.sent)) return;
    this.sent = event;
    if (this.response.write(event.bytes)) return;
    this.#isBlocked = true;
    this.response.once('drain', () => {
      this.#isBlocked = false;
      const next = this.#waiting;
      this.#waiting = null;
      if (next) this.#send(next);
    });
  }
}
