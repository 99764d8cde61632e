/** One request id, from the answer's header through commits, runs and logs, as docs/runbooks/follow-a-request.md says. */
import { DescribeExecutionCommand, GetExecutionHistoryCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { addressOf, reportOf, screening } from '../../support/story.ts';
import { stage } from './shared-stage.ts';

async function send(by: string, path: string, body: object) {
  const { cloud } = stage;
  const response = await fetch(`${cloud.webUrl}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await cloud.token(addressOf(by))}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answered = {
    id: response.headers.get('x-request-id') ?? '',
    status: response.status,
    body: (await response.json()) as Readonly<Record<string, unknown>>,
  };
  await cloud.rest();
  return answered;
}

/** What `aws logs` asks. */
async function logs<Answer>(operation: string, input: object): Promise<Answer> {
  const response = await fetch(stage.cloud.endpointUrl, {
    method: 'POST',
    headers: { 'x-amz-target': `Logs_20140328.${operation}`, 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(input),
  });
  return (await response.json()) as Answer;
}

/** The log lines with this request, each with the group that it stands in. */
async function linesWith(requestId: string) {
  const { logGroups } = await logs<{ logGroups: { logGroupName: string }[] }>('DescribeLogGroups', {});
  const found: { group: string; line: Readonly<Record<string, unknown>> }[] = [];
  for (const { logGroupName } of logGroups) {
    const { events = [] } = await logs<{ events?: { message: string }[] }>('FilterLogEvents', {
      logGroupName,
      filterPattern: `"${requestId}"`,
    });
    for (const { message } of events) found.push({ group: logGroupName, line: JSON.parse(message) });
  }
  return found;
}

describe('a request', () => {
  it('is followed from the header of its answer through commits, runs and logs', async () => {
    const report = await send('careline-worker', '/reports', reportOf({}));
    expect(report.status).toBe(201);
    expect(report.id).toMatch(/^[\w-]{20,64}$/);
    const [referralId = ''] = report.body.referralIds as string[];

    // The commits: the command's own, and those of the steps of the runs that it began.
    const { commits } = await stage.audit(referralId);
    const causes = commits.map(({ cause }) => cause as { kind: string; requestId?: string });
    expect(causes[0]).toMatchObject({ kind: 'command', requestId: report.id });
    for (const cause of causes.filter(({ kind }) => kind === 'task')) expect(cause.requestId).toBe(report.id);

    // The runs.
    const runs = await stage.executions(referralId);
    expect(runs.length).toBeGreaterThan(3);
    for (const { arn } of runs) {
      const { input = '' } = await stage.sfn.send(new DescribeExecutionCommand({ executionArn: arn }));
      expect(JSON.parse(input)).toMatchObject({ requestId: report.id });
    }

    // The logs.
    const lines = await linesWith(report.id);
    const groups = new Set(lines.map(({ group }) => group.replace(/Logs[0-9A-F]{8}$/, '')));
    expect([...groups]).toEqual(expect.arrayContaining(['Api', 'React']));
    for (const { line } of lines) expect(line.requestId).toBe(report.id);
    expect(lines.map(({ line }) => line)).toContainEqual(
      expect.objectContaining({ message: 'Committed.', chain: `referral#${referralId}`, seq: 1 }),
    );
    const started = lines.filter(({ line }) => line.message === 'Run started.').map(({ line }) => line.run);
    expect(started.toSorted()).toEqual(runs.map(({ name }) => name).toSorted());
  });

  it('that wakes a run is the one that the run goes on for', async () => {
    const report = await send('careline-worker', '/reports', reportOf({}));
    const [referralId = ''] = report.body.referralIds as string[];
    const { by, command, input = {} } = screening('confirmed');
    const screened = await send(by, `/referrals/${referralId}/commands/${command}`, input);
    expect(screened.status).toBe(200);
    expect(screened.id).not.toBe(report.id);

    const { commits } = await stage.audit(referralId);
    const steps = commits.filter(({ events }) => events.some(({ type }) => type === 'eligibility-proposed'));
    expect(steps.map(({ cause }) => cause)).toMatchObject([{ kind: 'task', requestId: screened.id }]);
    const lines = await linesWith(screened.id);
    const groups = lines.map(({ group }) => group.replace(/Logs[0-9A-F]{8}$/, ''));
    expect(groups).toEqual(expect.arrayContaining(['Api', 'React', 'ProposeEligibility', 'TakeStep']));
    const [run] = (await stage.executions(referralId)).filter(({ name }) => name.startsWith(`${referralId}-g`));
    const { events = [] } = await stage.sfn.send(new GetExecutionHistoryCommand({ executionArn: run?.arn }));
    expect(JSON.stringify(events)).toContain(screened.id);
  });

  it('of the console has its id in the header of the answer too', async () => {
    const response = await fetch(`${stage.cloud.webUrl}/`, { redirect: 'manual' });
    expect(response.headers.get('x-request-id')).toMatch(/^[\w-]{20,64}$/);
  });
});
