/** A child's identity, corrected and erased: what is read and found afterwards, and that the chain stays as it was. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type EraseParts, eraseVault } from '../../../functions/erase-vault/erase-vault.ts';
import { type KeepParts, keepVault } from '../../../functions/keep-vault/keep-vault.ts';
import { likest, scoresBy } from '../../../shared/application/matching/blind-index.ts';
import { compareAgain } from '../../../shared/application/matching/compare-again.ts';
import { takeOutOfIndex, underBoth } from '../../../shared/application/matching/reindex.ts';
import { createDigests, withNewIndexKey, withoutFormerKeys } from '../../../shared/application/matching/secret.ts';
import { readIdentities } from '../../../shared/application/read/read-identities.ts';
import { performCommand } from '../../../shared/application/use-cases/perform-command.ts';
import { takeReport } from '../../../shared/application/use-cases/take-report.ts';
import { referralChain } from '../../../shared/store/chains.ts';
import { verifyChain } from '../../../shared/store/commit.ts';
import { type Desk, reportOf, startDesk, visitor } from '../../support/desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());
let children = 0;
/** A family name of its own for each test, so that no test finds the child of another. */
let family = '';
beforeEach(() => {
  children += 1;
  desk.at('2026-11-09T15:00:00Z');
  family =
    [
      'Aldana',
      'Brockmeyer',
      'Castellanos',
      'Dimitrov',
      'Eriksson',
      'Fitzgerald',
      'Grzybowski',
      'Hoffmann',
      'Ibarra',
      'Jankowski',
      'Kowalczyk',
      'Lindqvist',
      'Moriarty',
      'Novak',
      'Okonkwo',
      'Pettersen',
      'Quintero',
      'Rasmussen',
      'Sokolov',
      'Thibodeaux',
      'Uspensky',
      'Villanueva',
      'Wojciechowski',
      'Yamaguchi',
    ][children] ?? '';
});
const reason = 'The reporter called again.';
const born = '2011-05-17';
const read = async (id: string, as = 'caseworker') =>
  readIdentities(desk.parts(), visitor(as), await desk.state(id), 'work-on-referral', []);
const foundWith = async (child: object, more: object = {}) => {
  const answer = await desk.report(reportOf(child, more));
  return answer.kind === 'taken' ? answer.candidates.map(({ of }) => of) : [];
};
const keep = (more: Partial<KeepParts> = {}) =>
  keepVault({ ...desk.parts(), application: { compareAgain, underBoth }, most: 500, ...more });
const erase = (more: Partial<EraseParts> = {}) => eraseVault({ ...desk.parts(), takeOutOfIndex, most: 500, ...more });
/** Runs until it has looked at every hour in which this referral can have been opened. */
async function keptInTurn(id: string): Promise<void> {
  desk.at('2026-11-09T15:20:00Z');
  for (let runs = 0; runs < 400 && !(await desk.identities.indexed(id))?.by; runs += 1) {
    desk.at(new Date(Date.parse(desk.now) + 1_800_000).toISOString());
    await keep();
  }
}
const vaultOf = async (id: string) =>
  (await desk.items('Identities')).filter(({ pk, referralId }) => String(pk).includes(id) || referralId === id);
const indexOf = async (id: string) =>
  (await desk.items('Identities')).filter((item) => String(item.pk).startsWith('blind#') && id in item);

