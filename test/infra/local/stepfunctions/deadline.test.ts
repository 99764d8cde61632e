import { describe, expect, it } from 'vitest';
import { newFolder } from '../dynamodb/new-folder.ts';
import { type Call, createStage, noon, ok, workflow } from './stage.ts';

const machines = { Deadline: workflow('deadline') };
const hour = 3_600_000;
const iso = (instant: number) => new Date(instant).toISOString();
const input = { referralId: 'CR-1', runId: 'CR-1.D9.1', generation: 1, checkpointAt: iso(noon + 12 * hour) };

/** RaiseCheckpoint names the next checkpoint twelve hours on; AwaitPerson only keeps the token. */
const answer = (call: Call) =>
  ok(call.function === 'RaiseCheckpoint' ? { outcome: 'waiting', checkpointAt: iso(call.at + 12 * hour) } : 'ignored');
const tokenOf = (call: Call | undefined) => String(call?.payload.token);

describe('a deadline that waits for a person', () => {
  it('hands the function a token and what it needs to tell one wait from another', async () => {
    const stage = createStage({ machines, answer });
    const arn = await stage.start('Deadline', 'CR-1.D9.1-g1', input);
    expect(stage.calls).toHaveLength(1);
    expect(stage.calls[0]?.payload).toEqual({
      ...input,
      run: 'deadline',
      token: expect.stringMatching(/^[A-Za-z0-9+/]{64,}=*$/),
      enteredAt: '2026-03-02T12:00:00.000Z',
      retryCount: 0,
      startedAt: '2026-03-02T12:00:00.000Z',
      requestId: 'none',
      catchesMoved: true,
    });
    expect(await stage.types(arn)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
    ]);
    expect((await stage.describe(arn)).status).toBe('RUNNING');
  });

  it('ends when the person has answered, with the outcome that the answer brought', async () => {
    const stage = createStage({ machines, answer });
    const arn = await stage.start('Deadline', 'CR-1.D9.1-g1', input);
    await stage.clock.advance(hour);
    const taskToken = tokenOf(stage.calls[0]);
    expect(await stage.call('SendTaskSuccess', { taskToken, output: '{"outcome":"kept"}' })).toEqual({});
    expect(await stage.describe(arn)).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"outcome":"kept"}',
      stopDate: (noon + hour) / 1000,
    });
    expect((await stage.types(arn)).slice(5)).toEqual(['TaskSucceeded', 'TaskStateExited', 'ExecutionSucceeded']);
    expect(stage.transitions()).toBe(1);
  });

  it('goes back into its wait by one transition, with another token, when its checkpoint has moved', async () => {
    const stage = createStage({ machines, answer });
    const arn = await stage.start('Deadline', 'CR-1.D9.1-g1', input);
    const moved = { outcome: 'moved', checkpointAt: iso(noon + 3 * hour), requestId: 'R-1' };
    const answered = { taskToken: tokenOf(stage.calls[0]), error: 'Moved', cause: JSON.stringify(moved) };
    expect(await stage.call('SendTaskFailure', answered)).toEqual({});
    await stage.activity.rest();
    expect(stage.transitions()).toBe(2);
    expect(stage.calls[1]?.payload).toMatchObject({ checkpointAt: moved.checkpointAt, requestId: 'R-1' });
    expect(tokenOf(stage.calls[1])).not.toBe(tokenOf(stage.calls[0]));
    expect(await stage.call('SendTaskFailure', answered)).toMatchObject({ __type: 'TaskTimedOut' });
    await stage.clock.advance(3 * hour);
    expect(stage.calls.map((call) => call.function)).toEqual([
      'AwaitPerson',
      'AwaitPerson',
      'RaiseCheckpoint',
      'AwaitPerson',
    ]);
    expect((await stage.describe(arn)).status).toBe('RUNNING');
  });

  it('asks for its next checkpoint where a function of the release before says by success that it has moved', async () => {
    const stage = createStage({ machines, answer });
    const arn = await stage.start('Deadline', 'CR-1.D9.1-g1', input);
    await stage.clock.advance(hour);
    const output = JSON.stringify({ outcome: 'moved', checkpointAt: iso(noon + 3 * hour) });
    expect(await stage.call('SendTaskSuccess', { taskToken: tokenOf(stage.calls[0]), output })).toEqual({});
    await stage.activity.rest();
    expect(stage.calls.map((call) => [call.function, call.payload.checkpointAt])).toEqual([
      ['AwaitPerson', input.checkpointAt],
      ['RaiseCheckpoint', input.checkpointAt],
      ['AwaitPerson', iso(noon + 13 * hour)],
    ]);
    expect((await stage.describe(arn)).status).toBe('RUNNING');
  });

  it('raises the checkpoint at its very instant, and then waits for the next one with a new token', async () => {
    const stage = createStage({ machines, answer });
    const arn = await stage.start('Deadline', 'CR-1.D9.1-g1', input);
    await stage.clock.advance(12 * hour - 1);
    expect(stage.calls).toHaveLength(1);
    await stage.clock.advance(1);
    expect(stage.calls.map((call) => [call.function, call.at - noon])).toEqual([
      ['AwaitPerson', 0],
      ['RaiseCheckpoint', 12 * hour],
      ['AwaitPerson', 12 * hour],
    ]);
    expect(stage.calls[2]?.payload.checkpointAt).toBe(iso(noon + 24 * hour));
    expect(tokenOf(stage.calls[2])).not.toBe(tokenOf(stage.calls[0]));
    const timedOut = (await stage.history(arn)).find((event) => event.type === 'TaskTimedOut');
    expect(timedOut?.taskTimedOutEventDetails).toEqual({
      error: 'States.Timeout',
      resource: 'invoke.waitForTaskToken',
      resourceType: 'lambda',
    });
  });

  it('never waits longer than 30 days, and at least one second', async () => {
    const stage = createStage({ machines, answer });
    const far = await stage.start('Deadline', 'far', { ...input, checkpointAt: iso(noon + 90 * 24 * hour) });
    const past = await stage.start('Deadline', 'past', { ...input, checkpointAt: iso(noon - hour) });
    const timeout = async (arn: string) =>
      (await stage.history(arn)).find((event) => event.type === 'TaskScheduled')?.taskScheduledEventDetails;
    expect(await timeout(far)).toMatchObject({ timeoutInSeconds: 2_592_000 });
    expect(await timeout(past)).toMatchObject({ timeoutInSeconds: 1 });
  });

  it('numbers its events without a gap, each naming the one before it', async () => {
    const stage = createStage({ machines, answer });
    const arn = await stage.start('Deadline', 'CR-1.D9.1-g1', input);
    await stage.clock.advance(60 * hour);
    const events = await stage.history(arn);
    expect(events.length).toBeGreaterThan(40);
    expect(events.map((event) => event.id)).toEqual(events.map((_, index) => index + 1));
    expect(events.map((event) => event.previousEventId)).toEqual(events.map((_, index) => (index < 2 ? 0 : index)));
    expect(events.every((event, index) => event.timestamp >= (events[index - 1]?.timestamp ?? 0))).toBe(true);
  });
});

