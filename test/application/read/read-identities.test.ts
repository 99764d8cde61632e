import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { accessesOf } from '../../../shared/application/access/accesses.ts';
import { visitorOf } from '../../../shared/application/access/visitor.ts';
import { fieldsFor } from '../../../shared/application/input/readable-fields.ts';
import { readIdentities } from '../../../shared/application/read/read-identities.ts';
import type { Role } from '../../../shared/domain/core/vocabulary.ts';
import { fieldRules, identityFields } from '../../../shared/policy/identity-fields.ts';
import { type Desk, startDesk, visitor } from '../../support/desk.ts';
import { memberOf, referral } from '../../support/referral-builder.ts';
import { offer, signed } from '../../support/scenes.ts';

let desk: Desk;
let id: string;
beforeAll(async () => {
  desk = await startDesk();
  id = await desk.opened(
    { name: 'Aspen Example', birthDate: '2011-03-03', safeContact: 'Call the school.' },
    { reporter: { name: 'Invented Teacher' } },
  );
});
afterAll(() => desk.stop());

const whole = {
  childName: 'Aspen Example',
  birthDate: '2011-03-03',
  safeContact: 'Call the school.',
  narrative: 'An invented narrative.',
  reporter: { name: 'Invented Teacher' },
};
const records = async () => (await desk.items('Ledger')).filter(({ pk }) => pk === `access#${id}`);
const read = async (as: string, parts: object = {}) =>
  readIdentities({ ...desk.parts(), ...parts }, visitor(as), await desk.state(id), 'work-on-referral', []);

/** The parts of the vault, each of which counts its reads. */
function watched(on: (what: string) => void) {
  const tell =
    <Given extends unknown[], Answer>(what: string, get: (...given: Given) => Promise<Answer>) =>
    (...given: Given) => {
      on(what);
      return get(...given);
    };
  const { childName, birthDate, known, text, part2, reporter } = desk.identities;
  return {
    childName: tell('child', childName),
    birthDate: tell('birth', birthDate),
    known: tell('known', known),
    text: tell('text', text),
    part2: tell('part2', part2),
    reporter: tell('reporter', reporter),
  };
}

describe('a read of who the child is', () => {
  test('gives Careline all fields, and the access is recorded first', async () => {
    desk.at('2026-11-09T15:01:00Z');
    const before: number[] = [];
    let written = 0;
    const ledger = {
      recordAccess: async (...given: Parameters<Desk['ledger']['recordAccess']>) => {
        await desk.ledger.recordAccess(...given);
        written += 1;
      },
    };
    expect(await read('careline-worker', { ledger, identities: watched(() => before.push(written)) })).toEqual(whole);
    expect(before).toEqual([1, 1, 1, 1, 1, 1]);
    expect(JSON.parse(String((await records()).at(-1)?.body))).toMatchObject({
      at: '2026-11-09T15:01:00.000Z',
      actor: { kind: 'person', id: 'P-CARELINE-WORKER' },
      cause: { kind: 'command', name: 'read-identities', id, purpose: 'work-on-referral' },
      events: [{ read: expect.arrayContaining(['childName', 'birthDate', 'narrative', 'reporter']) }],
    });
  });

  test('does not happen where it cannot be recorded', async () => {
    const seen: string[] = [];
    const ledger = { recordAccess: () => Promise.reject(new Error('The ledger does not answer.')) };
    const reading = read('careline-worker', { ledger, identities: watched((what) => seen.push(what)) });
    await expect(reading).rejects.toThrow('The ledger does not answer.');
    expect(seen).toEqual([]);
  });

  test('is not for an auditor or an administrator, so it reads and records nothing', async () => {
    const before = (await records()).length;
    const seen: string[] = [];
    for (const as of ['auditor', 'administrator', 'mdt-member', 'provider']) {
      expect(await read(as, { identities: watched((what) => seen.push(what)) })).toBeUndefined();
    }
    expect([seen, (await records()).length]).toEqual([[], before]);
  });

  test('gives others who work with the child neither reporter nor narrative, which may name the reporter', async () => {
    desk.at('2026-11-09T15:02:00Z');
    const seen: string[] = [];
    const identities = watched((what) => seen.push(what));
    const { reporter: _, narrative: __, ...child } = whole;
    expect(await read('legal', { identities })).toEqual(child);
    expect(seen.toSorted()).toEqual(['birth', 'child', 'known', 'text']);
    const last = (await records()).find(({ at }) => at === '2026-11-09T15:02:00.000Z');
    const [{ read: recorded }] = JSON.parse(String(last?.body)).events as [{ read: string[] }];
    expect(recorded).not.toContain('reporter');
    expect(recorded).not.toContain('narrative');
  });
});

describe("the reporter's identity", () => {
  let minute = 10;
  beforeEach(() => {
    // Each read is recorded at an instant of its own.
    minute += 1;
    desk.at(`2026-11-09T15:${minute}:00Z`);
  });

  test.each(['careline-worker', 'careline-supervisor', 'careline-manager', 'area-supervisor', 'hart-liaison'])(
    'is for %s, who took the report, supervises or is the liaison',
    async (as) => {
      expect((await read(as))?.reporter).toEqual(whole.reporter);
    },
  );

  test.each(['careline-worker/2', 'caseworker', 'hart-lead', 'legal', 'area-director'])(
    'is not for %s, who also works with the child',
    async (as) => {
      expect(await read(as)).toMatchObject({ childName: whole.childName, reporter: undefined });
    },
  );
});

