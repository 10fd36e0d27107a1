import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { renderAsync } from '@resvg/resvg-js';
import { bulkhead, isBulkheadRejectedError } from 'cockatiel';
import { LRUCache } from 'lru-cache';
import { RequestError } from '../../kit/errors.js';
import { ROOT } from '../../kit/root.js';

/** Makes PNG of pictures. */
export interface Pngs {
  /**
   * The picture, so many pixels wide. It is a value of the SVG and the width: what was drawn once is given to everybody,
   * and who asks while it is being drawn waits for it. `demand` asks at the door before it is drawn. Throws OVERLOADED.
   */
  draw(svg: string, width: number, demand: () => Promise<void>): Promise<Buffer>;
}

/** How many are drawn at once, each in a thread of its own, and how many more wait. */
const [AT_ONCE, WAITING] = [2, 32];
const OVERHEAD = 200;

/** The letters: those of the system are not looked at, so that pictures are the same everywhere. */
const FONTS = ['400Regular/Inter_400Regular.ttf', '600SemiBold/Inter_600SemiBold.ttf'].map((file) =>
  join(ROOT, 'node_modules', '@expo-google-fonts', 'inter', file),
);

/** Keeps at most so many bytes; nothing for 0. */
export function createPngs(maxBytes: number): Pngs {
  const kept = maxBytes > 0 ? new LRUCache<string, Buffer>({ maxSize: maxBytes, sizeCalculation }) : null;
  const running = new Map<string, Promise<Buffer>>();
  const limit = bulkhead(AT_ONCE, WAITING);

  const make = async (name: string, svg: string, width: number, demand: () => Promise<void>) => {
    await demand();
    const png = await limit.execute(() => render(svg, width));
    kept?.set(name, png);
    return png;
  };

  return {
    async draw(svg, width, demand) {
      const name = `${width} ${createHash('sha256').update(svg).digest('base64url')}`;
      const found = kept?.get(name);
      if (found) return found;
      const begun = running.get(name) ?? make(name, svg, width, demand).finally(() => running.delete(name));
      running.set(name, begun);
      return begun.catch((error) => {
        throw isBulkheadRejectedError(error) ? overloaded() : error;
      });
    },
  };
}

function sizeCalculation(png: Buffer): number {
  return png.length + OVERHEAD;
}

async function render(svg: string, width: number): Promise<Buffer> {
  const image = await renderAsync(svg, {
    fitTo: { mode: 'width', value: width },
    font: { fontFiles: FONTS, loadSystemFonts: false, defaultFontFamily: 'Inter', sansSerifFamily: 'Inter' },
  });
  return image.asPng();
}

function overloaded(): RequestError {
  const text = 'More pictures are asked for than can be drawn: ask again in a few seconds.';
  return new RequestError('OVERLOADED', text, { retryAfterSeconds: 2 });
}
