/** The row of facts of a referral, made of its state and of its commits. Pure, and the same for the same commits. */
import { ageBandOf } from '../child/age-band.ts';
import type { CommitHead } from '../core/commit-head.ts';
import { earlier } from '../core/instants.ts';
import type { IndicatorTopic, Service } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { isStatutory } from '../deadlines/deadlines.ts';
import type { Event, EventType } from '../events.ts';
import { usualClassOf } from '../policy/alarm-classes.ts';
import type { Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { currentScreening } from '../screening/current-screening.ts';
import { type FactRow, type FactService, type FactStage, factLayout } from './fact-row-shape.ts';
import { asReported, profileOf } from './profile-state.ts';

/** A commit as the row reads it. */
export type FactCommit = Pick<CommitHead, 'at' | 'isUnproved'> & { readonly events: readonly Event[] };

/** An event with the instant of its commit. */
interface Dated {
  readonly event: Event;
  readonly at: string;
}

/** What no right code proves is in no number. */
const datedIn = (commits: readonly FactCommit[]): readonly Dated[] =>
  commits.flatMap(({ at, events, isUnproved }) => (isUnproved ? [] : events.map((event) => ({ event, at }))));

/** The instant of an act, by the event that records it. Undefined where the event is no such act. */
const stageOf: { readonly [Type in EventType]?: (dated: Dated) => readonly [FactStage, string] | undefined } = {
  'report-classified': ({ event }) => said(event, 'classified'),
  'police-notified': ({ event }) => said(event, 'police'),
  'response-started': ({ event }) => said(event, 'response'),
  'child-seen': ({ event }) =>
    event.type === 'child-seen' && event.sighting === 'seen' ? ['seen', event.at] : undefined,
  screened: ({ at }) => ['screened', at],
  'eligibility-decided': ({ at }) => ['decided', at],
  'mdt-invited': ({ at }) => ['team-notified', at],
  'mdt-met': ({ event }) =>
    event.type === 'mdt-met' && (event.quorum || event.waiver !== undefined) ? ['met', event.at] : undefined,
  'linkage-offered': ({ event }) => said(event, 'offered'),
  'linkage-accepted': ({ event }) => said(event, 'accepted'),
  'linkage-started': ({ event }) => said(event, 'started'),
  'interview-settled': ({ event, at }) => interviewIn(event, at),
  closed: ({ at }) => ['closed', at],
};

const said = (event: Event, stage: FactStage): readonly [FactStage, string] | undefined =>
  'at' in event && typeof event.at === 'string' ? [stage, event.at] : undefined;

/** An interview that is scheduled takes place then. One that was declined or is not appropriate is none. */
function interviewIn(event: Event, at: string): readonly [FactStage, string] | undefined {
  if (event.type !== 'interview-settled') return undefined;
  if (event.answer === 'scheduled') return ['interviewed', event.scheduledFor ?? at];
  return event.answer === 'held-already' ? ['interviewed', at] : undefined;
}

const first = (one: string | undefined, other: string): string => (one === undefined ? other : earlier(one, other));

/** When each stage was first reached, by the instants of the acts. A late entry counts when the act took place. */
function stagesIn(dated: readonly Dated[]): FactRow['stages'] {
  const stages: Partial<Record<FactStage, string>> = {};
  const takenBack = dated.findLastIndex(({ event }) => event.type === 'child-seen' && event.sighting === 'not-seen');
  for (const [index, each] of dated.entries()) {
    const [stage, at] = stageOf[each.event.type]?.(each) ?? [];
    if (stage === 'seen' && index < takenBack) continue;
    if (stage !== undefined && at !== undefined) stages[stage] = first(stages[stage], at);
  }
  return stages;
}

const ofType = <Type extends EventType>(dated: readonly Dated[], type: Type) =>
  dated.flatMap(({ event, at }) =>
    event.type === type ? [{ event: event as Extract<Event, { readonly type: Type }>, at }] : [],
  );

/** The referrals that a person said are earlier ones of this child. The last answer about each counts. */
function earlierOnes(dated: readonly Dated[]): readonly string[] {
  const found = new Set<string>();
  for (const { event } of ofType(dated, 'duplicate-answered')) {
    const { answer, of } = event;
    if (of === undefined) found.clear();
    else if (answer === 'earlier-closed') found.add(of);
    else found.delete(of);
  }
  return [...found].toSorted();
}

/** When the links last changed: by a merge, by its end, or by another answer about an earlier referral. */
function linksChangedAt(dated: readonly Dated[]): string | undefined {
  let [known, last]: [number, string | undefined] = [0, undefined];
  for (const [index, { event, at }] of dated.entries()) {
    if (event.type === 'merged' || event.type === 'merge-undone') last = at;
    if (event.type !== 'duplicate-answered') continue;
    const now = earlierOnes(dated.slice(0, index + 1)).length;
    if (now !== known) last = at;
    known = now;
  }
  return last;
}

function linksOf({ stage, sameChild: { mergedInto } }: Referral, dated: readonly Dated[]): FactRow['links'] {
  const withdrawal = ofType(dated, 'withdrawal-proposed').at(-1)?.event;
  const duplicateOf = stage === 'withdrawn' && withdrawal?.because === 'duplicate' ? withdrawal.of : undefined;
  const changedAt = linksChangedAt(dated);
  return { earlier: [...earlierOnes(dated)], ...whereKnown({ mergedInto, duplicateOf, changedAt }) };
}

/** The least instant of the events of this type that are about the service. */
const firstOf = (
  dated: readonly Dated[],
  type: 'linkage-offered' | 'linkage-accepted' | 'linkage-started',
  service: Service,
): string | undefined =>
  ofType(dated, type)
    .filter(({ event }) => event.service === service)
    .reduce<string | undefined>((least, { event }) => first(least, event.at), undefined);

function serviceRow(
  { service, status, outcomes = {} }: NonNullable<Referral['services']['linkages'][Service]>,
  receivedAt: string,
  dated: readonly Dated[],
): FactService {
  const opened = ofType(dated, 'services-opened').find(({ event }) => event.services.includes(service))?.at;
  const declined = ofType(dated, 'linkage-declined').filter(({ event }) => event.service === service);
  const [offeredAt, acceptedAt, startedAt] = (['linkage-offered', 'linkage-accepted', 'linkage-started'] as const).map(
    (type) => firstOf(dated, type, service),
  );
  const reachedAt = ofType(dated, 'linkage-contacted')
    .filter(({ event }) => event.service === service && event.reached === 'yes')
    .reduce<string | undefined>((least, { event }) => first(least, event.at), undefined);
  return {
    service,
    status,
    neededAt: opened ?? offeredAt ?? declined[0]?.at ?? startedAt ?? receivedAt,
    ...whereKnown({ offeredAt, acceptedAt, startedAt, reachedAt }),
    outcomes,
    declines: declined.map(({ event: { reasonCode: reason, by, waitDays }, at }) => ({
      at,
      reason,
      by,
      ...whereKnown({ waitDays }),
    })),
  };
}

const dutiesOf = (state: Referral, policy: Policy): FactRow['duties'] =>
  Object.values(state.deadlines).map((deadline) => {
    const { id, rule, start, dueByRule, due, keptAt, hardStop, status, subject } = deadline;
    return {
      id,
      rule,
      kind: isStatutory(deadline, policy) ? 'statute' : 'policy',
      class: usualClassOf(deadline, state, policy),
      start,
      dueByRule,
      due,
      status,
      ...whereKnown({ keptAt, hardStop, subject }),
    };
  });

/**
 * The row of a referral as it is after these commits, its first one included. `policy`: the version that it is under now.
 * It holds references, codes and UTC instants alone.
 */
export function factRow(
  { state, commits }: { readonly state: Referral; readonly commits: readonly FactCommit[] },
  policy: Policy,
): FactRow {
  const dated = datedIn(commits);
  const { child, report, places, response, missing } = state;
  const { known, moves, prosecutions, chargeEnds = [] } = profileOf(state);
  const { population, legalStatus, gender, race, placement, exploitation, exploitedFor, venue } = child;
  const { region, office, judicialDistrict, team } = places.routing ?? {};
  const withdrawn = state.stage === 'withdrawn' ? ofType(dated, 'withdrawn').at(-1)?.event.because : undefined;
  return {
    v: factLayout,
    id: state.id,
    seq: state.seq,
    asOf: commits.at(-1)?.at ?? report.recordedAt,
    policy: policy.version,
    reportId: report.id,
    siblings: [...report.siblings],
    reporterType: report.facts.reporterType,
    receivedAt: report.receivedAt,
    recordedAt: report.recordedAt,
    stage: state.stage,
    sealed: state.access.seal !== undefined,
    links: linksOf(state, dated),
    ...whereKnown({ endedAt: state.endedAt, withdrawnBecause: withdrawn, region, office, judicialDistrict, team }),
    ageBand: ageBandOf(child),
    reported: { ...asReported(state), population: report.child.population, legalStatus: report.child.legalStatus },
    now: { gender, race, placement, exploitation, exploitedFor, venue, population, legalStatus },
    childLanguage: known.childLanguage ?? 'unknown',
    careTiming: known.careTiming ?? 'unknown',
    identifiedBy: known.identifiedBy ?? 'unknown',
    recruitment: known.recruitment ?? ['unknown'],
    control: known.control ?? ['unknown'],
    perpetrators: child.perpetrators,
    danger: response.danger,
    indicators: child.indicators,
    checklist: checklistOf(state),
    screenings: state.screening.list.map(({ number, at, outcome, definitionBasis }) => ({
      number,
      at,
      outcome,
      definitionBasis,
    })),
    decisions: ofType(dated, 'eligibility-decided').map(({ event: { outcome, proposed }, at }) => ({
      at,
      outcome,
      proposed,
    })),
    policeNotices: ofType(dated, 'police-notified').map(({ event: { at, agencyId: agency, covers } }) => ({
      at,
      agency,
      covers: [...covers],
    })),
    stages: stagesIn(dated),
    duties: dutiesOf(state, policy),
    services: Object.values(state.services.linkages).map((linkage) => serviceRow(linkage, report.receivedAt, dated)),
    absences: missing.absences.map(({ number, missingSince, returnedAt, debriefedAt, screenedAt }) => ({
      number,
      missingSince,
      ...whereKnown({ returnedAt, debriefedAt, screenedAt }),
    })),
    interviews: ofType(dated, 'interview-settled').filter(({ event, at }) => interviewIn(event, at)).length,
    interviewedAt: (state.bookings ?? [])
      .filter(({ service, status }) => service === 'forensic-interview' && status === 'kept')
      .map(({ providerId }) => providerId),
    // A corrected beginning is no second hold.
    holds: Object.values(state.deadlines).filter(({ rule }) => rule === 'D11').length,
    petitions: ofType(dated, 'hold-ended').filter(({ event }) => event.how === 'petition-filed').length,
    ...whereKnown({
      enteredCareAt: ofType(dated, 'care-entered').at(0)?.event.at,
      disposition: response.disposition,
    }),
    charged: response.charged,
    chargeEnds: chargeEnds.map(({ at, chargesEnd }) => ({ at, chargesEnd })),
    moves: moves.map(({ at, placement: to, moveReason }) => ({ at, placement: to, moveReason })),
    prosecutions: prosecutions.map(({ at, trafficker, prosecution }) => ({ at, trafficker, prosecution })),
    rings: ofType(dated, 'checkpoint-raised').filter(({ event }) => event.kind === 'ring').length,
  };
}

/** Every answer of the last screening; before one, the indicators of the report as "yes". */
function checklistOf(state: Referral): FactRow['checklist'] {
  const screening = currentScreening(state);
  if (!screening) return Object.fromEntries(state.child.indicators.map((topic: IndicatorTopic) => [topic, 'yes']));
  return { ...screening.answers, ...Object.fromEntries(screening.indicators.map((topic) => [topic, 'yes'])) };
}
