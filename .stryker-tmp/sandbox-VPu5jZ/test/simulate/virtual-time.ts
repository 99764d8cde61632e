/**
 * The time of one case. Nothing in it does input or output, so one turn of the event loop after a timer everything that
 * follows from it is done, unless it waits for virtual time itself.
 */
// @ts-nocheck

import type { Clock } from '../../infra/local/clock.ts';

export interface VirtualTime extends Clock {
  /** The instant as the product writes it, UTC. */
  iso(): string;
  /** Resolves when so much virtual time has passed. */
  after(milliseconds: number): Promise<void>;
  /** Fires timers in order until `instant`, letting all work come to rest after each. */
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

/** Starts at `startsAt` (epoch milliseconds). */
export function createVirtualTime(startsAt: number): VirtualTime {
  let now = startsAt;
  let count = 0;
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
    iso: () => new Date(now).toISOString(),
    at,
    after: (milliseconds) => new Promise((resolve) => void at(now + milliseconds, resolve)),
    rest,
    async runUntil(instant) {
      await rest();
      for (let first = heap[0]; first && first.instant <= instant; first = heap[0]) {
        pop();
        if (!first.fire) continue;
        now = first.instant;
        first.fire();
        await rest();
      }
      now = Math.max(now, instant);
    },
  };
}
