/** Reports that wait unsent in a browser: on the list of drafts, on paper, and after their draft ended elsewhere. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { spanOfHour } from '../../shared/domain/core/spans.ts';
import { violationsOn } from './chromium.ts';
import { type Stage, startStage } from './console-stage.ts';

const worker = 'P-CARELINE-WORKER-1';
const other = 'P-CARELINE-WORKER-2';
const supervisor = 'P-CARELINE-SUPERVISOR-1';

vi.setConfig({ testTimeout: 30_000 });

let stage: Stage;
/** What the browser keeps sealed: words that the server never got, of a draft that goes on. */
let ofOpen: string;
/** The same, of a draft that was ended elsewhere meanwhile. */
let ofEnded: string;
beforeAll(async () => {
  stage = await startStage();
  [ofOpen, ofEnded] = [await keptWords('CANARY open'), await keptWords('CANARY ended')];
  const boss = await stage.careline.person(supervisor);
  await boss.get('/reports/new');
  const ended = await boss.post('/drafts/discard', { id: (await drafts()).at(-1) ?? '', because: 'no-report' });
  expect(ended.status).toBe(303);
}, 60_000);
afterAll(() => stage.stop());

const drafts = () => stage.tables.ledger.draftsIn(spanOfHour('2026-11-09T15'));
const storage = (page: Page): Promise<string> => page.evaluate('JSON.stringify({ ...localStorage })');
const drawer = (page: Page) => page.getByRole('region', { name: 'Not sent from this computer' });

/** Begins a report, loses the connection, and writes on. Gives what the browser keeps. */
async function keptWords(words: string): Promise<string> {
  const before = (await drafts()).length;
  const page = await stage.visit(worker, '/reports/new');
  await page.getByLabel('What was reported').fill(words);
  await page.getByText('Kept as a draft').waitFor();
  expect((await drafts()).length).toBe(before + 1);
  await page.context().setOffline(true);
  await page
    .getByRole('group', { name: /^Is the child in danger now/ })
    .getByText('Yes', { exact: true })
    .click();
  await page.getByLabel('Who is with the child?').fill(`${words}, and never sent`);
  await page.getByText('What you write is sealed in this browser.').waitFor();
  const kept = await storage(page);
  expect(kept).not.toContain('CANARY');
  await page.context().close();
  return kept;
}

/** A page of this person, in a browser that keeps these words. */
async function at(path: string, kept: string, personId = worker): Promise<Page> {
  const page = await stage.visit(personId, '/help');
  await page.context().addInitScript('window.print = () => { document.documentElement.dataset.printed = "yes"; }');
  await page.evaluate(`for (const [place, sealed] of Object.entries(${kept})) localStorage.setItem(place, sealed);`);
  await page.goto(new URL(path, page.url()).href);
  return page;
}
const act = (page: Page, name: string | RegExp) => drawer(page).getByRole('button', { name }).click();
const acts = (page: Page) => drawer(page).getByRole('button').filter({ visible: true }).allTextContents();

describe('on the list of drafts', () => {
  test('words that were not sent wait with the same acts as on a new report', async () => {
    const page = await at('/drafts', ofOpen);
    await drawer(page).waitFor();
    expect(await acts(page)).toEqual([
      'Send it now',
      'Open it, to go on',
      expect.stringMatching(/^Hand it to /),
      'Print it',
    ]);
    expect(await violationsOn(page)).toEqual([]);
    await act(page, 'Open it, to go on');
    await page.getByText('Not sent yet: go on with this report').waitFor();
    expect(await page.getByLabel('Who is with the child?').inputValue()).toBe('CANARY open, and never sent');
    await page.context().close();
  });

  test('another person at this computer reads nothing, and has no button', async () => {
    const page = await at('/drafts', ofOpen, other);
    await page.getByText('Only that person can open it, after signing in.').waitFor();
    expect(await acts(page)).toEqual([]);
    await page.context().close();
  });
});

