/** What people do: the act that keeps each deadline, what else a working day brings, and what people get wrong. */

import { owesExplanation } from '../../shared/domain/closure/closure.ts';
import type { CommandName } from '../../shared/domain/commands.ts';
import {
  agreedTasks,
  aloneAnswers,
  answers,
  indicatorTopics,
  type Outcome,
  outcomes,
  type Proposed,
  reviewDecisions,
  type Service,
} from '../../shared/domain/core/vocabulary.ts';
import { whereKnown } from '../../shared/domain/core/where-known.ts';
import type { Deadline } from '../../shared/domain/deadlines/deadline-state.ts';
import { openDeadlines } from '../../shared/domain/deadlines/open-deadlines.ts';
import { decisionOvertaken } from '../../shared/domain/eligibility/eligibility.ts';
import { isMissing } from '../../shared/domain/missing/absences.ts';
import { actsFor } from '../../shared/domain/next-steps/milestone-table.ts';
import { ruleOf } from '../../shared/domain/policy/policy.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import type { Dice } from '../support/dice.ts';
import { noToAll } from '../support/referral-builder.ts';
import { connecticutPolicy } from '../support/released-policy.ts';

/** Stands in every name and free text. It may be in the vault and nowhere else. */
export const canary = 'QZCANARY';
export const canaryBirthDate = '2011-02-27';
const words = (what: string) => `${canary} ${what}`;

/** `by`: a role, `seat:<discipline>`, `provider:<service>` or `person:<id>`. */
export interface Act {
  readonly by: string;
  readonly command: CommandName;
  readonly input: object;
}

const act = (by: string, command: CommandName, input: object = {}): Act => ({ by, command, input });

const allNo = act('hart-liaison', 'answer-checklist', { answers: noToAll });

const checklist = (dice: Dice): Act => {
  const lean = dice.pick(['yes', 'no', 'no', 'unknown'] as const);
  const answer = () => (dice.chance(0.8) ? lean : dice.pick(answers));
  return act(dice.pick(['hart-liaison', 'hart-lead']), 'answer-checklist', {
    answers: Object.fromEntries(indicatorTopics.map((topic) => [topic, answer()])),
  });
};

const screening = (dice: Dice, before?: Outcome): Act => {
  const outcome = before !== undefined && dice.chance(0.5) ? before : dice.pick(outcomes);
  if (outcome === 'not-indicated' && dice.chance(0.5)) return allNo;
  return act(dice.pick(['hart-liaison', 'hart-lead']), 'screen', {
    outcome,
    definitionBasis: outcome === 'confirmed' ? dice.pick(['46a-170', '53a-192a', 'tvpa']) : 'none',
    rationale: words('rationale'),
  });
};
const police = (dice: Dice, ...covers: string[]): Act =>
  act('careline-worker', 'notify-police', {
    covers,
    agencyId: dice.pick(['A-NEW-HAVEN', 'A-OTHER']),
    personReached: words('desk'),
    method: 'phone',
    agencyReference: words('reference'),
  });
const offer = (by: string, service: Service): Act =>
  act(by, 'offer-linkage', { service, providerId: `PR-${service.toUpperCase()}-1` });

const required = connecticutPolicy.requiredDisciplines;
const meeting = (dice: Dice, { team: { vacant } }: Referral): Act => {
  const away = dice.chance(0.3) ? required.slice(0, dice.pick([1, 3, 5])) : [];
  const absent = required.filter((discipline) => away.includes(discipline) || vacant.includes(discipline));
  return act(dice.pick(['mdt-coordinator', 'mdt-chair']), 'record-meeting', {
    attended: required.filter((discipline) => !absent.includes(discipline)),
    absent: absent.map((discipline) => ({ discipline, reason: 'no-answer' })),
    ...(dice.chance(0.2) && { waiver: words('waiver') }),
    ...(dice.chance(0.3) && {
      reviewDecision: dice.pick(reviewDecisions),
      meetingNotes: words('minutes'),
      tasks: [{ task: dice.pick(agreedTasks), owner: dice.pick(required.filter((each) => !absent.includes(each))) }],
    }),
    ...(dice.chance(0.4) && { services: [dice.pick(['education', 'legal', 'basic-needs', 'substance-use'])] }),
  });
};
const decision = (dice: Dice, { eligibility: { proposal } }: Referral): Act =>
  act('area-supervisor', 'decide-eligibility', {
    outcome: dice.chance(0.7) ? (proposal?.outcome ?? 'pending') : 'legal-review',
    definitionBasis: 'tvpa',
    legalConsulted: 'no',
    rationale: words('rationale'),
    reason: words('reason'),
  });

