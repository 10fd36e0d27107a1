import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freshFolder } from '../support/databases.js';
import { freePort } from '../support/processes.js';
import { until } from '../support/until.js';

const run = promisify(execFile);
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Where Debian's package puts it: `apt-get install wordpress wordpress-theme-twentytwentytwo php-cli php-mysql`. */
const PROGRAM = '/usr/share/wordpress';

export interface WordPress {
  /** Pages of posts that an Author has published. */
  readonly posts: Readonly<Record<'address' | 'tag', string>>;
  stop(): Promise<void>;
}

/** A WordPress and a database of its own, on this machine only, where an Author has pasted an address and a tag. */
export async function startWordPress(address: string, tag: string): Promise<WordPress> {
  const folder = await freshFolder();
  const [site, data, socket] = ['site', 'data', 'socket'].map((name) => join(folder, name)) as [string, string, string];
  await cp(PROGRAM, site, { recursive: true, dereference: true });
  await mkdir(join(site, 'wp-content', 'mu-plugins'), { recursive: true });
  await cp(here('loopback.php'), join(site, 'wp-content', 'mu-plugins', 'loopback.php'));

  await run('mariadb-install-db', [
    '--no-defaults',
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    '--user=root',
  ]);
  const database = spawn(
    'mariadbd',
    ['--no-defaults', `--datadir=${data}`, `--socket=${socket}`, '--skip-networking', '--user=root'],
    { stdio: 'ignore' },
  );
  const query = (sql: string) => run('mariadb', ['--no-defaults', `--socket=${socket}`, '-uroot', '-e', sql]);
  await until(
    () =>
      query('CREATE DATABASE IF NOT EXISTS wordpress').then(
        () => true,
        () => false,
      ),
    60_000,
  );

  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  await writeFile(join(site, 'wp-config.php'), configOf(socket, url));
  const env = { ...process.env, CAKUPAN_PORT: new URL(address).port };
  const { stdout } = await run('php', ['-d', 'sendmail_path=/bin/true', here('author.php'), site, address, tag], {
    env,
  });
  const posts = JSON.parse(stdout.slice(stdout.lastIndexOf('{'))) as Record<'address' | 'tag', number>; // author.php says so
  const web = spawn('php', ['-S', `127.0.0.1:${port}`, '-t', site], { stdio: 'ignore', env });
  await until(
    () =>
      fetch(url).then(
        ({ ok }) => ok,
        () => false,
      ),
    60_000,
  );
  return {
    posts: { address: `${url}/?p=${posts.address}`, tag: `${url}/?p=${posts.tag}` },
    async stop() {
      web.kill();
      database.kill();
      await new Promise((resolve) => database.once('exit', resolve));
    },
  };
}

function configOf(socket: string, url: string): string {
  const constants = {
    DB_NAME: 'wordpress',
    DB_USER: 'root',
    DB_PASSWORD: '',
    DB_HOST: `localhost:${socket}`,
    DB_CHARSET: 'utf8mb4',
    WP_HOME: url,
    WP_SITEURL: url,
  };
  const defined = Object.entries(constants).map(([name, value]) => `define('${name}', '${value}');`);
  return `<?php
${defined.join('\n')}
define('WP_HTTP_BLOCK_EXTERNAL', false);
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
`;
}
