import { describe, expect, it } from 'vitest';
import { beginDecision } from '../../../shared/domain/core/decision.ts';
import { type Discipline, disciplines } from '../../../shared/domain/core/vocabulary.ts';
import { isQuorum } from '../../../shared/domain/team/mdt.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { memberOf, referral, type Story, type Told } from '../../support/referral-builder.ts';
import { meet } from '../../support/scenes.ts';

const suspected = (told: Told = {}) => referral(told).run().screen('high-risk');
const alertsTo = (story: Story, role: string) =>
  story.all('alert-requested').filter(({ kind, to }) => kind === 'answer-needed' && (to as string[]).includes(role));
const alertsAbout = (story: Story, rule: string) =>
  story.all('alert-requested').filter(({ deadlineId }) => deadlineId === story.deadline(rule).id);
const without = (...absent: Discipline[]) => ({
  attended: policy.requiredDisciplines.filter((discipline) => !absent.includes(discipline)),
  absent: absent.map((discipline) => ({ discipline, reason: 'unavailable' })),
});

describe('the notice to the team', () => {
  it('starts the clocks of the meeting and of the interview, and is one mail to the coordinator', () => {
    const story = suspected();
    for (const rule of ['D15', 'D20']) {
      expect(story.deadline(rule)).toMatchObject({ status: 'open', start: story.now });
      expect(alertsAbout(story, rule)).toEqual([]);
    }
    expect(story.all('alert-requested').filter(({ kind }) => kind === 'mdt-invited')).toMatchObject([
      { to: ['mdt-coordinator', 'seats'] },
    ]);
    story.after('PT2H').tellTeam();
    expect(story.all('deadline-opened').filter(({ rule }) => rule === 'D15')).toHaveLength(1);
  });

  it('is recorded once for each seat, at its true time', () => {
    const story = suspected().after('PT1H').do('inform-seat', { discipline: 'dcf', at: '2026-11-09T15:10:00Z' });
    expect(story.state.team.seats.find(({ discipline }) => discipline === 'dcf')?.informedAt).toBe(
      '2026-11-09T15:10:00.000Z',
    );
    expect(story.refused('inform-seat', { discipline: 'dcf' })).toBe('already-informed');
  });
});

describe('a seat', () => {
  it('is answered by its holder or the deputy, and by no other person', () => {
    const story = suspected();
    const accept = { discipline: 'medical', answer: 'accepted' };
    expect(story.refused('answer-seat', accept, 'seat:dcf')).toBe('not-your-seat');
    story.do('answer-seat', accept, 'seat:medical');
    expect(story.state.team.seats.find(({ discipline }) => discipline === 'medical')?.answered?.answer).toBe(
      'accepted',
    );
  });

  it('that is declined is for the coordinator to fill', () => {
    const story = suspected().do(
      'answer-seat',
      { discipline: 'medical', answer: 'declined', reasonCode: 'workload' },
      'seat:medical',
    );
    expect(alertsTo(story, 'mdt-coordinator')).toHaveLength(1);
  });

  it('that the team does not have cannot be answered or informed', () => {
    const story = suspected({ vacant: ['medical'] });
    const medical = { discipline: 'medical' };
    expect(story.refused('inform-seat', medical)).toBe('no-such-seat');
    expect(story.refused('answer-seat', { ...medical, answer: 'accepted' }, 'seat:medical')).toBe('no-such-seat');
  });
});

describe('a vacant seat', () => {
  it('is told to the coordinator', () => {
    const story = suspected({ vacant: ['medical'] }).tellTeam();
    expect(story.state.team.vacant).toEqual(['medical']);
    expect(alertsAbout(story, 'D37g')).toMatchObject([{ to: ['mdt-coordinator', 'mdt-chair'] }]);
  });

  it('that is drawn again unchanged sends no new invitation; once filled, it is a seat', () => {
    const story = suspected({ vacant: ['medical'] }).tellTeam();
    expect(story.step('DrawRoster')).toEqual([]);
    story.appoint('medical').step('DrawRoster');
    expect(story.state.team.vacant).toEqual([]);
    expect(story.step('DrawRoster')).toEqual([]);
    expect(story.refused('inform-seat', { discipline: 'medical' })).toBe('accepted');
  });
});

describe('a roster that a function wrote otherwise', () => {
  const seats = [{ discipline: 'medical' as const, personId: 'P-EVIL', required: true }];
  const drawn = (story: Story, team: string) => {
    const { state, policy: version, now } = story;
    const decision = beginDecision(state, { now, actor: { kind: 'function', id: 'take-step' }, policy: version });
    decision.add('roster-drawn', { screening: 1, team, seats, vacant: [] });
    return decision.state().team;
  };

  it('seats no one for a team that is not the one of the place', () => {
    const story = suspected();
    expect(drawn(story, 'MDT-DANBURY')).toEqual(story.state.team);
    const unrouted = suspected({ team: 'none' });
    expect(drawn(unrouted, 'MDT-HARTFORD')).toEqual(unrouted.state.team);
  });

  it('replaces no seat of a complete team', () => {
    const story = suspected();
    expect(drawn(story, String(story.state.team.id))).toEqual(story.state.team);
  });
});