const withholds = (notice: 'parents' | 'substantiation'): Act =>
  act('caseworker', `withhold-${notice}-notice`, {
    reason: words('danger to the child'),
    ...(notice === 'parents' && { ground: 'endangers-a-person' }),
  });
/** While a caregiver's part is not ruled out, telling the family is refused until a supervisor has confirmed it. */
const family =
  (notice: 'parents' | 'substantiation'): Doing =>
  (dice) =>
    dice.pick([
      withholds(notice),
      withholds(notice),
      act('area-supervisor', `approve-${notice}-notice`, { reason: words('the person who called') }),
      act('caseworker', `record-${notice}-notice`, {
        personTold: words('a person'),
        method: dice.pick(['in-person', 'letter']),
        ...(dice.chance(0.5) && { hadPart: 'no' }),
        reason: words('the law asks it'),
      }),
    ]);

/** How people do an act of the table of next steps: with which values, and who does it. */
type Doing = (dice: Dice, state: Referral, input: Readonly<Record<string, unknown>>) => Act;

const done =
  (by: string, command: CommandName, values: (dice: Dice) => object = () => ({})): Doing =>
  (dice, _state, input) =>
    act(by, command, { ...values(dice), ...input });

const refuse =
  (...by: readonly string[]): Doing =>
  (dice, _state, input) =>
    act(dice.pick(by), 'refuse-proposal', { ...input, reason: words('refusal of it') });

const whoAnswers: Readonly<Record<Proposed, readonly string[]>> = {
  downgrade: ['hart-lead', 'hart-director'],
  withdrawal: ['careline-manager'],
  clearance: ['hart-director'],
  lowering: ['area-supervisor', 'careline-supervisor'],
  erasure: ['careline-manager', 'program-manager'],
};
const agree =
  (proposal: Proposed): Doing =>
  (dice) =>
    act(dice.pick(whoAnswers[proposal]), `agree-${proposal}`);

/** Where the town of the child is not known, the Careline gives the referral to New Haven. */
export const route = act('careline-worker', 'confirm-routing', { office: 'NEW-HAVEN', team: 'MDT-NEW-HAVEN' });
const provider =
  (command: CommandName): Doing =>
  (_dice, _state, input) =>
    act(`provider:${input.service}`, command, input);
/** The Careline supervisor refers only to what is urgent. */
const refers = (dice: Dice, service: unknown): string =>
  service === 'medical-acute-forensic' || service === 'medical-nonacute'
    ? dice.pick(['careline-supervisor', 'hart-liaison'])
    : 'caseworker';

