import { describe, expect, it } from 'vitest';
import { boardRows } from '../../../shared/domain/board/board-rows.ts';
import type { Discipline } from '../../../shared/domain/core/vocabulary.ts';
import { hasSignedAgreement } from '../../../shared/domain/team/seats.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral, type Story, type Told } from '../../support/referral-builder.ts';

const suspected = (told: Told = {}) => referral(told).run().screen('high-risk');
const sign = (story: Story, as: string, conflict: string) => story.do('sign-confidentiality', { conflict }, as);
const seatOf = ({ state }: Story, discipline: Discipline) =>
  state.team.seats.find((seat) => seat.discipline === discipline);
const asked = (story: Story, to: string) =>
  story.all('alert-requested').filter((alert) => (alert.to as readonly string[]).includes(to));
const school = { discipline: 'school', personId: 'P-TEACHER' };

describe('the seats of a team', () => {
  it('are drawn where the law requires them; any other is invited', () => {
    expect(suspected().state.team.seats.map(({ discipline }) => discipline)).toEqual(policy.requiredDisciplines);
    expect(new Set(policy.team.seats.map(({ seat }) => seat))).toEqual(new Set(['required', 'conditional', 'invited']));
  });

  it('that are invited are held by a named person, who is asked alone', () => {
    const story = suspected().do('invite-seat', school);
    expect(seatOf(story, 'school')).toEqual({ ...school, required: false, invited: true });
    expect(asked(story, 'seat:school')).toMatchObject([{ kind: 'mdt-invited' }]);
    expect(story.all('seat-invited')[0]?.reason).toMatch(/\.T\d+$/);
  });

  it('cannot be held twice, nor by a person who is not in the directory', () => {
    const story = suspected();
    expect(story.refused('invite-seat', { discipline: 'medical', personId: 'P-OTHER' })).toBe('seat-held');
    expect(story.refused('invite-seat', { ...school, personId: 'NO-ONE' })).toBe('no-such-member');
    story.do('invite-seat', school);
    expect(story.refused('invite-seat', school)).toBe('seat-held');
  });

  it('are one for each person: a person on the team gets no second invitation', () => {
    const story = suspected();
    const invite = (personId: string) => story.refused('invite-seat', { discipline: 'school', personId });
    expect(invite('MEMBER-DCF')).toBe('seated-already');
    story.do('invite-seat', { discipline: 'survivor-mentor', personId: 'P-TEACHER' });
    expect(invite('P-TEACHER')).toBe('seated-already');
    story.do('answer-seat', { discipline: 'medical', answer: 'declined', reasonCode: 'workload' }, 'seat:medical');
    expect(invite('DEPUTY-MEDICAL')).toBe('seated-already');
    // A deputy of a seat whose holder comes was asked nothing.
    expect(invite('DEPUTY-DCF')).toBe('accepted');
  });

  it('cannot be invited before there is a team', () => {
    expect(referral().run().refused('invite-seat', school)).toBe('no-team');
  });

  it.each([undefined, 'no', 'unknown'])('of substance-use treatment wait for consent, which %s is not', (consent) => {
    const treatment = { discipline: 'substance-use-provider', personId: 'P-CLINIC' };
    const story = suspected();
    expect(story.refused('invite-seat', { ...treatment, ...(consent && { consent }) })).toBe('consent-missing');
    story.do('invite-seat', { ...treatment, consent: 'yes' });
    expect(story.all('seat-invited')[0]).toMatchObject({ consent: 'yes' });
  });

  it('that were invited are removed with a reason, and their holder is told and asked nothing more', () => {
    const story = suspected().do('invite-seat', school).do('remove-seat', { discipline: 'school' });
    expect(seatOf(story, 'school')).toBeUndefined();
    expect(story.all('alert-requested').at(-1)).toMatchObject({ kind: 'seat-removed', people: ['P-TEACHER'] });
    const rows = boardRows(story.state, policy).filter(({ subject }) => subject === 'school');
    expect(rows.map(({ owner }) => owner)).toEqual([undefined]);
    expect(story.refused('remove-seat', { discipline: 'school' })).toBe('no-such-seat');
  });

  it('that the law requires are never removed', () => {
    expect(suspected().refused('remove-seat', { discipline: 'dcf' })).toBe('seat-required');
  });

  it('that are required and vacant may be filled by invitation', () => {
    const story = suspected({ vacant: ['medical'] }).tellTeam();
    story.do('invite-seat', { discipline: 'medical', personId: 'P-DOCTOR' });
    expect(story.state.team.vacant).toEqual([]);
    story.do('remove-seat', { discipline: 'medical' });
    expect(story.state.team.vacant).toEqual(['medical']);
    // Vacant again, the seat is for the coordinator to fill before the team needs it.
    expect(story.all('alert-requested').at(-1)).toMatchObject({
      kind: 'deadline-opened',
      deadlineId: story.deadline('D37g').id,
      to: ['mdt-coordinator', 'mdt-chair'],
    });
  });

  it('that are filled after the invitation are asked on their own', () => {
    const story = suspected({ vacant: ['medical'] }).appoint('medical');
    story.step('DrawRoster');
    expect(asked(story, 'seat:medical')).toMatchObject([{ kind: 'mdt-invited' }]);
  });

  it('that were invited stay when the roster is drawn again, and not with another team', () => {
    const story = suspected({ vacant: ['medical'] })
      .do('invite-seat', school)
      .appoint('medical');
    story.step('DrawRoster');
    expect(seatOf(story, 'school')).toBeDefined();
    story.do('confirm-routing', { office: 'MANCHESTER', team: 'MDT-MANCHESTER' });
    expect(seatOf(story, 'school')).toBeUndefined();
  });

  it('show on the list of their holder without a word of the case', () => {
    const story = suspected().do('report-missing');
    const row = boardRows(story.state, policy).find(({ kind }) => kind === 'seat');
    for (const fact of ['outcome', 'danger', 'missing', 'office', 'rule']) expect(row).not.toHaveProperty(fact);
    expect(row).toMatchObject({ missed: 0, open: 0, owner: 'MEMBER-STATES-ATTORNEY' });
  });
});

