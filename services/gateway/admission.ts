import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  validate,
  valueFromASTUntyped,
} from 'graphql';
import { readVariables } from './executor/variables.js';
import { createKnown } from './known.js';
import { demandWithin, type Limits, type Measured } from './limits.js';
import { countPairs } from './measure/pairs.js';
import { measureReached, type Reached } from './measure/reached.js';
import { type Size, sizeFor, type Variables } from './measure/size.js';
import { measureText } from './measure/text.js';
import { measureWritten } from './measure/written.js';

/** A question as far as its admission depends on it. */
export interface Admissible {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Variables;
}

/** Keeps out what would cost too much, before it does. */
export interface Admission {
  /**
   * Why a question is not answered: what is too much of it, or what is wrong with a document that was not seen before.
   * Empty for one that may go on; a text that is no GraphQL goes on too, to where that is told.
   */
  refusals(question: Admissible): readonly GraphQLError[];
  /** What an admitted question was measured to be, and the limits that hold for it; nothing of one that was not. */
  measure(question: Admissible): { readonly measured: Measured; readonly limits: Measured };
}

export interface AdmissionOptions {
  readonly schema: GraphQLSchema;
  readonly limits: Limits;
  /** Texts that no limit holds for, but that of the lists their variables ask for. */
  readonly trusted: Iterable<string>;
}

/** What of an admitted operation still depends on the variables. */
interface Sizes {
  readonly listSize: Size;
  readonly cost: Size;
  /** What the operation takes for variables that are not given. */
  readonly defaults: Variables;
}

/** How many operations are known with what they cost; a longer text is measured each time. */
const MOST_OPERATIONS = 2000;
const LONGEST_TEXT = 20_000;

/** How many mistakes of a document are told, and how much of each: for each the text is searched for its place. */
const MOST_ERRORS = 5;
const LONGEST_MESSAGE = 500;

export function createAdmission({ schema, limits, trusted }: AdmissionOptions): Admission {
  const known = createKnown<Sizes>(MOST_OPERATIONS);
  const trustedTexts = new Set(trusted);

  const admit = ({ query, operationName, variables }: Admissible): Sizes | readonly GraphQLError[] | null => {
    const isTrusted = trustedTexts.has(query);
    if (!isTrusted) demandWithin(limits, measureText(query, limits));
    const document = parseOrNull(query);
    if (document === null) return null;
    const reached = isTrusted ? measureReached(schema, document) : demandDocument(schema, document, limits);
    const errors = validate(schema, document, undefined, { maxErrors: MOST_ERRORS });
    if (errors.length > 0) return errors.slice(0, MOST_ERRORS).map(asRefusal);
    const operation = getOperationAST(document, operationName);
    const sizes = operation && reached.get(operation);
    if (!operation || !sizes) return null;
    const sized = { listSize: sizes.listSize, cost: isTrusted ? 0 : sizes.cost, defaults: defaultsOf(operation) };
    demandSizes(sized, variables);
    readVariables(schema, operation, variables); // it throws for wrong ones before anything is planned
    return sized;
  };

  const demandSizes = ({ listSize, cost, defaults }: Sizes, given: Variables) => {
    const variables = Object.assign({}, defaults, given);
    demandWithin(limits, { listSize: sizeFor(listSize, variables), cost: Math.ceil(sizeFor(cost, variables)) });
  };

  return {
    refusals(question) {
      try {
        const { query, operationName } = question;
        const sizes = known.get(query, operationName);
        if (sizes) {
          demandSizes(sizes, question.variables);
          return [];
        }
        const admitted = admit(question);
        if (admitted === null) return [];
        if (!('listSize' in admitted)) return admitted;
        if (query.length <= LONGEST_TEXT) known.set(query, operationName, admitted);
        return [];
      } catch (error) {
        if (error instanceof GraphQLError) return [error];
        throw error;
      }
    },
    measure(question) {
      const measured = measureAll(schema, limits, question);
      const names = trustedTexts.has(question.query) ? ['listSize'] : Object.keys(measured);
      return { measured, limits: Object.fromEntries(Object.entries(limits).filter(([name]) => names.includes(name))) };
    },
  };
}

/** Every measure of an operation, which admission takes one after the other. */
function measureAll(schema: GraphQLSchema, limits: Limits, { query, operationName, variables }: Admissible): Measured {
  const document = parseOrNull(query);
  const operation = document && getOperationAST(document, operationName);
  const reached = document && operation && measureReached(schema, document).get(operation);
  if (!reached) return {};
  const given = { ...defaultsOf(operation), ...variables };
  return {
    characters: query.length,
    ...measureText(query, limits),
    ...measureWritten(document),
    ...measuredOf(reached),
    pairs: countPairs(document, limits.pairs),
    listSize: sizeFor(reached.listSize, given),
    cost: Math.ceil(sizeFor(reached.cost, given)),
  };
}

/** Throws for a document that is too much, before it is validated: some rules cost more than linear time. */
function demandDocument(schema: GraphQLSchema, document: DocumentNode, limits: Limits): ReadonlyMap<unknown, Reached> {
  demandWithin(limits, measureWritten(document));
  const reached = measureReached(schema, document);
  for (const [node, one] of reached) {
    if (node.kind === 'OperationDefinition') demandWithin(limits, measuredOf(one));
    else demandWithin(limits, { fields: one.fields });
  }
  demandWithin(limits, { pairs: countPairs(document, limits.pairs) });
  return reached;
}

function measuredOf({ depth, fields, roots }: Reached): Measured {
  return { depth, fields, roots };
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Variables {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
    ),
  );
}

function parseOrNull(text: string): DocumentNode | null {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}

function asRefusal({ message, nodes }: GraphQLError): GraphQLError {
  const code = 'GRAPHQL_VALIDATION_FAILED';
  return new GraphQLError(message.slice(0, LONGEST_MESSAGE), { nodes: nodes ?? null, extensions: { code } });
}