const doings: Readonly<Partial<Record<CommandName, Doing>>> = {
  'classify-report': done('careline-worker', 'classify-report', (dice) => ({
    track: dice.pick(['investigation', 'assessment', 'information-only', 'other-agency']),
  })),
  'record-written-report': done('careline-worker', 'record-written-report'),
  'notify-police': (dice, _state, { covers }) => police(dice, ...(covers as string[])),
  'notify-ncmec': done('caseworker', 'notify-ncmec', () => ({ method: 'phone', caseReference: words('case') })),
  'renew-search': done('caseworker', 'renew-search', () => ({ effort: words('calls') })),
  'notify-hhs': done('caseworker', 'notify-hhs', () => ({ method: 'phone', caseReference: words('case') })),
  'notify-home-state': done('caseworker', 'notify-home-state', () => ({
    method: 'phone',
    personReached: words('desk'),
  })),
  // Who comes to the child may find that there is no danger, or that there is.
  'start-response': (dice, { response: { danger } }) =>
    dice.chance(0.15)
      ? act('caseworker', 'assess-danger', { danger: danger === 'no' ? 'yes' : 'no', reason: words('what was seen') })
      : act(dice.pick(['area-oncall', 'caseworker']), 'start-response'),
  // The first try may be in vain.
  'record-child-seen': (dice) =>
    act(dice.pick(['area-oncall', 'caseworker']), 'record-child-seen', {
      ...(dice.chance(0.75) ? { sighting: 'seen', seenAlone: dice.pick(aloneAnswers) } : { sighting: 'attempted' }),
      seenBy: dice.pick(['caseworker', 'area-oncall', 'police']),
    }),
  'assign-liaison': done('hart-lead', 'assign-liaison', () => ({ personId: 'P-HART-LIAISON-SOUTH-CENTRAL-1' })),
  // Where an outcome is clear, no one waits for every answer.
  'answer-checklist': (dice, { screening: { list: screenings } }) =>
    dice.chance(0.3) ? checklist(dice) : screening(dice, screenings.at(-1)?.outcome),
  screen: (dice, { screening: { list: screenings } }) => screening(dice, screenings.at(-1)?.outcome),
  'sign-off-screening': done('area-supervisor', 'sign-off-screening'),
  'decide-eligibility': decision,
  'record-birth-date': done('caseworker', 'record-birth-date', () => ({ birthDate: canaryBirthDate })),
  'record-facts': done('caseworker', 'record-facts', (dice) => ({ ageClass: dice.pick(['under-18', '18-or-over']) })),
  'record-safety-plan': done('caseworker', 'record-safety-plan', () => ({
    placement: 'safe-at-home',
    caregiverOut: 'yes',
    plan: words('plan'),
  })),
  'record-parents-notice': family('parents'),
  'approve-parents-notice': family('parents'),
  'withhold-parents-notice': () => withholds('parents'),
  'record-substantiation-notice': family('substantiation'),
  'approve-substantiation-notice': family('substantiation'),
  'withhold-substantiation-notice': () => withholds('substantiation'),
  'record-finding-notice': done('caseworker', 'record-finding-notice', (dice) => ({
    personTold: words('a person'),
    childLivesThere: dice.pick(['no', 'yes', 'unknown']),
  })),
  'ask-finding-safety': done('caseworker', 'ask-finding-safety', () => ({ reason: words('a shared address') })),
  'answer-finding-safety': done('legal', 'answer-finding-safety', () => ({
    mayMail: 'yes',
    reason: words('another address'),
  })),
  'notify-tribe': done('legal', 'notify-tribe', (dice) => ({
    recipient: dice.pick(['parent', 'indian-custodian']),
    tribe: dice.pick(['MOHEGAN', 'SCHAGHTICOKE', 'OTHER']),
    mailKind: dice.pick(['registered', 'certified']),
    mailNumber: words('number'),
    addressee: words('office'),
  })),
  'record-preliminary-hearing': done('legal', 'record-preliminary-hearing', () => ({
    reason: words('counsel agreed'),
  })),
  'notify-institution': done('caseworker', 'notify-institution', () => ({
    personReached: words('desk'),
    method: 'phone',
  })),
  'notify-licensing-agency': done('caseworker', 'notify-licensing-agency', () => ({
    licensingAgency: 'dcf',
    personReached: words('desk'),
    method: 'phone',
  })),
  'notify-education': done('caseworker', 'notify-education', () => ({ personReached: words('desk'), method: 'phone' })),
  'inform-seat': (dice, state) => {
    const seat = dice.pick(state.team.seats.filter(({ informedAt }) => informedAt === undefined));
    if (!seat) return meeting(dice, state);
    return dice.chance(0.5)
      ? act(`person:${seat.personId}`, 'answer-seat', {
          discipline: seat.discipline,
          ...dice.pick([
            { answer: 'accepted' },
            { answer: 'accepted' },
            { answer: 'declined', reasonCode: 'workload' },
          ]),
        })
      : act('mdt-coordinator', 'inform-seat', { discipline: seat.discipline });
  },
  'record-meeting': meeting,
  'end-task': done('mdt-coordinator', 'end-task'),
  'record-case-review': done('mdt-coordinator', 'record-case-review', () => ({ review: words('review') })),
  'record-consultation': done('mdt-coordinator', 'record-consultation'),
  'settle-interview': done('mdt-coordinator', 'settle-interview', (dice) =>
    dice.chance(0.5) ? { answer: 'held-already', seenAlone: dice.pick(aloneAnswers) } : { answer: 'child-declined' },
  ),
  'record-consent': done('caseworker', 'record-consent', () => ({ consentKind: 'child', consentAnswer: 'given' })),
  'offer-linkage': (dice, _state, { service }) => offer(refers(dice, service), service as Service),
  'accept-linkage': provider('accept-linkage'),
  'record-contact': (dice, state, input) => provider('record-contact')(dice, state, { ...input, reached: 'yes' }),
  'start-linkage': provider('start-linkage'),
  'decline-linkage': (dice, _state, input) =>
    dice.chance(0.5)
      ? act(refers(dice, input.service), 'decline-linkage', {
          reasonCode: 'child-declined',
          reason: words('no thanks'),
          ...input,
        })
      : act(`provider:${input.service}`, 'decline-linkage', { reasonCode: 'waiting-list', waitDays: 30, ...input }),
  'record-service-outcome': done('caseworker', 'record-service-outcome', () => ({ serviceOutcome: 'still-served' })),
  'record-disposition': done('area-supervisor', 'record-disposition', (dice) => ({
    disposition: dice.pick(['substantiated', 'not-substantiated']),
    reasonableCause: dice.pick(['yes', 'no', 'unknown']),
  })),
  'record-reasonable-cause': done('area-supervisor', 'record-reasonable-cause', (dice) => ({
    reasonableCause: dice.pick(['yes', 'no', 'unknown']),
  })),
  'notify-of-disposition': done('caseworker', 'notify-of-disposition', () => ({
    agencyId: 'A-NEW-HAVEN',
    personReached: words('desk'),
    prosecutorReached: words('prosecutor'),
    method: 'phone',
  })),
  'record-hold-end': done('legal', 'record-hold-end'),
  'record-debrief': done('caseworker', 'record-debrief', (dice) => ({
    learned: words('what the child told'),
    seenAlone: dice.pick(aloneAnswers),
  })),
  'record-evaluation': done('caseworker', 'record-evaluation'),
  'record-adult-handover': done('caseworker', 'record-adult-handover'),
  'plan-adulthood': done('caseworker', 'plan-adulthood', () => ({ plan: words('plan') })),
  'answer-duplicate': (dice, { sameChild: { candidates } }) =>
    act('careline-worker', 'answer-duplicate', {
      answer: dice.pick(['not-a-duplicate', 'not-a-duplicate', 'same-child-open']),
      ...whereKnown({ of: candidates[0] }),
      reason: words('reason'),
    }),
  'confirm-routing': () => route,
  'agree-downgrade': agree('downgrade'),
  'agree-withdrawal': agree('withdrawal'),
  'agree-clearance': agree('clearance'),
  'agree-lowering': agree('lowering'),
  'refuse-proposal': (dice, state, input) => refuse(...whoAnswers[input.proposal as Proposed])(dice, state, input),
  'close-referral': done('area-supervisor', 'close-referral', () => ({ review: words('review') })),
};

