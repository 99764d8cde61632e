/** What people do: the act that keeps each deadline, what else a working day brings, and what people get wrong. */

import { owesExplanation } from '../../shared/domain/closure/closure.ts';
import type { CommandName } from '../../shared/domain/commands.ts';
import {
  answers,
  indicatorTopics,
  type Outcome,
  outcomes,
  type Proposed,
  type Service,
} from '../../shared/domain/core/vocabulary.ts';
import type { Deadline } from '../../shared/domain/deadlines/deadline-state.ts';
import { openDeadlines } from '../../shared/domain/deadlines/open-deadlines.ts';
import { decisionOvertaken } from '../../shared/domain/eligibility/eligibility.ts';
import { youngestPossible } from '../../shared/domain/intake/report-facts.ts';
import { isMissing } from '../../shared/domain/missing/absences.ts';
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

/** Referred, then started or declined by the child. */
const exam = (dice: Dice, { child, services: { linkages } }: Referral): Act => {
  const service = 'medical-acute-forensic';
  const status = linkages[service]?.status;
  if (status === 'offered' || status === 'accepted') return act(`provider:${service}`, 'start-linkage', { service });
  return youngestPossible(child.age) >= 13 && dice.chance(0.2)
    ? act('careline-supervisor', 'decline-linkage', {
        service,
        reasonCode: 'child-declined',
        reason: words('no thanks'),
      })
    : offer(dice.pick(['careline-supervisor', 'hart-liaison']), service);
};

