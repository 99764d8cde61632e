/** What befalls one invocation of a function: it ends before or after one of its effects, or takes long. */
import type { Faults } from './faults.ts';
import type { VirtualTime } from './virtual-time.ts';

/** The longest that a slow function takes, in milliseconds. */
export const slowest = 20_000;

/** Called around each effect of an invocation; takes long or rejects where that befalls the invocation there. */
export interface Hazard {
  (when: 'before' | 'after'): Promise<void>;
  /** False where it only takes long. */
  readonly ends: boolean;
  /** Throws once the invocation was killed or timed out. From then on none of its effects leaves it. */
  readonly throwIfOver: () => void;
}

const named = (name: string, message: string) => Object.assign(new Error(message), { name });

/** As Lambda or the AWS SDK name them: some the definitions retry, others end the run. */
const failures = [
  () => named('ProvisionedThroughputExceededException', 'The level of configured throughput was exceeded.'),
  () => named('LedgerBusy', 'The ledger is busy with this referral: try again in a moment.'),
  () => named('Runtime.ExitError', 'Runtime exited with error: signal: killed'),
  () => named('TypeError', "Cannot read properties of undefined (reading 'x')"),
];

export const functionTimeout = (name: string) => (name === 'react' || name === 'send-alerts' ? 60_000 : 30_000);

/** Undefined where nothing befalls it. `crash` ends the whole process. */
export function drawHazard(faults: Faults, time: VirtualTime, name: string, crash: () => void): Hazard | undefined {
  const before = faults.happens('function-fails-before', name);
  const after = faults.happens('function-fails-after', name);
  const times = faults.happens('function-times-out', name);
  const crashes = faults.happens('crash', name);
  const slow = faults.happens('function-slow', name) ? faults.dice.between(50, slowest) : 0;
  const ends = before || after || times || crashes;
  if (!ends && slow === 0) return undefined;
  const at = faults.dice.pick(['before', 'after'] as const);
  const where = before ? 'before' : after ? 'after' : at;
  const failure = faults.dice.pick(failures);
  let left = faults.dice.pick([0, 0, 0, 1, 2]);
  let isSlow = slow > 0;
  let over: Error | undefined;
  const throwIfOver = () => {
    if (over) throw over;
  };
  const hazard = async (when: 'before' | 'after'): Promise<void> => {
    if (when !== where) return;
    if (isSlow) {
      isSlow = false;
      await time.after(slow);
    }
    if (!ends) return;
    left -= 1;
    if (left >= 0) return;
    if (crashes) {
      crash();
      throw new Error('The process has died.');
    }
    if (times) {
      await time.after(functionTimeout(name));
      over = named('Sandbox.Timedout', 'Task timed out');
      throw over;
    }
    const fault = failure();
    if (fault.name === 'Runtime.ExitError') over = fault;
    throw fault;
  };
  return Object.assign(hazard, { ends, throwIfOver });
}

type Methods<Part> = readonly Extract<keyof Part, string>[];

/** The same part, with the hazard around these of its methods. */
export function exposed<Part extends object>(part: Part, methods: Methods<Part>, hazard: Hazard | undefined): Part {
  if (!hazard) return part;
  const wrapped = methods.map((name) => {
    const method = part[name] as (...given: unknown[]) => Promise<unknown>;
    const around = async (...given: unknown[]) => {
      hazard.throwIfOver();
      await hazard('before');
      const answer = await method(...given);
      await hazard('after');
      return answer;
    };
    return [name, around];
  });
  return { ...part, ...Object.fromEntries(wrapped) };
}
