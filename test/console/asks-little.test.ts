/** Every page that the people of a busy Careline reach from their home asks little, in one process. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connecticut20261 } from '../../shared/policy/connecticut-2026-1.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { playHistory } from '../../shared/reports/played/play-referrals.ts';
import { rowsAt } from '../../shared/reports/whole-report.ts';
import { burdenOf, overBar, tellBurden } from './burden.ts';
import { startBusy } from './confirmed.ts';
import { type Stage, startStageOver } from './console-stage.ts';
import { isPage, kindOf } from './page-walk.ts';
import { contentOf, linksIn, signedInAs } from './window.ts';

let stage: Stage;
beforeAll(async () => {
  const desk = await startBusy();
  await desk.seedDirectory();
  // Two years of figures, so that the pages of numbers have their full size.
  const played = { seed: 'asks little', referrals: 260, from: '2024-11-09T00:00:00.000Z', until: desk.now };
  for (const row of rowsAt(playHistory(played, connecticut20261), desk.now, policyOf)) await desk.facts.put(row);
  stage = await startStageOver(desk, { now: () => desk.now });
}, 60_000);
afterAll(() => stage.stop());

const roles = [
  'careline-worker',
  'careline-supervisor',
  'careline-manager',
  'caseworker',
  'area-supervisor',
  'area-director',
  'director-oncall',
  'hart-liaison',
  'hart-director',
  'program-manager',
  'administrator',
  'mdt-coordinator',
  'legal',
  'auditor',
  'trainer',
  'forum-member',
  'seat:medical',
  'seat:mental-health',
  'contact:PV-1',
] as const;

/** What was measured before: most pages hold the same for several roles. */
const measured = new Set<string>();

test.each(roles)('every page that a %s reaches asks little', { timeout: 300_000 }, async (role) => {
  const browser = await signedInAs(stage.careline, role);
  const page = await stage.open(browser.cookies, '/', { viewport: { width: 1366, height: 900 } });
  const { origin } = new URL(page.url());
  const visited = new Set<string>();
  const waiting = ['/'];
  const faults: string[] = [];
  while (waiting.length > 0) {
    const path = waiting.shift() ?? '/';
    const kind = kindOf(path);
    if (visited.has(kind)) continue;
    visited.add(kind);
    const { headers, html, location } = await browser.get(path);
    if (location) waiting.push(location.replace(origin, ''));
    if (!headers.get('content-type')?.includes('html')) continue;
    waiting.push(...linksIn(html).filter(isPage));
    const content = contentOf(html);
    if (measured.has(content) && !process.env.PAGES_TO) continue;
    measured.add(content);
    await page.goto(`${origin}${path}`);
    const burden = await burdenOf(page);
    tellBurden(role, kind, burden);
    faults.push(...overBar(kind, burden).map((fault) => `${path} ${fault}`));
  }
  await page.context().close();
  expect(visited.size).toBeGreaterThan(1);
  expect(faults).toEqual([]);
});

test('a report of three children asks as little as one, and each button says the danger of its child', async () => {
  const page = await stage.open((await signedInAs(stage.careline, 'careline-worker')).cookies, '/reports/new');
  const danger = (child: number, answer: string) =>
    page.locator(`label[for=report-children-${child}-danger${answer === 'yes' ? '' : `-${answer}`}]`).click();
  await danger(0, 'yes');
  for (const _ of [1, 2]) await page.getByRole('button', { name: 'Add another child' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Third Example');
  expect(overBar('/reports/new', await burdenOf(page))).toEqual([]);
  const turn = page.locator('#children-turned');
  expect(await turn.textContent()).toBe('Child 1, danger: yesChild 2, danger: not askedChild 3Leave out child 3');
  await turn.getByRole('button', { name: 'Child 2' }).click();
  expect(await page.evaluate('document.activeElement.name')).toBe('children[1].danger');
  await danger(1, 'no');
  await turn.getByRole('button', { name: 'Child 3' }).click();
  expect(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('Third Example');
  expect(await turn.textContent()).toContain('Child 2, danger: no');
  // Another part of the report has the same child, and the danger of each.
  await page.getByRole('button', { name: 'More the caller said' }).last().click();
  await expect.poll(() => turn.textContent()).toBe('Child 1, danger: yesChild 2, danger: noChild 3');
  expect(overBar('/reports/new', await burdenOf(page))).toEqual([]);
  // What is missing is shown, of whichever child.
  await turn.getByRole('button', { name: 'Child 1' }).click();
  expect(await page.locator('[data-child="2"].danger-row').isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Send the report' }).click();
  await page.getByRole('alert').waitFor();
  expect(await page.locator('[data-child="2"].danger-row').isVisible()).toBe(true);
  await page.context().close();
});
