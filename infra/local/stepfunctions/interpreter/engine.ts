/**
 * Keeps the executions: writes each step down before acting on it, and sets the timers. After a restart it continues
 * from the record. A step that was not yet written when the process died is taken again. So a function may be invoked
 * twice for one TaskScheduled event, and a state is never entered twice. The record alone decides what comes next. Of
 * the branches that are ready, the oldest goes on. A function's answer is only taken when none is ready.
 */
import type { Activity, Clock } from '../../clock/clock.ts';
import { readDefinition } from '../language/compile.ts';
import type { Definition } from '../language/definition.ts';
import { createMachines, type DeployedMachine, isSame, type Machine, type Machines, recordOf } from '../machines.ts';
import { type Entry, identify, keepRecords, openRecords, type Start } from '../records.ts';
import { type StatusChange, statusChange } from '../status-change.ts';
import { dueAt, elapsedStep, isReady, nextStep } from './execution.ts';
import { executionStarted, failureOf } from './history.ts';
import { apply as applyMove, type Branch, type Move, type OpenRun, type Run } from './run.ts';
import { closing, entering, type Tools, withinLimits } from './step.ts';
import { answered, type InvokeAnswer, invocationOf, notInvoked } from './task.ts';

/** Who waits for a token. */
export interface Holder {
  readonly run: Run;
  readonly branch: number;
}

export interface Engine {
  readonly machines: Pick<Machines, 'get' | 'list'>;
  /** A definition as it was written: a machine's, or the one that an execution was started with. */
  textOf(of: { readonly definition: string }): string;
  /** A definition as it was read. */
  read(text: string): Definition;
  /** Creates a machine, or changes it where there is one. Throws `DefinitionRefused`, and then nothing has changed. */
  putMachine(machine: Omit<DeployedMachine, 'settings'> & { revisionId?: string }): Machine;
  deleteMachine(arn: string): void;
  /** All executions, oldest first. */
  readonly runs: readonly Run[];
  run(arn: string): Run | undefined;
  /** The execution that a token was once made for; it waits for it only while its position holds it. */
  issuedTo(token: string): Holder | undefined;
  start(machine: Machine, name: string, input: string): Run;
  /** Writes the step down and lets the execution go on from it. */
  move(run: Run, moves: readonly Move[]): void;
  transitions(): number;
  stop(): void;
}

interface EngineOptions {
  readonly clock: Clock;
  readonly activity: Activity;
  readonly folder: string | undefined;
  /** In place of a folder: what one engine has written down, from which another goes on. */
  readonly kept?: Entry[];
  /** Definitions that were read before, by what is in them: engines may share them. */
  readonly definitions?: Map<string, Definition>;
  readonly machines: readonly DeployedMachine[];
  readonly ready: Promise<unknown> | undefined;
  readonly random: (() => number) | undefined;
  readonly newToken: () => string;
  readonly invoke: (run: Run, functionArn: string, payload: unknown) => Promise<InvokeAnswer>;
  readonly onStatusChange: (event: StatusChange) => void | Promise<void>;
}

const oneYear = 365 * 86_400_000;

interface Kept extends OpenRun {
  readonly number: number;
  /** Answers of functions that are not yet taken. */
  readonly arrivals: (() => readonly Move[] | undefined)[];
  isGoingOn: boolean;
}

