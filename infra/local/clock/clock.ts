/**
 * The movable clock of the embedded cloud, and the notion of "everything has come to rest".
 *
 * Every part of the embedded cloud takes its time and its timers from this clock. So a test or a person can move months
 * forward and see each timer fire in order. All the work that a timer caused is done before the next one fires.
 */

/** Reads the time and sets timers. Instants are epoch milliseconds, UTC. */
export interface Clock {
  now(): number;
  /** Calls `fire` once when the clock reaches `instant` (at once, if that is past). Returns its cancellation. */
  at(instant: number, fire: () => void): () => void;
}

export interface MovableClock extends Clock {
  /**
   * Moves forward by `milliseconds`, firing due timers in order. Resolves when everything due has come to rest.
   * A negative or non-finite amount rejects with a RangeError. Calls made meanwhile wait for their turn.
   */
  advance(milliseconds: number): Promise<void>;
  /** Runs `listener` before the first timer of an advance, after each and at its end: for schedules. */
  onHop(listener: () => Promise<void>): void;
  /** For worker threads: see `followClock`. */
  readonly shared: SharedArrayBuffer;
  stop(): void;
}

/** Counts work in flight, so that an advance of the clock can wait for quiet. */
export interface Activity {
  /** Marks one piece of work as begun; call what it returns exactly once when it has ended. */
  begin(): () => void;
  /** Runs `work` as one piece of activity. */
  track<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves once nothing has been in flight for two turns of the event loop. */
  rest(): Promise<void>;
}

export function createActivity(): Activity {
  let inFlight = 0;
  let waiting: (() => void)[] = [];
  let checking = false;

  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  const check = async () => {
    if (checking) return;
    checking = true;
    for (let quiet = 0; quiet < 2 && waiting.length > 0; ) {
      await turn();
      quiet = inFlight === 0 ? quiet + 1 : 0;
      if (inFlight > 0) break;
    }
    checking = false;
    if (inFlight === 0) {
      const resolved = waiting;
      waiting = [];
      for (const resolve of resolved) resolve();
    }
  };

  const begin = () => {
    inFlight += 1;
    let ended = false;
    return () => {
      if (ended) throw new Error('A piece of activity was ended twice.');
      ended = true;
      inFlight -= 1;
      if (inFlight === 0 && waiting.length > 0) void check();
    };
  };

  return {
    begin,
    async track(work) {
      const end = begin();
      try {
        return await work();
      } finally {
        end();
      }
    },
    rest: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        if (inFlight === 0) void check();
      }),
  };
}

interface Timer {
  readonly instant: number;
  readonly order: number;
  readonly fire: () => void;
}

/** setTimeout holds 31 bits of milliseconds; a longer wait is taken in pieces of a day. */
const longestNap = 86_400_000;

/**
 * A clock that follows real time plus the time it was moved by. With `frozenAt` (epoch ms) the clock stands still
 * except when moved. So tests and the demo give the same instants every time.
 */
export function createClock(options: { activity: Activity; frozenAt?: number; offset?: number }): MovableClock {
  const shared = new SharedArrayBuffer(16);
  const [moved, frozen] = [0, 1];
  const cells = new Float64Array(shared);
  cells[moved] = options.offset ?? 0;
  cells[frozen] = options.frozenAt ?? Number.NaN;
  const standsStill = options.frozenAt !== undefined;

  let timers: Timer[] = [];
  let count = 0;
  let nap: NodeJS.Timeout | undefined;
  let advancing = false;
  let queue: Promise<void> = Promise.resolve();
  const hops: (() => Promise<void>)[] = [];

  const now = () => readClock(cells);
  const moveTo = (instant: number) => {
    const by = instant - now();
    if (by > 0) cells[moved] = (cells[moved] ?? 0) + by;
  };
  const takeNext = (until: number) => {
    const first = timers[0];
    if (!first || first.instant > until) return undefined;
    timers.shift();
    return first;
  };
  const wake = () => {
    clearTimeout(nap);
    const first = timers[0];
    if (standsStill || advancing || !first) return;
    nap = setTimeout(
      () => {
        for (let due = takeNext(now()); due; due = takeNext(now())) due.fire();
        wake();
      },
      Math.min(longestNap, Math.max(0, first.instant - now())),
    );
    nap.unref();
  };
  const settle = async () => {
    await options.activity.rest();
    for (const hop of hops) await hop();
    await options.activity.rest();
  };

  const advance = async (milliseconds: number) => {
    advancing = true;
    try {
      const target = now() + milliseconds;
      await settle();
      for (let due = takeNext(target); due; due = takeNext(target)) {
        moveTo(due.instant);
        due.fire();
        await settle();
      }
      moveTo(target);
      await settle();
    } finally {
      advancing = false;
      wake();
    }
  };

  return {
    now,
    shared,
    at(instant, fire) {
      const timer = { instant, order: count++, fire };
      if (instant <= now() && !advancing) {
        const soon = setImmediate(fire);
        return () => clearImmediate(soon);
      }
      const place = timers.findIndex((other) => other.instant > instant);
      timers.splice(place === -1 ? timers.length : place, 0, timer);
      wake();
      return () => {
        timers = timers.filter((other) => other !== timer);
        wake();
      };
    },
    advance(milliseconds) {
      if (!Number.isFinite(milliseconds) || milliseconds < 0) {
        return Promise.reject(new RangeError('The clock only moves forward: give a duration of zero or more.'));
      }
      const turn = queue.then(() => advance(milliseconds));
      queue = turn.catch(() => undefined);
      return turn;
    },
    onHop: (listener) => void hops.push(listener),
    stop: () => clearTimeout(nap),
  };
}

function readClock(cells: Float64Array, realNow: () => number = Date.now): number {
  const frozen = cells[1] ?? Number.NaN;
  return Math.floor((Number.isNaN(frozen) ? realNow() : frozen) + (cells[0] ?? 0));
}

/** In a worker thread: makes `Date` follow the clock whose `shared` cells are given. Real timers are not touched. */
export function followClock(shared: SharedArrayBuffer): void {
  const cells = new Float64Array(shared);
  const RealDate = Date;
  const realNow = RealDate.now.bind(RealDate);
  const current = () => readClock(cells, realNow);
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args: [], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [current()] : args, newTarget),
    apply: (target) => new target(current()).toString(),
    get: (target, key, receiver) => (key === 'now' ? current : Reflect.get(target, key, receiver)),
  });
}
