import { expect, test } from '@jest/globals';
import { createConnection } from 'mysql2/promise';
import { eachDatabase } from './databases.js';
import { freshMariaDb, startMariaDb } from './mariadb.js';

eachDatabase('a fresh database', (makeUrl) => {
  test('has an address of its own each time', async () => {
    const [one, other] = [await makeUrl(), await makeUrl()];
    expect(one).toMatch(/^(sqlite:\/.+\.sqlite|mysql:\/\/root@127\.0\.0\.1:\d+\/test_[0-9a-f]{32})$/);
    expect(one).not.toBe(other);
  });
});

test('MariaDB keeps every letter', async () => {
  const connection = await createConnection(await freshMariaDb());
  await connection.query('CREATE TABLE name (text VARCHAR(20))');
  await connection.query('INSERT INTO name VALUES (?)', ['Belitung – ½ 🌊']);
  const [rows] = await connection.query('SELECT text FROM name');
  await connection.end();
  expect(rows).toEqual([{ text: 'Belitung – ½ 🌊' }]);
});

test('two MariaDB servers run beside each other, and a stopped one refuses', async () => {
  const server = await startMariaDb();
  const connection = await createConnection(server.url);
  await connection.end();
  await server.stop();
  await expect(createConnection(server.url)).rejects.toThrow('ECONNREFUSED');
});
