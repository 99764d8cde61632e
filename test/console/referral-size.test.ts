/**
 * Words and height of every page of a confirmed referral, for each kind of reader. None is wider than a phone, at 400 % or
 * with large text, and axe finds nothing. A picture's words are not counted, because its label and the table below it say the same.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pagePath, pages } from '../../functions/console/referral/referral-pages.ts';
import { dutyTitle } from '../../shared/domain/words/duty-words.ts';
import { connecticut20261 } from '../../shared/policy/connecticut-2026-1.ts';
import type { Desk } from '../support/desk.ts';
import { burdenOf, overBar } from './burden.ts';
import { violationsOn } from './chromium.ts';
import { leftForAMonth, readers, startConfirmed, startMissed } from './confirmed.ts';
import { type Stage, startStageOver } from './console-stage.ts';
import { contentOf, signedInAs } from './window.ts';
import { faultsAt400, faultsWithLargeText } from './zoom.ts';

/** Three screens of a laptop, and 700 words, each with room for one more task. */
const tallest = 3 * 800 - 40;
const mostWords = 700 - 60;
const laptop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

let desk: Desk;
let id: string;
let stage: Stage;
beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  stage = await startStageOver(desk, { now: () => desk.now });
});
afterAll(() => stage.stop());

async function openAs(as: string, path: string, viewport: { width: number; height: number }): Promise<Page> {
  const browser = await signedInAs(stage.careline, as);
  return stage.open(browser.cookies, path, { viewport });
}
const invitation = async () =>
  Object.values((await desk.state(id)).alerts).find(({ kind }) => kind === 'mdt-invited')?.id ?? '';
const turn = async (page: Page, path: string) => {
  const { origin } = new URL(page.url());
  const answer = await page.goto(`${origin}${path}`);
  return answer?.status() === 200 && new URL(page.url()).pathname === path;
};
const heightOf = (page: Page): Promise<number> => page.evaluate('document.documentElement.scrollHeight');
const widthOf = (page: Page): Promise<number> => page.evaluate('document.documentElement.scrollWidth');
/** Each task under "Do this next": the duty of its form, and whether its reason is asked. Without a duty, its form. */
const tasksOn = (page: Page): Promise<readonly string[]> =>
  page
    .getByRole('region', { name: 'Do this next' })
    .locator('li.next a[href*="/do/"]:not(.next-facts a:not([href*="-miss"]))')
    .evaluateAll((links: readonly { readonly href: string }[]) =>
      links.map(({ href }) => {
        const { pathname, searchParams } = new URL(href);
        const act = pathname.split('/').at(-1) ?? '';
        return `${searchParams.get('for') === null || act.endsWith('-miss') ? act : ''} ${searchParams.get('for')}`;
      }),
    );

/** What was measured before: several readers see the same on a page. What stands around it is measured on each overview. */
const measured = new Set<string>();

describe.each(Object.entries(readers))('%s', (_, as) => {
  test('reads no page near 700 words or three screens of a laptop, and none wider than a phone', async () => {
    const browser = await signedInAs(stage.careline, as);
    const page = await stage.open(browser.cookies, pagePath(id), { viewport: laptop });
    const read: string[] = [];
    for (const { slug } of pages) {
      const { status, html } = await browser.get(pagePath(id, slug));
      if (status !== 200) continue;
      read.push(slug);
      const content = contentOf(html);
      if (slug !== '' && measured.has(content)) continue;
      measured.add(content);
      await page.setViewportSize(laptop);
      expect(await turn(page, pagePath(id, slug)), slug).toBe(true);
      const burden = await burdenOf(page);
      expect(burden.words, `words of "${slug}"`).toBeLessThanOrEqual(mostWords);
      expect(overBar(slug, burden), slug).toEqual([]);
      expect(await heightOf(page), `height of "${slug}"`).toBeLessThanOrEqual(tallest);
      for (const width of [390, 320]) {
        await page.setViewportSize({ width, height: 844 });
        expect(await widthOf(page), `width of "${slug}"`).toBeLessThanOrEqual(width);
      }
      expect(await violationsOn(page), slug).toEqual([]);
      expect(await faultsAt400(page, false), slug).toEqual([]);
      await page.setViewportSize(laptop);
      expect(await faultsWithLargeText(page, false), slug).toEqual([]);
    }
    expect(read).toContain('');
    await page.context().close();
  });
});

describe.each([
  ['on which no one has worked for four days', 9, () => startMissed(4)],
  ['that was confirmed and then left for a month', 12, leftForAMonth],
] as const)('a referral %s', (_, missed, start) => {
  let late: Awaited<ReturnType<typeof start>>;
  let lateStage: Stage;
  beforeAll(async () => {
    late = await start();
    lateStage = await startStageOver(late.desk, { now: () => late.desk.now });
  });
  afterAll(() => lateStage.stop());

  test.each([
    'a Careline worker',
    'a Careline supervisor',
    'a caseworker',
    'a HART liaison',
    'an area supervisor',
  ] as const)('tells %s every task on an overview of at most 700 words, and no page asks much', async (reader) => {
    const { deadlines } = await late.desk.state(late.id);
    expect(Object.values(deadlines).filter((each) => each.missed).length).toBeGreaterThanOrEqual(missed);
    const browser = await signedInAs(lateStage.careline, readers[reader]);
    const page = await lateStage.open(browser.cookies, pagePath(late.id), { viewport: laptop });
    expect((await burdenOf(page)).words).toBeLessThanOrEqual(700);
    expect(await heightOf(page)).toBeLessThanOrEqual(3 * laptop.height);
    const overview = await tasksOn(page);
    await turn(page, pagePath(late.id, 'tasks'));
    const tasks = await tasksOn(page);
    expect(tasks.length).toBeGreaterThan(0);
    expect(tasks.filter((each) => !overview.includes(each))).toEqual([]);
    const over: string[] = [];
    for (const { slug } of pages)
      if (await turn(page, pagePath(late.id, slug)))
        over.push(...overBar(slug, await burdenOf(page)).map((fault) => `${slug} ${fault}`));
    expect(over).toEqual([]);
    await page.context().close();
  });
});

