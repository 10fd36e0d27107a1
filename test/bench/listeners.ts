import { connect, type Socket } from 'node:net';

/** Connections that listen to server-sent events, and when each had its last one. */
export interface Listeners {
  /** Waits until each has had so many events since it began; when each had the last of them, by the clock. */
  untilEvents(count: number, mostMs: number): Promise<readonly number[]>;
  close(): void;
}

const HEAD = (path: string) => `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: text/event-stream\r\n\r\n`;
/** How many connect at once: no more than a server lets wait. */
const AT_ONCE = 200;

export async function openListeners(origin: string, paths: readonly string[]): Promise<Listeners> {
  const port = Number(new URL(origin).port);
  const sockets: Socket[] = [];
  const events = new Int32Array(paths.length);
  const times = new Float64Array(paths.length);
  const listen = (path: string, index: number) =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(HEAD(path)));
      sockets.push(socket);
      socket.once('error', reject);
      socket.on('data', (bytes) => {
        const count = countOf(bytes);
        if (count === 0) return;
        events[index] = (events[index] ?? 0) + count;
        times[index] = Date.now();
        resolve();
      });
    });
  for (let start = 0; start < paths.length; start += AT_ONCE)
    await Promise.all(paths.slice(start, start + AT_ONCE).map((path, at) => listen(path, start + at)));
  return {
    async untilEvents(count, mostMs) {
      for (const end = Date.now() + mostMs; events.some((had) => had < count); ) {
        if (Date.now() > end) throw new Error(`${events.filter((had) => had < count).length} listeners had no event`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return [...times];
    },
    close() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** How many events begin in these bytes; a chunk of a head is none. */
function countOf(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf('data: '); at >= 0; at = bytes.indexOf('data: ', at + 6)) count += 1;
  return count;
}
