/** The notice to a tribe, and the wait for it (docs/domain.md#icwa). */
import { describe, expect, it } from 'vitest';
import { viewReferral } from '../../../shared/application/read/view.ts';
import { earliestDay } from '../../../shared/domain/child/tribe-notice.ts';
import { nextSteps } from '../../../shared/domain/next-steps/next-steps.ts';
import { ruleIn } from '../../../shared/domain/policy/policy.ts';
import { dutyWords } from '../../../shared/domain/words/duty-words.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { connecticutLaw } from '../../../shared/policy/law/connecticut-law.ts';
import { belowFloor } from '../../../shared/policy/law/law-floor.ts';
import { visitor } from '../../support/desk.ts';
import { referral, type Told } from '../../support/referral-builder.ts';

/** A hold is the proceeding of which the tribe is notified. */
const member = (told: Told = {}) =>
  referral({ tribalMember: 'yes', ...told })
    .run()
    .do('invoke-hold');
const mail = { recipient: 'tribe', tribe: 'MOHEGAN', mailKind: 'certified' };
const day = (story: ReturnType<typeof member>) =>
  viewReferral(story.state, policy, visitor('legal'), []).earliestProceeding;

describe('11.10 the notice to a tribe (C.G.S. 46b-116 and following, 25 U.S.C. 1912(a))', () => {
  it.each([
    ['a Monday before Veterans Day', '2026-11-09T15:00:00Z', '2026-11-12T22:00:00Z'],
    ['a Friday evening', '2026-11-14T00:30:00Z', '2026-11-17T22:00:00Z'],
    ['the eve of Thanksgiving', '2026-11-25T15:00:00Z', '2026-11-30T22:00:00Z'],
    ['the Saturday before the clocks go forward', '2026-03-07T15:00:00Z', '2026-03-10T21:00:00Z'],
  ])('from %s: two business days', (_, receivedAt, due) => {
    expect(member({ receivedAt }).deadline('D42').due).toBe(due);
  });

  it.each(['no', 'unknown'] as const)(
    'does not open while membership is %s, and opens when it is known, once',
    (said) => {
      const story = referral({ tribalMember: said }).run().do('invoke-hold').after('PT5H');
      expect(story.open()).not.toContain('D42');
      story.do('record-facts', { tribalMember: 'yes' });
      expect(story.deadline('D42').start).toBe(story.now);
      story.do('notify-tribe', mail).do('record-facts', { tribalMember: 'yes', homeless: 'no' });
      expect(story.open()).not.toContain('D42');
    },
  );

  it('is owed from a proceeding on alone, and before it none is recorded', () => {
    const story = referral({ tribalMember: 'yes' }).run().after('P1D');
    expect(story.open()).not.toContain('D42');
    expect(story.refused('notify-tribe', mail)).toBe('no-proceeding');
    story.do('record-ex-parte-order', { at: '2026-11-10T12:00:00.000Z' });
    for (const rule of ['D42', 'D42a'])
      expect(story.deadline(rule)).toMatchObject({ start: '2026-11-10T12:00:00.000Z', due: '2026-11-13T22:00:00Z' });
  });

  it('stays owed where a petition followed the hold', () => {
    const story = referral({ tribalMember: 'no' }).run().do('invoke-hold').after('P1D');
    story.do('record-hold-end', { how: 'petition-filed' }).do('record-facts', { tribalMember: 'yes' });
    expect(story.deadline('D42').start).toBe(story.now);
  });

  it('goes to the parent or Indian custodian too: from counsel while a caregiver’s part is not ruled out', () => {
    const parent = { ...mail, recipient: 'parent' };
    const story = member().do('notify-tribe', mail);
    expect(story.deadline('D42a').status).toBe('open');
    expect(story.refused('notify-tribe', parent, 'caseworker')).toBe('counsel-notifies-family');
    story.do('notify-tribe', parent, 'legal');
    expect(story.deadline('D42a').status).toBe('kept');
  });

  it('lets no proceeding come before the last receipt, of tribe or parent, and each may ask for twenty days', () => {
    const story = member({ receivedAt: '2026-11-02T15:00:00Z' }).do('notify-tribe', mail);
    story.do('notify-tribe', { ...mail, recipient: 'indian-custodian' }, 'legal');
    story.do('record-tribe-receipt', { notice: 'N1' });
    expect(day(story)).toBeUndefined();
    story.after('P2D').do('record-tribe-receipt', { notice: 'N2' });
    expect(day(story)).toBe('2026-11-15');
    story.do('record-tribe-request', { notice: 'N2' });
    expect(day(story)).toBe('2026-12-05');
  });

  it('goes to the regional director where no tribe is known, who has fifteen days', () => {
    const story = member({ receivedAt: '2026-11-02T15:00:00Z' }).do('notify-tribe', { ...mail, tribe: 'NOT-KNOWN' });
    story.do('record-tribe-receipt', { notice: 'N1' });
    expect(day(story)).toBe('2026-11-18');
  });

  it('is law without a number, for caseworker and counsel, then the program manager', () => {
    expect(ruleIn(policy, 'D42')).toMatchObject({
      kind: 'statute',
      timeByPolicy: true,
      awaitsLegalSignOff: true,
      confidence: 'assumed',
      alert: ['caseworker', 'legal'],
      escalate: ['program-manager'],
      closing: 'waits',
      alarm: { class: 'today' },
    });
  });

  it('is kept by the mail, with its number and addressee in the vault', () => {
    const story = member()
      .after('P1D')
      .do('notify-tribe', { ...mail, at: '2026-11-09T20:00:00Z' });
    expect(story.deadline('D42')).toMatchObject({ status: 'kept', keptAt: '2026-11-09T20:00:00.000Z' });
    expect(JSON.stringify(story.events())).not.toContain('her own words');
  });

  it.each(policy.tribes.list.map(({ id }) => id).concat('OTHER'))('may go to %s', (tribe) => {
    expect(member().refused('notify-tribe', { ...mail, tribe })).toBe('accepted');
  });

  it('lists the two tribes that the United States recognizes, and three that the state does', () => {
    const { list } = policy.tribes;
    expect(list.map(({ recognizedBy }) => recognizedBy).toSorted()).toEqual([
      'federal',
      'federal',
      'state',
      'state',
      'state',
    ]);
  });

  it('tells no mailbox of a tribe', () => {
    expect(JSON.stringify(dutyWords(ruleIn(policy, 'D42')))).not.toMatch(/trib/i);
  });

  it('holds up closing', () => {
    expect(member().unmet().join(' ')).toContain('D42');
  });
});

