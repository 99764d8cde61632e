/** The call screen as a worker on the telephone uses it, at a person's speed, also without a connection. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browser, cloud } from './browser-stage.ts';
import { says, type Visit, violationsOn, visitAs } from './chromium.ts';

const worker = 'careline.worker@dcf.example';
/** Milliseconds between two keys: about 50 words a minute. */
const pace = { delay: 90 };

async function atNewReport(
  work: (page: Page, visit: Visit) => Promise<void>,
  { email = worker, signsIn = false } = {},
): Promise<void> {
  const visit = await visitAs(browser, cloud, email, '/reports/new', { signsIn });
  try {
    // A headless browser has no telephone, so a pressed number goes nowhere but here.
    await visit.page.evaluate(`addEventListener('click', (event) => {
      const link = event.target.closest('a[href^="tel:"]');
      if (link) { event.preventDefault(); document.body.dataset.dialed = link.href; }
    })`);
    await work(visit.page, visit);
    // The browser says that it has no connection, and that another window wrote the same draft.
    const isMeant = (each: string) => /ERR_INTERNET_DISCONNECTED|409 \(Conflict\)/.test(each);
    expect(visit.complaints.filter((each) => !isMeant(each))).toEqual([]);
  } finally {
    await visit.close();
  }
}
const answer = (page: Page, question: string | RegExp, words: string) =>
  page.getByRole('group', { name: question }).getByText(words, { exact: true }).click();
const inDanger = (page: Page) => page.getByRole('group', { name: /^Is the child in danger now/ });
const town = (page: Page, question: string) => page.getByRole('combobox', { name: question });
const received = (page: Page) => page.getByRole('heading', { level: 1, name: 'Report received. Call now:' }).waitFor();
const name = (page: Page) => page.getByRole('textbox', { name: 'Name', exact: true });
const cut = (page: Page, isCut = true) => page.context().setOffline(isCut);
const keptInBrowser = (page: Page): Promise<string> => page.evaluate('JSON.stringify({ ...localStorage })');

