/**
 * The queue in a real browser: its keys, and how it keeps itself fresh. The page's clock is moved by the test, so that
 * fifteen seconds take none.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Desk, startDesk } from '../support/desk.ts';
import { reactTo } from '../support/react-desk.ts';
import { violationsOn } from './chromium.ts';
import { type Stage, startStageOver } from './console-stage.ts';
import { signedInAs } from './window.ts';

const rows = 'tbody[data-live] tr[data-row]';
/** The page asks every fifteen seconds. */
const turn = 15_000;

let desk: Desk;
let stage: Stage;
beforeAll(async () => {
  desk = await startDesk();
  stage = await startStageOver(desk, { now: () => desk.now });
  for (let number = 0; number < 3; number += 1) await open({ danger: 'no', missingNow: 'no' });
}, 60_000);
afterAll(() => stage.stop());

async function open(child: object): Promise<string> {
  const id = await desk.opened(child);
  await reactTo(desk, id);
  return id;
}

let page: Page;
beforeEach(async () => {
  await page?.context().close();
  const browser = await signedInAs(stage.careline, 'careline-supervisor');
  page = await stage.open(browser.cookies, '/help');
  await page.clock.install({ time: Date.parse(desk.now) });
});

const goTo = async (path: string) => {
  await page.goto(new URL(path, page.url()).href);
  await page.getByText('This list updates by itself.').waitFor();
};
/** Lets the page ask once, and waits for the answer. */
const afterATurn = async () => {
  const answer = page.waitForResponse((response) => response.url().includes('/queue/rows'));
  await page.clock.runFor(turn);
  return (await answer).status();
};
const idsOn = () => page.locator(rows).evaluateAll((all) => all.map((row) => row.getAttribute('data-row') ?? ''));
const focused = () => page.evaluate(`document.activeElement.closest('tr')?.dataset.row ?? document.activeElement.id`);
const show = () => page.getByRole('button', { name: /changed: show$/ });

test.each(['/', '/?order=due&region=4', '/?overdue=yes', '/calls', '/deadlines'])(
  '%s is accessible, light and dark, fits the smallest phone, and is short',
  { timeout: 60_000 },
  async (path) => {
    await page.goto(new URL(path, page.url()).href);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violationsOn(page), colorScheme).toEqual([]);
    }
    const words: number = await page.evaluate(
      `document.querySelector('main').innerText.split(/\\s+/).filter(Boolean).length`,
    );
    expect(words).toBeLessThanOrEqual(path === '/' ? 500 : 700);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  },
);

