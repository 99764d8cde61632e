/** The acts that keep the clocks of a hold, a return, an investigation, a continuing team and adulthood. */

import { describe, expect, it } from 'vitest';
import { isAbout } from '../../../shared/domain/alerts/alert-duties.ts';
import { whyDue } from '../../../shared/domain/deadlines/deadlines.ts';
import { nextSteps } from '../../../shared/domain/next-steps/next-steps.ts';
import { dayOfNotice } from '../../../shared/domain/policy/due.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral } from '../../support/referral-builder.ts';
import { bringToAnEnd, consult, meet, offer, sceneOf } from '../../support/scenes.ts';

describe('a 96-hour hold', () => {
  it('is due in elapsed hours from its invocation, which may come before the record or the report', () => {
    const story = referral().run().after('PT2H').do('invoke-hold', { at: '2026-11-09T14:00:00Z' });
    expect(story.deadline('D11')).toMatchObject({ due: '2026-11-13T14:00:00Z' });
  });

  it('warns at 48, 72 and 84 hours and as the last court begins, each once, and tells the next person when it is over', () => {
    const story = sceneOf('D11').answers().after('P5D');
    const { id, raised } = story.deadline('D11');
    const planned = raised.flatMap(({ kind }) => (kind === 'ring' ? [] : [kind]));
    expect(planned).toEqual(['warn', 'warn', 'warn', 'warn', 'due', 'escalate']);
    const calls = story.all('alert-requested').filter((alert) => isAbout(alert, id) && alert.checkpoint === 'ring');
    expect(calls.map(({ to }) => to)).toEqual([
      ['legal', 'area-director'],
      ['legal', 'area-director', 'director-oncall', 'aag-liaison'],
      ['legal', 'area-director', 'director-oncall', 'aag-liaison'],
    ]);
  });

  it('entered late tells once of the warnings that have passed', () => {
    const story = referral({ recordedAt: '2026-11-12T23:00:00.000Z' }).run();
    story.do('invoke-hold', { at: '2026-11-09T15:00:00Z' }).after('PT1S');
    const about = story.deadline('D11').id;
    const alerts = story.all('alert-requested').filter((alert) => isAbout(alert, about) && alert.kind === 'checkpoint');
    expect(story.deadline('D11').raised.map(({ kind }) => kind)).toEqual(['warn', 'warn', 'ring']);
    expect(alerts).toHaveLength(1);
  });

  it('ends with the petition or with the release, and not before it began', () => {
    for (const how of ['petition-filed', 'child-released'])
      expect(sceneOf('D11').do('record-hold-end', { how }).deadline('D11').status).toBe('kept');
    const story = sceneOf('D11');
    expect(story.refused('record-hold-end', { how: 'child-released', at: '2026-11-09T13:00:00Z' })).toBe(
      'before-the-hold',
    );
    expect(story.refused('invoke-hold')).toBe('held-already');
    expect(referral().run().refused('record-hold-end', { how: 'petition-filed' })).toBe('no-hold');
  });
});

describe('a hold', () => {
  const of18 = { age: 17, birthDate: '2008-11-11' };

  it('of a person of 18 or over is refused with the clause; of an unknown age it is not', () => {
    expect(referral({ age: 18 }).run().refused('invoke-hold')).toBe('of-age');
    expect(JSON.stringify(referral({ age: 18 }).run().ask('invoke-hold', {}))).toContain('17a-101g(e)');
    expect(referral().run().refused('invoke-hold')).toBe('accepted');
    expect(referral(of18).run().refused('invoke-hold')).toBe('accepted');
    expect(referral(of18).run().at('2026-11-11T15:00:00Z').screen('confirmed').refused('invoke-hold')).toBe('of-age');
  });

  it('after another needs what is new, and counsel and the area director hear of it as one', () => {
    const story = sceneOf('D11').do('record-hold-end', { how: 'child-released' }).after('PT1H');
    expect(story.refused('invoke-hold')).toBe('held-before');
    story.do('invoke-hold', { reason: 'She was threatened anew.' });
    expect(story.state.response.hold).toBe(true);
    expect(story.all('alert-requested')).toContainEqual(
      expect.objectContaining({ kind: 'removal-review', to: ['legal', 'area-director'] }),
    );
    expect(
      sceneOf('D11')
        .all('alert-requested')
        .map(({ kind }) => kind),
    ).not.toContain('removal-review');
  });
});