describe('a worker on the telephone', () => {
  test.each(['with a connection', 'without'])(
    'has the number on call dialed within sixty seconds from "danger: yes", %s',
    { timeout: 120_000 },
    async (connection) => {
      await atNewReport(async (page) => {
        if (connection === 'without') await cut(page);
        await page.keyboard.type('203-555-0188', pace);
        const begun = performance.now();
        await inDanger(page).getByText('Yes', { exact: true }).click();
        await page.getByLabel('What was reported').pressSequentially('A girl of 14 is in a motel with a man.', pace);
        await town(page, 'Town where the child is now').pressSequentially('New Haven', pace);
        // Who is on call depends on the hour.
        const office = page
          .getByRole('status')
          .filter({ has: page.getByRole('heading', { name: 'New Haven office' }) });
        const number = office.getByRole('link', { name: /^\d{3}-555-\d{4}$/ }).first();
        const shown = await number.textContent();
        await number.click();
        const seconds = (performance.now() - begun) / 1000;
        expect(await page.evaluate('document.body.dataset.dialed')).toBe(`tel:+1${shown?.replaceAll('-', '')}`);
        expect(seconds).toBeLessThan(60);
      });
    },
  );

  test('reaches the story with six tab stops, and Enter in a line sends nothing', { timeout: 60_000 }, async () => {
    await atNewReport(async (page) => {
      let stops = 0;
      const here = () => page.evaluate('document.activeElement.name');
      expect(await here()).toBe('reporter.safeNumber');
      await page.keyboard.press('Enter');
      while ((await here()) !== 'narrative' && stops < 20) {
        await page.keyboard.press('Tab');
        stops += 1;
      }
      expect(stops).toBeLessThanOrEqual(6);
      expect(page.url()).toMatch(/\/reports\/new$/);
    });
  });

  test('answers a question with one letter, and sees 911 as soon as there is a weapon', {
    timeout: 60_000,
  }, async () => {
    await atNewReport(async (page) => {
      const weapon = page.getByRole('group', { name: 'Is there a weapon?' });
      const emergency = page.getByRole('region', { name: /Dial now/ }).getByRole('link', { name: '911' });
      await weapon.getByRole('radio').first().focus();
      await page.keyboard.press('u');
      expect(await weapon.getByRole('radio', { name: 'Unknown' }).isChecked()).toBe(true);
      expect(await emergency.isVisible()).toBe(false);
      await page.keyboard.press('y');
      expect(await weapon.getByRole('radio', { name: 'Yes' }).isChecked()).toBe(true);
      expect(await emergency.isVisible()).toBe(true);
      expect(await violationsOn(page)).toEqual([]);
    });
  });

  test('hears beside the name that a child of a like name was reported, and loses no word by looking', {
    timeout: 60_000,
  }, async () => {
    await atNewReport(async (page) => {
      await answer(page, 'May we call back?', 'No');
      await inDanger(page).getByText('Yes', { exact: true }).click();
      await page.getByLabel('What was reported').fill('The first call.');
      await name(page).fill('Philippa Oudekerk');
      await page.getByRole('button', { name: 'Send the report' }).click();
      await received(page);
    });
    await atNewReport(async (page) => {
      await page.getByLabel('What was reported').fill('The second call.');
      await name(page).pressSequentially('Filippa Oudekerk');
      await page.keyboard.press('Tab');
      const hint = page.getByRole('status').filter({ hasText: 'was reported before' });
      await hint.getByText(/reported .*minutes? ago/).waitFor();
      const [opened] = await Promise.all([page.waitForEvent('popup'), hint.getByRole('link').click()]);
      await opened.waitForURL(/\/referrals\/CR-/);
      expect(await page.getByLabel('What was reported').inputValue()).toBe('The second call.');
      expect(await violationsOn(page)).toEqual([]);
      await name(page).fill('');
      await page.keyboard.press('Tab');
      await hint.waitFor({ state: 'hidden' });
    });
  });

  test('is told what to say where the child is calling, and owes no story', { timeout: 60_000 }, async () => {
    await atNewReport(async (page) => {
      const stay = page.getByText('Please stay on the line with me.');
      expect(await stay.isVisible()).toBe(false);
      await answer(page, 'Is the caller the child, or with the child?', 'The child');
      expect(await stay.isVisible()).toBe(true);
      expect(await page.getByText('Call back only if the child said yes.').isVisible()).toBe(true);
      expect(await page.getByText('“May I call you back?”').isVisible()).toBe(true);
      expect(await page.getByText('Do not question the child.').isVisible()).toBe(false);
      expect(await page.getByText('Mandated reporters send').isVisible()).toBe(false);
      await answer(page, 'May we call back?', 'No');
      expect(await violationsOn(page)).toEqual([]);
      await page.getByRole('button', { name: 'Send the report' }).click();
      await received(page);
    });
  });

  test('reports two children, one in danger and missing, through the page alone', { timeout: 120_000 }, async () => {
    await atNewReport(async (page) => {
      await inDanger(page).getByText('Yes', { exact: true }).click();
      await page.getByLabel('What was reported').fill('A clerk saw two girls.');
      await page.getByLabel('Where exactly is the child?').fill('Room 12 of an invented motel');
      await town(page, 'Town where the child is now').fill('New Haven');
      await answer(page, 'Is the child missing now?', 'Yes');
      await page.getByLabel('Approximate age').fill('13');
      await page.getByRole('button', { name: 'Add another child' }).click();
      await answer(page, /^Is child 2 in danger now/, 'No');
      const second = page.getByRole('region', { name: 'Child 2', exact: true });
      expect(await second.getByLabel('Where exactly is the child?').inputValue()).toBe('Room 12 of an invented motel');
      await second.getByLabel('Approximate age').fill('9');
      expect(await violationsOn(page)).toEqual([]);
      await page.getByRole('button', { name: 'Send the report' }).click();
      await received(page);
      await says(page.locator('main'), /Child 1, 12 to 14.*Child 2, under 12/s);
      await says(page.locator('main'), 'Report the missing child to NCMEC');
      expect(await violationsOn(page)).toEqual([]);
    });
  });
});

