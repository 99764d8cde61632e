/** Single acts that a careless or hostile person tries, and the domain's answers. */
import { describe, expect, it, test } from 'vitest';
import { isAbout } from '../../shared/domain/alerts/alert-duties.ts';
import { commandNamed, mayDo } from '../../shared/domain/commands.ts';
import { alertIdOf } from '../../shared/domain/core/ids.ts';
import { reportInput } from '../../shared/domain/intake/report.ts';
import { monday, personOf, referral, referralId, type Story } from '../support/referral-builder.ts';
import { lowerDanger } from '../support/scenes.ts';

const police = { covers: ['state', 'local'], agencyId: 'A-HARTFORD', method: 'phone' };

describe('an act cannot lie before the Careline heard of the report', () => {
  test.each([
    ['notify-police', police],
    ['start-response', {}],
    ['record-safety-plan', { placement: 'placed' }],
    ['offer-linkage', { service: 'mental-health', providerId: 'PV-1' }],
    ['record-written-report', {}],
  ] as const)('%s', (command, input) => {
    const story = referral().run().after('PT1H');
    expect(story.refused(command, { ...input, at: '1900-01-01T00:00:00Z'.replace('1900', '2001') })).toBe(
      'before-the-report',
    );
    expect(story.refused(command, { ...input, at: '2026-11-09T14:58:59Z' })).toBe('before-the-report');
    // Forms give minutes: a report of 10:00:30 and an act of 10:00 are in order.
    expect(story.refused(command, { ...input, at: '2026-11-09T14:59:30Z' })).toBe('accepted');
  });

  it('but the word that the child is missing may be older than the report', () => {
    const story = referral().run();
    story.do('report-missing', { at: '2026-11-09T12:00:00Z' });
    expect(story.deadline('D12a').due).toBe('2026-11-09T13:00:00Z');
  });

  test.each(['0000-01-01T00:00:00+14:00', '1999-12-31T23:59:59Z', '2100-01-01T00:00:00Z', '9999-12-31T23:59:59-14:00'])(
    'and no act, report or extension is of %s, an impossible year',
    (at) => {
      const problems = (
        schema: { safeParse: (input: unknown) => { error?: { issues: { path: unknown[] }[] } | undefined } },
        input: object,
      ) => schema.safeParse(input).error?.issues.map(({ path }) => path.join('.'));
      expect(problems(commandNamed('start-response').input, { at })).toEqual(['at']);
      expect(
        problems(commandNamed('extend-deadline').input, { deadlineId: 'D', due: at, reason: 'An invented reason.' }),
      ).toEqual(['due']);
      expect(problems(reportInput, { narrative: 'n', receivedAt: at, children: [{ danger: 'yes' }] })).toEqual([
        'receivedAt',
      ]);
    },
  );
});

describe('an act that a fast clock dates a few minutes ahead', () => {
  it('took place now, so that what follows it counts as done after it', () => {
    const story = referral().run().do('report-missing', { at: '2026-11-09T15:04:00Z' });
    expect(story.deadline('D12a')).toMatchObject({ start: story.now, due: '2026-11-09T16:00:00Z' });
    story.do('notify-police', { ...police, covers: ['missing'] }).do('notify-ncmec', { method: 'phone' });
    expect(story.deadline('D12a')).toMatchObject({ status: 'kept', keptAt: story.now });
    expect(story.deadline('D12b')).toMatchObject({ status: 'kept', keptAt: story.now });
  });

  it('and is refused where it lies further ahead', () => {
    expect(referral().run().refused('report-missing', { at: '2026-11-09T15:05:01Z' })).toBe('in-the-future');
  });
});

describe('lists of codes', () => {
  test.each(['race', 'indicators', 'exploitation', 'venue'])('hold each code of %s once', (field) => {
    const code = { race: 'asian', indicators: 'disclosure', exploitation: 'familial', venue: 'online' }[field];
    const report = (codes: readonly (string | undefined)[]) =>
      reportInput.safeParse({ narrative: 'n', children: [{ danger: 'yes', [field]: codes }] }).success;
    expect(report([code])).toBe(true);
    expect(report([code, code])).toBe(false);
    expect(report(Array(45_000).fill(code))).toBe(false);
  });
});

