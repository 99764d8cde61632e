/** The proof file by the API: which people get it, and what of a sealed referral is in it. */
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Proof } from '../../shared/proof/verify-proof.ts';
import { type AnchorStage, startAnchors } from '../support/anchor-stage.ts';
import { openApi } from '../support/api-client.ts';
import { type Desk, startDesk } from '../support/desk.ts';

let desk: Desk;
let stage: AnchorStage;
let id: string;
let api: ReturnType<typeof openApi>;
beforeEach(async () => {
  desk = await startDesk();
  stage = await startAnchors(desk);
  id = await desk.opened({ name: 'Wren Canary' });
  await desk.ledger.recordAccess(
    id,
    { now: desk.now, actor: { kind: 'person', id: 'P-CASEWORKER' }, cause: { kind: 'delivery' } },
    ['name'],
  );
  await stage.hour();
  api = openApi(desk, { proofs: { archive: stage.archive, script: () => 'The script.' } });
});
afterEach(async () => {
  await stage.stop();
  await desk.stop();
});

const proofIn = (zip: unknown): Proof => {
  const files = unzipSync(Buffer.from(String(zip), 'base64'));
  return JSON.parse(strFromU8(files['proof.json'] ?? new Uint8Array()));
};

test.each(['P-AUDITOR', 'P-ADMINISTRATOR'])('%s gets a file that proves all it claims', async (as) => {
  const { status, body } = await api.ask(`/referrals/${id}/proof`, { as });
  expect(status).toBe(200);
  expect(body).toMatchObject({ name: `proof-${id}.zip`, problems: [] });
  expect(proofIn(body.zip)).toMatchObject({ referral: id, anchors: [expect.anything()] });
  expect(JSON.stringify(body)).not.toContain('Canary');
  expect(api.faults).toEqual([]);
});

test('a person who may not audit gets a refusal, and an unknown reference is unknown', async () => {
  expect(await api.ask(`/referrals/${id}/proof`, { as: 'P-CASEWORKER' })).toMatchObject({ status: 403 });
  expect(await api.ask('/referrals/CR-00000-000000/proof', { as: 'P-AUDITOR' })).toMatchObject({ status: 404 });
});

test('before the first anchor the answer says that nothing is proved yet', async () => {
  const early = openApi(desk);
  const { body } = await early.ask(`/referrals/${id}/proof`, { as: 'P-AUDITOR' });
  expect(body.problems).toEqual([expect.stringContaining('nothing is proved')]);
  expect(body.fingerprint).toBeUndefined();
});

test('of a sealed referral the file has hashes alone, for a person that the seal shuts out', async () => {
  await desk.do(
    id,
    'seal-referral',
    { because: 'workers-family', forPeople: ['P-CARELINE-SUPERVISOR', 'P-CARELINE-SUPERVISOR.2'], reason: 'Invented.' },
    'careline-manager',
  );
  await stage.hour();
  const { status, body } = await api.ask(`/referrals/${id}/proof`, { as: 'P-AUDITOR' });
  expect(status).toBe(200);
  const texts = proofIn(body.zip).chains.flatMap(({ commits }) => commits.map(({ text }) => text));
  expect(texts.filter((text) => text !== undefined)).toEqual([]);
});
