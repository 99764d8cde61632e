import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { reportUnder, takeReport } from '../../../shared/application/use-cases/take-report.ts';
import { isReference } from '../../../shared/domain/core/ids.ts';
import { type Desk, reportOf, startDesk, visitor } from '../../support/desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk();
});
afterEach(() => desk.stop());

const worker = visitor('careline-worker');
const openedBy = async (id: string) => {
  const [first] = (await desk.ledger.referral(id))?.commits[0]?.events ?? [];
  if (first?.type !== 'referral-opened') throw new Error('It was not opened.');
  return first;
};
const taken = async (input: unknown, key?: string) => {
  const answer = await desk.report(input, key === undefined ? {} : { key });
  if (answer.kind !== 'taken') throw new Error(JSON.stringify(answer));
  return answer;
};

describe('a report with a fault', () => {
  test('names every problem by its path, and nothing is stored', async () => {
    const answer = await desk.report({
      narrative: ' ',
      receivedAt: '2026-11-09 10:00',
      colour: 'red',
      children: [
        { danger: 'perhaps', birthDate: '03/03/2011', approximateAge: { from: 17, to: 12 } },
        { missingEpisodes: -1, gender: 'x', venue: [] },
      ],
    });
    if (answer.kind !== 'invalid') throw new Error('It was taken.');
    expect(answer.problems.map(({ path }) => path).sort()).toEqual(
      [
        'narrative',
        'receivedAt',
        'colour',
        'children[0].danger',
        'children[0].birthDate',
        'children[0].approximateAge',
        'children[1].danger',
        'children[1].missingEpisodes',
        'children[1].gender',
        'children[1].venue',
      ].sort(),
    );
    for (const table of ['Ledger', 'Identities'] as const) expect(await desk.items(table)).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    ['the lower age comes first', reportOf({ approximateAge: { from: 17, to: 12 } }), 'children[0].approximateAge'],
    ['no child is in it', { narrative: 'Words.', children: [] }, 'children'],
    ['it was received tomorrow', reportOf({}, { receivedAt: '2026-11-10T15:00:00Z' }), 'receivedAt'],
    ['a child is not born yet', reportOf({ birthDate: '2026-11-10' }), 'children[0].birthDate'],
    [
      'the age and the birth date contradict each other',
      reportOf({ birthDate: '2000-05-17', approximateAge: 15 }),
      'children[0].approximateAge',
    ],
    ['the assault is tomorrow', reportOf({ lastAssaultAt: '2026-11-10T15:00:00Z' }), 'children[0].lastAssaultAt'],
    ['it is no object', 'a text', ''],
  ])('where %s names the field', async (_, input, path) => {
    expect(await desk.report(input)).toMatchObject({ kind: 'invalid', problems: [{ path }] });
    expect(await desk.items('Identities')).toEqual([]);
  });
});

