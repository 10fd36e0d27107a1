import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import type { Dice } from '../property/dice.js';
import type { Inputs, Words } from './inputs.js';
import type { Variables } from './variables.js';

/** An operation while it is written. */
export interface Writing {
  readonly dice: Dice;
  readonly schema: GraphQLSchema;
  readonly inputs: Inputs;
  readonly words: Words;
  readonly variables: Variables;
  readonly fragments: Map<string, Fragment>;
  /** How many selections may still be written. */
  left: number;
}

export interface Fragment {
  readonly on: string;
  readonly text: string;
}

/** Writes a few selections of a type; `depth` is how deep they may go on. */
export function writeSelections(writing: Writing, type: GraphQLCompositeType, depth: number): string[] {
  const { dice } = writing;
  const written: string[] = [];
  const wanted = dice.whole(1, 5);
  for (let n = 0; n < wanted && (writing.left > 0 || written.length === 0); n += 1) {
    writing.left -= 1;
    const again = written.length > 0 && dice.chance(8) ? dice.pick(written) : null;
    written.push(again ?? writeSelection(writing, type, depth));
  }
  return written;
}

function writeSelection(writing: Writing, type: GraphQLCompositeType, depth: number): string {
  const { dice } = writing;
  const what = dice.whole(1, 100);
  const fields = fieldsOf(type, depth);
  if (depth > 0 && (what <= 16 || (fields.length === 0 && what <= 70)))
    return writeInlineFragment(writing, type, depth);
  if (depth > 0 && (what <= 28 || (fields.length === 0 && what <= 90))) return writeSpread(writing, type, depth);
  if (fields.length === 0 || what <= 36)
    return `${writeAlias(dice, '__typename', 30)}__typename${writeCondition(writing)}`;
  return writeField(writing, dice.pick(fields), depth);
}

/** Only leaves at the bottom. */
function fieldsOf(type: GraphQLCompositeType, depth: number): GraphQLField<unknown, unknown>[] {
  if (isUnionType(type)) return [];
  const fields = Object.values(type.getFields());
  return depth > 0 ? fields : fields.filter((field) => !isCompositeType(getNamedType(field.type)));
}

function writeField(writing: Writing, field: GraphQLField<unknown, unknown>, depth: number): string {
  const { dice, inputs, variables, words } = writing;
  const given = field.args
    .filter(({ name, type, defaultValue }) => {
      const isRequired = isNonNullType(type) && defaultValue === undefined;
      return isRequired || dice.chance(words(name) ? 85 : 60);
    })
    .map(({ name, type }) => {
      const text = inputs.literal(name, type, (...part) => (dice.chance(35) ? variables.take(...part) : null));
      return `${name}: ${text}`;
    });
  const type = getNamedType(field.type);
  const below = isCompositeType(type) ? ` { ${writeSelections(writing, type, depth - 1).join(' ')} }` : '';
  const alias = writeAlias(dice, field.name, given.length > 0 ? 80 : 15);
  const values = given.length > 0 ? `(${given.join(', ')})` : '';
  return `${alias}${field.name}${values}${writeCondition(writing)}${below}`;
}

/** Some names are those of what every object of JavaScript inherits. */
const ALIASES = ['constructor', 'toString', 'hasOwnProperty', '__proto__', 'x', 'y', 'id', 'title', '__typename2'];

function writeAlias(dice: Dice, name: string, percent: number): string {
  if (!dice.chance(percent)) return '';
  return dice.chance(40) ? `${dice.pick(ALIASES)}: ` : `${name.slice(0, 3)}${dice.whole(1, 99)}: `;
}

function writeCondition({ dice, variables }: Writing): string {
  if (!dice.chance(12)) return '';
  const kinds = dice.chance(15) ? ['skip', 'include'] : [dice.pick(['skip', 'include'])];
  return kinds
    .map((kind) => ` @${kind}(if: ${dice.chance(70) ? variables.takeCondition() : String(dice.chance(50))})`)
    .join('');
}

function writeInlineFragment(writing: Writing, type: GraphQLCompositeType, depth: number): string {
  const on = writing.dice.chance(12) ? type : pickOverlapping(writing, type);
  const condition = on === type && writing.dice.chance(50) ? '' : ` on ${on.name}`;
  const below = writeSelections(writing, on, depth - (isAbstractType(type) ? 0.5 : 1));
  return `...${condition}${writeCondition(writing)} { ${below.join(' ')} }`;
}

function writeSpread(writing: Writing, type: GraphQLCompositeType, depth: number): string {
  const { dice, fragments } = writing;
  const on = pickOverlapping(writing, type);
  const known = [...fragments].filter(([, fragment]) => fragment.on === on.name && fragment.text !== '');
  const [name] = known.length > 0 && dice.chance(40) ? dice.pick(known) : [addFragment(writing, on, depth)];
  return `...${name}${writeCondition(writing)}`;
}

/** Its name is taken before it is written, and nothing spreads it until it is: it cannot hold itself. */
function addFragment(writing: Writing, on: GraphQLCompositeType, depth: number): string {
  const { fragments, dice } = writing;
  const name = dice.chance(10) && !fragments.has('valueOf') ? 'valueOf' : `F${fragments.size + 1}`;
  fragments.set(name, { on: on.name, text: '' });
  fragments.set(name, { on: on.name, text: `{ ${writeSelections(writing, on, depth - 1).join(' ')} }` });
  return name;
}

/** A type that an object of this one may be of, too. */
function pickOverlapping({ dice, schema }: Writing, type: GraphQLCompositeType): GraphQLCompositeType {
  const own = possibleOf(schema, type);
  const types = Object.values(schema.getTypeMap()).filter(isCompositeType);
  const overlapping = types.filter(
    (one) => !one.name.startsWith('__') && possibleOf(schema, one).some((name) => own.includes(name)),
  );
  return dice.pick(overlapping);
}

function possibleOf(schema: GraphQLSchema, type: GraphQLCompositeType): string[] {
  if (isObjectType(type)) return [type.name];
  return isInterfaceType(type) || isUnionType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [];
}
