/**
 * The second reading of the texts, 1 December 2026: what it corrects of the clocks. Tests are named for their line.
 * Counsel confirms each (docs/domain.md#second-reading).
 */
import { describe, expect, it } from 'vitest';
import { isAbout } from '../../shared/domain/alerts/alert-duties.ts';
import { isObsolete } from '../../shared/domain/alerts/alert-watch.ts';
import { deadlineRows } from '../../shared/domain/deadlines/deadline-rows.ts';
import { checkpoints, isStatutory, whyDue } from '../../shared/domain/deadlines/deadlines.ts';
import { nextSteps } from '../../shared/domain/next-steps/next-steps.ts';
import { alarmClassOf } from '../../shared/domain/policy/alarm-classes.ts';
import { lastSitting } from '../../shared/domain/policy/due.ts';
import { ruleOf, waitsOn } from '../../shared/domain/policy/policy.ts';
import { connecticut20261 as policy } from '../../shared/policy/connecticut-2026-1.ts';
import { referral, type Story, type Told } from '../support/referral-builder.ts';

const hoursBefore = (instant: string, hours: number) => new Date(Date.parse(instant) - hours * 3_600_000).toISOString();
const alertsAbout = (story: Story, rule: string) =>
  story.all('alert-requested').filter((alert) => isAbout(alert, story.deadline(rule).id));

describe('11.1 clocks start when the fact was known', () => {
  const inCare: Told = { legalStatus: 'committed', population: 'in-dcf-care' };
  const confirmed = { outcome: 'confirmed', definitionBasis: 'tvpa' } as const;

  it('a screening entered twenty hours late gives no twenty hours more to report to the police', () => {
    const story = referral(inCare).run().after('PT22H');
    const screenedAt = hoursBefore(story.now, 20);
    story.do('screen', { ...confirmed, screenedAt });
    expect(Date.parse(story.deadline('D5').start)).toBe(Date.parse(screenedAt));
    expect(Date.parse(story.deadline('D5').due)).toBe(Date.parse(story.now) + 4 * 3_600_000);
    expect(Date.parse(story.deadline('D9').keptAt ?? '')).toBe(Date.parse(screenedAt));
    expect(whyDue(story.deadline('D5'), policy)).toMatch(
      /after the identification as a victim .*; entered Tue Nov 10, 2026/,
    );
  });

  it('a clock that is over when it is entered is overdue at once: told as missed, and never as new', () => {
    const story = referral({ ...inCare, foreignNational: 'unknown', age: 15 })
      .run()
      .after('P3D');
    story.do('record-facts', { foreignNational: 'yes', knownAt: hoursBefore(story.now, 40) });
    story.after('PT1S');
    expect(story.deadline('D27')).toMatchObject({ status: 'open', missed: true });
    const told = alertsAbout(story, 'D27');
    expect(told.map(({ kind, checkpoint }) => `${kind} ${checkpoint}`)).toEqual(['checkpoint escalate']);
    expect(
      story.refused(
        'explain-miss',
        { deadlineId: story.deadline('D27').id, reasonCode: 'report-entered-late', willBeKept: true },
        'caseworker',
      ),
    ).toBe('accepted');
  });

  it('danger known an hour ago leaves one hour for the response', () => {
    const story = referral({ danger: 'no' }).run().after('PT30H');
    story.do('assess-danger', { danger: 'yes', knownAt: hoursBefore(story.now, 1) });
    expect(Date.parse(story.deadline('D6').due)).toBe(Date.parse(story.now) + 3_600_000);
  });

  it('danger known three hours ago rings as overdue in the same commit', () => {
    const story = referral({ danger: 'no' }).run().after('PT30H');
    story.do('assess-danger', { danger: 'yes', knownAt: hoursBefore(story.now, 3) });
    expect(Date.parse(story.deadline('D6').due)).toBeLessThan(Date.parse(story.now));
    expect(story.deadline('D6').ring?.rangAt).toBe(story.now);
    expect(alertsAbout(story, 'D6').at(-1)).toMatchObject({ kind: 'checkpoint', checkpoint: 'ring' });
  });

  it.each([
    ['screen', { ...confirmed }, 'screenedAt'],
    ['record-facts', { foreignNational: 'yes' }, 'knownAt'],
    ['assess-danger', { danger: 'yes' }, 'knownAt'],
    ['record-birth-date', { birthDate: '2011-05-17' }, 'knownAt'],
  ] as const)('%s takes no instant in the future, and none before the report', (command, input, field) => {
    const story = referral({ danger: 'no', foreignNational: 'unknown' }).run().after('PT5H');
    expect(story.refused(command, { ...input, [field]: hoursBefore(story.now, -1) })).toBe('in-the-future');
    expect(story.refused(command, { ...input, [field]: hoursBefore(story.now, 6) })).toBe('before-the-report');
    expect(story.refused(command, { ...input, [field]: hoursBefore(story.now, 4) })).toBe('accepted');
  });

  it('an assault is not known before it happened, and a screening is no earlier than the last', () => {
    const story = referral().run().after('PT9H');
    const lastAssaultAt = hoursBefore(story.now, 2);
    expect(story.refused('record-facts', { lastAssaultAt, knownAt: hoursBefore(story.now, 3) })).toBe(
      'known-before-it-happened',
    );
    story.screen('high-risk');
    expect(story.refused('screen', { ...confirmed, screenedAt: hoursBefore(story.now, 1) })).toBe(
      'before-the-last-screening',
    );
  });

  it('a screening from before the return keeps no screening of the return', () => {
    const story = referral({ missingNow: 'yes' }).run().after('PT4H').do('record-return').after('PT1H');
    story.do('screen', { outcome: 'high-risk', screenedAt: hoursBefore(story.now, 3) });
    const ofReturn = Object.values(story.state.deadlines).filter(({ startedBy }) => startedBy === 'child-returned');
    expect(ofReturn.map(({ rule, status }) => `${rule} ${status}`)).toContain('D9 open');
    expect(story.state.missing.absences.at(-1)?.screenedAt).toBeUndefined();
  });
});

