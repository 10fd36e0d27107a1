/** What an official name begins with and every neighbour's does too. */
const KIND = /^(Kabupaten|Kota|Kecamatan|Kelurahan|Desa) (Administrasi )?/;

/** `Bangka Selatan`, `Kep. Riau`, `Pangkal.`: no word longer than a tile; the whole name is its label. */
export function shortName(name: string): string {
  return name
    .replace(KIND, '')
    .replace('Kepulauan', 'Kep.')
    .replace(/([^\s-]{7})[^\s-]{2,}/g, '$1.');
}

/** `BSel`, `Ban`: at most five letters, for the smallest tile. */
export function initials(name: string): string {
  const words = name.replace(KIND, '').split(' ');
  return words
    .map((word, at) => word.slice(0, at < words.length - 1 ? 1 : 3))
    .join('')
    .slice(-5);
}
