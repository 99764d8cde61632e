/**
 * What a screen reader gets of each kind of page, from the accessibility tree of Chromium. It meets landmarks, and headings with no
 * level left out. Every control and region has a name. Live regions say what an act did.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pagePath, pages } from '../../functions/console/referral/referral-pages.ts';
import type { Desk } from '../support/desk.ts';
import { startConfirmed } from './confirmed.ts';
import { type Stage, startStageOver } from './console-stage.ts';
import { signedInAs } from './window.ts';

let desk: Desk;
let id: string;
let stage: Stage;
beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  stage = await startStageOver(desk, { now: () => desk.now });
});
afterAll(() => stage.stop());

interface Node {
  readonly role: string;
  readonly name: string;
  readonly level: number;
}

async function openAs(as: string, path: string): Promise<Page> {
  const browser = await signedInAs(stage.careline, as);
  return stage.open(browser.cookies, path);
}

interface AxNode {
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
  readonly properties?: readonly { readonly name: string; readonly value: { readonly value?: unknown } }[];
}

/** Every node that a screen reader meets, in the order of the page. */
async function treeOf(page: Page): Promise<readonly Node[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as unknown as { nodes: readonly AxNode[] };
  await session.detach();
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name, properties = [] }) => ({
      role: role?.value ?? '',
      name: (name?.value ?? '').trim(),
      level: Number(properties.find((each) => each.name === 'level')?.value.value ?? 0),
    }));
}

const named = [
  'link',
  'button',
  'textbox',
  'combobox',
  'checkbox',
  'radio',
  'listbox',
  'searchbox',
  'image',
  'table',
  'region',
];

/** What is wrong with the tree of a page. */
function faultsIn(tree: readonly Node[]): readonly string[] {
  const of = (role: string) => tree.filter((node) => node.role === role);
  const headings = of('heading').map(({ level }) => level);
  const skipped = headings.some((level, index) => index > 0 && level > (headings[index - 1] ?? 0) + 1);
  const navigations = of('navigation').map(({ name }) => name);
  const regions = of('region').map(({ name }) => name);
  return [
    ...(['banner', 'main', 'contentinfo'] as const).flatMap((role) =>
      of(role).length === 1 ? [] : [`has ${of(role).length} times ${role}`],
    ),
    ...(navigations.includes('Main') || navigations.includes('Principal') ? [] : ['has no main navigation']),
    ...(new Set(navigations).size === navigations.length ? [] : ['names two navigations alike']),
    ...(new Set(regions).size === regions.length ? [] : [`names two regions alike: ${regions.join(', ')}`]),
    ...(headings.filter((level) => level === 1).length === 1 ? [] : ['has not one heading of the page']),
    ...(skipped ? [`leaves out a level of headings: ${headings.join(' ')}`] : []),
    ...tree
      .filter(({ role, name }) => named.includes(role) && name === '')
      .map(({ role }) => `has a ${role} without a name`),
  ];
}

const invitation = async () =>
  Object.values((await desk.state(id)).alerts).find(({ kind }) => kind === 'mdt-invited')?.id ?? '';

describe('each kind of page has its landmarks, headings and names', { timeout: 120_000 }, () => {
  test.each(['caseworker', 'seat:medical', 'contact:PV-1', 'mdt-coordinator', 'administrator'])(
    'of a referral, as %s',
    async (as) => {
      const page = await openAs(as, '/');
      const { origin } = new URL(page.url());
      const paths = ['/', '/deadlines', '/help', '/providers', ...pages.map(({ slug }) => pagePath(id, slug))];
      for (const path of paths) {
        const answer = await page.goto(`${origin}${path}`);
        expect([path, answer?.status(), faultsIn(await treeOf(page))]).toEqual([path, 200, []]);
      }
      await page.context().close();
    },
  );

  test.each([
    ['careline-supervisor', '/reports/new'],
    ['careline-supervisor', '/calls'],
    ['careline-supervisor', '/on-call'],
    ['careline-supervisor', '/search'],
    ['careline-supervisor', '/policy'],
    ['careline-supervisor', '/returns'],
    ['administrator', '/delegations'],
    ['hart-liaison', '/do/screen'],
    ['hart-liaison', '/do/record-consent'],
    ['caseworker', '/do/record-safety-plan'],
    ['administrator', '/audit'],
  ])('as %s: %s', async (as, path) => {
    const isOfReferral = path.startsWith('/do/') || path === '/audit';
    const page = await openAs(as, isOfReferral ? `/referrals/${id}${path}` : path);
    expect(faultsIn(await treeOf(page))).toEqual([]);
    await page.context().close();
  });

  test('of an alert, as the invited member', async () => {
    const page = await openAs('seat:mental-health', `/alerts/${await invitation()}`);
    expect(faultsIn(await treeOf(page))).toEqual([]);
    await page.context().close();
  });
});

describe('a live region says what became of an act', { timeout: 60_000 }, () => {
  test('what a form lacks is an alert with the focus, and each problem leads to its field', async () => {
    const page = await openAs('seat:mental-health', `/referrals/${id}/do/answer-seat`);
    await page.getByRole('button', { name: 'Accept or decline the seat' }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.evaluate((each) => each === each.ownerDocument.activeElement)).toBe(true);
    await alert.getByRole('link', { name: /^Answer: / }).click();
    expect(await page.evaluate('document.activeElement.name')).toBe('answer');
    expect(faultsIn(await treeOf(page))).toEqual([]);
    await page.context().close();
  });

  test('what was recorded is a status', async () => {
    const page = await openAs('seat:mental-health', `/alerts/${await invitation()}`);
    await page.getByRole('button', { name: 'Accept the seat: mental health' }).click();
    const status = page.getByRole('status').filter({ hasText: 'Recorded' });
    await status.waitFor();
    expect(await status.textContent()).toContain('The seat is accepted: mental health.');
    expect(faultsIn(await treeOf(page))).toEqual([]);
    await page.context().close();
  });

  test('the calls have a status that only a screen reader reads', async () => {
    const page = await openAs('caseworker', pagePath(id));
    const statuses = (await treeOf(page)).filter(({ role }) => role === 'status');
    expect(statuses.length).toBeGreaterThan(0);
    await page.context().close();
  });
});
