/** Towns, people, providers and days, as a person picks them by keyboard in a real browser, and without a script. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { violationsOn } from './chromium.ts';
import { type Stage, startStage } from './console-stage.ts';
import { report } from './window.ts';

const people = {
  worker: 'P-CARELINE-WORKER-1',
  liaison: 'P-HART-LIAISON-SOUTH-CENTRAL-1',
} as const;

vi.setConfig({ testTimeout: 30_000 });

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
}, 60_000);
afterAll(() => stage.stop());

const town = (page: Page, question = 'Town where the child is now') => page.getByRole('combobox', { name: question });
const sent = (page: Page, name: string): Promise<unknown> =>
  page.evaluate(`new FormData(document.querySelector('main form.usa-form')).get('${name}')`);

/** What Chromium tells a screen reader of the control: its role, name, description, and whether it is wrong. */
async function toldOf(control: Locator): Promise<Readonly<Record<string, unknown>>> {
  const page = control.page();
  const id = await control.getAttribute('id');
  const client = await page.context().newCDPSession(page);
  const { root } = await client.send('DOM.getDocument');
  const { nodeId } = await client.send('DOM.querySelector', { nodeId: root.nodeId, selector: `[id="${id}"]` });
  const { nodes } = await client.send('Accessibility.getPartialAXTree', { nodeId, fetchRelatives: false });
  const [node] = nodes;
  return {
    role: node?.role?.value,
    name: node?.name?.value,
    description: node?.description?.value,
    invalid: node?.properties?.find(({ name }) => name === 'invalid')?.value.value,
  };
}

test('the bar of a call covers the buttons of a list that lies under it', async () => {
  const page = await stage.visit(people.worker, '/reports/new');
  await page.locator('.call-rest .usa-combo-box__toggle-list').first().waitFor();
  const onTop = await page.evaluate(`(() => {
    const middle = (element) => element.getBoundingClientRect().top + element.getBoundingClientRect().height / 2;
    const bar = document.querySelector('.call-bar');
    const button = document.querySelector('.call-rest .usa-combo-box__toggle-list');
    scrollBy({ top: middle(button) - middle(bar), behavior: 'instant' });
    const { left, width } = button.getBoundingClientRect();
    return document.elementFromPoint(left + width / 2, middle(button)).closest('.call-bar') === bar;
  })()`);
  expect(onTop).toBe(true);
});

