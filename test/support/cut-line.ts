import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The line to a database, which a test cuts at a moment of its choosing. */
export interface CutLine {
  /** The address of the database, by way of the line. */
  readonly url: string;
  /**
   * Cuts the line at the next statement that holds this text, before the database hears of it; or at the COMMIT of its
   * transaction, when the database has done it and nobody has learnt of that. Nobody gets through until `mend`. Resolves
   * when it is cut.
   */
  cutAt(text: string, moment: Moment): Promise<void>;
  mend(): void;
  stop(): Promise<void>;
}

export type Moment = 'statement' | 'commit';

interface Cut {
  readonly text: string;
  readonly moment: Moment;
  readonly done: () => void;
}

/** Lays a line to a database at a `mysql://` address. */
export async function layLine(databaseUrl: string): Promise<CutLine> {
  const { hostname, port } = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let cut: Cut | null = null;
  let isCut = false;
  const cutAll = () => {
    isCut = true;
    cut?.done();
    cut = null;
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((near) => {
    if (isCut) return near.destroy();
    const far = connect(Number(port), hostname);
    let [isCommitting, isDone] = [false, false];
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket
        .on('error', () => {})
        .on('close', () => {
          sockets.delete(socket);
          near.destroy();
          far.destroy();
        });
    }
    near.on('data', (bytes) => {
      isDone = isCommitting && bytes.includes('COMMIT');
      if (cut && bytes.includes(cut.text)) {
        if (cut.moment === 'statement') return cutAll();
        isCommitting = true;
      }
      far.write(bytes);
    });
    far.on('data', (bytes) => (isDone ? cutAll() : near.write(bytes)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port); // a string only for pipes
  return {
    url: url.href,
    cutAt: (text, moment) =>
      new Promise((done) => {
        cut = { text, moment, done };
      }),
    mend() {
      isCut = false;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
