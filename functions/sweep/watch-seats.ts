/** Seats of teams: vacancies that a person can fill, silent holders, invitations that arrived nowhere, gaps of rosters. */
import { stillHere } from '../../shared/application/access/still-here.ts';
import { beginDecision } from '../../shared/domain/core/decision.ts';
import { drawRoster } from '../../shared/domain/pathway/steps.ts';
import { policyInForce } from '../../shared/domain/policy/in-force.ts';
import type { Policy } from '../../shared/domain/policy/policy.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import { membersOf } from '../../shared/domain/team/roster.ts';
import { gapsIn, lookedAt } from '../../shared/domain/team/roster-gaps.ts';
import { seatsNotReached, tellOfSeatsNotReached } from '../../shared/domain/team/seat-reach.ts';
import { askDeputies, silentDeputies } from '../../shared/domain/team/seat-silence.ts';
import type { Directory } from '../../shared/store/directory-reads.ts';
import type { CommitContext, Ledger } from '../../shared/store/ledger.ts';

export interface SeatWatchParts {
  readonly ledger: Pick<Ledger, 'changeReferral' | 'changeRoster' | 'shifts'>;
  readonly directory: Pick<Directory, 'seats' | 'people'>;
  readonly countSeatsNotReached: (seats: number) => void;
}

/** Whether the team of this referral may need something as time passes. */
export const hasOpenSeats = ({ stage, team: { vacant, seats } }: Referral): boolean =>
  stage === 'open' && (vacant.length > 0 || seats.some(({ answered }) => answered === undefined));

/** Fills vacant seats, asks deputies of silent ones, and tells the coordinator of invitations that arrived nowhere. */
export async function watchSeats(
  parts: SeatWatchParts,
  state: Referral,
  policy: Policy,
  context: CommitContext,
): Promise<void> {
  await fillVacancies(parts, state, context);
  await askSilent(parts, state, policy, context);
  await tellOfSeats(parts, state, policy, context);
}

/** A newly named person takes a vacant seat, and is asked. The pathway may have no further step that does so. */
async function fillVacancies(
  { ledger, directory }: SeatWatchParts,
  state: Referral,
  commitContext: CommitContext,
): Promise<void> {
  const {
    team: { id: team, vacant },
  } = state;
  if (state.stage !== 'open' || team === undefined || vacant.length === 0 || state.places.routing?.team !== team)
    return;
  const members = membersOf(await directory.seats(team));
  await ledger.changeReferral(state.id, commitContext, (current, context) => {
    if (!current) return [];
    const decision = beginDecision(current, context);
    drawRoster(decision, team, members);
    return decision.events();
  });
}

/** The deputies of seats without an answer for the time that the policy gives. */
async function askSilent(
  { ledger }: SeatWatchParts,
  state: Referral,
  policy: Policy,
  commitContext: CommitContext,
): Promise<void> {
  if (silentDeputies(state, policy, commitContext.now).length === 0) return;
  await ledger.changeReferral(state.id, commitContext, (current, context) => {
    if (!current) return [];
    const decision = beginDecision(current, context);
    askDeputies(decision);
    return decision.events();
  });
}

/** Tells the coordinator of seats that nothing shows as reached, and counts them. */
async function tellOfSeats(
  { ledger, countSeatsNotReached }: SeatWatchParts,
  state: Referral,
  policy: Policy,
  commitContext: CommitContext,
): Promise<void> {
  if (seatsNotReached(state, policy, commitContext.now).length === 0) return;
  // The coordinator may have been told meanwhile.
  let seats = 0;
  await ledger.changeReferral(state.id, commitContext, (current, context) => {
    seats = 0;
    if (!current) return [];
    const decision = beginDecision(current, context);
    seats = tellOfSeatsNotReached(decision);
    return decision.events();
  });
  if (seats > 0) countSeatsNotReached(seats);
}

/** One team an hour, so each has its turn within a day, even without a referral. */
const roundsOfTeam = 12;

/** Notes the gaps in the rosters of the teams whose turn is in these rounds. `context.now` is a UTC instant. */
export async function watchRoster(
  { ledger, directory }: SeatWatchParts,
  released: readonly [Policy, ...Policy[]],
  context: CommitContext,
  rounds: readonly number[],
): Promise<void> {
  const { geography, requiredDisciplines } = policyInForce(released, context.now);
  const { teams } = geography;
  for (const round of rounds.filter((each) => each % roundsOfTeam === 0)) {
    const team = teams[(round / roundsOfTeam) % teams.length];
    if (!team) continue;
    const seats = await directory.seats(team.id);
    const seated = await directory.people(seats.map(({ personId }) => personId));
    const here = await stillHere(ledger, seated);
    const people = new Map(here.map((person) => [person.id, person]));
    const found = gapsIn(seats, requiredDisciplines, (id) => people.get(id), context.now);
    await ledger.changeRoster(team.id, context, (open) => lookedAt(open, found));
  }
}