describe('11.2 prophylaxis: the acute exam is due while it can still begin', () => {
  const assaulted = (hours: number) => referral({ lastAssaultAt: hoursBefore('2026-11-09T15:00:00Z', hours) }).run();

  it('due at the end of the 72 hours where that comes before four hours', () => {
    expect(assaulted(70.5).deadline('D17').due).toBe('2026-11-09T16:30:00Z');
    expect(whyDue(assaulted(70.5).deadline('D17'), policy)).toContain(
      'HIV prophylaxis can begin until Mon Nov 9, 2026, 11:30 AM EST',
    );
  });

  it('due within four hours where the 72 hours are over, or end later', () => {
    for (const hours of [20, 73]) expect(assaulted(hours).deadline('D17').due).toBe('2026-11-09T19:00:00Z');
  });

  it('brought forward to that end where the time of the assault becomes known later', () => {
    const story = referral({ lastAssaultAt: 'unknown' }).run().after('PT1H');
    story.do('record-facts', { lastAssaultAt: hoursBefore(story.now, 71) });
    expect(story.deadline('D17').due).toBe('2026-11-09T17:00:00Z');
  });

  it('both ends warn', () => {
    const warned = checkpoints(assaulted(48).deadline('D17'), policy).flatMap(({ kind, at }) =>
      kind === 'warn' ? at : [],
    );
    const before = (end: number, hours: number) =>
      hoursBefore('2026-11-09T15:00:00Z', 48 - end + hours).replace('.000Z', 'Z');
    for (const end of [72, 120]) for (const hours of [12, 4]) expect(warned).toContain(before(end, hours));
  });
});

