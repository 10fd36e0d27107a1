import {
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql';
import type { SubgraphSchema } from '../../services/gateway/supergraph.js';
import { fieldSet } from './required.js';

/** What the schema of one subgraph says of its fields, each by its coordinate: `Cat.sum`. */
export interface Part {
  readonly name: string;
  /** Types with a key; of an interface object too. */
  readonly keyed: ReadonlySet<string>;
  /** Every field that it answers. */
  readonly answered: ReadonlySet<string>;
  /** What fields are made of. */
  readonly requires: ReadonlyMap<string, SelectionSetNode>;
  /** Fields it has taken over from others, as `subgraph Type.field`. */
  readonly takenOver: ReadonlySet<string>;
}

export function readPart({ name, sdl }: SubgraphSchema): Part {
  const definitions = parse(sdl).definitions;
  const types = definitions.filter((node) => node.kind === Kind.OBJECT_TYPE_DEFINITION);
  const keyed = definitions.flatMap((node) =>
    'directives' in node && 'name' in node && node.directives?.some((one) => one.name.value === 'key')
      ? [node.name?.value ?? '']
      : [],
  );
  const fields = types.flatMap(fieldsOf);
  const provided = new Set(
    fields.flatMap(({ field }) => textsOf(field, 'provides').map((text) => `${nameIn(field.type)}.${text}`)),
  );
  const isAnswered = ({ coordinate, field }: PartField) => !hasDirective(field, 'external') || provided.has(coordinate);
  return {
    name,
    keyed: new Set(keyed),
    answered: new Set(fields.filter(isAnswered).map(({ coordinate }) => coordinate)),
    requires: new Map(
      fields.flatMap(({ coordinate, field }) => textsOf(field, 'requires').map((text) => [coordinate, fieldSet(text)])),
    ),
    takenOver: new Set(
      fields.flatMap(({ coordinate, field }) => textsOf(field, 'override').map((from) => `${from} ${coordinate}`)),
    ),
  };
}

interface PartField {
  readonly coordinate: string;
  readonly field: FieldDefinitionNode;
}

function fieldsOf({ name, fields = [] }: ObjectTypeDefinitionNode): PartField[] {
  return fields.map((field) => ({ coordinate: `${name.value}.${field.name.value}`, field }));
}

function hasDirective({ directives = [] }: FieldDefinitionNode, name: string): boolean {
  return directives.some((directive) => directive.name.value === name);
}

/** The texts that a directive of a field was given. */
function textsOf({ directives = [] }: FieldDefinitionNode, name: string): string[] {
  return directives
    .filter((directive) => directive.name.value === name)
    .flatMap((directive) => directive.arguments ?? [])
    .flatMap(({ value }) => (value.kind === Kind.STRING ? [value.value] : []));
}

function nameIn(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameIn(type.type);
}
