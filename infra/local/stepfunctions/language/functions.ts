/**
 * What Step Functions adds to JSONata 2.0.6, and the functions of JSONata that it has. `$eval` is in neither. What AWS
 * gives at the edges was measured by `floci-io/floci`, `docs/services/step-functions.md`.
 */
import { createHash, randomUUID } from 'node:crypto';

const algorithms: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/** Items of the longest `$range` that AWS makes. */
const longestRange = 360_145;

/** As AWS: cut to a whole number, towards zero. Throws for what is no number. */
function whole(value: unknown, what: string): number {
  if (typeof value === 'number') return Math.trunc(value);
  throw new Error(`${what} must be a number`);
}

/** A list that JSONata gives as its only value where it has one, and as nothing where it is empty. */
const sequence = (items: number[]): number[] =>
  Object.defineProperty(items, 'sequence', { value: true, enumerable: false });

function range(from: unknown, to: unknown, by?: unknown): number[] | undefined {
  if (by === undefined) return undefined;
  const [first, last, step] = [from, to, by].map((value) => whole(value, 'Each argument of $range')) as [
    number,
    number,
    number,
  ];
  const count = step === 0 ? 0 : Math.max(0, Math.floor((last - first) / step) + 1);
  if (count > longestRange) throw new Error('Expression evaluation memory limit exceeded');
  return sequence(Array.from({ length: count }, (_, index) => first + index * step));
}

function partition(list: unknown, size: unknown): unknown[][] | undefined {
  if (list === undefined) return undefined;
  const items = Array.isArray(list) ? list : [list];
  const length = whole(size, 'The second argument of $partition');
  if (length < 0) throw new Error('The second argument of $partition must be positive');
  if (length === 0 || items.length === 0) return undefined;
  return Array.from({ length: Math.ceil(items.length / length) }, (_, index) =>
    items.slice(index * length, (index + 1) * length),
  );
}

function hash(data: unknown, algorithm: unknown): string | undefined {
  if (data === undefined || algorithm === undefined) return undefined;
  const name = algorithms[String(algorithm)];
  if (name === undefined) throw new Error(`$hash knows ${Object.keys(algorithms).join(', ')}`);
  return createHash(name)
    .update(typeof data === 'string' ? data : JSON.stringify(data))
    .digest('hex');
}

const multiplier = 0x5deece66dn;
const low48 = (1n << 48n) - 1n;

/** The first `nextDouble` of `java.util.Random`, as its documentation defines it, which is what AWS gives for a seed. */
function seeded(seed: number): number {
  let state = (BigInt(seed) ^ multiplier) & low48;
  const next = (bits: bigint) => {
    state = (state * multiplier + 0xbn) & low48;
    return state >> (48n - bits);
  };
  return Number((next(26n) << 27n) + next(27n)) / 2 ** 53;
}

/** `random` gives numbers from 0 (included) to 1 (excluded), as `$random` does. */
export const randomFrom = (random: () => number) => (seed?: unknown) =>
  seed === undefined ? random() : seeded(whole(seed, 'The seed of $random'));

/** By name. JSONata's own `$eval` is taken away: a call of it fails as that of any unknown function. */
export const addedFunctions: Readonly<Record<string, unknown>> = {
  eval: undefined,
  range,
  partition,
  hash,
  uuid: () => randomUUID(),
  parse: (text?: unknown) => {
    if (text === undefined) return undefined;
    if (typeof text !== 'string') throw new Error('$parse takes a string');
    return JSON.parse(text) as unknown;
  },
};

export const functionNames: ReadonlySet<string> = new Set(
  `abs append assert average base64decode base64encode boolean ceil clone contains count decodeUrl
  decodeUrlComponent distinct each encodeUrl encodeUrlComponent error exists filter floor formatBase formatInteger
  formatNumber fromMillis hash join keys length lookup lowercase map match max merge millis min not now number pad
  parse parseInteger partition power random range reduce replace reverse round shuffle sift single sort split spread
  sqrt string substring substringAfter substringBefore sum toMillis trim type uppercase uuid zip`.split(/\s+/),
);
