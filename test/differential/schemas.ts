import type { SubgraphSchema } from '../../services/gateway/supergraph.js';
import { createDraft, type Draft } from './draft.js';
import { KEY_FIELDS } from './entities.js';
import { createLibrary, type Library } from './library.js';
import { answererOf, localMembers, nameIn, type Plan } from './plan.js';

/** Writes down what is planned as the schemas of the subgraphs. */
export function writeSchemas(plan: Plan): readonly SubgraphSchema[] {
  const draft = createDraft(plan.subgraphs);
  const writing: Writing = { plan, draft, library: createLibrary(plan.dice) };
  for (const subgraph of plan.subgraphs) {
    draft.declare(subgraph, 'Query', 'type Query');
    for (const { name, keys } of plan.entities) if (keys.has(subgraph)) declareEntity(writing, subgraph, name);
  }
  declareMedia(writing);
  for (const { of, name, type, given, at } of plan.fields) {
    for (const [subgraph, directives] of at) {
      for (const used of [of, nameIn(type), ...namesIn(given)]) demandType(writing, subgraph, used);
      draft.add(subgraph, of, name, `${given}: ${[type, ...directives].join(' ')}`);
    }
  }
  for (const subgraph of plan.subgraphs) declareInterfaces(writing, subgraph);
  return draft.print();
}

interface Writing {
  readonly plan: Plan;
  readonly draft: Draft;
  readonly library: Library;
}

function namesIn(given: string): string[] {
  return ['Wish', 'Size', 'Stamp'].filter((name) => given.includes(name));
}

/** Declares a type in a subgraph that uses it, if it has not. */
function demandType(writing: Writing, subgraph: string, type: string): void {
  const { plan, draft, library } = writing;
  if (type === 'Any' && !draft.has(subgraph, type)) {
    const members = localMembers(
      plan,
      plan.entities.map(({ name }) => name),
      subgraph,
    );
    draft.declare(subgraph, type, `union Any = ${members.join(' | ')}`);
  }
  const isEntity = plan.entities.some(({ name }) => name === type);
  if (isEntity && !draft.has(subgraph, type)) declareEntity(writing, subgraph, type);
  library.add(draft, subgraph, type);
}

/** An entity with its keys; where a subgraph only refers to it, with one key that it cannot be found from there. */
function declareEntity({ plan, draft, library }: Writing, subgraph: string, name: string): void {
  const { entities, interfaces, media } = plan;
  const keys = entities.find((one) => one.name === name)?.keys;
  const own = keys?.get(subgraph);
  const used = own ?? [[...(keys?.values() ?? [])][0]?.[0] ?? 'id'];
  const names = [
    ...(own ? interfaces.filter(({ members }) => members.includes(name)).map((one) => one.name) : []),
    ...(media?.members.includes(name) && media.home === subgraph ? ['Media'] : []),
  ];
  const directives = used.map((key) => `@key(fields: "${key}"${own ? '' : ', resolvable: false'})`);
  draft.declare(
    subgraph,
    name,
    [`type ${name}`, ...(names.length > 0 ? [`implements ${names.join(' & ')}`] : []), ...directives].join(' '),
  );
  for (const field of new Set(used.join(' ').match(/\w+/g))) {
    const type = KEY_FIELDS[field];
    if (type === undefined) continue;
    library.add(draft, subgraph, nameIn(type));
    draft.add(subgraph, name, field, `: ${type}`);
  }
}

function declareMedia({ plan: { media }, draft }: Writing): void {
  if (!media) return;
  draft.declare(media.home, 'Media', 'interface Media @key(fields: "id")');
  draft.declare(media.other, 'Media', 'type Media @interfaceObject @key(fields: "id")');
  for (const subgraph of [media.home, media.other]) draft.add(subgraph, 'Media', 'id', ': ID!');
}

/** An interface has in a subgraph the fields that are answered there for all members it has. */
function declareInterfaces({ plan, draft }: Writing, subgraph: string): void {
  for (const { name, members, common } of plan.interfaces) {
    const local = localMembers(plan, members, subgraph);
    if (local.length === 0) continue;
    draft.declare(subgraph, name, `interface ${name}`);
    draft.add(subgraph, name, 'id', ': ID!');
    for (const one of common) {
      const fields = plan.fields.filter((field) => field.name === one && local.includes(field.of));
      const [first] = fields;
      if (first && fields.length === local.length && fields.every((field) => answererOf(field).includes(subgraph)))
        draft.add(subgraph, name, one, `: ${first.type}`);
    }
  }
}