describe('the danger of a child', () => {
  it('that is ruled out and said again within the two hours keeps the first due instant', () => {
    const story = referral({ danger: 'yes' }).run().after('PT30M');
    lowerDanger(story).do('assess-danger', { danger: 'yes' });
    expect(story.deadline('D6')).toMatchObject({
      due: '2026-11-09T17:00:00Z',
      status: 'open',
      startedBy: 'danger-said',
    });
  });

  it('that is new later has two hours from then, and the area office is told at once', () => {
    const story = referral({ danger: 'no' }).run().after('P1D').do('assess-danger', { danger: 'yes' });
    expect(story.deadline('D6').due).toBe('2026-11-10T17:00:00Z');
    const { id } = story.deadline('D6');
    const about = story.all('alert-requested').filter((alert) => isAbout(alert, id));
    expect(about).toMatchObject([{ checkpoint: 'ring' }]);
    // The one call of the child is about other duties as well. The area office hears of this one, by its first on shift.
    const office = about.flatMap(({ calls = [] }) => calls.filter(({ to }) => to === 'area-oncall'));
    expect(office).toEqual([{ to: 'area-oncall', turn: 'first', deadlineIds: expect.arrayContaining([id]) }]);
    expect(story.commits.at(-1)).toMatchObject({ at: story.now, events: expect.arrayContaining(about) });
  });
});

it('the screening on return is due a day after it, however late an open one was moved', () => {
  const story = referral({ missingNow: 'yes' }).run();
  const moved = { deadlineId: story.deadline('D9').id, due: '2026-11-11T15:00:00Z' };
  story.do('extend-deadline', moved).after('PT10H').do('record-return');
  const { id, due } = story.deadline('D9');
  expect([id === moved.deadlineId, due]).toEqual([false, '2026-11-11T01:00:00Z']);
  const told = story.all('alert-requested').filter(({ kind }) => kind === 'deadline-opened');
  expect(told.map(({ deadlineId }) => deadlineId)).toContain(id);
});

describe('who and where', () => {
  it('the police told are of the directory, or said to be others', () => {
    const story = referral().run();
    expect(story.refused('notify-police', { ...police, agencyId: 'NO-ONE' })).toBe('no-such-agency');
    expect(story.refused('notify-police', { ...police, agencyId: 'A-OTHER' })).toBe('accepted');
  });

  it('a liaison is one of the directory', () => {
    expect(referral().run().refused('assign-liaison', { personId: 'NO-ONE' })).toBe('no-such-liaison');
  });

  it('region and district follow from office and team, and the newly responsible people are told', () => {
    const story = referral().run();
    story.do('confirm-routing', { office: 'BRIDGEPORT', team: 'MDT-DANBURY' });
    expect(story.state.places.routing).toMatchObject({ region: 1, judicialDistrict: 'Danbury', confirmed: true });
    const told = story.all('alert-requested');
    expect(told.findLast(({ kind }) => kind === 'referral-opened')?.to).toEqual([
      'hart-liaison',
      'area-oncall',
      'hart-lead',
      'caseworker',
    ]);
    // The office that has the child now is called, even after an earlier answer.
    expect(told.at(-1)).toMatchObject({ checkpoint: 'ring', deadlineId: story.deadline('D6').id });
  });

  it('a confirmed routing that stays the same sends no new alert', () => {
    const story = referral().run();
    const before = story.all('alert-requested').length;
    story.do('confirm-routing', { office: 'HARTFORD', team: 'MDT-HARTFORD' });
    expect(story.all('alert-requested')).toHaveLength(before);
  });
});

