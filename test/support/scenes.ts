/** For each rule, a story in which its deadline is open, and what a person does to keep it. */

import { owesExplanation } from '../../shared/domain/closure/closure.ts';
import type { CommandName } from '../../shared/domain/commands.ts';
import type { Discipline, Service } from '../../shared/domain/core/vocabulary.ts';
import type { Deadline } from '../../shared/domain/deadlines/deadline-state.ts';
import { isStatutory } from '../../shared/domain/deadlines/deadlines.ts';
import { openDeadlineOf, openDeadlines } from '../../shared/domain/deadlines/open-deadlines.ts';
import { decisionOvertaken } from '../../shared/domain/eligibility/eligibility.ts';
import { youngestPossible } from '../../shared/domain/intake/report-facts.ts';
import { isMissing } from '../../shared/domain/missing/absences.ts';
import type { Act } from '../../shared/domain/next-steps/acts.ts';
import { actsFor } from '../../shared/domain/next-steps/milestone-table.ts';
import { type Milestone, ruleOf, seatRuleOf } from '../../shared/domain/policy/policy.ts';
import { pausedUntil } from '../../shared/domain/response/paused-until.ts';
import { currentScreening } from '../../shared/domain/screening/current-screening.ts';
import { consentOf } from '../../shared/domain/services/service-catalogue.ts';
import type { Linkage } from '../../shared/domain/services/service-state.ts';
import { connecticut20261 } from '../../shared/policy/connecticut-2026-1.ts';
import { noToAll, referral, type Story, type Told } from './referral-builder.ts';

/** What every referral needs of Careline and the area office, whatever the screening finds; the investigation found nothing. */
export const answerTheReport = (story: Story) => seeChild(answered(story));

const answered = (story: Story) =>
  withholdNotice(story.do('classify-report', { track: 'investigation' }))
    .do('decline-linkage', { service: 'medical-nonacute', reasonCode: 'served-elsewhere' }, 'caseworker')
    .do('record-disposition', { disposition: 'not-substantiated', reasonableCause: 'no' })
    .do('notify-police', { covers: ['state', 'local'], agencyId: 'PD-HARTFORD', method: 'phone' })
    .do('start-response')
    .do('assign-liaison', { personId: 'LIAISON-1' })
    .do('record-safety-plan', { placement: 'safe-at-home', caregiverOut: 'yes' });

/** A child who is missing cannot be seen. */
const seeChild = (story: Story) =>
  openDeadlineOf(story.state, 'D39')
    ? story.do('record-child-seen', { sighting: 'seen', seenAlone: 'seen-alone', seenBy: 'caseworker' })
    : story;

/** Where it is owed: not for a person who is of age. */
const withholdNotice = (story: Story) =>
  openDeadlineOf(story.state, 'D38') ? story.do('withhold-parents-notice', { ground: 'endangers-a-person' }) : story;

/** Referred to a provider, with the consent that the policy asks for. */
export const offer = (story: Story, service: Service) => {
  const [consentKind] = story.policy.catalogue[service].consent;
  if (consentKind && consentOf(story.state, service, consentKind) !== 'given')
    story.do('record-consent', { service, consentKind, consentAnswer: 'given' });
  return story.do('offer-linkage', { service, providerId: 'PV-1' });
};

/** The input of a step of a service, with what this step asks for beside the service. */
export const stepOf = (command: string, about: object): object => ({
  ...about,
  ...(command === 'record-contact' && { reached: 'no' }),
  ...(command === 'decline-linkage' && { reasonCode: 'no-provider' }),
});

/** Offered by the liaison, accepted and started by the provider. */
export const link = (story: Story, service: string) =>
  offer(story, service as Service)
    .do('accept-linkage', { service }, 'contact:PV-1')
    .do('start-linkage', { service }, 'contact:PV-1');

