/**
 * Both interleavings of the token protocol, deterministic. The interpreter runs the definitions of a deadline: that of
 * today, and the one that earlier runs still have. The functions are those of today.
 * The stores are the real ones on the local DynamoDB. `await-person` saves, then reads. `react` reads, then resumes.
 * Each is held at a gate while the other goes first.
 */
import { SFNClient } from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awaitPerson } from '../../functions/await-person/await-person.ts';
import { react } from '../../functions/react/react.ts';
import { startEndpoint } from '../../infra/local/endpoint/endpoint.ts';
import { localRegion } from '../../infra/local/endpoint/service.ts';
import type { WaitInput } from '../../shared/contracts/tasks.ts';
import { createRuns, type Runs } from '../../shared/store/executions.ts';
import type { Ledger } from '../../shared/store/ledger.ts';
import type { SavedWait } from '../../shared/store/waits.ts';
import { type Call, createStage, executionArn, machineArn, ok, workflow } from '../infra/local/stepfunctions/stage.ts';
import { type Desk, startDesk } from '../support/desk.ts';

type Gate = () => Promise<void>;

let desk: Desk;
let stage: ReturnType<typeof createStage>;
let runs: Runs;
let id: string;
let stop: () => Promise<void>;
/** Passed once: by `await-person` before its first step and between its two steps, by `react` before it resumes. */
const gates: { beforeWait?: Gate; between?: Gate; beforeResume?: Gate } = {};
/** The tokens that `await-person` was given, in order. */
const tokens: string[] = [];

/** The run that is started: of the police notice, or of the first response, which people are called about. */
let followed: 'G1' | 'D6.1';
const run = () => executionArn('deadline', `${id}.${followed}-g1`);
async function passes(gate: keyof typeof gates): Promise<void> {
  const held = gates[gate];
  delete gates[gate];
  await held?.();
}

/** The functions of the machine, as their handlers wire them. */
async function answer({ function: name, payload }: Call) {
  const now = new Date(stage.clock.now()).toISOString();
  desk.at(now);
  if (name === 'RaiseCheckpoint') return ok(await desk.step(id, 'RaiseCheckpoint', String(payload.runId)));
  const wait = payload as WaitInput;
  tokens.push(wait.token);
  // Whichever step comes first, the gate is behind it: the order itself is what these tests are about.
  let steps = 0;
  const step = async <T>(take: () => Promise<T>): Promise<T> => {
    if (steps === 0) await passes('beforeWait');
    const taken = await take();
    steps += 1;
    if (steps === 1) await passes('between');
    return taken;
  };
  const ledger: Ledger = { ...desk.ledger, referral: (given) => step(() => desk.ledger.referral(given)) };
  const waits = { save: (given: SavedWait) => step(() => desk.waits.save(given)) };
  await awaitPerson({ ...desk.parts(), ledger, waits, resume: runs.resume, now }, wait);
  return ok(null);
}

/** Takes up the commits since the last time. Only the followed run is started. */
const reacts = () =>
  react(
    {
      ...desk,
      onUncompared: () => undefined,
      machines: { referral: machineArn('referral'), deadline: machineArn('deadline') },
      runs: {
        start: async (machine, name, input) => {
          if (name.includes(`.${followed}-`)) await runs.start(machine, name, input);
        },
        resume: async (wait, output) => {
          await passes('beforeResume');
          await runs.resume(wait, output);
        },
      },
    },
    id,
  );

const notifyPolice = () =>
  desk.do(
    id,
    'notify-police',
    {
      covers: ['state', 'local'],
      agencyId: 'PD-1',
      personReached: 'The desk',
      method: 'phone',
      agencyReference: 'H-1',
    },
    'careline-worker',
  );

/** How the waits of the run ended, in order. The other task, which raises a checkpoint, is invoked without a token. */
const waitsEnded = async () =>
  (await stage.history(run())).flatMap(({ type, ...details }) => {
    const ended = Object.values(details).find((each) => (each as { resource?: string } | null)?.resource !== undefined);
    const isWait = (ended as { resource?: string } | undefined)?.resource === 'invoke.waitForTaskToken';
    return isWait && ['TaskSucceeded', 'TaskFailed', 'TaskTimedOut'].includes(type) ? [type] : [];
  });
const raised = async () => (await desk.state(id)).deadlines[`${id}.D3.1`]?.raised.map(({ kind }) => kind);

/** The run has ended, and its waits before it as given: resumed once, or timed out. */
async function ended(...ways: readonly string[]): Promise<void> {
  expect(await stage.describe(run())).toMatchObject({ status: 'SUCCEEDED', output: '{"outcome":"kept"}' });
  expect(await waitsEnded()).toEqual(ways);
}