/** The act that keeps this deadline, as far as one act can. `now` is a UTC instant. */
export function keepingOf(dice: Dice, state: Referral, deadline: Deadline, now: string): Act {
  const { subject } = deadline;
  const named = actsFor(ruleOf(connecticutPolicy, deadline).keptBy, { state, policy: connecticutPolicy, subject, now });
  const chosen = dice.chance(0.7) ? named[0] : dice.pick(named);
  const how = chosen && doings[chosen.command];
  const [service] = (chosen?.choices as { readonly service?: readonly string[] } | undefined)?.service ?? [];
  return how
    ? how(dice, state, { ...whereKnown({ service }), ...chosen.input })
    : act('careline-supervisor', 'classify-report', { track: 'investigation' });
}

/** From the last thing that was told of it, which is not long ago. */
const pause = (dice: Dice, { report: { recordedAt }, alerts }: Referral): Act => {
  const lately = Object.values(alerts).at(-1)?.requestedAt ?? recordedAt;
  return act(dice.pick(['careline-worker', 'caseworker', 'hart-lead']), 'pause-outreach', {
    agencyId: 'A-NEW-HAVEN',
    personReached: words('the detective'),
    until: new Date(Date.parse(lately) + dice.pick([24, 48, 71]) * 3_600_000).toISOString(),
    reason: words('the arrest'),
  });
};

