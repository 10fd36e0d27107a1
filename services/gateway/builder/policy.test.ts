import { describe, expect, test } from '@jest/globals';
import { checkPolicy } from './policy.js';

const HOST = 'https://cakupan.example';
const addresses = {
  script: [`${HOST}/widget/v1/coverage-widget.js`, `${HOST}/widget/v1/view.js`],
  data: [`${HOST}/graphql`],
  frame: [`${HOST}/embed/19.03`],
  image: [`${HOST}/r/19.03.svg`],
};

const check = (policy: string) => checkPolicy(policy, addresses);

/** The purposes that a policy does not serve, each with the directive that is to be changed. */
const lacking = (policy: string) =>
  check(policy)
    .findings.filter(({ verdict }) => verdict !== 'allowed')
    .map(({ purpose, directive, verdict }) => `${purpose}: ${verdict} in ${directive}`);

describe('a policy', () => {
  test('that says nothing of what we need allows it', () => {
    expect(lacking("object-src 'none'; base-uri 'self'")).toEqual([]);
  });

  test.each(["default-src 'none'", "default-src 'self'", 'default-src'])(
    'needs every directive beside %s',
    (policy) => {
      expect(lacking(policy)).toEqual([
        'script: refused in script-src',
        'data: refused in connect-src',
        'frame: refused in frame-src',
        'image: refused in img-src',
      ]);
    },
  );

  test('keeps for others what it allowed by default, and loses only none', () => {
    expect([
      check("default-src 'none'").mended,
      check("default-src 'self' https://cdn.example; img-src *").mended,
    ]).toEqual([
      `default-src 'none'; script-src ${HOST}; connect-src ${HOST}; frame-src ${HOST}; img-src ${HOST}`,
      `default-src 'self' https://cdn.example; img-src *; script-src 'self' https://cdn.example ${HOST}; connect-src 'self' https://cdn.example ${HOST}; frame-src 'self' https://cdn.example ${HOST}`,
    ]);
  });

  test.each([
    "default-src 'none'",
    "default-src 'self'; child-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    "script-src-elem 'self'; default-src https://cdn.example",
    "script-src 'self', default-src 'none'; script-src *",
  ])('lacks nothing once it was mended: %s', (policy) => {
    expect(lacking(check(policy).mended)).toEqual([]);
  });

  test.each([
    ['*'],
    ['https:'],
    ['http:'],
    [HOST],
    ['cakupan.example'],
    ['CAKUPAN.example'],
    ['*.example'],
    ['http://cakupan.example'],
    ['https://cakupan.example:443'],
    ['cakupan.example:*'],
    ['https://cakupan.example/widget/'],
    ['https://*'],
  ])('allows our script by %s', (source) => {
    expect(lacking(`script-src ${source}`)).toEqual([]);
  });

  test.each([
    ["'none'"],
    ["'self'"],
    ["'unsafe-inline'"],
    ['data:'],
    ['https://*.cakupan.example'],
    ['https://cakupan.example.id'],
    ['https://cakupan.example:8443'],
    ['https://cakupan.example/lain/'],
    ['wss://cakupan.example'],
    ["'nonce-abc'"],
    ['http'],
    ['<b>'],
  ])('does not allow it by %s', (source) => {
    expect(lacking(`script-src ${source}`)).toEqual(['script: refused in script-src']);
  });

  test('does not allow the further modules of the tag by the address of its first', () => {
    expect(lacking(`script-src ${HOST}/widget/v1/coverage-widget.js`)).toEqual(['script: refused in script-src']);
  });

  test('with strict-dynamic takes a nonce and no host', () => {
    const policy = `script-src 'nonce-abc' 'strict-dynamic' ${HOST}`;
    expect([lacking(policy), check(policy).mended]).toEqual([['script: nonce in script-src'], policy]);
  });

  test('is read by the nearest directive: of script elements, of frames, of children', () => {
    expect([
      lacking(`script-src ${HOST}; script-src-elem 'self'`),
      lacking(`child-src ${HOST}; default-src 'none'; script-src *; connect-src *; img-src *`),
      lacking(`frame-src 'none'; child-src ${HOST}`),
    ]).toEqual([['script: refused in script-src-elem'], [], ['frame: refused in frame-src']]);
  });

  test.each([
    ["require-trusted-types-for 'script'", []],
    ["require-trusted-types-for 'script'; trusted-types *", []],
    ["require-trusted-types-for 'script'; trusted-types lit-html cakupan-widget", []],
    ["trusted-types 'none'", ['trusted-types: refused in trusted-types']],
    ["require-trusted-types-for 'script'; trusted-types lit-html", ['trusted-types: refused in trusted-types']],
    ["require-trusted-types-for 'script'; trusted-types", ['trusted-types: refused in trusted-types']],
  ])('names our Trusted Types where names are listed: %s', (policy, expected) => {
    expect(lacking(policy)).toEqual(expected);
  });

  test('may come with the name of its header, in capitals, over lines, and twice the same directive', () => {
    const policy = `Content-Security-Policy: SCRIPT-SRC\n  ${HOST};\n script-src 'none';`;
    expect([lacking(policy), check(policy).mended]).toEqual([[], `script-src ${HOST}`]);
  });

  test('with others beside it must allow as much as they', () => {
    expect(lacking(`script-src ${HOST}, script-src 'self'`)).toEqual(['script: refused in script-src']);
  });

  test('of nothing needs nothing', () => {
    expect([check(' ; ,').findings, check(' ; ,').mended]).toEqual([[], '']);
  });
});
