/** What people ask of AWS first, over the wire: who am I, what is deployed, what did a function say? */
import { describe, expect, it } from 'vitest';
import { signedFor } from './endpoint/ask.ts';
import { stage } from './shared-stage.ts';

async function form(service: string, fields: Readonly<Record<string, string>>): Promise<string> {
  const headers = { authorization: signedFor(service), 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams(fields);
  return (await fetch(stage.cloud.endpointUrl, { method: 'POST', headers, body })).text();
}

async function json<Answer>(target: string, input: object): Promise<Answer> {
  const headers = { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' };
  const body = JSON.stringify(input);
  return (await (await fetch(stage.cloud.endpointUrl, { method: 'POST', headers, body })).json()) as Answer;
}

describe('a cloud that runs tells over the wire', () => {
  it('who asks, and what is deployed', async () => {
    expect(await form('sts', { Action: 'GetCallerIdentity', Version: '2011-06-15' })).toContain(':root</Arn>');
    const stacks = await form('cloudformation', { Action: 'DescribeStacks', Version: '2010-05-15' });
    expect(stacks).toContain(`<OutputValue>${stage.cloud.webUrl}/</OutputValue>`);
  });

  it('what a function wrote', async () => {
    const path = '/2015-03-31/functions/AskSameChild/invocations';
    const body = JSON.stringify({ referralId: 'CR-0000000000-0', generation: 1 });
    await fetch(`${stage.cloud.endpointUrl}${path}`, { method: 'POST', body });
    const { logGroups } = await json<{ logGroups: { logGroupName: string }[] }>('Logs_20140328.DescribeLogGroups', {});
    const logGroupName = logGroups.find((each) => each.logGroupName.startsWith('AskSameChildLogs'))?.logGroupName;
    const { events } = await json<{ events: { message: string; timestamp: number }[] }>(
      'Logs_20140328.FilterLogEvents',
      { logGroupName, filterPattern: '"A task failed."' },
    );
    expect(events).not.toEqual([]);
    expect(events[0]?.timestamp).toBe(stage.cloud.clock.now());
  });

  it('in a sentence what it does not have, in the form of the protocol', async () => {
    const roles = await form('iam', { Action: 'ListRoles', Version: '2010-05-08' });
    expect(roles).toContain('<Message>ListRoles of the service iam is not part of the embedded cloud.</Message>');
    expect(await json('AmazonSQS.ListQueues', {})).toMatchObject({
      __type: 'UnknownOperationException',
      message: 'The call AmazonSQS.ListQueues is not part of the embedded cloud.',
    });
  });
});
