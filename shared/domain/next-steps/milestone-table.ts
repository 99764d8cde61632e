/**
 * The table of milestones: what keeps a deadline, in words, and the acts of people that record it. The console, the API, the
 * simulator and the stories of the tests read it. A milestone without a row does not compile, nor an act with an unknown field.
 */

import { otherTribe, tooEarlyForTribe, unknownTribe } from '../child/tribe-notice.ts';
import {
  agreedTasks,
  eligibilityOutcomes,
  everyDiscipline,
  type FollowUpMonths,
  type Proposed,
  type Service,
  services,
} from '../core/vocabulary.ts';
import { routingToConfirm } from '../intake/places.ts';
import { isMissing } from '../missing/absences.ts';
import { type GeneralMilestone, type Milestone, seatRuleOf } from '../policy/policy.ts';
import { codeWords } from '../policy/rule-words.ts';
import { type FamilyNotice, familyNotices, unsafeToMail, unsafeToTell } from '../response/family-notices.ts';
import { awaitedOutcomes } from '../services/outcome-reviews.ts';
import { emptySeats } from '../team/seats.ts';
import { partner, staff } from '../words/words.ts';
import { type About, type Act, contact, decline, declineByChild, offerExam, putInPlace, refer, start } from './acts.ts';

interface Row {
  /** When a deadline counts as kept, within a sentence. */
  readonly kept: string;
  /** The acts that record it in this referral as it is now, the usual one first. */
  readonly acts: (about: About) => readonly Act[];
}

/** A row with the same acts in every referral. */
const row = (kept: string, ...acts: readonly Act[]): Row => ({ kept, acts: () => acts });
const rowFor = (kept: string, acts: Row['acts']): Row => ({ kept, acts });

/** Of a milestone that is about the service of its deadline. */
const ofService = (kept: string, acts: (about: About, service: Service) => readonly Act[]): Row =>
  rowFor(kept, (about) => {
    const service = services.find((each) => each === about.subject);
    return service === undefined ? [] : acts(about, service);
  });

const police = (kept: string, notice: 'state' | 'local' | 'missing' | 'identified'): Row =>
  row(kept, {
    command: 'notify-police',
    input: { covers: [notice] },
    button: staff('Record the notice to police'),
  });

const agree: Readonly<Record<Proposed, Act>> = {
  downgrade: { command: 'agree-downgrade', button: staff('Agree to the lower outcome') },
  withdrawal: { command: 'agree-withdrawal', button: staff('Agree to the withdrawal') },
  clearance: { command: 'agree-clearance', button: staff('Agree that no caregiver had a part in it') },
  lowering: { command: 'agree-lowering', button: staff('Agree to the lower danger') },
  erasure: { command: 'agree-erasure', button: staff('Agree, and erase who the child is') },
};
const answered = (kept: string, proposal: Proposed): Row =>
  row(`${kept} agrees or says no, or the person who proposed it takes it back`, agree[proposal], {
    command: 'refuse-proposal',
    input: { proposal },
    button: staff('Say no to the proposal'),
  });

/** No one can say before its time what became of a service. The last outcome of several settles the review. */
const outcomeAfter = (months: FollowUpMonths): Row =>
  rowFor(
    `the outcome after ${months} months is recorded of each service that had run for a month`,
    ({ state, policy, now }) => {
      const services = awaitedOutcomes(state, months, policy, now);
      if (services.length === 0) return [];
      const button = partner('Record what became of the service', 'Registrar qué resultó del servicio');
      const act = {
        command: 'record-service-outcome',
        input: { months },
        choices: { service: services },
        button,
      } as const;
      return [services.length > 1 ? { ...act, prepares: true } : act];
    },
  );

const examKept = 'the acute exam starts before the hard stop; a referral that was accepted is not enough';
const declined = 'it is declined; a waiting list or no provider is no reason';

/** The checklist comes first. No one can answer it for a child who is away. */
const screen = ({ state }: About): readonly Act[] => [
  ...(state.screening.checklist === undefined && !isMissing(state)
    ? [{ command: 'answer-checklist', button: staff('Answer the checklist'), prepares: true } as const]
    : []),
  { command: 'screen', asks: ['definitionBasis'], button: staff('Record the screening outcome') },
];

