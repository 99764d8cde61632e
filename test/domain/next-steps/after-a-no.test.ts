/**
 * After each kind of no, a person has the next step, on the referral and on the home page.
 * No duty waits for a person who has declined it.
 */
import { describe, expect, it, test } from 'vitest';
import { viewNextSteps } from '../../../shared/application/read/shown-next-steps.ts';
import { boardRows } from '../../../shared/domain/board/board-rows.ts';
import type { CommandName } from '../../../shared/domain/commands.ts';
import { roles } from '../../../shared/domain/core/vocabulary.ts';
import { openDeadlines } from '../../../shared/domain/deadlines/open-deadlines.ts';
import { scopeOf } from '../../../shared/domain/directory/scopes.ts';
import { visitor } from '../../support/desk.ts';
import { noToAll, referral, type Story, type Told } from '../../support/referral-builder.ts';
import { link, meet, offer, sceneOf } from '../../support/scenes.ts';

const running = (told: Told = {}) => referral(told).run();
const suspected = (told: Told = {}) => running(told).screen('high-risk').tellTeam();
const medical = { discipline: 'medical' };
const no = { ...medical, answer: 'declined', reasonCode: 'workload' };
const reason = 'An invented reason.';

/** A person of the story: of a role, or with an id of their own. */
interface Who {
  readonly role: Parameters<typeof scopeOf>[0];
  readonly id?: string;
}

/** The steps of this person, as the page of the referral has them. */
function stepsOf({ state, policy, now }: Story, { role, id }: Who) {
  const base = visitor(role);
  const as = id === undefined ? base : { ...base, id };
  return viewNextSteps(state, policy, { ...as, at: now }).filter(({ waitsOnYou }) => waitsOnYou);
}

/** The rows of this person's home page. */
function homeOf({ state, policy }: Story, { role, id }: Who) {
  const scope = scopeOf(role, state);
  const owners = [
    ...(id === undefined ? [] : [id, `deadlines#${id}`]),
    ...(scope === undefined ? [] : [`${role}@${scope}`]),
  ];
  return boardRows(state, policy).filter(({ owner }) => owner !== undefined && owners.includes(owner));
}

interface Case {
  readonly story: () => Story;
  readonly by: Who;
  /** The button of the next step. */
  readonly does: CommandName;
  /** What the row of the home page is about. */
  readonly about: { readonly rule?: string; readonly subject?: string; readonly kind?: 'linkage' };
}

const coordinator: Who = { role: 'mdt-coordinator' };
const deputy: Who = { role: 'mdt-member', id: 'DEPUTY-MEDICAL' };
const school = { discipline: 'school', personId: 'MDT-MEMBER.2' };
const schoolNo = { ...no, discipline: 'school' };
/** A child whose report is answered by no service yet. */
const served = () => running().screen('confirmed');