describe('a corrected name', () => {
  test('is read from then on, and the former one stays in the vault with who, when and why', async () => {
    const id = await desk.opened({ name: `Marta ${family}`, phone: '203-555-0142', priorIds: 'L-1' });
    await desk.do(
      id,
      'correct-identity',
      { childName: `Marina ${family}`, phone: '203-555-0199', reason },
      'caseworker',
    );
    expect(await read(id)).toMatchObject({ childName: `Marina ${family}`, phone: '203-555-0199', priorIds: 'L-1' });
    expect(await desk.identities.childName(id)).toBe(`Marta ${family}`);
    const last = (await desk.ledger.referral(id))?.commits.find(
      ({ cause }) => 'name' in cause && cause.name === 'correct-identity',
    );
    const [event] = last?.events.slice(-1) ?? [];
    expect(event).toMatchObject({ type: 'identity-corrected', fields: ['childName', 'phone'] });
    expect(last?.stored.text).not.toContain('Marina');
    expect(JSON.stringify((await desk.ledger.referral(id))?.commits)).not.toMatch(/Marina|0199/);
  });

  test('can be corrected again, and removed', async () => {
    const id = await desk.opened({ name: `Marta ${family}`, phone: '203-555-0142' });
    await desk.do(id, 'correct-identity', { childName: `Marina ${family}`, reason }, 'caseworker');
    await desk.do(id, 'correct-identity', { childName: `Mirna ${family}`, remove: ['phone'], reason }, 'caseworker');
    const now = await read(id);
    expect(now?.childName).toBe(`Mirna ${family}`);
    expect(now?.phone).toBeUndefined();
  });

  test('finds the referral, and the wrong one finds nothing', async () => {
    const id = await desk.opened({ name: `Marta ${family}`, birthDate: born });
    await desk.do(id, 'correct-identity', { childName: 'Wilhelmina Zauberberg', reason }, 'caseworker');
    expect(await foundWith({ name: `Marta ${family}`, birthDate: born })).not.toContain(id);
    expect(await foundWith({ name: 'Wilhelmina Zauberberg', birthDate: born })).toContain(id);
  });

  test('leads to a referral with a similar name, and asks a person whether it is the same child', async () => {
    const other = await desk.opened({ name: `Beatriz ${family}`, birthDate: born });
    const id = await desk.opened({ name: `Unknown ${family}x`, birthDate: '2009-01-02' });
    await desk.step(id, 'AskSameChild');
    await desk.do(id, 'correct-identity', { childName: `Beatriz ${family}`, reason }, 'caseworker');
    await desk.do(id, 'record-birth-date', { birthDate: born, reason }, 'caseworker');
    const {
      sameChild: { candidates, scores: candidateScores },
      deadlines,
    } = await desk.state(id);
    expect(candidates).toContain(other);
    expect(candidateScores?.[other]).toBeGreaterThan(0.9);
    expect(Object.values(deadlines).some(({ rule, status }) => rule === 'D31' && status === 'open')).toBe(true);
  });

  test('with the right date of birth finds the referral, also where it was merged before', async () => {
    const child = { name: `Ottilie ${family}`, birthDate: born };
    const one = await desk.opened(child);
    const id = await desk.opened(child);
    await desk.do(id, 'answer-duplicate', { answer: 'same-child-open', of: one, reason }, 'careline-worker');
    const right = { name: child.name, birthDate: '2013-07-30' };
    const likeness = async () => {
      const answer = await desk.report(reportOf(right));
      return answer.kind === 'taken' ? (answer.candidates.find(({ of }) => of === id)?.score ?? 0) : 0;
    };
    const before = await likeness();
    await desk.do(id, 'record-birth-date', { birthDate: right.birthDate, reason }, 'careline-worker');
    expect(await likeness()).toBeGreaterThan(before);
  });

  const askedAbout = async (id: string) => {
    const {
      sameChild: { candidates },
      deadlines,
    } = await desk.state(id);
    return [
      candidates,
      Object.values(deadlines)
        .filter(({ rule }) => rule === 'D31')
        .map(({ status }) => status),
    ];
  };
  /** With a birthday of the test's own. */
  const beatriz = async (day: string) => {
    const id = await desk.opened({ name: `Beatriz ${family}`, birthDate: `2012-08-${day}` });
    await desk.step(id, 'AskSameChild');
    return id;
  };

  test('asks no one again about a pair that was answered or is asked on the other referral', async () => {
    const [first, second, third] = [await beatriz('10'), await beatriz('10'), await beatriz('10')];
    const no = { answer: 'not-a-duplicate', of: first, reason };
    await desk.do(second, 'answer-duplicate', no, 'careline-worker');
    await desk.do(first, 'correct-identity', { phone: '203-555-0142', reason }, 'caseworker');
    expect(await askedAbout(first)).toEqual([[], []]);
    expect(await askedAbout(second)).toEqual([[first], ['kept']]);
    expect(await askedAbout(third)).toEqual([[first, second].toSorted(), ['open']]);
  });

  test('is compared with the referrals that can be read, where the chain of another is damaged', async () => {
    const [damaged, readable] = [await beatriz('25'), await beatriz('25')];
    const id = await desk.opened({ name: 'Wilhelmina Untersberg', birthDate: '2012-08-25' });
    await desk.step(id, 'AskSameChild');
    const faults: unknown[][] = [];
    const unreadable = new Error('This chain is damaged.');
    const ledger = {
      ...desk.ledger,
      referral: async (other: string) => {
        if (other === damaged) throw unreadable;
        return desk.ledger.referral(other);
      },
    };
    const parts = { ...desk.parts(), ledger, onFault: (...fault: unknown[]) => faults.push(fault) };
    const input = { childName: `Beatriz ${family}`, reason };
    const order = { referralId: id, name: 'correct-identity', input, key: 'beside a damaged one' } as const;
    expect((await performCommand(parts, visitor('caseworker'), order)).kind).toBe('done');
    expect(await askedAbout(id)).toEqual([[readable], ['open']]);
    expect(faults).toEqual([[unreadable, damaged]]);
  });

  test('withdraws on both sides an open question about it', async () => {
    const [first, second, third] = [await beatriz('20'), await beatriz('20'), await beatriz('20')];
    const no = { answer: 'not-a-duplicate', of: first, reason };
    await desk.do(third, 'answer-duplicate', no, 'careline-worker');
    await desk.do(second, 'correct-identity', { childName: 'Wilhelmina Untersberg', reason }, 'caseworker');
    expect(await askedAbout(second)).toEqual([[], ['ended']]);
    expect(await askedAbout(third)).toEqual([[first], ['kept']]);
    expect((await desk.ledger.referral(third))?.commits.at(-1)?.actor).toEqual({ kind: 'function', id: 'compare' });
  });

  test('leaves open questions where only the telephone is corrected', async () => {
    const phone = '203-555-0142';
    const first = await desk.opened({ name: `Beatriz ${family}`, birthDate: '2012-08-30', phone });
    const second = await beatriz('30');
    await desk.do(first, 'correct-identity', { remove: ['phone'], reason }, 'caseworker');
    expect(await askedAbout(second)).toEqual([[first], ['open']]);
  });

  test('is indexed by the keeper of the vault where the application stopped before that', async () => {
    const id = await desk.opened({ name: `Marta ${family}`, birthDate: born });
    const broken = { ...desk.parts(), onFault: () => {} };
    const identities = { ...desk.identities, index: () => Promise.reject(new Error('Gone.')) };
    const order = {
      referralId: id,
      name: 'correct-identity',
      input: { childName: 'Walpurga Untersberg', reason },
      key: 'k',
    } as const;
    expect((await performCommand({ ...broken, identities }, visitor('caseworker'), order)).kind).toBe('done');
    expect(await foundWith({ name: 'Walpurga Untersberg', birthDate: born })).not.toContain(id);
    await keep();
    expect(await foundWith({ name: 'Walpurga Untersberg', birthDate: born })).toContain(id);
  });

  test.each([
    ['without any value', {}, 'nothing-said'],
    ['with one given and removed', { phone: '1', remove: ['phone'] }, 'given-and-removed'],
  ])('is refused %s', async (_, input, code) => {
    const id = await desk.opened();
    const answer = await desk.command(id, 'correct-identity', { ...input, reason }, { as: 'caseworker' });
    expect(answer).toMatchObject({ kind: 'refused', refusal: { refused: code } });
  });
});

