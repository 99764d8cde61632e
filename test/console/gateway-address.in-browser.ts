/** The console at the address that a deployment without a domain of its own has: the gateway's, with the stage. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cloud, startCloud } from '../../infra/local/cloud.ts';
import { synthesize } from '../../infra/synthesize.ts';
import { browser } from './browser-stage.ts';
import { visitAs } from './chromium.ts';

let cloud: Cloud;
beforeAll(async () => {
  const { folder } = await synthesize();
  cloud = await startCloud({ assembly: folder, frozenAt: Date.parse('2026-11-10T15:00:00.000Z'), underStage: true });
}, 60_000);
afterAll(() => cloud?.stop());

test('a worker signs in, enters a report, follows every link of the page and signs out', {
  timeout: 90_000,
}, async () => {
  const { origin, pathname } = new URL(cloud.webUrl);
  expect(pathname).toBe('/local');
  // Elsewhere the gateway itself refuses, in the form of the API.
  expect((await fetch(`${origin}/sign-in`)).headers.get('content-type')).toBe('application/problem+json');

  const { page, complaints, close } = await visitAs(browser, cloud, 'careline.worker@dcf.example', '/reports/new');
  await page.getByLabel('What was reported').fill('A teacher told us.');
  await page.getByRole('combobox', { name: 'Town where the child lives' }).fill('New Haven');
  await page.getByLabel('Safe contact').fill('Only by text, after four.');
  await page.locator('label[for=report-children-0-danger]').click();
  await page.getByRole('button', { name: 'Send the report' }).last().click();
  await page.getByRole('link', { name: /^CR-/ }).first().click();
  await page.waitForURL(({ pathname: path }) => path.startsWith('/local/referrals/CR-'));

  const addresses = await page.evaluate(
    `[...document.querySelectorAll('a[href], link[href], script[src], form[action]')]
      .map((each) => each.href ?? each.src ?? each.action).filter((each) => each.startsWith('http'))`,
  );
  const own = [...new Set(addresses as string[])].filter((address) => new URL(address).origin === origin);
  expect(own.length).toBeGreaterThan(10);
  expect(own.filter((address) => !`${new URL(address).pathname}/`.startsWith('/local/'))).toEqual([]);

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${cloud.webUrl}/signed-out`);
  expect(complaints).toEqual([]);
  await close();
});

test('a mail leads to the same address', async () => {
  await cloud.rest();
  const links = cloud.sent().flatMap(({ raw }) => raw.replaceAll('=\r\n', '').match(/https?:\/\/\S+\/alerts\//g) ?? []);
  expect(links.length).toBeGreaterThan(0);
  expect(new Set(links)).toEqual(new Set([`${cloud.webUrl}/alerts/`]));
});