describe('on paper', () => {
  test('words are opened for their writer alone, in words, without what stands around a page', async () => {
    const page = await at('/drafts', ofOpen);
    await act(page, 'Print it');
    await page.getByRole('heading', { level: 1, name: 'Report that was not sent' }).waitFor();
    expect(await page.evaluate('document.documentElement.dataset.printed')).toBe('yes');
    expect(await violationsOn(page)).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    const paper = ((await page.evaluate('document.body.innerText')) as string).replaceAll(/\s+/g, ' ');
    expect(paper).toMatch(/What was reported CANARY open/);
    expect(paper).toMatch(/Who is with the child\? CANARY open, and never sent/);
    expect(paper).toMatch(/Is the child in danger now\? Yes/);
    expect(paper).not.toMatch(/Sign out|Work queue|Back to the drafts|Unknown|children\[/);
    // Paper is no way of sending: the words stay.
    expect(await storage(page)).toContain('careline-unsent');
    await page.context().close();
  });

  test('words are not opened after the person signed out', async () => {
    const page = await at('/drafts', ofOpen);
    await drawer(page).waitFor();
    await page.context().clearCookies();
    await act(page, 'Print it');
    await page.getByText('It cannot be opened now. It stays here.').waitFor();
    expect(await storage(page)).toContain('careline-unsent');
    await page.context().close();
  });
});

describe('after the draft was ended elsewhere', () => {
  const ended = 'This draft was ended elsewhere, without a report. These words are only on this computer.';

  test.each(['/drafts', '/reports/new'])('the page %s says so, and offers what is left to do', async (path) => {
    const page = await at(path, ofEnded);
    await page.getByText(ended).waitFor();
    expect(await acts(page)).toEqual([
      'Keep it as a new draft',
      expect.stringMatching(/^Hand it to /),
      'Print it',
      'Remove it from this computer',
    ]);
    expect(await violationsOn(page)).toEqual([]);
    await page.context().close();
  });

  test.each([
    ['Keep it as a new draft', 'Kept as a new draft.'],
    [/^Hand it to /, 'The supervisor has it in the list of drafts. Call the supervisor now.'],
  ])('the words become a draft of their own: %s', async (name, sentence) => {
    const before = await drafts();
    const page = await at('/drafts', ofEnded);
    await page.getByText(ended).waitFor();
    await act(page, name);
    await page.getByText(sentence).waitFor();
    expect(await storage(page)).toBe('{}');
    const [id = ''] = (await drafts()).filter((each) => !before.includes(each));
    expect((await stage.tables.identities.draftText(id)).text).toContain('CANARY ended, and never sent');
    await page.context().close();
  });

  test('the words go only where their writer says so twice', async () => {
    const page = await at('/drafts', ofEnded);
    await page.getByText(ended).waitFor();
    await act(page, 'Remove it from this computer');
    expect(await storage(page)).toContain('careline-unsent');
    await act(page, 'No, leave them here');
    expect(await storage(page)).toContain('careline-unsent');
    await act(page, 'Remove it from this computer');
    await act(page, 'Yes, remove the words');
    await page.getByText('The words are removed from this computer.').waitFor();
    expect(await storage(page)).toBe('{}');
    await page.context().close();
  });

  test('the words stay where the person signed out meanwhile', async () => {
    const page = await at('/drafts', ofEnded);
    await page.getByText(ended).waitFor();
    await page.context().clearCookies();
    await act(page, 'Remove it from this computer');
    await act(page, 'Yes, remove the words');
    await page.getByText('Not removed: there is no connection, or another person is signed in.').waitFor();
    expect(await storage(page)).toContain('careline-unsent');
    await page.context().close();
  });
});

describe('the way back', () => {
  const write = async (page: Page) => {
    await page.getByLabel('Safe number if we are cut off').fill('203-555-0188');
    await page
      .getByRole('group', { name: /^Is the child in danger now/ })
      .getByText('Yes', { exact: true })
      .click();
    const town = page.getByRole('combobox', { name: 'Town where the child is now' });
    await town.fill('New Haven');
    await town.press('Enter');
    await page.getByLabel('What was reported').fill('A girl at the bus station.');
    await keptByServer(page);
  };
  /** The server has every word, so this browser keeps none. */
  const keptByServer = (page: Page) =>
    expect.poll(() => storage(page), { timeout: 10_000 }).not.toContain('careline-unsent');
  const received = (page: Page) => page.getByRole('heading', { level: 1, name: 'Report received. Call now:' });

  test('from a sent report, and a reload, lead to the report that was made', async () => {
    const page = await stage.visit(worker, '/queue');
    await page.goto(new URL('/reports/new', page.url()).href);
    await write(page);
    const before = (await stage.tables.items('Ledger')).length;
    await page.getByRole('button', { name: 'Send the report' }).click();
    await received(page).waitFor();
    const made = (await stage.tables.items('Ledger')).length;
    expect(made).toBeGreaterThan(before);
    const address = page.url();
    expect(new URL(address).pathname).toMatch(/^\/reports\/sent\//);
    await page.reload();
    await received(page).waitFor();
    await page.goBack();
    await received(page).waitFor();
    await page.goto(new URL('/help', page.url()).href);
    await page.goBack();
    await received(page).waitFor();
    expect((await stage.tables.items('Ledger')).length).toBe(made);
    await page.context().close();
  });

  test('to a report that is not sent, and its reload, have each field, the number to call and the clock of the call', async () => {
    const page = await stage.visit(worker, '/reports/new');
    await write(page);
    stage.careline.passes(600);
    for (const again of [
      () => page.reload(),
      () => page.goto(new URL('/help', page.url()).href).then(() => page.goBack()),
    ]) {
      await again();
      await page.waitForURL(/\/reports\/new$|\/drafts\/open$/);
      const story = () => page.getByLabel('What was reported').inputValue();
      await expect.poll(story, { timeout: 10_000 }).toBe('A girl at the bus station.');
      expect(await page.getByLabel('Safe number if we are cut off').inputValue()).toBe('203-555-0188');
      expect(await page.getByRole('combobox', { name: 'Town where the child is now' }).inputValue()).toBe('New Haven');
      expect(
        await page.getByRole('radio', { name: 'Yes' }).and(page.locator('[name="children[0].danger"]')).isChecked(),
      ).toBe(true);
      await page.locator('.numbers-chosen').getByRole('heading', { name: 'New Haven office' }).waitFor();
      expect(await page.locator('[data-call-clock]').textContent()).toMatch(/^1\d:\d\d$/);
      await page.getByLabel('Who is with the child?').fill('A man.');
      await page.getByText('Kept as a draft').waitFor();
      await keptByServer(page);
    }
    await page.context().close();
  });
});
