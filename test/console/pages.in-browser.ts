/** The work that people do with the pages and the mail alone. */
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browser, cloud, log } from './browser-stage.ts';
import { says, type Visit, violationsOn, visitAs } from './chromium.ts';

/** One person's visit. Each page is checked with axe, and the browser must not complain. */
async function as(email: string, path: string, work: (page: Page, visit: Visit) => Promise<void>): Promise<void> {
  const visit = await visitAs(browser, cloud, email, path);
  try {
    await work(visit.page, visit);
    expect(visit.complaints).toEqual([]);
  } finally {
    await visit.close();
  }
}
const isClean = async (page: Page) => expect(await violationsOn(page), await page.title()).toEqual([]);

/** The link in the newest mail to this address whose subject matches. */
function linkFor(email: string, subject: RegExp): string {
  const mail = cloud.sent().findLast((each) => each.destinations.includes(email) && subject.test(each.subject));
  const link = /https?:\/\/\S+\/alerts\/[A-Z0-9.-]+/.exec(mail?.raw.replaceAll('=\r\n', '') ?? '')?.[0];
  if (!link) throw new Error(`No mail to ${email} about ${subject} has a link.`);
  return link;
}

/** The referral's row in the queue, not in the list of one's own next steps. */
const rowInQueue = (page: Page, id: string) => page.getByRole('row', { name: new RegExp(`^${id}`) });

/** Opens a page of the referral by the side navigation. */
const turnTo = (page: Page, title: string) =>
  page.getByRole('navigation', { name: 'Pages of this referral' }).getByRole('link', { name: title }).click();

/** Opens the page of an act by its button or link, fills in the form, and sends it. */
async function perform(
  page: Page,
  command: string,
  fill: (form: ReturnType<Page['locator']>) => Promise<void> = async () => {},
) {
  const link = page.locator(`main a[href*="/do/${command}"]:visible`).first();
  for (const listed of ['Tasks', 'Other actions']) if ((await link.count()) === 0) await turnTo(page, listed);
  await link.click();
  await send(page, command, fill);
}

/** Fills in and sends the form that is open. */
async function send(page: Page, command: string, fill: (form: Locator) => Promise<unknown>): Promise<void> {
  const form = page.locator(`#do-${command}`);
  await form.waitFor();
  await isClean(page);
  await fill(form);
  await form.getByRole('button').last().click();
  // A page with calls also has a status for their news, which only a screen reader reads.
  await says(page.getByRole('status').and(page.locator('.usa-alert')), 'Recorded', command);
  await cloud.rest();
}