/** A caseworker proposes that there is no danger now, and a second person agrees. */
export const lowerDanger = (story: Story) =>
  story
    .do('assess-danger', { danger: 'no', reason: 'An invented reason.' }, 'caseworker')
    .do('agree-lowering', {}, 'area-director');

/** Everyone who has a seat attends; for a vacant one there is a waiver. */
export const meet = (story: Story, services: readonly string[] = []) => {
  const {
    team: { seats, vacant },
  } = story.state;
  return story.do('record-meeting', {
    attended: seats.map(({ discipline }) => discipline),
    absent: vacant.map((discipline) => ({ discipline, reason: 'vacant' })),
    services,
    ...(vacant.length > 0 && { waiver: 'The others agreed.' }),
  });
};

/** The report is answered, nothing is indicated and a supervisor has signed: only the final review is left. */
export const readyToClose = (told: Told = {}) =>
  answerTheReport(referral(told).run()).screen('not-indicated').do('sign-off-screening');

/** Screens, and a second person agrees where the rules propose more. */
function screenAgreed(story: Story, outcome: string): Story {
  story.screen(outcome);
  return story.state.proposals.downgrade ? story.do('agree-downgrade', {}, 'hart-director') : story;
}

const running = (told: Told = {}) => referral(told).run();
const suspected = () => running().screen('high-risk');

const confirmedInCare = () => running({ population: 'in-dcf-care' }).screen('confirmed');
const found = (told: Told) =>
  investigated(told).do('record-disposition', { disposition: 'substantiated', reasonableCause: 'no' });
const investigated = (told: Told = {}) => running(told).do('classify-report', { track: 'investigation' });
/** What a discipline says is written down, but for those whose communications are privileged. */
export const consult = (story: Story, discipline: Discipline) =>
  story.do('record-consultation', {
    discipline,
    ...(seatRuleOf(connecticut20261, discipline)?.privileged === undefined && { advice: 'An invented view.' }),
  });

/** A meeting under a waiver, without one required discipline. */
const waived = (without = 'medical') => {
  const attended = connecticut20261.requiredDisciplines.filter((discipline) => discipline !== without);
  const absent = [{ discipline: without, reason: 'unavailable' }];
  return suspected().tellTeam().do('record-meeting', { attended, absent, waiver: 'The others agreed.' });
};

/** So many days after an instant, and never before now. */
const later = (story: Story, from: string | undefined, days: number) =>
  new Date(Math.max(Date.parse(story.now), Date.parse(from ?? story.now) + days * 86_400_000)).toISOString();

/** What became of it is recorded at three months, and again at six. */
const became = (story: Story, months: '3' | '6') =>
  story.after('P91D').do('record-service-outcome', { service: 'education', months, serviceOutcome: 'still-served' });

