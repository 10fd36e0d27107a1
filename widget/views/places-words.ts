import type { Language } from '../words.js';

const id = {
  ranking: 'Peringkat cakupan',
  map: 'Peta cakupan',
  datesDiffer: 'tanggal angka berbeda-beda',
  withoutTile: 'Tanpa petak',
  region: 'Wilayah',
  rank: 'Peringkat',
  coverage: 'Cakupan',
  date: 'Tanggal',
  definition: 'Definisi',
  remarks: 'Keterangan',
} as const;

/** What only ranking and map say. */
export type PlacesWords = Readonly<Record<keyof typeof id, string>>;

const en: PlacesWords = {
  ranking: 'Coverage ranked',
  map: 'Coverage mapped',
  datesDiffer: 'the dates of the figures differ',
  withoutTile: 'Without a tile',
  region: 'Region',
  rank: 'Rank',
  coverage: 'Coverage',
  date: 'Date',
  definition: 'Definition',
  remarks: 'Remarks',
};

export const PLACES_WORDS: Readonly<Record<Language, PlacesWords>> = { id, en };