describe('the talk after a return', () => {
  it('is beside the screening, and neither keeps the other', () => {
    const story = sceneOf('D13').screen('at-risk');
    expect(story.deadline('D9').status).toBe('kept');
    expect(story.deadline('D13').status).toBe('open');
    expect(story.do('record-debrief', { seenAlone: 'seen-alone' }).deadline('D13').status).toBe('kept');
  });

  it('about an earlier return keeps nothing of this one', () => {
    const story = sceneOf('D13')
      .do('record-debrief', { seenAlone: 'seen-alone' })
      .after('PT2H')
      .do('report-missing')
      .after('PT1H')
      .do('record-return');
    story.do('record-debrief', { at: '2026-11-09T16:00:00Z', seenAlone: 'seen-alone' });
    expect(story.deadline('D13').status).toBe('open');
    expect(referral().run().refused('record-debrief', { seenAlone: 'seen-alone' })).toBe('not-returned');
  });
});

describe('the review of the team', () => {
  it('comes 30 days after the last meeting or review, as often as the referral is open', () => {
    const story = sceneOf('D16').after('P20D').do('record-case-review');
    expect(story.all('deadline-kept').at(-1)).toMatchObject({ late: false });
    expect(story.deadline('D16').due).toBe('2026-12-29T15:00:00Z');
    meet(story.after('P10D'));
    expect(story.deadline('D16')).toMatchObject({ due: '2027-01-08T15:00:00Z', status: 'open' });
    expect(referral().run().refused('record-case-review')).toBe('not-met');
  });

  it('never keeps a referral from closing, and ends with it', () => {
    const story = bringToAnEnd(sceneOf('D16'));
    expect(story.deadline('D16').status).toBe('ended');
    expect(story.all('deadline-ended').at(-1)).toMatchObject({ because: 'closed' });
  });
});

describe('the linkages of a case', () => {
  it('are one clock each, told of once, and each is kept by its own service', () => {
    const story = sceneOf('D23');
    const clocks = () => Object.values(story.state.deadlines).filter(({ rule }) => rule === 'D23');
    expect(clocks().map(({ subject }) => subject)).toEqual([
      'education',
      'legal',
      'substance-use',
      'victim-compensation',
    ]);
    const ids = clocks().map(({ id }) => id);
    expect(story.all('alert-requested').filter(({ deadlineId = '' }) => ids.includes(deadlineId))).toHaveLength(1);
    offer(story, 'legal').do('decline-linkage', { service: 'education', reasonCode: 'child-declined' });
    expect(clocks().map(({ status }) => status)).toEqual(['kept', 'kept', 'open', 'open']);
  });

  it('need no clock for what is under way', () => {
    const story = offer(referral().run(), 'education').screen('high-risk');
    const subjects = Object.values(story.state.deadlines).flatMap(({ rule, subject }) =>
      rule === 'D23' ? [subject] : [],
    );
    expect(subjects).toEqual(['legal', 'substance-use', 'victim-compensation']);
  });
});

it('each absent discipline is consulted for itself, after the meeting', () => {
  const story = sceneOf('D32');
  expect(story.deadline('D32')).toMatchObject({ subject: 'medical', due: '2026-11-12T22:00:00Z' });
  consult(story, 'dcf');
  expect(story.deadline('D32').status).toBe('open');
  expect(consult(story, 'medical').deadline('D32').status).toBe('kept');
});

it('a consultation does not replace a meeting that was not held', () => {
  const before = sceneOf('D15');
  expect(before.refused('record-consultation', { discipline: 'dcf', advice: 'An invented view.' })).toBe('not-met');
});

it('the words of a consulted discipline are kept, also of one without a seat in the policy', () => {
  const said = consult(consult(sceneOf('D32'), 'dcf'), 'school').all('discipline-consulted');
  expect(said.map(({ discipline, advice }) => [discipline, typeof advice])).toEqual([
    ['dcf', 'string'],
    ['school', 'string'],
  ]);
  const unseated = { ...policy, team: { ...policy.team, seats: [] } };
  const met = meet(referral({ policy: unseated }).run().screen('high-risk').tellTeam());
  const consultation = { discipline: 'school', advice: 'An invented view.' };
  expect(met.refused('record-consultation', consultation)).toBe('accepted');
});

describe('an act that is dated to an instant that has not come', () => {
  it.each([
    ['record-case-review', 'D16', {}],
    ['record-consultation', 'D32', { discipline: 'dcf', advice: 'An invented view.' }],
    ['record-disposition', 'D24', { disposition: 'substantiated', reasonableCause: 'yes' }],
    ['notify-of-disposition', 'D25', { agencyId: 'PD-1', method: 'phone' }],
  ] as const)('is no %s', (name, rule, input) => {
    const story = sceneOf(rule);
    const tomorrow = new Date(Date.parse(story.now) + 86_400_000).toISOString();
    expect(story.refused(name, { ...input, at: tomorrow })).toBe('in-the-future');
    expect(story.refused(name, { ...input, at: story.now })).toBe('accepted');
  });
});