const required = connecticutPolicy.requiredDisciplines;
const meeting = (dice: Dice, { team: { vacant } }: Referral): Act => {
  const away = dice.chance(0.3) ? required.slice(0, dice.pick([1, 3, 5])) : [];
  const absent = required.filter((discipline) => away.includes(discipline) || vacant.includes(discipline));
  return act(dice.pick(['mdt-coordinator', 'mdt-chair']), 'record-meeting', {
    attended: required.filter((discipline) => !absent.includes(discipline)),
    absent: absent.map((discipline) => ({ discipline, reason: 'no-answer' })),
    ...(dice.chance(0.2) && { waiver: words('waiver') }),
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

const withholds = act('caseworker', 'withhold-parents-notice', { reason: words('danger to the child') });
/** While a caregiver's part is not ruled out, telling a parent is refused until a supervisor has confirmed it. */
const parents = (dice: Dice): Act =>
  dice.pick([
    withholds,
    withholds,
    act('area-supervisor', 'approve-parents-notice', { reason: words('the parent who called') }),
    act('caseworker', 'record-parents-notice', {
      personTold: words('a parent'),
      method: 'in-person',
      ...(dice.chance(0.5) && { hadPart: 'no' }),
      reason: words('the law asks it'),
    }),
  ]);

type Keep = (dice: Dice, state: Referral, deadline: Deadline) => Act;

const answer = (dice: Dice, by: string, proposal: Proposed): Act =>
  dice.chance(0.6)
    ? act(by, `agree-${proposal}`)
    : act(by, 'refuse-proposal', { proposal, reason: words('refusal of it') });
const route = act('careline-worker', 'confirm-routing', { office: 'NEW-HAVEN', team: 'MDT-NEW-HAVEN' });

const keeping: Readonly<Record<string, Keep>> = {
  D1: (dice) =>
    act('careline-worker', 'classify-report', {
      track: dice.pick(['investigation', 'assessment', 'information-only', 'other-agency']),
    }),
  D2: () => act('careline-worker', 'record-written-report'),
  D3: (dice) => police(dice, 'state'),
  D4: (dice) => police(dice, 'local'),
  D6: (dice) =>
    dice.chance(0.2)
      ? act('caseworker', 'assess-danger', { danger: 'no', reason: words('no danger') })
      : act('area-oncall', 'start-response'),
  D7: (dice) =>
    dice.chance(0.1) ? act('caseworker', 'assess-danger', { danger: 'yes' }) : act('caseworker', 'start-response'),
  D8: () => act('hart-lead', 'assign-liaison', { personId: 'P-HART-LIAISON-SOUTH-CENTRAL-1' }),
  D9: (dice, { screening: { list: screenings } }) => screening(dice, screenings.at(-1)?.outcome),
  D10: decision,
  D10a: (dice) =>
    dice.chance(0.5)
      ? act('caseworker', 'record-birth-date', { birthDate: canaryBirthDate })
      : act('caseworker', 'record-facts', { ageClass: dice.pick(['under-18', '18-or-over']) }),
  D10b: () => act('caseworker', 'notify-home-state', { method: 'phone', personReached: words('desk') }),
  D12a: (dice) => police(dice, 'missing'),
  D12b: () => act('caseworker', 'notify-ncmec', { method: 'phone', caseReference: words('case') }),
  D14: (dice, state) => {
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
  D15: meeting,
  D17: exam,
  D17b: (_, { services: { linkages } }) =>
    linkages['medical-nonacute']?.status === 'accepted'
      ? act('provider:medical-nonacute', 'start-linkage', { service: 'medical-nonacute' })
      : offer('careline-supervisor', 'medical-nonacute'),
  D19a: () => offer('hart-liaison', 'victim-advocacy'),
  D19b: () => act('provider:victim-advocacy', 'record-contact', { service: 'victim-advocacy' }),
  D21: () =>
    act('caseworker', 'record-safety-plan', { placement: 'safe-at-home', caregiverOut: 'yes', plan: words('plan') }),
  D22a: () => offer('caseworker', 'mental-health'),
  D22b: () => act('provider:mental-health', 'start-linkage', { service: 'mental-health' }),
  D35a: (_dice, _state, { subject }) => offer('caseworker', subject as Service),
  D35b: (dice, _state, { subject: service }) =>
    dice.chance(0.2)
      ? act(`provider:${service}`, 'decline-linkage', { service, reasonCode: 'waiting-list', waitDays: 30 })
      : act(`provider:${service}`, 'accept-linkage', { service }),
  D35c: (_dice, _state, { subject: service }) => act(`provider:${service}`, 'start-linkage', { service }),
  ...Object.fromEntries(
    (
      [
        ['D36a', '3'],
        ['D36b', '6'],
        ['D36c', '12'],
      ] as const
    ).map(([rule, months]): readonly [string, Keep] => [
      rule,
      (_dice, _state, { subject: service }) =>
        act('caseworker', 'record-service-outcome', { service, months, serviceOutcome: 'still-served' }),
    ]),
  ),
  D24: (dice) =>
    act('area-supervisor', 'record-disposition', {
      disposition: dice.pick(['substantiated', 'not-substantiated']),
      reasonableCause: dice.pick(['yes', 'no', 'unknown']),
    }),
  D24a: (dice) =>
    act('area-supervisor', 'record-reasonable-cause', { reasonableCause: dice.pick(['yes', 'no', 'unknown']) }),
  D25: () =>
    act('caseworker', 'notify-of-disposition', {
      agencyId: 'A-NEW-HAVEN',
      personReached: words('desk'),
      prosecutorReached: words('prosecutor'),
      method: 'phone',
    }),
  D28: (dice, { screening: { list: screenings } }) => screening(dice, screenings.at(-1)?.outcome),
  D29: () => act('area-supervisor', 'sign-off-screening'),
  D38: (dice, { stage }) => (stage === 'open' ? parents(dice) : withholds),
  D31: (dice, { sameChild: { candidates } }) =>
    act('careline-worker', 'answer-duplicate', {
      answer: dice.pick(['not-a-duplicate', 'not-a-duplicate', 'same-child-open']),
      ...(candidates[0] !== undefined && { of: candidates[0] }),
      reason: words('reason'),
    }),
  D37a: (dice) => answer(dice, dice.pick(['hart-lead', 'hart-director']), 'downgrade'),
  D37b: (dice) => answer(dice, 'careline-manager', 'withdrawal'),
  D37c: (dice) => answer(dice, 'hart-director', 'clearance'),
  D37h: (dice) => answer(dice, dice.pick(['area-supervisor', 'careline-supervisor']), 'lowering'),
  D37e: () => route,
  D37f: () => route,
  D33: () => act('area-supervisor', 'close-referral', { review: words('review') }),
};

/** The act that keeps this deadline, as far as one act can. */
export const keepingOf = (dice: Dice, state: Referral, deadline: Deadline): Act =>
  keeping[deadline.rule]?.(dice, state, deadline) ??
  act('careline-supervisor', 'classify-report', { track: 'investigation' });

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
    () => act('careline-worker', 'report-missing'),
    () => act('careline-worker', 'record-return'),
    () => act('caseworker', 'assess-danger', { danger: dice.pick(['yes', 'no']), reason: words('what was seen') }),
    () => act('area-director', 'agree-lowering'),
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

/** All that a diligent supervisor sees left undone. */
export function leftUndone(dice: Dice, state: Referral): readonly Act[] {
  if (state.stage !== 'open') {
    return openDeadlines(state).map((deadline) => keepingOf(dice, state, deadline));
  }
  const explained = Object.values(state.deadlines).filter((deadline) => owesExplanation(deadline, connecticutPolicy));
  return [
    ...openDeadlines(state).map((deadline) => keepingOf(dice, state, deadline)),
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
    reporter: { name: words('reporter'), phone: words('phone'), email: `${canary}@reporter.example` },
    children: dice.chance(0.12) ? [child(1), child(2)] : [child(1)],
  };
}
