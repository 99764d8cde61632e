/** What stands around every page, as each role finds it: navigation, help, the end of a session, the back button. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { firstDays, pageHelp, terms } from '../../functions/console/app/help/help-words.ts';
import { longSentences, riddleWords } from '../support/plain-language.ts';
import { violationsOn } from './chromium.ts';
import { type Stage, startStage } from './console-stage.ts';
import { openConsole } from './window.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
}, 60_000);
afterAll(() => stage.stop());

const worker = 'P-CARELINE-WORKER-1';
const roles: readonly (readonly [personId: string, firstEntry: string, firstDay: string])[] = [
  [worker, 'Work queue', 'you answer the Careline'],
  ['P-CARELINE-SUPERVISOR-1', 'Work queue', 'you supervise the Careline'],
  ['P-CASEWORKER-NEW-HAVEN-1', 'Work queue', 'you work at an area office'],
  ['P-HART-LEAD-SOUTH-CENTRAL-1', 'Work queue', 'you work for HART'],
  ['P-LEGAL-1', 'Work queue', 'you give legal advice to the department'],
  ['P-MDT-MEDICAL-NEW-HAVEN-1', 'Your referrals', 'you have a seat on a team'],
  ['P-PROVIDER-EDUCATION-1', 'Your referrals', 'you give a service'],
  ['P-ADMINISTRATOR-1', 'Work queue', 'you administer or audit'],
];

describe.each(roles)('%s', (personId, firstEntry, firstDay) => {
  test('has at most six entries in the header, and help for each page and for the first day', async () => {
    const page = await stage.visit(personId, '/help', { viewport: { width: 1280, height: 800 } });
    const main = page.getByRole('navigation', { name: 'Main' });
    const inHeader = await main.locator('ul').first().locator(':scope > li > a').allTextContents();
    expect(inHeader[0]).toBe(firstEntry);
    expect(inHeader.length).toBeLessThanOrEqual(6);
    const inMenu = await main.locator('details a').allTextContents();
    await page.getByRole('heading', { name: `Your first day: ${firstDay}` }).waitFor();
    for (const words of [...inHeader, ...inMenu]) {
      expect(
        await page
          .locator('main h3')
          .filter({ hasText: words === 'All referrals' ? 'A referral' : words })
          .count(),
        words,
      ).toBe(1);
    }
    expect(await violationsOn(page)).toEqual([]);
    await page.context().close();
  });
});

test('a page marks its entry, and its help link leads to the words about it', async () => {
  const page = await stage.visit(worker, '/reports/new');
  expect(await page.locator('nav [aria-current=page]').allTextContents()).toEqual(['New report']);
  await page.getByRole('contentinfo').getByRole('link', { name: 'Help' }).click();
  await page.waitForURL(/\/help#page-reports-new$/);
  expect(await page.locator('#page-reports-new').textContent()).toContain('kept as a draft');
  await page.context().close();
});

test('the menu opens on a phone without a script', async () => {
  const page = await stage.visit(worker, '/help', { viewport: { width: 320, height: 640 }, javaScriptEnabled: false });
  expect(await page.locator('nav a', { hasText: 'On call' }).isVisible()).toBe(false);
  await page.getByText('Menu', { exact: true }).click();
  expect(await page.getByRole('navigation').getByRole('link', { name: 'On call' }).isVisible()).toBe(true);
  await page.getByText('More', { exact: true }).click();
  await page.getByRole('navigation').getByRole('link', { name: 'Providers' }).click();
  await page.getByRole('heading', { level: 1, name: 'Providers' }).waitFor();
  await page.context().close();
});

test('two minutes before the end a notice offers more time, and what was typed stays', async () => {
  const page = await stage.visit(worker, '/signed-out');
  await page.clock.install();
  await page.goto(new URL('/reports/new', page.url()).href);
  const notice = page.getByRole('region', { name: 'Your session' });
  await page.getByLabel('What was reported').fill('Words of a caller.');
  expect(await notice.isVisible()).toBe(false);
  stage.careline.passes(28 * 60 + 10);
  await page.clock.fastForward((28 * 60 + 10) * 1000);
  await notice.waitFor();
  expect(await notice.textContent()).toMatch(/Your session ends at \d+:\d\d [AP]M\. What you typed is kept for you\./);
  expect(await violationsOn(page)).toEqual([]);
  await page.getByRole('button', { name: 'Stay signed in' }).click();
  await notice.waitFor({ state: 'hidden' });
  expect(await page.getByLabel('What was reported').inputValue()).toBe('Words of a caller.');
  // The server knows of it: the session would have ended by now.
  stage.careline.passes(10 * 60);
  await page.clock.fastForward(10 * 60_000);
  expect(await page.getByLabel('What was reported').inputValue()).toBe('Words of a caller.');
  await page.context().close();
});

test('the way back to what a form answered is the page of the form, and no error', async () => {
  const page = await stage.visit('P-CASEWORKER-NEW-HAVEN-1', '/delegations');
  await page.getByRole('button', { name: 'Name the delegate' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByRole('navigation').getByRole('link', { name: 'On call' }).click();
  await page.getByRole('heading', { level: 1, name: /on call/i }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: 'Delegates' }).waitFor();
  await page.context().close();
});

test('the way back to a receipt, left by a button of its calls, is the receipt again, and no error', async () => {
  const page = await stage.visit(worker, '/reports/new');
  await page
    .getByRole('group', { name: /^Is the child in danger now/ })
    .getByText('Yes', { exact: true })
    .click();
  await page.getByLabel('What was reported').fill('Words of a caller.');
  await page.getByRole('button', { name: 'Send the report' }).click();
  await page.getByRole('heading', { level: 1, name: 'Report received' }).waitFor();
  await page
    .getByRole('button', { name: /^No answer/ })
    .first()
    .click();
  await page.getByRole('heading', { level: 1, name: /^Call now/ }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: 'Report received' }).waitFor();
  await page.context().close();
});

test.each([
  [true, 1],
  [false, 0],
])('a page says that a stage is for training where that is so: %s', async (training, times) => {
  const shown = openConsole(stage.tables, { parts: { training } });
  const { html } = await (await shown.person(worker)).get('/help');
  expect(html.match(/every person here is invented/g) ?? []).toHaveLength(times);
});

test('the words of help are plain', () => {
  const texts = [
    ...firstDays.flatMap(({ title, steps }) => [title, ...steps]),
    ...Object.values(pageHelp).flatMap(({ title, sentences }) => [title, ...sentences]),
    ...Object.values(terms).flatMap(({ words, meaning }) => [words, meaning]),
  ];
  expect(texts.flatMap((text) => longSentences(text, 20))).toEqual([]);
  expect(texts.flatMap(riddleWords)).toEqual([]);
});