const cases: Readonly<Record<string, Case>> = {
  'the holder of a seat declines': {
    story: () => suspected().do('answer-seat', no, 'seat:medical'),
    by: deputy,
    does: 'answer-seat',
    about: { subject: 'medical' },
  },
  'the deputy declines before the holder answers': {
    story: () => suspected().do('answer-seat', no, 'deputy:medical'),
    by: { role: 'mdt-member', id: 'MEMBER-MEDICAL' },
    does: 'answer-seat',
    about: { subject: 'medical' },
  },
  'holder and deputy decline': {
    story: () => suspected().do('answer-seat', no, 'seat:medical').do('answer-seat', no, 'deputy:medical'),
    by: coordinator,
    does: 'invite-seat',
    about: { rule: 'D37g' },
  },
  'holder and deputy step aside, with a conflict of interest': {
    story: () =>
      suspected()
        .do('sign-confidentiality', { conflict: 'yes' }, 'seat:medical')
        .do('sign-confidentiality', { conflict: 'yes' }, 'deputy:medical'),
    by: coordinator,
    does: 'invite-seat',
    about: { rule: 'D37g' },
  },
  'the holder steps aside, and the deputy has declined': {
    story: () =>
      suspected()
        .do('answer-seat', no, 'deputy:medical')
        .do('sign-confidentiality', { conflict: 'yes' }, 'seat:medical'),
    by: coordinator,
    does: 'invite-seat',
    about: { rule: 'D37g' },
  },
  'an invited expert declines': {
    story: () => suspected().do('invite-seat', school).do('answer-seat', schoolNo, 'mdt-member/2'),
    by: coordinator,
    does: 'remove-seat',
    about: { subject: 'school' },
  },
  'the meeting is called off': {
    story: () =>
      suspected()
        .do('schedule-meeting', { startsAt: '2026-11-16T15:00:00Z', minutes: 60, place: 'virtual' })
        .do('cancel-meeting', { because: 'no-quorum' }),
    by: coordinator,
    does: 'record-meeting',
    about: { rule: 'D15' },
  },
  'a provider has a waiting list': {
    story: () =>
      offer(served(), 'education').do(
        'decline-linkage',
        { service: 'education', reasonCode: 'waiting-list', waitDays: 30 },
        'contact:PV-1',
      ),
    by: { role: 'caseworker' },
    does: 'offer-linkage',
    about: { subject: 'education' },
  },
  'a provider has no place': {
    story: () =>
      offer(served(), 'legal').do('decline-linkage', { service: 'legal', reasonCode: 'no-capacity' }, 'contact:PV-1'),
    by: { role: 'caseworker' },
    does: 'offer-linkage',
    about: { subject: 'legal' },
  },
  'a consent is refused': {
    story: () =>
      served().do('record-consent', {
        service: 'substance-use',
        consentKind: 'written-part-2',
        consentAnswer: 'refused',
      }),
    by: { role: 'caseworker' },
    does: 'decline-linkage',
    // A list does not tell that it is a service of part 2.
    about: { rule: 'D23' },
  },
  'a consent is withdrawn after the service started': {
    story: () =>
      link(served(), 'substance-use').do('record-consent', {
        service: 'substance-use',
        consentKind: 'written-part-2',
        consentAnswer: 'withdrawn',
      }),
    by: { role: 'caseworker' },
    does: 'decline-linkage',
    about: { kind: 'linkage' },
  },
  'the report is not accepted for investigation': {
    story: () => running().do('classify-report', { track: 'information-only' }),
    by: { role: 'hart-liaison' },
    does: 'screen',
    about: { rule: 'D9' },
  },
  'the screening indicates nothing': {
    story: () => running({ danger: 'no' }).do('answer-checklist', { answers: noToAll }).screen('not-indicated'),
    by: { role: 'area-supervisor' },
    does: 'sign-off-screening',
    about: { rule: 'D29' },
  },
  'a lower danger is declined': {
    story: () =>
      running({ danger: 'yes' })
        .do('assess-danger', { danger: 'no', reason }, 'caseworker')
        .do('refuse-proposal', { proposal: 'lowering', reason }, 'area-director'),
    by: { role: 'area-oncall' },
    does: 'record-child-seen',
    about: { rule: 'D39' },
  },
  'a lower outcome is declined': {
    story: () => sceneOf('D37a').do('refuse-proposal', { proposal: 'downgrade', reason }, 'hart-director'),
    by: coordinator,
    does: 'record-meeting',
    about: { rule: 'D15' },
  },
  'a withdrawal is declined': {
    story: () => sceneOf('D37b').do('refuse-proposal', { proposal: 'withdrawal', reason }, 'careline-manager'),
    by: { role: 'careline-supervisor' },
    does: 'classify-report',
    about: { rule: 'D1' },
  },
  'a correction is declined': {
    story: () => sceneOf('D37c').do('refuse-proposal', { proposal: 'clearance', reason }, 'hart-director'),
    by: { role: 'careline-supervisor' },
    does: 'classify-report',
    about: { rule: 'D1' },
  },
  'it is not the same child': {
    story: () => sceneOf('D31').do('answer-duplicate', { answer: 'not-a-duplicate', reason }, 'careline-worker'),
    by: { role: 'careline-supervisor' },
    does: 'classify-report',
    about: { rule: 'D1' },
  },
  'the child was not met': {
    story: () => running().do('record-child-seen', { sighting: 'attempted', seenBy: 'caseworker' }, 'caseworker'),
    by: { role: 'caseworker' },
    does: 'record-child-seen',
    about: { rule: 'D39' },
  },
  'a meeting has no quorum': {
    story: () =>
      suspected().do('record-meeting', {
        attended: ['medical'],
        absent: connecticutAbsent,
      }),
    by: coordinator,
    does: 'record-meeting',
    about: { rule: 'D15' },
  },
};
const connecticutAbsent = suspected()
  .state.team.seats.filter(({ discipline }) => discipline !== 'medical')
  .map(({ discipline }) => ({ discipline, reason: 'unavailable' }));

