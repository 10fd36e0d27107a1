/**
 * What tools read about the tag (custom-elements.json), made from the comment and the fields of its class. Sources are
 * TypeScript; what is published, and so named here, are the modules made from them.
 */
export default {
  globs: ['coverage-widget.ts', 'define.ts'],
  outdir: 'dist',
  packagejson: false,
  plugins: [
    { name: 'as-published', packageLinkPhase: ({ customElementsManifest }) => publish(customElementsManifest) },
  ],
};

function publish(manifest) {
  for (const module of manifest.modules) {
    module.path = published(module.path);
    module.declarations = module.declarations.filter(({ kind }) => kind === 'class').map(asSeen);
    module.exports = module.exports.filter(({ declaration }) => declaration.name === 'CoverageWidget');
    for (const { declaration } of module.exports) declaration.module = CLASS;
  }
}

/** What a page sees of the class. */
function asSeen(tag) {
  return {
    ...tag,
    superclass: { name: 'HTMLElement', package: 'global:' }, // on a server, where there is none, it is Object
    members: tag.members.filter(({ privacy }) => privacy !== 'private').map(withAttribute(tag.attributes)),
    events: tag.events.filter(({ name }) => name), // the analyzer adds one for the name that is put together
  };
}

const withAttribute = (attributes) => (member) => {
  const attribute = attributes.find(({ fieldName }) => fieldName === member.name && !member.static);
  return attribute ? { ...member, attribute: attribute.name, reflects: true } : member;
};

const published = (path) => `dist/package/${path.replace(/\.ts$/, '.js')}`;
const CLASS = published('coverage-widget.ts');