describe('the interview', () => {
  it('is scheduled with its instant, or there is none with its reason', () => {
    const story = sceneOf('D20');
    expect(story.refused('settle-interview', { answer: 'scheduled' })).toBe('when-missing');
    expect(story.refused('settle-interview', { answer: 'not-appropriate' })).toBe('reason-missing');
    story.do('settle-interview', { answer: 'not-appropriate', reason: 'She is three.' });
    expect(story.deadline('D20').status).toBe('kept');
  });

  const scheduledFor = '2026-11-12T15:00:00.000Z';
  it.each([
    ['scheduled', { scheduledFor }, { scheduledFor }],
    ['scheduled', { scheduledFor, reason: 'So she asked.' }, { scheduledFor, reason: expect.any(String) }],
    // Of an interview that is not held there is no instant.
    ['not-appropriate', { scheduledFor, reason: 'She is three.' }, { reason: expect.any(String) }],
  ])('that is %s keeps what was said of it: %j', (answer, more, kept) => {
    const settled = sceneOf('D20')
      .do('settle-interview', { answer, ...more })
      .all('interview-settled');
    expect(settled).toEqual([{ type: 'interview-settled', v: 1, answer, ...kept }]);
  });
});

it('an interview is known by time and place, until another answer says that there is none', () => {
  const place = { scheduledFor: '2026-11-12T15:00:00.000Z', way: 'in-person', directions: 'An invented center.' };
  const story = sceneOf('D20').do('settle-interview', { answer: 'scheduled', ...place });
  expect(story.state.response.interview).toEqual({ ...place, directions: expect.any(String) });
  story.do('settle-interview', { answer: 'child-declined' });
  expect(story.state.response.interview).toBeUndefined();
});

describe('an investigation', () => {
  it('says that the time of its disposition is not confirmed', () => {
    expect(whyDue(sceneOf('D24').deadline('D24'), policy)).toContain(
      'rule D24, New York time: law, its time not confirmed',
    );
  });

  it('is due 45 days from the receipt of the report, whenever it was classified', () => {
    const story = referral().run().after('PT6H').do('classify-report', { track: 'investigation' });
    expect(story.deadline('D24').due).toBe('2026-12-24T15:00:00Z');
    expect(story.deadline('D18').start).toBe(story.now);
  });

  it('has a disposition only where it is one, and a notice only where something was found', () => {
    const story = referral().run();
    expect(story.refused('record-disposition', { disposition: 'substantiated', reasonableCause: 'yes' })).toBe(
      'no-investigation',
    );
    const found = sceneOf('D24');
    expect(found.refused('notify-of-disposition', { agencyId: 'PD-1', method: 'phone' })).toBe('no-reasonable-cause');
    found.do('record-disposition', { disposition: 'substantiated', reasonableCause: 'yes' });
    expect(found.refused('record-disposition', { disposition: 'substantiated', reasonableCause: 'yes' })).toBe(
      'nothing-new',
    );
    expect(found.refused('notify-of-disposition', { agencyId: 'NO-ONE', method: 'phone' })).toBe('no-such-agency');
    // What was found can change; the notice that was owed stays owed, and can be given.
    found.do('record-disposition', { disposition: 'not-substantiated', reasonableCause: 'no' });
    expect(found.refused('notify-of-disposition', { agencyId: 'A-OTHER', method: 'phone' })).toBe('accepted');
  });

  it('goes on after a withdrawal, as the law does', () => {
    const story = sceneOf('D25').do('propose-withdrawal', { because: 'made-in-error' });
    story.do('agree-withdrawal', {}, 'careline-manager');
    expect(story.open()).toContain('D25');
    story.do('notify-of-disposition', { agencyId: 'PD-1', method: 'phone' });
    expect(story.deadline('D25').status).toBe('kept');
  });
});

describe('a person of age', () => {
  it('is handed over with consent, or says no, and either is an answer', () => {
    for (const consent of ['given', 'refused'])
      expect(sceneOf('D30').do('record-adult-handover', { consent }).deadline('D30').status).toBe('kept');
    expect(referral({ age: 15 }).run().refused('record-adult-handover', { consent: 'given' })).toBe('not-of-age');
  });

  it('is nothing that a word can make of a date of birth that is known', () => {
    expect(referral({ age: 15 }).run().refused('record-facts', { ageClass: '18-and-over' })).toBe('age-known');
    expect(referral().run().refused('record-facts')).toBe('nothing-said');
  });
});

