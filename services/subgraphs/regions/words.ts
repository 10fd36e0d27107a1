/** What a region is by law; UNALLOCATED is the rest that a province cannot place in a regency. */
export const REGION_KINDS = [
  'NEGARA',
  'PROVINSI',
  'KABUPATEN',
  'KOTA',
  'KECAMATAN',
  'DESA',
  'KELURAHAN',
  'DESA_ADAT',
  'UNALLOCATED',
] as const;
