import { parseSync } from '@swc/core';

/** A node of a syntax tree: its kind in `type`, everything else to be looked at with care. */
type Node = Readonly<Record<string, unknown>>;

/**
 * What a TypeScript or JavaScript text imports, in order: specifiers of import and export-from statements, of dynamic
 * imports with a literal, and of import types. Text in comments and strings is not taken for an import.
 */
export function importsOf(text: string): string[] {
  return nodesOf(text).flatMap((node) => specifierOf(node) ?? []);
}

/** Those of the imports of a text that bring in nothing but types, and so are gone when the program runs. */
export function typeImportsOf(text: string): string[] {
  return nodesOf(text).flatMap((node) => (isTypeOnly(node) ? (specifierOf(node) ?? []) : []));
}

/** True when the text reads or writes `process.env`; a comment that names it does not count. */
export function usesEnvironment(text: string): boolean {
  return nodesOf(text).some(
    ({ type, object, property }) =>
      type === 'MemberExpression' && isNamed(object, 'process') && isNamed(property, 'env'),
  );
}

/** True when the text has a default export. */
export function hasDefaultExport(text: string): boolean {
  return nodesOf(text).some(
    ({ type, exported, orig }) =>
      type === 'ExportDefaultDeclaration' ||
      type === 'ExportDefaultExpression' ||
      (type === 'ExportSpecifier' && isNamed(exported ?? orig, 'default')),
  );
}

function nodesOf(text: string): Node[] {
  return [...walk(parseSync(text, { syntax: 'typescript', decorators: true, target: 'es2022' }))];
}

function* walk(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const item of value) yield* walk(item);
  else if (isNode(value)) {
    if (typeof value.type === 'string') yield value;
    for (const child of Object.values(value)) yield* walk(child);
  }
}

function specifierOf(node: Node): string | null {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      return literal(node.source);
    case 'TsImportType':
      return literal(node.argument);
    case 'CallExpression':
      return isNode(node.callee) && node.callee.type === 'Import' ? literal(firstArgument(node.arguments)) : null;
    default:
      return null;
  }
}

function isTypeOnly({ type, typeOnly, specifiers }: Node): boolean {
  if (type === 'TsImportType' || typeOnly === true) return true;
  return (
    Array.isArray(specifiers) &&
    specifiers.length > 0 &&
    specifiers.every((one) => isNode(one) && one.isTypeOnly === true)
  );
}

function firstArgument(list: unknown): unknown {
  const first: unknown = Array.isArray(list) ? list[0] : null;
  return isNode(first) ? first.expression : null;
}

function literal(value: unknown): string | null {
  return isNode(value) && value.type === 'StringLiteral' && typeof value.value === 'string' ? value.value : null;
}

function isNamed(value: unknown, name: string): boolean {
  return isNode(value) && value.value === name;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
