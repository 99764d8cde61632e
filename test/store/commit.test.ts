import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CommitBody,
  decodeCommit,
  encodeCommit,
  noHash,
  type StoredCommit,
  verifyChain,
} from '../../shared/store/commit.ts';

const hashOf = (prev: string, text: string) => createHash('sha256').update(`${prev}\n${text}`).digest('hex');
const chain = 'referral#CR-7F3KD-9QXMT2';
const body = (seq: number, more: Partial<CommitBody> = {}): CommitBody => ({
  chain,
  seq,
  at: `2026-11-09T15:00:0${seq}.000Z`,
  actor: { kind: 'person', id: 'P-1' },
  cause: { kind: 'sweep' },
  policy: '2026.1',
  events: [{ type: 'swept', v: 1, found: 'lost-run' }],
  ...more,
});

function chainOf(...bodies: readonly CommitBody[]): readonly StoredCommit[] {
  const sealed: StoredCommit[] = [];
  for (const content of bodies) sealed.push(encodeCommit(content, sealed.at(-1)?.hash ?? noHash));
  return sealed;
}
const intact = chainOf(body(1), body(2), body(3), body(4));
const altered = (index: number, change: Partial<StoredCommit>) => intact.with(index, { ...at(index), ...change });
const at = (index: number): StoredCommit => intact[index] ?? { text: '', prev: '', hash: '' };

describe('a chain', () => {
  test('as it was written is intact, and its head is the last hash', () => {
    expect(verifyChain(chain, intact)).toEqual({ intact: true, length: 4, head: at(3).hash });
    expect(verifyChain(chain, [])).toEqual({ intact: true, length: 0, head: noHash });
  });

  test('with an altered body is broken there', () => {
    const text = at(1).text.replace('P-1', 'P-2');
    expect(verifyChain(chain, altered(1, { text }))).toMatchObject({ intact: false, brokenAt: 2 });
  });

  test('with an altered body that was sealed anew is broken at the next commit', () => {
    const forged = encodeCommit(body(2, { actor: { kind: 'person', id: 'P-2' } }), at(0).hash);
    expect(verifyChain(chain, intact.with(1, forged))).toMatchObject({ intact: false, brokenAt: 3 });
  });

  test('with two commits swapped is broken at the first of them', () => {
    expect(verifyChain(chain, [at(0), at(2), at(1), at(3)])).toMatchObject({ intact: false, brokenAt: 2 });
  });

  test('without one of its middle, or without its first, is broken where that was', () => {
    expect(verifyChain(chain, [at(0), at(2), at(3)])).toMatchObject({ intact: false, brokenAt: 2 });
    expect(verifyChain(chain, [at(1), at(2), at(3)])).toMatchObject({ intact: false, brokenAt: 1 });
  });

  test('moved to another key is broken from its first commit', () => {
    expect(verifyChain('referral#CR-0THER-0NE000', intact)).toMatchObject({ intact: false, brokenAt: 1 });
  });

  test('that skips a number, though every hash fits, is broken', () => {
    expect(verifyChain(chain, chainOf(body(1), body(3)))).toMatchObject({ intact: false, brokenAt: 2 });
  });

  test('with a commit that is no commit, though its hash fits, is broken and does not stop the audit', () => {
    const forged = encodeCommit(body(1), noHash);
    const nonsense = chainOf({ ...body(1) }).map(() => forged);
    expect(verifyChain(chain, nonsense)).toMatchObject({ intact: true });
    for (const text of ['{"half":', '[]', '{}']) {
      const sealed = sealText(text, at(0).hash);
      expect(verifyChain(chain, [at(0), sealed])).toMatchObject({ intact: false, brokenAt: 2 });
    }
  });

  test('in which any one character of any commit was changed is broken', () => {
    fc.assert(
      fc.property(fc.nat(3), fc.nat(), fc.constantFrom('text', 'prev', 'hash'), (index, place, part) => {
        const whole = at(index)[part];
        const where = place % whole.length;
        const other = whole.charAt(where) === '7' ? '8' : '7';
        const changed = whole.slice(0, where) + other + whole.slice(where + 1);
        const check = verifyChain(chain, altered(index, { [part]: changed }));
        expect(check).toMatchObject({ intact: false });
        expect(verifyChain(chain, altered(index, { [part]: changed }), intact)).toEqual(check);
      }),
    );
  });

  test.each([
    ['as it was', intact, 3],
    ['that has grown', intact, 2],
    ['that was cut short', intact.slice(0, 2), 4],
    ['with two swapped', [at(0), at(2), at(1), at(3)], 4],
    ['of another key', chainOf(body(1, { chain: 'referral#CR-0THER-0NE000' })), 1],
  ])('%s is judged the same where a part of it was verified before', (_, commits, count) => {
    expect(verifyChain(chain, commits, intact.slice(0, count))).toEqual(verifyChain(chain, commits));
  });
});

/** What an attacker who knows how hashes are made could write. */
function sealText(text: string, prev: string): StoredCommit {
  const fake = encodeCommit(body(9), prev);
  return { ...fake, text, hash: hashOf(prev, text) };
}

describe('the sealed text', () => {
  test('is the same whatever order the fields came in', () => {
    const [one, other] = [
      { b: 1, a: { d: [{ z: 1, y: 2 }], c: 3 } },
      { a: { c: 3, d: [{ y: 2, z: 1 }] }, b: 1 },
    ];
    expect(encodeCommit(body(1, { events: [one] }), noHash)).toEqual(
      encodeCommit(body(1, { events: [other] }), noHash),
    );
    expect(encodeCommit(body(1, { events: [one] }), noHash).text).toContain(
      '[{"a":{"c":3,"d":[{"y":2,"z":1}]},"b":1}]',
    );
  });

  test('gives back any content unchanged', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 4 }), (events) => {
        const content = body(1, { events: JSON.parse(JSON.stringify(events)) });
        const { stored, ...read } = decodeCommit(encodeCommit(content, noHash), (each) => each);
        expect(read).toEqual(content);
        expect(stored.prev).toBe(noHash);
      }),
    );
  });

  test('that is not a commit cannot be read', () => {
    const stored = encodeCommit(body(1), noHash);
    expect(() => decodeCommit({ ...stored, text: '{}' }, (each) => each)).toThrow();
    expect(() => decodeCommit({ ...stored, text: 'no' }, (each) => each)).toThrow();
  });
});
