import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { type Step, subgraphsOf } from './plan.js';

/** The part of the supergraph that an operation uses. */
export interface Part {
  /** Changes when the operation is planned otherwise, or what it selects is of another type. */
  readonly id: string;
  /** The subgraphs it may call, sorted. */
  readonly subgraphs: readonly string[];
}

/** Names it: how it is planned, and the types of what it selects. */
export function partOf(document: DocumentNode, plan: Step | null, schema: GraphQLSchema): Part {
  const text = JSON.stringify([plan, selectedTypes(document, schema)]);
  return { id: createHash('sha256').update(text).digest('base64url').slice(0, 16), subgraphs: subgraphsOf(plan) };
}

function selectedTypes(document: DocumentNode, schema: GraphQLSchema): string[] {
  const info = new TypeInfo(schema);
  const found = new Set<string>();
  const note = () => {
    const [type, field] = [info.getType(), info.getFieldDef()];
    if (!type || !field) return;
    found.add(`${info.getParentType()?.name}.${field.name}: ${type}`);
    const named = getNamedType(type);
    if (isEnumType(named))
      found.add(
        `${named.name} = ${named
          .getValues()
          .map(({ name }) => name)
          .join(' ')}`,
      );
    if (isAbstractType(named)) found.add(`${named.name} = ${schema.getPossibleTypes(named).join(' ')}`);
  };
  visit(document, visitWithTypeInfo(info, { Field: note }));
  return [...found].sort();
}
