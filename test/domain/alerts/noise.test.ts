import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countMail } from '../../../shared/domain/alerts/counted-mail.ts';
import { noiseOf, noiseText, type SentNoise } from '../../../shared/domain/alerts/noise.ts';
import { alertIn } from '../../../shared/domain/alerts/outgoing.ts';
import { alarmClasses } from '../../../shared/domain/policy/policy.ts';
import { referral } from '../../support/referral-builder.ts';
import { connecticutPolicy as policy } from '../../support/released-policy.ts';

const mail = (
  at: string,
  personId: string,
  its: SentNoise['class'],
  about: string,
  referrals = ['CR-1'],
): SentNoise => ({ at, personId, class: its, about, referrals });
/** A Monday in New York, 10:00 and 15:59 in one shift, and 16:00 in the next. */
const sent = [
  mail('2026-11-09T15:00:00.000Z', 'P-1', 'now', 'D3'),
  mail('2026-11-09T20:59:00.000Z', 'P-1', 'routine', 'D23'),
  mail('2026-11-09T21:00:00.000Z', 'P-1', 'today', 'D3'),
  mail('2026-11-09T15:00:00.000Z', 'P-2', 'routine', 'D23', ['CR-1', 'CR-2']),
];

describe('the noise of a history', () => {
  it('counts mails and interruptions by class and by rule, the loudest rule of a mail once', () => {
    expect(noiseOf(sent)).toMatchObject({
      mails: 4,
      interruptions: 2,
      people: 2,
      byClass: { now: 1, today: 1, routine: 2 },
      byRule: [
        { about: 'D23', referrals: 1, mails: 2, interruptions: 0, byClass: { now: 0, today: 0, routine: 2 } },
        { about: 'D3', referrals: 1, mails: 2, interruptions: 2, byClass: { now: 1, today: 1, routine: 0 } },
      ],
      mostOfOnePerson: 3,
      mostOfOneReferral: 4,
    });
  });

  it('counts under a rule the referrals that its mails were first of all about', () => {
    const digest = (referrals: string[]) => mail('2026-11-09T15:00:00.000Z', 'P-1', 'routine', 'D41a', referrals);
    const notice = mail('2026-11-09T15:00:00.000Z', 'P-1', 'routine', 'notice', []);
    const { byRule } = noiseOf([digest(['CR-1', 'CR-2', 'CR-3']), digest(['CR-1']), digest(['CR-4', 'CR-1']), notice]);
    expect(byRule.map(({ about, referrals }) => [about, referrals])).toEqual([
      ['D41a', 2],
      ['notice', 0],
    ]);
  });

  it('counts for each person and shift of eight hours that had mail', () => {
    expect(noiseOf(sent)).toMatchObject({
      shifts: 3,
      mailsOfShift: { p50: 1, p95: 2, max: 2 },
      interruptionsOfShift: { p50: 1, p95: 1, max: 1 },
    });
  });

  it('begins a shift at midnight of New York, not of UTC', () => {
    const before = mail('2026-11-10T04:59:00.000Z', 'P-1', 'today', 'D3');
    const after = mail('2026-11-10T05:00:00.000Z', 'P-1', 'today', 'D3');
    expect(noiseOf([before, after]).shifts).toBe(2);
    expect(noiseOf([before, mail('2026-11-10T00:00:00.000Z', 'P-1', 'today', 'D3')]).shifts).toBe(1);
  });

  it('is silent where nothing was sent', () => {
    expect(noiseOf([])).toMatchObject({ mails: 0, mostOfOnePerson: 0, mailsOfShift: { p50: 0, p95: 0, max: 0 } });
  });

  it('loses no mail: by class, by rule and in all are the same number, and no spread falls', () => {
    const anyMail = fc.record({
      at: fc
        .date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
        .map((day) => day.toISOString()),
      personId: fc.constantFrom('P-1', 'P-2', 'P-3'),
      class: fc.constantFrom(...alarmClasses),
      about: fc.constantFrom('D1', 'D3', 'D23', 'mdt-invited'),
      referrals: fc.subarray(['CR-1', 'CR-2']),
    });
    fc.assert(
      fc.property(fc.array(anyMail), (mails) => {
        const { byClass, byRule, mailsOfShift, interruptionsOfShift, interruptions } = noiseOf(mails);
        expect(Object.values(byClass).reduce((sum, each) => sum + each, 0)).toBe(mails.length);
        expect(byRule.reduce((sum, each) => sum + each.mails, 0)).toBe(mails.length);
        expect(byRule.reduce((sum, each) => sum + each.interruptions, 0)).toBe(interruptions);
        for (const { p50, p95, max } of [mailsOfShift, interruptionsOfShift])
          expect([p50, p95, max]).toEqual([p50, p95, max].toSorted((one, other) => one - other));
      }),
    );
  });

  it('says it in words', () => {
    const text = noiseText(noiseOf(sent), 'An invented history.', policy);
    expect(text).toContain('4 mails to 2 people; the most for one person: 3, about one referral: 4.');
    expect(text).toContain('2 interruptions: mails of class now or today. now 1, today 1, routine 2.');
    expect(text).toContain('Interruptions: half at most 1, 95 % at most 1, the most 1.');
    expect(text).toMatch(/ 2 +2 {2}D3 Notify law enforcement/);
  });
});

describe('a mail', () => {
  const { state } = referral({ danger: 'yes' }).run();
  const alerts = Object.keys(state.alerts).flatMap((id) => alertIn(state, policy, id) ?? []);
  const countedAs = (its: SentNoise['class']) => alerts.filter((each) => countMail('P-1', [each]).class === its);
  const loud = alerts.find(({ alert: { checkpoint } }) => checkpoint === 'ring');
  const [quiet] = [...countedAs('today'), ...countedAs('routine')];

  it('is as loud as its loudest alert, counts under its rule, and names its referral first', () => {
    if (!loud || !quiet) throw new Error('The story asks for no such alerts.');
    const ofOther = { ...quiet, state: { ...state, id: 'CR-OTHER' } };
    expect(countMail('P-1', [ofOther, loud])).toEqual({
      personId: 'P-1',
      class: 'now',
      about: 'D1',
      referrals: [state.id, 'CR-OTHER'],
    });
  });

  it('that is a notice is about no referral, and routine', () => {
    const reader = { role: 'careline-supervisor', scope: 'state' } as const;
    const notice = { id: 'N-1', of: 'SCHEDULE', reader, news: { about: 'shift', alarms: [] } } as const;
    expect(countMail('P-1', [{ id: notice.id, notice }])).toEqual({
      personId: 'P-1',
      class: 'routine',
      about: 'notice',
      referrals: [],
    });
  });
});
