/**
 * What a missing grant does to the pathway. The whole embedded cloud runs the synthesized template with one grant taken
 * out.
 */
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetExecutionHistoryCommand } from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Cloud, startCloud } from '../../../infra/local/cloud.ts';
import { synthesize } from '../../../infra/synthesize.ts';
import { report, reporter } from '../../bench/referral.ts';
import { tuesday } from '../../support/stage.ts';
import { askApi, executionsOf, operatorOf } from '../../support/stage-cloud.ts';

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}
interface Template {
  readonly Resources: Readonly<
    Record<
      string,
      { readonly Type: string; readonly Properties: { readonly PolicyDocument?: { Statement: Statement[] } } }
    >
  >;
}

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** The statements without the action on what names `resource`. */
const without = (statements: readonly Statement[], action: string, resource: string): Statement[] =>
  statements.flatMap((statement) => {
    if (!JSON.stringify(statement.Resource).includes(`"${resource}"`)) return [statement];
    const Action = [statement.Action].flat().filter((each) => each !== action);
    return Action.length === 0 ? [] : [{ ...statement, Action }];
  });

/** A copy of the assembly whose role of `owner` may not do `action` on `resource` (a logical id). */
async function assemblyWithout(owner: string, action: string, resource: string): Promise<string> {
  const { folder } = await synthesize();
  const copy = mkdtempSync(join(tmpdir(), 'careline-grants-'));
  ends.push(() => rmSync(copy, { recursive: true }));
  let removed = 0;
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.json')) symlinkSync(join(folder, name), join(copy, name));
    else if (!name.endsWith('.template.json')) copyFileSync(join(folder, name), join(copy, name));
    else {
      const template = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Template;
      for (const [id, { Properties }] of Object.entries(template.Resources)) {
        const document = Properties?.PolicyDocument;
        if (!document || !id.startsWith(`${owner}RoleDefaultPolicy`)) continue;
        const left = without(document.Statement, action, resource);
        if (JSON.stringify(left) !== JSON.stringify(document.Statement)) removed += 1;
        document.Statement = left;
      }
      writeFileSync(join(copy, name), JSON.stringify(template));
    }
  }
  expect(removed, `the grant of ${action} on ${resource} to ${owner}`).toBe(1);
  return copy;
}

/** The failed runs of a report that is taken without the grant, as soon as there is one. */
async function runWithout(owner: string, action: string, resource: string) {
  const cloud: Cloud = await startCloud({
    assembly: await assemblyWithout(owner, action, resource),
    frozenAt: Date.parse(tuesday),
  });
  ends.push(() => cloud.stop());
  const { sfn, dynamodb } = operatorOf(cloud);
  ends.push(() => [sfn, dynamodb].map((client) => client.destroy()));
  const { status } = await askApi(cloud, reporter, '/reports', { body: report });
  expect(status).toBe(201);
  // Not until everything rests: a run that is lost is started anew, and without its grant fails again.
  const run = await vi.waitUntil(
    async () => (await executionsOf(sfn)).find(({ name, status: is }) => !name.includes('.') && is === 'FAILED'),
    { timeout: 20_000, interval: 50 },
  );
  const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn: run.arn, reverseOrder: true }));
  return events;
}

describe('the pathway without one grant stops and names action and resource', () => {
  it.each([
    ['AskSameChild', 'dynamodb:Query', 'Ledger', /dynamodb:Query on resource: arn:\S+:table\/\S+/],
    ['AskSameChild', 'kms:Decrypt', 'LedgerKey', /kms:Decrypt on resource: arn:\S+:key\/\S+/],
  ])('where %s may not %s on %s', async (owner, action, resource, said) => {
    const [end] = await runWithout(owner, action, resource);
    expect(end?.executionFailedEventDetails).toMatchObject({
      error: 'AccessDeniedException',
      cause: expect.stringMatching(said),
    });
  });
});
