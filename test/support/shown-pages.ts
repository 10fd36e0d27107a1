/** Addresses of pages and embeds, each with what tells a scheduled figure there: 77.13 of the region, 33.87 of region 19. */
export function shownPages({ url, region, past }: { url: string; region: string; past: string }) {
  const oembed = `/oembed?url=${encodeURIComponent(`${url}/r/${region}`)}`;
  const pages: readonly (readonly [address: string, shows: RegExp | 'something else' | null])[] = [
    ['/', null],
    ['/data/', null],
    ['/catalog.jsonld', null],
    ['/readyz', null],
    ['/livez', null],
    [`/r/${region}`, /77,13%/],
    ['/r/19', /33,87%/],
    [`/r/${region}.svg`, /77,13%/],
    [`/r/${region}.png`, 'something else'],
    [`/r/${region}.csv`, /77\.13/],
    [`/r/${region}.json`, /77\.13/],
    [`/r/${region}.json?as-of=${past}`, null],
    [`/embed/${region}`, /77,13%/],
    [oembed, /77,13%/],
  ];
  return pages;
}
