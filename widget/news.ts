import { html, nothing, type TemplateResult } from 'lit/html.js';
import { type Answer, readAnswer } from './answer.js';
import type { Store, Wish } from './store.js';
import { entryOf, type Reader, wholeValue } from './view.js';

/** How often a tag that holds on to an edition asks what the newest one says. */
const NEWS_MS = 600_000;

/** Tells what the newest edition answers to a wish for another one. Returns what ends it. */
export function followNews(store: Store, wish: Wish, onNews: (news: Answer | undefined) => void): () => void {
  return store(
    { ...wish, asOf: null },
    {
      everyMs: NEWS_MS,
      isLive: false,
      onBody: (body, lists) => onNews(readAnswer(body, wish, lists).answer),
      onFailure: () => {},
    },
  );
}

/** That a newer figure exists than the one which the tag holds on to. */
export function draw(
  news: Answer,
  { region }: Answer,
  address: string,
  reader: Reader,
): TemplateResult | typeof nothing {
  const { coverage } = news.region;
  const main = entryOf(news.region, coverage, reader);
  const isNews = coverage && (coverage.date !== region.coverage?.date || coverage.percent !== region.coverage?.percent);
  return isNews
    ? html`<a href=${address} part="update">${reader.words.updated} ${wholeValue(main)} ${main.asAt}</a>`
    : nothing;
}
