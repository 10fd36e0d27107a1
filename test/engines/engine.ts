import { startChromium } from './chromium.js';
import { startFirefox } from './firefox.js';
import { startWebKitGtk } from './webkit-gtk.js';
import { startWpe } from './webkit-wpe.js';

/** What the reader's system prefers; a page may prefer the other. */
export type Scheme = 'light' | 'dark';

/** A real browser with one tab: the little that all engines can do alike. */
export interface Engine {
  readonly name: string;
  /** Goes to the address and waits until the page has loaded. */
  open(url: string): Promise<void>;
  /**
   * The value of an expression in the page, promises awaited; values are those of JSON. Works under any policy of the
   * page. Throws what the expression throws.
   */
  evaluate<T>(expression: string): Promise<T>;
  /** Writes what the window shows to a PNG file; null where the engine cannot. */
  readonly screenshot: ((file: string) => Promise<void>) | null;
  close(): Promise<void>;
}

/** Every engine by its short name; null for a scheme that the system under it cannot prefer. */
export const ENGINES: Readonly<Record<string, (scheme: Scheme) => Promise<Engine> | null>> = {
  chromium: startChromium,
  firefox: startFirefox,
  webkitgtk: startWebKitGtk,
  wpe: (scheme) => (scheme === 'light' ? startWpe() : null),
};
