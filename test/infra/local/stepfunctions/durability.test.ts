import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { InvokeAnswer } from '../../../../infra/local/stepfunctions/interpreter/task.ts';
import { newFolder } from '../dynamodb/new-folder.ts';
import {
  type Call,
  createStage,
  executionArn,
  type HistoryRow,
  machine,
  machineArn,
  noon,
  ok,
  oneTask,
} from './stage.ts';

const journalOf = (folder: string) => join(folder, 'executions.jsonl');
const groupsOf = (folder: string) => readFileSync(journalOf(folder), 'utf8').trimEnd().split('\n');

const invoke = 'arn:aws:states:::lambda:invoke';
const task = (name: string, more: object = {}) => ({
  Type: 'Task',
  Resource: invoke,
  Arguments: {
    FunctionName: name,
    Payload: { attempt: '{% $states.context.State.RetryCount %}', of: '{% $states.input %}' },
  },
  Output: '{% $states.result.Payload %}',
  End: true,
  ...more,
});
/** A retry and a Catch. A token that is answered, and one that is not. A wait and a choice. */
const rich = machine({
  StartAt: 'Begin',
  States: {
    Begin: { Type: 'Pass', Output: { begun: '{% $states.input.base %}' }, Next: 'Retried' },
    Retried: task('Fails', {
      Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 3, MaxAttempts: 2 }],
      Next: 'Broken',
      End: undefined,
    }),
    Broken: task('Breaks', {
      Catch: [{ ErrorEquals: ['States.TaskFailed'], Output: '{% $states.errorOutput.Error %}', Next: 'Person' }],
    }),
    Person: {
      ...task('Person'),
      Resource: `${invoke}.waitForTaskToken`,
      Arguments: { FunctionName: 'Person', Payload: { token: '{% $states.context.Task.Token %}' } },
      TimeoutSeconds: 60,
      Output: { broken: '{% $states.input %}', said: '{% $states.result %}' },
      Next: 'Missed',
      End: undefined,
    },
    Missed: {
      ...task('Missed'),
      Resource: `${invoke}.waitForTaskToken`,
      TimeoutSeconds: 4,
      Catch: [{ ErrorEquals: ['States.Timeout'], Output: '{% $states.input %}', Next: 'Until' }],
    },
    Until: { Type: 'Wait', Timestamp: '2026-03-02T12:00:40Z', Next: 'Which' },
    Which: {
      Type: 'Choice',
      Choices: [
        { Condition: "{% $states.input.said = 'heard' %}", Output: { all: '{% $states.input %}' }, Next: 'Done' },
      ],
      Default: 'Odd',
    },
    Odd: { Type: 'Fail', Error: 'Odd' },
    Done: { Type: 'Succeed' },
  },
});

/** A task that is tried again, a wait, and an error that goes up to the top. */
const failing = machine({
  StartAt: 'Turns',
  States: {
    Turns: task('Fails', { Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 5 }], Next: 'Pause', End: undefined }),
    Pause: { Type: 'Wait', Seconds: 2, Next: 'Last' },
    Last: task('Breaks', { Retry: [{ ErrorEquals: ['TypeError'], IntervalSeconds: 2, MaxAttempts: 1 }] }),
  },
});

/** What a function answers depends on what it is asked alone, so that asking again changes nothing. */
function answer({ function: name, payload }: Call): InvokeAnswer {
  if (name === 'Fails' && payload.attempt !== 2) return { ok: false, errorType: 'Busy', errorMessage: 'not yet' };
  if (name === 'Breaks') return { ok: false, errorType: 'TypeError', errorMessage: 'broken' };
  return ok({ by: name });
}

/** Of the task that a person answers; empty where there is none. */
const tokenIn = (events: readonly HistoryRow[]) =>
  events
    .map((event) =>
      JSON.parse(String((event.taskScheduledEventDetails as { parameters?: string })?.parameters ?? '{}')),
    )
    .findLast((parameters) => parameters.FunctionName === 'Person')?.Payload.token ?? '';

/** Goes through what is done from outside, from the clock's instant on, and then a minute further. */
async function play(stage: ReturnType<typeof createStage>, arn: string): Promise<readonly HistoryRow[]> {
  await stage.activity.rest();
  const left = noon + 26_500 - stage.clock.now();
  if (left >= 0) {
    await stage.clock.advance(left);
    const taskToken = tokenIn(await stage.history(arn));
    if (taskToken !== '') await stage.call('SendTaskSuccess', { taskToken, output: '"heard"' });
  }
  await stage.clock.advance(noon + 60_000 - stage.clock.now());
  return stage.history(arn);
}

const withoutToken = (events: readonly HistoryRow[]): unknown => {
  const token = tokenIn(events);
  return token === '' ? events : JSON.parse(JSON.stringify(events).replaceAll(token, 'TOKEN'));
};
const answered = /"(TaskSucceeded|TaskFailed|TaskSubmitted)"/g;