describe('11.3 the Careline supervisor keeps the exam until a liaison has accepted', () => {
  const received = '2026-11-09T15:00:00Z';
  const assigned = () =>
    referral({ lastAssaultAt: hoursBefore(received, 20), danger: 'no' })
      .run()
      .after('PT30M')
      .do('assign-liaison', { personId: 'HART-LIAISON' });
  const accepted = () => assigned().after('PT30M').do('accept-assignment', {}, 'hart-liaison');
  const keepers = (story: Story) => waitsOn(ruleOf(story.policy, story.deadline('D17')), story.state);
  const ownersOf = (story: Story) =>
    deadlineRows(story.state, story.policy, {}).flatMap(({ rule, owner }) => (rule === 'D17' ? owner : []));

  it('an assignment keeps D8 and leaves the exam with the supervisor', () => {
    const story = assigned();
    expect(story.deadline('D8').status).toBe('kept');
    expect(keepers(story)).toEqual(['careline-supervisor']);
    expect(ownersOf(story)).toEqual(['careline-supervisor@state']);
  });

  it('the liaison is asked by mail to accept, and has it as a next step with the time of the exam', () => {
    const story = assigned();
    expect(story.all('alert-requested').at(-1)).toMatchObject({ kind: 'answer-needed', people: ['HART-LIAISON'] });
    const steps = nextSteps(
      story.state,
      story.policy,
      { id: 'HART-LIAISON', roles: ['hart-liaison'], scopes: [{ role: 'hart-liaison', scope: 'region-4' }] },
      { now: story.now, invitedOnly: false },
    );
    expect(steps.find(({ acts }) => acts.some(({ command }) => command === 'accept-assignment'))).toMatchObject({
      title: 'Accept the assignment as HART liaison',
      due: story.deadline('D17').due,
    });
  });

  it('the acceptance hands the exam over, and the liaison is told of it', () => {
    const story = accepted();
    expect(keepers(story)).toEqual(['hart-liaison']);
    expect(ownersOf(story)).toEqual(['hart-liaison@region-4', 'deadlines#HART-LIAISON']);
    expect(alertsAbout(story, 'D17').at(-1)).toMatchObject({ to: ['hart-liaison'] });
  });

  it('a delegate of the liaison may accept, another liaison may not', () => {
    expect(assigned().refused('accept-assignment', {}, 'hart-liaison/2')).toBe('not-your-assignment');
    const story = assigned().do('accept-assignment', {}, 'hart-liaison/2 for hart-liaison');
    expect(keepers(story)).toEqual(['hart-liaison']);
    expect(referral().run().refused('accept-assignment', {}, 'hart-liaison')).toBe('not-your-assignment');
  });

  it('another assignment gives the exam back to the supervisor, who is told, until that liaison accepts', () => {
    const story = accepted().after('PT10M').do('assign-liaison', { personId: 'HART-LIAISON.2' });
    expect(keepers(story)).toEqual(['careline-supervisor']);
    expect(alertsAbout(story, 'D17').at(-1)).toMatchObject({ to: ['careline-supervisor'] });
    expect(story.refused('accept-assignment', {}, 'hart-liaison')).toBe('not-your-assignment');
    expect(keepers(story.do('accept-assignment', {}, 'hart-liaison/2'))).toEqual(['hart-liaison']);
  });

  it('the same liaison assigned again has accepted already', () => {
    expect(keepers(accepted().do('assign-liaison', { personId: 'HART-LIAISON' }))).toEqual(['hart-liaison']);
  });

  it('another region gives the exam back to the supervisor', () => {
    const story = accepted().do('confirm-routing', { office: 'BRIDGEPORT', team: 'MDT-GREATER-BRIDGEPORT' });
    expect(keepers(story)).toEqual(['careline-supervisor']);
    expect(alertsAbout(story, 'D17').at(-1)).toMatchObject({ to: ['careline-supervisor'] });
  });

  it('of two mails to the same liaison the last one asks, and the first is not sent again', () => {
    const story = accepted().do('confirm-routing', { office: 'BRIDGEPORT', team: 'MDT-GREATER-BRIDGEPORT' });
    story.do('assign-liaison', { personId: 'HART-LIAISON' });
    const asked = Object.values(story.state.alerts).filter(({ kind }) => kind === 'answer-needed');
    expect(asked.map((alert) => isObsolete(alert, story.state))).toEqual([true, false]);
  });
});

