/**
 * Keeps the executions: writes each step down before acting on it, and sets the timers. After a restart it continues
 * from the record. A step that was not yet written when the process died is taken again. So a function may be invoked
 * twice for one TaskScheduled event, and a state is never entered twice. The record alone decides what comes next. A
 * function's answer is only taken when nothing else follows.
 */
import type { Activity, Clock } from '../../clock/clock.ts';
import { readDefinition } from '../language/compile.ts';
import type { Definition } from '../language/definition.ts';
import { createMachines, type DeployedMachine, isSame, type Machine, type Machines, recordOf } from '../machines.ts';
import { type Entry, identify, keepRecords, openRecords, type Start } from '../records.ts';
import { type StatusChange, statusChange } from '../status-change.ts';
import { dueAt, elapsedStep, isReady, nextStep } from './execution.ts';
import { executionStarted, failureOf } from './history.ts';
import { apply as applyMove, isRunning, type Move, type OpenRun, type Run } from './run.ts';
import { closing, entering, type Tools, withinLimits } from './step.ts';
import { answered, type InvokeAnswer, invocationOf, notInvoked } from './task.ts';

export type Engine = ReturnType<typeof createEngine>;

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
export function createEngine(options: EngineOptions) {
  const { clock, activity } = options;
  const machines = createMachines();
  const texts = new Map<string, string>();
  const definitions = options.definitions ?? new Map<string, Definition>();
  const runs: Kept[] = [];
  const byArn = new Map<string, Kept>();
  const byToken = new Map<string, Run>();
  const timers = new Map<Run, () => void>();
  const ends = new Map<Run, () => void>();
  const invoked = new WeakMap<Run, number>();
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
    else {
      const run = 'start' in entry ? addRun(entry.start, entry.at) : runs[entry.run];
      if (!run) throw new Error('it names an execution that was not started');
      for (const move of entry.moves) {
        applyMove(run, move, entry.at);
        count(run, move);
      }
      return run;
    }
    return undefined;
  };

  const count = (run: Kept, { events = [], position }: Move) => {
    const entered = events.filter(({ type }) => type.endsWith('StateEntered')).length;
    const isRetry = position?.phase === 'entered' && entered === 0; // A retry is billed too.
    transitions += entered + (isRetry ? 1 : 0);
    if (position?.phase === 'invoking' && position.token !== undefined) byToken.set(position.token, run);
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
      input: start.input,
      startedAt: at,
      expiresAt: at + oneYear,
      events: [],
      status: 'RUNNING',
      stoppedAt: undefined,
      // The first move enters the first state.
      position: { phase: 'ended', state: '', enteredAt: at, retries: [] },
      stateInput: '',
      enteredId: 0,
      chain: 0,
      arrivals: [],
      isGoingOn: false,
    };
    runs.push(run);
    byArn.set(run.arn, run);
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
      machines.deploy(machine.arn);
    } catch (error) {
      journal.close();
      throw Object.assign(error as Error, { message: `State machine ${machine.name}: ${(error as Error).message}` });
    }
  }

  const setTimer = (among: Map<Run, () => void>, run: Run, instant: number | undefined, fire: () => void) => {
    among.get(run)?.();
    among.delete(run);
    if (instant === undefined) return;
    const wake = () => {
      among.delete(run);
      if (!stopped) fire();
    };
    among.set(run, clock.at(instant, wake));
  };

  const watch = (run: Kept) => {
    const here = run.position;
    setTimer(timers, run, dueAt(run), () => {
      if (run.position !== here) return;
      const moves = elapsedStep(run, clock.now());
      if (moves) move(run, moves);
    });
  };
  const watchEnd = (run: Kept) => setTimer(ends, run, run.expiresAt, () => move(run, closing('ExecutionTimedOut')));
  const release = (run: Kept) => {
    for (const each of [timers, ends]) setTimer(each, run, undefined, () => undefined);
    run.arrivals.length = 0;
  };

  const call = (run: Kept) => {
    // The same attempt, by its TaskStarted event, is invoked once.
    if (run.position.phase !== 'invoking' || invoked.get(run) === run.chain) return;
    const attempt = run.chain;
    invoked.set(run, attempt);
    const end = activity.begin();
    const settle = (moves: () => readonly Move[]) => {
      // A token, a timeout or a stop may have ended the attempt meanwhile, and then lets the execution go on.
      const isCurrent = () => isRunning(run) && run.position.phase === 'invoking' && run.chain === attempt;
      run.arrivals.push(() => (isCurrent() ? moves() : undefined));
      goOn(run);
      end();
    };
    const invocation = async () => {
      const { arn, payload } = invocationOf(run);
      return options.invoke(run, arn, payload);
    };
    invocation().then(
      (answer) => settle(() => answered(run, answer)),
      (error: unknown) => settle(() => notInvoked(run, error)),
    );
  };

  const announce = (run: Run) =>
    void activity.track(async () => options.onStatusChange(statusChange(run, clock.now())));

  const record = (run: Kept, moves: readonly Move[]) => {
    write({ run: run.number, at: clock.now(), moves: withinLimits(run, moves) });
    if (!isRunning(run)) {
      release(run);
      announce(run);
      return;
    }
    watch(run);
    call(run);
  };

  const tools: Tools = {
    now: () => clock.now(),
    newToken: options.newToken,
    jitter: options.random ?? (() => 0.5),
  };
  const faulty = (error: unknown) =>
    closing('ExecutionFailed', failureOf({ error: 'States.Runtime', cause: (error as Error).message }));

  const stepOrFault = (run: Run) => {
    try {
      const moves = nextStep(run, tools);
      return moves instanceof Promise ? moves.catch(faulty) : moves;
    } catch (error) {
      return faulty(error);
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
        if (!isReady(run)) {
          const arrival = run.arrivals.shift();
          if (!arrival) break;
          const moves = arrival();
          if (moves) record(run, moves);
          continue;
        }
        const here = run.position;
        const take = (moves: readonly Move[]) => {
          if (!stopped && run.position === here && isRunning(run)) record(run, moves);
        };
        const moves = stepOrFault(run);
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

  const found = runs.filter(isRunning);
  if (found.length > 0) {
    void activity.track(async () => {
      await options.ready;
      // A token may have come while the rest of the cloud was starting: that execution already goes on.
      const left = found.filter((run) => !stopped && isRunning(run));
      // What fell due meanwhile fires at once, in the order in which it fell due.
      const dues = left.flatMap((run) => [
        { at: run.expiresAt, set: () => watchEnd(run) },
        { at: dueAt(run) ?? Infinity, set: () => watch(run) },
      ]);
      for (const due of dues.toSorted((a, b) => a.at - b.at)) due.set();
      for (const run of left) {
        call(run);
        goOn(run);
      }
    });
  }

  return {
    machines: machines as Pick<Machines, 'get' | 'list'>,
    /** The text of a machine's definition. */
    textOf: ({ definition }: { readonly definition: string }) => texts.get(definition) ?? '',
    /** Throws `DefinitionRefused`, and then there is no new machine. */
    createMachine({ definition, ...rest }: DeployedMachine & { readonly roleArn: string }): Machine {
      const record = { ...rest, definition: keepText(definition) };
      write({ machine: record, at: clock.now() });
      return machines.get(record.arn) as Machine;
    },
    /** All executions, oldest first. */
    runs: runs as readonly Run[],
    run: (arn: string): Run | undefined => byArn.get(arn),
    /** The execution that a token was once made for; it waits for it only while its position holds it. */
    issuedTo: (token: string) => byToken.get(token),
    /** Writes the step down and lets the execution go on from it. */
    move,
    start(machine: Machine, name: string, input: string): Run {
      const { arn: machineArn, name: machineName, roleArn, definition } = machine;
      const workflow = definitionOf(definition);
      const at = clock.now();
      const { events, position } = entering(workflow, workflow.startAt, input, at);
      const run = write({
        start: { machineArn, machineName, roleArn, definition, name, input },
        at,
        moves: [{ events: [executionStarted(input, roleArn), ...events], position }],
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
      for (const cancel of [...timers.values(), ...ends.values()]) cancel();
      journal.close();
    },
  };
}

/** Execution names are unique within a machine, so an execution's ARN says both. */
export const executionArn = (machineArn: string, name: string) =>
  `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