describe('the notice of confidentiality', () => {
  it('is signed by the holder of a seat or the deputy, and by no other person', () => {
    const story = sign(sign(suspected(), 'seat:medical', 'no'), 'deputy:medical', 'no');
    expect(story.state.team.confidentialityAgreements).toMatchObject({
      'MEMBER-MEDICAL': { conflict: 'no', notice: policy.team.notice.version },
      'DEPUTY-MEDICAL': { conflict: 'no' },
    });
    expect(story.refused('sign-confidentiality', { conflict: 'no' }, 'mdt-member')).toBe('not-your-seat');
    expect(story.refused('sign-confidentiality', { conflict: 'no' }, 'hart-liaison')).toBe('not-your-seat');
  });

  it('signed again the same adds nothing', () => {
    const story = sign(suspected(), 'seat:medical', 'no');
    expect(story.ask('sign-confidentiality', { conflict: 'no' }, 'seat:medical')).toEqual([]);
  });

  it('with an unknown conflict of interest opens nothing, and the coordinator is asked to call', () => {
    const story = sign(suspected(), 'seat:medical', 'unknown');
    expect(hasSignedAgreement(story.state, 'MEMBER-MEDICAL')).toBe(false);
    expect(story.all('alert-requested').at(-1)).toMatchObject({
      kind: 'answer-needed',
      to: ['mdt-coordinator', 'mdt-chair'],
    });
    expect(hasSignedAgreement(sign(story, 'seat:medical', 'no').state, 'MEMBER-MEDICAL')).toBe(true);
  });

  it('is for the team that it was signed for: another team signs anew, and a conflict of interest stays', () => {
    const story = sign(sign(suspected(), 'seat:dcf', 'no'), 'seat:medical', 'yes');
    story.do('confirm-routing', { office: 'MANCHESTER', team: 'MDT-MANCHESTER' });
    expect(Object.keys(story.state.team.confidentialityAgreements)).toEqual(['MEMBER-MEDICAL']);
    expect(seatOf(story, 'medical')?.personId).toBe('DEPUTY-MEDICAL');
  });
});