describe('a report', () => {
  test('with the danger alone has unknown for every trend field', async () => {
    const { referralIds } = await taken({ narrative: 'Words.', children: [{ danger: 'unknown' }] });
    const { report, child, receivedAt, recordedAt, routing, blindIndex } = await openedBy(referralIds[0] ?? '');
    expect(report).toEqual({ channel: 'unknown', reporterType: 'unknown', mandated: 'unknown', anonymous: 'unknown' });
    const { danger, age, indicators, indicatorChecklist, ...facts } = child;
    expect([danger, age, indicators, indicatorChecklist]).toEqual([
      'unknown',
      { known: 'unknown' },
      [],
      'generic-2026.1',
    ]);
    expect(Object.keys(facts)).toHaveLength(26);
    for (const value of Object.values(facts)) expect([value].flat()).toEqual(['unknown']);
    expect([receivedAt, recordedAt, routing, blindIndex]).toEqual([desk.now, desk.now, undefined, undefined]);
  });

  test('of two children makes two referrals that name each other and the report', async () => {
    const { children } = reportOf();
    const answer = await taken(reportOf({}, { children: [...children, ...children, ...children] }));
    expect(answer.referralIds).toHaveLength(3);
    expect(isReference('RP', answer.reportId)).toBe(true);
    for (const id of answer.referralIds) {
      expect(isReference('CR', id)).toBe(true);
      const { reportId, siblings } = await openedBy(id);
      expect(reportId).toBe(answer.reportId);
      expect(siblings).toEqual(answer.referralIds.filter((other) => other !== id));
    }
  });

  test('that is sent again under the same key is the same report, and nothing is stored twice', async () => {
    const first = await taken(reportOf({ name: 'Aspen Example' }), 'key');
    const stored = [await desk.items('Ledger'), await desk.items('Identities')];
    desk.at('2026-11-09T16:00:00Z');
    const again = await taken(reportOf({ name: 'Aspen Example' }), 'key');
    expect(again).toEqual({ ...first, repeated: true });
    expect([await desk.items('Ledger'), await desk.items('Identities')]).toEqual(stored);
  });

  const [child] = reportOf().children;
  test.each<[string, object]>([
    ['another child', reportOf({ residenceTown: 'Danbury' })],
    ['a second child', reportOf({}, { children: [child, child] })],
    ['a name, where there was none', reportOf({ name: 'Aspen Example', birthDate: '2011-03-03' })],
    ['a reporter, where there was none', reportOf({}, { reporter: { name: 'Invented Teacher' } })],
    ['another narrative', reportOf({}, { narrative: 'Another narrative.' })],
  ])('with %s under the same key is refused, because the key came before, and nothing is stored', async (_, other) => {
    const { referralIds } = await taken(reportOf(), 'key');
    const stored = [await desk.items('Ledger'), await desk.items('Identities')];
    expect(await desk.report(other, { key: 'key' })).toEqual({ kind: 'reused' });
    expect([await desk.items('Ledger'), await desk.items('Identities')]).toEqual(stored);
    expect(await taken(reportOf(), 'key')).toMatchObject({ referralIds, repeated: true });
  });

  test('without one of its children under the same key is refused as well', async () => {
    await taken(reportOf({}, { children: [child, child] }), 'key');
    expect(await desk.report(reportOf(), { key: 'key' })).toEqual({ kind: 'reused' });
  });

  test('of another person, or under another key, is another report', async () => {
    const first = await taken(reportOf(), 'key');
    const ids = new Set([first.reportId, (await taken(reportOf(), 'another')).reportId]);
    const other = await desk.report(reportOf(), { as: 'careline-worker/2', key: 'key' });
    if (other.kind === 'taken') ids.add(other.reportId);
    expect(ids.size).toBe(3);
  });

  test('that stopped after its first child is completed by the same key', async () => {
    const { children } = reportOf({ name: 'Aspen Example' });
    const input = reportOf({}, { children: [...children, ...children] });
    let changes = 0;
    const failing = {
      ...desk.parts(),
      ledger: {
        ...desk.ledger,
        changeReferral: (...given: Parameters<Desk['ledger']['changeReferral']>) => {
          changes += 1;
          if (changes === 2) throw new Error('The process ended.');
          return desk.ledger.changeReferral(...given);
        },
      },
    };
    await expect(takeReport(failing, worker, 'key', input)).rejects.toThrow('The process ended.');
    expect(await desk.items('Ledger')).toHaveLength(1);

    const first = desk.now;
    desk.at('2026-11-09T15:20:00Z');
    const answer = await taken(input, 'key');
    expect(answer.repeated).toBe(true);
    expect(await desk.items('Ledger')).toHaveLength(2);
    for (const id of answer.referralIds) {
      const { siblings, receivedAt } = await openedBy(id);
      expect(siblings).toEqual(answer.referralIds.filter((other) => other !== id));
      expect(receivedAt).toBe(first);
      expect(await desk.identities.childName(id)).toBe('Aspen Example');
    }
    expect(await desk.identities.pendingSince('2099-01-01T00:00:00Z')).toEqual([]);
  });

  test('that stopped between commit and confirmation is confirmed by the same key', async () => {
    const failing = {
      ...desk.parts(),
      identities: { ...desk.identities, confirmAll: () => Promise.reject(new Error('The process ended.')) },
    };
    await expect(takeReport(failing, worker, 'key', reportOf({ name: 'Aspen Example' }))).rejects.toThrow();
    expect(await desk.identities.pendingSince('2099-01-01T00:00:00Z')).toHaveLength(2);
    await taken(reportOf({ name: 'Aspen Example' }), 'key');
    expect(await desk.identities.pendingSince('2099-01-01T00:00:00Z')).toEqual([]);
  });

  test.each<[string, object, object]>([
    [
      'where the child lives',
      { residenceTown: 'hartford', presentTown: 'Bridgeport' },
      { town: 'Hartford', region: 4 },
    ],
    ['else where it happened', { residenceTown: 'Springfield', occurrenceTown: 'Bridgeport' }, { town: 'Bridgeport' }],
    ['else where the child is', { residenceTown: 'unknown', presentTown: 'New Haven' }, { team: 'MDT-NEW-HAVEN' }],
  ])('goes to the office and team of the town %s', async (_, child, routing) => {
    expect((await openedBy(await desk.opened(child))).routing).toMatchObject(routing);
  });

  test('keeps the words of a place that is no town in the vault, and a code in the ledger', async () => {
    const id = await desk.opened({
      residenceTown: '5 CANARY Lane',
      occurrenceTown: 'new  haven',
      presentTown: 'Unknown',
    });
    const { child, texts } = await openedBy(id);
    expect(child).toMatchObject({ residenceTown: 'other', occurrenceTown: 'New Haven', presentTown: 'unknown' });
    expect(JSON.stringify(await desk.items('Ledger'))).not.toContain('CANARY');
    expect(await desk.identities.text(id, texts.places ?? '')).toBe('Lives in: 5 CANARY Lane');
  });

  test('keeps the age on the day it was received, and the birth date itself only in the vault', async () => {
    const born = { birthDate: '2012-11-09' };
    const id = await desk.opened(born, { receivedAt: '2026-11-08T23:00:00-05:00' });
    expect((await openedBy(id)).child.age).toEqual({ known: 'exact', years: 13 });
    expect((await openedBy(await desk.opened(born))).child.age).toEqual({ known: 'exact', years: 14 });
    expect(await desk.identities.birthDate(id, undefined)).toBe('2012-11-09');
  });

  test.each<[string, unknown, object]>([
    ['one age', 15, { known: 'range', from: 15, to: 15, estimated: true }],
    ['a range', { from: 12, to: 17 }, { known: 'range', from: 12, to: 17, estimated: true }],
    ['a least age', { from: 16 }, { known: 'range', from: 16, to: 30, estimated: true }],
  ])('with %s that is a guess keeps it as a range', async (_, approximateAge, age) => {
    expect((await openedBy(await desk.opened({ approximateAge }))).child.age).toEqual(age);
  });

  test('of the same child is matched by name without case, accents and spaces, and by birth date', async () => {
    const digest = async (name: string, birthDate: string) =>
      (await openedBy(await desk.opened({ name, birthDate }))).blindIndex;
    const one = await digest('Zoë  Example-Smith', '2011-03-03');
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(await digest('ZOE EXAMPLE SMITH', '2011-03-03')).toBe(one);
    expect(await digest('Zoe Example Smith', '2011-03-04')).not.toBe(one);
    expect((await openedBy(await desk.opened({ name: 'Zoe Example Smith' }))).blindIndex).toBeUndefined();
    expect(await digest('123', '2011-03-03')).toBeUndefined();
  });
});

