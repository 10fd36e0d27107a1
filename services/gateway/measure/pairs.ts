import type { DocumentNode, FragmentDefinitionNode, SelectionSetNode } from 'graphql';
import { fragmentsOf } from '../executor/fragments.js';

/**
 * How many pairs of fields the rule that fields of one name can be merged compares, and pairs of fragments beside one
 * another; counted no further than to the first above `most`. It is quadratic in them, and the costliest of all rules.
 * For a document whose fragments do not spread themselves, and that reaches few enough fields.
 */
export function countPairs(document: DocumentNode, most: number): number {
  const fragments = fragmentsOf(document);
  let pairs = 0;
  for (const node of document.definitions) {
    if ('selectionSet' in node && node.selectionSet) pairs += pairsIn([node.selectionSet], fragments, most - pairs);
    if (pairs > most) break;
  }
  return pairs;
}

interface Group {
  count: number;
  readonly below: SelectionSetNode[];
}

/** The pairs in selections that are made of one object, and in those below them. */
function pairsIn(
  selectionSets: readonly SelectionSetNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  most: number,
): number {
  const groups = new Map<string, Group>();
  const spread = new Set<string>();
  let spreads = 0;
  const collect = ({ selections }: SelectionSetNode) => {
    for (const selection of selections) {
      if (selection.kind === 'Field') {
        const name = (selection.alias ?? selection.name).value;
        const group = groups.get(name) ?? { count: 0, below: [] };
        groups.set(name, group);
        group.count += 1;
        if (selection.selectionSet) group.below.push(selection.selectionSet);
      } else if (selection.kind === 'InlineFragment') collect(selection.selectionSet);
      else {
        const name = selection.name.value;
        const fragment = fragments.get(name);
        spreads += 1;
        if (fragment && !spread.has(name)) {
          spread.add(name);
          collect(fragment.selectionSet);
        }
      }
    }
  };
  selectionSets.forEach(collect);
  let pairs = pairsOf(spreads);
  for (const { count, below } of groups.values()) {
    pairs += pairsOf(count);
    if (pairs > most) return pairs;
    if (below.length > 0) pairs += pairsIn(below, fragments, most - pairs);
  }
  return pairs;
}

function pairsOf(count: number): number {
  return (count * (count - 1)) / 2;
}
