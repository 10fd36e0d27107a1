import { parse, print } from 'graphql';
import type { EntityFetch, Fetch, Path, Requirement, Step } from './plan.js';

/**
 * A plan for people to read: one step below the other in the order they are taken, those of `parallel` at the same time,
 * each fetch with its subgraph, what it completes, and its operation.
 */
export function planText(step: Step | null): string {
  return (step === null ? ['nothing is fetched'] : linesOf(step)).join('\n');
}

function linesOf(step: Step): string[] {
  switch (step.kind) {
    case 'fetch':
      return [headOf(step), ...indented(print(parse(step.operation)).split('\n'))];
    case 'sequence':
    case 'parallel':
      return [step.kind, ...indented(step.steps.flatMap(linesOf))];
    case 'condition':
      return [...branch(`if $${step.variable}`, step.whenTrue), ...branch(`if not $${step.variable}`, step.whenFalse)];
  }
}

function branch(head: string, step: Step | null): string[] {
  return step === null ? [] : [head, ...indented(linesOf(step))];
}

function headOf({ subgraph, entities }: Fetch): string {
  return entities === null ? `fetch ${subgraph}` : `fetch ${subgraph} for ${entities.map(entitiesText).join(' and ')}`;
}

/** `region.parent {__typename code}`: where the entities lie, and what they are named by. */
function entitiesText({ paths, requires }: EntityFetch): string {
  return `${paths.map(pathText).join(', ')} {${requires.map(requirementText).join(' ')}}`;
}

function pathText(path: Path): string {
  const texts = path.map((segment) => {
    if ('field' in segment) return `.${segment.field}`;
    return 'each' in segment ? '[]' : `(${segment.types.join('|')})`;
  });
  return texts.join('').replace(/^\./, '');
}

function requirementText(requirement: Requirement): string {
  const parts = requirement.parts === null ? '' : `{${requirement.parts.map(requirementText).join(' ')}}`;
  if ('send' in requirement) return parts === '' ? requirement.send : `${requirement.send} ${parts}`;
  return requirement.type === null ? parts : `... on ${requirement.type} ${parts}`;
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
