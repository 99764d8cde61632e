/** What Step Functions adds to JSONata 2.0.6, and the functions of JSONata that it has. `$eval` is in neither. */
// @ts-nocheck

import { createHash, randomUUID } from 'node:crypto';

const algorithms: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/** `States.ArrayRange`, whose equivalent `$range` is, gives at most so many. */
const longestRange = 1000;

function whole(value: unknown, what: string): number {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw new Error(`${what} must be a whole number`);
}

function range(first: unknown, last: unknown, step: unknown): number[] {
  if (typeof first !== 'number' || typeof last !== 'number' || typeof step !== 'number') {
    throw new Error('$range takes three numbers: first, last and step');
  }
  if (step === 0) throw new Error('The step of $range must not be 0');
  const count = Math.max(0, Math.floor((last - first) / step) + 1);
  if (count > longestRange) throw new Error(`$range gives at most ${longestRange} items`);
  return Array.from({ length: count }, (_, index) => first + index * step);
}

function partition(list: unknown, size: unknown): unknown[][] | undefined {
  if (list === undefined) return undefined;
  const items = Array.isArray(list) ? list : [list];
  const length = whole(size, 'The second argument of $partition');
  if (length < 1) throw new Error('The second argument of $partition must be positive');
  return Array.from({ length: Math.ceil(items.length / length) }, (_, index) =>
    items.slice(index * length, (index + 1) * length),
  );
}

function hash(data: unknown, algorithm: unknown): string | undefined {
  if (data === undefined) return undefined;
  const name = algorithms[String(algorithm)];
  if (name === undefined) throw new Error(`$hash knows ${Object.keys(algorithms).join(', ')}`);
  return createHash(name)
    .update(typeof data === 'string' ? data : JSON.stringify(data))
    .digest('hex');
}

/** The same seed gives the same number; which one it is on AWS is not documented. */
function seeded(seed: number): number {
  const bytes = createHash('sha256').update(String(seed)).digest();
  return bytes.readUIntBE(0, 6) / 2 ** 48;
}

/** `random` gives numbers from 0 (included) to 1 (excluded), as `$random` does. */
export const randomFrom = (random: () => number) => (seed?: unknown) =>
  seed === undefined ? random() : seeded(whole(seed, 'The seed of $random'));

export const addedFunctions: Readonly<Record<string, unknown>> = {
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
