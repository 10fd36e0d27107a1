import { composeSupergraph, type SubgraphSchema, type Supergraph } from '../../services/gateway/supergraph.js';
import type { Dice } from '../property/dice.js';
import { planBorrowing } from './borrowing.js';
import { diceFrom, someOf } from './dice.js';
import { planEntities } from './entities.js';
import { planFields } from './fields.js';
import { answererOf, type Plan } from './plan.js';
import { writeSchemas } from './schemas.js';

/** Subgraphs that compose, and what their data is made from. */
export interface Family {
  readonly subgraphs: readonly SubgraphSchema[];
  readonly supergraph: Supergraph;
  readonly data: DataSeed;
}

export interface DataSeed {
  readonly seed: string;
  /** Of how many values in a thousand something is wrong: the resolver throws, or gives null where it must not. */
  readonly wrongPerMille: number;
  /** Subgraphs that do not know every instance of an entity, as `subgraph.Entity`. */
  readonly forgets: readonly string[];
}

const NAMES = ['a', 'b', 'c', 'd', 'e'];
/** How often a family is planned anew because its schemas do not compose. */
const MOST_TRIES = 50;

/** A family by its number: always the same one for the same seed. */
export function createFamily(seed: number, number: number): Family {
  for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
    const dice = diceFrom('family', seed, number, attempt);
    const plan = createPlan(dice);
    const subgraphs = writeSchemas(plan);
    const supergraph = compose(subgraphs);
    if (!supergraph) continue;
    const wrongPerMille = dice.pick([0, 15, 40, 80]);
    const forgets = dice.chance(50) ? someOf(dice, forgetful(plan), 0, 2) : [];
    return { subgraphs, supergraph, data: { seed: `${seed} ${number}`, wrongPerMille, forgets } };
  }
  throw new Error(`family ${number} of seed ${seed} did not compose in ${MOST_TRIES} tries`);
}

function compose(subgraphs: readonly SubgraphSchema[]): Supergraph | null {
  try {
    return composeSupergraph(subgraphs);
  } catch {
    return null;
  }
}

function createPlan(dice: Dice): Plan {
  const subgraphs = NAMES.slice(0, dice.whole(2, NAMES.length));
  const plan: Plan = { dice, subgraphs, ...planEntities(dice, subgraphs), fields: [] };
  planFields(plan);
  planBorrowing(plan);
  return plan;
}

/** Subgraphs where forgetting an entity means the same whichever way a planner takes: all that they answer is theirs alone. */
function forgetful({ subgraphs, entities, fields, media }: Plan): string[] {
  const alone = subgraphs.filter((subgraph) =>
    fields.every((field) => !field.at.has(subgraph) || (field.at.size === 1 && answererOf(field).length === 1)),
  );
  return alone.flatMap((subgraph) =>
    entities
      .filter(({ name, keys }) => keys.get(subgraph)?.length === 1 && !media?.members.includes(name))
      .map(({ name }) => `${subgraph}.${name}`),
  );
}
