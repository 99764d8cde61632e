/** A history of invented referrals in the embedded cloud. Its chains are intact, what is open runs, and no mail of the past goes out. */
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cloud, startCloud } from '../../../infra/local/cloud.ts';
import { readTemplate } from '../../../infra/local/template/template.ts';
import { synthesize } from '../../../infra/synthesize.ts';
import type { Audit } from '../../../shared/application/read/audit.ts';
import { connecticut20261 } from '../../../shared/policy/connecticut-2026-1.ts';
import { policyOf } from '../../../shared/policy/policies.ts';
import { playHistory } from '../../../shared/reports/played/play-referrals.ts';
import { rowsAt } from '../../../shared/reports/whole-report.ts';
import { tuesday } from '../../support/stage.ts';
import { askApi, executionsOf, operatorOf } from '../../support/stage-cloud.ts';
import { addressOf } from '../../support/story.ts';

const history = { years: 1, referrals: 5, seed: 'cloud' };
const until = new Date(tuesday).toISOString();
const frozenAt = Date.parse(tuesday);
const played = playHistory(
  { seed: 'cloud', referrals: 5, from: until.replace('2026', '2025'), until },
  connecticut20261,
);
const faults: string[] = [];
let cloud: Cloud;
let ledger: string | undefined;

beforeAll(async () => {
  const { folder } = await synthesize();
  ledger = readTemplate(folder).resources.get('Ledger')?.name;
  const onLog = (source: string, line: string) => {
    if (line.includes('"ERROR"')) faults.push(`${source}: ${line}`);
  };
  cloud = await startCloud({ assembly: folder, frozenAt, history, onLog });
  await cloud.rest();
}, 300_000);
afterAll(() => cloud?.stop());

test('holds each referral as it was played, with a chain that no one changed', async () => {
  for (const { id, commits } of played) {
    const { body } = await askApi(cloud, addressOf('auditor'), `/referrals/${id}/audit`);
    const audit = body as unknown as Audit;
    expect(audit.chain).toMatchObject({ intact: true });
    expect(audit.commits.length).toBeGreaterThanOrEqual(commits.length);
  }
  expect(faults).toEqual([]);
});

test('stores what people did as a door does, which vouches for the chain before', async () => {
  const { sfn, dynamodb } = operatorOf(cloud);
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: ledger }));
  sfn.destroy();
  dynamodb.destroy();
  const rows = new Map(Items.map(({ pk, seq, vouches }) => [`${pk?.S} ${seq?.N}`, vouches?.BOOL === true]));
  for (const { id, commits } of played) {
    const stored = commits.map(({ seq }) => rows.get(`referral#${id} ${seq}`));
    expect(stored).toEqual(commits.map(({ actor }) => actor.kind === 'person'));
  }
});

test('runs the pathway of what is open alone', async () => {
  const { sfn, dynamodb } = operatorOf(cloud);
  // Where duties outlive a referral, its pathway begins once more, and is at its end at once.
  const names = (await executionsOf(sfn)).flatMap(({ name = '', status }) => (status === 'RUNNING' ? [name] : []));
  sfn.destroy();
  dynamodb.destroy();
  for (const { id, stage } of rowsAt(played, until, policyOf)) {
    expect([id, names.some((name) => name.startsWith(`${id}-g`))]).toEqual([id, stage === 'open']);
  }
});

test('sends no mail of the past', () => {
  expect(cloud.sent().length).toBeLessThan(20);
});

test('is counted by the API', async () => {
  const { body } = await askApi(
    cloud,
    addressOf('program-manager'),
    '/reports/what-happened?calendar=calendar-year&year=2026',
  );
  const [, referrals] = (
    body as unknown as { figures: { figure: { measure: string; count: number } }[] }
  ).figures.filter(({ figure }) => figure.measure === 'referrals');
  const open = rowsAt(played, until, policyOf).filter(({ sealed, receivedAt }) => !sealed && receivedAt < '2026');
  expect(referrals?.figure.count).toBe(open.length);
});