/** While it is not safe to tell the family, a supervisor confirms first, or another person is told. */
function tellFamily({ state }: About, notice: FamilyNotice, way?: 'spoken' | 'written'): readonly Act[] {
  const tell =
    notice === 'parents'
      ? ({
          command: 'record-parents-notice',
          ...(way === 'written' && { input: { method: 'letter' as const } }),
          ...(way === 'spoken' && { choices: { method: ['in-person', 'phone'] } }),
          button: staff('Record the notice to a parent'),
        } as const)
      : ({ command: 'record-substantiation-notice', button: staff('Record the notice of substantiation') } as const);
  if (unsafeToTell(state, undefined, notice) === undefined) return [tell];
  return [
    ...(unsafeToTell(state, 'no', notice) === undefined ? [{ ...tell, asks: ['hadPart'] } as const] : []),
    {
      command: familyNotices[notice].approve,
      button: staff('Confirm that the notice may be given'),
      prepares: true,
    },
  ];
}

/** The letter about the finding. While it may reach the child or a caregiver, counsel is asked first. */
function mailFinding({ state }: About): readonly Act[] {
  const ask = {
    command: 'ask-finding-safety',
    button: staff('Ask counsel whether it is safe to mail'),
    prepares: true,
  } as const;
  const answer = {
    command: 'answer-finding-safety',
    button: staff('Say whether it is safe to mail'),
    prepares: true,
  } as const;
  if (unsafeToMail(state, undefined) === undefined)
    return [
      { command: 'record-finding-notice', button: staff('Record that the letter was mailed') },
      ...(state.response.findingSafety === undefined ? [ask] : []),
    ];
  return state.response.findingSafety === undefined ? [ask, answer] : [answer];
}

/** The office and team that the referral leads to come first. */
function route({ state, policy: { geography } }: About): readonly Act[] {
  const { office, team, responseOffice } = routingToConfirm(state) ?? {};
  const first = (usual: string | undefined, all: readonly { readonly id: string }[]): readonly string[] => [
    ...new Set([...(usual === undefined ? [] : [usual]), ...all.map(({ id }) => id)]),
  ];
  return [
    {
      command: 'confirm-routing',
      ...(responseOffice !== undefined && { asks: ['responseOffice'] }),
      choices: {
        office: first(office, geography.offices),
        team: first(team, geography.teams),
        ...(responseOffice !== undefined && { responseOffice: first(responseOffice, geography.offices) }),
      },
      button: staff('Confirm the office, district and team'),
    },
  ];
}