describe('without a connection', () => {
  test('a report waits sealed, is sent by itself as it was, and later words are an addition', {
    timeout: 120_000,
  }, async () => {
    await atNewReport(async (page) => {
      await cut(page);
      await page.getByLabel('What was reported').fill('CANARY the first words.');
      await inDanger(page).getByText('Yes', { exact: true }).click();
      await page.getByRole('button', { name: 'Send the report' }).click();
      await says(page.locator('#send-state'), 'Not sent: no connection.');
      await page.getByLabel('Who is with the child?').fill('CANARY a later word.');
      await expect.poll(() => keptInBrowser(page)).toContain('careline-unsent');
      expect(await keptInBrowser(page)).not.toContain('CANARY');
      await cut(page, false);
      await received(page);
      const added = page.getByLabel('The report has your first words. Add these.');
      await added.waitFor();
      expect(await added.inputValue()).toBe('Child 1, who is with the child? CANARY a later word.');
      await page.getByRole('button', { name: 'Add to the report' }).click();
      await says(page.locator('main'), 'You added to what was reported.');
      expect(await keptInBrowser(page)).toBe('{}');
      await says(page.locator('main'), 'CANARY a later word.');
    });
  });

  test('unsent words outlive the tab: another person cannot open them, and their writer can', {
    timeout: 120_000,
  }, async () => {
    await atNewReport(async (page) => {
      await cut(page);
      await page.getByLabel('What was reported').fill('CANARY words of a caller.');
      await expect.poll(() => keptInBrowser(page)).toContain('careline-unsent');
      const kept = await keptInBrowser(page);
      await cut(page, false);
      // Another person signs in at this computer.
      const keep = `for (const [place, sealed] of Object.entries(${kept})) localStorage.setItem(place, sealed);`;
      await atNewReport(
        async (other) => {
          await other.evaluate(keep);
          await other.reload();
          await other.getByText('Only that person can open it, after signing in.').waitFor();
          expect(await other.getByRole('button', { name: 'Send it now' }).count()).toBe(0);
        },
        { email: 'careline.worker2@dcf.example' },
      );
      // The writer comes back, in a new tab.
      const comesBack = { signsIn: true };
      await atNewReport(async (again) => {
        await again.evaluate(keep);
        await again.reload();
        await again.getByRole('heading', { name: 'Not sent from this computer' }).waitFor();
        expect(await violationsOn(again)).toEqual([]);
        await again.getByRole('button', { name: 'Open it, to go on' }).click();
        await again.getByText('Not sent yet: go on with this report').waitFor();
        expect(await again.getByLabel('What was reported').inputValue()).toBe('CANARY words of a caller.');
        await again.goto(`${cloud.webUrl}/reports/new`);
        await again.getByRole('button', { name: /^Hand it to / }).click();
        await again.getByText('The supervisor has it in the list of drafts.').waitFor();
        expect(await keptInBrowser(again)).toBe('{}');
      }, comesBack);
    });
  });

  test('a draft opened again keeps the words of its last window, and damaged words hide none', {
    timeout: 120_000,
  }, async () => {
    await atNewReport(async (page) => {
      const story = page.getByLabel('What was reported');
      await story.fill('CANARY kept by the server.');
      await says(page.locator('#draft-state'), 'Kept as a draft');
      await cut(page);
      await story.fill('CANARY typed while there was no connection.');
      await expect.poll(() => keptInBrowser(page)).toContain('careline-unsent');
      const kept = await keptInBrowser(page);
      // The machine is switched off there, so that its page saves no more. The writer comes back, and opens the draft.
      await page.goto('about:blank');
      await cut(page, false);
      await atNewReport(async (again) => {
        await again.evaluate(`for (const [place, sealed] of Object.entries(${kept})) localStorage.setItem(place, sealed);
          localStorage.setItem('careline-unsent 0', 'null');
          localStorage.setItem('careline-unsent 1', '{"words":');`);
        await again.goto(`${cloud.webUrl}/drafts`);
        await again
          .getByRole('button', { name: /^Open DR-/ })
          .first()
          .click();
        await again.getByRole('heading', { name: 'Not sent from this computer' }).waitFor();
        await again.getByLabel('What was reported').fill('CANARY typed in the second window.');
        await says(again.locator('#draft-state'), 'Kept as a draft');
        expect(Object.keys(JSON.parse(await keptInBrowser(again)))).toEqual(
          expect.arrayContaining(Object.keys(JSON.parse(kept))),
        );
        // Handed over, both stand in the draft.
        await again.getByRole('button', { name: /^Hand it to / }).click();
        await again.getByText('The supervisor has it in the list of drafts.').waitFor();
        await again.goto(`${cloud.webUrl}/drafts`);
        await again
          .getByRole('button', { name: /^Open DR-/ })
          .first()
          .click();
        await says(again.locator('main'), 'CANARY typed in the second window.');
        expect(await again.getByLabel('What was reported').inputValue()).toMatch(/CANARY typed/);
      });
    });
  });
});