describe('a child known twice', () => {
  const known = () => referral({ candidates: ['CR-AAAAA-AAAAAA'] }).run();
  const same = { answer: 'same-child-open', of: 'CR-AAAAA-AAAAAA' };
  const duplicate = { because: 'duplicate', of: 'CR-AAAAA-AAAAAA' };

  test.each(['closed', 'withdrawn', 'merged'] as const)('is not merged into a referral that is %s', (stage) => {
    expect(known().othersAre(stage).refused('answer-duplicate', same)).toBe('other-not-open');
  });

  it('is merged into an open one, and those who worked on it are told', () => {
    const story = known();
    const before = story.all('alert-requested').length;
    const [ended, ...over] = story.do('answer-duplicate', same).all('alert-requested').slice(before);
    expect(ended).toMatchObject({ kind: 'referral-ended', to: ['careline-supervisor', 'caseworker', 'hart-liaison'] });
    // Its ringing duties of law move to the other referral and call there. The people called here are told.
    expect(over.map(({ kind, to, deadlineId }) => [kind, to, deadlineId])).toEqual([
      ['alarm-over', ['careline-supervisor'], story.deadline('D1').id],
      ['alarm-over', ['area-oncall'], story.deadline('D6').id],
    ]);
  });

  test.each(['withdrawn', 'merged'] as const)('is not withdrawn where the other one is %s', (stage) => {
    expect(known().othersAre(stage).refused('propose-withdrawal', duplicate)).toBe('other-gone');
    const story = known().do('propose-withdrawal', duplicate).othersAre(stage);
    expect(story.refused('agree-withdrawal', {}, 'careline-manager')).toBe('other-gone');
  });

  it('is not withdrawn for a reference that is none', () => {
    expect(known().refused('propose-withdrawal', { because: 'duplicate', of: 'CR-NOPE' })).toBe('other-gone');
  });
});

it('a withdrawal proposed before the child was screened does not stand after it', () => {
  const story = referral()
    .run()
    .do('propose-withdrawal', { because: 'made-in-error' })
    .after('PT1M')
    .screen('confirmed');
  expect(story.refused('agree-withdrawal', {}, 'careline-manager')).toBe('nothing-proposed');
});

it('a withdrawal tells the team and the providers as well', () => {
  const story = referral().run().screen('high-risk');
  story.do('offer-linkage', { service: 'mental-health', providerId: 'PV-1' }).after('PT1M');
  story.do('propose-withdrawal', { because: 'made-in-error' }).do('agree-withdrawal', {}, 'careline-manager');
  const told = story.all('alert-requested').filter(({ kind }) => kind === 'referral-ended');
  expect(told.flatMap(({ to }) => to)).toEqual(
    expect.arrayContaining(['careline-supervisor', 'caseworker', 'hart-liaison', 'mdt-coordinator', 'seats']),
  );
  expect(told.flatMap(({ people }) => people)).toEqual(['PV-1.CONTACT']);
});

describe("a provider's no", () => {
  const offered = () =>
    referral().run().screen('high-risk').do('offer-linkage', { service: 'victim-advocacy', providerId: 'PV-1' });

  it('leaves the need and its clock, and asks for another provider', () => {
    const story = offered().do(
      'decline-linkage',
      { service: 'victim-advocacy', reasonCode: 'no-longer-needed' },
      'contact:PV-1',
    );
    expect(story.state.services.linkages['victim-advocacy']).toMatchObject({ status: 'needed', turnedDown: true });
    expect(story.deadline('D19b').status).toBe('open');
    expect(story.all('alert-requested').at(-1)).toMatchObject({
      kind: 'answer-needed',
      to: ['hart-liaison', 'caseworker'],
    });
    story.do('offer-linkage', { service: 'victim-advocacy', providerId: 'PV-2' });
    expect(story.state.services.linkages['victim-advocacy']).toMatchObject({ status: 'offered', turnedDown: false });
  });

  it("is not the child's, which staff record even before anything was offered", () => {
    const story = referral({ lastAssaultAt: 'unknown', age: 15 }).run();
    story.do('decline-linkage', {
      service: 'medical-acute-forensic',
      reasonCode: 'child-declined',
      reason: 'Asked alone, and said no.',
    });
    expect(story.deadline('D17').status).toBe('kept');
  });
});