describe('a conflict of interest', () => {
  it('passes the seat to the deputy, who is asked, and the coordinator is told', () => {
    const story = suspected().tellTeam();
    sign(story, 'seat:medical', 'yes');
    expect(seatOf(story, 'medical')).toEqual({ discipline: 'medical', personId: 'DEPUTY-MEDICAL', required: true });
    expect(asked(story, 'seat:medical')).toHaveLength(1);
    expect(story.all('alert-requested').at(-1)).toMatchObject({
      kind: 'answer-needed',
      to: ['mdt-coordinator', 'mdt-chair'],
    });
  });

  it('of the deputy leaves the holder and what the holder answered', () => {
    const story = suspected().do('answer-seat', { discipline: 'medical', answer: 'accepted' }, 'seat:medical');
    sign(story, 'deputy:medical', 'yes');
    expect(seatOf(story, 'medical')).toMatchObject({ personId: 'MEMBER-MEDICAL', answered: { answer: 'accepted' } });
    expect(seatOf(story, 'medical')).not.toHaveProperty('deputyId');
    expect(asked(story, 'seat:medical')).toEqual([]);
  });

  it('of both leaves a required seat vacant, and the directory does not bring them back', () => {
    const story = sign(sign(suspected(), 'seat:medical', 'yes'), 'deputy:medical', 'yes');
    expect(story.state.team.vacant).toEqual(['medical']);
    expect(story.step('DrawRoster')).toEqual([]);
    expect(story.refused('invite-seat', { discipline: 'medical', personId: 'MEMBER-MEDICAL' })).toBe('has-conflict');
    story.do('invite-seat', { discipline: 'medical', personId: 'P-DOCTOR' });
    expect(seatOf(story, 'medical')).toMatchObject({ personId: 'P-DOCTOR', required: true, invited: true });
  });

  it('found after signing ends the seat all the same', () => {
    const story = sign(sign(suspected(), 'seat:medical', 'no'), 'seat:medical', 'yes');
    expect(seatOf(story, 'medical')?.personId).toBe('DEPUTY-MEDICAL');
    expect(story.refused('answer-seat', { discipline: 'medical', answer: 'accepted' }, 'seat:medical')).toBe(
      'not-your-seat',
    );
  });

  it('ends an invited seat that has no deputy', () => {
    const story = suspected().do('invite-seat', { discipline: 'school', personId: 'MEMBER-SCHOOL' });
    sign(story, 'seat:school', 'yes');
    expect([seatOf(story, 'school'), story.state.team.vacant]).toEqual([undefined, []]);
  });
});

