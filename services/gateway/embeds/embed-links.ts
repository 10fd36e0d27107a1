/** Where a region's figure can be had in every form; the addresses stay. */
export interface EmbedLinks {
  readonly page: string;
  readonly frame: string;
  readonly svg: string;
  readonly png: string;
  readonly csv: string;
  readonly json: string;
  readonly oembedJson: string;
  readonly oembedXml: string;
}

/** `query` is what the forms are asked with, such as `lang=en`; it may be empty. */
export function linksOf(base: string, region: string, query = ''): EmbedLinks {
  const code = encodeURIComponent(region);
  const asked = query === '' ? '' : `?${query}`;
  const file = (type: string) => `${base}/r/${code}.${type}${asked}`;
  const page = `${base}/r/${code}`;
  const oembed = (format: string) => `${base}/oembed?url=${encodeURIComponent(`${page}${asked}`)}&format=${format}`;
  return {
    page,
    frame: `${base}/embed/${code}${asked}`,
    svg: file('svg'),
    png: file('png'),
    csv: file('csv'),
    json: file('json'),
    oembedJson: oembed('json'),
    oembedXml: oembed('xml'),
  };
}
