/**
 * The home page of each role while there is much to do: calls, overdue work, and a team to convene. It stands on two screens of
 * a laptop, and says first what is wrong today.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Desk } from '../support/desk.ts';
import { reactTo } from '../support/react-desk.ts';
import { startConfirmed } from './confirmed.ts';
import { type Stage, startStageOver } from './console-stage.ts';
import { signedInAs } from './window.ts';
import { faultsWithLargeText } from './zoom.ts';

const laptop = { width: 1366, height: 900 };

let desk: Desk;
let stage: Stage;
beforeAll(async () => {
  const confirmed = await startConfirmed();
  desk = confirmed.desk;
  const opened: string[] = [confirmed.id];
  for (const child of [
    { danger: 'yes', missingNow: 'yes' },
    { danger: 'yes', missingNow: 'no' },
    { danger: 'unknown', missingNow: 'yes' },
    { danger: 'yes', missingNow: 'unknown' },
    { danger: 'no', missingNow: 'no' },
    { danger: 'unknown', missingNow: 'unknown' },
  ])
    opened.push(await desk.opened(child));
  await reactTo(desk, ...opened);
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

describe.each(roles)('the home page of a %s', (role, figure) => {
  test('stands on two screens of a laptop and takes large text, also on a phone, with what is wrong today on the first', async () => {
    const browser = await signedInAs(stage.careline, role);
    const page = await stage.open(browser.cookies, '/', { viewport: laptop });
    const height: number = await page.evaluate('document.documentElement.scrollHeight');
    expect(height).toBeLessThanOrEqual(2 * laptop.height);
    const today = page.getByRole('region', { name: 'Today' }).getByRole('link', { name: figure });
    const box = await today.boundingBox();
    expect((box?.y ?? laptop.height) + (box?.height ?? 0)).toBeLessThanOrEqual(laptop.height);
    await page.setViewportSize({ width: 1280, height: 800 });
    expect(await faultsWithLargeText(page, false)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await faultsWithLargeText(page, false)).toEqual([]);
    await page.context().close();
  });
});
