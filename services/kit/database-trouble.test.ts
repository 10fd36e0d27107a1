import { describe, expect, test } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { tellTrouble } from './database-trouble.js';

const failed = (facts: object) =>
  new QueryFailedError('SELECT 1', [], Object.assign(new Error('told by the driver'), facts));
const codeOf = (error: unknown) => tellTrouble(error)?.code ?? null;

describe('the trouble of a database', () => {
  test.each([
    ['a full SQLite file', failed({ code: 'SQLITE_FULL' }), 'DATABASE_FULL'],
    ['a full MySQL table', failed({ code: 'ER_RECORD_FILE_FULL', errno: 1114 }), 'DATABASE_FULL'],
    ['a full disk of MySQL', failed({ code: 'ER_DISK_FULL', errno: 1021 }), 'DATABASE_FULL'],
    ['a SQLite file that others keep locked', failed({ code: 'SQLITE_BUSY_SNAPSHOT' }), 'DATABASE_UNAVAILABLE'],
    ['a disk that cannot be read', failed({ code: 'SQLITE_IOERR_READ' }), 'DATABASE_UNAVAILABLE'],
    ['a connection that broke', failed({ code: 'PROTOCOL_CONNECTION_LOST', fatal: true }), 'DATABASE_UNAVAILABLE'],
    ['a connection that is closed', failed({ fatal: true }), 'DATABASE_UNAVAILABLE'],
    ['a server that is not there', { code: 'ECONNREFUSED', fatal: true }, 'DATABASE_UNAVAILABLE'],
    ['a registry that is not there', { code: 'ECONNREFUSED' }, null],
    ['a statement that is wrong', failed({ code: 'ER_PARSE_ERROR' }), null],
    ['a key that is there already', failed({ code: 'SQLITE_CONSTRAINT_PRIMARYKEY' }), null],
    ['a bug', new TypeError('undefined is not a function'), null],
    ['anything else that is thrown', null, null],
  ])('%s', (_name, error, code) => {
    expect(codeOf(error)).toBe(code);
  });

  test('tells nothing of the statement or the server', () => {
    const error = failed({ code: 'ECONNRESET', fatal: true, address: '10.0.0.7' });
    expect(JSON.stringify(tellTrouble(error))).not.toMatch(/SELECT|10\.0\.0\.7|driver/);
  });
});