describe('a corrected reporter', () => {
  const reporter = { name: 'Rowan Canary', phone: '203-555-0111', relation: 'teacher' };
  const reporterOf = async (id: string, as = 'careline-supervisor') => (await read(id, as))?.reporter;

  test('is read from then on by those who may, field by field, and the former one stays in the vault', async () => {
    const id = await desk.opened({}, { reporter });
    const before = await desk.ledger.readAfresh(referralChain(id));
    const phone = { reporterPhone: '203-555-0122', reason };
    // A colleague of the person who took the report may not read the reporter, and overwrites nothing.
    expect(await reporterOf(id, 'careline-worker/2')).toBeUndefined();
    expect(await desk.command(id, 'correct-reporter', phone, { as: 'careline-worker/2' })).toMatchObject({
      kind: 'refused',
      refusal: { refused: 'not-yours-to-correct' },
    });
    await desk.do(id, 'correct-reporter', phone, 'careline-worker');
    expect(await reporterOf(id)).toEqual({ ...reporter, phone: '203-555-0122' });
    const name = { reporterName: 'Rowena Canary', reporterEmail: 'rowena@school.example', reason };
    await desk.do(id, 'correct-reporter', name, 'hart-liaison');
    await desk.do(id, 'correct-reporter', { remove: ['reporterRelation'], reason }, 'area-supervisor');
    expect(await reporterOf(id)).toEqual({
      name: 'Rowena Canary',
      phone: '203-555-0122',
      email: 'rowena@school.example',
    });
    expect(await desk.identities.reporter(id)).toEqual(reporter);

    const after = await desk.ledger.readAfresh(referralChain(id));
    expect(after.slice(0, before.length)).toEqual(before);
    expect(verifyChain(referralChain(id), after).intact).toBe(true);
    const { commits = [] } = (await desk.ledger.referral(id)) ?? {};
    expect(commits.flatMap(({ events }) => events).filter(({ type }) => type === 'reporter-corrected')).toMatchObject([
      { fields: ['reporterPhone'] },
      { fields: ['reporterName', 'reporterEmail'] },
      { fields: ['reporterRelation'] },
    ]);
    expect(JSON.stringify(after)).not.toMatch(/Canary|555-01|school\.example|teacher/);
  });

  test('is told to the police only while a name is recorded', async () => {
    const ground = { recipient: 'police', legalBasis: 'cgs-17a-28-police', method: 'phone' };
    const told = { ...ground, receivedBy: 'Sergeant', purpose: 'Words.' };
    const disclosed = (id: string) => desk.command(id, 'disclose-reporter', told, { as: 'legal' });
    const id = await desk.opened();
    expect(await disclosed(id)).toMatchObject({ kind: 'refused', refusal: { refused: 'no-reporter' } });
    await desk.do(id, 'correct-reporter', { reporterName: 'Rowan Canary', reason }, 'careline-worker');
    expect((await disclosed(id)).kind).toBe('done');
    await desk.do(id, 'correct-reporter', { remove: ['reporterName'], reason }, 'careline-worker');
    expect(await disclosed(id)).toMatchObject({ kind: 'refused', refusal: { refused: 'no-reporter' } });
  });

  test('is anonymous once all fields are removed, and an anonymous one may get a name', async () => {
    const id = await desk.opened({}, { reporter });
    const remove = ['reporterName', 'reporterPhone', 'reporterRelation'];
    await desk.do(id, 'correct-reporter', { remove, reason }, 'careline-supervisor');
    expect(await reporterOf(id)).toBeUndefined();
    const unknown = await desk.opened();
    await desk.do(unknown, 'correct-reporter', { reporterName: 'Rowan Canary', reason }, 'careline-worker');
    expect(await reporterOf(unknown)).toEqual({ name: 'Rowan Canary' });
  });

  test('is erased with all else', async () => {
    const id = await desk.opened({}, { reporter });
    await desk.do(id, 'correct-reporter', { reporterName: 'Rowena Canary', reason }, 'careline-worker');
    await desk.do(id, 'propose-withdrawal', { because: 'made-in-error', reason }, 'careline-supervisor');
    await desk.do(id, 'agree-withdrawal', {}, 'careline-manager');
    const ground = { ground: 'court-order', orderReference: 'No. 1', reason };
    await desk.do(id, 'propose-erasure', ground, 'legal');
    await desk.do(id, 'agree-erasure', {}, 'program-manager');
    await erase();
    expect(await vaultOf(id)).toEqual([expect.objectContaining({ pk: `index#${id}` })]);
    const late = await desk.command(
      id,
      'correct-reporter',
      { reporterName: 'Rowan', reason },
      { as: 'careline-worker' },
    );
    expect(late).toMatchObject({ kind: 'refused', refusal: { refused: 'erased-already' } });
  });

  test.each([
    ['without any value', {}, 'nothing-said'],
    ['with one given and removed', { reporterPhone: '1', remove: ['reporterPhone'] }, 'given-and-removed'],
  ])('is refused %s', async (_, input, code) => {
    const id = await desk.opened({}, { reporter });
    const answer = await desk.command(id, 'correct-reporter', { ...input, reason }, { as: 'careline-worker' });
    expect(answer).toMatchObject({ kind: 'refused', refusal: { refused: code } });
  });
});

