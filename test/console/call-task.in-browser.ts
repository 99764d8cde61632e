/** From "danger: yes" to the number of the person on call, in a real browser, without another page. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browser, cloud } from './browser-stage.ts';
import { scriptOf } from './built-assets.ts';
import { says, type Visit, violationsOn, visitAs } from './chromium.ts';

const worker = 'careline.worker@dcf.example';
const isClean = async (page: Page) => expect(await violationsOn(page), await page.title()).toEqual([]);

async function as(email: string, path: string, work: (page: Page, visit: Visit) => Promise<void>): Promise<void> {
  const visit = await visitAs(browser, cloud, email, path);
  try {
    // A headless browser has no telephone, so a pressed number goes nowhere.
    await visit.page.addInitScript(
      `addEventListener('click', (event) => event.target.closest('a[href^="tel:"]') && event.preventDefault())`,
    );
    await work(visit.page, visit);
    expect(visit.complaints).toEqual([]);
  } finally {
    await visit.close();
  }
}

/** Fills in a report of children of New Haven, sends it, and gives the page that answers. */
async function send(page: Page, ...children: readonly ((page: Page) => Promise<void>)[]): Promise<void> {
  await page.getByLabel('What was reported').fill('A teacher told us.');
  for (const [index, fill] of children.entries()) {
    if (index > 0) await page.getByRole('button', { name: 'Add another child' }).click();
    await page.getByRole('combobox', { name: 'Town where the child lives' }).fill('New Haven');
    await page.locator(`label[for=report-children-${index}-danger]`).click();
    await fill(page);
  }
  await page.getByRole('button', { name: 'Send the report' }).last().click();
  await says(page.getByRole('heading', { level: 1 }), /^Report received\. Call now:$/);
}
const nothingMore = async () => {};

/** The calls of one child, by their place on the page. */
const callsOf = (page: Page, index = 0) => page.getByRole('region', { name: /^Calls for / }).nth(index);
const card = (page: Page, heading: string) =>
  page.getByRole('article').filter({ has: page.getByRole('heading', { name: heading }) });
/** The numbers that can be pressed now, as they are dialed. */
const numbersIn = (region: ReturnType<typeof callsOf>) =>
  region.locator('a.call-number:visible').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));

test('danger: 911 and the police stand first, then the office on call, and its number is the biggest thing on the page', {
  timeout: 120_000,
}, async () => {
  await as(worker, '/reports/new', async (page) => {
    await send(page, nothingMore);
    await isClean(page);
    await says(
      callsOf(page),
      /911 Dial now: ask the police to go to the child\. The area office on call sends a social worker\./,
    );
    const police = callsOf(page).getByRole('article').first();
    await says(police.getByRole('heading'), /^Call the police$/);
    await says(police.locator('.call-due').first(), /^Call now; the law’s latest is /);
    const first = card(page, 'Start the response: go to the child');
    const text = (await first.textContent()) ?? '';
    expect(text).toMatch(/Area office on call, New Haven office/);
    expect(text).toMatch(/Say: “This is the DCF Careline, reference CR-/);
    const biggest: string = await page.evaluate(
      `[...document.querySelectorAll('main *')].map((each) => [parseFloat(getComputedStyle(each).fontSize), each.className])
        .sort(([one], [other]) => other - one)[0][1]`,
    );
    expect(biggest).toBe('call-number');
    // A pressed number tells the others who is calling. The clock counts.
    await first.locator('a.call-number').first().click();
    await first.getByText(/^You are calling .+ since .+ Record what came of it\.$/).waitFor();
    const clock = card(page, 'Start the response: go to the child').locator('.call-clock');
    await expect
      .poll(() => clock.textContent())
      .toMatch(/If no one is handling this by .+ \(\d+ min \d\d s left\), call /);
  });
});

test.each([
  ['2026-11-10T15:09:05.900Z', '(9 min 05 s left)'],
  ['2026-11-11T01:26:30.000Z', '(10 h 26 min left)'],
  ['2026-11-10T15:00:00.000Z', '(now)'],
])('the clock of the next call says hours and minutes, and seconds in the last hour: %s', async (at, said) => {
  const page = await browser.newPage();
  await page.setContent(
    `<div data-calls="/"><p data-now="2026-11-10T15:00:00.000Z"></p><time data-countdown datetime="${at}"></time><span></span></div>`,
  );
  await page.addScriptTag({ content: scriptOf('keep-calls-fresh.ts', 'keepCallsFresh') });
  expect(await page.locator('time + span').textContent()).toBe(said);
  await page.close();
});

test('danger and missing: police and NCMEC stand below it, each with a number', { timeout: 120_000 }, async () => {
  await as(worker, '/reports/new', async (page) => {
    await send(page, (form) => form.locator('label[for=report-children-0-missingNow]').click());
    await isClean(page);
    const headings = await callsOf(page).getByRole('article').getByRole('heading').allTextContents();
    expect(headings.slice(0, 3)).toEqual([
      'Call the police',
      'Start the response: go to the child',
      'Report the missing child to NCMEC',
    ]);
    // The fourth opens from its line, which has the person to call and the number.
    const fourth = callsOf(page).locator('summary').filter({ hasText: 'Accept or decline the report' });
    expect(await fourth.first().textContent()).toMatch(/: .+, \d{3}-\d{3}-\d{4}/);
    const numbers = await numbersIn(callsOf(page));
    expect(numbers).toHaveLength(3);
    expect(numbers[2]).toBe('tel:+18008435678');
    const due = (await card(page, 'Call the police').locator('.call-due').allTextContents()).join(' ');
    for (const duty of ['Report the missing child to police', 'Notify law enforcement', 'Notify the local police'])
      expect(due).toContain(duty);

    await card(page, 'Call the police')
      .getByRole('button', { name: /^Reached/ })
      .first()
      .click();
    await page.waitForURL(/\/do\/notify-police\?done=record-call$/);
    await isClean(page);
    const form = page.locator('#do-notify-police');
    expect(await form.getByRole('radio', { name: /New Haven Police/ }).isChecked()).toBe(true);
    expect(await form.getByRole('checkbox', { name: /missing child/ }).isChecked()).toBe(true);
    await form.getByLabel('Who was reached').fill('Sergeant Example');
    await form.getByLabel("The agency's reference").fill('NH-1');
    await form.getByRole('button').last().click();
    await says(page.getByRole('status').first(), 'You recorded the notice to the police');
    await cloud.rest();
    await page.reload();
    expect(await page.getByRole('heading', { name: 'Call the police' }).count()).toBe(0);
    await isClean(page);
  });
});