async function start(definition: string): Promise<void> {
  tokens.length = 0;
  for (const gate of Object.keys(gates) as (keyof typeof gates)[]) delete gates[gate];
  followed = 'G1';
  desk = await startDesk();
  stage = createStage({ machines: { deadline: definition }, at: Date.parse(desk.now), answer });
  const endpoint = await startEndpoint({
    port: 0,
    services: [stage.service],
    activity: stage.activity,
    onFault: () => undefined,
  });
  const client = new SFNClient({
    endpoint: endpoint.url,
    region: localRegion,
    credentials: { accessKeyId: 'operator', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  runs = createRuns({ client });
  stop = async () => {
    client.destroy();
    await endpoint.stop();
    await stage.stop();
    await desk.stop();
  };
  id = await desk.opened();
}

describe('with the definition of a deadline,', () => {
  beforeEach(() => start(workflow('deadline')));
  afterEach(() => stop());

  describe('a commit that ends a wait', () => {
    it('and its reaction before the wait has done anything: the wait finds the commit when it reads, and answers itself', async () => {
      gates.beforeWait = async () => {
        await notifyPolice();
        await reacts();
      };
      await reacts();
      await ended('TaskSucceeded');
    });

    it('after the wait has saved and read: the reaction finds the token', async () => {
      await reacts();
      await stage.activity.rest();
      expect(tokens).toHaveLength(1);
      await notifyPolice();
      expect((await stage.describe(run())).status).toBe('RUNNING');
      await reacts();
      await ended('TaskSucceeded');
      expect(await desk.waits.of(id)).toEqual([]);
    });

    it('between saving and reading, its reaction too: both answer, one of them counts and the other does no harm', async () => {
      gates.between = async () => {
        await notifyPolice();
        await reacts();
      };
      await reacts();
      await stage.activity.rest();
      await ended('TaskSucceeded');
      expect(tokens).toHaveLength(1);
      expect(await desk.waits.of(id)).toEqual([]);
    });

    it('between saving and reading, its reaction after all: the wait answers, and the reaction comes too late', async () => {
      gates.between = notifyPolice;
      await reacts();
      await stage.activity.rest();
      await ended('TaskSucceeded');
      expect(await desk.waits.of(id)).toHaveLength(1);
      await reacts();
      await ended('TaskSucceeded');
      expect(await desk.waits.of(id)).toEqual([]);
    });
  });

  describe('a token that is stale', () => {
    it('because the wait timed out meanwhile is refused, and the newer wait stays written down', async () => {
      await reacts();
      await stage.activity.rest();
      await stage.clock.advance(6 * 3_600_000);
      expect(await raised()).toEqual(['remind']);
      expect(tokens).toHaveLength(2);
      const [stale = '', fresh] = tokens;

      await runs.resume({ token: stale }, { outcome: 'kept' });
      expect((await stage.describe(run())).status).toBe('RUNNING');
      expect((await desk.waits.of(id)).map(({ token }) => token)).toEqual([fresh]);
      await notifyPolice();
      await reacts();
      await ended('TaskTimedOut', 'TaskSucceeded');
    });

    it('because the checkpoint came just before the reaction answered: the run ends all the same, and nothing is raised', async () => {
      await reacts();
      await stage.activity.rest();
      await notifyPolice();
      // The reaction has read the token. Before it can use the token, the wait times out, and the step sees that all is
      // done.
      gates.beforeResume = () => stage.clock.advance(6 * 3_600_000);
      await reacts();
      await ended('TaskTimedOut');
      expect(await raised()).toEqual([]);
      expect(await desk.waits.of(id)).toEqual([]);
    });
  });

  describe('a commit that moves the checkpoint', () => {
    const answerCall = () => desk.do(id, 'answer-alarm', {}, 'area-oncall');
    /** The next call was ten minutes after the report. A person has the child now, so the reminder comes next. */
    const next = '2026-11-09T16:00:00Z';
    beforeEach(() => {
      followed = 'D6.1';
    });
    const waitsFor = async () => {
      await stage.activity.rest();
      return (await desk.waits.of(id)).flatMap((wait) => (wait.run === 'deadline' ? [wait.checkpointAt] : []));
    };

    it('after the wait has read leads back into it, with the new checkpoint and a new token', async () => {
      await reacts();
      await stage.activity.rest();
      await answerCall();
      await reacts();
      expect(await waitsFor()).toEqual([next]);
      expect(await waitsEnded()).toEqual(['TaskFailed']);
      expect(tokens).toHaveLength(2);
      await reacts();
      expect(await waitsFor()).toEqual([next]);
      expect(tokens).toHaveLength(2);
    });

    it('between saving and reading, its reaction too: the wait is moved once', async () => {
      gates.between = async () => {
        await answerCall();
        await reacts();
      };
      await reacts();
      expect(await waitsFor()).toEqual([next]);
      expect(await waitsEnded()).toEqual(['TaskFailed']);
      expect(tokens).toHaveLength(2);
    });

    it('just as the checkpoint comes does no harm: the step of the checkpoint says what is next', async () => {
      await reacts();
      await stage.activity.rest();
      gates.beforeResume = () => stage.clock.advance(600_000);
      await answerCall();
      await reacts();
      expect(await waitsFor()).toEqual([next]);
      expect(await waitsEnded()).toEqual(['TaskTimedOut']);
      expect((await stage.describe(run())).status).toBe('RUNNING');
    });
  });
});