describe('an unknown team', () => {
  it('a person is asked once which it is, while the clock of the meeting runs', () => {
    const story = suspected({ team: 'none' });
    expect(story.open()).toContain('D15');
    expect(alertsAbout(story, 'D37f')).toMatchObject([{ to: ['careline-supervisor'] }]);
    expect(story.step('DrawRoster')).toEqual([]);
    expect(story.refused('record-meeting', { attended: ['dcf'] })).toBe('no-team');
  });

  it.each(['office', 'team'])('a person cannot name an %s that is not there', (field) => {
    const story = suspected({ team: 'none' });
    expect(story.refused('confirm-routing', { office: 'HARTFORD', team: 'MDT-HARTFORD', [field]: 'NOWHERE' })).toBe(
      'no-such-place',
    );
  });

  it('the team that a person names is drawn and invited', () => {
    const story = suspected({ team: 'none' });
    story.do('confirm-routing', { office: 'MANCHESTER', team: 'MDT-MANCHESTER' });
    expect(story.state).toMatchObject({
      team: { id: 'MDT-MANCHESTER', invited: 'MDT-MANCHESTER' },
      pathway: { screening: 1 },
    });
    expect(story.all('mdt-invited')).toHaveLength(1);
  });
});

it('a corrected routing invites the other team, and each of its seats is asked anew', () => {
  const story = suspected().tellTeam();
  story.do('confirm-routing', { office: 'MANCHESTER', team: 'MDT-MANCHESTER' });
  expect(story.all('mdt-invited').map(({ team }) => team)).toEqual(['MDT-HARTFORD', 'MDT-MANCHESTER']);
  expect(story.state.team.seats.every(({ informedAt }) => informedAt === undefined)).toBe(true);
});

describe('the notice to another team', () => {
  const corrected = (story: Story) => story.do('confirm-routing', { office: 'MANCHESTER', team: 'MDT-MANCHESTER' });
  it('gives no more time while the meeting of the first team is owed', () => {
    const story = suspected().tellTeam();
    const { id, due } = story.deadline('D15');
    corrected(story.after('PT5H'));
    expect(story.deadline('D15')).toMatchObject({ id, due, status: 'open' });
  });

  it('after the first team met starts a clock of its own meeting, which its own meeting keeps', () => {
    const story = corrected(meet(suspected().tellTeam().after('PT1H')).after('PT5H'));
    expect(story.deadline('D15')).toMatchObject({ status: 'open', start: story.now });
    expect(story.refused('record-case-review')).toBe('not-met');
    expect(meet(story).deadline('D15').status).toBe('kept');
    expect(story.refused('record-case-review')).toBe('accepted');
    // Corrected back: the first team has met.
    story.do('confirm-routing', { office: 'HARTFORD', team: 'MDT-HARTFORD' }).tellTeam();
    expect(story.open()).not.toContain('D15');
  });
});

describe('a meeting that was closed as missed', () => {
  const missed = (story: Story) =>
    story
      .tellTeam()
      .after('P9D')
      .do(
        'explain-miss',
        { deadlineId: story.deadline('D15').id, reasonCode: 'staffing', willBeKept: false },
        'mdt-chair',
      );
  const meetings = (story: Story) => Object.values(story.state.deadlines).filter(({ rule }) => rule === 'D15');

  it('is due again after a higher outcome, on its terms', () => {
    const story = missed(suspected()).screen('confirmed');
    expect(meetings(story).map(({ status }) => status)).toEqual(['missed-closed', 'open']);
    expect(story.deadline('D15')).toMatchObject({ start: story.now, duration: { unit: 'hours', amount: 48 } });
  });

  it('is not after the same outcome again, nor after a lower one', () => {
    expect(meetings(missed(suspected()).screen('high-risk'))).toHaveLength(1);
    const lower = missed(referral().run().screen('confirmed'))
      .screen('high-risk')
      .do('agree-downgrade', {}, 'hart-lead');
    expect(meetings(lower)).toHaveLength(1);
  });

  it('is for another team', () => {
    const story = missed(suspected())
      .do('confirm-routing', { office: 'MANCHESTER', team: 'MDT-MANCHESTER' })
      .tellTeam();
    expect(meetings(story).map(({ status }) => status)).toEqual(['missed-closed', 'open']);
  });
});

