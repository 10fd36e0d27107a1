/** Where something of ours is fetched from, as a Content-Security-Policy looks at it. */
export interface Fetched {
  readonly url: URL;
  /** Whether it is a script: those may be allowed by a nonce, and by nothing else under `strict-dynamic`. */
  readonly isScript: boolean;
}

/** What a list of sources says to it: `nonce` where only the page's own nonce on our script tag would help. */
export type Verdict = 'allowed' | 'refused' | 'nonce';

const DEFAULT_PORTS: Readonly<Record<string, string>> = { http: '80', https: '443' };

/**
 * By the rules of CSP level 3. A page of another site is meant, so that `'self'` never names us, and one that is served
 * by the scheme that we are.
 */
export function verdictOf(sources: readonly string[], { url, isScript }: Fetched): Verdict {
  if (isScript && sources.some((source) => source.toLowerCase() === "'strict-dynamic'")) return 'nonce';
  return sources.some((source) => matches(source.toLowerCase(), source, url)) ? 'allowed' : 'refused';
}

/** Hosts and schemes are alike in small and capital letters, paths are not. */
function matches(source: string, asWritten: string, url: URL): boolean {
  const scheme = url.protocol.slice(0, -1);
  if (source === '*') return true;
  if (source.startsWith("'")) return false;
  const [, alone] = /^([a-z][a-z0-9+.-]*):$/.exec(source) ?? [];
  if (alone !== undefined) return isScheme(alone, scheme);
  const parts = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*|(?:\*\.)?[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(\d+|\*))?(\/.*)?$/i.exec(
    asWritten,
  );
  if (parts === null) return false;
  const [, wanted = scheme, host = '', port, path = ''] = parts;
  return (
    isScheme(wanted.toLowerCase(), scheme) &&
    isHost(host.toLowerCase(), url.hostname) &&
    isPort(port, wanted.toLowerCase(), url) &&
    isPath(path, url.pathname)
  );
}

/** What is allowed by http is allowed by https too, not the other way round. */
function isScheme(wanted: string, scheme: string): boolean {
  return wanted === scheme || (wanted === 'http' && scheme === 'https');
}

/** `*.example.id` names the hosts below example.id, not itself. */
function isHost(wanted: string, host: string): boolean {
  if (wanted === '*') return true;
  return wanted.startsWith('*.') ? host.endsWith(wanted.slice(1)) : wanted === host;
}

function isPort(wanted: string | undefined, scheme: string, url: URL): boolean {
  const ofUrl = url.port || DEFAULT_PORTS[url.protocol.slice(0, -1)];
  if (wanted === undefined) return ofUrl === DEFAULT_PORTS[url.protocol.slice(0, -1)];
  return wanted === '*' || wanted === ofUrl || (wanted === '80' && scheme !== 'https' && ofUrl === '443');
}

/** A path with a slash at its end names all below it. */
function isPath(wanted: string, path: string): boolean {
  if (wanted === '' || wanted === '/') return true;
  return wanted.endsWith('/') ? path.startsWith(wanted) : path === wanted;
}