describe('the fields of who the child is', () => {
  const story = () => signed(offer(referral({ age: 14 }).run().screen('high-risk'), 'education'));
  const { state } = story().do('accept-linkage', { service: 'education' }, 'contact:PV-1');
  const of = (id: string, role: Role = 'mdt-member') => [
    ...fieldsFor(state, visitorOf({ id, name: '', email: '', phone: '', title: '', roles: [{ role, scope: '' }] })),
  ];

  test('are for each seat those that its work needs', () => {
    expect(of(memberOf('law-enforcement').personId)).toEqual([
      'childName',
      'birthDate',
      'knownBy',
      'safeContact',
      'safetyWords',
      'places',
      'placeNow',
      'callNotes',
      'policeNotices',
      'searchWords',
      'directions',
      'minutes',
    ]);
    expect(of(memberOf('medical').personId)).toEqual([
      'childName',
      'birthDate',
      'safeContact',
      'safetyWords',
      'directions',
      'minutes',
    ]);
    // Who keeps the child safe knows where. No other partner does.
    const seats = ['dcf', 'medical', 'school', 'law-enforcement'] as const;
    expect(seats.filter((seat) => of(memberOf(seat).personId).includes('safePlace'))).toEqual(['dcf']);
    expect(of('PV-1.CONTACT', 'provider')).toEqual(['childName', 'birthDate', 'safeContact', 'safetyWords']);
    expect(fieldsFor(story().state, visitor('contact:PV-1')).size).toBe(0);
    expect(of('P-NO-ONE')).toEqual([]);
  });

  test('have a rule each, and the narrative and the reporter are for no seat and no provider', () => {
    for (const field of identityFields) expect(fieldRules[field].source).toMatch(/\S/);
    for (const { seats, providers } of [fieldRules.narrative, fieldRules.reporter])
      expect([seats, providers]).toEqual([[], false]);
  });
});

describe("the list of reads of the child's identity", () => {
  test('has what was read and why, the latest first, without any word read', async () => {
    const child = await desk.opened({ name: 'CANARY Example' });
    for (const [as, minute, why] of [
      ['caseworker', '11', 'contact-family'],
      ['legal', '12', 'legal-advice'],
    ] as const) {
      desk.at(`2026-11-12T15:${minute}:00Z`);
      await readIdentities(desk.parts(), visitor(as), await desk.state(child), why, []);
    }
    const accesses = await accessesOf(desk, child);
    expect(accesses).toMatchObject([
      { personId: 'P-LEGAL', purpose: 'legal-advice', at: '2026-11-12T15:12:00.000Z' },
      { personId: 'P-CASEWORKER', purpose: 'contact-family', who: 'Title of caseworker' },
    ]);
    expect(JSON.stringify(accesses)).not.toContain('CANARY');
  });
});

describe('the records of substance use treatment', () => {
  let other: string;
  const service = 'substance-use';
  let second = 0;
  const records = async (as: string) => {
    // Each read is recorded at an instant of its own.
    second += 1;
    desk.at(`2026-11-10T15:00:${String(second).padStart(2, '0')}Z`);
    return (await readIdentities(desk.parts(), visitor(as), await desk.state(other), 'provide-service', []))
      ?.part2Records;
  };
  const consent = (consentAnswer: string) =>
    desk.do(other, 'record-consent', { service, consentKind: 'written-part-2', consentAnswer }, 'caseworker');

  beforeAll(async () => {
    other = await desk.opened({ name: 'Hazel Example' });
    await consent('given');
    for (const each of [service, 'education'])
      await desk.do(
        other,
        'offer-linkage',
        { service: each, providerId: each === service ? 'PV-1' : 'PV-2' },
        'hart-liaison',
      );
    for (const [each, by] of [
      [service, 'contact:PV-1'],
      ['education', 'contact:PV-2'],
    ] as const)
      await desk.do(other, 'accept-linkage', { service: each }, by);
    await desk.do(other, 'record-part-2', { part2Record: 'What was said.' }, 'contact:PV-1');
  });

  test.each(['contact:PV-1', 'caseworker', 'hart-liaison'])('are for %s, who works on the service', async (as) => {
    expect(await records(as)).toEqual(['What was said.']);
    const [record] = (await desk.items('Ledger')).filter(({ pk }) => pk === `access#${other}`).slice(-1);
    expect(String(record?.body)).toContain('"part2Records"');
  });

  test.each(['contact:PV-2', 'area-director', 'careline-supervisor', 'legal', 'hart-director'])(
    'are not for %s, despite their rank',
    async (as) => {
      expect(await records(as)).toBeUndefined();
    },
  );

  test('are in the vault under a key of their own, which no other text has', async () => {
    const keys = [...(await desk.vaultTexts())].filter(([, content]) => content === 'What was said.');
    expect(keys.map(([pk]) => pk.split('#')[0])).toEqual(['part2']);
  });

  test('are for no one once the consent is withdrawn', async () => {
    await consent('withdrawn');
    expect(await records('caseworker')).toBeUndefined();
    expect(await records('contact:PV-1')).toBeUndefined();
  });
});