describe('the examination that is not acute', () => {
  const investigated = (answer: 'start-linkage' | 'decline-linkage') => {
    const story = referral().run().do('offer-linkage', { service: 'medical-nonacute', providerId: 'PV-1' });
    const input = {
      service: 'medical-nonacute',
      ...(answer === 'decline-linkage' && { reasonCode: 'waiting-list', waitDays: 30 }),
    };
    return story.do(answer, input).do('classify-report', { track: 'investigation' });
  };

  it('has no clock once it has taken place', () => {
    expect(investigated('start-linkage').open()).not.toContain('D18');
  });

  it('has one where a provider had no place, which a referral to another keeps', () => {
    const story = investigated('decline-linkage');
    expect(story.open()).toContain('D18');
    story.do('offer-linkage', { service: 'medical-nonacute', providerId: 'PV-2' });
    expect(story.do('start-linkage', { service: 'medical-nonacute' }).open()).not.toContain('D18');
  });
});

describe('an alert', () => {
  const alertId = alertIdOf(referralId, 1, monday);

  it('is acknowledged by those it was sent to, and not by who supervises them', () => {
    for (const as of ['hart-liaison', 'area-oncall', 'careline-worker', 'careline-supervisor'])
      expect(referral().run().refused('acknowledge-alert', { alertId }, as)).toBe('accepted');
    for (const as of ['legal', 'seat:medical', 'contact:PV-1', 'mdt-coordinator', 'mdt-chair', 'careline-manager'])
      expect(referral().run().refused('acknowledge-alert', { alertId }, as)).toBe('not-to-you');
  });

  it('to a provider is acknowledged by that provider alone', () => {
    const story = referral().run().screen('high-risk');
    for (const [service, providerId] of [
      ['victim-advocacy', 'PV-1'],
      ['mental-health', 'PV-2'],
    ])
      story.do('offer-linkage', { service, providerId });
    story.after('P2D');
    const { id = '' } =
      Object.values(story.state.alerts).find(({ kind, to }) => kind === 'checkpoint' && to.includes('provider')) ?? {};
    expect(story.refused('acknowledge-alert', { alertId: id }, 'contact:PV-2')).toBe('not-to-you');
    expect(story.refused('acknowledge-alert', { alertId: id }, 'contact:PV-1')).toBe('accepted');
  });

  it('is none of the business of those who audit', () => {
    expect(mayDo('acknowledge-alert', personOf('auditor'))).toBe(false);
    expect(mayDo('acknowledge-alert', personOf('administrator'))).toBe(false);
  });
});

describe('a team', () => {
  it('has no member who attended and was absent', () => {
    const story = referral().run().screen('high-risk');
    const attended = [
      'dcf',
      'law-enforcement',
      'states-attorney',
      'victim-advocate',
      'medical',
      'mental-health',
      'forensic-interviewer',
    ];
    const absent = [{ discipline: 'medical', reason: 'unavailable' }];
    expect(story.refused('record-meeting', { attended, absent })).toBe('attended-and-absent');
  });

  it('asks the deputy where the holder declines, and the holder where the deputy does, each once', () => {
    const story = referral().run().screen('high-risk');
    const decline = (as: string) =>
      story.do('answer-seat', { discipline: 'medical', answer: 'declined', reasonCode: 'workload' }, as);
    decline('seat:medical');
    expect(story.all('alert-requested').at(-1)).toMatchObject({ people: ['DEPUTY-MEDICAL'] });
    expect(story.state.team.seats.find(({ discipline }) => discipline === 'medical')).toMatchObject({
      answered: { by: 'MEMBER-MEDICAL' },
    });
  });
});

