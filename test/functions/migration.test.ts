/**
 * A migration through application and runs, with the stores as they are. The wait wakes, and the audit names both
 * versions.
 */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { awaitPerson } from '../../functions/await-person/await-person.ts';
import { react } from '../../functions/react/react.ts';
import { auditReferral } from '../../shared/application/read/audit.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { first, second, versionOf, versions } from '../support/second-version.ts';

let desk: Desk;
let id: string;
const resumed: (readonly [string, unknown])[] = [];
beforeEach(async () => {
  desk = await startDesk({ policyOf: versionOf, released: versions });
  resumed.length = 0;
  id = await desk.opened({ danger: 'no' });
});
afterEach(() => desk.stop());

const onUncompared = () => undefined;
const runs = {
  start: async () => undefined,
  resume: async ({ token }: { readonly token: string }, output: object) => void resumed.push([token, output]),
};
const migrate = () =>
  desk.do(id, 'migrate-policy', { policy: second.version, reason: 'An invented reason.' }, 'administrator');
const enter = (rule: string, checkpointAt: string) =>
  awaitPerson(
    { ...desk.parts(), resume: runs.resume },
    {
      run: 'deadline',
      referralId: id,
      runId: `${id}.${rule}.1`,
      checkpointAt,
      generation: 1,
      token: `token ${rule}`,
      enteredAt: desk.now,
      retryCount: 0,
      startedAt: desk.now,
    },
  );

test('the run of a deadline that moved wakes, with the checkpoint of the new rule, and no other', async () => {
  await enter('D8', '2026-11-09T17:00:00Z');
  await enter('D7', '2026-11-10T03:00:00Z');
  await migrate();
  await react({ ...desk, runs, machines: { referral: 'arn:referral', deadline: 'arn:deadline' }, onUncompared }, id);
  expect(resumed).toEqual([['token D8', { outcome: 'moved', checkpointAt: '2026-11-09T16:30:00Z' }]]);
});

test('a run that enters its wait afterwards waits for the new checkpoint, and its step answers by the new rule', async () => {
  await migrate();
  await enter('D8', '2026-11-09T16:30:00Z');
  expect(resumed).toEqual([]);
  desk.at('2026-11-09T16:30:00Z');
  expect(await desk.step(id, 'RaiseCheckpoint', `${id}.D8.1`)).toEqual({
    outcome: 'waiting',
    checkpointAt: '2026-11-09T17:15:00Z',
  });
});

test('the audit has the migration with both versions, and later commits are under the new one', async () => {
  await migrate();
  await desk.do(id, 'classify-report', { track: 'information-only' }, 'careline-worker');
  const audit = await auditReferral(desk, id, { id: 'P-ADMINISTRATOR' });
  expect(audit?.policy).toBe(second.version);
  expect(audit?.commits.flatMap(({ says }) => says)).toContain(
    `Brought from the rules of ${first.version} under those of ${second.version}`,
  );
  const { commits = [] } = (await desk.ledger.referral(id)) ?? {};
  expect(commits.slice(-2).map(({ policy }) => policy)).toEqual([first.version, second.version]);
});
