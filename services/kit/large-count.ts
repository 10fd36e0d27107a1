import { say } from './bilingual.js';
import type { Rule } from './dataset.js';

/** The largest count the API can say (GraphQL Int); there are not as many persons to be counted. */
const MOST = 2_147_483_647;

/** E3: a count so large that it is more likely an amount. */
export function countIsNoAmount(columns: readonly string[]): Rule {
  return {
    name: 'E3',
    columns,
    check(row) {
      const large = columns.find((name) => Number(row[name] ?? 0) > MOST);
      if (!large) return null;
      const message = say(`${large} ${row[large]} melebihi ${MOST}`, `${large} ${row[large]} is above ${MOST}`);
      return { ...message, suggestion: NO_AMOUNT };
    },
  };
}

const NO_AMOUNT = say(
  'orang tidak sebanyak itu: periksa apakah ini rupiah, atau angkanya kelebihan nol',
  'there are not as many persons: look whether it is an amount in rupiah, or has zeros too many',
);
