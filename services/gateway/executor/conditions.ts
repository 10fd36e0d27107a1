import { type ASTNode, type DirectiveNode, visit } from 'graphql';

/** The values of the variables that decide what an operation includes. */
export type Conditions = Readonly<Record<string, boolean>>;

/** The variables that `@skip` and `@include` of a document depend on, sorted. */
export function conditionVariables(document: ASTNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(node) {
      const value = conditionOf(node);
      if (value?.kind === 'Variable') names.add(value.name.value);
    },
  });
  return [...names].sort();
}

/** True for what is left out: what `@skip` skips, and what `@include` does not include. */
export function isLeftOut(directives: readonly DirectiveNode[] | undefined, conditions: Conditions): boolean {
  return (directives ?? []).some((directive) => {
    const value = conditionOf(directive);
    if (!value) return false;
    const holds = value.kind === 'Variable' ? conditions[value.name.value] === true : isTrue(value);
    return holds === (directive.name.value === 'skip');
  });
}

/** Whether a literal includes what the directive stands at; undefined where a variable decides, or another directive stands. */
export function literalOf(directive: DirectiveNode): boolean | undefined {
  const value = conditionOf(directive);
  if (value?.kind !== 'BooleanValue') return undefined;
  return value.value === (directive.name.value === 'include');
}

function isTrue(value: ASTNode): boolean {
  return value.kind === 'BooleanValue' && value.value;
}

/** What decides, of a `@skip` or an `@include`. */
export function conditionOf({ name, arguments: given }: DirectiveNode) {
  if (name.value !== 'skip' && name.value !== 'include') return undefined;
  return given?.find((argument) => argument.name.value === 'if')?.value;
}
