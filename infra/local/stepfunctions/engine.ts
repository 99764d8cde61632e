/**
 * Keeps the executions: writes each step down before acting on it, sets the timers, and goes on after a restart from
 * what was written. A step that was not yet written when the process died is taken again, so a function may be invoked
 * twice for one TaskScheduled event, and never is a state entered twice.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Activity, Clock } from '../clock.ts';
import { openJournal } from '../journal.ts';
import { localAccount, localRegion } from '../service.ts';
import { type Definition, readDefinition } from './definition.ts';
import {
  elapsedStep,
  failExecution,
  firstStep,
  type InvokeAnswer,
  maxEvents,
  nextStep,
  type Position,
  type Run,
  type Step,
} from './execution.ts';
import { closingStatus, executionStarted, type NewEvent, type RunEvent, type Status } from './history.ts';

/** A state machine of the template; `definition` is its JSON text with all placeholders resolved. */
export interface Machine {
  readonly arn: string;
  readonly name: string;
  readonly definition: string;
  readonly roleArn?: string;
}

/** The event that EventBridge delivers; instants in `detail` are epoch milliseconds. */
export interface StatusChange {
  readonly version: '0';
  readonly id: string;
  readonly source: 'aws.states';
  readonly 'detail-type': 'Step Functions Execution Status Change';
  readonly account: string;
  readonly region: string;
  readonly time: string;
  readonly resources: readonly string[];
  readonly detail: {
    readonly executionArn: string;
    readonly stateMachineArn: string;
    readonly name: string;
    readonly status: Status;
    readonly startDate: number;
    readonly stopDate: number | null;
    readonly input: string;
    readonly inputDetails: { readonly included: true };
    readonly output: string | null;
    readonly outputDetails: { readonly included: true } | null;
    readonly error: string | null;
    readonly cause: string | null;
    readonly redriveCount: 0;
  };
}

export interface Engine {
  readonly machines: ReadonlyMap<string, Machine>;
  /** All executions, oldest first. */
  readonly runs: readonly Run[];
  run(arn: string): Run | undefined;
  /** The execution that a token was once made for; it waits for it only while its position holds it. */
  issuedTo(token: string): Run | undefined;
  start(machine: Machine, name: string, input: string): Run;
  /** Writes the step down and lets the execution go on from it. */
  move(run: Run, step: Step): void;
  transitions(): number;
  stop(): void;
}

interface EngineOptions {
  readonly clock: Clock;
  readonly activity: Activity;
  readonly folder: string | undefined;
  readonly machines: readonly Machine[];
  readonly ready: Promise<unknown> | undefined;
  readonly invoke: (machineArn: string, functionArn: string, payload: unknown) => Promise<InvokeAnswer>;
  readonly onStatusChange: (event: StatusChange) => void | Promise<void>;
}

interface Start {
  readonly machineArn: string;
  readonly machineName: string;
  readonly roleArn: string;
  readonly definition: string;
  readonly name: string;
  readonly input: string;
}

/** One line of the journal. Executions are numbered from 0 in the order of their starts. */
type Entry =
  | { readonly definition: string; readonly text: string }
  | { readonly start: Start; readonly at: number; readonly events: readonly NewEvent[]; readonly position: Position }
  | { readonly run: number; readonly at: number; readonly events: readonly NewEvent[]; readonly position?: Position };

type Kept = { -readonly [Key in keyof Run]: Run[Key] } & { readonly number: number; readonly events: RunEvent[] };