describe('the keys of the queue', () => {
  test('"j" and "k" go from referral to referral and stop at the ends, and Enter opens one', async () => {
    await goTo('/');
    const ids = await idsOn();
    expect(ids.length).toBeGreaterThan(2);
    const after: unknown[] = [];
    for (const key of ['j', 'j', 'k', 'k', ...ids.map(() => 'j'), 'j']) {
      await page.keyboard.press(key);
      after.push(await focused());
    }
    expect(after).toEqual([ids[0], ids[1], ids[0], ids[0], ...ids.slice(1), ids.at(-1), ids.at(-1)]);
    await page.keyboard.press('k');
    const at = String(await focused());
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/referrals/${at}`);
  });

  test('"/" goes to the field for a reference, also on a phone, and letters are typed there', async () => {
    for (const width of [1366, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await goTo('/');
      await page.keyboard.press('/');
      expect(await focused(), String(width)).toBe('find');
      await page.keyboard.type('jk?');
      expect(await page.locator('#find').inputValue()).toBe('jk?');
      expect(await page.locator('dialog[data-keys]').isVisible()).toBe(false);
    }
  });

  test('"?" lists them, Escape closes the list, and they can be turned off and on', async () => {
    await goTo('/');
    await page.keyboard.press('?');
    const list = page.getByRole('dialog', { name: 'Keys' });
    await list.waitFor();
    expect(await list.locator('kbd').allTextContents()).toEqual(['/', 'j', 'k', 'Enter', '?']);
    await page.keyboard.press('Escape');
    expect(await list.isVisible()).toBe(false);
    await page.keyboard.press('?');
    await page.getByRole('button', { name: 'Turn these keys off' }).click();
    await page.keyboard.press('j');
    expect(await focused()).not.toBe((await idsOn())[0]);
    await page.getByRole('button', { name: 'Keys' }).click();
    await page.getByRole('button', { name: 'Turn these keys on' }).click();
    await page.keyboard.press('j');
    expect(await focused()).toBe((await idsOn())[0]);
  });
});

describe('an open queue', () => {
  test('offers what is new and moves nothing. A press shows it, marked, and the title counts until then', async () => {
    await goTo('/');
    const before = await idsOn();
    expect(await afterATurn()).toBe(304);
    await page.keyboard.press('j');
    const at = await focused();
    const id = await open({ danger: 'yes' });
    expect(await afterATurn()).toBe(200);
    await show().waitFor();
    expect(await idsOn()).toEqual(before);
    expect(await focused()).toBe(at);
    expect(await page.title()).toMatch(/^(Call now: )?\(1\) (Call now: )?Work queue/);
    expect(await page.locator('[data-live-news]').textContent()).toBe('1 changed: show');
    await show().click();
    expect((await idsOn())[0]).toBe(id);
    expect(await page.locator(`tr[data-row="${id}"] .tag`).allTextContents()).toContain('New');
    expect(await page.title()).not.toContain('(1)');
    expect(await show().count()).toBe(0);
  });

  test('marks a row that changed, and no other', async () => {
    await goTo('/');
    const [first = ''] = await idsOn();
    await desk.do(first, 'classify-report', { track: 'investigation' }, 'careline-supervisor');
    await reactTo(desk, first);
    await afterATurn();
    await show().click();
    const marked = await page
      .locator(`${rows}.is-changed`)
      .evaluateAll((all) => all.map((row) => row.getAttribute('data-row')));
    expect(marked).toEqual([first]);
    expect(await page.locator(`tr[data-row="${first}"] .tag`).allTextContents()).toContain('Changed');
  });

  test('changes the time that is left by itself', async () => {
    await goTo('/');
    const times = () => page.locator(`${rows} [data-left]`).allTextContents();
    const before = await times();
    desk.at(new Date(Date.parse(desk.now) + 20 * 60_000).toISOString());
    await afterATurn();
    await expect.poll(times).not.toEqual(before);
    expect(await show().count()).toBe(0);
  });

  test('asks for nothing while its tab is hidden, and at once when it is seen again', async () => {
    await goTo('/');
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/queue/rows')) asked.push(request.url());
    });
    const hide = (hidden: boolean) =>
      page.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true, get: () => ${hidden} });
        document.dispatchEvent(new Event('visibilitychange'))`);
    await hide(true);
    await page.clock.runFor(10 * turn);
    expect(asked).toEqual([]);
    await hide(false);
    await expect.poll(() => asked.length).toBe(1);
  });

  test('keeps its filters, its order and its page: a later page is as fresh as the first', {
    timeout: 60_000,
  }, async () => {
    for (let number = 0; number < 24; number += 1) await open({ danger: 'no', missingNow: 'no' });
    for (const path of ['/?order=newest', '/?order=office', '/?region=4']) {
      await goTo(path);
      const first = await idsOn();
      await page.getByRole('link', { name: 'Next page of open referrals' }).click();
      await page.getByText('This list updates by itself.').waitFor();
      const second = await idsOn();
      expect(second.length, path).toBeGreaterThan(0);
      expect(second.filter((id) => first.includes(id))).toEqual([]);
      expect(await afterATurn(), path).toBe(304);
      const id = second.at(-1) ?? '';
      await desk.do(id, 'assess-danger', { danger: 'yes', reason: 'A call told us so.' }, 'careline-supervisor');
      await reactTo(desk, id);
      expect(await afterATurn(), path).toBe(200);
      await show().waitFor();
      expect(new URL(page.url()).search).toContain(path.slice(2));
    }
  });

  test('says so when it is not live any more, and offers to load the page again', async () => {
    await goTo('/');
    await page.route('**/queue/rows**', (route) => route.abort());
    await page.clock.runFor(turn);
    await page.getByText('This list is not live now. Load the page again.').waitFor();
  });
});