describe('11.10 the earliest day of a proceeding about custody', () => {
  const received = (at: string, receivedAt = '2026-10-20T15:00:00Z') =>
    member({ receivedAt }).do('notify-tribe', mail).at(at).do('record-tribe-receipt', { notice: 'N1', at });

  it.each([
    ['ten whole days after the receipt', '2026-11-02T15:00:00Z', '2026-11-13'],
    ['counted from the New York day, at night too', '2026-11-03T04:30:00Z', '2026-11-13'],
    ['over the change of the clocks', '2026-10-30T15:00:00Z', '2026-11-10'],
    ['over a month and holidays', '2026-12-23T15:00:00Z', '2027-01-03'],
  ])('is %s', (_, at, earliest) => {
    const story = received(at);
    expect(day(story)).toBe(earliest);
    expect(story.all('tribe-receipt-recorded')).toMatchObject([{ tribe: 'MOHEGAN', earliest }]);
  });

  it('is twenty days later where the tribe asks for more time, once', () => {
    const story = received('2026-11-02T15:00:00Z').after('P3D').do('record-tribe-request', { notice: 'N1' });
    expect(day(story)).toBe('2026-12-03');
    expect(story.refused('record-tribe-request', { notice: 'N1' })).toBe('more-time-already');
  });

  it('is not known before each notified tribe has received its notice, and is then the latest', () => {
    const story = received('2026-11-02T15:00:00Z').do('notify-tribe', { ...mail, tribe: 'SCHAGHTICOKE' });
    expect(day(story)).toBeUndefined();
    story.after('P4D').do('record-tribe-receipt', { notice: 'N2' });
    expect(day(story)).toBe('2026-11-17');
    expect(day(member())).toBeUndefined();
  });

  it('starts anew with another notice to the same tribe', () => {
    expect(day(received('2026-11-02T15:00:00Z').do('notify-tribe', mail))).toBeUndefined();
  });

  it.each(['MOHEGAN', 'OTHER'])('waits for each of two notices to %s', (tribe) => {
    const story = member()
      .do('notify-tribe', { ...mail, tribe })
      .after('P1D')
      .do('record-tribe-receipt', { notice: 'N1' });
    const first = story.do('record-tribe-request', { notice: 'N1' });
    const asked = day(first);
    story.do('notify-tribe', { ...mail, tribe });
    expect(day(story)).toBeUndefined();
    if (tribe === 'MOHEGAN') expect(story.refused('record-tribe-request', { notice: 'N2' })).toBe('more-time-already');
    story.do('record-tribe-receipt', { notice: 'N2' });
    expect(day(story)).toBe(asked);
    expect(story.state.response.tribeNotices).toMatchObject([
      { notice: 'N1', moreTime: true },
      { notice: 'N2', tribe },
    ]);
  });

  it('is twenty days later where the tribe asks before the receipt comes back', () => {
    const story = member().do('notify-tribe', mail).after('P5D').do('record-tribe-request', { notice: 'N1' });
    expect(story.all('tribe-asked-more-time').at(-1)).not.toHaveProperty('earliest');
    expect(day(story)).toBeUndefined();
    story.after('P2D').do('record-tribe-receipt', { notice: 'N1', at: '2026-11-12T15:00:00Z' });
    expect(story.all('tribe-receipt-recorded')).toMatchObject([{ earliest: '2026-12-13' }]);
    expect(day(story)).toBe('2026-12-13');
  });

  it('may rest on a request of the day of the receipt, at whatever hour each is given', () => {
    const story = received('2026-11-02T18:00:00Z').after('P1D');
    expect(story.refused('record-tribe-request', { notice: 'N1', at: '2026-11-02T15:00:00Z' })).toBe('accepted');
  });

  it('keeps the time that a tribe asked for over another mail to it', () => {
    const story = received('2026-11-02T15:00:00Z')
      .do('record-tribe-request', { notice: 'N1' })
      .do('notify-tribe', mail);
    story.after('P10D').do('record-tribe-receipt', { notice: 'N2' });
    expect(day(story)).toBe('2026-12-13');
  });

  it('does not wait for a mail that was sent again, to a tribe of the list', () => {
    const story = member().do('notify-tribe', mail).after('P1D').do('notify-tribe', mail);
    story.do('record-tribe-receipt', { notice: 'N2' });
    expect(day(story)).toBe(earliestDay(story.now, { tribe: 'MOHEGAN' }, policy));
  });
});

