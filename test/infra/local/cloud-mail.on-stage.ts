/**
 * The faults of mail that a running cloud can switch on, and the page that names them. Also the stories of
 * `test/workflows` that need several Lambda instances at once, or EventBridge.
 */
import { readFileSync } from 'node:fs';
import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { report, reporter } from '../../bench/referral.ts';
import { faultKinds } from '../../simulate/faults.ts';
import { eventsIn } from '../../support/stage.ts';
import { askApi } from '../../support/stage-cloud.ts';
import { addressOf, reportOf } from '../../support/story.ts';
import { stage } from './shared-stage.ts';

const mail = async (body?: unknown) => {
  const answer = await fetch(`${stage.cloud.endpointUrl}/_local/mail`, {
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as unknown };
};

describe('over the wire', () => {
  it('a report that is submitted four times at once is one referral', async () => {
    const worker = addressOf('careline-worker');
    const submit = () => askApi(stage.cloud, worker, '/reports', { body: reportOf({}), key: 'call 2' });
    const answers = await Promise.all([submit(), submit(), submit(), submit()]);
    await stage.cloud.rest();
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    const ids = [...new Set(answers.flatMap(({ body }) => body.referralIds as string[]))];
    expect(ids).toHaveLength(1);
    const audit = await stage.audit(ids[0] ?? '');
    expect(eventsIn(audit, 'referral-opened')).toHaveLength(1);
    const names = (await stage.executions(ids[0] ?? '')).map(({ name }) => name);
    expect(names.toSorted()).toEqual(audit.runs.map(({ execution }) => execution).toSorted());
  });

  it('an execution that an operator stops is followed by the next generation', async () => {
    const { body } = await stage.reports(reportOf({}));
    const [id = ''] = body.referralIds as string[];
    const [run] = (await stage.executions(`${id}.G1`)).map(({ arn }) => arn);
    await stage.sfn.send(new StopExecutionCommand({ executionArn: run, cause: 'Stopped by hand.' }));
    await stage.cloud.rest();
    const runs = (await stage.executions(`${id}.G1`)).map(({ name, status }) => `${name.slice(id.length)} ${status}`);
    expect(runs.toSorted()).toEqual(['.G1-g1 ABORTED', '.G1-g2 RUNNING']);
    expect(stage.faults).toEqual([]);
    expect(stage.cloud.failures()).toEqual([]);
  });
});

describe('the local route for mail', () => {
  it('throttles as many mails as it is told to, and the product still sends each of them once', async () => {
    expect(await mail({ throttleNext: 2 })).toEqual({ status: 200, body: { throttleNext: 2, dailyQuota: 50_000 } });
    const { body } = await stage.reports(report, { by: reporter });
    const [id = ''] = body.referralIds as string[];
    expect(await mail()).toEqual({ status: 200, body: { throttleNext: 0, dailyQuota: 50_000 } });
    const sent = stage.mails(id).map(({ to, subject }) => `${to} ${subject}`);
    expect(sent.length).toBeGreaterThan(2);
    expect(new Set(sent).size).toBe(sent.length);
    expect(stage.cloud.failures()).toEqual([]);
  });

  it.each([{ throttleNext: -1 }, { perSecond: 1 }, 'often'])(
    'answers %j with the inputs that it takes',
    async (body) => {
      expect(await mail(body)).toMatchObject({ status: 400, body: { error: expect.stringContaining('throttleNext') } });
    },
  );
});

it('docs/local-versus-aws.md names only faults that the simulator has', () => {
  const page = readFileSync(new URL('../../../docs/local-versus-aws.md', import.meta.url), 'utf8');
  const named = [...page.matchAll(/simulate: (`[^|]*)/g)].flatMap(([, faults = '']) =>
    [...faults.matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => name),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !faultKinds.some((kind) => kind === name))).toEqual([]);
});