const general: Readonly<Record<GeneralMilestone, Row>> = {
  'report-classified': row('the report is classified', {
    command: 'classify-report',
    button: staff('Accept or decline the report'),
  }),
  'written-report-received': row('the written report is recorded as received', {
    command: 'record-written-report',
    button: staff('Record the written report'),
  }),
  'police-notified-state': police(
    'a person records the notice to the police: agency, person reached, how, when, and the reference of the agency',
    'state',
  ),
  'police-notified-local': police(
    'a person records the notice to the local police: agency, person reached, how, when, and the reference of the agency',
    'local',
  ),
  'police-notified-missing': police(
    'a person records the notice to the police of a missing child; it has agency, person reached, how, when, and a reference',
    'missing',
  ),
  'police-notified-identified': police(
    'a person records the notice to the police of an identified victim; it has agency, person reached, how, when, and a reference',
    'identified',
  ),
  'ncmec-notified': row('a person records the report to NCMEC: how, when, and the case number', {
    command: 'notify-ncmec',
    button: staff('Record the report to NCMEC'),
  }),
  'search-renewed': row('a person records what was done to find the child', {
    command: 'renew-search',
    button: staff('Record the renewed search'),
  }),
  'response-started': row('the response is recorded as begun', {
    command: 'start-response',
    button: staff('Record that the response has begun'),
  }),
  'child-seen': row('a person records that the child was seen, by what role and when; an attempt keeps nothing', {
    command: 'record-child-seen',
    input: { sighting: 'seen' },
    asks: ['seenAlone'],
    button: staff('Record the visit or attempt'),
  }),
  'liaison-assigned': row('a liaison is assigned', {
    command: 'assign-liaison',
    button: staff('Assign the HART liaison'),
  }),
  screened: rowFor('a trained person records a screening outcome', screen),
  'screening-signed-off': row('a supervisor signs off the screening', {
    command: 'sign-off-screening',
    button: staff('Sign off that nothing was indicated'),
  }),
  'eligibility-decided': rowFor('a named person decides; the product only proposes', ({ state }) => {
    const { proposal } = state.eligibility;
    return [
      {
        command: 'decide-eligibility',
        asks: ['consultedId', 'reason'],
        choices: { outcome: [...new Set([...(proposal ? [proposal.outcome] : []), ...eligibilityOutcomes])] },
        button: staff('Decide on a basis to allege'),
      },
    ];
  }),
  'age-recorded': row(
    'the date of birth is recorded, or on which side of eighteen the age is',
    { command: 'record-birth-date', button: staff('Record the date of birth') },
    {
      command: 'record-facts',
      asks: ['ageClass'],
      button: staff('Record whether the child is under 18'),
    },
  ),
  'home-state-notified': row('the notice is recorded: who was told, how, when', {
    command: 'notify-home-state',
    button: staff('Record the notice to the home state'),
  }),
  'safety-plan-recorded': row('a safe placement or a safety plan is recorded', {
    command: 'record-safety-plan',
    asks: ['caregiverOut'],
    button: staff('Record the placement or safety plan'),
  }),
  'parents-told': rowFor(
    'a person records that a parent was told, by phone or face to face: who, when, and why',
    (about) => tellFamily(about, 'parents', 'spoken'),
  ),
  'parents-notified': rowFor('a person records the written notice to a parent: who got it, when, and why', (about) =>
    tellFamily(about, 'parents', 'written'),
  ),
  'parents-notice-withheld': row('a person withholds the notice, on a ground of the law and with a reason in words', {
    command: 'withhold-parents-notice',
    button: staff('Withhold the notice to the parents'),
  }),
  'substantiation-notified': rowFor(
    'a person records the notice of substantiation: who was told, how, when, and why',
    (about) => tellFamily(about, 'substantiation'),
  ),
  'substantiation-notice-withheld': row('a person withholds it, because it is not in the best interests of the child', {
    command: 'withhold-substantiation-notice',
    button: staff('Withhold the notice of substantiation'),
  }),
  'finding-notified': rowFor(
    'a person records that the letter was mailed, first class, after the check of its address; a call keeps nothing',
    mailFinding,
  ),
  'finding-safety-answered': row('counsel says yes or no', {
    command: 'answer-finding-safety',
    button: staff('Say whether it is safe to mail'),
  }),
  'tribe-notified': rowFor(
    'the notice to the tribe is recorded: which tribe, kind and number of the mail, to which office, when',
    ({ policy }) => [
      {
        command: 'notify-tribe',
        input: { recipient: 'tribe' },
        choices: { tribe: [...policy.tribes.list.map(({ id }) => id), otherTribe, unknownTribe] },
        button: staff('Record the notice to the tribe'),
      },
    ],
  ),
  'custodian-notified': rowFor(
    'the notice to a parent or Indian custodian is recorded: which one, kind and number of the mail, when',
    ({ policy }) => [
      {
        command: 'notify-tribe',
        choices: {
          recipient: ['parent', 'indian-custodian'],
          tribe: [...policy.tribes.list.map(({ id }) => id), otherTribe, unknownTribe],
        },
        button: staff('Record the notice to parent or custodian'),
      },
    ],
  ),
  'licensing-agency-notified': row('the notice of the report is recorded: who was told, how, when', {
    command: 'notify-licensing-agency',
    input: { occasion: 'at-the-report' },
    button: staff('Record the notice to the licensing agency'),
  }),
  'licensing-records-sent': row('the notice after the investigation is recorded, with its records', {
    command: 'notify-licensing-agency',
    input: { occasion: 'after-the-investigation' },
    button: staff('Record the notice with the records'),
  }),
  'education-notified': row('the notice of the report is recorded: who was told, how, when', {
    command: 'notify-education',
    input: { occasion: 'at-the-report' },
    button: staff('Record the notice to Education'),
  }),
  'education-results-sent': row('results and records are recorded as sent: which office, how, when', {
    command: 'notify-education',
    input: { occasion: 'after-the-investigation' },
    button: staff('Record that results were sent'),
  }),
  'institution-notified': row('a person records that the person in charge was told: who, how, when', {
    command: 'notify-institution',
    button: staff('Record that the person in charge was told'),
  }),
  'mdt-met': rowFor('a meeting with a quorum, or under a waiver, is recorded', ({ state }) => [
    {
      command: 'record-meeting',
      asks: ['absent'],
      choices: { attended: state.team.seats.map(({ discipline }) => discipline) },
      button: partner('Record the meeting of the team', 'Registrar la reunión del equipo'),
    },
  ]),
  'duplicate-answered': rowFor('a person answers the question', ({ state }) => [
    {
      command: 'answer-duplicate',
      asks: ['of'],
      choices: { of: state.sameChild.candidates },
      button: staff('Answer whether it is the same child'),
    },
  ]),
  closed: row('the referral is closed after the final review', {
    command: 'close-referral',
    button: staff('Close the referral'),
  }),
  'hold-petition-filed': row('the order of temporary custody and the petition are recorded as filed', {
    command: 'record-hold-end',
    input: { how: 'petition-filed' },
    button: staff('Record that order and petition are filed'),
  }),
  'hold-child-released': row('the child is recorded as released from the hold', {
    command: 'record-hold-end',
    input: { how: 'child-released' },
    button: staff('Record that the child is released'),
  }),
  'preliminary-hearing-held': rowFor('the preliminary hearing is recorded as held', ({ state, policy, now }) => [
    {
      command: 'record-preliminary-hearing',
      ...(tooEarlyForTribe(state, now, policy) && { asks: ['reason'] }),
      button: staff('Record that the hearing was held'),
    },
  ]),
  'return-debriefed': row('the talk with the child about the time missing is recorded', {
    command: 'record-debrief',
    button: staff('Record the return interview'),
  }),
  'case-reviewed': row('a review of the case is recorded', {
    command: 'record-case-review',
    button: partner('Record the review of the case', 'Registrar la revisión del caso'),
  }),
  'agreed-task-done': rowFor('the seat or the coordinator records that the task is done', ({ subject }) =>
    agreedTasks
      .filter((task) => task === subject)
      .map((task) => ({
        command: 'end-task',
        input: { task, end: 'task-done' },
        button: partner('Record that it is done', 'Registrar que está hecho'),
      })),
  ),
  'interview-settled': row(
    'the interview is scheduled; or a person records that it was held, is not appropriate, or was declined by the child',
    {
      command: 'settle-interview',
      asks: ['scheduledFor', 'reason'],
      button: partner('Schedule the forensic interview', 'Programar la entrevista forense'),
    },
  ),
  'investigation-disposed': row('the disposition is recorded: substantiated or not', {
    command: 'record-disposition',
    button: staff('Record the disposition'),
  }),
  'reasonable-cause-said': row('a person says yes or no; unknown goes on asking', {
    command: 'record-reasonable-cause',
    choices: { reasonableCause: ['yes', 'no'] },
    button: staff('Say whether there is reasonable cause'),
  }),
  'disposition-notified': row("the notice to State's Attorney and police is recorded: who was told, how, when", {
    command: 'notify-of-disposition',
    button: staff("Record the notice to State's Attorney and police"),
  }),
  'evaluation-held': row('the evaluation is recorded as held', {
    command: 'record-evaluation',
    button: staff('Record the evaluation'),
  }),
  'hhs-notified': row('the notice is recorded: how, when, and the case number', {
    command: 'notify-hhs',
    button: staff('Record the notice to HHS'),
  }),
  'handover-made': row('the person consented and the hand-over is recorded', {
    command: 'record-adult-handover',
    input: { consent: 'given' },
    button: staff('Record the hand-over'),
  }),
  'handover-refused': row('the person did not consent', {
    command: 'record-adult-handover',
    input: { consent: 'refused' },
    button: staff('Record that the person did not consent'),
  }),
  'adulthood-planned': row('the plan for the time after the birthday is recorded', {
    command: 'plan-adulthood',
    button: staff('Record the plan for adulthood'),
  }),
  'need-referred': ofService(
    'the child is referred to a provider, or the service is declined; a waiting list or no provider is no reason',
    (about, service) => [...refer(about, service), ...decline(service)],
  ),
  'service-started': ofService(
    'the service starts, or it is declined; a waiting list or no provider is no reason',
    putInPlace,
  ),
  'exam-offered': rowFor('the child is referred to an exam, acute or not, or the child decides against it', offerExam),
  'exam-declined-by-child': rowFor(
    "the child's own decision against the exam is recorded; a guardian's is not the child's",
    (about) => declineByChild(about, 'medical-acute-forensic'),
  ),
  'downgrade-answered': answered('a second reviewer', 'downgrade'),
  'withdrawal-answered': answered('a second person', 'withdrawal'),
  'clearance-answered': answered('a second person', 'clearance'),
  'lowering-answered': answered('a second person', 'lowering'),
  'erasure-answered': answered('a second person', 'erasure'),
  'routing-said': rowFor('a person confirms office, district and team again', route),
  'team-known': rowFor('a person says which team is responsible, and its roster is drawn', route),
  'seats-filled': rowFor('every required seat has a person', ({ state }) => [
    {
      command: 'invite-seat',
      choices: { discipline: emptySeats(state) },
      button: partner('Invite a person to the seat', 'Invitar a una persona al puesto'),
    },
  ]),
  'emergency-access-reviewed': rowFor(
    'a supervisor above the person who used the access finds it justified or not justified, with a reason',
    ({ subject = '' }) => [
      {
        command: 'review-emergency-access',
        input: { use: Number(subject.replace('use-', '')) },
        button: staff('Review the emergency access'),
      },
    ],
  ),
  'outcome-after-3-months': outcomeAfter('3'),
  'outcome-after-6-months': outcomeAfter('6'),
  'outcome-after-12-months': outcomeAfter('12'),
};