const special: Readonly<Record<string, (about?: string) => Story>> = {
  D5: confirmedInCare,
  D11: () => running().do('invoke-hold'),
  D13: () => running({ missingNow: 'yes' }).do('record-return'),
  D16: () => meet(suspected().tellTeam()),
  D18: () => offer(investigated(), 'medical-nonacute'),
  D20: () => suspected().tellTeam(),
  D23: suspected,
  D24: () => investigated(),
  D24a: () => running().do('classify-report', { track: 'information-only' }),
  D25: () => investigated().do('record-disposition', { disposition: 'substantiated', reasonableCause: 'yes' }),
  D26: () => running().do('record-entry-to-care'),
  D27: () => running({ foreignNational: 'yes' }),
  D30: () => running({ age: 19 }),
  D32: (discipline) => waived(discipline),
  D34: () => running({ birthDate: '2009-04-17', age: 17 }).screen('at-risk').at('2026-12-31T15:00:00Z'),
  D38: () => investigated(),
  D38a: () => investigated(),
  D38b: () => investigated().do('record-disposition', { disposition: 'substantiated', reasonableCause: 'no' }),
  D38c: () => running().do('classify-report', { track: 'assessment' }),
  D37j: () =>
    investigated()
      .do('record-disposition', { disposition: 'substantiated', reasonableCause: 'no' })
      .do('ask-finding-safety'),
  D40: () => investigated().do('record-disposition', { disposition: 'substantiated', reasonableCause: 'no' }),
  D41a: () => running({ facilityEmployee: 'yes' }),
  D41b: () => running({ schoolEmployee: 'yes' }),
  D41c: () => found({ inFacility: 'yes' }),
  D41d: () => found({ schoolEmployee: 'yes' }),
  D41e: () => running({ facilityEmployee: 'yes' }),
  D42: () => running({ tribalMember: 'yes' }).do('invoke-hold'),
  D42a: () => running({ tribalMember: 'yes' }).do('invoke-hold'),
  D43: () => running().do('record-ex-parte-order'),
  D44: () =>
    running({ birthDate: '2009-04-17', age: 17, population: 'in-dcf-care' })
      .screen('at-risk')
      .at('2027-02-01T15:00:00Z'),
  D39: () => running({ danger: 'no' }),
  D2: () => running({ mandated: 'yes', anonymous: 'no' }),
  D7: () => running({ danger: 'no' }),
  D10: suspected,
  D10a: suspected,
  D10b: () => running({ connecticutResident: 'no' }).screen('high-risk'),
  D12a: () => running({ missingNow: 'yes' }),
  D12b: () => running({ missingNow: 'yes' }),
  D45: () => running({ missingNow: 'yes' }),
  D15: () => suspected().tellTeam(),
  D17: () => running({ lastAssaultAt: 'unknown' }),
  D17b: () => running({ lastAssaultAt: '2026-10-01T12:00:00Z' }),
  D19a: suspected,
  D19b: () => offer(suspected(), 'victim-advocacy'),
  D22a: suspected,
  D22b: () => offer(suspected(), 'mental-health'),
  D28: () => running().screen('insufficient-info'),
  D29: () => running().screen('not-indicated'),
  D31: () => running({ candidates: ['CR-2ND-CHILD'] }),
  D33: () => readyToClose(),
  D35a: () => running().screen('at-risk'),
  D35b: () => offer(running(), 'education'),
  D37a: () => suspected().screen('at-risk'),
  D37b: () => running().do('propose-withdrawal', { because: 'made-in-error' }),
  D37c: () =>
    running({ perpetrators: ['caregiver'] })
      .do('record-facts', { perpetrators: ['third-party'] })
      .do('propose-clearance', {}, 'caseworker'),
  D37h: () => running().do('assess-danger', { danger: 'no', reason: 'An invented reason.' }),
  D37d: () =>
    running()
      .do('set-legal-hold', {}, 'legal')
      .do('propose-withdrawal', { because: 'made-in-error' })
      .do('agree-withdrawal', {}, 'careline-manager')
      .do('lift-legal-hold', {}, 'legal')
      .do('propose-erasure', { ground: 'court-order', orderReference: 'An invented order.' }),
  D37e: () =>
    running({ residenceTown: 'other', team: 'none' })
      .do('confirm-routing', { office: 'HARTFORD', team: 'MDT-HARTFORD' })
      .do('correct-place', { place: 'residenceTown', townId: 'AVON' }),
  D37f: () => running({ team: 'none' }).screen('high-risk'),
  D37g: () => running({ vacant: ['medical'] }).screen('high-risk'),
  D37i: () => running().do('take-emergency-access', { because: 'danger-now' }, 'caseworker'),
  D36a: () => link(running(), 'education'),
  D36b: () => became(link(running(), 'education'), '3'),
  D36c: () => became(became(link(running(), 'education'), '3'), '6'),
};

/** A running story in which a deadline of this rule has just opened. Where there are several, `about` picks one. */
export const sceneOf = (rule: string, fact = ''): Story => {
  const [, discipline] = /^consulted-(.+)$/.exec(fact) ?? [];
  return (special[rule] ?? (() => running()))(discipline);
};

