/**
 * The home page of each role while there is much to do: calls, overdue work, and a team to convene. Two alarms ring, and no one
 * takes them. It stands on two screens of a laptop, and says first what to do and what is wrong today.
 */
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reactTo } from '../support/react-desk.ts';
import { startBusy } from './confirmed.ts';
import { type Stage, startStageOver } from './console-stage.ts';
import { signedInAs } from './window.ts';
import { faultsWithLargeText } from './zoom.ts';

const laptop = { width: 1366, height: 900 };
const phone = { width: 390, height: 844 };

let stage: Stage;
beforeAll(async () => {
  const desk = await startBusy();
  const back = await desk.opened({ danger: 'no', missingNow: 'yes' });
  await desk.do(back, 'record-return', {}, 'caseworker');
  await reactTo(desk, back);
  stage = await startStageOver(desk, { now: () => desk.now });
}, 60_000);
afterAll(() => stage.stop());

/** With the words of a figure of the role. Those of the whole department say what is wrong today. */
const roles = [
  ['careline-worker', 'Referrals that need a call now'],
  ['careline-supervisor', 'Children not seen yet'],
  ['careline-manager', 'Children not seen yet'],
  ['caseworker', 'No safe place or plan yet'],
  ['area-supervisor', 'No safe place or plan yet'],
  ['area-director', 'Teams with an empty seat'],
  ['director-oncall', 'Alerts that reached no one'],
  ['hart-liaison', 'Not screened yet'],
  ['hart-director', 'No HART liaison yet'],
  ['program-manager', 'Service needs not met today'],
  ['administrator', 'Findings of the watchdog today'],
  ['mdt-coordinator', 'Empty team seats'],
] as const;

const topOf = async (part: Locator): Promise<number> => (await part.boundingBox())?.y ?? Number.NaN;
const endOf = async (part: Locator): Promise<number> => {
  const box = await part.boundingBox();
  return box ? box.y + box.height : Number.NaN;
};
/** The others work on no calls, or only where they hold a seat. */
const toldOfCalls = (role: string): boolean => !['administrator', 'mdt-coordinator'].includes(role);

describe.each(roles)('the home page of a %s', (role, figure) => {
  test('stands on two screens of a laptop and takes large text, also on a phone, with what is wrong today on the first', async () => {
    const browser = await signedInAs(stage.careline, role);
    const page = await stage.open(browser.cookies, '/', { viewport: laptop });
    const height: number = await page.evaluate('document.documentElement.scrollHeight');
    expect(height).toBeLessThanOrEqual(2 * laptop.height);
    const today = page.getByRole('region', { name: 'Today' }).getByRole('link', { name: figure });
    expect(await endOf(today)).toBeLessThanOrEqual(laptop.height);
    // The queue begins right below the calls, also where the column beside them is longer.
    const queue = page.locator('#open');
    if ((await page.locator('.home--calls').count()) > 0 && (await queue.count()) > 0)
      expect((await topOf(queue)) - (await endOf(page.locator('.home-calls')))).toBeLessThan(40);
    // What was counted as none is no box: its line is as high as small words are.
    for (const each of await page.locator('.figure strong').allTextContents()) expect(each.trim()).not.toMatch(/^0/);
    expect(await page.locator('.figures-none a').count()).toBeLessThan(10);
    await page.setViewportSize({ width: 1280, height: 800 });
    expect(await faultsWithLargeText(page, false)).toEqual([]);
    await page.setViewportSize(phone);
    expect(await faultsWithLargeText(page, false)).toEqual([]);
    await page.context().close();
  });

  test('shows the next step without scrolling while two alarms run, in one line that unfolds', async () => {
    const browser = await signedInAs(stage.careline, role);
    const page = await stage.open(browser.cookies, '/', { viewport: laptop });
    const yours = page.getByRole('region', { name: 'Your next steps' });
    const first = yours.getByRole('listitem').or(yours.getByText('Nothing waits for you.')).first();
    expect(await endOf(first)).toBeLessThanOrEqual(laptop.height);
    const line = page.getByRole('region', { name: 'Calls that are not taken' });
    const isTold = (await line.count()) > 0;
    expect([role, isTold]).toEqual([role, toldOfCalls(role)]);
    if (isTold) {
      expect((await line.boundingBox())?.height).toBeLessThan(48);
      expect(await line.getByRole('link').first().isVisible()).toBe(false);
      await line.getByText('2 calls are not taken: show').click();
      expect(await line.getByRole('link').first().isVisible()).toBe(true);
      await line.getByText('2 calls are not taken: show').click();
      // On a phone the line is at the foot of the screen, below what the person has to do.
      await page.setViewportSize(phone);
      expect(await endOf(line)).toBe(phone.height);
      expect(await endOf(page.getByRole('main').getByRole('heading').first())).toBeLessThan(phone.height / 2);
    }
    await page.context().close();
  });
});

describe('a step of Your next steps', () => {
  const partsOf = (step: Locator) => ['what', 'due', 'child'].map((part) => step.locator(`.task-${part}`));

  test.each(['mdt-coordinator', 'hart-liaison', 'careline-supervisor'])(
    'of a %s is one row on a laptop, its columns one below the other, and two lines on a phone',
    async (role) => {
      const browser = await signedInAs(stage.careline, role);
      const page = await stage.open(browser.cookies, '/deadlines', { viewport: laptop });
      const steps = await page.locator('.task-list > li').all();
      expect(steps.length).toBeGreaterThan(1);
      const columns = new Set<string>();
      for (const step of steps) {
        const boxes = await Promise.all(partsOf(step).map((part) => part.boundingBox()));
        columns.add(boxes.map((box) => box?.x).join(' '));
        const tops = boxes.map((box) => box?.y ?? Number.NaN);
        expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(4);
      }
      expect(columns.size).toBe(1);

      await page.setViewportSize(phone);
      for (const step of steps) {
        const [what, due, child] = partsOf(step);
        if (!what || !due || !child) continue;
        expect(await topOf(due)).toBeGreaterThanOrEqual((await endOf(what)) - 1);
        // Two marks of a child, or the long one, are wider than a phone leaves beside the time.
        if ((await child.locator('.tag').allTextContents()).join('').length < 12)
          expect(Math.abs((await topOf(child)) - (await topOf(due)))).toBeLessThan(6);
      }
      await page.context().close();
    },
  );
});

