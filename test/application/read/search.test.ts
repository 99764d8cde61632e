/** The search for a child by name, and what a sealed referral alone learns of a match. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDigests } from '../../../shared/application/matching/secret.ts';
import { auditReferral } from '../../../shared/application/read/audit.ts';
import { createEvenly } from '../../../shared/application/read/evenly.ts';
import { searchByName, searchedAs, searchesOn } from '../../../shared/application/read/search.ts';
import { openApi } from '../../support/api-client.ts';
import { type Desk, reportOf, startDesk, visitor } from '../../support/desk.ts';

let desk: Desk;
let api: ReturnType<typeof openApi>;
let hartford: string;
let danbury: string;
let sealed: string;
const born = '2011-05-17';
const named = ['P-CARELINE-SUPERVISOR', 'P-CARELINE-SUPERVISOR.2'];
beforeAll(async () => {
  desk = await startDesk();
  api = openApi(desk);
  hartford = await desk.opened({ name: 'María Hernández', birthDate: born });
  danbury = await desk.opened({ name: 'Maria Ernandes', residenceTown: 'Danbury' });
  sealed = await desk.opened({ name: 'Zofia Wisniewska', birthDate: born });
  const seal = { because: 'workers-family', forPeople: named, reason: 'Her aunt works here.' };
  await desk.do(sealed, 'seal-referral', seal, 'careline-manager');
});
afterAll(() => desk.stop());

const purpose = 'work-on-referral';
const find = async (input: object, as = 'careline-worker') => {
  const answer = await searchByName(desk.parts(), visitor(as), { purpose, ...input });
  return answer.kind === 'found' ? answer.referrals.map(({ referralId }) => referralId) : answer.kind;
};

describe('a search by name', () => {
  test.each([{}, { 'idempotency-key': 'k' }])('of a body with very many levels is refused: %o', async (headers) => {
    const text = `${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}`;
    expect((await api.ask('/searches', { as: 'P-CARELINE-WORKER', text, headers })).status).toBe(400);
  });

  test.each([
    ['as it is spelled', { name: 'Maria Hernandez' }],
    ['with the surname first', { name: 'HERNANDEZ, MARIA' }],
    ['as it is heard', { name: 'Maria Ernandez' }],
  ])('finds a child %s', async (_, input) => {
    expect((await find(input)).toString().split(',').toSorted()).toEqual([hartford, danbury].toSorted());
  });

  test('finds exactly that name where the exact name was chosen, whatever its case and accents', async () => {
    expect(await find({ name: 'maria hernandez', spelling: 'exact' })).toEqual([hartford]);
    expect(await find({ name: 'MARIA ERNANDES', spelling: 'exact' })).toEqual([danbury]);
    expect(await find({ name: 'Maria Hernandes', spelling: 'exact' })).toEqual([]);
    expect(await find({ name: 'Maria Hernandez', spelling: 'exact', birthDate: '2011-05-18' })).toEqual([]);
    expect(await find({ name: 'Maria Hernandez', spelling: 'exact', birthDate: born })).toEqual([hartford]);
  });

  test('leaves out referrals of another office, those sealed for others, and erased ones', async () => {
    expect(await find({ name: 'Maria Hernandez' }, 'caseworker@office-DANBURY')).toEqual([danbury]);
    expect(await find({ name: 'Zofia Wisniewska' })).toEqual([]);
    expect(await find({ name: 'Zofia Wisniewska' }, 'careline-supervisor')).toEqual([sealed]);
    expect(await find({ name: 'Zofia Wisniewska' }, 'careline-manager')).toEqual([]);
  });

  test.each(['auditor', 'administrator', 'mdt-member', 'mdt-chair', 'contact:PV-1'])('is not for %s', async (as) => {
    expect(await find({ name: 'Maria Hernandez' }, as)).toBe('forbidden');
  });

  test.each([
    ['a word that is no name', { name: 'Unknown' }],
    ['no purpose', { name: 'Maria Hernandez', purpose: undefined }],
    ['no name', { name: '' }],
  ])('is refused for %s', async (_, input) => {
    expect(await find(input)).toBe('invalid');
  });

  test('is recorded before the lookup, and does not happen where it cannot be recorded', async () => {
    const ledger = { ...desk.ledger, recordAccess: () => Promise.reject(new Error('Not written.')) };
    const identities = { lookUp: () => Promise.reject(new Error('It was looked up.')) };
    const search = searchByName({ ...desk.parts(), ledger, identities }, visitor('careline-worker'), {
      name: 'Maria Hernandez',
      purpose,
    });
    await expect(search).rejects.toThrow('Not written.');
  });

  test('does the same reads whether it finds a child, none, or one that is sealed', async () => {
    const readsOf = async (name: string) => {
      const read: string[] = [];
      const ledger = {
        ...desk.ledger,
        referral: (id: string) => {
          read.push(id);
          return desk.ledger.referral(id);
        },
      };
      await searchByName({ ...desk.parts(), ledger }, visitor('careline-worker'), { name, purpose });
      expect(new Set(read).size).toBe(read.length);
      return read;
    };
    const [found, none, hidden] = [
      await readsOf('Maria Hernandez'),
      await readsOf('Unheard Anywhere'),
      await readsOf('Zofia Wisniewska'),
    ];
    expect(hidden).toContain(sealed);
    expect([found.length, none.length, hidden.length]).toEqual([30, 30, 30]);
  });

  test('answers at a boundary of time, whatever it found and even where it fails', async () => {
    let now = 1000;
    const pauses: number[] = [];
    const evenly = createEvenly(
      () => now,
      async (milliseconds) => void pauses.push(milliseconds),
    );
    const taking = (milliseconds: number) => async () => {
      now += milliseconds;
      return milliseconds;
    };
    for (const spent of [14.6, 17.2, 0, 250, 251]) expect(await evenly(taking(spent))).toBe(spent);
    await expect(evenly(() => Promise.reject(new Error('Not recorded.')))).rejects.toThrow('Not recorded.');
    expect(pauses.map((pause) => Math.round(pause * 10) / 10)).toEqual([235.4, 232.8, 250, 0, 249, 250]);
  });

  test('is found again by trying its name, in any order and case, and by no other name', async () => {
    await find({ name: 'Hernandez, Tomás', birthDate: '2012-02-03' });
    const of = (name: string, key = desk.digests) => searchedAs({ name }, key)[0] ?? '';
    const records = JSON.stringify(await desk.ledger.readAfresh(`access#${searchesOn(desk.now)}`));
    expect(records).toContain(of('tomas HERNANDEZ'));
    expect(records).toContain(searchedAs({ name: '', birthDate: '2012-02-03' }, desk.digests)[1]);
    expect(records).not.toContain(of('Tomas Hernandes'));
    expect(records).not.toContain(of('Tomas Hernandez', createDigests('another key')));
    expect(records).not.toMatch(/tomas|hernandez/i);
  });

  test('tells children of like names apart, for people who work on them, and records no more than before', async () => {
    const answer = await searchByName(desk.parts(), visitor('careline-worker'), { purpose, name: 'Maria Hernandez' });
    if (answer.kind !== 'found') throw new Error(answer.kind);
    const of = (id: string) => answer.referrals.find(({ referralId }) => referralId === id);
    expect(of(hartford)).toMatchObject({
      office: 'HARTFORD',
      takenBy: 'P-CARELINE-WORKER',
      child: { ageBand: '15-to-17', town: 'Hartford', danger: 'yes', missing: false },
    });
    expect(of(danbury)).toMatchObject({ office: 'DANBURY', child: { ageBand: 'not-known', town: 'Danbury' } });
    const [latest] = (await auditReferral(desk.parts(), hartford, { id: 'P-ADMINISTRATOR' }))?.accesses ?? [];
    expect(latest).toMatchObject({ personId: 'P-CARELINE-WORKER', read: ['search'], purpose });
  });

  test('never decrypts: no name is in its answer, in its record or in an address', async () => {
    const answer = await api.ask('/searches', { as: 'P-CASEWORKER', body: { name: 'Maria Hernandez', purpose } });
    expect(answer.status).toBe(200);
    expect(answer.text).not.toMatch(/maria/i);
    expect(JSON.stringify(await desk.items('Ledger'))).not.toMatch(/hernandez/i);
    const { body } = await api.ask('/searches', { as: 'P-AUDITOR' });
    expect((body.searches as object[])[0]).toMatchObject({
      personId: 'P-CASEWORKER',
      read: ['search', expect.stringMatching(/^name:[0-9a-f]{32}$/)],
      purpose,
    });
    const audit = await auditReferral(desk.parts(), hartford, { id: 'P-ADMINISTRATOR' });
    expect(audit?.accesses[0]).toMatchObject({ personId: 'P-CASEWORKER', read: ['search'], purpose });
    expect((await api.ask('/searches', { as: 'P-CASEWORKER' })).status).toBe(403);
    expect((await api.ask('/searches?day=today', { as: 'P-AUDITOR' })).status).toBe(400);
  });
});

describe('a search of one name alone', () => {
  const age = { approximateAge: 15, birthDate: undefined };

  test('finds a report of the last day under a like name, as the question of the same child does', async () => {
    const devon = await desk.opened({ name: 'Devon', ...age });
    await desk.opened({ name: 'Tamsin', ...age });
    const answer = await desk.report(reportOf({ name: 'Devin', ...age }));
    if (answer.kind !== 'taken') throw new Error('It was not taken.');
    const devin = answer.referralIds[0] ?? '';
    expect((await find({ name: 'Devin' })).toString().split(',').toSorted()).toEqual([devin, devon].toSorted());
    expect(await find({ name: 'Devin', spelling: 'exact' })).toEqual([devin]);
    const later = (hours: number) => ({
      ...desk.parts(),
      now: new Date(Date.parse(desk.now) + hours * 3_600_000).toISOString(),
    });
    const found = async (hours: number) => {
      const after = await searchByName(later(hours), visitor('careline-worker'), { name: 'Devin', purpose });
      return after.kind === 'found' ? after.referrals.length : after.kind;
    };
    expect([await found(23), await found(26)]).toEqual([2, 0]);
  });

  test('finds no sealed report for who may not open it', async () => {
    const closed = await desk.opened({ name: 'Isolde', ...age });
    expect(await find({ name: 'Isolde' })).toEqual([closed]);
    const seal = { because: 'workers-family', forPeople: named, reason: 'Her aunt works here.' };
    await desk.do(closed, 'seal-referral', seal, 'careline-manager');
    expect(await find({ name: 'Isolde' })).toEqual([]);
  });
});

describe('the names of what was found', () => {
  const withNames = async (input: object, as = 'careline-worker', more: object = {}) => {
    const read: string[] = [];
    const names = {
      childName: (id: string, corrected?: string) => {
        read.push(id);
        return desk.identities.childName(id, corrected);
      },
    };
    const given = { ...desk.parts(), names, ...more };
    const answer = await searchByName(given, visitor(as), { purpose, ...input });
    if (answer.kind !== 'found') throw new Error(answer.kind);
    return { read, names: answer.referrals.map(({ name }) => name) };
  };

  test('are shown to people who may read them, and each read is recorded with its purpose', async () => {
    const { names } = await withNames({ name: 'María Hernández', spelling: 'exact' });
    expect(names).toEqual([{ kind: 'read', words: 'María Hernández' }]);
    const [latest] = (await auditReferral(desk.parts(), hartford, { id: 'P-ADMINISTRATOR' }))?.accesses ?? [];
    expect(latest).toMatchObject({ personId: 'P-CARELINE-WORKER', read: ['search', 'childName'], purpose });
  });

  test('are not read for a purpose that does not fit the role', async () => {
    const found = await withNames({ name: 'Maria Hernandez', purpose: 'legal-advice' });
    expect(found).toEqual({ read: [], names: [undefined, undefined] });
  });

  test('of a referral sealed for others are never read', async () => {
    expect(await withNames({ name: 'Zofia Wisniewska' })).toEqual({ read: [], names: [] });
    expect((await withNames({ name: 'Zofia Wisniewska' }, 'careline-supervisor')).read).toEqual([sealed]);
  });

  test('are not read where the read cannot be recorded', async () => {
    const read: string[] = [];
    const names = { childName: async (id: string) => void read.push(id) as undefined };
    const recordAccess: typeof desk.ledger.recordAccess = (of, frame, what) =>
      what.includes('childName')
        ? Promise.reject(new Error('Not written.'))
        : desk.ledger.recordAccess(of, frame, what);
    const ledger = { ...desk.ledger, recordAccess };
    const given = { ...desk.parts(), names, ledger };
    const search = searchByName(given, visitor('careline-worker'), { name: 'Maria Hernandez', purpose });
    await expect(search).rejects.toThrow('Not written.');
    expect(read).toEqual([]);
  });
});

describe('a search with a key', () => {
  const asked = (body: object, key: string, as = 'P-CASEWORKER') =>
    api.ask('/searches', { as, body: { purpose, ...body }, headers: { 'Idempotency-Key': key } });

  test('of an earlier search is the same search, and is refused with other content', async () => {
    const first = await asked({ name: 'Maria Hernandez' }, 'one');
    expect(first.body.referrals).not.toEqual([]);
    expect((await asked({ name: 'Maria Hernandez' }, 'one')).body).toEqual(first.body);
    const before = await desk.items('Ledger');
    expect((await asked({ name: 'Wren Example' }, 'one')).status).toBe(422);
    expect((await asked({ name: 'Maria Hernandez', spelling: 'exact' }, 'one')).status).toBe(422);
    expect(await desk.items('Ledger')).toEqual(before);
    expect(JSON.stringify(before)).not.toMatch(/hernandez/i);
  });

  test('of another person is another search', async () => {
    await asked({ name: 'Maria Hernandez' }, 'two');
    expect((await asked({ name: 'Wren Example' }, 'two', 'P-CARELINE-WORKER')).status).toBe(200);
    expect((await asked({ name: 'Maria Hernandez' }, 'x'.repeat(201))).status).toBe(400);
  });
});

test('a damaged candidate is left out, and the search goes on with the others and as many reads', async () => {
  const [broken, whole] = [
    await desk.opened({ name: 'Oriel Damaskin', birthDate: born }),
    await desk.opened({ name: 'Oriel Damaskin', birthDate: born }),
  ];
  const row = { seq: 1, at: desk.now, body: '{}', hash: 'x', prev: 'x' };
  await desk.put('Ledger', [{ pk: `referral#${broken}`, ...row }]);
  const faults: string[] = [];
  let reads = 0;
  const ledger = {
    ...desk.ledger,
    referral: (id: string) => {
      reads += 1;
      return desk.ledger.referral(id);
    },
  };
  const parts = {
    ...desk.parts(),
    ledger,
    evenly: <Answer>(answer: () => Promise<Answer>) => answer(),
    onFault: (_: unknown, id: string) => void faults.push(id),
  };
  const input = { name: 'Oriel Damaskin', purpose: 'work-on-referral' };
  const answer = await searchByName(parts, visitor('careline-worker'), input);
  expect(answer).toMatchObject({ kind: 'found', referrals: [{ referralId: whole }] });
  expect(faults).toEqual([broken]);
  expect(reads).toBe(30);
});

describe('a report that resembles a sealed referral', () => {
  let id = '';
  test('gets the ordinary answer, and only the people the seal names are told, once', async () => {
    const report = reportOf({ name: 'Zofia Wisniewska', birthDate: born });
    const plain = await desk.report(reportOf({ name: 'Xenia Unlike', birthDate: '2012-01-01' }));
    const like = await desk.report(report, { key: 'like' });
    if (like.kind !== 'taken' || plain.kind !== 'taken') throw new Error('It was not taken.');
    id = like.referralIds[0] ?? '';
    expect(like.candidates).toEqual(plain.candidates);
    await desk.report(report, { key: 'like' });
    const state = await desk.state(sealed);
    expect(state.sameChild.matches).toMatchObject([{ of: id }]);
    const told = Object.values(state.alerts).filter(({ kind }) => kind === 'sealed-match');
    expect(told).toMatchObject([{ to: [], people: named }]);
    const { commits = [] } = (await desk.ledger.referral(id)) ?? {};
    expect(JSON.stringify(commits)).not.toContain(sealed);
  });

  test('names no sealed candidate in its audit, not even one that was sealed afterwards', async () => {
    const later = await desk.opened({ name: 'Wanda Kowalska', birthDate: born });
    const other = await desk.opened({ name: 'Wanda Kowalska', birthDate: born });
    const seen = async (as: string) => JSON.stringify(await auditReferral(desk.parts(), other, { id: as }));
    expect(await seen('P-ADMINISTRATOR')).toContain(later);
    await desk.do(
      other,
      'answer-duplicate',
      { answer: 'same-child-open', of: later, reason: 'Words.' },
      'careline-worker',
    );
    const seal = { because: 'workers-family', forPeople: named, reason: 'Her aunt works here.' };
    await desk.do(later, 'seal-referral', seal, 'careline-manager');
    expect(await seen('P-ADMINISTRATOR')).not.toContain(later);
    expect(await seen('P-ADMINISTRATOR')).toContain('ANOTHER-REFERRAL');
    expect(await seen(named[0] ?? '')).toContain(later);
  });
});
