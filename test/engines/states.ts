import type { Site } from './site.js';

export type Language = 'id' | 'en';

/** One state of the card, and what its reader must find in it; words are those of docs/contracts/0001-tag.md. */
export interface State {
  readonly name: string;
  /** Attributes of the tag but for theme and language; `{site}` and `{api}` stand for two hosts of the far end. */
  readonly attributes: string;
  /** What stands inside the tag, for those that have no figure to show. */
  readonly inside?: string;
  readonly words: Readonly<Record<Language, readonly RegExp[]>>;
  /** Percent of the track that is filled; null where there must be no length; without it nothing is drawn. */
  readonly bar?: number | null;
}

const INSIDE = '<p>Cakupan Bangka Selatan: <a href="/angka">lihat angkanya</a></p>';
const FALLBACK = /lihat angkanya/;

/** A figure with its date never parts from it. */
export const STATES: readonly State[] = [
  {
    name: 'about, definition unstated',
    attributes: 'region="19.03"',
    words: {
      id: [/sekitar 21%/, /per 12 Okt 2024/, /tidak disebutkan oleh sumber/, /33,10%/, /tidak sebanding langsung/],
      en: [/about 21%/, /12 Oct 2024/, /not stated by the source/, /33\.10%/, /not directly comparable/],
    },
    bar: 21,
  },
  {
    name: 'as printed',
    attributes: 'region="19"',
    words: { id: [/33,10%/, /per 14 Des 2025/, /189\.742/], en: [/33\.10%/, /14 Dec 2025/, /189,742/] },
    bar: 33.1,
  },
  {
    name: 'country',
    attributes: 'region="00"',
    words: { id: [/35,68%/, /per Apr 2025/], en: [/35\.68%/, /Apr 2025/] },
    bar: 35.68,
  },
  {
    name: 'comparable',
    attributes: 'region="99.01"',
    words: { id: [/61,33%/, /definisi sama/, /48,25%/], en: [/61\.33%/, /same definition/, /48\.25%/] },
    bar: 61.333333,
  },
  {
    name: 'over 100',
    attributes: 'region="99.02"',
    words: { id: [/105,26%/, /Di atas 100%/], en: [/105\.26%/, /Above 100%/] },
    bar: 100,
  },
  {
    name: 'withheld',
    attributes: 'region="99.03"',
    words: { id: [/dirahasiakan/], en: [/withheld/] },
    bar: null,
  },
  {
    name: 'not published',
    attributes: 'region="99.04"',
    words: { id: [/Belum ada angka yang diterbitkan/], en: [/No figure published yet/] },
  },
  {
    name: 'more than, provisional, flagged',
    attributes: 'region="99.05"',
    words: {
      id: [/lebih dari 7,50%/, /Angka sementara/, /Penyebut sudah lama/, /Keandalan rendah/],
      en: [/more than 7\.50%/, /Provisional/, /Old denominator/, /Low reliability/],
    },
    bar: 7.5,
  },
  {
    name: 'zero, estimated',
    attributes: 'region="99.06"',
    words: { id: [/(^|\s)0%/, /Perkiraan, bukan angka resmi/], en: [/(^|\s)0%/, /Estimate/] },
    bar: 0,
  },
  {
    name: 'withdrawn',
    attributes: 'region="99.07"',
    words: { id: [/ditarik/], en: [/withdrawn/] },
  },
  {
    name: 'pinned',
    attributes: 'region="19.03" as-of="2026-11-22"',
    words: { id: [/sekitar 21%/, /dikunci|menurut terbitan s\.d\./], en: [/about 21%/, /pinned|as published/i] },
    bar: 21,
  },
  {
    name: 'stale',
    attributes: 'region="19" api="{site}/stale"',
    words: { id: [/33,10%/, /belum dapat diperbarui/], en: [/33\.10%/, /could not be refreshed/] },
    bar: 33.1,
  },
  {
    name: 'unknown code',
    attributes: 'region="99.99"',
    inside: INSIDE,
    words: { id: [/Tidak ada angka untuk kode “99\.99”/, FALLBACK], en: [/No figure for code “99\.99”/, FALLBACK] },
  },
  {
    name: 'code without its dot',
    attributes: 'region="1903"',
    inside: INSIDE,
    words: { id: [/Tidak ada angka untuk kode “1903”/, FALLBACK], en: [/No figure for code “1903”/, FALLBACK] },
  },
  {
    name: 'no code',
    attributes: '',
    inside: INSIDE,
    words: { id: [/Atribut belum diisi: region/, FALLBACK], en: [/Attribute missing: region/, FALLBACK] },
  },
  {
    name: 'failing',
    attributes: 'region="19.03" api="{site}/fail"',
    inside: INSIDE,
    words: { id: [/Angka belum dapat dimuat/, FALLBACK], en: [/could not be loaded/, FALLBACK] },
  },
  {
    name: 'loading',
    attributes: 'region="19.03" api="{api}/slow"',
    inside: INSIDE,
    words: { id: [/Memuat angka/, FALLBACK], en: [/Loading/, FALLBACK] },
  },
];

/** The tag of a state as a page writes it. */
export function tagOf(
  { attributes, inside = '' }: State,
  language: Language,
  theme: string,
  { cdn, api }: Pick<Site, 'cdn' | 'api'>,
): string {
  const own = attributes.replace('{site}', cdn).replace('{api}', api); // what hangs must not hold up the others
  return `<coverage-widget heading-level="2" lang="${language}" theme="${theme}" ${own}>${inside}</coverage-widget>`;
}
