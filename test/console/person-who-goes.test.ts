/**
 * The page that the person opens who must go to a child, on a phone. Its first screen has the duty, the button and
 * all that the person needs on the way.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Desk } from '../support/desk.ts';
import { startDesk } from '../support/desk.ts';
import { violationsOn } from './chromium.ts';
import { type Stage, startStageOver } from './console-stage.ts';
import { signedInAs } from './window.ts';

const phone = { width: 390, height: 844 };
let desk: Desk;
let stage: Stage;
let id: string;
beforeAll(async () => {
  desk = await startDesk();
  id = await desk.opened(
    {
      name: 'Wren Example',
      danger: 'yes',
      presentTown: 'New Haven',
      perpetrators: ['third-party'],
      whereExactly: 'Room 12, Example Motel, 40 Example Avenue',
      withWhom: 'A man of about 40, and another girl',
      weapon: 'yes',
      dangerToWorkers: 'yes',
      workerSafety: 'He watches the parking lot.',
    },
    {
      narrative: `She says that a man keeps her in a motel room and lets other men in. ${'More of the story. '.repeat(30)}`,
      callerIs: 'the-child',
      mayCallBack: 'yes',
      reporter: { safeNumber: '203-555-0188' },
    },
  );
  await desk.step(id, 'RaiseCheckpoint', `${id}.D6.1`).catch(() => undefined);
  stage = await startStageOver(desk, { now: () => desk.now });
});
afterAll(() => stage.stop());

const alertOf = async (): Promise<string> =>
  Object.values((await desk.state(id)).alerts).find(
    ({ kind, to }) => (kind === 'deadline-opened' || kind === 'checkpoint') && to.includes('area-oncall'),
  )?.id ?? '';

/** The words that stand on the first screen, whole. */
const onFirstScreen = (page: Page): Promise<string> =>
  page.evaluate(`(() => {
    const shown = [];
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(text);
      const { top, bottom, height } = range.getBoundingClientRect();
      if (height > 0 && top >= 0 && bottom <= innerHeight) shown.push(text.nodeValue);
    }
    return shown.join(' ').replace(/\\s+/g, ' ');
  })()`);

test('the mail leads to one screen with the duty, the button, the place, the people, the danger, the number and the story', async () => {
  const browser = await signedInAs(stage.careline, 'area-oncall');
  const page = await stage.open(browser.cookies, `/alerts/${await alertOf()}`, { viewport: phone });
  if (process.env.SHOTS) {
    await page.screenshot({ path: `${process.env.SHOTS}/alert-phone.png` });
    await page.screenshot({ path: `${process.env.SHOTS}/alert-phone-full.png`, fullPage: true });
  }
  const seen = await onFirstScreen(page);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Start the response: go to the child');
  expect(await page.title()).toMatch(/Start the response: go to the child – Referral /);
  for (const words of [
    'Start the response: go to the child',
    "I'm handling this",
    'Room 12, Example Motel, 40 Example Avenue',
    'A man of about 40, and another girl',
    'As the caller said at 10:00 AM',
    'Danger to workers',
    'There is a weapon.',
    'He watches the parking lot.',
    '203-555-0188',
    'Careline supervisor on duty',
    'She says that a man keeps her in a motel room and lets other men in.',
  ])
    expect(seen).toContain(words);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(phone.width);
  expect(await violationsOn(page)).toEqual([]);
});