describe('a task token', () => {
  it('may be answered before the function that was given it returns', async () => {
    const stage = createStage({
      machines,
      async answer(call) {
        await stage.call('SendTaskSuccess', { taskToken: tokenOf(call), output: '{"outcome":"kept"}' });
        return { ok: false, errorType: 'LedgerBusy', errorMessage: 'too late to matter' };
      },
    });
    const arn = await stage.start('Deadline', 'CR-1.D9.1-g1', input);
    expect((await stage.describe(arn)).status).toBe('SUCCEEDED');
    expect(stage.calls).toHaveLength(1);
    expect(await stage.types(arn)).not.toContain('TaskFailed');
  });

  it('is good for one answer only', async () => {
    const stage = createStage({ machines, answer });
    const arn = await stage.start('Deadline', 'CR-1.D9.1-g1', input);
    const body = { taskToken: tokenOf(stage.calls[0]), output: '{"outcome":"kept"}' };
    const answers = await Promise.all([stage.call('SendTaskSuccess', body), stage.call('SendTaskSuccess', body)]);
    expect(answers.map(({ __type }) => __type)).toEqual([undefined, 'TaskTimedOut']);
    await stage.activity.rest();
    expect((await stage.types(arn)).filter((type) => type === 'TaskSucceeded')).toHaveLength(1);
    expect(await stage.call('SendTaskFailure', { taskToken: body.taskToken })).toMatchObject({
      __type: 'TaskTimedOut',
    });
  });

  it('is dead once its wait has timed out', async () => {
    const stage = createStage({ machines, answer });
    await stage.start('Deadline', 'CR-1.D9.1-g1', input);
    await stage.clock.advance(13 * hour);
    const taskToken = tokenOf(stage.calls[0]);
    expect(await stage.call('SendTaskSuccess', { taskToken, output: '{}' })).toMatchObject({ __type: 'TaskTimedOut' });
  });

  it('that was never made is told apart from one that is no token at all', async () => {
    const stage = createStage({ machines, answer });
    const refusal = async (taskToken: string) =>
      (await stage.call('SendTaskSuccess', { taskToken, output: '{}' })).__type;
    expect(await refusal(Buffer.alloc(96, 7).toString('base64'))).toBe('TaskDoesNotExist');
    expect(await refusal('made up')).toBe('InvalidToken');
  });

  it('takes no answer that is not JSON, and goes on waiting', async () => {
    const stage = createStage({ machines, answer });
    const arn = await stage.start('Deadline', 'CR-1.D9.1-g1', input);
    const taskToken = tokenOf(stage.calls[0]);
    const refused = await stage.call('SendTaskSuccess', { taskToken, output: 'kept' });
    expect(refused.__type).toBe('InvalidOutput');
    expect((await stage.describe(arn)).status).toBe('RUNNING');
  });
});

describe('a restart', () => {
  it('goes on only when the rest of the cloud is ready', async () => {
    const folder = newFolder();
    const before = createStage({ machines, answer, folder });
    await before.start('Deadline', 'CR-1.D9.1-g1', input);
    await before.stop();
    let answers: () => void = () => undefined;
    const ready = new Promise<void>((resolve) => {
      answers = resolve;
    });
    const after = createStage({ machines, answer, folder, at: noon + 20 * hour, ready });
    const advanced = after.clock.advance(0);
    await new Promise((resolve) => setImmediate(resolve));
    expect(after.calls).toEqual([]);
    answers();
    await advanced;
    expect(after.calls.map((call) => call.function)).toEqual(['RaiseCheckpoint', 'AwaitPerson']);
  });

  it('lets a running execution keep the definition that it was started with', async () => {
    const folder = newFolder();
    const before = createStage({ machines, answer, folder });
    const arn = await before.start('Deadline', 'CR-1.D9.1-g1', input);
    await before.stop();
    const changed = workflow('deadline').replaceAll('RaiseCheckpoint', 'RemindEveryone');
    const after = createStage({ machines: { Deadline: changed }, answer, folder });
    await after.start('Deadline', 'new', input);
    await after.clock.advance(12 * hour);
    expect(after.calls.map((call) => call.function)).toContain('RaiseCheckpoint');
    expect(after.calls.map((call) => call.function)).toContain('RemindEveryone');
    expect((await after.describe(arn)).status).toBe('RUNNING');
  });
});
