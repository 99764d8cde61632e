/** From January 2027 the notice to police is due in ten hours, for reports received from then on. An invented version. */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { openApi } from '../../support/api-client.ts';
import { type Desk, reportOf, startDesk } from '../../support/desk.ts';
import { versionsUntil } from '../../support/next-january.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk(versionsUntil());
});
afterEach(() => desk.stop());

const hourMs = 3_600_000;
const hoursAfter = (instant: string, hours: number) => new Date(Date.parse(instant) + hours * hourMs).toISOString();

/** The version of the referral, and after how many hours the notice to police is due. */
async function underWhich(id: string, of: Desk = desk) {
  const read = await of.ledger.referral(id);
  const notice = Object.values(read?.state.deadlines ?? {}).find(({ rule }) => rule === 'D3');
  const hours = notice && (Date.parse(notice.due) - Date.parse(notice.start)) / hourMs;
  return { version: read?.policy, hours };
}
async function opened(receivedAt: string, enteredAt = receivedAt, of: Desk = desk): Promise<string> {
  of.at(enteredAt);
  return of.opened({}, { receivedAt });
}

const twelve = { version: 'connecticut-2026.1', hours: 12 };
const ten = { version: 'connecticut-2027.1', hours: 10 };
const december = '2026-12-31T21:00:00-05:00';
const january = '2027-01-01T00:00:00-05:00';

describe('the notice to police', () => {
  it('is due in ten hours for a report received in January', async () => {
    expect(await underWhich(await opened(january))).toEqual(ten);
  });

  it('stays due in twelve hours for a report of December, also where it is entered in January', async () => {
    expect(await underWhich(await opened(december))).toEqual(twelve);
    expect(await underWhich(await opened(december, '2027-01-02T10:00:00-05:00'))).toEqual(twelve);
  });

  it('goes by the first word of a draft that was begun in December and sent in January', async () => {
    desk.at(december);
    const api = openApi(desk);
    const headers = { 'Idempotency-Key': 'one form' };
    await api.ask('/drafts', { as: 'P-CARELINE-WORKER', body: { revision: 1, content: {} }, headers });
    desk.at('2027-01-01T00:30:00-05:00');
    const sent = await api.ask('/reports', { as: 'P-CARELINE-WORKER', body: reportOf(), headers });
    const { referralIds } = sent.body as { referralIds: readonly string[] };
    expect((await underWhich(referralIds[0] ?? '')).version).toBe(twelve.version);
  });

  it('goes by the time of call that a client of the API gives', async () => {
    desk.at('2027-01-02T10:00:00-05:00');
    const api = openApi(desk);
    const versionOf = async (receivedAt: string) => {
      const { body } = await api.ask('/reports', { as: 'P-CARELINE-WORKER', body: reportOf({}, { receivedAt }) });
      const { referralIds } = body as { referralIds: readonly string[] };
      return (await underWhich(referralIds[0] ?? '')).version;
    };
    expect([await versionOf(december), await versionOf(january)]).toEqual([twelve.version, ten.version]);
  });

  it('has one time for all children of one report, and for a report that is sent again', async () => {
    desk.at('2027-01-01T00:10:00-05:00');
    const child = reportOf().children[0];
    const report = reportOf({}, { receivedAt: december, children: [child, child] });
    const answer = await desk.report(report, { key: 'one' });
    desk.at('2027-01-03T00:00:00-05:00');
    expect(await desk.report(report, { key: 'one' })).toMatchObject({ repeated: true });
    for (const id of answer.kind === 'taken' ? answer.referralIds : [])
      expect((await underWhich(id)).version).toBe(twelve.version);
  });
});

describe('a running referral of December', () => {
  it('keeps its version in all that happens in January, until a person brings it under the other', async () => {
    const id = await opened(december);
    desk.at('2027-01-01T01:00:00-05:00');
    await desk.do(id, 'report-missing', {}, 'caseworker');
    expect(await underWhich(id)).toEqual(twelve);
    await desk.do(id, 'migrate-policy', { policy: ten.version, reason: 'An invented reason.' }, 'program-manager');
    expect(await underWhich(id)).toEqual(ten);
    const notice = Object.values((await desk.state(id)).deadlines).find(({ rule }) => rule === 'D3');
    expect(notice?.start).toBe(new Date(december).toISOString());
  });
});

describe('whichever night the version comes into force, and however late a report is entered', () => {
  const night = fc.constantFrom('2027-01-01', '2027-03-14', '2027-11-07', '2027-11-08');
  const minutes = fc.integer({ min: -26 * 60, max: 26 * 60 });
  test('the time goes by the New York day of the call, and a migration alone changes it', async () => {
    await fc.assert(
      fc.asyncProperty(night, minutes, fc.integer({ min: 0, max: 72 }), async (start, away, late) => {
        const own = await startDesk(versionsUntil(start));
        try {
          const midnight = Temporal.PlainDate.from(start).toZonedDateTime('America/New_York').toInstant();
          const receivedAt = midnight.add({ minutes: away }).toString();
          const expected = away < 0 ? twelve : ten;
          const id = await opened(receivedAt, hoursAfter(receivedAt, late), own);
          expect(await underWhich(id, own)).toEqual(expected);
          own.at(hoursAfter(receivedAt, late + 1));
          const other = expected === ten ? twelve.version : ten.version;
          await own.do(id, 'report-missing', {}, 'caseworker');
          expect((await underWhich(id, own)).version).toBe(expected.version);
          await own.do(id, 'migrate-policy', { policy: other, reason: 'An invented reason.' }, 'program-manager');
          expect((await underWhich(id, own)).version).toBe(other);
        } finally {
          await own.stop();
        }
      }),
      { numRuns: 30 },
    );
  });
});

test('the first commit is refused where its context does not say when the report was received', async () => {
  const read = await desk.ledger.referral(await opened(december));
  const [first] = read?.commits[0]?.events ?? [];
  if (!first) throw new Error('A referral was opened.');
  const frame = {
    now: '2027-01-02T15:00:00.000Z',
    actor: { kind: 'person', id: 'P-1' },
    cause: { kind: 'sweep' },
  } as const;
  await expect(desk.ledger.changeReferral('CR-00000-00000A', frame, () => [first])).rejects.toThrow(
    'must say when the report was received',
  );
});