describe('an execution whose process dies', () => {
  const cases = [
    {
      what: 'of all that states can do',
      definition: rich,
      events: 30,
      end: { status: 'SUCCEEDED', output: '{"all":{"broken":"TypeError","said":"heard"}}' },
    },
    { what: 'of failures', definition: failing, events: 20, end: { status: 'FAILED', error: 'TypeError' } },
  ];
  it.each(cases)('at any line of a journal $what comes to the same history, asking no function twice', async (each) => {
    const folder = newFolder();
    const machines = { M: each.definition };
    const whole = createStage({ machines, folder, answer });
    const arn = await whole.start('M', 'x', { base: 1 });
    const told = await play(whole, arn);
    expect(await whole.describe(arn)).toMatchObject(each.end);
    expect(told.length).toBeGreaterThan(each.events);
    const lines = groupsOf(folder);
    await whole.stop();
    // What ended the wait for a token came from outside, not from a function.
    const answers = (text: string) => (text.match(answered) ?? []).length - (text.includes('heard') ? 1 : 0);

    const started = lines.findIndex((line) => line.includes('"start"')) + 1;
    for (let kept = started; kept <= lines.length; kept++) {
      const cut = newFolder();
      const prefix = lines.slice(0, kept);
      writeFileSync(journalOf(cut), `${prefix.join('\n')}\n`);
      const { at } = JSON.parse(prefix.at(-1) ?? '') as { at: number };
      const again = createStage({ machines, folder: cut, answer, at });
      expect(withoutToken(await play(again, arn)), `after ${kept} lines`).toEqual(withoutToken(told));
      // But for those that were asked and had not answered when the process died, none is asked again.
      const asked = answers(prefix.slice(started).join()) + again.calls.length;
      expect(asked, `calls after ${kept} lines`).toBe(whole.calls.length);
      await again.stop();
    }
  });

  it('has on disk what it did before anybody can see it: the start before its answer, the task before its function', async () => {
    const folder = newFolder();
    const seen: string[] = [];
    const stage = createStage({
      machines: { M: oneTask() },
      folder,
      answer() {
        seen.push(groupsOf(folder).at(-1) ?? '');
        return ok('done');
      },
    });
    await stage.call('StartExecution', { stateMachineArn: machineArn('M'), name: 'x' });
    expect(groupsOf(folder).join()).toContain('"type":"ExecutionStarted"');
    const arn = executionArn('M', 'x');
    expect((await stage.describe(arn)).status).toBe('SUCCEEDED');
    expect(seen).toEqual([expect.stringContaining('"type":"TaskScheduled"')]);
    expect(groupsOf(folder).at(-1)).toContain('"type":"ExecutionSucceeded"');
    await stage.stop();
  });

  it('fires at once and in order what fell due while it was down', async () => {
    const folder = newFolder();
    const waiting = machine({
      StartAt: 'W',
      States: { W: { Type: 'Wait', Seconds: '{% $states.input %}', Next: 'T' }, T: task('T') },
    });
    const before = createStage({ machines: { M: waiting }, folder });
    for (const seconds of [30, 10, 20]) await before.start('M', String(seconds), seconds);
    await before.stop();
    const after = createStage({ machines: { M: waiting }, folder, at: noon + 60_000 });
    await after.clock.advance(0);
    expect(after.calls.map(({ payload, at }) => [payload.of, at - noon])).toEqual([
      [10, 60_000],
      [20, 60_000],
      [30, 60_000],
    ]);
  });

  it('in the middle of a line loses only what was not yet seen', async () => {
    const folder = newFolder();
    const before = createStage({ machines: { M: oneTask() }, folder });
    const arn = await before.start('M', 'x');
    const told = await before.history(arn);
    await before.stop();
    appendFileSync(journalOf(folder), '{"run":0,"at":1,"mov');
    const after = createStage({ machines: { M: oneTask() }, folder });
    expect(await after.history(arn)).toEqual(told);
    expect((await after.call('StartExecution', { stateMachineArn: machineArn('M'), name: 'y' })).executionArn).toBe(
      executionArn('M', 'y'),
    );
    await after.stop();
    expect(() => groupsOf(folder).map((line) => JSON.parse(line))).not.toThrow();
  });
});

describe('a journal that cannot be gone on with', () => {
  const started = async () => {
    const folder = newFolder();
    const stage = createStage({ machines: { M: oneTask() }, folder });
    await stage.start('M', 'x');
    await stage.stop();
    return folder;
  };
  const open = (folder: string) => () => createStage({ machines: { M: oneTask() }, folder });

  it.each([
    [
      'a line that is not JSON',
      3,
      '{"run":',
      /executions\.jsonl is damaged at line 3: it is not JSON\. Move the data folder aside/,
    ],
    [
      'an execution that was never started',
      5,
      '{"run":7,"at":1,"moves":[]}',
      /is damaged at line 5: .*not started\)\. Move the data folder/,
    ],
    ['a step behind the end', 8, '{"run":0,"at":1,"moves":[{}]}', /is damaged at line 8: .*the execution x has ended/],
    ['no entry at all', 5, 'null', /is damaged at line 5: it does not fit what comes before it/],
    [
      'a newer version',
      1,
      '{"stepFunctions":4}',
      /was written by a newer version \(4\) of the local Step Functions; this one reads 3\. Move/,
    ],
    ['an older version', 1, '{"definition":"x","text":"{}"}', /was written by an older version \(1\)/],
  ])('because of %s is one sentence at the start, and stays as it is', async (_, line, text, sentence) => {
    const folder = await started();
    const lines = groupsOf(folder);
    lines[line - 1] = text;
    writeFileSync(journalOf(folder), `${lines.join('\n')}\n`);
    expect(open(folder)).toThrow(sentence);
    expect(groupsOf(folder)).toEqual(lines);
  });
});
