import { say } from './bilingual.js';
import type { Rule } from './dataset.js';

/** E3: a figure beside a `conf_status` other than F, which says that it is not to be published. */
export function figuresAreFree(columns: readonly string[]): Rule {
  return {
    name: 'E3',
    columns: ['conf_status'],
    check(row) {
      const status = row.conf_status ?? 'F';
      const told = columns.find((name) => (row[name] ?? null) !== null);
      if (status === 'F' || told === undefined) return null;
      const message = say(
        `conf_status ${status} berarti tidak untuk diterbitkan, tetapi ${told} terisi`,
        `conf_status ${status} means not to be published, yet ${told} is told`,
      );
      return { ...message, suggestion: say('kosongkan dengan obs_status Q', 'leave it blank with obs_status Q') };
    },
  };
}