describe('11.5 third parties and adults: the duties of 17a-101g(a) are law by the alleged person', () => {
  const rules = ['D1', 'D6', 'D24'];
  const isLaw = (told: Told, change: (story: Story) => unknown = () => {}) => {
    const story = referral(told).run().do('classify-report', { track: 'investigation' });
    change(story);
    return rules.map((rule) => isStatutory(story.deadline(rule), policy));
  };

  it.each([
    ['a caregiver', { perpetrators: ['caregiver'] }, true],
    ['a person given access', { perpetrators: ['given-access'] }, true],
    ['a person entrusted', { perpetrators: ['entrusted'] }, true],
    ['a person whose relation is unknown', { perpetrators: ['unknown'] }, true],
    ['a third party beside a caregiver', { perpetrators: ['third-party', 'caregiver'] }, true],
    ['third parties alone', { perpetrators: ['third-party'] }, false],
    ['a caregiver of an adult', { perpetrators: ['caregiver'], age: 19 }, false],
  ] as const satisfies readonly (readonly [string, Told, boolean])[])('for %s', (_, told, law) => {
    expect(isLaw({ age: 15, ...told, perpetrators: [...told.perpetrators] })).toEqual(rules.map(() => law));
  });

  it('says why, and keeps the due time and the calls', () => {
    const third = referral({ age: 15, perpetrators: ['third-party'] }).run();
    const care = referral({ age: 15, perpetrators: ['caregiver'] }).run();
    expect(whyDue(third.deadline('D6'), policy)).toContain('policy, because every alleged person is a third party');
    expect(third.deadline('D6').due).toBe(care.deadline('D6').due);
  });

  it('is law from when a caregiver is named, and never policy again by one answer', () => {
    const named = { perpetrators: ['third-party', 'caregiver'] };
    const open = (story: Story) => isStatutory(story.deadline('D6'), policy);
    const story = referral({ age: 15, perpetrators: ['third-party'] }).run();
    expect(open(story)).toBe(false);
    expect(open(story.do('record-facts', named))).toBe(true);
    expect(open(story.do('record-facts', { perpetrators: ['third-party'] }))).toBe(true);
  });
});

describe('11.12 electronic reports: 48 hours run from an oral report alone', () => {
  it.each([
    ['phone', true],
    ['unknown', true],
    ['form', false],
  ] as const)('a mandated report by %s', (channel, owes) => {
    const story = referral({ mandated: 'yes', anonymous: 'no', channel }).run();
    expect(story.open().includes('D2')).toBe(owes);
  });
});

describe('11.14 mandated reporters of 17a-101(b): the written report follows their oral one', () => {
  it.each([
    ['probation-officer', true],
    ['sexual-assault-counselor', true],
    ['domestic-violence-counselor', true],
    ['drug-counselor', true],
    ['foster-parent', true],
    ['emergency-medical', true],
    ['family', false],
    ['community', false],
  ] as const)('from %s, where the report does not say whether they are mandated: %s', (reporterType, owes) => {
    const story = referral({ mandated: 'unknown', anonymous: 'no', channel: 'phone', reporterType }).run();
    expect(story.open().includes('D2')).toBe(owes);
  });
});

describe('11.16 no "made in error" while the child is missing', () => {
  const propose = (story: Story, because = 'made-in-error') =>
    story.refused('propose-withdrawal', { because, reason: 'Opened twice.' }, 'careline-supervisor');

  it('is not proposed before the return', () => {
    const story = referral({ missingNow: 'yes' }).run();
    expect(propose(story)).toBe('still-missing');
    expect(propose(referral({ missingNow: 'no' }).run())).toBe('accepted');
  });

  it('is not agreed to where the child goes missing meanwhile', () => {
    const story = referral({ missingNow: 'no' }).run();
    expect(propose(story)).toBe('accepted');
    story.do('report-missing');
    expect(story.refused('agree-withdrawal', {}, 'careline-manager')).not.toBe('accepted');
    expect(propose(story)).toBe('still-missing');
  });
});

