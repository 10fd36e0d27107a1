import {
  buildASTSchema,
  type DocumentNode,
  type GraphQLField,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  visit,
} from 'graphql';

/** Which object is of which type, in the supergraph: types that developers do not see are among them. */
export interface Types {
  /** True where the condition is that type, or an interface or union that it belongs to. */
  isOf(typename: string, condition: string): boolean;
  readonly fieldNames: FieldNames;
}

/** Names of fields of the supergraph, whichever types have them. */
export interface FieldNames {
  readonly all: ReadonlySet<string>;
  /** Of those that take arguments, the ones that other fields are made of. */
  readonly required: ReadonlySet<string>;
}

export function readTypes(supergraph: DocumentNode): Types {
  const schema = buildASTSchema(supergraph, { assumeValid: true, assumeValidSDL: true });
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) || isInterfaceType(type));
  return {
    isOf: (typename, condition) => typename === condition || belongs(schema, typename, condition),
    fieldNames: readFieldNames(
      types.flatMap((type) => Object.values(type.getFields())),
      supergraph,
    ),
  };
}

function readFieldNames(fields: readonly GraphQLField<unknown, unknown>[], supergraph: DocumentNode): FieldNames {
  const required = requiredWords(supergraph);
  const asked = fields.filter(({ name, args }) => args.length > 0 && required.has(name));
  return { all: new Set(fields.map(({ name }) => name)), required: new Set(asked.map(({ name }) => name)) };
}

/** All names in what fields require, those of arguments and types too. */
function requiredWords(supergraph: DocumentNode): ReadonlySet<string> {
  const words = new Set<string>();
  visit(supergraph, {
    Argument({ name, value }) {
      if (name.value === 'requires' && value.kind === Kind.STRING)
        for (const [word] of value.value.matchAll(/\w+/g)) words.add(word);
    },
  });
  return words;
}

function belongs(schema: GraphQLSchema, typename: string, condition: string): boolean {
  const [type, abstract] = [schema.getType(typename), schema.getType(condition)];
  if (!type || !abstract || !isAbstractType(abstract)) return false;
  return 'getInterfaces' in type && schema.isSubType(abstract, type);
}
