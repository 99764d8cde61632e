/**
 * The time of one case. Nothing in it does input or output. So all that follows from a timer is done one turn of the
 * event loop later. Work that waits for virtual time is not.
 */
import type { Clock } from '../../infra/local/clock/clock.ts';

/** Work goes on and on and the clock hardly moves. To wait for its end would take for ever. */
export class NoProgress extends Error {
  override name = 'NoProgress';
}

export interface VirtualTime extends Clock {
  /** The instant as the product writes it, UTC. */
  iso(): string;
  /** Resolves when so much virtual time has passed. */
  after(milliseconds: number): Promise<void>;
  /** Counts one step of this day's work, such as a request to a table. Each timer that fires is a step too. */
  step(): void;
  /** Whether more steps were taken in this day than any day needs. The worker must stop then. */
  isStuck(): boolean;
  /** Fires timers in order until `instant`, letting all work come to rest after each. Rejects with `NoProgress` once it is stuck. */
  runUntil(instant: number): Promise<void>;
  /** Once nothing more follows at this instant. */
  rest(): Promise<void>;
}

interface Timer {
  readonly instant: number;
  readonly order: number;
  fire: (() => void) | undefined;
}

const isBefore = (one: Timer, other: Timer) =>
  one.instant < other.instant || (one.instant === other.instant && one.order < other.order);

/**
 * In a day. Two children in danger for which no person answered took 55,000. One timer that is set again every second
 * takes 86,400.
 */
const stepsOfADay = 80_000;
const day = 86_400_000;

/** Starts at `startsAt` (epoch milliseconds). A day that takes more than `mostSteps` is stuck. */
export function createVirtualTime(startsAt: number, mostSteps = stepsOfADay): VirtualTime {
  let now = startsAt;
  let count = 0;
  let dayFrom = startsAt;
  let steps = 0;
  let said = { now: Number.NaN, iso: '' };
  const heap: Timer[] = [];

  const push = (timer: Timer) => {
    let at = heap.push(timer) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] as Timer;
      if (isBefore(above, timer)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = timer;
  };
  const pop = () => {
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      const right = heap[child + 1];
      if (right && isBefore(right, heap[child] as Timer)) child += 1;
      const lower = heap[child];
      if (!lower || isBefore(last, lower)) break;
      heap[at] = lower;
      at = child;
    }
    heap[at] = last;
  };

  // Promises alone: all of them are settled when the event loop has turned once.
  const rest = () => new Promise<void>((resolve) => setImmediate(resolve));
  const at: Clock['at'] = (instant, fire) => {
    const timer: Timer = { instant: Math.max(Math.floor(instant), now), order: count++, fire };
    push(timer);
    return () => {
      timer.fire = undefined;
    };
  };

  return {
    now: () => now,
    iso() {
      if (said.now !== now) said = { now, iso: new Date(now).toISOString() };
      return said.iso;
    },
    at,
    after: (milliseconds) => new Promise((resolve) => void at(now + milliseconds, resolve)),
    rest,
    step() {
      steps += 1;
    },
    isStuck: () => steps > mostSteps,
    async runUntil(instant) {
      await rest();
      for (let first = heap[0]; first && first.instant <= instant; first = heap[0]) {
        pop();
        if (!first.fire) continue;
        now = first.instant;
        if (now - dayFrom >= day) {
          dayFrom = now;
          steps = 0;
        }
        steps += 1;
        first.fire();
        await rest();
        if (steps > mostSteps) {
          const from = new Date(dayFrom).toISOString();
          throw new NoProgress(
            `The case comes to no end: in the day from ${from} on, more than ${mostSteps} steps were taken.`,
          );
        }
      }
      now = Math.max(now, instant);
    },
  };
}