describe('on a phone', () => {
  test('an invited member accepts or declines on the first screen', async () => {
    const page = await openAs('seat:mental-health', `/alerts/${await invitation()}`, phone);
    for (const control of [
      page.getByRole('button', { name: 'Accept the seat: mental health' }),
      page.getByRole('link', { name: 'Decline, or pass the seat on' }),
    ]) {
      const box = await control.boundingBox();
      expect((box?.y ?? phone.height) + (box?.height ?? 0)).toBeLessThanOrEqual(phone.height);
    }
    await page.context().close();
  });

  test('a member who signed reads the referral on two screens', async () => {
    const page = await openAs('seat:medical', pagePath(id), phone);
    expect(await heightOf(page)).toBeLessThanOrEqual(2 * phone.height);
    await page.context().close();
  });

  test('a member reads the team on three screens, with their own seat outside the fold', async () => {
    const page = await openAs('seat:medical', pagePath(id, 'team'), phone);
    expect(await heightOf(page)).toBeLessThanOrEqual(3 * phone.height);
    expect(await page.getByRole('rowheader', { name: 'Medical' }).first().isVisible()).toBe(true);
    await page.context().close();
  });

  test.each([
    [390, '100%'],
    [320, '100%'],
    [390, '200%'],
    [320, '200%'],
  ])('the head tells the next duty whole at %i pixels with text of %s', async (width, size) => {
    const page = await openAs('caseworker', pagePath(id), { width, height: 844 });
    await page.evaluate(`document.documentElement.style.fontSize = '${size}'`);
    const next = Object.values((await desk.state(id)).deadlines)
      .filter(({ status }) => status === 'open')
      .toSorted((one, other) => Date.parse(one.due) - Date.parse(other.due))[0];
    const rule = connecticut20261.deadlines.find((each) => each.id === next?.rule);
    const duty = page.locator('.head-duty');
    expect(await duty.textContent()).toBe(`${rule && dutyTitle(rule)}:`);
    const cut = await page.evaluate(`(() => {
      const duty = document.querySelector('.head-duty');
      const { overflowX, whiteSpace } = getComputedStyle(duty);
      const { left, right } = duty.getBoundingClientRect();
      return [overflowX, whiteSpace, left >= 0, right <= document.documentElement.clientWidth];
    })()`);
    expect(cut).toEqual(['visible', 'normal', true, true]);
    await page.context().close();
  });

  test('the head stays in view and leaves most of the screen to the page', async () => {
    const page = await openAs('caseworker', pagePath(id), phone);
    await page.mouse.wheel(0, 2000);
    await page.waitForFunction('scrollY > 500');
    const box = await page.getByRole('region', { name: 'This referral in short' }).boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect((box?.y ?? 0) + (box?.height ?? phone.height)).toBeLessThan(phone.height / 4);
    await page.context().close();
  });
});

describe('with the four warnings of a pause, a caregiver, a danger and a note', () => {
  let warned: string;
  beforeAll(async () => {
    warned = await desk.opened({
      danger: 'yes',
      whereExactly: 'Room 12, Example Motel',
      withWhom: 'A man',
      dangerToWorkers: 'yes',
    });
    const until = new Date(Date.parse(desk.now) + 40 * 3_600_000).toISOString();
    await desk.do(
      warned,
      'pause-outreach',
      { until, agencyId: 'PD-1', personReached: 'Words.', reason: 'Invented words.' },
      'caseworker',
    );
    const note = { concerns: ['go-by-two'], safetyWords: 'Use the back stair.' };
    await desk.do(warned, 'note-worker-safety', note, 'caseworker');
  });

  test.each([
    ['Overview', '', '#where-now', 420],
    ['a form', '/do/record-child-seen', 'main h1', 420],
  ] as const)(
    '%s stands on the first screen of a laptop, and each warning is read whole',
    async (_, path, what, most) => {
      const page = await openAs('caseworker', `/referrals/${warned}${path}`, { width: 1366, height: 900 });
      if (process.env.SHOTS)
        await page.screenshot({ path: `${process.env.SHOTS}/warned${path.replaceAll('/', '-')}.png` });
      for (const words of [
        /Do not contact the child or family before/,
        /Before you contact the family|Do not tell the caregiver/,
        /There is a danger to workers\./,
        /Go there by two/,
      ])
        await page.locator('.warnings').getByText(words).first().waitFor();
      expect.soft((await page.locator(what).boundingBox())?.y).toBeLessThan(most);
      await page.setViewportSize(phone);
      if (process.env.SHOTS)
        await page.screenshot({ path: `${process.env.SHOTS}/warned-phone${path.replaceAll('/', '-')}.png` });
      expect.soft((await page.locator('main h1').boundingBox())?.y).toBeLessThan(700);
      expect(await violationsOn(page)).toEqual([]);
    },
  );
});