/** A service in this state. */
const waiting = ({ state }: Story, status: Linkage['status']): Service =>
  Object.values(state.services.linkages).find((linkage) => linkage.status === status)?.service ?? 'education';

/** Who does an act in a story, where it is not the first role that may. */
const doneBy: Readonly<Partial<Record<CommandName, string>>> = {
  'agree-downgrade': 'hart-director',
  'agree-withdrawal': 'careline-manager',
  'agree-clearance': 'hart-director',
  'agree-lowering': 'area-director',
  'agree-erasure': 'program-manager',
  'review-emergency-access': 'program-manager',
  'notify-tribe': 'legal',
};

const notice = { agencyId: 'PD-HARTFORD', method: 'phone' };

/** Where the page asks, a parent who had no part in it was told. */
const toAnother = (asks: Act['asks']): object => (asks ? { hadPart: 'no' } : {});

/** The invented values of the fields that an act leaves to a person, where the command needs any. */
const values: Readonly<Partial<Record<CommandName, (story: Story, act: Act) => object>>> = {
  'classify-report': () => ({ track: 'investigation' }),
  'notify-police': () => notice,
  'notify-of-disposition': () => notice,
  'notify-ncmec': () => ({ method: 'phone' }),
  'notify-home-state': () => ({ method: 'phone' }),
  'notify-hhs': () => ({ method: 'phone' }),
  'record-child-seen': () => ({ seenBy: 'caseworker', seenAlone: 'seen-alone' }),
  'assign-liaison': () => ({ personId: 'LIAISON-1' }),
  'answer-checklist': () => ({ answers: noToAll }),
  screen({ state }) {
    const last = currentScreening(state)?.outcome ?? 'high-risk';
    // Another "nothing indicated" would need a complete checklist.
    const outcome = last === 'not-indicated' ? 'at-risk' : last;
    return { outcome, ...(outcome === 'confirmed' && { definitionBasis: '46a-170' }) };
  },
  'decide-eligibility': () => ({
    outcome: 'services-only',
    definitionBasis: 'tvpa',
    legalConsulted: 'no',
    reason: 'Whatever was proposed.',
  }),
  'record-birth-date': () => ({ birthDate: '2011-05-17' }),
  'record-safety-plan': () => ({ placement: 'placed' }),
  'record-parents-notice': (_, { asks }) => ({ method: 'in-person', ...toAnother(asks) }),
  'withhold-parents-notice': () => ({ ground: 'best-interests' }),
  'record-substantiation-notice': (_, { asks }) => ({ method: 'letter', ...toAnother(asks) }),
  'record-finding-notice': () => ({ childLivesThere: 'no' }),
  'answer-finding-safety': () => ({ mayMail: 'yes' }),
  'notify-licensing-agency': () => ({ licensingAgency: 'dcf', method: 'phone' }),
  'notify-tribe': (_, { input }) => ({
    ...(input === undefined && { recipient: 'parent' }),
    tribe: 'MOHEGAN',
    mailKind: 'certified',
  }),
  'notify-institution': () => ({ method: 'phone' }),
  'notify-education': () => ({ method: 'phone' }),
  'record-meeting': ({ state: { team } }, { choices }) => ({
    ...choices,
    absent: team.vacant.map((discipline) => ({ discipline, reason: 'vacant' })),
    ...(team.vacant.length > 0 && { waiver: 'The others agreed.' }),
  }),
  'answer-duplicate': () => ({ answer: 'not-a-duplicate' }),
  'confirm-routing': () => ({ office: 'HARTFORD', team: 'MDT-HARTFORD' }),
  'invite-seat': ({ state }, { choices }) => ({
    ...first(choices, 'discipline'),
    personId: `EXPERT-${state.team.seats.length}`,
  }),
  'review-emergency-access': () => ({ finding: 'justified' }),
  'record-consent': (_, { choices }) => first(choices, 'consentKind'),
  'offer-linkage': () => ({ providerId: 'PV-1' }),
  'record-contact': () => ({ reached: 'no' }),
  'record-debrief': () => ({ seenAlone: 'seen-alone' }),
  'decline-linkage': (_, { choices }) => ({
    reasonCode: 'not-eligible',
    ...(choices && first(choices, 'reasonCode')),
    reason: 'Asked alone, and said no.',
  }),
  'record-facts': () => ({ ageClass: 'under-18' }),
  'settle-interview': () => ({ answer: 'held-already', seenAlone: 'alone-not-known' }),
  'record-consultation': (_, { asks }) => (asks ? { advice: 'An invented view.' } : {}),
  'record-disposition': () => ({ disposition: 'not-substantiated', reasonableCause: 'no' }),
  'record-reasonable-cause': () => ({ reasonableCause: 'no' }),
  'record-service-outcome': (_, { choices }) => ({ ...first(choices, 'service'), serviceOutcome: 'completed' }),
};

