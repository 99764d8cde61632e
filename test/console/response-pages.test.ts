/** Faults 4, 5 and 8 of issue 16 as a person meets them on a page. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { boardRows } from '../../shared/domain/board/board-rows.ts';
import type { CommandName } from '../../shared/domain/commands.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import type { Tables } from '../support/tables.ts';
import { actsOn, type Browser, formFor, report, startConsole, type Window } from './window.ts';

let tables: Tables;
let careline: Window;
let worker: Browser;
let caseworker: Browser;
beforeAll(async () => {
  ({ tables, careline } = await startConsole());
  worker = await careline.person('P-CARELINE-WORKER-1');
  caseworker = await careline.person('P-CASEWORKER-NEW-HAVEN-1');
});
afterAll(() => tables.stop());

const stateOf = async (id: string) => {
  const referral = await tables.ledger.referral(id);
  if (!referral) throw new Error(`There is no referral ${id}.`);
  return referral.state;
};
let keys = 0;
async function act(by: Browser, id: string, name: CommandName, fields: Parameters<Browser['post']>[1]) {
  keys += 1;
  await by.get(`/referrals/${id}`);
  return by.post(`/referrals/${id}/do/${name}`, { key: `key-${keys}`, ...fields });
}
const ticked = (html: string) =>
  [...html.matchAll(/name="perpetrators" value="([a-z-]+)" checked/g)].map(([, code]) => code);

test('fault 4: a report names alleged perpetrators by ticks, and no tick means unknown', async () => {
  const both = await report(worker, { 'children[0].perpetrators': ['caregiver', 'third-party'] });
  expect((await stateOf(both)).child.perpetrators).toEqual(['caregiver', 'third-party']);
  expect((await stateOf(await report(worker))).child.perpetrators).toEqual(['unknown']);
});

test('fault 4: the form of later facts comes with the recorded ticks, and takes others', async () => {
  const id = await report(worker, { 'children[0].perpetrators': ['caregiver'] });
  const form = await formFor(caseworker, id, 'record-facts');
  expect(ticked(form)).toEqual(['caregiver']);
  expect(form).toContain('Others, not known who');
  const answer = await act(caseworker, id, 'record-facts', { perpetrators: ['caregiver', 'unknown'], knownAt: 'now' });
  expect(answer.status).toBe(303);
  expect((await stateOf(id)).child.perpetrators).toEqual(['caregiver', 'unknown']);
  expect((await caseworker.get(`/referrals/${id}/child`)).html).toContain('Caregiver, Others, not known who');
});

test('fault 4: a form about another fact changes nothing about the alleged perpetrators', async () => {
  const id = await report(worker, { 'children[0].perpetrators': ['caregiver'] });
  await act(caseworker, id, 'record-facts', { perpetrators: ['caregiver'], homeless: 'yes', knownAt: 'now' });
  const referral = await tables.ledger.referral(id);
  const [learned] =
    referral?.commits.flatMap(({ events }) => events.filter(({ type }) => type === 'facts-learned')) ?? [];
  expect(learned).toMatchObject({ homeless: 'yes' });
  expect(learned).not.toHaveProperty('perpetrators');
});

/** The values that a browser sends of a form as it is shown: each list's chosen option, or its first. */
const asShown = (form: string): Record<string, string> =>
  Object.fromEntries(
    [...form.matchAll(/<select[^>]*name="([^"]+)"[^>]*>(.*?)<\/select>/gs)].map(([, name = '', options = '']) => {
      const chosen =
        /<option[^>]*value="([^"]*)"[^>]*selected/.exec(options) ?? /<option[^>]*value="([^"]*)"/.exec(options);
      return [name, chosen?.[1] ?? ''];
    }),
  );

test.each([{}, { 'children[0].missingNow': 'unknown' }])(
  'the form of later facts is sent as it is shown with one answer, and records that answer alone: %j',
  async (told) => {
    const id = await report(worker, told);
    const form = await formFor(caseworker, id, 'record-facts');
    expect(Object.keys(asShown(form))).toContain('missingNow');
    const answer = await act(caseworker, id, 'record-facts', {
      ...asShown(form),
      schoolEmployee: 'no',
      knownAt: 'now',
    });
    expect(answer.status).toBe(303);
    const referral = await tables.ledger.referral(id);
    const learned = referral?.commits.flatMap(({ events }) => events.filter(({ type }) => type === 'facts-learned'));
    expect(learned).toEqual([{ type: 'facts-learned', v: 1, knownAt: expect.any(String), schoolEmployee: 'no' }]);
  },
);

test('fault 5: the caseworker reads that the notice to the parents needs a decision, and the act that may be sent is its button', async () => {
  const id = await report(worker);
  await act(worker, id, 'classify-report', { track: 'assessment' });
  const { html } = await caseworker.get(`/referrals/${id}/tasks`);
  const [, step = ''] = html.split('Give or withhold the notice to the parents');
  expect(actsOn(step)[0]).toBe('withhold-parents-notice');
  // While a caregiver's part is not ruled out, the other one is refused.
  const { html: others } = await caseworker.get(`/referrals/${id}/acts`);
  expect(actsOn(others)).toContain('record-parents-notice');
  const told = { personTold: 'Her mother', method: 'phone', reason: 'The law asks it.' };
  const refused = await act(caseworker, id, 'record-parents-notice', told);
  expect(refused.html).toContain('No one knows yet whether a caregiver had a part in it.');
  const kept = await act(caseworker, id, 'withhold-parents-notice', {
    ground: 'endangers-a-person',
    reason: 'It would warn the seller.',
  });
  expect(kept.status).toBe(303);
  expect((await caseworker.get(`/referrals/${id}/child`)).html).toMatch(/Notice to the parents<\/dt>\s*<dd>Withheld/);
});

test('fault 8: a pause stands at the top of the page and in the queue, until it ends', async () => {
  const id = await report(worker);
  const answer = await act(worker, id, 'pause-outreach', {
    agencyId: 'A-NEW-HAVEN',
    personReached: 'Detective Example',
    until: '2026-11-10T10:00',
    reason: 'The arrest is planned.',
  });
  expect(answer.status).toBe(303);
  const sentence = 'Do not contact the child or family before Tue Nov 10, 2026, 10:00 AM EST: police coordination.';
  const page = (await caseworker.get(`/referrals/${id}`)).html;
  expect(page.indexOf(sentence)).toBeGreaterThan(0);
  expect(page.indexOf(sentence)).toBeLessThan(page.indexOf(`<h1>Referral <span class="reference">${id}`));
  for (const row of boardRows(await stateOf(id), connecticutPolicy)) await tables.board.put(row);
  const rowOf = (html: string) =>
    html
      .split('<tr>')
      .slice(1)
      .find((row) => row.includes(id)) ?? '';
  expect(rowOf((await worker.get('/')).html)).toContain(sentence);
  careline.passes(86_400);
  worker = await careline.person('P-CARELINE-WORKER-1');
  expect((await worker.get(`/referrals/${id}`)).html).not.toContain('police coordination');
  expect(rowOf((await worker.get('/')).html)).not.toContain('police coordination');
});