test('two children: each has a number, and a call for one leaves the other on the page', {
  timeout: 120_000,
}, async () => {
  await as(worker, '/reports/new', async (page) => {
    await send(page, nothingMore, nothingMore);
    await isClean(page);
    for (const index of [0, 1]) {
      expect(await callsOf(page, index).getByRole('heading', { level: 2 }).textContent()).toContain(
        `Child ${index + 1}, age not known: CR-`,
      );
      expect((await numbersIn(callsOf(page, index)))[0]).toMatch(/^tel:\+1203555\d{4}$/);
    }
    // The person who goes, below the police.
    const office = (index: number) =>
      callsOf(page, index)
        .getByRole('article')
        .filter({ has: page.getByRole('heading', { name: 'Start the response: go to the child' }) });
    const [first, second] = [(await numbersIn(office(0)))[0], (await numbersIn(office(1)))[0]];
    expect(first).toBe(second);
    await office(0)
      .getByRole('button', { name: /^No answer/ })
      .first()
      .click();
    await page.waitForURL(/\/calls\?of=CR-.+&of=CR-/);
    await isClean(page);
    expect((await numbersIn(office(0)))[0]).not.toBe(first);
    expect((await numbersIn(office(1)))[0]).toBe(second);
    const calls = page.url();
    await office(0)
      .getByRole('button', { name: /^Reached/ })
      .first()
      .click();
    await says(
      page.getByRole('status').first(),
      /handling “Start the response: go to the child” now\..*Next call, CR-/,
    );
    await page.goto(calls);
    await office(0)
      .getByText(/ is handling this, since /)
      .waitFor();
    expect(
      await office(1)
        .getByText(/ is handling this, since /)
        .count(),
    ).toBe(0);
  });
});

test('a confirmed child: the police are called for the report of an identified victim', {
  timeout: 120_000,
}, async () => {
  let id = '';
  await as(worker, '/reports/new', async (page) => {
    await send(page, nothingMore);
    id = (await page.getByRole('link', { name: /^CR-/ }).first().textContent()) ?? '';
    await cloud.rest();
  });
  await as('hart.liaison.south-central@dcf.example', `/referrals/${id}/do/screen`, async (page) => {
    const form = page.locator('#do-screen');
    await form.getByLabel('Outcome (required)', { exact: true }).selectOption('confirmed');
    await form.getByLabel('Definition it rests on').selectOption('46a-170');
    await form.getByLabel('Reasons for the outcome').fill('A disclosure.');
    await form.getByText('Now', { exact: true }).click();
    await form.getByRole('button').last().click();
    await cloud.rest();
    await page.goto(`${cloud.webUrl}/referrals/${id}`);
    await isClean(page);
    const police = card(page, 'Call the police');
    await says(police, 'Notify police of a confirmed victim');
    expect(await police.locator('a.call-number').first().getAttribute('href')).toMatch(/^tel:\+1203555\d{4}$/);
  });
});

test('two workers who call at once see each other, and the queue begins with the number', {
  timeout: 120_000,
}, async () => {
  await as(worker, '/', async (page) => {
    await isClean(page);
    const first = callsOf(page).getByRole('article').first();
    await first
      .getByRole('button', { name: /^I am calling/ })
      .first()
      .click();
    await page.waitForURL(`${cloud.webUrl}/`);
    const caller =
      /^(.+), Careline worker$/.exec((await page.getByText(/, Careline worker$/).textContent()) ?? '')?.[1] ?? '';
    await as('careline.worker2@dcf.example', '/', async (other) => {
      await other
        .getByText(new RegExp(`^${caller} is calling .+ \\(.+\\)\\.$`))
        .first()
        .waitFor();
      await isClean(other);
      // The second worker sees the result without loading the page again.
      await page
        .getByRole('button', { name: /^No answer/ })
        .first()
        .click();
      await other
        .getByText(new RegExp(`^No answer from .+ at .+ \\(${caller}\\)\\.$`))
        .first()
        .waitFor({ state: 'attached', timeout: 20_000 });
    });
  });
});

test('on a telephone nothing is wider than the screen', { timeout: 120_000 }, async () => {
  const visit = await visitAs(browser, cloud, worker, '/', { viewport: { width: 390, height: 844 } });
  expect(await visit.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  const box = await visit.page.locator('a.call-number').first().boundingBox();
  expect(box?.height).toBeGreaterThan(44);
  await isClean(visit.page);
  const path = await visit.page.locator('.calls-child a[href*="/referrals/"]').first().getAttribute('href');
  await visit.page.goto(new URL(path ?? '', cloud.webUrl).href);
  await visit.page.getByRole('heading', { name: 'Do this next' }).waitFor();
  expect(await visit.page.evaluate('document.documentElement.scrollWidth'), 'the referral').toBeLessThanOrEqual(390);
  await visit.close();
});
