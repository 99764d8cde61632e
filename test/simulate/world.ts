/** One process of the product after another over the same tables, stream and executions, in one thread. */
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { mayBeStuck } from '../../functions/sweep/turns.ts';
import type { InvokeAnswer } from '../../infra/local/stepfunctions/interpreter/task.ts';
import type { Entry } from '../../infra/local/stepfunctions/records.ts';
import type { StatusChange } from '../../infra/local/stepfunctions/status-change.ts';
import type { Visitor } from '../../shared/application/access/visitor.ts';
import type { Seen } from '../../shared/application/read/concurrent-change.ts';
import { type CommandAnswer, performCommand } from '../../shared/application/use-cases/perform-command.ts';
import { type ReportAnswer, takeReport } from '../../shared/application/use-cases/take-report.ts';
import { ringingIn } from '../../shared/domain/alerts/alarms.ts';
import { hasTextsLeft, textsLeft } from '../../shared/domain/alerts/alert-texts.ts';
import { isUnsettled } from '../../shared/domain/alerts/alert-watch.ts';
import type { AlertEvent } from '../../shared/domain/alerts/alerts.ts';
import type { CommandName } from '../../shared/domain/commands.ts';
import { referralOf } from '../../shared/domain/core/ids.ts';
import type { Consumer } from '../../shared/store/cursors.ts';
import { dice } from '../support/dice.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import { directoryItems, forgetAnswers } from './directory.ts';
import { createFaults, type FaultChoice } from './faults.ts';
import { createRelease, type Release, type ReleaseOptions } from './functions.ts';
import { drawHazard, type Hazard } from './hazard.ts';
import { createMailService } from './mail.ts';
import { createMemoryTables, type Item } from './memory-tables.ts';
import { createReader } from './reader.ts';
import { createSharedReading } from './shared-reading.ts';
import { createStream } from './stream.ts';
import { nextLook, nextMark } from './sweep-times.ts';
import { createTextService } from './texts.ts';
import { createVirtualTime } from './virtual-time.ts';
import { startWorkflows } from './workflows.ts';

/** Events that the schedules of a world read in the text of a commit. A new name of one does not compile here. */
const leased: AlertEvent['type'] = 'alert-leased';
const deferred: AlertEvent['type'] = 'alert-deferred';
const deferredUntil = new RegExp(`"type":"${deferred}","until":"([^"]*)"`, 'g');

/** A door that did not answer: the person submits the same again. */
export class NoAnswer extends Error {
  override name = 'NoAnswer';
}

export interface Outage {
  readonly from: number;
  readonly until: number;
}

/** What a test breaks in the product on purpose, to see that it is found. */
export interface Sabotage {
  readonly parts?: (parts: ReleaseOptions) => ReleaseOptions;
  readonly release?: (release: Release) => Release;
  /** The steps after which a day is stuck, where a world needs far fewer than a whole case, or more. */
  readonly mostSteps?: number;
}

export type World = ReturnType<typeof createWorld>;

