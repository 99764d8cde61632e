/** The catalogue of refusals: one sentence for each key, each used, and none that another subject has too. */
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refuser } from '../../shared/domain/core/refusal.ts';
import { type RefusalKey, refusals, refuse } from '../../shared/domain/refusals.ts';

const shared = fileURLToPath(new URL('../../shared', import.meta.url));
const textOf = (file: string) => readFileSync(`${shared}/${file}`, 'utf8');
const keys = Object.keys(refusals) as RefusalKey[];
const codeOf = (key: string) => key.split('/')[0];

describe('the catalogue of refusals', () => {
  test('has every key once: no subject takes the key of another', () => {
    // What partners read in Spanish is by the same keys.
    const files = globSync('domain/*/*-refusals.ts', { cwd: shared }).filter((file) => !file.includes('partner-'));
    const counted = files.flatMap((file) =>
      [...textOf(file).matchAll(/^ {2}'?([a-z0-9/-]+)'?:/gm)].map(([, key]) => key),
    );
    expect(files.map((file) => basename(file)).length).toBeGreaterThan(15);
    expect(counted.toSorted()).toEqual([...new Set(counted)].toSorted());
    expect(counted.toSorted()).toEqual(keys.toSorted());
  });

  test('has no key without an act that refuses with it', () => {
    const sources = globSync('{domain,application,store}/**/*.ts', { cwd: shared })
      .filter((file) => !file.endsWith('-refusals.ts'))
      .map(textOf)
      .join('\n');
    const used = new Set([...sources.matchAll(/refuse\(\s*'([^']+)'/g)].map(([, key]) => key));
    expect(keys.filter((key) => !used.has(key))).toEqual([]);
  });

  test('says nothing twice: two keys with one sentence would be one refusal', () => {
    const plain = keys.map((key) => refusals[key].replaceAll(/\{\w+\}/g, '…'));
    expect(plain.toSorted()).toEqual([...new Set(plain)].toSorted());
  });

  test('has more than one key of a code only where each names its cause', () => {
    const byCode = Object.groupBy(keys, codeOf as (key: string) => string);
    const several = Object.values(byCode).filter((each) => each !== undefined && each.length > 1);
    expect(several.length).toBeGreaterThan(10);
    expect(several.flat().filter((key) => !key?.includes('/'))).toEqual([]);
  });
});

describe('a refusal', () => {
  test('has the code before the cause, and the sentence of its key', () => {
    expect(refuse('no-such-seat/team', { discipline: 'medical' })).toEqual({
      refused: 'no-such-seat',
      sentence: 'The team of this referral has no seat for medical.',
    });
  });

  test('has each value where its name stands, and takes a value as it is', () => {
    const say = refuser({ 'of-two': '{one} and {other}, again {one}.' });
    fc.assert(
      fc.property(fc.string(), fc.oneof(fc.string(), fc.integer()), (one, other) => {
        expect(say('of-two', { one, other })).toEqual({
          refused: 'of-two',
          sentence: `${one} and ${other}, again ${one}.`,
        });
      }),
    );
  });
});
