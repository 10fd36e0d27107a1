import { Supergraph } from '@apollo/federation-internals';
import { buildASTSchema, type DocumentNode, type ExecutionResult, execute, type GraphQLSchema, parse } from 'graphql';
import type { Family } from './family.js';
import type { Hosts } from './hosts.js';
import { type Reading, readTrue } from './required.js';
import { createTruth, ROOT, type Thing } from './truth.js';

/** A family as if it were one service: what federation has to give, without any plan. */
export interface Whole {
  readonly schema: GraphQLSchema;
  answer(document: DocumentNode, variables: Readonly<Record<string, unknown>>): Promise<WholeAnswer>;
}

export interface WholeAnswer {
  readonly result: ExecutionResult;
  /** True where something is wrong with what a field is made of: what it gives then is not settled. */
  readonly isUnsettled: boolean;
}

export function createWhole({ supergraph, data }: Family, { parts, typesFor }: Hosts): Whole {
  const api = Supergraph.build(supergraph.sdl).apiSchema().toGraphQLJSSchema();
  let isUnsettled = false;
  const reading: Reading = {
    truth: createTruth(data),
    schema: buildASTSchema(parse(supergraph.sdl), { assumeValid: true, assumeValidSDL: true }),
    requires: new Map(parts.flatMap((part) => [...part.requires])),
    typesFor,
  };
  const watching: Reading = {
    ...reading,
    truth: createTruth(data, () => {
      isUnsettled = true;
    }),
  };
  return {
    schema: api,
    async answer(document, variableValues) {
      isUnsettled = false;
      const result = await execute({
        schema: api,
        document,
        variableValues,
        fieldResolver(thing: Thing | undefined, given, _context, { fieldName, returnType }) {
          const of = thing ?? ROOT;
          const isMade = reading.requires.has(`${of.type}.${fieldName}`);
          return readTrue(isMade ? watching : reading, of, fieldName, given, returnType);
        },
      });
      return { result, isUnsettled };
    },
  };
}
