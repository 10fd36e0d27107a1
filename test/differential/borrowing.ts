import { someOf } from './dice.js';
import { isLeafType } from './fields.js';
import { answererOf, type Entity, nameIn, type Plan, type PlannedField } from './plan.js';

/** Adds fields that are made of those of other subgraphs, and fields that a subgraph gives for another one. */
export function planBorrowing(plan: Plan): void {
  for (const entity of plan.entities) {
    for (const subgraph of entity.keys.keys()) if (plan.dice.chance(50)) addComputed(plan, entity, subgraph);
  }
  for (const field of [...plan.fields]) if (plan.dice.chance(25)) addProvided(plan, field);
}

const COMPUTED = ['sum', 'mix', 'blend'];

/** A text made of fields that others answer: `@requires`. */
function addComputed(plan: Plan, { name: of }: Entity, subgraph: string): void {
  const { dice, fields } = plan;
  const foreign = fields.filter(
    (field) => field.of === of && !field.at.has(subgraph) && !field.given.includes('must') && !isOverridden(field),
  );
  const name = COMPUTED.find((one) => !fields.some((field) => field.of === of && field.name === one));
  if (name === undefined || foreign.length === 0) return;
  const required: string[] = [];
  for (const field of someOf(dice, foreign, 1, 2)) {
    const part = requiredPart(plan, field);
    if (part === null) continue;
    required.push(part);
    field.at.set(subgraph, ['@external']);
  }
  if (required.length === 0) return;
  const directives = [`@requires(fields: ${JSON.stringify(required.join(' '))})`];
  const given = dice.chance(20) ? '(at: Int = 3)' : '';
  fields.push({ of, name, type: 'String', given, at: new Map([[subgraph, directives]]) });
}

function isOverridden({ at }: PlannedField): boolean {
  return [...at.values()].flat().some((directive) => directive.startsWith('@override'));
}

function isComputed({ name }: PlannedField): boolean {
  return COMPUTED.includes(name);
}

/** What is required of a field; null where that would need more of the subgraph than it has. */
function requiredPart({ dice }: Plan, { name, type, given }: PlannedField): string | null {
  if (isLeafType(type)) return given.includes('at: Int') && dice.chance(40) ? `${name}(at: 9)` : name;
  switch (nameIn(type)) {
    case 'Box':
      return `${name} { ${someOf(dice, ['width', 'shade', 'inner { width grid }', 'secret'], 1, 3).join(' ')} }`;
    case 'Pin':
      return `${name} { ${someOf(dice, ['label', 'stamps', 'box { shade }'], 1, 2).join(' ')} }`;
    case 'Labelled':
      return `${name} { ${someOf(dice, ['label', '... on Pin { width }'], 1, 2).join(' ')} }`;
    case 'Thing':
      return `${name} { ${someOf(dice, ['... on Box { width }', '... on Pin { label }'], 1, 2).join(' ')} }`;
    default:
      return null;
  }
}

/** Lets a field that gives entities give one more field of theirs: `@provides`. */
function addProvided({ dice, entities, fields }: Plan, field: PlannedField): void {
  const [subgraph, another] = answererOf(field);
  const entity = entities.find(({ name }) => name === nameIn(field.type));
  if (!entity || subgraph === undefined || another !== undefined) return;
  const foreign = fields.filter(
    ({ of, at, type, given }) => of === entity.name && given === '' && isLeafType(type) && !at.has(subgraph),
  );
  if (foreign.length === 0) return;
  const provided = dice.pick(foreign);
  if (isOverridden(provided) || isComputed(provided)) return;
  for (const directives of provided.at.values())
    if (!directives.includes('@external') && !directives.includes('@shareable')) directives.push('@shareable');
  provided.at.set(subgraph, ['@external']);
  field.at.get(subgraph)?.push(`@provides(fields: "${provided.name}")`);
}