/** Something else that a person may do at any time, sensible or not. */
export function somethingElse(dice: Dice, state: Referral): Act {
  const deadline = dice.pick(Object.values(state.deadlines));
  const alert = dice.pick(Object.values(state.alerts));
  const linkage = dice.pick(Object.values(state.services.linkages));
  const service = linkage?.service ?? 'mental-health';
  const choices: readonly (() => Act)[] = [
    () => pause(dice, state),
    () => act('hart-liaison', 'lift-outreach-pause', { reason: words('the police are done') }),
    () => act('careline-supervisor', 'acknowledge-alert', { alertId: alert?.id ?? 'NONE' }),
    () => act('careline-supervisor', 'acknowledge-alert', { alertId: alert?.id ?? 'NONE' }),
    () => act('legal', 'record-ex-parte-order'),
    () => act('caseworker', 'record-facts', { tribalMember: 'yes' }),
    () => act('legal', 'record-tribe-receipt', { notice: 'N1' }),
    () => act('legal', 'record-tribe-request', { notice: 'N1' }),
    () => act('careline-worker', 'report-missing'),
    () => act('careline-worker', 'record-return'),
    () => act('caseworker', 'assess-danger', { danger: dice.pick(['yes', 'no']), reason: words('what was seen') }),
    () => act('area-director', 'agree-lowering'),
    () =>
      act('administrator', 'restart-run', {
        run: dice.pick([state.id, ...Object.keys(state.runs)]),
        because: 'stands-still',
      }),
    () => act('administrator', 'repair-referral', { because: 'row-wrong' }),
    () => screening(dice),
    () => checklist(dice),
    () => act('hart-lead', 'agree-downgrade'),
    () => act('hart-director', 'agree-downgrade'),
    () =>
      act(dice.pick(['area-director', 'hart-director', 'mdt-chair', 'program-manager']), 'extend-deadline', {
        deadlineId: deadline?.id ?? 'NONE',
        due: new Date(
          Date.parse(deadline?.due ?? state.report.recordedAt) + dice.pick([1, 24, 72, 400]) * 3_600_000,
        ).toISOString(),
        reason: words('more time'),
      }),
    () =>
      act(dice.pick(['caseworker', 'area-supervisor']), 'explain-miss', {
        deadlineId: deadline?.id ?? 'NONE',
        reasonCode: 'staffing',
        reason: words('why'),
        willBeKept: dice.chance(0.5),
      }),
    () => act('area-director', 'countersign-miss', { deadlineId: deadline?.id ?? 'NONE' }),
    () => act('legal', 'find-not-applicable', { deadlineId: deadline?.id ?? 'NONE', reason: words('law') }),
    () =>
      act('caseworker', 'offer-linkage', { service, providerId: `PR-${service.toUpperCase()}-${dice.pick([1, 2])}` }),
    () =>
      act('hart-liaison', 'record-consent', {
        service,
        consentKind: service === 'substance-use' ? 'written-part-2' : 'child',
        consentAnswer: dice.pick(['given', 'given', 'refused', 'withdrawn']),
      }),
    () => act(`provider:${service}`, 'record-part-2', { part2Record: words('apart') }),
    () => act(`provider:${service}`, 'accept-linkage', { service }),
    () => act(`provider:${service}`, 'start-linkage', { service }),
    () =>
      act(dice.pick(['caseworker', `provider:${service}`]), 'decline-linkage', {
        service,
        ...dice.pick([
          { reasonCode: 'child-declined' },
          { reasonCode: 'waiting-list', waitDays: 'unknown' },
          { reasonCode: 'no-provider' },
        ]),
      }),
    () => route,
    () =>
      act('caseworker', 'correct-place', {
        place: 'residenceTown',
        townId: dice.pick(['AVON', 'BRIDGEPORT', 'NEW-HAVEN', 'UNKNOWN']),
      }),
    () => act('caseworker', 'propose-clearance', { reason: words('what was learned') }),
    () => act('caseworker', 'record-facts', { caregiverNamed: 'yes' }),
    () => act('hart-liaison', 'refuse-proposal', { proposal: 'downgrade', reason: words('taken back') }),
    () => meeting(dice, state),
    () => decision(dice, state),
    () => act('area-supervisor', 'close-referral', { review: words('review') }),
  ];
  return dice.pick(choices)();
}