describe('the receipt of a notice', () => {
  const steps = (story: ReturnType<typeof member>, role: 'caseworker' | 'legal' | 'hart-liaison' = 'caseworker') =>
    nextSteps(
      story.state,
      policy,
      { id: 'PERSON-1', roles: [role], scopes: [{ role, scope: 'state' }] },
      { now: story.now, invitedOnly: false },
    ).filter(({ acts }) => acts.some(({ command }) => command === 'record-tribe-receipt'));

  it('is a next step of caseworker and counsel for each notice until it is recorded', () => {
    const story = member();
    expect(steps(story)).toEqual([]);
    story.do('notify-tribe', mail).do('notify-tribe', { ...mail, tribe: 'OTHER' });
    for (const role of ['caseworker', 'legal'] as const)
      expect(steps(story, role).map(({ acts: [act] }) => act?.input)).toEqual([{ notice: 'N1' }, { notice: 'N2' }]);
    expect(steps(story, 'hart-liaison')).toEqual([]);
    story.after('P3D').do('record-tribe-receipt', { notice: 'N1' });
    expect(steps(story).map(({ acts: [act] }) => act?.input)).toEqual([{ notice: 'N2' }]);
  });

  it('is not asked for of a mail that was sent again, nor where the child is no member', () => {
    const story = member().do('notify-tribe', mail).do('notify-tribe', mail);
    expect(steps(story).map(({ acts: [act] }) => act?.input)).toEqual([{ notice: 'N2' }]);
    expect(steps(story.do('record-facts', { tribalMember: 'no' }))).toEqual([]);
  });
});

it.each([
  [
    'a notice where no membership is recorded',
    () => referral({ tribalMember: 'unknown' }).run().do('invoke-hold'),
    'notify-tribe',
    mail,
    'no-tribe',
  ],
  ['a tribe that is not listed', () => member(), 'notify-tribe', { ...mail, tribe: 'NOWHERE' }, 'no-such-tribe'],
  ['a receipt without a notice', () => member(), 'record-tribe-receipt', { notice: 'N1' }, 'tribe-not-notified'],
  [
    'a receipt before the mail was sent',
    () => member().after('P2D').do('notify-tribe', mail),
    'record-tribe-receipt',
    { notice: 'N1', at: '2026-11-10T15:00:00Z' },
    'received-before-sent',
  ],
  [
    'a request for more time before the day of the receipt',
    () =>
      member()
        .do('notify-tribe', mail)
        .after('P3D')
        .do('record-tribe-receipt', { notice: 'N1', at: '2026-11-11T15:00:00Z' }),
    'record-tribe-request',
    { notice: 'N1', at: '2026-11-10T15:00:00Z' },
    'asked-before-receipt',
  ],
  [
    'a request for more time before the day of the mail',
    () => member().after('P2D').do('notify-tribe', mail),
    'record-tribe-request',
    { notice: 'N1', at: '2026-11-10T15:00:00Z' },
    'asked-before-sent',
  ],
  [
    'a receipt after the day on which the tribe asked for more time',
    () =>
      member()
        .do('notify-tribe', mail)
        .after('P4D')
        .do('record-tribe-request', { notice: 'N1', at: '2026-11-11T15:00:00Z' }),
    'record-tribe-receipt',
    { notice: 'N1', at: '2026-11-12T15:00:00Z' },
    'received-after-request',
  ],
] as const)('%s is refused', (_, begin, command, input, code) => {
  expect(begin().refused(command, input)).toBe(code);
});

it('a policy that gives the tribe fewer days than the law is below its floor', () => {
  const { floor } = connecticutLaw;
  if (!floor) throw new Error('The law has no floor.');
  const found = (tribes: object) => belowFloor({ ...policy, tribes: { ...policy.tribes, ...tribes } }, floor, []);
  expect(found({})).toEqual([]);
  expect(found({ daysAfterReceipt: 9 }).join()).toContain('46b-116d');
  expect(found({ daysWhereUnknown: 14 }).join()).toContain('46b-116d');
  expect(found({ moreDaysOnRequest: 19 }).join()).toContain('46b-116d');
});
