import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { type FarEnd, startFarEnd } from './far-end.js';

export const SCRIPT = '<script type="module" src="/widget/v1/coverage-widget.js"></script>';
export const TAG = '<coverage-widget region="19.03" heading-level="2"></coverage-widget>';
export const FALLBACK = '<p>Cakupan Bangka Selatan: <a href="/angka">lihat angkanya</a></p>';

/** A partner's page with the tag, in a browser of its own, before a far end of its own. */
export interface Partner {
  readonly far: FarEnd;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Opens the page with this body; the module is loaded at its end. */
  open(body: string, headers?: Readonly<Record<string, string>>): Promise<void>;
  /** The pieces of the cards with this part name. */
  part(name: string): Locator;
  /** Waits until a card shows what it knows. */
  shown(): Promise<void>;
  /** Waits until the status says this. */
  says(text: string): Promise<void>;
  number(): Promise<string | null>;
  status(): Promise<string | null>;
  set(attribute: string, value: string): Promise<void>;
  close(): Promise<void>;
}

export async function openPartner(browser: Browser): Promise<Partner> {
  const far = await startFarEnd();
  const context = await browser.newContext();
  const page = await context.newPage();
  const part = (name: string) => page.locator(`coverage-widget [part~=${name}]`);
  return {
    far,
    context,
    page,
    part,
    open: async (body, headers) => {
      far.show(`${body}${SCRIPT}`, headers);
      await page.goto(far.origin);
    },
    shown: () => part('number').waitFor(),
    says: (text) => part('status').filter({ hasText: text }).waitFor(),
    number: () => part('number').textContent(),
    status: () => part('status').textContent(),
    set: (attribute, value) =>
      page
        .locator('coverage-widget')
        .evaluate((tag, [name, text]) => tag.setAttribute(name, text), [attribute, value] as const),
    close: async () => {
      await context.close();
      await far.stop();
    },
  };
}

export const soon = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
