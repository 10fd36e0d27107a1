import {
  type ASTNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  validate,
  visit,
} from 'graphql';
import type { SubgraphSchema } from '../../services/gateway/supergraph.js';
import type { Operation } from './operation.js';

/** Makes an operation smaller as long as it is valid and still fails: what is left is what it fails by. */
export async function smallerOperation(
  schema: GraphQLSchema,
  operation: Operation,
  fails: (smaller: Operation) => Promise<boolean>,
): Promise<Operation> {
  const { text, variables } = operation;
  for (const document of editsOf(parse(text))) {
    const cleaned = withoutUnused(document);
    if (validate(schema, cleaned).length > 0) continue;
    const smaller = { text: print(cleaned), variables };
    if (await fails(smaller)) return smallerOperation(schema, smaller, fails);
  }
  return operation;
}

/** Makes the schemas of a family smaller in the same way. */
export async function smallerSubgraphs(
  subgraphs: readonly SubgraphSchema[],
  fails: (smaller: readonly SubgraphSchema[]) => Promise<boolean>,
): Promise<readonly SubgraphSchema[]> {
  for (const [index, { name, sdl }] of subgraphs.entries()) {
    const others = subgraphs.filter((_, other) => other !== index);
    if (others.length > 0 && (await fails(others))) return smallerSubgraphs(others, fails);
    for (const document of editsOf(parse(sdl))) {
      const smaller = subgraphs.map((one, at) => (at === index ? { name, sdl: print(document) } : one));
      if (await fails(smaller)) return smallerSubgraphs(smaller, fails);
    }
  }
  return subgraphs;
}

/** Every document that has one thing less, the larger things first. */
function* editsOf(document: DocumentNode): Generator<DocumentNode> {
  for (let wanted = 0; ; wanted += 1) {
    const edited = editAt(document, wanted);
    if (edited === null) return;
    yield edited;
  }
}

/** Makes one of the possible edits; null where there are not so many. */
function editAt(document: DocumentNode, wanted: number): DocumentNode | null {
  let seen = 0;
  const isWanted = () => seen++ === wanted;
  const drop = () => (isWanted() ? null : undefined);
  const edited = visit(document, {
    ObjectTypeDefinition: drop,
    InterfaceTypeDefinition: drop,
    UnionTypeDefinition: drop,
    InputObjectTypeDefinition: drop,
    EnumTypeDefinition: drop,
    ScalarTypeDefinition: drop,
    FieldDefinition: drop,
    InputValueDefinition: drop,
    SelectionSet(node) {
      return smallerSet(document, node, isWanted);
    },
    Directive(node) {
      return node.name.value === 'link' ? undefined : drop();
    },
    Argument: drop,
    Field({ alias, ...node }) {
      return alias && isWanted() ? node : undefined;
    },
    NamedType(node, key, parent) {
      return Array.isArray(parent) && typeof key === 'number' && node.kind === Kind.NAMED_TYPE ? drop() : undefined;
    },
  });
  return seen > wanted ? edited : null;
}

function smallerSet(
  document: DocumentNode,
  set: SelectionSetNode,
  isWanted: () => boolean,
): SelectionSetNode | undefined {
  const { selections } = set;
  for (const [index, selection] of selections.entries()) {
    const replaced = (by: readonly SelectionNode[]) => ({ ...set, selections: selections.toSpliced(index, 1, ...by) });
    if (selections.length > 1 && isWanted()) return replaced([]);
    const parts = partsOf(document, selection);
    if (parts && isWanted()) return replaced(parts);
  }
  return undefined;
}

/** What may stand in the place of a fragment: its parts, or the same fragment without a name. */
function partsOf({ definitions }: DocumentNode, selection: SelectionNode): readonly SelectionNode[] | null {
  if (selection.kind === Kind.FIELD) return null;
  if (selection.kind === Kind.INLINE_FRAGMENT) return selection.selectionSet.selections;
  const { directives = [], name } = selection;
  const named = definitions.find((node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name.value);
  if (named?.kind !== Kind.FRAGMENT_DEFINITION) return null;
  const { typeCondition, selectionSet } = named;
  return [{ kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet, directives }];
}

/** Variables and fragments that nothing uses any more make an operation invalid. */
function withoutUnused(document: DocumentNode): DocumentNode {
  const used = new Set<string>();
  const note = ({ name }: { readonly name: { readonly value: string } }, key: unknown) => {
    if (key !== 'variable') used.add(name.value);
  };
  visit(document, { FragmentSpread: note, Variable: note });
  const isUnused = (name: string) => !used.has(name);
  const edited = visit(document, {
    VariableDefinition({ variable }) {
      return isUnused(variable.name.value) ? null : undefined;
    },
    FragmentDefinition({ name }) {
      return isUnused(name.value) ? null : undefined;
    },
  });
  return sizeOf(edited) === sizeOf(document) ? edited : withoutUnused(edited);
}

function sizeOf(node: ASTNode): number {
  return print(node).length;
}
