import { readdir, readFile, readlink } from 'node:fs/promises';

/** A socket of a process, as the system sees it: neither a preload nor native code can hide one. */
export interface OpenSocket {
  readonly protocol: Protocol;
  /** Ports of both ends; the far one is 0 while it listens. */
  readonly port: number;
  readonly farPort: number;
}

const PROTOCOLS = ['tcp', 'tcp6', 'udp', 'udp6'] as const;
type Protocol = (typeof PROTOCOLS)[number];

/** The TCP and UDP sockets that a process holds at this moment. Linux only. */
export async function findSockets(pid: number): Promise<OpenSocket[]> {
  const own = await findInodes(pid);
  const all = await Promise.all(
    PROTOCOLS.map(async (protocol) => readTable(protocol, await readFile(`/proc/${pid}/net/${protocol}`, 'utf8'))),
  );
  return all.flat().flatMap(({ inode, ...socket }) => (own.has(inode) ? [socket] : []));
}

async function findInodes(pid: number): Promise<Set<string>> {
  const folder = `/proc/${pid}/fd`;
  const links = (await readdir(folder)).map((name) => readlink(`${folder}/${name}`).catch(() => '')); // closed meanwhile
  const found = (await Promise.all(links)).map((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1]);
  return new Set(found.filter((inode) => inode !== undefined));
}

/** The lines of a table of the kernel, each with the inode of its socket; addresses are `hex address:hex port`. */
function readTable(protocol: Protocol, text: string): (OpenSocket & { readonly inode: string })[] {
  const lines = text.trim().split('\n').slice(1);
  return lines.map((line) => {
    const words = line.trim().split(/\s+/);
    const [port, farPort] = [words[1], words[2]].map((address = '') =>
      Number.parseInt(address.split(':')[1] ?? '', 16),
    );
    return { protocol, port: port ?? 0, farPort: farPort ?? 0, inode: words[9] ?? '' };
  });
}
