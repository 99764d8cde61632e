/** What a person hears while the key service of the vault does not answer. Nothing is lost, and nothing done by half. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DependencyUnavailable } from '../../shared/contracts/faults.ts';
import { createDataKeys } from '../../shared/store/data-keys.ts';
import { createIdentities } from '../../shared/store/identities.ts';
import type { KeyWrapping } from '../../shared/store/wrapping-key.ts';
import { openApi } from '../support/api-client.ts';
import { type Desk, reportOf, startDesk } from '../support/desk.ts';

let desk: Desk;
let isAway = false;
const tables = ['Ledger', 'Identities', 'VaultKeys', 'Board'] as const;
const stored = () => Promise.all(tables.map((table) => desk.items(table)));
const worker = 'P-CARELINE-WORKER';

/** The API of a cold instance: it has opened no data key yet. */
function coldApi() {
  const { client, wrapping: real } = desk;
  const away = () => Promise.reject(new DependencyUnavailable('The key service did not answer: try again.'));
  const wrapping: KeyWrapping = {
    generate: (owner) => (isAway ? away() : real.generate(owner)),
    unwrap: (owner, wrapped) => (isAway ? away() : real.unwrap(owner, wrapped)),
  };
  const keys = createDataKeys({ client, table: 'VaultKeys', wrapping, now: () => 0 });
  return openApi({
    ...desk,
    get now() {
      return desk.now;
    },
    identities: { ...desk.identities, ...createIdentities({ client, table: 'Identities', keys }) },
  });
}
beforeEach(async () => {
  desk = await startDesk();
  isAway = false;
});
afterEach(() => desk.stop());

test('a report is not taken, nothing is stored, and the same report is taken once afterwards', async () => {
  const api = coldApi();
  const [before, more] = [
    await stored(),
    { as: worker, body: reportOf({ name: 'Wren Example' }), headers: { 'Idempotency-Key': 'one' } },
  ];
  isAway = true;
  const refused = await api.ask('/reports', more);
  expect(refused).toMatchObject({ status: 500, body: { title: 'Something failed here' } });
  expect(String(refused.body.detail)).toContain('Send the same request again with the same Idempotency-Key');
  expect(refused.text).not.toMatch(/Wren|key service|KMS/);
  expect(await stored()).toEqual(before);
  expect(api.faults).toMatchObject([{ name: 'DependencyUnavailable' }]);
  isAway = false;
  const taken = await api.ask('/reports', more);
  expect(taken.status).toBe(201);
  const again = await api.ask('/reports', more);
  expect(again.body).toMatchObject({ referralIds: taken.body.referralIds });
});

test('an act with words is not done, and one without words is', async () => {
  const id = await desk.opened({ name: 'Wren Example' });
  const api = coldApi();
  const before = await stored();
  isAway = true;
  const plan = {
    as: 'P-CASEWORKER',
    body: { placement: 'placed', plan: 'Words of a plan.' },
    headers: { 'Idempotency-Key': 'plan' },
  };
  expect((await api.ask(`/referrals/${id}/commands/record-safety-plan`, plan)).status).toBe(500);
  expect(await stored()).toEqual(before);
  expect((await api.ask(`/referrals/${id}`, { as: 'P-CASEWORKER' })).status).toBe(200);
  isAway = false;
  expect((await api.ask(`/referrals/${id}/commands/record-safety-plan`, plan)).status).toBe(200);
});

test('who the child is cannot be read, and the read is recorded all the same', async () => {
  const id = await desk.opened({ name: 'Wren Example' });
  const api = coldApi();
  isAway = true;
  const path = `/referrals/${id}/identities?purpose=work-on-referral`;
  expect((await api.ask(path, { as: 'P-CASEWORKER' })).status).toBe(500);
  isAway = false;
  desk.at('2026-11-09T15:01:00Z');
  expect((await api.ask(path, { as: 'P-CASEWORKER' })).body).toMatchObject({ childName: 'Wren Example' });
  expect((await desk.items('Ledger')).filter(({ pk }) => pk === `access#${id}`)).toHaveLength(2);
});

test('a draft keeps its last saved words', async () => {
  const api = coldApi();
  const save = (revision: number, narrative: string) =>
    api.ask('/drafts', {
      as: worker,
      body: { revision, content: { narrative } },
      headers: { 'Idempotency-Key': 'draft' },
    });
  const id = String((await save(1, 'First words')).body.id);
  const cold = coldApi();
  isAway = true;
  const more = {
    as: worker,
    body: { revision: 2, content: { narrative: 'Second words' } },
    headers: { 'Idempotency-Key': 'draft' },
  };
  expect((await cold.ask('/drafts', more)).status).toBe(500);
  isAway = false;
  expect((await cold.ask(`/drafts/${id}`, { as: worker })).body).toMatchObject({
    content: { narrative: 'First words' },
  });
  expect((await cold.ask('/drafts', more)).status).toBe(200);
});
