/** Asks the routes of /data. */

const NDJSON = 'application/x-ndjson';
const CHUNK = 2 * 1024 * 1024;
/** How often a broken upload is taken up again by itself, and how long it waits before, in milliseconds. */
const TRIES = 6;
const PAUSE_MS = 400;
/** HEAD has no body to say why it was refused. */
const REFUSALS = { 401: 'BAD_TOKEN', 403: 'NOT_ALLOWED', 429: 'TOO_MANY_ATTEMPTS' };

/** What the server refused, or a server that did not answer: then the code is UNREACHABLE. */
export class DataError extends Error {
  constructor(code, message, extensions = {}) {
    super(message);
    this.code = code;
    this.extensions = extensions;
  }
}

/** The datasets of this server. */
export async function listDatasets() {
  const { datasets } = await ask('/data', {});
  return datasets;
}

/**
 * Asks a route: a body is sent as JSON. With `onProgress` the answer comes line by line and it hears how far the work is.
 * Throws DataError.
 */
export async function ask(path, { token = '', body, onProgress, signal } = {}) {
  const response = await reach(path, {
    method: body === undefined ? 'GET' : 'POST',
    cache: 'no-store',
    signal,
    headers: {
      accept: onProgress ? NDJSON : 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...bearer(token),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const isLines = response.headers.get('content-type')?.includes(NDJSON);
  const answer = isLines ? await readLines(response, onProgress, signal) : await readJson(response);
  if (answer.errors?.[0]) throw errorOf(answer.errors[0]);
  if (!response.ok) throw new DataError(`HTTP ${response.status}`, '');
  return answer;
}

/** Sends a file, from where an earlier sending broke, and again where this one breaks. Throws DataError. */
export async function sendFile(dataset, local, { token, onProgress, signal }) {
  const path = `/data/${dataset}/files/${local.hash}`;
  let { offset, isWhole } = await findKept(path, token, signal);
  for (let failures = 0; !isWhole; ) {
    onProgress(offset);
    try {
      const before = offset;
      ({ offset, isWhole } = await sendChunk(path, local.file, offset, token, signal));
      failures = offset > before || isWhole ? 0 : failures + 1;
      if (failures >= TRIES) throw new DataError('UNREACHABLE', '');
    } catch (error) {
      failures += 1;
      if (!isPassing(error) || failures >= TRIES) throw error;
      await pause(PAUSE_MS * 2 ** failures, signal);
      ({ offset, isWhole } = await findKept(path, token, signal).catch((again) => {
        if (isPassing(again)) return { offset, isWhole };
        throw again;
      }));
    }
  }
  onProgress(offset);
}

async function sendChunk(path, file, offset, token, signal) {
  const response = await reach(path, {
    method: 'PATCH',
    signal,
    headers: {
      'content-type': 'application/octet-stream',
      'upload-offset': String(offset),
      'upload-length': String(file.size),
      ...bearer(token),
    },
    body: file.slice(offset, offset + CHUNK),
  });
  const answer = await readJson(response);
  if (answer.errors?.[0]) throw errorOf(answer.errors[0]);
  return answer;
}

async function findKept(path, token, signal) {
  const { ok, status, headers } = await reach(path, {
    method: 'HEAD',
    cache: 'no-store',
    signal,
    headers: bearer(token),
  });
  if (!ok) throw new DataError(REFUSALS[status] ?? `HTTP ${status}`, '');
  return { offset: Number(headers.get('upload-offset')), isWhole: headers.get('upload-complete') === '?1' };
}

/** What the same question may be spared a second later. */
function isPassing({ code }) {
  return [
    'UNREACHABLE',
    'WRONG_OFFSET',
    'UPLOAD_BUSY',
    'SUBGRAPH_UNAVAILABLE',
    'HTTP 502',
    'HTTP 503',
    'HTTP 504',
  ].includes(code);
}

async function reach(path, options) {
  try {
    return await fetch(path, options);
  } catch (error) {
    throw unreachable(error, options.signal);
  }
}

function unreachable(error, signal) {
  return signal?.aborted ? error : new DataError('UNREACHABLE', '');
}

async function readJson(response) {
  try {
    return await response.json();
  } catch {
    throw new DataError(response.ok ? 'UNREACHABLE' : `HTTP ${response.status}`, '');
  }
}

/** The last line of an answer that comes line by line; those before it tell of progress. */
async function readLines(response, onProgress, signal) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let answer = null;
  let rest = '';
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      const lines = (rest + piece.value).split('\n');
      rest = lines.pop();
      for (const line of lines.filter(Boolean)) {
        const said = JSON.parse(line);
        if (said.progress) onProgress(said.progress);
        else answer = said;
      }
    }
  } catch (error) {
    throw unreachable(error, signal);
  }
  if (answer) return answer;
  throw new DataError('UNREACHABLE', '');
}

function errorOf({ message, extensions = {} }) {
  return new DataError(extensions.code ?? 'INTERNAL_SERVER_ERROR', message, extensions);
}

function bearer(token) {
  return token ? { authorization: `Bearer ${token}` } : {};
}

function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