describe('a quorum', () => {
  it.each([
    [['states-attorney', 'dcf', 'law-enforcement', 'victim-advocate', 'medical'], true],
    [['states-attorney', 'dcf', 'law-enforcement', 'victim-advocate', 'mental-health'], true],
    [['states-attorney', 'dcf', 'law-enforcement', 'victim-advocate', 'forensic-interviewer'], false],
    [['states-attorney', 'dcf', 'law-enforcement', 'medical'], false],
    [['states-attorney', 'dcf', 'victim-advocate', 'medical'], false],
    [['states-attorney', 'law-enforcement', 'victim-advocate', 'medical'], false],
    [['dcf', 'law-enforcement', 'victim-advocate', 'medical'], false],
    [[...disciplines], true],
  ] as const)('of %j: %s', (present, quorum) => {
    expect(isQuorum(disciplines.map(memberOf), present, policy.quorum)).toBe(quorum);
  });

  it('counts each person once, for whichever seat helps it', () => {
    const isOf = (...holders: readonly string[]) => {
      const present = policy.requiredDisciplines;
      const seats = present.map((discipline, index) => ({ discipline, personId: holders[index] ?? '' }));
      return isQuorum(seats, present, policy.quorum);
    };
    const doctor = 'P-DOCTOR';
    expect(isOf('P-1', 'P-2', 'P-3', doctor, 'P-5', 'P-6', 'P-7')).toBe(true);
    // The prosecutor is the doctor: for the doctor's group the therapist counts.
    expect(isOf(doctor, 'P-2', 'P-3', doctor, 'P-5', 'P-6', 'P-7')).toBe(true);
    expect(isOf(doctor, 'P-2', 'P-3', doctor, doctor, 'P-6', 'P-7')).toBe(false);
    expect(isOf(doctor, doctor, 'P-3', 'P-4', 'P-5', 'P-6', 'P-7')).toBe(false);
  });
});

describe('a meeting', () => {
  it('with a quorum keeps the deadline', () => {
    const story = suspected().tellTeam().after('P1D').do('record-meeting', without('medical', 'forensic-interviewer'));
    expect(story.deadline('D15')).toMatchObject({ status: 'kept', late: false });
    expect(story.state.team.meetings[0]?.quorum).toBe(true);
  });

  it('below quorum keeps nothing: the team is still to convene', () => {
    const story = suspected().tellTeam().do('record-meeting', without('law-enforcement'));
    expect(story.state.team.meetings[0]?.quorum).toBe(false);
    expect(story.deadline('D15').status).toBe('open');
    expect(story.refused('record-case-review')).toBe('not-met');
    expect(story.open()).not.toContain('D16');
  });

  it('below quorum is enough under a waiver with its reason', () => {
    const story = suspected().tellTeam();
    story.do('record-meeting', { ...without('law-enforcement'), waiver: 'The police were heard by phone.' });
    expect(story.deadline('D15').status).toBe('kept');
    expect(story.refused('record-case-review')).toBe('accepted');
    expect(story.state.team.meetings[0]?.waiver).toMatch(/\.T\d+$/);
  });

  it('after which the next one falls below quorum is due again on the same terms', () => {
    const story = meet(suspected().tellTeam()).after('P1D').do('record-meeting', without('dcf'));
    expect(story.deadline('D15')).toMatchObject({ status: 'open', start: story.now });
  });

  it('says of each required discipline that it came or why not', () => {
    const story = suspected().tellTeam();
    expect(story.refused('record-meeting', { attended: ['dcf'] })).toBe('absence-unexplained');
  });

  it('has no attendance for a vacant seat: a person is invited to that seat first', () => {
    const story = suspected({ vacant: ['states-attorney'] }).tellTeam();
    expect(story.refused('record-meeting', without())).toBe('not-invited');
    story.do('invite-seat', { discipline: 'states-attorney', personId: 'P-PROSECUTOR' });
    expect(story.do('record-meeting', without()).state.team.meetings[0]).toMatchObject({ quorum: true, missing: [] });
  });

  it('before the notice was complete is the meeting all the same', () => {
    const story = suspected({ vacant: ['medical'] })
      .tellTeam()
      .do('record-meeting', without('medical'));
    expect(story.deadline('D15')).toMatchObject({ status: 'kept', late: false });
    story.after('P2D');
    expect(story.open()).not.toContain('D15');
  });

  it('about a child no longer suspected starts no clock of a team', () => {
    const story = suspected().tellTeam().screen('at-risk').do('agree-downgrade', {}, 'hart-lead');
    story.do('record-meeting', without('dcf'));
    expect(story.open()).not.toContain('D15');
  });

  it('recommends services, which are opened once', () => {
    const story = suspected().tellTeam();
    meet(story, ['education', 'mental-health']);
    expect(story.state.services.recommended).toEqual([]);
    expect(story.state.services.linkages.education?.status).toBe('needed');
    expect(story.all('recommended')[0]?.services).toEqual(['education']);
    expect(story.standsAt()).toBe('AwaitResolution');
  });
});
