/** Under "Do not tell the caregiver", no button that stands out tells one. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandName } from '../../shared/domain/commands.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { openConsole, signedInAs, type Window } from './window.ts';

let desk: Desk;
let careline: Window;
beforeAll(async () => {
  desk = await startDesk();
  careline = openConsole(desk, { parts: { now: () => desk.now } });
});
afterAll(() => desk.stop());

/** Each act that tells a parent or caregiver. */
const telling: readonly CommandName[] = [
  'record-parents-notice',
  'record-substantiation-notice',
  'record-finding-notice',
];
const readers = ['caseworker', 'area-supervisor', 'area-oncall', 'hart-liaison', 'careline-worker', 'legal'];

/** A referral with an open notice of each kind, and one mail of each duty. */
async function withNotices(child: object): Promise<string> {
  const id = await desk.opened({ ...child, danger: 'no', missingNow: 'no' });
  // The child is seen and safe, so the notices come first.
  await desk.do(
    id,
    'record-child-seen',
    { sighting: 'seen', seenAlone: 'seen-alone', seenBy: 'caseworker' },
    'caseworker',
  );
  await desk.do(id, 'record-safety-plan', { placement: 'placed', plan: 'Words.' }, 'caseworker');
  await desk.do(id, 'start-response', {}, 'caseworker');
  await desk.step(id, 'AskSameChild');
  await desk.do(id, 'classify-report', { track: 'investigation' }, 'careline-worker');
  const finding = { disposition: 'substantiated', reasonableCause: 'yes' };
  await desk.do(id, 'record-disposition', finding, 'area-supervisor');
  const opened = Object.values((await desk.state(id)).deadlines).filter(
    ({ rule, status }) => /^D(38|40)/.test(rule) && status === 'open',
  );
  for (const { id: run } of opened) await desk.step(id, 'RaiseCheckpoint', run);
  return id;
}

/** The acts of telling that a button of a page leads to, by how much it stands out. */
async function buttonsOf(who: string, id: string) {
  const browser = await signedInAs(careline, who);
  const { alerts } = await desk.state(id);
  const paths = ['/', ...['', '/tasks', '/child', '/decisions'].map((page) => `/referrals/${id}${page}`)];
  for (const alertId of Object.keys(alerts)) paths.push(`/alerts/${alertId}`);
  const found = { primary: new Set<string>(), others: new Set<string>(), notSafe: 0 };
  for (const path of paths) {
    const { html } = await browser.get(path);
    if (html.includes('Do not tell the caregiver')) found.notSafe += 1;
    for (const [link, href = ''] of html.matchAll(/<a [^>]*href="([^"]*\/do\/[^"]*)"[^>]*>/g)) {
      const [, name = ''] = /\/do\/([\w-]+)/.exec(href) ?? [];
      if (!telling.includes(name as CommandName)) continue;
      found[/class="usa-button"/.test(link) ? 'primary' : 'others'].add(name);
    }
  }
  return found;
}

test('no page and no mail has a primary button that tells a caregiver who may have had a part in it', async () => {
  const id = await withNotices({ perpetrators: ['caregiver'] });
  let [warned, led] = [0, 0];
  for (const who of readers) {
    const { primary, others, notSafe } = await buttonsOf(who, id);
    expect([who, ...primary]).toEqual([who]);
    warned += notSafe;
    led += others.size;
  }
  // The warning and the way to tell another parent are there.
  expect(warned).toBeGreaterThan(0);
  expect(led).toBeGreaterThan(0);
});

test('the way to tell another parent asks whether that person had a part in it, and answers it for no one', async () => {
  const id = await withNotices({ name: 'Birch Example', perpetrators: ['caregiver'] });
  const worker = await signedInAs(careline, 'caseworker');
  const { html } = await worker.get(`/referrals/${id}`);
  const [, href = ''] = /href="([^"]*\/do\/record-parents-notice[^"]*)"/.exec(html) ?? [];
  const { html: form } = await worker.get(href.replaceAll('&amp;', '&'));
  const [, answers = ''] = /<select[^>]* name="hadPart">(.*?)<\/select>/s.exec(form) ?? [];
  expect(answers).toMatch(/Not chosen.*Yes.*No.*Unknown/s);
  expect(answers).not.toContain('selected');
});

test('a worker who told a parent with a part in it can say so afterwards, and is offered no telling by it', async () => {
  const id = await withNotices({ name: 'Sorrel Example', perpetrators: ['caregiver'] });
  const worker = await signedInAs(careline, 'caseworker');
  const path = `/referrals/${id}/do/record-parents-notice`;
  expect((await worker.get(path)).html).not.toContain('name="corrects"');
  const told = { personTold: 'Her father.', method: 'phone', hadPart: 'no', reason: 'He called.' };
  await desk.do(id, 'record-parents-notice', told, 'caseworker');
  const { html: form } = await worker.get(path);
  const [, answers = ''] = /<select[^>]* name="corrects">(.*?)<\/select>/s.exec(form) ?? [];
  expect(answers).toMatch(/Not chosen.*Yes, it corrects the notice of .* I tell no one by it/s);
  expect(answers).not.toContain('selected');
  await desk.do(id, 'record-parents-notice', { ...told, hadPart: 'yes', corrects: 'yes' }, 'caseworker');
  const { html: history } = await worker.get(`/referrals/${id}/history`);
  expect(history).toMatch(/had a part in it: yes.*corrects an earlier record/s);
});

test('the same buttons stand out once two people agree that no caregiver had a part in it', async () => {
  const id = await withNotices({ name: 'Fern Example', perpetrators: ['third-party'] });
  await desk.do(id, 'record-facts', { caregiverNamed: 'yes' }, 'caseworker');
  await desk.do(id, 'propose-clearance', { reason: 'Words.' }, 'caseworker');
  await desk.do(id, 'agree-clearance', {}, 'hart-lead');
  const { primary } = await buttonsOf('caseworker', id);
  expect([...primary]).toContain('record-parents-notice');
});