it('who was in care already does not enter it for the first time', () => {
  expect(referral({ population: 'in-dcf-care' }).run().refused('record-entry-to-care')).toBe('in-care-already');
  expect(sceneOf('D26').refused('record-entry-to-care')).toBe('in-care-already');
});

describe('the notice before an eighteenth birthday', () => {
  const notice = (birthDate: string) => dayOfNotice(birthDate, policy.calendar);
  const dayBefore = (birthDate: string) => {
    const birthday = new Date(`${birthDate}T00:00:00Z`);
    birthday.setUTCFullYear(birthday.getUTCFullYear() + 18);
    return birthday.getTime() - 90 * 86_400_000;
  };

  it('is on the last business day before the month of the 90th day before it', () => {
    // The 90th day is Sunday January 17, 2027; December 31 is a Thursday.
    expect(notice('2009-04-17')).toBe('2026-12-31T05:00:00Z');
    // The 90th day is May 31, 2027; April 30 is a Friday.
    expect(notice('2009-08-29')).toBe('2027-04-30T04:00:00Z');
    // The 90th day is February 1, 2027; January 31 and 30 are a weekend.
    expect(notice('2009-05-02')).toBe('2027-01-29T05:00:00Z');
    // Born on February 29, and 18 on March 1, 2030. The 90th day is December 1, 2029, and November 30 a Friday.
    expect(notice('2012-02-29')).toBe('2029-11-30T05:00:00Z');
  });

  it('is the same for all whose 90th day is in one month, and never later than that day', () => {
    const days = Array.from({ length: 365 }, (_, index) =>
      new Date(Date.UTC(2009, 0, 1 + index)).toISOString().slice(0, 10),
    );
    const byMonth = Map.groupBy(days, (day) => new Date(dayBefore(day)).toISOString().slice(0, 7));
    for (const month of byMonth.values()) {
      expect(new Set(month.map(notice)).size).toBe(1);
      for (const day of month) expect(Date.parse(notice(day))).toBeLessThan(dayBefore(day));
    }
  });

  it('is due on that day, and reminds 30 and 7 days before it, and on it', () => {
    const story = referral({ birthDate: '2009-04-17', age: 17 }).run().screen('at-risk');
    const { id, due } = story.deadline('D34');
    expect(due).toBe('2027-01-01T04:59:59Z');
    const told = () => story.all('alert-requested').filter(({ deadlineId }) => deadlineId === id);
    expect(told()).toEqual([]);
    for (const [at, times] of [
      ['2026-12-01T04:59:59Z', 0],
      ['2026-12-01T05:00:00Z', 1],
      ['2026-12-24T05:00:00Z', 2],
      ['2026-12-31T18:00:00Z', 3],
    ] as const) {
      story.at(at);
      expect(told(), at).toHaveLength(times);
    }
    expect(told()).toMatchObject(Array.from({ length: 3 }, () => ({ checkpoint: 'remind', to: ['caseworker'] })));
  });

  it('is known to the caseworker from the proposal on: a next step with its day', () => {
    const { state, now } = referral({ birthDate: '2009-04-17', age: 17 }).run().screen('at-risk');
    const caller = { id: 'C', roles: ['caseworker'], scopes: [{ role: 'caseworker', scope: 'state' }] } as const;
    const steps = nextSteps(state, policy, caller, { now, invitedOnly: false });
    expect(steps.find(({ rule }) => rule === 'D34')).toMatchObject({
      due: '2027-01-01T04:59:59Z',
      status: 'open',
      acts: [{ command: 'plan-adulthood' }],
    });
  });

  it('is told at once where fewer than 30 days are left, in one mail', () => {
    const story = referral({ birthDate: '2009-04-17', age: 17 }).run().at('2026-12-28T15:00:00Z').screen('at-risk');
    story.after('PT1M');
    const { id } = story.deadline('D34');
    expect(story.all('alert-requested').filter(({ deadlineId }) => deadlineId === id)).toMatchObject([
      { kind: 'checkpoint', checkpoint: 'remind', to: ['caseworker'] },
    ]);
  });

  it('is due today where that day has passed, and says no more than that it has', () => {
    const story = referral({ birthDate: '2008-12-24', age: 17 }).run().screen('at-risk');
    expect(story.deadline('D34')).toMatchObject({
      start: story.now,
      due: '2026-11-10T04:59:59Z',
      startedBy: 'notice-day-past',
    });
  });

  it('writes nothing into the ledger by which two birthdays of one month differ', () => {
    const told = (birthDate: string) => referral({ birthDate, age: 17 }).run().screen('at-risk').commits;
    expect(told('2009-04-02')).toEqual(told('2009-04-29'));
  });
});