/** Throws `DefinitionRefused`, naming the machine, where a definition holds what the interpreter does not run. */
export function createEngine(options: EngineOptions): Engine {
  const { clock, activity } = options;
  const machines = createMachines();
  const texts = new Map<string, string>();
  const definitions = options.definitions ?? new Map<string, Definition>();
  const runs: Kept[] = [];
  const byArn = new Map<string, Kept>();
  const byToken = new Map<string, Holder>();
  const running = new Map<string, number>();
  const timers = new Map<Branch | Run, () => void>();
  const invoked = new WeakMap<Branch, number>();
  let transitions = 0;
  let stopped = false;

  const definitionOf = (id: string) => {
    const text = texts.get(id);
    if (text === undefined) throw new Error(`there is no definition ${id}`);
    const definition = definitions.get(id) ?? readDefinition(text);
    definitions.set(id, definition);
    return definition;
  };

  const apply = (entry: Entry): Kept | undefined => {
    if ('text' in entry) texts.set(entry.definition, entry.text);
    else if ('machine' in entry) machines.put(entry.machine, entry.at);
    else if ('deleted' in entry) remove(entry.deleted);
    else {
      const run = 'start' in entry ? addRun(entry.start, entry.at) : runs[entry.run];
      if (!run) throw new Error('it names an execution that was not started');
      for (const move of entry.moves) {
        applyMove(run, move, entry.at);
        count(run, move);
      }
      if (run.status !== 'RUNNING') close(run);
      return run;
    }
    return undefined;
  };

  const count = (run: Kept, { branch, events = [], position }: Move) => {
    const entered = events.filter(({ type }) => type.endsWith('StateEntered')).length;
    const isRetry = position?.phase === 'entered' && entered === 0; // A retry is billed too.
    transitions += entered + (isRetry ? 1 : 0);
    if (position?.phase === 'invoking' && position.token !== undefined) byToken.set(position.token, { run, branch });
  };

  const remove = (arn: string) => {
    machines.markDeleted(arn);
    if (!running.get(arn)) machines.remove(arn);
  };

  const close = (run: Kept) => {
    const left = (running.get(run.machineArn) ?? 0) - 1;
    running.set(run.machineArn, left);
    if (left === 0 && machines.get(run.machineArn)?.status === 'DELETING') machines.remove(run.machineArn);
  };

  const addRun = (start: Start, at: number): Kept => {
    const run: Kept = {
      number: runs.length,
      arn: executionArn(start.machineArn, start.name),
      name: start.name,
      machineArn: start.machineArn,
      machineName: start.machineName,
      roleArn: start.roleArn,
      // A running execution keeps the definition it was started with.
      definition: definitionOf(start.definition),
      definitionId: start.definition,
      input: start.input,
      startedAt: at,
      expiresAt: at + Math.min(oneYear, 1000 * (definitionOf(start.definition).timeoutSeconds ?? oneYear)),
      events: [],
      status: 'RUNNING',
      stoppedAt: undefined,
      branches: new Map(),
      nextBranch: 0,
      arrivals: [],
      isGoingOn: false,
    };
    runs.push(run);
    byArn.set(run.arn, run);
    running.set(run.machineArn, (running.get(run.machineArn) ?? 0) + 1);
    return run;
  };

  const journal = options.kept ? keepRecords(options.kept, apply) : openRecords(options.folder, apply);
  const write = (entry: Entry) => {
    if (stopped) throw new Error('Step Functions has stopped.');
    journal.append(entry);
    return apply(entry);
  };
  const keepText = (text: string): string => {
    const id = identify(text);
    definitions.set(id, definitions.get(id) ?? readDefinition(text));
    if (!texts.has(id)) write({ definition: id, text });
    return id;
  };

  for (const machine of options.machines) {
    try {
      const record = recordOf(machine, keepText(machine.definition));
      if (!isSame(machines.recorded(machine.arn), record)) write({ machine: record, at: clock.now() });
      machines.deploy(machine.arn, machine.settings);
    } catch (error) {
      journal.close();
      throw Object.assign(error as Error, { message: `State machine ${machine.name}: ${(error as Error).message}` });
    }
  }

  const setTimer = (owner: Branch | Run, instant: number | undefined, fire: () => void) => {
    timers.get(owner)?.();
    timers.delete(owner);
    if (instant === undefined) return;
    const wake = () => {
      timers.delete(owner);
      if (!stopped) fire();
    };
    timers.set(owner, clock.at(instant, wake));
  };

  const watch = (run: Kept, branch: Branch) => {
    const here = branch.position;
    setTimer(branch, run.branches.has(branch.id) ? dueAt(branch) : undefined, () => {
      if (branch.position !== here) return;
      const moves = elapsedStep(run, branch, clock.now());
      if (moves) move(run, moves);
    });
  };
  const watchEnd = (run: Kept) =>
    setTimer(run, run.expiresAt, () => {
      const [main] = run.branches.values();
      if (main) move(run, closing(main, 'ExecutionTimedOut'));
    });
  const call = (run: Kept, branch: Branch) => {
    // A heartbeat of a running function changes the position too: it is the same attempt, by its TaskStarted event.
    const isNew = branch.position.phase === 'invoking' && invoked.get(branch) !== branch.chain;
    if (isNew && run.branches.has(branch.id)) invoke(run, branch);
  };
  const release = (run: Kept, branches: readonly Branch[]) => {
    for (const owner of [run, ...branches]) setTimer(owner, undefined, () => undefined);
    run.arrivals.length = 0;
  };

  const invoke = (run: Kept, branch: Branch) => {
    const attempt = branch.chain;
    invoked.set(branch, attempt);
    const end = activity.begin();
    const settle = (moves: () => readonly Move[]) => {
      // A token, a timeout or a stop may have ended the attempt meanwhile, and then lets the branch go on.
      const isCurrent = () => branch.position.phase === 'invoking' && branch.chain === attempt;
      run.arrivals.push(() => (run.branches.has(branch.id) && isCurrent() ? moves() : undefined));
      goOn(run);
      end();
    };
    const invocation = async () => {
      const { arn, payload } = invocationOf(run, branch);
      return options.invoke(run, arn, payload);
    };
    invocation().then(
      (answer) => settle(() => answered(branch, answer)),
      (error: unknown) => settle(() => notInvoked(branch, error)),
    );
  };

  const announce = (run: Run) =>
    void activity.track(async () => options.onStatusChange(statusChange(run, clock.now())));

  const record = (run: Kept, moves: readonly Move[]) => {
    const before = [...run.branches.values()];
    write({
      run: run.number,
      at: clock.now(),
      moves: withinLimits(run, moves, machines.get(run.machineArn)?.status === 'DELETING'),
    });
    if (run.status !== 'RUNNING') {
      release(run, before);
      announce(run);
      return;
    }
    for (const { branch: id } of moves) {
      const branch = run.branches.get(id) ?? before.find((each) => each.id === id);
      if (!branch) continue;
      watch(run, branch);
      call(run, branch);
    }
  };

  const tools: Tools = {
    now: () => clock.now(),
    newToken: options.newToken,
    random: options.random ?? Math.random,
    jitter: options.random ?? (() => 0.5),
  };
  const faulty = (branch: Branch, error: unknown) =>
    closing(branch, 'ExecutionFailed', failureOf({ error: 'States.Runtime', cause: (error as Error).message }));

  const stepOrFault = (run: Run, branch: Branch) => {
    try {
      const moves = nextStep(run, branch, tools);
      return moves instanceof Promise ? moves.catch((error: unknown) => faulty(branch, error)) : moves;
    } catch (error) {
      return faulty(branch, error);
    }
  };

  /** Takes every step that follows from where the execution stands, until it must wait. */
  const goOn = (run: Kept): void => {
    if (run.isGoingOn) return;
    run.isGoingOn = true;
    const end = activity.begin();
    const rest = () => {
      run.isGoingOn = false;
      end();
    };
    const advance = (): void => {
      while (!stopped) {
        const branch = firstReady(run);
        if (!branch) {
          const arrival = run.arrivals.shift();
          if (!arrival) break;
          const moves = arrival();
          if (moves) record(run, moves);
          continue;
        }
        const here = branch.position;
        const take = (moves: readonly Move[]) => {
          if (!stopped && branch.position === here && run.status === 'RUNNING') record(run, moves);
        };
        const moves = stepOrFault(run, branch);
        if (moves instanceof Promise) {
          void moves.then(take).then(advance);
          return;
        }
        take(moves);
      }
      rest();
    };
    advance();
  };

  const move = (run: Run, moves: readonly Move[]) => {
    record(run as Kept, moves);
    goOn(run as Kept);
  };

  const found = runs.filter((run) => run.status === 'RUNNING');
  if (found.length > 0) {
    void activity.track(async () => {
      await options.ready;
      // A token may have come while the rest of the cloud was starting: that execution already goes on.
      const left = found.filter((run) => !stopped && run.status === 'RUNNING');
      // What fell due meanwhile fires at once, in the order in which it fell due.
      const dues = left.flatMap((run) => [
        { at: run.expiresAt, set: () => watchEnd(run) },
        ...[...run.branches.values()].map((branch) => ({
          at: dueAt(branch) ?? Infinity,
          set: () => watch(run, branch),
        })),
      ]);
      for (const due of dues.toSorted((a, b) => a.at - b.at)) due.set();
      for (const run of left) {
        for (const branch of [...run.branches.values()]) call(run, branch);
        goOn(run);
      }
    });
  }

  return {
    machines,
    textOf: ({ definition }) => texts.get(definition) ?? '',
    read: (text) => definitions.get(identify(text)) ?? readDefinition(text),
    putMachine({ definition, roleArn = '', ...rest }) {
      const record = { ...rest, roleArn, definition: keepText(definition) };
      write({ machine: record, at: clock.now() });
      return machines.get(record.arn) as Machine;
    },
    deleteMachine: (arn) => void write({ deleted: arn, at: clock.now() }),
    runs,
    run: (arn) => byArn.get(arn),
    issuedTo: (token) => byToken.get(token),
    move,
    start(machine, name, input) {
      const { arn: machineArn, name: machineName, roleArn, definition } = machine;
      const workflow = definitionOf(definition);
      const at = clock.now();
      const { events, position } = entering(workflow, workflow.startAt, input, at);
      const run = write({
        start: { machineArn, machineName, roleArn, definition, name, input },
        at,
        moves: [{ branch: 0, events: [executionStarted(input, roleArn), ...events], position }],
      });
      if (!run) throw new Error('A start makes an execution.');
      announce(run);
      watchEnd(run);
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

function firstReady(run: Kept): Branch | undefined {
  for (const branch of run.branches.values()) if (isReady(branch)) return branch;
  return undefined;
}

/** Execution names are unique within a machine, so an execution's ARN says both. */
export const executionArn = (machineArn: string, name: string) =>
  `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