const withdrawn = async (child: object) => {
  const id = await desk.opened(
    { ...child, safeContact: 'Only at school.', phone: '203-555-0142' },
    { reporter: { name: 'Rita Reporter' } },
  );
  await desk.step(id, 'AskSameChild');
  await desk.do(id, 'propose-withdrawal', { because: 'made-in-error', reason }, 'careline-supervisor');
  await desk.do(id, 'agree-withdrawal', {}, 'careline-manager');
  return id;
};
const refusal = async (id: string, name: 'propose-erasure' | 'agree-erasure', input: object, as: string) => {
  const answer = await desk.command(id, name, input, { as });
  return answer.kind === 'refused' ? answer.refusal.refused : answer.kind;
};
const byOrder = { ground: 'court-order', orderReference: 'Superior Court, 1', reason };
const byRule = { ground: 'retention', reason };

describe("the erasure of a child's identity", () => {
  test("waits for the end of the work, the rule's time, a named order and the end of a hold", async () => {
    const open = await desk.opened();
    expect(await refusal(open, 'propose-erasure', byOrder, 'legal')).toBe('wrong-stage');
    const id = await withdrawn({ name: `Marta ${family}` });
    expect(await refusal(id, 'propose-erasure', byRule, 'legal')).toBe('retained');
    expect(await refusal(id, 'propose-erasure', { ground: 'court-order', reason }, 'legal')).toBe('order-missing');
    desk.at('2031-11-09T14:59:59Z');
    expect(await refusal(id, 'propose-erasure', byRule, 'legal')).toBe('retained');
    desk.at('2031-11-09T15:00:00Z');
    await desk.do(id, 'set-legal-hold', { reason }, 'aag-liaison');
    expect(await refusal(id, 'propose-erasure', byRule, 'legal')).toBe('legal-hold');
    await desk.do(id, 'lift-legal-hold', { reason }, 'legal');
    expect(await refusal(id, 'propose-erasure', byRule, 'legal')).toBe('done');
  });

  test('waits for a hold on the referral it is merged into, and allows no more work afterwards', async () => {
    const child = { name: `Merged ${family}`, birthDate: '2012-04-05' };
    const held = await desk.opened(child);
    const id = await desk.opened(child);
    for (const each of [held, id]) await desk.step(each, 'AskSameChild');
    await desk.do(held, 'set-legal-hold', { reason }, 'legal');
    await desk.do(id, 'answer-duplicate', { answer: 'same-child-open', of: held, reason }, 'careline-worker');
    expect(await refusal(id, 'propose-erasure', byOrder, 'legal')).toBe('legal-hold');
    await desk.do(held, 'lift-legal-hold', { reason }, 'legal');
    expect(await refusal(id, 'propose-erasure', byOrder, 'legal')).toBe('done');
    expect(await refusal(id, 'agree-erasure', {}, 'program-manager')).toBe('done');
    const undone = await desk.command(id, 'undo-merge', { reason }, { as: 'careline-manager' });
    expect(undone).toMatchObject({ kind: 'refused', refusal: { refused: 'erased-already' } });
  });

  test('needs a second person, and no hold since the proposal', async () => {
    const id = await withdrawn({ name: `Marta ${family}` });
    expect(await refusal(id, 'agree-erasure', {}, 'program-manager')).toBe('nothing-proposed');
    await desk.do(id, 'propose-erasure', byOrder, 'legal');
    expect(await refusal(id, 'agree-erasure', {}, 'legal')).toBe('second-person');
    await desk.do(id, 'set-legal-hold', { reason }, 'legal');
    expect(await refusal(id, 'propose-erasure', byOrder, 'legal')).toBe('legal-hold');
    await desk.do(id, 'lift-legal-hold', { reason }, 'legal');
    // The second person approves what was proposed after the hold.
    expect(await refusal(id, 'agree-erasure', {}, 'program-manager')).toBe('nothing-proposed');
    await desk.do(id, 'propose-erasure', byOrder, 'legal');
    expect(await refusal(id, 'agree-erasure', {}, 'program-manager')).toBe('done');
    expect(await refusal(id, 'propose-erasure', byOrder, 'legal')).toBe('erased-already');
  });

  test('counts at once for reads and searches, and then leaves only an intact chain', async () => {
    const id = await withdrawn({ name: `Marta ${family}`, birthDate: born });
    await desk.do(id, 'correct-identity', { childName: `Marina ${family}`, reason }, 'caseworker');
    await desk.do(id, 'propose-erasure', byOrder, 'legal');
    await desk.do(id, 'agree-erasure', {}, 'program-manager');
    expect(await read(id)).toEqual({ erased: { at: desk.now, ground: 'court-order' } });
    expect(await foundWith({ name: `Marina ${family}`, birthDate: born })).not.toContain(id);
    expect((await vaultOf(id)).length).toBeGreaterThan(8);

    // It stops in the middle, and the next run continues.
    let allowed = 3;
    const stops = async (key: string) => {
      allowed -= 1;
      if (allowed < 0) throw new Error('Killed.');
      return desk.identities.erase(key);
    };
    expect((await erase({ identities: { ...desk.identities, erase: stops } })).faults).not.toEqual([]);
    expect((await erase()).faults).toEqual([]);
    expect((await vaultOf(id)).map(({ pk }) => pk)).toEqual([`index#${id}`]);
    expect(await indexOf(id)).toEqual([]);
    desk.at('2026-11-09T15:10:01Z');
    await erase();
    expect(await vaultOf(id)).toEqual([]);
    const { commits = [] } = (await desk.ledger.referral(id)) ?? {};
    const chain = await desk.ledger.readAfresh(referralChain(id));
    expect(verifyChain(referralChain(id), chain)).toMatchObject({ intact: true, length: commits.length });
    const refused = await desk.command(id, 'correct-identity', { childName: 'X', reason }, { as: 'caseworker' });
    expect(refused).toMatchObject({ refusal: { refused: 'erased-already' } });
  });

  test('that was marked and never committed is found and undone, and removes nothing', async () => {
    const id = await withdrawn({ name: `Marta ${family}`, birthDate: born });
    await desk.do(id, 'propose-erasure', byOrder, 'legal');
    await desk.identities.markIndex(id, 'erasing', 'MARK');
    const before = (await vaultOf(id)).length;
    await erase();
    expect((await desk.identities.indexed(id))?.by).toBe('erasing');
    desk.at('2026-11-09T16:00:01Z');
    await erase();
    await keep();
    expect((await desk.identities.indexed(id))?.by).toBe(desk.digests.index[0].name);
    expect((await vaultOf(id)).length).toBe(before);
    expect(await foundWith({ name: `Marta ${family}`, birthDate: born })).toContain(id);
  });
});