test('several people work one referral to its end, with the pages and the mail alone', {
  timeout: 180_000,
}, async () => {
  let id = '';
  await as('careline.worker@dcf.example', '/reports/new', async (page) => {
    await isClean(page);
    await page.getByLabel('What was reported').fill('A teacher told us.');
    await page.getByRole('combobox', { name: 'Town where the child lives' }).fill('New Haven');
    await page.getByLabel('Safe contact').fill('Only by text, after four.');
    await page.locator('label[for=report-children-0-danger]').click();
    await page.getByRole('button', { name: 'Add another child' }).click();
    await isClean(page);
    await page.getByRole('button', { name: 'Leave out child 2' }).click();
    await page.getByRole('button', { name: 'Leave out child 2' }).waitFor({ state: 'hidden' });
    expect(await page.getByLabel('What was reported').inputValue()).toBe('A teacher told us.');
    await page.getByRole('button', { name: 'Send the report' }).last().click();
    await page.getByRole('heading', { level: 1, name: 'Report received' }).waitFor();
    await isClean(page);
    id = (await page.getByRole('link', { name: /^CR-/ }).first().textContent()) ?? '';
    await cloud.rest();

    await page.getByRole('link', { name: 'Work queue' }).click();
    await isClean(page);
    await says(rowInQueue(page, id), /Accept or decline|safety plan/);
    await page.getByLabel('Number or name').fill(id.toLowerCase());
    await page.getByRole('button', { name: 'Find' }).click();
    await isClean(page);
    await says(page.locator('main'), 'Only by text, after four.');

    await perform(page, 'classify-report', (form) => form.getByText('Investigation').click());
    await perform(page, 'notify-police', async (form) => {
      await form.getByText(/^Notify the local police/).click();
      await form.getByText('New Haven Police').click();
      await form.getByLabel('Who was reached').fill('Sergeant Example');
      await form.getByText('Phone', { exact: true }).click();
      await form.getByLabel("The agency's reference").fill('NH-1');
    });
    await isClean(page);
    await turnTo(page, 'All clocks');
    await page.getByRole('link', { name: /^Settled/ }).click();
    const police = page.getByRole('row', { name: /^Notif.*law enforcement.*local police/ });
    await says(police, /Notify law enforcement: Kept.*Notify the local police: Kept/);
  });

  await as('hart.lead.south-central@dcf.example', `/referrals/${id}`, async (page) => {
    await perform(page, 'assign-liaison', (form) =>
      form.getByText('HART liaison, region 2 (South Central)', { exact: false }).first().click(),
    );
  });

  await as('hart.liaison.south-central@dcf.example', `/referrals/${id}`, async (page) => {
    await perform(page, 'answer-checklist', async (form) => {
      for (const topic of [/^Hotel keys/, /^Disclosure/])
        await form.getByRole('group', { name: topic }).getByText('Yes', { exact: true }).click();
    });
    await isClean(page);
    await turnTo(page, 'Decisions');
    await isClean(page);
    await says(page.locator('main'), 'The rules propose now: Confirmed');
    await perform(page, 'screen', async (form) => {
      await form.getByLabel('Outcome (required)', { exact: true }).selectOption('confirmed');
      await form.getByLabel('Definition it rests on').selectOption('46a-170');
      await form.getByLabel('Reasons for the outcome').fill('A disclosure.');
      await form.getByText('Now', { exact: true }).click();
    });
    await isClean(page);
    // A task opens the providers of its own service. Without one, all are searched.
    await page.goto(new URL(`/referrals/${id}/do/offer-linkage`, page.url()).href);
    await send(page, 'offer-linkage', async (form) => {
      await form.getByRole('combobox', { name: 'Provider' }).fill('Victim advocacy');
      await form
        .getByRole('option', { name: /^Victim advocacy: Cedar House/ })
        .first()
        .click();
    });
  });

  await as('hart.lead.south-central@dcf.example', '/returns', async (page) => {
    await isClean(page);
    await page.getByRole('link', { name: 'Show only those not done' }).click();
    await says(page.locator('main'), 'Everything is done.');
    await page.getByRole('link', { name: 'Your next steps' }).click();
    await isClean(page);
    await page.getByRole('link', { name: 'All referrals' }).click();
    await page.getByLabel('Region').selectOption('2');
    await page.getByRole('button', { name: 'Filter the list' }).click();
    await isClean(page);
    await says(rowInQueue(page, id), '2 South Central');
  });

  const member = 'mdt.medical.new-haven@team.example';
  await as(member, linkFor(member, new RegExp(id)), async (page) => {
    await isClean(page);
    expect(await page.getByRole('button', { name: "I'm handling this" }).count()).toBe(0);
    await page.getByRole('button', { name: 'Accept the seat: medical' }).click();
    await says(page.getByRole('status').and(page.locator('.usa-alert')), 'The seat is accepted: medical.');
    await cloud.rest();
    expect(page.url()).toContain('/alerts/');
    await page.getByRole('heading', { name: 'The invitation' }).waitFor();
    expect(await page.getByRole('table').count()).toBe(0);
    await isClean(page);
    await perform(page, 'sign-confidentiality', (form) => form.getByText('No', { exact: true }).click());
    expect(await page.getByRole('heading', { name: 'The invitation' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Open the referral' }).click();
    await isClean(page);
    for (const title of ['Tasks', 'Child and report', 'Decisions', 'History', 'Team']) {
      await turnTo(page, title);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await isClean(page);
    }
    expect(await page.getByRole('row', { name: /^Medical .*Accepted by/ }).count()).toBe(1);
    await isClean(page);
  });

  const provider = 'provider.victim-advocacy@provider.example';
  await as(provider, linkFor(provider, new RegExp(id)), async (page) => {
    await perform(page, 'accept-linkage');
    await perform(page, 'start-linkage');
    await page.getByRole('link', { name: 'Your referrals' }).click();
    await isClean(page);
  });

  await as('administrator@dcf.example', `/referrals/${id}`, async (page) => {
    await isClean(page);
    expect(await page.locator('main').textContent()).not.toContain('Only by text');
    await turnTo(page, 'Audit');
    await isClean(page);
    const says = async (chapter: string, ...parts: readonly string[]) => {
      const link = page.getByRole('navigation', { name: 'Chapters of the audit' }).getByRole('link', { name: chapter });
      await link.click();
      await link.and(page.locator('[aria-current=page]')).waitFor();
      await isClean(page);
      const text = (await page.locator('main').textContent()) ?? '';
      for (const part of parts) expect(text, chapter).toContain(part);
    };
    await says('Summary', 'The chain is intact');
    await says('Clocks', 'D15');
    await says('Runs and waits', 'Waits for');
    await says('Mail', 'delivered');
    await says('Commits', 'Command: sign the notice of confidentiality');
  });
  expect(log.filter((line) => line.includes('"ERROR"'))).toEqual([]);
});

describe('a person without JavaScript, by keyboard alone', () => {
  test('enters a report', { timeout: 120_000 }, async () => {
    const visit = await visitAs(browser, cloud, 'careline.worker2@dcf.example', '/reports/new', {
      javaScriptEnabled: false,
      signsIn: true,
    });
    const { page } = visit;
    const controls = await page
      .locator('form[action="/reports"] :is(input:not([type=hidden]), select, textarea)')
      .all();
    const names = new Set(await Promise.all(controls.map((control) => control.getAttribute('name'))));
    const reached = new Set<string | null>();
    for (let presses = 0; presses < 400; presses += 1) {
      await page.keyboard.press('Tab');
      const focused = page.locator(':focus');
      // The button of a date's calendar is inside its control.
      if ((await focused.count()) === 0) continue;
      const name = await focused.getAttribute('name');
      if (name === 'action' && (await focused.getAttribute('value')) === 'send') break;
      // What is asked after the call stands folded.
      if (/^After the call: not/.test((await focused.textContent()) ?? '')) await page.keyboard.press('Enter');
      if (!reached.has(name)) {
        if (name === 'narrative') await page.keyboard.type('A call from a hotel.');
        // Whether anyone can hear is asked once the child is on the line.
        if (name === 'children[0].danger' || name === 'callerIs') await page.keyboard.press('Space');
        if (name === 'reporterType') await page.keyboard.type('hot');
      }
      reached.add(name);
    }
    expect([...names].filter((name) => !reached.has(name))).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Report received. Call now:' }).waitFor();
    await visit.close();
  });

  test('skips the header with the first stop', async () => {
    const visit = await visitAs(browser, cloud, 'careline.worker2@dcf.example', '/', { javaScriptEnabled: false });
    await visit.page.keyboard.press('Tab');
    await visit.page.keyboard.press('Enter');
    await visit.page.waitForURL('**/#main');
    await visit.close();
  });
});

test('a supervisor imports a file of shifts, and the number on call is one tap away on a phone', {
  timeout: 120_000,
}, async () => {
  const day = (days: number) => new Date(cloud.clock.now() + days * 86_400_000).toISOString().slice(0, 10);
  const file = (to: string) => ({
    name: 'shifts.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      `\uFEFFrole,office,person,from,to,phone\r\narea-oncall,"New Haven",area.oncall.new-haven@dcf.example,${day(-1)} 00:00,${to},203-555-0177\r\n`,
    ),
  });
  await as('area.supervisor.new-haven@dcf.example', '/on-call', async (page, { complaints }) => {
    await isClean(page);
    await page.getByLabel('CSV file of shifts').setInputFiles(file('soon'));
    await page.getByRole('button', { name: 'Import shifts' }).click();
    await isClean(page);
    await says(page.getByRole('alert'), 'line 2, to: Give a New York date and time');
    // The browser itself complains about the answer 400.
    complaints.length = 0;
    await page.getByLabel('CSV file of shifts').setInputFiles(file(`${day(3)} 08:00`));
    await page.getByRole('button', { name: 'Import shifts' }).click();
    await says(page.getByRole('status'), 'The shifts are imported.');
    await isClean(page);
    await page.getByRole('link', { name: 'New Haven office' }).click();
    await isClean(page);
    await page.getByRole('link', { name: /^Change/ }).click();
    await isClean(page);
  });
  await cloud.rest();
  const phone = { viewport: { width: 390, height: 844 }, isMobile: true };
  const { page, close } = await visitAs(browser, cloud, 'careline.worker@dcf.example', '/on-call', phone);
  const number = page.locator('#office-NEW-HAVEN').getByRole('link', { name: '203-555-0177' });
  expect(await number.getAttribute('href')).toBe('tel:+12035550177');
  await number.scrollIntoViewIfNeeded();
  // The page needs no scrolling sideways.
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await isClean(page);
  await page.emulateMedia({ media: 'print' });
  // The red head line names referrals, so it is not printed.
  await page.evaluate(
    `document.body.insertAdjacentHTML('afterbegin', '<section class="unanswered" id="red">No one has answered</section>')`,
  );
  expect(await page.locator('#red').isVisible()).toBe(false);
  expect(await page.getByRole('navigation').first().isVisible()).toBe(false);
  await close();
});

test('each error leads to its field, and every page that refuses passes axe', { timeout: 120_000 }, async () => {
  const visit = await visitAs(browser, cloud, 'careline.supervisor@dcf.example', '/reports/new');
  const { page } = visit;
  await page.getByRole('button', { name: 'Send the report' }).last().click();
  await isClean(page);
  await page.locator('[role=alert]:focus').waitFor();
  await page.getByRole('link', { name: /What was reported/ }).click();
  await page.locator('#report-narrative:focus').waitFor();
  for (const path of ['/referrals/CR-7F3KD-9QXMT2', '/find?reference=x', '/referrals/CR-7F3KD-9QXMT2/audit']) {
    await page.goto(`${cloud.webUrl}${path}`);
    await isClean(page);
  }
  await visit.close();
});

test('a person without a second factor sees nothing', async () => {
  await as('no.mfa@dcf.example', '/', async (page, { complaints }) => {
    await says(page.locator('main'), 'A second factor is needed');
    await isClean(page);
    complaints.length = 0;
  });
});

test('signing out continues at the sign-in service and comes back', async () => {
  const visit = await visitAs(browser, cloud, 'auditor@dcf.example', '/', { signsIn: true });
  const { page } = visit;
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${cloud.webUrl}/signed-out**`);
  await isClean(page);
  await page.goto(`${cloud.webUrl}/`);
  expect(page.url()).toContain(cloud.issuer);
  await visit.close();
});

test.each([1280, 720, 360])(
  'the pathway is one picture in which every word has its place, %i pixels wide',
  {
    timeout: 60_000,
  },
  async (width) => {
    await as('caseworker.new-haven@dcf.example', '/policy', async (page) => {
      await page.setViewportSize({ width, height: 900 });
      // Each text ends before the picture does, in the font of this browser.
      const tooWide = await page.evaluate(`[...document.querySelectorAll('.map text')].flatMap((text) => {
      const { x, width } = text.getBBox();
      return x + width > text.ownerSVGElement.viewBox.baseVal.width ? [text.textContent] : [];
    })`);
      expect(tooWide).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      expect(await page.locator('.map:visible').count()).toBe(8);
      await page.getByText('The same as a table: The team meets').click();
      await says(page.getByRole('row', { name: /^Convene the team/ }), '48 hours');
      // The picture is still there beside the table.
      await isClean(page);
    });
  },
);