test('a town is found by a part of its name, and its office stands first', async () => {
  const page = await stage.visit(people.worker, '/reports/new');
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  expect(await toldOf(town(page))).toMatchObject({ role: 'combobox', name: 'Town where the child is now' });
  await page
    .getByRole('group', { name: /^Is the child in danger now/ })
    .getByText('Yes', { exact: true })
    .click();
  await town(page).focus();
  await page.keyboard.type('haven');
  const options = page.getByRole('listbox').getByRole('option');
  expect(await options.allTextContents()).toEqual(['East Haven', 'New Haven', 'North Haven', 'West Haven']);
  expect(await violationsOn(page)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  expect(await town(page).inputValue()).toBe('New Haven');
  expect(await sent(page, 'children[0].presentTown')).toBe('New Haven');
  expect(await page.locator('.numbers-chosen').textContent()).toContain('New Haven office');
  expect(await violationsOn(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('Enter takes the one town that begins with what is typed, and never one of several', async () => {
  const page = await stage.visit(people.worker, '/reports/new');
  await town(page).focus();
  await page.keyboard.type('new ha');
  await page.keyboard.press('Enter');
  expect(await sent(page, 'children[0].presentTown')).toBe('new ha');
  await page.keyboard.type('v');
  await page.keyboard.press('Enter');
  expect(await town(page).inputValue()).toBe('New Haven');
  expect(await sent(page, 'children[0].presentTown')).toBe('New Haven');
  await page.context().close();
});

test.each([
  ['newhaven', 'New Haven'],
  ['east-hartford', 'East Hartford'],
  ['e hartf', 'East Hartford'],
  ['newhav', 'New Haven'],
])('“%s” and Enter is %s', async (typed, meant) => {
  const page = await stage.visit(people.worker, '/reports/new');
  await town(page).focus();
  await page.keyboard.type(typed);
  expect(await page.getByRole('listbox').getByRole('option').allTextContents()).toContain(meant);
  await page.keyboard.press('Enter');
  expect(await sent(page, 'children[0].presentTown')).toBe(meant);
  expect(await page.locator('.town-unread').count()).toBe(0);
  await page.context().close();
});

test('words that are no town are named beside the field once the person has left it, and the next town takes that away', async () => {
  const page = await stage.visit(people.worker, '/reports/new');
  await town(page).focus();
  await page.keyboard.type('nwe havn');
  await page.getByLabel('What was reported').focus();
  expect(await page.locator('.town-unread').first().textContent()).toContain('Not in the list of towns: “nwe havn”');
  await town(page).fill('avon');
  await page.getByLabel('What was reported').focus();
  expect(await page.locator('.town-unread').count()).toBe(0);
  await page.context().close();
});

test('a town counts with its last letter, also where it is written small', async () => {
  const page = await stage.visit(people.worker, '/reports/new');
  await town(page).focus();
  await page.keyboard.type('hartford');
  expect(await sent(page, 'children[0].presentTown')).toBe('Hartford');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  expect(await town(page).inputValue()).toBe('Hartford');
  expect(await sent(page, 'children[0].presentTown')).toBe('Hartford');
  await page.context().close();
});

test.each(['Tab', 'Enter', 'Escape'])('a place that is no town stays as it is written, after %s', async (key) => {
  const page = await stage.visit(people.worker, '/reports/new');
  await town(page).focus();
  await page.keyboard.type('a motel by exit 9');
  expect(await sent(page, 'children[0].presentTown')).toBe('a motel by exit 9');
  await page.keyboard.press(key);
  await page.getByLabel('What was reported').focus();
  expect(await town(page).inputValue()).toBe('a motel by exit 9');
  expect(await sent(page, 'children[0].presentTown')).toBe('a motel by exit 9');
  // It is written on, and taken out again.
  await town(page).focus();
  await page.keyboard.type(' or 10');
  expect(await sent(page, 'children[0].presentTown')).toBe('a motel by exit 9 or 10');
  await town(page).fill('');
  await page.getByLabel('What was reported').focus();
  expect([await town(page).inputValue(), await sent(page, 'children[0].presentTown')]).toEqual(['', '']);
  await page.context().close();
});

test('a chosen town is kept as a draft at once, comes back with it, and is copied to another child', async () => {
  const page = await stage.visit(people.worker, '/reports/new');
  const saved = page.waitForRequest(
    (request) => request.url().endsWith('/drafts/save') && /presentTown=Waterbury/.test(request.postData() ?? ''),
  );
  await town(page).focus();
  await page.keyboard.type('waterb');
  await page.getByRole('option', { name: 'Waterbury' }).click();
  await saved;
  await town(page, 'Town where the child lives').fill('A camp in the woods');
  await page.getByRole('button', { name: 'Add another child' }).click();
  const second = page.getByRole('region', { name: 'Child 2', exact: true });
  const ofSecond = (question: string) => second.getByRole('combobox', { name: question });
  const now = page.locator('.danger-row').nth(1).getByRole('combobox', { name: 'Town where the child is now' });
  expect(await now.inputValue()).toBe('Waterbury');
  expect(await ofSecond('Town where the child lives').inputValue()).toBe('A camp in the woods');
  await now.fill('avon');
  expect(await sent(page, 'children[1].presentTown')).toBe('Avon');
  expect(await sent(page, 'children[0].presentTown')).toBe('Waterbury');
  // The server shows the form again, with an error.
  await page.getByRole('button', { name: 'Send the report' }).click();
  await page.getByRole('alert').waitFor();
  expect(await town(page).first().inputValue()).toBe('Waterbury');
  expect(await town(page, 'Town where the child lives').first().inputValue()).toBe('A camp in the woods');
  const unread = page.locator('.town-unread');
  expect(await unread.first().textContent()).toContain('Not in the list of towns: “A camp in the woods”');
  expect(await unread.filter({ hasText: 'Waterbury' }).count()).toBe(0);
  await page.context().close();
});

test('a provider is found by its service, and a wrong choice is told to a screen reader', async () => {
  const id = await report(await stage.careline.person(people.worker));
  const page = await stage.visit(people.liaison, `/referrals/${id}/do/offer-linkage`);
  const provider = page.getByRole('combobox', { name: 'Provider' });
  await provider.focus();
  await page.keyboard.type('no such house');
  expect(await page.getByText('No results found').isVisible()).toBe(true);
  await page.keyboard.press('Tab');
  await page.locator('form.usa-form').getByRole('button').last().click();
  await page.getByRole('alert').waitFor();
  expect(await toldOf(provider)).toMatchObject({
    role: 'combobox',
    invalid: 'true',
    description: 'Choose one from the list.',
  });
  await page.getByRole('alert').getByRole('link').click();
  expect(await provider.and(page.locator(':focus')).count()).toBe(1);
  await page.keyboard.type('victim');
  await page
    .getByRole('option', { name: /^Victim advocacy: Cedar House/ })
    .first()
    .click();
  expect(await sent(page, 'offer')).toBe('victim-advocacy PR-VICTIM-ADVOCACY-1');
  expect(await violationsOn(page)).toEqual([]);
  await page.context().close();
});

test('a day is typed as people write it, or picked by keyboard; what is no day stays typed', async () => {
  const id = await report(await stage.careline.person(people.worker));
  const page = await stage.visit(people.liaison, `/referrals/${id}/do/record-instrument`);
  const on = page.getByLabel('Day', { exact: false }).and(page.locator('input:visible')).first();
  expect(await toldOf(on)).toMatchObject({ role: 'textbox', description: /such as 11\/25\/2026/ });
  await on.fill('13/45/2026');
  await page
    .locator('form.usa-form')
    .getByRole('button', { name: /^Record/ })
    .click();
  await page.getByRole('alert').waitFor();
  expect(await on.inputValue()).toBe('13/45/2026');
  expect(await toldOf(on)).toMatchObject({ invalid: 'true' });
  await on.fill('11/05/2026');
  await page.getByRole('button', { name: 'Toggle calendar' }).press('Enter');
  expect(await violationsOn(page)).toEqual([]);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  expect(await on.inputValue()).toBe('11/06/2026');
  await page.context().close();
});

test('without a script, a town is a line that suggests towns, and a provider is a list', async () => {
  const plain = { javaScriptEnabled: false };
  const page = await stage.visit(people.worker, '/reports/new', plain);
  const line = page.getByLabel('Town where the child is now');
  expect(await line.getAttribute('list')).toBe('towns');
  await page.context().close();
  const id = await report(await stage.careline.person(people.worker));
  const acts = await stage.visit(people.liaison, `/referrals/${id}/do/offer-linkage`, plain);
  await acts.getByLabel('Provider').selectOption('victim-advocacy PR-VICTIM-ADVOCACY-1');
  await acts.context().close();
});
