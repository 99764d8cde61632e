import { describe, expect, it } from 'vitest';
import { createActivity } from '../../../../infra/local/clock/clock.ts';
import type { InvokeResult } from '../../../../infra/local/lambda/invocation.ts';
import { startQueueMappings } from '../../../../infra/local/lambda/queue-mapping.ts';
import { whereKnown } from '../../../../shared/domain/core/where-known.ts';
import { functionResource, temporaryFolder, writeTemplate } from './hand-written.ts';

const failed: InvokeResult = { ok: false, errorType: 'LedgerBusy', errorMessage: 'Try later.' };
const succeeded: InvokeResult = { ok: true, payload: null };
const stopping: InvokeResult = { ok: false, errorType: 'Lambda.ServiceException', errorMessage: 'Stopping.' };

const replays = (Enabled: boolean) =>
  writeTemplate({
    React: functionResource('React'),
    ReactFailures: { Type: 'AWS::SQS::Queue', Properties: {} },
    ReactReplays: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['ReactFailures', 'Arn'] }, maxReceiveCount: 3 },
      },
    },
    ReactReplay: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': ['ReactReplays', 'Arn'] },
        FunctionName: { Ref: 'React' },
        BatchSize: 1,
        Enabled,
      },
    },
  });
const template = replays(true);
const arnOf = (id: string) => template.resources.get(id)?.arn ?? '';
const queue = arnOf('ReactReplays');

function start(answer: (body: string) => InvokeResult, folder?: string, isOn = true) {
  const activity = createActivity();
  const received: string[] = [];
  const queues = startQueueMappings({
    template: isOn ? template : replays(false),
    activity,
    backoff: () => 0,
    ...whereKnown({ folder }),
    lambda: {
      invoke: async (_, payload) => {
        const [{ body = '' } = {}] = (payload as { Records: { body: string }[] }).Records;
        received.push(body);
        return answer(body);
      },
    },
  });
  return { activity, received, queues };
}

describe('a queue that feeds a function', () => {
  it('hands it each message once, in order, where all goes well', async () => {
    const { activity, received, queues } = start(() => succeeded);
    for (const body of ['one', 'two']) queues.send({ queue, body });
    await activity.rest();
    expect(received).toEqual(['one', 'two']);
    expect(queues.unread()).toEqual([]);
  });

  it('hands a message that fails over as often as its policy says, and then puts it where a person looks', async () => {
    const { activity, received, queues } = start((body) => (body === 'bad' ? failed : succeeded));
    for (const body of ['bad', 'good']) queues.send({ queue, body });
    await activity.rest();
    expect(received).toEqual(['bad', 'bad', 'bad', 'good']);
    expect(queues.unread()).toEqual([{ queue: arnOf('ReactFailures'), body: 'bad' }]);
  });

  it('keeps its messages over a restart', async () => {
    const folder = temporaryFolder();
    const first = start(() => stopping, folder);
    first.queues.send({ queue, body: 'late' });
    await first.activity.rest();
    await first.queues.stop();
    const second = start(() => failed, folder);
    await second.activity.rest();
    expect(second.received).toEqual(['late', 'late', 'late']);
    await second.queues.stop();
    expect(start(() => succeeded, folder).queues.unread()).toEqual([{ queue: arnOf('ReactFailures'), body: 'late' }]);
  });

  it('keeps its messages while its mapping is off, and hands them over once it is on', async () => {
    const folder = temporaryFolder();
    const off = start(() => succeeded, folder, false);
    off.queues.send({ queue, body: 'later' });
    await off.activity.rest();
    expect(off.received).toEqual([]);
    await off.queues.stop();
    const on = start(() => succeeded, folder);
    await on.activity.rest();
    expect(on.received).toEqual(['later']);
  });

  it('that no function reads keeps what is put into it', () => {
    const { queues } = start(() => succeeded);
    const message = { queue: arnOf('ReactFailures'), body: 'lost' };
    queues.send(message);
    expect(queues.unread()).toEqual([message]);
  });
});
