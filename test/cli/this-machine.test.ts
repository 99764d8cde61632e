/** What commands do outside themselves, with real files and a real connection. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { thisMachine } from '../../shared/cli/this-machine.ts';

test.each([
  ['http://127.0.0.1:9', 'The API could not be reached. Check its address, and whether it runs.'],
  ['nothing', 'Give the address of the API, such as http://127.0.0.1:3000.'],
])('where there is no API at %s a sentence says so', async (api, sentence) => {
  await expect(thisMachine.ask(api, '/api/v1/referrals')).rejects.toThrow(sentence);
});

test('the API is asked with the token, and is sent a body where there is one', async () => {
  const before = process.env.CARELINE_TOKEN;
  process.env.CARELINE_TOKEN = 'a-token';
  const server = createServer((request, response) => {
    let sent = '';
    request.on('data', (part) => {
      sent += part;
    });
    request.on('end', () => {
      const { method, url, headers } = request;
      response
        .writeHead(url === '/odd' ? 502 : 200)
        .end(url === '/odd' ? 'No JSON' : JSON.stringify({ method, url, token: headers.authorization, sent }));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.close();
    if (before === undefined) delete process.env.CARELINE_TOKEN;
    else process.env.CARELINE_TOKEN = before;
  });
  const address = server.address();
  const api = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const token = 'Bearer a-token';
  expect(await thisMachine.ask(api, '/read')).toEqual({
    status: 200,
    body: { method: 'GET', url: '/read', token, sent: '' },
  });
  expect(await thisMachine.ask(api, '/send', { csv: 'a,b' })).toEqual({
    status: 200,
    body: { method: 'POST', url: '/send', token, sent: '{"csv":"a,b"}' },
  });
  expect(await thisMachine.ask(api, '/odd')).toEqual({ status: 502, body: {} });
});

test('a file is written with the folders above it, and one that is not there is a sentence', () => {
  const folder = mkdtempSync(join(tmpdir(), 'careline-machine-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'new', 'note.txt');
  thisMachine.write(file, 'A note.');
  expect(readFileSync(file, 'utf8')).toBe('A note.');
  expect(thisMachine.readFile(file)).toBe('A note.');
  expect(() => thisMachine.readFile(join(folder, 'gone'))).toThrow(/^The file \S+gone cannot be read\.$/);
});