/** The same act by a person who may not, or with an input that does not parse. */
export const wrongly = (dice: Dice, right: Act): Act =>
  dice.chance(0.5)
    ? { ...right, by: dice.pick(['auditor', 'mdt-chair', 'legal', 'careline-worker']) }
    : { ...right, input: { ...right.input, [dice.pick(['at', 'danger', 'more'])]: words('nonsense') } };

export const withdrawal = {
  propose: act('careline-supervisor', 'propose-withdrawal', { because: 'made-in-error', reason: words('error') }),
  agree: act('careline-manager', 'agree-withdrawal'),
};

/** All that a diligent supervisor sees left undone at `now`, a UTC instant. */
export function leftUndone(dice: Dice, state: Referral, now: string): readonly Act[] {
  if (state.stage !== 'open') {
    return openDeadlines(state).map((deadline) => keepingOf(dice, state, deadline, now));
  }
  const explained = Object.values(state.deadlines).filter((deadline) => owesExplanation(deadline, connecticutPolicy));
  return [
    ...openDeadlines(state).map((deadline) => keepingOf(dice, state, deadline, now)),
    ...explained.flatMap(({ id, explanation }) => [
      ...(explanation
        ? []
        : [act('caseworker', 'explain-miss', { deadlineId: id, reasonCode: 'staffing', willBeKept: true })]),
      act('area-director', 'countersign-miss', { deadlineId: id }),
    ]),
    ...Object.values(state.services.linkages).flatMap(({ service, status }) =>
      status === 'started' || status === 'declined'
        ? []
        : [act('caseworker', 'decline-linkage', { service, reasonCode: 'child-declined', reason: words('no thanks') })],
    ),
    ...(state.response.outreachPause
      ? [act('caseworker', 'lift-outreach-pause', { reason: words('all is done') })]
      : []),
    ...(isMissing(state) ? [act('careline-worker', 'record-return')] : []),
    ...(state.screening.list.at(-1)?.outcome === 'insufficient-info' ? [screening(dice)] : []),
    ...(state.eligibility.proposal && (!state.eligibility.decision || decisionOvertaken(state))
      ? [decision(dice, state)]
      : []),
  ];
}

/** A report of one or two children of any population; `again` is the same first child in another call. */
export function reportBy(dice: Dice, again: boolean): object {
  const yesNo = () => dice.pick(['yes', 'no', 'unknown'] as const);
  const child = (index: number) => ({
    name: `${canary} Child ${index}`,
    ...((again || dice.chance(0.6)) && { birthDate: canaryBirthDate }),
    ...(dice.chance(0.3) && { safeContact: words('safe contact') }),
    danger: yesNo(),
    residenceTown: dice.pick(['New Haven', 'New Haven', 'Hartford', 'Bridgeport', 'unknown', `${canary} street`]),
    connecticutResident: yesNo(),
    population: dice.pick(['in-dcf-care', 'left-dcf-care', 'living-at-home', 'unknown']),
    perpetrators: dice.pick([['caregiver'], ['entrusted'], ['third-party'], ['caregiver', 'third-party'], ['unknown']]),
    missingNow: dice.pick(['no', 'no', 'yes', 'unknown']),
    lastAssaultAt: dice.pick(['none-known', 'unknown']),
  });
  return {
    narrative: words('narrative'),
    mandated: yesNo(),
    anonymous: dice.pick(['no', 'yes']),
    reporter: { name: words('reporter'), phone: words('phone 203-555-0171'), email: `${canary}@reporter.example` },
    children: dice.chance(0.12) ? [child(1), child(2)] : [child(1)],
  };
}