describe('held and complete', () => {
  const meet = (absent: readonly Discipline[], more: object = {}) =>
    suspected()
      .tellTeam()
      .do('record-meeting', {
        attended: policy.requiredDisciplines.filter((each) => !absent.includes(each)),
        absent: absent.map((discipline) => ({ discipline, reason: 'unavailable' })),
        ...more,
      }).state.team.meetings[0];

  it.each([
    [[], {}, true, []],
    [['forensic-interviewer'], {}, true, ['forensic-interviewer']],
    [['dcf'], { waiver: 'Urgent.' }, false, ['dcf']],
  ] as const)('are two facts of a meeting without %j', (absent, more, quorum, missing) => {
    expect(meet(absent, more)).toMatchObject({ quorum, missing });
  });

  it('a seat counts only if a holder has signed, has no conflict and has not declined', () => {
    const holders = policy.requiredDisciplines;
    const meetAs = (story: Story) =>
      story.do('record-meeting', { attended: [...holders] }).state.team.meetings.at(-1)?.unsigned;
    const story = suspected().tellTeam();
    expect(meetAs(story)).toEqual(holders);
    for (const discipline of holders) sign(story, `seat:${discipline}`, 'no');
    expect(meetAs(story)).toEqual([]);
    story.do('answer-seat', { discipline: 'medical', answer: 'declined', reasonCode: 'workload' }, 'seat:medical');
    expect(meetAs(story)).toEqual(['medical']);
    sign(story, 'deputy:medical', 'no');
    expect(meetAs(story)).toEqual([]);
    sign(sign(story, 'seat:dcf', 'unknown'), 'deputy:dcf', 'yes');
    expect(meetAs(story)).toEqual(['dcf']);
  });

  it('one person completes one required discipline at most, in however many seats they sit', () => {
    const vacant: readonly Discipline[] = ['states-attorney', 'dcf'];
    const story = suspected({ vacant });
    for (const discipline of vacant) story.appoint({ discipline, personId: 'MEMBER-MEDICAL' });
    story.step('DrawRoster');
    for (const discipline of policy.requiredDisciplines.slice(2)) sign(story, `seat:${discipline}`, 'no');
    const meetAgain = () =>
      story
        .do('record-meeting', { attended: policy.requiredDisciplines, waiver: 'Urgent.' })
        .state.team.meetings.at(-1);
    // The seats of the police and of medicine have deputies, who have not signed.
    expect(meetAgain()).toMatchObject({ quorum: false, missing: [], unsigned: [], shared: ['dcf', 'medical'] });
    sign(story, 'deputy:medical', 'no');
    expect(meetAgain()).toMatchObject({ unsigned: [], shared: ['dcf'] });
    story.do('answer-seat', { discipline: 'dcf', answer: 'delegated', personId: 'MDT-MEMBER' }, 'seat:medical');
    sign(story, 'mdt-member', 'no');
    expect(meetAgain()).toMatchObject({ quorum: true, missing: [], unsigned: [], shared: [] });
  });

  it('are not helped by who was invited: a school makes no composition complete', () => {
    const story = suspected().tellTeam().do('invite-seat', school);
    const attended = [...policy.requiredDisciplines.slice(1), 'school'];
    const absent = [{ discipline: 'states-attorney', reason: 'unavailable' }];
    story.do('record-meeting', { attended, absent, waiver: 'Urgent.' });
    expect(story.state.team.meetings[0]?.missing).toEqual(['states-attorney']);
  });

  it('a person who was not invited cannot attend', () => {
    const attended = [...policy.requiredDisciplines, 'school'];
    expect(suspected().refused('record-meeting', { attended })).toBe('not-invited');
  });

  it('each discipline that was absent under a waiver is consulted within two business days', () => {
    const story = suspected().tellTeam();
    const attended = policy.requiredDisciplines.filter((each) => each !== 'dcf' && each !== 'medical');
    const absent = ['dcf', 'medical'].map((discipline) => ({ discipline, reason: 'unavailable' }));
    story.do('record-meeting', { attended, absent, waiver: 'Urgent.' });
    const open = Object.values(story.state.deadlines).filter(({ rule }) => rule === 'D32');
    expect(open.map(({ subject, due }) => [subject, due])).toEqual([
      // Wednesday the 11th is Veterans Day.
      ['dcf', '2026-11-12T22:00:00Z'],
      ['medical', '2026-11-12T22:00:00Z'],
    ]);
  });
});

describe('privileged communications', () => {
  const met = () => suspected().tellTeam().do('record-meeting', { attended: policy.requiredDisciplines });

  it.each(['victim-advocate', 'mental-health', 'substance-use-provider'] as const)(
    'of the %s have no place: that they were consulted is recorded without words',
    (discipline) => {
      expect(met().refused('record-consultation', { discipline, advice: 'Words.' })).toBe('privileged');
      expect(met().do('record-consultation', { discipline }).all('discipline-consulted')[0]).not.toHaveProperty(
        'advice',
      );
    },
  );

  it('are not what another discipline says, which is written down', () => {
    expect(met().refused('record-consultation', { discipline: 'dcf' })).toBe('advice-missing');
    expect(met().refused('record-consultation', { discipline: 'dcf', advice: 'Words.' })).toBe('accepted');
  });
});
