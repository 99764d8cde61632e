/** A real browser at a console in this process, over the real stores. It starts in a second, because no cloud does. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { ConsoleParts } from '../../functions/console/app/parts.ts';
import { startTables, type Tables } from '../support/tables.ts';
import { buildAssets } from './built-assets.ts';
import { launchChromium } from './chromium.ts';
import { openConsole } from './window.ts';

export type Stage = Awaited<ReturnType<typeof startStageOver>>;

/** Over tables of its own, with the directory of the samples. */
export async function startStage(): Promise<Stage> {
  const tables = await startTables();
  await tables.seedDirectory();
  return startStageOver(tables);
}

/** `parts`: what the console has otherwise, such as the clock of a desk. `stop` stops the tables too. */
export async function startStageOver(tables: Tables, parts: Partial<ConsoleParts> = {}) {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const consoleUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const careline = openConsole(tables, { consoleUrl, parts: { assets: buildAssets(), ...parts } });
  server.on('request', async (request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const answer = await careline.request(url, {
      method,
      headers: Object.entries(headers).map(([name, value]) => [name, String(value)] as [string, string]),
      ...(method === 'POST' && { body: Buffer.concat(parts) }),
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  const chromium = await launchChromium();

  return {
    tables,
    careline,
    /** A page of the console, as this sample person sees it. */
    async visit(personId: string, path: string, options: BrowserContextOptions = {}): Promise<Page> {
      return this.open((await careline.person(personId)).cookies, path, options);
    },
    /** A page of the console, as the person who signed in with these cookies sees it. */
    async open(cookies: ReadonlyMap<string, string>, path: string, options: BrowserContextOptions = {}): Promise<Page> {
      const context = await chromium.newContext(options);
      context.setDefaultTimeout(10_000);
      await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: consoleUrl })));
      const page = await context.newPage();
      await page.goto(`${consoleUrl}${path}`);
      return page;
    },
    async stop() {
      await chromium.close();
      server.close();
      tables.stop();
    },
  };
}