describe('11.4 assault of unknown time: the acute exam is not now for weeks', () => {
  const classAfter = (duration: string, told: Told = {}) => {
    const story = referral({ lastAssaultAt: 'unknown', danger: 'no', ...told }).run();
    story.after('PT119H');
    expect(alarmClassOf(story.deadline('D17'), story.state, policy)).toBe('now');
    story.after(duration);
    return alarmClassOf(story.deadline('D17'), story.state, policy);
  };

  it('is today once 120 hours have passed since the report', () => {
    expect(classAfter('P9D')).toBe('today');
  });

  it('stays now while the child is away', () => {
    expect(classAfter('P9D', { missingNow: 'yes' })).toBe('now');
  });

  it('stays now while the child is recorded in danger, and so may still be with the trafficker', () => {
    expect(classAfter('P9D', { danger: 'yes' })).toBe('now');
  });

  const seenAfter = (told: Told) =>
    referral({ lastAssaultAt: 'unknown', ...told })
      .run()
      .do('record-child-seen', { sighting: 'seen', seenAlone: 'seen-alone', seenBy: 'caseworker' })
      .after('P9D');

  it('is today once a child in danger was seen, so that the exam calls no one for weeks', () => {
    const story = seenAfter({ danger: 'yes' });
    expect(alarmClassOf(story.deadline('D17'), story.state, policy)).toBe('today');
  });

  it('is now again once a child who was seen comes into danger', () => {
    const story = seenAfter({ danger: 'no' }).do('assess-danger', { danger: 'yes' });
    expect(alarmClassOf(story.deadline('D17'), story.state, policy)).toBe('now');
  });

  it('is today while danger is unknown: only what is recorded keeps it now', () => {
    expect(classAfter('P9D', { danger: 'unknown' })).toBe('today');
  });

  it('is now again once the child is said to be in danger', () => {
    const story = referral({ lastAssaultAt: 'unknown', danger: 'no' }).run().after('P9D');
    story.do('assess-danger', { danger: 'yes' });
    expect(alarmClassOf(story.deadline('D17'), story.state, policy)).toBe('now');
  });
});

describe('11.13 the last hour at which a court sits before the hearing and the end of a hold', () => {
  const warned = (story: Story, rule: string) =>
    checkpoints(story.deadline(rule), policy).flatMap(({ kind, at }) => (kind === 'warn' ? at : []));

  it('ten days that end in a weekend: Friday at five, shown and warned of as that sitting begins and an hour before its end', () => {
    // From Wednesday, 10 AM, ten days end on Saturday.
    const story = referral().run().at('2026-11-11T15:00:00Z').do('record-ex-parte-order');
    expect(story.deadline('D43').due).toBe('2026-11-21T15:00:00Z');
    expect(whyDue(story.deadline('D43'), policy)).toContain(
      'before that, a court sits last until Fri Nov 20, 2026, 5:00 PM EST (assumed by this product, awaits sign-off)',
    );
    expect(warned(story, 'D43')).toEqual(expect.arrayContaining(['2026-11-20T14:00:00Z', '2026-11-20T21:00:00Z']));
    story.at('2026-11-20T21:00:00Z');
    expect(alertsAbout(story, 'D43').at(-1)).toMatchObject({ kind: 'checkpoint', checkpoint: 'warn' });
  });

  it('96 hours that end in the evening after a holiday weekend, and 96 hours that end within a sitting', () => {
    const held = (at: string) => referral().run().at(at).do('invoke-hold');
    // Thanksgiving is Thursday November 26. From Monday at noon, 96 hours end on Friday at noon, while courts sit.
    expect(warned(held('2026-11-23T17:00:00Z'), 'D11')).toEqual(
      expect.arrayContaining(['2026-11-27T14:00:00Z', '2026-11-27T16:00:00Z']),
    );
    // From Sunday at noon they end on Thanksgiving: the last sitting is that of Wednesday.
    const story = held('2026-11-22T17:00:00Z');
    expect(warned(story, 'D11')).toEqual(expect.arrayContaining(['2026-11-25T14:00:00Z', '2026-11-25T21:00:00Z']));
    expect(whyDue(story.deadline('D11'), policy)).toContain('a court sits last until Wed Nov 25, 2026, 5:00 PM EST');
  });

  it('a court that has sat for less than an hour counts for nothing', () => {
    const { courtHours } = ruleOf(policy, { rule: 'D43' });
    const endOf = (due: string) => courtHours && lastSitting(due, courtHours, policy.calendar).ends;
    expect(endOf('2026-11-17T14:30:00Z')).toBe('2026-11-16T22:00:00Z');
    expect(endOf('2026-11-17T15:00:00Z')).toBe('2026-11-17T15:00:00Z');
  });
});