const oneYear = 365 * 86_400_000;
const identify = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** Throws `DefinitionRefused`, naming the machine, where a definition holds what the interpreter does not run. */
export function createEngine(options: EngineOptions): Engine {
  const { clock, activity } = options;
  const machines = new Map(options.machines.map((machine) => [machine.arn, machine]));
  const texts = new Map<string, string>();
  const definitions = new Map<string, Definition>();
  const runs: Kept[] = [];
  const byArn = new Map<string, Kept>();
  const byToken = new Map<string, Kept>();
  const timers = new Map<Run, () => void>();
  let transitions = 0;
  let stopped = false;

  const definitionOf = (id: string) => {
    const definition = definitions.get(id) ?? readDefinition(texts.get(id) ?? '');
    definitions.set(id, definition);
    return definition;
  };

  const apply = (entry: Entry): Kept | undefined => {
    if ('text' in entry) {
      texts.set(entry.definition, entry.text);
      return undefined;
    }
    const run = 'start' in entry ? addRun(entry.start, entry.at) : runs[entry.run];
    if (!run) throw new Error('The journal of Step Functions names an execution that it did not start.');
    for (const event of entry.events) {
      run.events.push({ ...event, at: entry.at });
      if (event.type.endsWith('StateEntered')) transitions += 1;
    }
    run.position = entry.position;
    if (entry.position?.phase === 'entered' && entry.events.length === 0) transitions += 1; // A retry is billed too.
    if (entry.position?.phase === 'invoking' && entry.position.token !== undefined) {
      byToken.set(entry.position.token, run);
    }
    if (!entry.position) {
      run.status = closingStatus[entry.events.at(-1)?.type ?? ''] ?? 'FAILED';
      run.stoppedAt = entry.at;
    }
    return run;
  };

  const addRun = (start: Start, at: number): Kept => {
    const run: Kept = {
      number: runs.length,
      arn: executionArn(start.machineArn, start.name),
      name: start.name,
      machineArn: start.machineArn,
      machineName: start.machineName,
      roleArn: start.roleArn,
      // A running execution keeps the definition it was started with. Read when needed: most runs are closed ones.
      get definition() {
        return definitionOf(start.definition);
      },
      input: start.input,
      startedAt: at,
      get expiresAt() {
        const limit = definitionOf(start.definition).timeoutSeconds;
        return at + Math.min(oneYear, limit === undefined ? oneYear : 1000 * limit);
      },
      events: [],
      status: 'RUNNING',
      stoppedAt: undefined,
      position: undefined,
    };
    runs.push(run);
    byArn.set(run.arn, run);
    return run;
  };

  const journal = openJournal<Entry>(options.folder === undefined ? undefined : journalFile(options.folder));
  for (const entry of journal.replayed) apply(entry);
  const write = (entry: Entry) => {
    if (stopped) throw new Error('Step Functions has stopped.');
    journal.append(entry);
    return apply(entry);
  };

  for (const machine of machines.values()) {
    const id = identify(machine.definition);
    try {
      definitions.set(id, readDefinition(machine.definition));
    } catch (error) {
      throw Object.assign(error as Error, { message: `State machine ${machine.name}: ${(error as Error).message}` });
    }
    if (!texts.has(id)) write({ definition: id, text: machine.definition });
  }

  const arm = (run: Run) => {
    timers.get(run)?.();
    timers.delete(run);
    const here = run.position;
    if (!here || !('until' in here)) return;
    const fire = () => {
      timers.delete(run);
      if (stopped || run.position !== here) return;
      const step = elapsedStep(run, here, clock.now());
      if (step) move(run, step);
    };
    timers.set(run, clock.at(Math.min(here.until, run.expiresAt), fire));
  };

  const announce = (run: Run) =>
    void activity.track(async () => options.onStatusChange(statusChange(run, clock.now())));

  const record = (run: Run, step: Step) => {
    const total = run.events.length + step.events.length;
    const isFull = total > maxEvents || (total === maxEvents && step.position !== undefined);
    const taken = isFull
      ? failExecution({
          error: 'States.Runtime',
          cause: `The execution reached the maximum number of history events (${maxEvents}).`,
        })
      : step;
    write({ run: (run as Kept).number, at: clock.now(), ...taken });
    arm(run);
    if (!run.position) announce(run);
  };

  const newToken = () => randomBytes(96).toString('base64');
  const drive = async (run: Run) => {
    const invoke = (functionArn: string, payload: unknown) => options.invoke(run.machineArn, functionArn, payload);
    const tools = { now: () => clock.now(), newToken, invoke };
    for (let here = run.position; here; here = run.position) {
      const step = await nextStep(run, here, tools).catch((error: unknown) =>
        failExecution({ error: 'States.Runtime', cause: (error as Error).message }),
      );
      // A token, a timeout or a stop may have moved the execution meanwhile; whoever did drives it on.
      if (!step || stopped || run.position !== here) return;
      record(run, step);
    }
  };
  const goOn = (run: Run) => void activity.track(() => drive(run));

  const move = (run: Run, step: Step) => {
    record(run, step);
    goOn(run);
  };

  const found = runs.filter((run) => run.position).map((run) => ({ run, position: run.position }));
  if (found.length > 0) {
    void activity.track(async () => {
      await options.ready;
      for (const { run, position } of found) {
        // A token may have come while the rest of the cloud was starting: that execution already goes on.
        if (stopped || run.position !== position) continue;
        arm(run);
        goOn(run);
      }
    });
  }

  return {
    machines,
    runs,
    run: (arn) => byArn.get(arn),
    issuedTo: (token) => byToken.get(token),
    move,
    start(machine, name, input) {
      const definition = identify(machine.definition);
      const roleArn = roleArnOf(machine);
      const at = clock.now();
      const first = firstStep(definitionOf(definition), input, at);
      const run = write({
        start: { machineArn: machine.arn, machineName: machine.name, roleArn, definition, name, input },
        at,
        events: [executionStarted(input, roleArn), ...first.events],
        position: first.position,
      });
      if (!run) throw new Error('A start makes an execution.');
      announce(run);
      goOn(run);
      return run;
    },
    transitions: () => transitions,
    stop() {
      stopped = true;
      for (const cancel of timers.values()) cancel();
      timers.clear();
      journal.close();
    },
  };
}

function journalFile(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return join(folder, 'executions.jsonl');
}

export const roleArnOf = (machine: Machine) => machine.roleArn ?? `arn:aws:iam::${localAccount}:role/${machine.name}`;

/** Execution names are unique within a machine, so an execution's ARN says both. */
export const executionArn = (machineArn: string, name: string) =>
  `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;

function statusChange(run: Run, now: number): StatusChange {
  const closing = run.position ? {} : (run.events.at(-1)?.details ?? {});
  const output = closing.output ?? null;
  return {
    version: '0',
    id: randomUUID(),
    source: 'aws.states',
    'detail-type': 'Step Functions Execution Status Change',
    account: localAccount,
    region: localRegion,
    time: new Date(now).toISOString(),
    resources: [run.arn],
    detail: {
      executionArn: run.arn,
      stateMachineArn: run.machineArn,
      name: run.name,
      status: run.status,
      startDate: run.startedAt,
      stopDate: run.stoppedAt ?? null,
      input: run.input,
      inputDetails: { included: true },
      output,
      outputDetails: output === null ? null : { included: true },
      error: closing.error ?? null,
      cause: closing.cause ?? null,
      redriveCount: 0,
    },
  };
}
