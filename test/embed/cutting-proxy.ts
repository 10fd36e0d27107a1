import { connect, createServer, type Socket } from 'node:net';

/** A line to a server that breaks once, after some bytes of an upload have gone through. */
export interface CuttingProxy {
  readonly url: string;
  /** How often it has broken. */
  cuts(): number;
  close(): Promise<void>;
}

export async function startCuttingProxy(target: string, afterBytes: number): Promise<CuttingProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let cuts = 0;
  let isUpload = false;
  let passed = 0;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    far.pipe(near);
    near.on('data', (bytes) => {
      if (bytes.includes('PATCH /data/')) isUpload = true;
      const rest = isUpload && cuts === 0 ? afterBytes - passed : Number.POSITIVE_INFINITY;
      if (isUpload) passed += bytes.length;
      if (bytes.length <= rest) return far.write(bytes);
      cuts += 1;
      near.pause(); // nothing comes after the break
      return far.write(bytes.subarray(0, rest), () => setTimeout(() => near.destroy(), 50));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    cuts: () => cuts,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
