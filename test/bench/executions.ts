/** Executions per second of the interpreter, in memory and on disk, and of the yardstick: the npm package aws-local-stepfunctions. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StateMachine } from 'aws-local-stepfunctions';
import { createActivity, createClock } from '../../infra/local/clock/clock.ts';
import { createEngine } from '../../infra/local/stepfunctions/interpreter/engine.ts';

const executions = 3000;
const atOnce = 100;
const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:Nothing';
const machineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:Fourteen';
const input = { n: 1 };

/** Fourteen states: a Pass, four times a task, a Choice and a Pass, and the end. */
function fourteen(states: { readonly task: object; readonly pass: object; readonly holds: object }): object {
  const rounds = [1, 2, 3, 4].flatMap((round) => {
    const next = round === 4 ? 'Done' : `Ask${round + 1}`;
    return [
      [`Ask${round}`, { Type: 'Task', Resource: functionArn, ...states.task, Next: `Check${round}` }],
      [`Check${round}`, { Type: 'Choice', Choices: [{ ...states.holds, Next: `Keep${round}` }], Default: 'Done' }],
      [`Keep${round}`, { Type: 'Pass', ...states.pass, Next: next }],
    ] as const;
  });
  return {
    StartAt: 'Begin',
    States: {
      Begin: { Type: 'Pass', ...states.pass, Next: 'Ask1' },
      ...Object.fromEntries(rounds),
      Done: { Type: 'Succeed' },
    },
  };
}

const inJsonata = {
  QueryLanguage: 'JSONata',
  ...fourteen({
    task: { Arguments: { n: '{% $states.input.n %}' }, Output: { n: '{% $states.result.n %}' } },
    pass: { Output: { n: '{% $states.input.n %}' } },
    holds: { Condition: '{% $states.input.n >= 1 %}' },
  }),
};
const inJsonPath = fourteen({
  task: { Parameters: { 'n.$': '$.n' }, ResultSelector: { 'n.$': '$.n' } },
  pass: { Parameters: { 'n.$': '$.n' } },
  holds: { Variable: '$.n', NumericGreaterThanEquals: 1 },
});

/** Executions a second of what runs so many, a hundred at once, after a round to warm up. */
async function rate(run: (count: number) => Promise<void>): Promise<number> {
  const runAll = async (count: number) => {
    for (let done = 0; done < count; done += atOnce) await run(atOnce);
  };
  await runAll(executions / 10);
  const began = performance.now();
  await runAll(executions);
  return executions / ((performance.now() - began) / 1000);
}

/**
 * The interpreter without its HTTP endpoint, on a standing clock. Each step is in the journal of `folder` before the
 * next is taken.
 */
async function rateOfInterpreter(folder: string | undefined): Promise<number> {
  const activity = createActivity();
  const clock = createClock({ activity, frozenAt: Date.UTC(2026, 10, 10) });
  const engine = createEngine({
    clock,
    activity,
    folder,
    machines: [{ arn: machineArn, name: 'Fourteen', definition: JSON.stringify(inJsonata) }],
    ready: undefined,
    random: undefined,
    newToken: () => '',
    invoke: async (_run, _arn, payload) => ({ ok: true, payload }),
    onStatusChange: () => undefined,
  });
  const machine = engine.machines.get(machineArn);
  if (!machine) throw new Error('The machine is not there.');
  try {
    const reached = await rate(async (count) => {
      for (let each = 0; each < count; each += 1) {
        engine.start(machine, `run-${engine.runs.length}`, JSON.stringify(input));
      }
      await activity.rest();
    });
    if (engine.runs.some(({ status }) => status !== 'SUCCEEDED')) throw new Error('An execution did not succeed.');
    return reached;
  } finally {
    engine.stop();
    clock.stop();
  }
}

async function rateOfYardstick(): Promise<number> {
  const machine = new StateMachine(inJsonPath as ConstructorParameters<typeof StateMachine>[0]);
  const nothing = async () => input;
  const taskResourceLocalHandlers = Object.fromEntries([1, 2, 3, 4].map((round) => [`Ask${round}`, nothing]));
  return rate(async (count) => {
    const runs = Array.from({ length: count }, () => machine.run(input, { overrides: { taskResourceLocalHandlers } }));
    const results = await Promise.all(runs.map(({ result }) => result));
    if (results.some((result) => JSON.stringify(result) !== JSON.stringify(input))) {
      throw new Error('The yardstick came to another result.');
    }
  });
}

export async function measureExecutions() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-executions-'));
  try {
    return {
      volatile: await rateOfInterpreter(undefined),
      durable: await rateOfInterpreter(folder),
      yardstick: await rateOfYardstick(),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