/** The first value that fits this field. */
const first = (choices: Act['choices'], field: string): object => ({
  [field]: (choices as Readonly<Record<string, readonly string[]>> | undefined)?.[field]?.[0],
});

/** Does an act of the table of next steps, with invented values in the fields that it leaves open. */
export function perform(story: Story, act: Act): Story {
  // The second person says no as well.
  const asAnswer =
    act.command === 'refuse-proposal' && act.input?.proposal ? (`agree-${act.input.proposal}` as const) : act.command;
  return story.do(act.command, { ...values[act.command]?.(story, act), ...act.input }, doneBy[asAnswer]);
}

/** The service that a milestone without one of its own is about, by the state that it waits in. */
const waitsAs: Readonly<Partial<Record<Milestone, Linkage['status']>>> = {
  'need-referred': 'needed',
  'service-started': 'offered',
};

/** What has to be so before a person can act. */
function makeReady(story: Story, milestone: Milestone, start: string | undefined): void {
  const { state } = story;
  const [, months] = /^outcome-after-(\d+)-months$/.exec(milestone) ?? [];
  if (months !== undefined) story.at(later(story, start, Number(months) * 29));
  // An act before the start of its clock does not keep it.
  if (start !== undefined && Date.parse(start) > Date.parse(story.now)) story.at(start);
  // A child who may be under 13 decides nothing about the exam.
  if (milestone === 'exam-declined-by-child' && youngestPossible(state.child.age) < 13)
    story.do('record-birth-date', { birthDate: '2011-05-17' });
}

/** Of several deadlines of a rule, a milestone about one service or discipline keeps one. */
const isAbout = (milestone: Milestone, { subject }: Deadline, service: string | undefined): boolean =>
  subject === undefined ||
  (/^(?:offered|contacted|started|consulted)-/.test(milestone)
    ? milestone.endsWith(`-${subject}`)
    : (service ?? subject) === subject);

/**
 * Brings a milestone about by the acts of the table. Acts that open its way come first, then the one that settles it. Of several seats, each has its own act. Throws where the table names no act, or one that is refused.
 */
export function bringAbout(story: Story, milestone: Milestone, given?: string): Story {
  const wanted = waitsAs[milestone];
  const service = given ?? (wanted === undefined ? undefined : waiting(story, wanted));
  const kept = openDeadlines(story.state).findLast(
    (deadline) => ruleOf(story.policy, deadline).keptBy.includes(milestone) && isAbout(milestone, deadline, service),
  );
  const subject = service ?? kept?.subject;
  makeReady(story, milestone, kept?.start);
  for (let done = 0; done < 20; done += 1) {
    const [act] = actsFor([milestone], { state: story.state, policy: story.policy, now: story.now, subject });
    if (!act) throw new Error(`The table names no act for ${milestone}.`);
    perform(story, act);
    if (milestone === 'screened' && story.state.proposals.downgrade) story.do('agree-downgrade', {}, 'hart-director');
    const isOpen = kept !== undefined && story.state.deadlines[kept.id]?.status === 'open';
    if (act.prepares !== true && !isOpen) return story;
  }
  throw new Error(`${milestone} is not brought about by the acts of the table.`);
}

