import { type GraphQLInputType, isNonNullType } from 'graphql';
import type { Dice } from '../property/dice.js';
import type { Inputs } from './inputs.js';

/** The variables of an operation while it is written. */
export interface Variables {
  /** A variable that may stand for an argument: `$v1`; one that was made for the same, or a new one. */
  take(argument: string, type: GraphQLInputType): string;
  /** A variable that decides what is skipped or included. */
  takeCondition(): string;
  /** `($v1: Int = 3)`; empty for none. */
  print(): string;
  values(): Readonly<Record<string, unknown>>;
}

interface Variable {
  readonly name: string;
  readonly argument: string;
  readonly type: string;
  readonly fallback: string | null;
  /** Undefined where the caller leaves it out. */
  readonly value: unknown;
}

/** `Boolean!` as a variable of a condition is declared. */
const CONDITION = 'Boolean!';

export function createVariables(dice: Dice, inputs: Inputs): Variables {
  const variables: Variable[] = [];
  const nameNext = () => (variables.length === 3 ? 'representations' : `v${variables.length + 1}`); // planners add one
  const pickKnown = (argument: string, type: string, most: number) => {
    const known = variables.filter((variable) => variable.type === type && variable.argument === argument);
    return known.length > 0 && (known.length >= most || dice.chance(50)) ? dice.pick(known) : null;
  };
  const add = (variable: Variable) => {
    variables.push(variable);
    return variable;
  };
  return {
    take(argument, type) {
      const known = pickKnown(argument, String(type), 3);
      return `$${(known ?? add(newVariable(dice, inputs, nameNext(), argument, type))).name}`;
    },
    takeCondition() {
      const known = pickKnown('if', CONDITION, 2);
      if (known) return `$${known.name}`;
      const fallback = dice.chance(25) ? String(dice.chance(50)) : null;
      const value = fallback !== null && dice.chance(50) ? undefined : dice.chance(50);
      return `$${add({ name: nameNext(), argument: 'if', type: CONDITION, fallback, value }).name}`;
    },
    print() {
      const declared = variables.map(
        ({ name, type, fallback }) => `$${name}: ${type}${fallback === null ? '' : ` = ${fallback}`}`,
      );
      return declared.length === 0 ? '' : `(${declared.join(', ')})`;
    },
    values() {
      const given = variables.filter(({ value }) => value !== undefined).map(({ name, value }) => [name, value]);
      return Object.fromEntries(given);
    },
  };
}

function newVariable(dice: Dice, inputs: Inputs, name: string, argument: string, type: GraphQLInputType): Variable {
  const isRequired = isNonNullType(type);
  const isLax = isRequired && dice.chance(30); // one that may be null fits where it has a default
  const given = isLax ? type.ofType : type;
  const fallback = isLax || dice.chance(25) ? inputs.literal(argument, type, () => null) : null;
  const mayLack = fallback !== null || !isRequired;
  const value = mayLack && dice.chance(35) ? undefined : inputs.value(argument, type);
  return { name, argument, type: String(given), fallback, value: dice.chance(1) ? { not: 'of the type' } : value };
}
