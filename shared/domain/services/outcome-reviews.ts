/**
 * The reviews of what became of the services (D36). The referral has one after 3, 6 and 12 months. The first service
 * that starts begins a round of the three. A service that starts after the last review can begin starts a new round. So
 * each service is asked about.
 */
import type { Decision } from '../core/decision.ts';
import { isAfter } from '../core/instants.ts';
import { type FollowUpMonths, followUpMonths, type Service } from '../core/vocabulary.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { beganEarlier, markKept, openDeadline } from '../deadlines/deadlines.ts';
import type { Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';

const ruleOfReview: Readonly<Record<FollowUpMonths, string>> = { '3': 'D36a', '6': 'D36b', '12': 'D36c' };

const day = 86_400_000;
/** From when an outcome can be recorded: a month before it is asked for. In days after the start. */
const earliest: Readonly<Record<FollowUpMonths, number>> = { '3': 61, '6': 152, '12': 335 };

/** The first instant of the review after these months, for a round that began at `start`. Both are UTC instants. */
const opensAt = (start: string, months: FollowUpMonths): string =>
  new Date(Date.parse(start) + earliest[months] * day).toISOString();

interface Started {
  readonly service: Service;
  readonly startedAt: string;
  readonly outcomes: Readonly<Partial<Record<FollowUpMonths, unknown>>>;
}

/** The services of one round, in the order in which they started. The first gives the round its start. */
type Round = readonly [Started, ...Started[]];

function roundsOf({ services: { linkages } }: Referral, { catalogue }: Policy): readonly Round[] {
  const started = Object.values(linkages).flatMap(({ service, startedAt, outcomes = {} }): Started[] =>
    startedAt === undefined || catalogue[service].unreviewed ? [] : [{ service, startedAt, outcomes }],
  );
  const rounds: [Started, ...Started[]][] = [];
  for (const each of started.toSorted((one, other) => Date.parse(one.startedAt) - Date.parse(other.startedAt))) {
    const last = rounds.at(-1);
    if (last && !isAfter(each.startedAt, opensAt(last[0].startedAt, '12'))) last.push(each);
    else rounds.push([each]);
  }
  return rounds;
}

/** The services that this review asks about. One that starts later is asked about at the next review. */
const askedAt = ([first, ...others]: Round, months: FollowUpMonths): readonly Started[] => [
  first,
  ...others.filter(({ startedAt }) => !isAfter(startedAt, opensAt(first.startedAt, months))),
];

const leftAt = (round: Round, months: FollowUpMonths): readonly Started[] =>
  askedAt(round, months).filter(({ outcomes }) => outcomes[months] === undefined);

/** The services whose outcome the reviews after these months ask for at `now` (UTC), in the order of their starts. */
export const awaitedOutcomes = (
  state: Referral,
  months: FollowUpMonths,
  policy: Policy,
  now: string,
): readonly Service[] =>
  roundsOf(state, policy)
    .filter(([{ startedAt }]) => !isAfter(opensAt(startedAt, months), now))
    .flatMap((round) => leftAt(round, months).map(({ service }) => service));

/**
 * The first instant (UTC) at which the outcome of a service after these months can be recorded. It is the beginning of
 * the review that asks for it. For a service that the review does not ask about, its own start counts. Undefined before
 * it has started.
 */
export function outcomeFrom(
  state: Referral,
  service: Service,
  months: FollowUpMonths,
  policy: Policy,
): string | undefined {
  const isOne = (each: Started) => each.service === service;
  const round = roundsOf(state, policy).find((each) => askedAt(each, months).some(isOne));
  const start = round?.[0].startedAt ?? state.services.linkages[service]?.startedAt;
  return start === undefined ? undefined : opensAt(start, months);
}

/** The deadline of this review of a round, whatever became of it. */
const deadlineOf = ({ deadlines }: Referral, [{ startedAt: from }]: Round, months: FollowUpMonths) =>
  Object.values(deadlines).findLast(
    ({ rule, start, status }) =>
      rule === ruleOfReview[months] &&
      status !== 'ended' &&
      !isAfter(from, start) &&
      !isAfter(start, opensAt(from, '12')),
  );

/**
 * Opens the next review of each round. One review runs at a time, so a year of waiting is one run and not three. A
 * review that is overdue does not hold up the next one. A round that began earlier than was known is due earlier.
 */
export function followReviews(decision: Decision): void {
  const { policy, now } = decision.context;
  const { stage } = decision.state();
  if (stage !== 'open' && stage !== 'closed') return;
  for (const round of roundsOf(decision.state(), policy)) {
    const start = round[0].startedAt;
    let before: Deadline | undefined;
    for (const months of followUpMonths) {
      const known = deadlineOf(decision.state(), round, months);
      if (known?.status === 'open' && isAfter(known.start, start)) beganEarlier(decision, known, start, true);
      const isTurn = before?.status !== 'open' || !isAfter(opensAt(start, months), now);
      before = known ?? before;
      if (known || leftAt(round, months).length === 0) continue;
      if (isTurn) openDeadline(decision, ruleOfReview[months], { start, quiet: true });
      break;
    }
  }
}

/** After an outcome was recorded at `at` (UTC). A review that has all its outcomes is done, and the next one opens. */
export function followOutcome(decision: Decision, months: FollowUpMonths, at: string): void {
  const { policy } = decision.context;
  for (const round of roundsOf(decision.state(), policy)) {
    const review = deadlineOf(decision.state(), round, months);
    if (review?.status === 'open' && leftAt(round, months).length === 0)
      markKept(decision, `outcome-after-${months}-months`, at, undefined, review.start);
  }
  followReviews(decision);
}