it('a basis to allege trafficking names its definition', () => {
  const story = referral().run().screen('confirmed');
  const decision = { outcome: 'basis-trafficking', legalConsulted: 'no', reason: 'r' };
  expect(story.refused('decide-eligibility', { ...decision, definitionBasis: 'none' })).toBe('definition-missing');
  expect(story.refused('decide-eligibility', { ...decision, definitionBasis: 'tvpa' })).toBe('accepted');
});

it('what was done late is explained as done, whatever the form said of the future', () => {
  const story = referral().run().at('2026-11-10T15:00:00Z').do('notify-police', police);
  const { id } = story.deadline('D3');
  story.do('explain-miss', { deadlineId: id, reasonCode: 'staffing', willBeKept: false });
  expect(story.all('miss-explained').at(-1)).toMatchObject({ willBeKept: true });
  expect(monday < story.now).toBe(true);
});

describe('what crosses what', () => {
  it('danger said after a kept response has its whole two hours', () => {
    const story = lowerDanger(referral({ danger: 'unknown' }).run().do('start-response'));
    story.after('PT1H50M').do('assess-danger', { danger: 'yes' });
    expect(story.deadline('D6').due).toBe('2026-11-09T18:50:00Z');
  });

  test.each([
    ['the child is found in danger', (story: Story) => story.do('assess-danger', { danger: 'yes' })],
    ['the child goes missing', (story: Story) => story.do('report-missing')],
    ['the child is screened', (story: Story) => story.screen('at-risk')],
  ])('a proposal to withdraw lapses when %s', (_, happens) => {
    const story = referral({ danger: 'no' }).run().do('propose-withdrawal', { because: 'made-in-error' });
    happens(story);
    expect(story.state.proposals.withdrawal).toBeUndefined();
    expect(story.refused('agree-withdrawal', {}, 'careline-manager')).toBe('nothing-proposed');
  });

  it('a referral made in error names no other one', () => {
    const story = referral().run().do('propose-withdrawal', { because: 'made-in-error', of: 'ASPEN.EXAMPLE' });
    expect(story.all('withdrawal-proposed').at(-1)).not.toHaveProperty('of');
  });

  it('a holder cannot give up the seat that the other accepted, and a decliner stays out until they accept', () => {
    const story = referral().run().screen('high-risk');
    const seat = () => story.state.team.seats.find(({ discipline }) => discipline === 'medical');
    const answer = (given: string, as: string) =>
      story.refused(
        'answer-seat',
        { discipline: 'medical', answer: given, ...(given === 'declined' && { reasonCode: 'workload' }) },
        as,
      );
    expect(answer('declined', 'seat:medical')).toBe('accepted');
    expect(seat()?.declinedBy).toEqual(['MEMBER-MEDICAL']);
    expect(answer('accepted', 'deputy:medical')).toBe('accepted');
    expect(seat()).toMatchObject({ answered: { answer: 'accepted' }, declinedBy: ['MEMBER-MEDICAL'] });
    expect(answer('declined', 'seat:medical')).toBe('seat-taken');
    expect(answer('accepted', 'seat:medical')).toBe('accepted');
    expect(seat()?.declinedBy).toEqual([]);
  });

  it('a liaison of another region answers no more, and the new lead is asked for one', () => {
    const story = referral().run().do('assign-liaison', { personId: 'LIAISON-1' });
    story.do('confirm-routing', { office: 'BRIDGEPORT', team: 'MDT-GREATER-BRIDGEPORT' });
    expect(story.state.response.liaison).toBeUndefined();
    expect(story.open()).toContain('D8');
    expect(story.all('alert-requested').findLast(({ kind }) => kind === 'referral-opened')?.to).toContain('hart-lead');
  });

  test.each(['0000-06-01T00:00:00Z', '1999-11-08T00:00:00Z'])('a last assault of %s is a slip', (lastAssaultAt) => {
    const report = { narrative: 'n', children: [{ danger: 'yes', lastAssaultAt }] };
    expect(reportInput.safeParse(report).success).toBe(false);
  });
});
