/**
 * A name as it is searched: lower case, without spaces or signs, so that "Pangkal Pinang" is found as "pangkalpinang".
 */
export function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}