/**
 * What diligent people do with an open referral, whatever state they find it in, until it can be closed. Throws where
 * an open deadline is kept by nothing that anybody can do.
 */
export function bringToAnEnd(story: Story): Story {
  if (story.state.places.routing === undefined)
    story.do('confirm-routing', { office: 'HARTFORD', team: 'MDT-HARTFORD' });
  for (let round = 0; story.unmet().length > 0; round += 1) {
    if (round > 5) throw new Error(`There is no end in sight. ${story.unmet().join(' ')}`);
    if (isMissing(story.state)) story.do('record-return');
    if (pausedUntil(story.state, story.now)) story.do('lift-outreach-pause');
    const outcome = currentScreening(story.state)?.outcome;
    if (outcome === undefined || outcome === 'insufficient-info') screenAgreed(story, 'at-risk');
    if (story.state.team.vacant.length > 0) bringAbout(story, 'seats-filled');
    // A lawyer may have found that its clock does not apply; the decision is owed all the same.
    const {
      eligibility: { proposal, decision },
    } = story.state;
    if (proposal && (!decision || decisionOvertaken(story.state))) bringAbout(story, 'eligibility-decided');
    for (const deadline of Object.values(story.state.deadlines)) {
      // What became of a service is asked long after closing.
      const isFollowUp = deadline.rule.startsWith('D36');
      if (ruleOf(story.policy, deadline).closing !== 'ends' && !isFollowUp) keepIt(story, deadline.id);
    }
    for (const { service, status } of Object.values(story.state.services.linkages)) {
      if (status !== 'started' && status !== 'declined')
        story.do('decline-linkage', { service, reasonCode: 'child-declined' });
    }
    for (const { id } of Object.values(story.state.deadlines)) explainIt(story, id);
  }
  return story.do('close-referral');
}

function keepIt(story: Story, id: string): void {
  const isOpen = () => story.state.deadlines[id]?.status === 'open';
  const deadline = story.state.deadlines[id];
  if (!deadline) throw new Error(`There is no deadline ${id}.`);
  const { subject } = deadline;
  const service = subject as Service | undefined;
  // The provider's clock ran on after it declined: another one is asked.
  if (isOpen() && service && story.state.services.linkages[service]?.status === 'declined') offer(story, service);
  const { keptBy } = ruleOf(story.policy, deadline);
  const milestone = keptBy.find((each) => subject !== undefined && each.endsWith(`-${subject}`)) ?? keptBy[0];
  if (isOpen() && milestone) bringAbout(story, milestone, subject);
  if (isOpen()) throw new Error(`Nothing keeps ${id}.`);
}

function explainIt(story: Story, id: string): void {
  const deadline = story.state.deadlines[id];
  if (!deadline || deadline.status === 'open' || !owesExplanation(deadline, story.policy)) return;
  story.do('explain-miss', { deadlineId: id, reasonCode: 'staffing', willBeKept: true }, 'careline-worker');
  if (isStatutory(deadline, story.policy)) story.do('countersign-miss', { deadlineId: id }, 'area-director');
}

/** Every holder and deputy signs the notice of confidentiality; `conflict`: what each says of a conflict of interest. */
export function signed(story: Story, conflict: 'yes' | 'no' | 'unknown' = 'no'): Story {
  for (const { discipline, deputyId } of story.state.team.seats) {
    story.do('sign-confidentiality', { conflict }, `seat:${discipline}`);
    if (deputyId !== undefined) story.do('sign-confidentiality', { conflict }, `deputy:${discipline}`);
  }
  return story;
}
