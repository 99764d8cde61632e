/** The pages of the program in a real browser: by keyboard, for axe, on a phone and at 400 %. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDesk } from '../support/desk.ts';
import { violationsOn } from './chromium.ts';
import { type Stage, startStageOver } from './console-stage.ts';
import { signedInAs } from './window.ts';
import { faultsAt400, faultsWithLargeText } from './zoom.ts';

let stage: Stage;
beforeAll(async () => {
  const desk = await startDesk();
  stage = await startStageOver(desk, { now: () => desk.now });
});
afterAll(() => stage.stop());

const visit = async (as: string, path: string) => {
  const browser = await signedInAs(stage.careline, as);
  return stage.open(browser.cookies, path, { viewport: { width: 1280, height: 800 } });
};

test('a coordinator opens a forum and records a meeting by keyboard, and hears of a name', async () => {
  const page = await visit('mdt-coordinator', '/forums');
  await page.getByLabel('Between agencies').focus();
  await page.keyboard.press('Space');
  await page.getByLabel('Name').selectOption('team-leaders');
  await page.getByRole('button', { name: 'Open the forum' }).press('Enter');
  await page.getByRole('heading', { name: 'Leaders of the teams' }).waitFor();
  await page.getByLabel('Day of the meeting').first().fill('11/09/2026');
  await page.getByLabel('Decisions').fill('We heard Amanda Wren');
  await page.getByRole('button', { name: 'Record the meeting' }).press('Enter');
  const alert = page.getByRole('alert');
  await alert.waitFor();
  // The focus is on what is wrong, and its link leads to the field.
  expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('alert');
  await alert.getByRole('link').press('Enter');
  expect(await page.evaluate('document.activeElement.name')).toBe('decisions');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('One form for all towns');
  await page.getByRole('button', { name: 'Record the meeting' }).press('Enter');
  await page.getByText('One form for all towns').waitFor();
  await page.context().close();
});

test.each([
  ['mdt-coordinator', '/forums'],
  ['mdt-coordinator', '/forums/FO-1'],
  ['forum-member', '/forums'],
  ['program-manager', '/agreements'],
  ['hart-liaison', '/venue-concerns'],
])('what %s sees at %s has no fault in light, in dark, on a phone and at four times the size', async (as, path) => {
  const page = await visit(as, path);
  const faults: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    faults.push(...(await violationsOn(page)).map((violation) => `${colorScheme}: ${violation}`));
  }
  await page.setViewportSize({ width: 320, height: 640 });
  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  if (overflow > 0) faults.push(`is ${overflow} pixels wider than a phone`);
  faults.push(...(await faultsAt400(page, true)));
  await page.setViewportSize({ width: 1280, height: 800 });
  faults.push(...(await faultsWithLargeText(page, true)));
  expect(faults).toEqual([]);
  await page.context().close();
});