/** One row for each name, such as `offered-education` for each service. */
const each = <Step extends string, Name extends string>(
  step: Step,
  names: readonly Name[],
  rowOf: (name: Name) => Row,
) =>
  Object.fromEntries(names.map((name) => [`${step}-${name}`, rowOf(name)])) as Readonly<Record<`${Step}-${Name}`, Row>>;

/** Every milestone that a policy may name. */
const table: Readonly<Record<Milestone, Row>> = {
  ...general,
  ...each('consulted', everyDiscipline, (discipline) =>
    rowFor(`the discipline ${codeWords(discipline)} is consulted`, ({ policy }) => [
      {
        command: 'record-consultation',
        input: { discipline },
        ...(seatRuleOf(policy, discipline)?.privileged === undefined && { asks: ['advice'] }),
        button: partner('Record the consultation', 'Registrar la consulta'),
      },
    ]),
  ),
  ...each('offered', services, (service) =>
    rowFor(`the child is referred to a provider for ${codeWords(service)}, or ${declined}`, (about) => [
      ...refer(about, service),
      ...decline(service),
    ]),
  ),
  ...each('contacted', services, (service) =>
    rowFor(`contact for ${codeWords(service)} is attempted, or ${declined}`, (about) => contact(about, service)),
  ),
  ...each('started', services, (service) =>
    rowFor(service === 'medical-acute-forensic' ? examKept : `${codeWords(service)} starts, or ${declined}`, (about) =>
      start(about, service),
    ),
  ),
};

/** The milestone that keeps a deadline, in words within a sentence. */
export const keptWords = (milestone: Milestone): string => table[milestone].kept;

/**
 * The acts that record one of these milestones, each once, the usual one first. Of milestones about several subjects, only those
 * of `subject` count. Those of a referral where nothing is left to choose are left out.
 */
export function actsFor(milestones: readonly Milestone[], about: About): readonly Act[] {
  const { subject } = about;
  const own = subject === undefined ? [] : milestones.filter((milestone) => milestone.endsWith(`-${subject}`));
  const acts = (own.length > 0 ? own : milestones).flatMap((milestone) => table[milestone].acts(about));
  const keys = acts.map(({ command, input }) => JSON.stringify([command, input]));
  return acts.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}
