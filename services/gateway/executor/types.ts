import {
  buildASTSchema,
  type DocumentNode,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

/** Which object is of which type, in the supergraph: types that developers do not see are among them. */
export interface Types {
  /** True where the condition is that type, or an interface or union that it belongs to. */
  isOf(typename: string, condition: string): boolean;
  /** The names of all fields. */
  readonly fieldNames: ReadonlySet<string>;
}

export function readTypes(supergraph: DocumentNode): Types {
  const schema = buildASTSchema(supergraph, { assumeValid: true, assumeValidSDL: true });
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) || isInterfaceType(type));
  return {
    isOf: (typename, condition) => typename === condition || belongs(schema, typename, condition),
    fieldNames: new Set(types.flatMap((type) => Object.keys(type.getFields()))),
  };
}

function belongs(schema: GraphQLSchema, typename: string, condition: string): boolean {
  const [type, abstract] = [schema.getType(typename), schema.getType(condition)];
  if (!type || !abstract || !isAbstractType(abstract)) return false;
  return 'getInterfaces' in type && schema.isSubType(abstract, type);
}