test('no row outside the vault has a name, birth date, contact, reporter or word of the narrative', async () => {
  const words = fc.string({ minLength: 6, maxLength: 30, unit: 'grapheme' }).map((text) => `«${text}»`);
  const birthDate = fc
    .date({ min: new Date('2008-01-01'), max: new Date('2020-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const secrets = fc.record({
    narrative: words,
    name: words,
    safeContact: words,
    birthDate,
    reporter: words,
    phone: words.map((text) => `${text} 0`),
  });
  await fc.assert(
    fc.asyncProperty(secrets, async ({ narrative, reporter, phone, ...child }) => {
      const id = await desk.opened(child, {
        narrative,
        reporter: { name: reporter, phone, email: phone, relation: reporter },
      });
      await desk.step(id, 'AskSameChild');
      const outside = JSON.stringify(
        await Promise.all((['Ledger', 'Board', 'Waits', 'Cursors'] as const).map(desk.items)),
      );
      const escaped = (text: string) => JSON.stringify(JSON.stringify(text)).slice(3, -3);
      for (const secret of [narrative, reporter, phone, child.name, child.safeContact, child.birthDate]) {
        for (const form of [secret, JSON.stringify(secret).slice(1, -1), escaped(secret)])
          expect(outside).not.toContain(form);
      }
      expect(await desk.identities.childName(id)).toBe(child.name);
      expect(await desk.identities.text(id, 'NARRATIVE')).toBe(narrative);
    }),
    { numRuns: 20 },
  );
});

test('a referral of the same child that cannot be read keeps no report from being stored', async () => {
  const child = reportOf({ name: 'Aspen Example', birthDate: '2011-03-04' });
  const [first = ''] = (await taken(child)).referralIds;
  const faults: unknown[] = [];
  const parts = desk.parts();
  const damaged = new Error('This chain is damaged.');
  const ledger = {
    ...parts.ledger,
    referral: async (id: string) => {
      if (id === first) throw damaged;
      return parts.ledger.referral(id);
    },
  };
  const answer = await takeReport({ ...parts, ledger, onFault: (error) => faults.push(error) }, worker, 'key', child);
  if (answer.kind !== 'taken') throw new Error(JSON.stringify(answer));
  expect(faults).toEqual([damaged]);
  expect(answer.candidates).toEqual([]);
  expect(await openedBy(answer.referralIds[0] ?? '')).toMatchObject({ type: 'referral-opened' });
});

describe('a call that was entered twice', () => {
  const wren = { name: 'Wren', approximateAge: { from: 13, to: 15 }, presentTown: 'New Haven' };
  const alikeAfter = async (minutes: number, child: object) => {
    const first = await taken(reportOf(wren), 'first');
    desk.at(new Date(Date.parse(desk.now) + minutes * 60_000).toISOString());
    const second = await taken(reportOf({ ...wren, ...child }), 'second');
    expect(second.repeated).toBe(false);
    expect(second.referralIds).not.toEqual(first.referralIds);
    return second.candidates.some(({ of }) => of === first.referralIds[0]);
  };

  test.each([
    ['within the hour', 59, {}, true],
    ['with an age that may be the same', 5, { approximateAge: 14 }, true],
    ['with a least age that may be the same', 5, { approximateAge: { from: 11 } }, true],
    ['hours later', 180, {}, false],
    ['of another age', 5, { approximateAge: 9 }, false],
    ['of another town', 5, { presentTown: 'Danbury', residenceTown: 'Danbury' }, false],
    ['of another name', 5, { name: 'Juniper' }, false],
  ])('is stored, and a person is asked whether it is the same child: %s, %s', async (_, minutes, child, isAsked) => {
    expect(await alikeAfter(minutes, child)).toBe(isAsked);
  });
});

test('a report that was sent is found again under its key, by its sender alone', async () => {
  const answer = await taken(reportOf({}, { mandated: 'yes' }), 'a key');
  expect(await reportUnder(desk.parts(), worker, 'a key')).toEqual({ ...answer, repeated: true });
  expect(await reportUnder(desk.parts(), worker, 'another key')).toBeUndefined();
  expect(await reportUnder(desk.parts(), visitor('careline-worker/2'), 'a key')).toBeUndefined();
});
