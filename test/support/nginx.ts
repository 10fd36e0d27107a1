import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Addresses, type Compose, relocate } from './compose.js';
import { freePort, type Running, startProcess } from './processes.js';

export interface Nginx {
  readonly url: string;
  readonly running: Running;
}

const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/** The nginx of docker-compose.yml as a process of this machine, in front of the gateways at their addresses. */
export async function startNginx(compose: Compose, addresses: Addresses): Promise<Nginx> {
  const folder = await mkdtemp(join(process.env.TEST_FOLDER ?? tmpdir(), 'nginx-'));
  const address = `127.0.0.1:${await freePort()}`;
  const places = new Map([...addresses, [`listen ${publishedPort(compose)};`, `listen ${address};`]]);
  const file = join(folder, 'nginx.conf');
  await writeFile(file, withFolder(relocate(compose.configs.nginx?.content ?? '', places), folder));
  const settings = `daemon off; master_process off; pid ${join(folder, 'pid')};`;
  const running = await startProcess({
    command: 'nginx',
    args: ['-e', 'stderr', '-p', folder, '-c', file, '-g', settings],
    env: { PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin` }, // where Debian keeps servers
    ready: `http://${address}/livez`,
  });
  return { url: `http://${address}`, running };
}

/** The port that the container's nginx listens on, from `4000:8080`. */
function publishedPort({ services }: Compose): string {
  return services.nginx?.ports?.[0]?.split(':').at(-1) ?? '';
}

/** Lets nginx keep its files in the folder: those of the system belong to its own user. */
function withFolder(text: string, folder: string): string {
  const lines = TEMPORARY.map((kind) => `${kind}_temp_path ${join(folder, kind)};`);
  return text.replace('http {', `http {\n${lines.join('\n')}`).replaceAll('/var/cache/nginx/', `${folder}/`);
}