export function createWorld(seed: string, startsAt: number, choice: FaultChoice, sabotage: Sabotage = {}) {
  forgetAnswers();
  const time = createVirtualTime(startsAt, sabotage.mostSteps);
  const faults = createFaults(seed, time.iso, choice);
  const jitter = dice(`${seed}/jitter`);
  const turns = dice(`${seed}/turns`);
  const loss = dice(`${seed}/loss`);
  const kept: Entry[] = [];
  const outages: Outage[] = [];
  /** Messages of errors, as they would reach a log. */
  const errors: string[] = [];
  const appended: ((item: Item) => void)[] = [];
  const opened = new Map<string, number>();
  const reading = createSharedReading();
  let tokens = 0;
  let generation = 0;
  let up = true;
  let broken = 0;
  let givenUp = 0;
  let unreachable = 0;
  let swept = 0;

  const tables = createMemoryTables(
    directoryItems,
    (item) => {
      stream.append(item);
      loseRun(item);
      for (const listener of appended) listener(item);
    },
    { now: () => Date.parse(time.iso()), isStale: (index) => faults.happens('index-stale', index) },
  );

  const crash = () => {
    if (!up) return;
    up = false;
    generation += 1;
    workflows.stop();
    const from = time.now();
    const until = from + faults.dice.between(1000, 240_000);
    outages.push({ from, until });
    time.at(until, () => {
      up = true;
      workflows = start();
      release = deploy();
      stream.resume();
    });
  };

  const mail = createMailService({
    time,
    faults,
    crash,
    isUp: () => up,
    tell: (message) => void hear(message, 0),
  });

  const texts = createTextService({ time, faults, crash, isUp: () => up });

  const start = () => {
    const mine = generation;
    return startWorkflows({
      time,
      kept,
      random: jitter.next,
      newToken: () => {
        tokens += 1;
        return `token${tokens}`.padEnd(64, 'A');
      },
      invoke: (name, payload) => invoke(name, payload),
      onStatusChange: (event) => {
        if (mine === generation) hearOfRun(event);
      },
    });
  };
  const deploy = () => {
    const mine = generation;
    const isAlive = () => {
      time.step();
      return mine === generation && !time.isStuck();
    };
    const parts: ReleaseOptions = {
      dynamodb: tables.client(() => Math.floor(turns.next() * 3), isAlive),
      sfn: workflows.client(isAlive),
      mailer: mail.mailer,
      texter: texts.texter,
      key: seed,
      now: time.iso,
      random: jitter.next,
      onUnreachable: () => {
        unreachable += 1;
      },
      reading,
    };
    const made = createRelease(sabotage.parts?.(parts) ?? parts);
    return sabotage.release?.(made) ?? made;
  };
  const stream = createStream({
    time,
    faults,
    isUp: () => up,
    onGivenUp: () => {
      givenUp += 1;
    },
    consume: (consumer, event) =>
      attempt(consumer, (hazard) => release.consume(consumer as Consumer, event as DynamoDBStreamEvent, hazard)),
  });
  let workflows = start();
  let release = deploy();

  /** One invocation. Its outcome is lost once the process has died meanwhile. */
  async function attempt<Answer>(name: string, work: (hazard: Hazard | undefined) => Promise<Answer>): Promise<Answer> {
    if (faults.happens('function-replaced', name)) {
      release = deploy();
      // A bad release is there for a few invocations before it is replaced.
      broken = faults.dice.chance(0.4) ? faults.dice.pick([1, 2, 3]) : 0;
    }
    if (broken > 0) {
      broken -= 1;
      throw Object.assign(new Error("Error: Cannot find module 'index'"), { name: 'Runtime.ImportModuleError' });
    }
    const mine = generation;
    try {
      const answer = await work(drawHazard(faults, time, name, crash));
      if (mine !== generation) throw new Error('The process has died.');
      return answer;
    } catch (error) {
      errors.push(String((error as Error).stack ?? error));
      throw error;
    }
  }

  async function invoke(name: string, payload: unknown): Promise<InvokeAnswer> {
    try {
      const answer = await attempt(name, (hazard) => release.run(name, payload, hazard));
      return { ok: true, payload: answer ?? null };
    } catch (error) {
      const { name: errorType, message: errorMessage } = error as Error;
      return { ok: false, errorType, errorMessage };
    }
  }

  /** Lambda tries an event again after one and after two minutes, then it goes to the dead letters. */
  async function later(work: () => Promise<unknown>, tried = 0): Promise<void> {
    try {
      if (!up) throw new Error('Nothing answers.');
      await work();
    } catch {
      if (tried < 2 || !up) time.at(time.now() + 60_000 * (tried + 1), () => void later(work, tried + 1));
    }
  }
  const hear = (message: string, tried: number) =>
    later(() => attempt('record-delivery', (hazard) => release.hear(message, hazard)), tried);

  function hearOfRun(event: StatusChange): void {
    const { status } = event.detail;
    if (status !== 'FAILED' && status !== 'TIMED_OUT' && status !== 'ABORTED') return;
    if (unheard.delete(event.detail.name)) return;
    void later(async () => {
      const answer = await invoke('record-lost-run', event);
      if (!answer.ok) throw new Error(answer.errorMessage);
    });
  }
  const unheard = new Set<string>();

  function loseRun({ pk }: Item): void {
    if (!pk?.S?.startsWith('referral#')) return;
    const lost = faults.happens('run-lost', 'states');
    const silent = faults.happens('run-lost-unheard', 'states');
    if (!lost && !silent) return;
    time.at(time.now() + loss.between(0, 7_200_000), () => {
      if (!up) return;
      const running = workflows.running();
      const run = running.length > 0 ? loss.pick(running) : undefined;
      if (!run) return;
      if (silent) unheard.add(run.name);
      workflows.abort(run);
    });
  }

  async function look(): Promise<void> {
    if (!up) return;
    swept += 1;
    await attempt('sweep', (hazard) => release.sweep(hazard)).catch(() => undefined);
  }
  const scheduleLooks = (referralId: string) => {
    const next = () => {
      const at = nextLook(referralId, opened.get(referralId) ?? 0, time.now());
      time.at(at, () => {
        // Several referrals may be looked at by one sweep.
        void sweepOnceAt(at);
        next();
      });
    };
    next();
  };
  /** Referrals with a duty that rings. The sweep looks at them where the board says that a call may be stuck. */
  const ringing = new Set<string>();
  const lookWhileRinging = (referralId: string) => {
    const at = nextMark(time.now());
    time.at(at, async () => {
      const state = (await reader.referral(referralId))?.state;
      if (!state || ringingIn(state).length === 0) {
        ringing.delete(referralId);
        return;
      }
      lookWhileRinging(referralId);
      const rows = await reader.rowsThatCall();
      if (rows.some((row) => row.referralId === referralId && mayBeStuck(row, time.iso()))) await sweepOnceAt(at);
    });
  };
  appended.push(({ pk, body }) => {
    if (!pk?.S?.startsWith('referral#') || body?.S?.includes('"kind":"ring"') !== true) return;
    const id = pk.S.slice('referral#'.length);
    if (ringing.has(id)) return;
    ringing.add(id);
    lookWhileRinging(id);
  });
  const sweptAt = new Set<number>();
  const sweepOnceAt = async (at: number) => {
    if (sweptAt.has(at)) return;
    sweptAt.add(at);
    await look();
    if (tables.hasPending()) time.at(nextMark(time.now()), () => void sweepOnceAt(time.now()));
  };

  appended.push(({ pk, seq, at }) => {
    if (!pk?.S?.startsWith('referral#') || seq?.N !== '1') return;
    const id = pk.S.slice('referral#'.length);
    opened.set(id, Date.parse(at?.S ?? ''));
    scheduleLooks(id);
  });

  /**
   * Alerts whose mail had no news, or that a text message may follow. The sweep looks at those of the last hours each
   * time.
   */
  const unsettled = new Map<string, number>();
  const reader = createReader(tables, reading);
  const settleBy = (alertId: string) => {
    const at = nextMark(time.now());
    time.at(at, async () => {
      const since = unsettled.get(alertId);
      if (since === undefined || at - since > 6 * 3_600_000) return;
      const [{ life }, read] = await Promise.all([reader.alert(alertId), reader.referral(referralOf(alertId))]);
      const alert = read?.state.alerts[alertId];
      // Mail that was answered in time is followed by no text message.
      if (!isUnsettled(life) && !(alert && textsLeft(alert, read.state, life, connecticutPolicy).length > 0)) {
        unsettled.delete(alertId);
        return;
      }
      void sweepOnceAt(at);
      settleBy(alertId);
    });
  };
  appended.push(({ pk, body }) => {
    if (!pk?.S?.startsWith('alert#')) return;
    const alertId = pk.S.slice('alert#'.length);
    const leases = body?.S?.includes(`"${leased}"`) === true;
    if (leases && !unsettled.has(alertId)) settleBy(alertId);
    if (leases) unsettled.set(alertId, time.now());
    else {
      void reader.alert(alertId).then(({ life }) => {
        if (!isUnsettled(life) && !hasTextsLeft(life)) unsettled.delete(alertId);
      });
    }
  });

  /** The schedule of the digests fires every quarter of an hour; here only from when something waits, until nothing does. */
  const digestsAt = new Set<number>();
  const digestAt = (at: number) => {
    if (digestsAt.has(at)) return;
    digestsAt.add(at);
    time.at(at, () => void digest(at));
  };
  async function digest(at: number): Promise<void> {
    await (up
      ? attempt('send-alerts', (hazard) => release.digest(hazard))
      : Promise.reject(new Error('Nothing answers.'))
    ).catch(() => digestAt(at + 15 * 60_000));
  }
  appended.push(({ pk, body }) => {
    if (!pk?.S?.startsWith('alert#')) return;
    for (const [, until = ''] of body?.S?.matchAll(deferredUntil) ?? []) digestAt(Date.parse(until));
  });

  async function submit<Answer>(work: (hazard: Hazard | undefined) => Promise<Answer>): Promise<Answer> {
    if (!up) throw new NoAnswer('The door does not answer.');
    try {
      return await attempt('api', work);
    } catch (error) {
      throw new NoAnswer((error as Error).message);
    }
  }

  return {
    time,
    faults,
    tables,
    reader,
    mail,
    texts,
    outages,
    errors,
    /** The ledger as the release of now sees it. */
    ledger: () => release.ledger,
    release: () => release,
    /** The news of a mail, as SES tells it. */
    hear: (message: string) => void hear(message, 0),
    referralIds: (): readonly string[] => [...opened.keys()],
    onAppend: (listener: (item: Item) => void) => void appended.push(listener),
    workflows: () => workflows,
    isUp: () => up,
    counts: () => ({ swept, givenUp, unreachable }),
    /** Rejects with `NoAnswer` where the submission may or may not have been carried out. */
    report: (visitor: Visitor, key: string, input: unknown): Promise<ReportAnswer> =>
      submit((hazard) => takeReport(release.door(hazard), visitor, key, input)),
    command: (
      visitor: Visitor,
      order: { referralId: string; name: CommandName; input: unknown; key: string; seen: Seen },
    ): Promise<CommandAnswer> => submit((hazard) => performCommand(release.door(hazard), visitor, order)),
    stop: () => workflows.stop(),
  };
}
