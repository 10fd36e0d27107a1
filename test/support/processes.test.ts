import { describe, expect, test } from '@jest/globals';
import { freePort, startProcess } from './processes.js';

const forever = 'setInterval(() => {}, 1000);';

/** A program that says "up" and answers on the port. */
function server(port: number): string {
  return `require('http').createServer((_, answer) => answer.end('hello')).listen(${port}, () => console.log('up'))`;
}

describe('a process', () => {
  test('is ready when its output says so, and gone when stopped', async () => {
    const port = await freePort();
    const running = await startProcess({ args: ['-e', server(port)], ready: /up/ });
    expect(await fetch(`http://127.0.0.1:${port}`).then((answer) => answer.text())).toBe('hello');
    expect(await running.stop()).toEqual({ code: null, signal: 'SIGTERM' });
    expect(() => process.kill(running.pid, 0)).toThrow('ESRCH');
  });

  test('is ready when its address answers', async () => {
    const port = await freePort();
    const running = await startProcess({ args: ['-e', server(port)], ready: `http://127.0.0.1:${port}/` });
    expect(running.output()).toBe('up\n');
    await running.stop();
  });

  test('gets its environment, and tells how it ended', async () => {
    const running = await startProcess({
      args: ['-e', 'console.log(process.env.WORD); process.exit(4)'],
      env: { WORD: 'w' },
    });
    expect(await running.exited).toEqual({ code: 4, signal: null });
    expect(running.output()).toBe('w\n');
  });

  test('may end in its own way', async () => {
    const program = `process.on('SIGTERM', () => { console.log('bye'); process.exit(0); }); console.log('up'); ${forever}`;
    const running = await startProcess({ args: ['-e', program], ready: /up/ });
    expect(await running.stop()).toEqual({ code: 0, signal: null });
    expect(running.output()).toBe('up\nbye\n');
  });

  test.each([
    ['ends too early', 'console.error("bad luck"); process.exit(3)', 20_000, /ended\. It wrote:\nbad luck/],
    ['is never ready', `console.log("slow"); ${forever}`, 3000, /was not ready after 3000 ms\. It wrote:\nslow/],
  ])('that %s fails with its output', async (_, program, readyMs, message) => {
    await expect(startProcess({ args: ['-e', program], ready: /up/, readyMs })).rejects.toThrow(message);
  });

  test('that does not exist fails with its name', async () => {
    await expect(startProcess({ command: '/nowhere/program', args: [], ready: /up/ })).rejects.toThrow(
      '/nowhere/program',
    );
  });
});
