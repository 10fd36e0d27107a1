import { describe, expect, test } from '@jest/globals';
import { ConfigError, envReader } from './env.js';

describe('settings', () => {
  test('are read, trimmed; what is blank is not given', () => {
    const read = envReader({ A: ' x ', B: '  ', PORT: '0', LIST: 'a, b,,c', WORD: 'two', SECRET: 'long enough' });
    const settings = {
      text: read.text('A', '-'),
      blank: read.text('B', 'fallback'),
      missing: read.optional('C'),
      port: read.port('PORT', 4000),
      defaultPort: read.port('OTHER_PORT', 4000),
      list: read.list('LIST', []),
      defaultList: read.list('B', ['z']),
      word: read.oneOf('WORD', ['one', 'two'], 'one'),
      secret: read.secret('SECRET', 11),
      noSecret: read.secret('C', 16),
    };
    read.done();
    expect(settings).toEqual({
      text: 'x',
      blank: 'fallback',
      missing: null,
      port: 0,
      defaultPort: 4000,
      list: ['a', 'b', 'c'],
      defaultList: ['z'],
      word: 'two',
      secret: 'long enough',
      noSecret: null,
    });
  });

  test('that are bad are named all together, and a secret is not shown', () => {
    const read = envReader({ PORT: '99999', SIZE: '1.5', WORD: 'three', SECRET: 'short' });
    read.port('PORT', 4000);
    read.integer('SIZE', 1, [0, 10]);
    read.oneOf('WORD', ['one', 'two'], 'one');
    read.secret('SECRET', 16);
    read.problem('URL is strange');
    expect(() => read.done()).toThrow(
      new ConfigError(
        'PORT must be a port (0 to 65535); it is "99999"; SIZE must be a whole number (0 to 10); it is "1.5"; WORD must be one of one, two; it is "three"; SECRET must have at least 16 characters; URL is strange',
      ),
    );
  });

  test.each(['-1', '11', 'ten', '0x1g', '1e999'])('refuse %s where a whole number from 0 to 10 is wanted', (text) => {
    const read = envReader({ SIZE: text });
    expect(read.integer('SIZE', 5, [0, 10])).toBe(5);
    expect(() => read.done()).toThrow(ConfigError);
  });
});
