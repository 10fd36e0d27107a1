import { type Database, openDatabase } from '../../services/kit/database.js';
import { explain, type Step } from '../support/explain.js';
import type { Statement } from '../support/world.js';
import { TABLES } from './asof-figures.js';

/** What a figure must be looked up by, at the least. */
const KEY = ['series', 'region_code'];

/**
 * Throws when the database would look figures up by less than series and region in one of the statements a card sends,
 * or when none of them reads every table of figures. The plans are told on a connection of their own: libsql leaves one
 * that explained something behind what is written.
 */
export async function demandPlans(url: string, statements: readonly Statement[]): Promise<void> {
  const isOfCard = ({ sql }: Statement) => TABLES.every((table) => sql.includes(table));
  const ofCard = statements.filter(isOfCard);
  if (ofCard.length === 0) throw new Error('no statement of a card was seen');
  const planner = await openDatabase({ url, entities: [], migrations: [] });
  try {
    for (const statement of ofCard) await demandPlan(planner, statement);
  } finally {
    await planner.close();
  }
}

async function demandPlan(planner: Database, statement: Statement): Promise<void> {
  const steps = await explain(planner, statement);
  const wide = steps.filter((step) => isOfFigures(step) && !KEY.every((name) => step.columns.includes(name)));
  if (wide.length === 0) return;
  throw new Error(`figures are looked up by too little: ${JSON.stringify(wide)}\n${statement.sql}`);
}

function isOfFigures({ tables }: Step): boolean {
  return TABLES.some((table) => tables.includes(table));
}