describe('a new key of the index', () => {
  const secret = 'the key of these tests';
  const rotated = withNewIndexKey(secret, 'a new key');
  const both = createDigests(rotated);
  const alone = createDigests(withoutFormerKeys(rotated));

  test('leaves ids and digests of requests as they were', () => {
    const before = createDigests(secret);
    expect(both.hex('a', 'b')).toBe(before.hex('a', 'b'));
    expect(both.index.map(({ name }) => name)).toEqual([alone.index[0].name, before.index[0].name]);
    expect(alone.index).toHaveLength(1);
    expect(createDigests(withNewIndexKey(rotated, 'a third')).index).toHaveLength(3);
    expect(() => createDigests('{"ids":"x"}')).toThrow();
  });

  test('finds by both keys meanwhile, is applied item by item past any crash, and then counts alone', async () => {
    const own = await startDesk();
    try {
      const names = ['Aurelia Zambrano', 'Bernadette Quillfeather', 'Cosima Wolkenstein'];
      const ids: string[] = [];
      for (const name of names) ids.push(await own.opened({ name, birthDate: born }));
      const parts = (digests: typeof both) => ({ ...own.parts(), digests });
      const find = async (name: string, { index }: typeof both) =>
        likest(await scoresBy(index, own.identities, { name, birthDate: born }), '').map(({ id }) => id);
      const run = (digests: typeof both, more: Partial<KeepParts> = {}) =>
        keepVault({ ...parts(digests), application: { compareAgain, underBoth }, most: 500, ...more });

      // No row is indexed again yet, so the former key finds the child.
      expect(await find(names[0] ?? '', both)).toContain(ids[0]);
      // Stopped at each write in turn, and started again each time.
      for (const allowed of [0, 1, 4, 7, 12]) {
        let left = allowed;
        const dies =
          <Args extends readonly unknown[], Result>(work: (...args: Args) => Promise<Result>) =>
          (...args: Args) => {
            left -= 1;
            return left < 0 ? Promise.reject(new Error('Killed.')) : work(...args);
          };
        const { index, mayStandUnder, noteIndexed, takeOut } = own.identities;
        const identities = {
          ...own.identities,
          index: dies(index),
          mayStandUnder: dies(mayStandUnder),
          noteIndexed: dies(noteIndexed),
          takeOut: dies(takeOut),
        };
        await run(both, { identities, most: 2 });
        for (const [at, name] of names.entries()) {
          // One instance that does not know the new key yet, and one that does.
          const matched = await Promise.all([find(name, own.digests), find(name, both)]);
          for (const found of matched) expect(found, `${name} after ${allowed}`).toContain(ids[at]);
        }
      }
      while ((await run(both)).indexed > 0);
      for (const [at, name] of names.entries()) expect(await find(name, alone)).toContain(ids[at]);
      // The former key is gone, and its rows are removed.
      const under = async (id: string) =>
        (await own.items('ChildIndex')).filter(({ pk, sk }) => String(pk).startsWith('sound#') && sk === id).length;
      const twice = await under(ids[0] ?? '');
      while ((await run(alone)).indexed > 0);
      expect(await under(ids[0] ?? '')).toBeLessThan(twice);
      for (const [at, name] of names.entries()) expect(await find(name, alone)).toContain(ids[at]);
      const [access] = await own.ledger.readAfresh(`access#${ids[0]}`);
      expect(access?.text).toContain('keep-vault');
    } finally {
      await own.stop();
    }
  });

  test('indexes a report whose comparison began and did not end', async () => {
    const identities = { ...desk.identities, index: () => Promise.reject(new Error('The index does not answer.')) };
    const report = reportOf({ name: `Marta ${family}`, birthDate: born });
    const answer = await takeReport({ ...desk.parts(), identities }, visitor('careline-worker'), 'ended early', report);
    const [id = ''] = answer.kind === 'taken' ? answer.referralIds : [];
    expect(await foundWith({ name: `Marta ${family}`, birthDate: born })).not.toContain(id);
    expect((await desk.state(id)).sameChild.uncomparedSince).toBe(desk.now);
    await keptInTurn(id);
    expect(await foundWith({ name: `Marta ${family}`, birthDate: born })).toContain(id);
    expect((await desk.state(id)).sameChild.uncomparedSince).toBeUndefined();
  });
});