test('Returns from missing has five columns, no date on two lines, and first what is not done', async () => {
  const browser = await signedInAs(stage.careline, 'careline-supervisor');
  const page = await stage.open(browser.cookies, '/returns', { viewport: laptop });
  expect(await page.getByRole('columnheader').count()).toBeLessThanOrEqual(5);
  const table = page.getByRole('table');
  expect((await table.boundingBox())?.width).toBeLessThanOrEqual(laptop.width);
  const dates = await page.locator('td .one-line').all();
  expect(dates.length).toBeGreaterThan(2);
  for (const date of dates) expect((await date.boundingBox())?.height).toBeLessThan(30);
  const toDo = await page.locator('td[data-label="To do"]').allTextContents();
  expect(toDo.findLastIndex((each) => each.startsWith('Return interview'))).toBe(0);
  await page.context().close();
});

test('a call page on a phone has the number and its buttons on the first screen, and at most three screens', async () => {
  const browser = await signedInAs(stage.careline, 'careline-worker');
  const [first = ''] = /(?<=href=")\/referrals\/CR-[^"#]+/.exec((await browser.get('/')).html) ?? [];
  const page = await stage.open(browser.cookies, first, { viewport: phone });
  const banner = page.getByRole('region', { name: 'Calls that are not taken' });
  const card = page.locator('.call').first();
  expect(await endOf(card.locator('.call-number').first())).toBeLessThanOrEqual(await topOf(banner));
  for (const name of ['I am calling', 'Reached', 'No answer'])
    expect(await endOf(card.getByRole('button', { name }).first())).toBeLessThanOrEqual(await topOf(banner));
  expect(await page.evaluate('document.documentElement.scrollHeight')).toBeLessThanOrEqual(3 * phone.height);
  await page.context().close();
});

describe('a new report, while two alarms run', () => {
  const needed = ['reporter.safeNumber', 'children[0].danger', 'narrative'];

  test.each(['careline-worker', 'careline-supervisor'])(
    'of a %s shows number, danger, town and story first, and no alarm',
    async (role) => {
      const browser = await signedInAs(stage.careline, role);
      const page = await stage.open(browser.cookies, '/reports/new', { viewport: laptop });
      // A report of another person, and one that this browser cannot read.
      await page.evaluate(
        `localStorage.setItem('careline-unsent 0', '{"words":"x","person":"another","at":"2026-11-01T12:00:00Z"}')`,
      );
      await page.reload();
      expect(await page.locator('.unanswered').count()).toBe(0);
      const field = (name: string) => page.locator(`[name="${name}"]`).first();
      const isShown = async (name: string) => (await endOf(field(name))) <= (await topOf(page.locator('.call-bar')));
      const town = page.getByRole('combobox', { name: 'Town where the child is now' });
      for (const name of needed) expect([name, await isShown(name)]).toEqual([name, true]);
      expect(await endOf(town)).toBeLessThan(laptop.height / 2);
      const banner = page.getByText('Not sent from this computer');
      expect(await banner.isVisible()).toBe(true);
      expect(await topOf(banner)).toBeGreaterThan(await endOf(field('children[0].danger')));

      await page
        .getByRole('group', { name: /in danger now/ })
        .getByText('Yes')
        .click();
      await town.fill('New Haven');
      await town.press('Enter');
      for (const name of needed) expect([name, await isShown(name)]).toEqual([name, true]);
      expect(await endOf(page.locator('.numbers-chosen a').first())).toBeLessThan(
        await topOf(page.locator('.call-bar')),
      );

      await page.setViewportSize(phone);
      await page.reload();
      expect(await topOf(banner)).toBeGreaterThan(await endOf(field('children[0].danger')));
      expect(await endOf(field('children[0].danger'))).toBeLessThan(phone.height);
      await page.context().close();
    },
  );
});

test('the answer to a report shows its number, the first call and when it is due on the first screen, while two alarms run', async () => {
  const browser = await signedInAs(stage.careline, 'careline-worker');
  const page = await stage.open(browser.cookies, '/reports/new', { viewport: laptop });
  await page.getByLabel('What was reported').fill('A teacher told us.');
  const town = page.getByRole('combobox', { name: 'Town where the child is now' });
  await town.fill('New Haven');
  await town.press('Enter');
  await page
    .getByRole('group', { name: /in danger now/ })
    .getByText('Yes')
    .click();
  await page.getByRole('button', { name: 'Send the report' }).last().click();
  await page.getByRole('heading', { level: 1, name: 'Report received' }).waitFor();
  const reference = page.locator('main strong.reference');
  const due = page.getByText(/the law’s latest is/).first();
  const call = page.getByRole('button', { name: 'I am calling' }).first();
  for (const viewport of [laptop, phone]) {
    await page.setViewportSize(viewport);
    for (const part of [reference, due, call]) expect(await endOf(part)).toBeLessThanOrEqual(viewport.height);
  }
  await page.context().close();
});