describe.each(Object.entries(cases))('where %s', (_, { story: play, by, does, about }) => {
  const story = play();

  it('the referral shows a person the next step, with its button', () => {
    expect(stepsOf(story, by).flatMap(({ acts }) => acts.map(({ command }) => command))).toContain(does);
  });

  it("that person's home page has it, with its time", () => {
    expect(homeOf(story, by)).toContainEqual(expect.objectContaining(about));
  });

  it('every open duty is on the home page of a person', () => {
    const rows = boardRows(story.state, story.policy).filter(({ owner }) => owner !== undefined);
    const alone = openDeadlines(story.state).filter(({ id }) => !rows.some(({ deadlineId }) => deadlineId === id));
    expect(alone.map(({ rule, subject }) => `${rule} ${subject ?? ''}`)).toEqual([]);
  });

  it('every open duty has a person whose button settles it', () => {
    const steps = roles.flatMap((role) => stepsOf(story, { role }));
    const byName = story.state.team.seats.flatMap(({ personId, deputyId }) =>
      [personId, deputyId].flatMap((id) => (id === undefined ? [] : stepsOf(story, { role: 'mdt-member', id }))),
    );
    const contact = stepsOf(story, { role: 'provider', id: 'PV-1.CONTACT' });
    const settled = new Set([...steps, ...byName, ...contact].map(({ deadlineId }) => deadlineId));
    // What became of a service is recorded two months after its start at the earliest.
    const acted = openDeadlines(story.state).filter(({ rule }) => rule !== 'D36a');
    expect(acted.filter(({ id }) => !settled.has(id)).map(({ rule, subject }) => `${rule} ${subject ?? ''}`)).toEqual(
      [],
    );
  });
});

describe('a seat that both declined', () => {
  const both = () => suspected().do('answer-seat', no, 'seat:medical').do('answer-seat', no, 'deputy:medical');

  test('is filled by another person, who is asked, and its clock is kept', () => {
    const story = both();
    const { id, due } = story.deadline('D37g');
    expect(stepsOf(story, coordinator)).toContainEqual(
      expect.objectContaining({ deadlineId: id, due, title: 'Name a person for each empty required seat: medical' }),
    );
    story.do('invite-seat', { ...medical, personId: 'P-DOCTOR' });
    expect(story.state.deadlines[id]?.status).toBe('kept');
    expect(story.all('alert-requested').at(-1)).toMatchObject({ kind: 'mdt-invited', to: ['seat:medical'] });
    expect(homeOf(story, { role: 'mdt-member', id: 'P-DOCTOR' })).toContainEqual(
      expect.objectContaining({ kind: 'seat', subject: 'medical' }),
    );
  });

  test('is filled where one of them accepts after all', () => {
    const story = both();
    const { id } = story.deadline('D37g');
    story.do('answer-seat', { ...medical, answer: 'accepted' }, 'deputy:medical');
    expect(story.state.deadlines[id]?.status).toBe('kept');
  });

  test('is told to the coordinator once, and not by two mails', () => {
    const before = suspected().do('answer-seat', no, 'seat:medical');
    const count = before.all('alert-requested').length;
    before.do('answer-seat', no, 'deputy:medical');
    expect(
      before
        .all('alert-requested')
        .slice(count)
        .map(({ kind, to }) => [kind, to]),
    ).toEqual([['answer-needed', ['mdt-coordinator']]]);
  });

  test('keeps its other holder from being pushed out before they answer', () => {
    const story = suspected().do('answer-seat', no, 'seat:medical');
    expect(story.refused('invite-seat', { ...medical, personId: 'P-DOCTOR' })).toBe('seat-held');
  });

  test('of a team that has met is for the coordinator too', () => {
    const story = meet(suspected()).do('answer-seat', no, 'seat:medical').do('answer-seat', no, 'deputy:medical');
    expect(homeOf(story, coordinator)).toContainEqual(expect.objectContaining({ rule: 'D37g' }));
  });
});
