/** What running referrals would become under another policy. The migration is tried on each, and no result is kept. */
import { beginDecision } from '../core/decision.ts';
import { eligibilityInputs, proposeEligibility } from '../eligibility/eligibility.ts';
import * as steps from '../pathway/steps.ts';
import type { Referral } from '../referral.ts';
import { currentScreening } from '../screening/current-screening.ts';
import { formatInstant } from './due.ts';
import { lawLost, migrate } from './migration.ts';
import { findRule, type Policy } from './policy.ts';
import { timeWords } from './rule-words.ts';

/** A deadline that would differ. `dueNow` is null where it would open, `dueThen` where it would end; UTC instants. */
interface DeadlineChange {
  readonly id: string;
  readonly rule: string;
  readonly dueNow: string | null;
  readonly dueThen: string | null;
}

/** The proposed outcome, where it would differ or cannot be known. */
interface OutcomeChange {
  readonly outcomeNow: string;
  /** One outcome, or each that the child's possible birthdays allow. */
  readonly outcomesThen: readonly string[];
  /** True where the date of birth decides: it is in the vault, and not read here. */
  readonly dependsOnBirthDate: boolean;
}

export interface Preview {
  readonly referral: string;
  /** The version that the referral is under. */
  readonly policy: string;
  /** Why the referral cannot be moved to the other policy, in one sentence. */
  readonly hindrance?: string;
  readonly deadlines: readonly DeadlineChange[];
  readonly eligibility?: OutcomeChange;
}

const functionOf = { kind: 'function', id: 'preview' } as const;

/**
 * The whole years a child may have on the day of `now`. With a date of birth in the vault, the report holds the years
 * of its own day.
 */
function possibleYears({ child, report: { receivedAt } }: Referral, now: string): readonly (number | undefined)[] {
  if (child.age.known !== 'exact') return [undefined];
  const since = Math.max(0, Math.floor((Date.parse(now) - Date.parse(receivedAt)) / (365.2425 * 86_400_000)));
  return [child.age.years + since, child.age.years + since + 1];
}

function outcomeUnder(state: Referral, to: Policy, now: string): OutcomeChange | undefined {
  const screening = currentScreening(state);
  // A person's decision stands.
  if (!screening || !state.eligibility.proposal || state.eligibility.decision) return undefined;
  const proposed = possibleYears(state, now).map(
    (years) => proposeEligibility(eligibilityInputs(state, screening.outcome, years), to).outcome,
  );
  const outcomesThen = [...new Set(proposed)];
  const { outcome: outcomeNow } = state.eligibility.proposal;
  return outcomesThen.length === 1 && outcomesThen[0] === outcomeNow
    ? undefined
    : { outcomeNow, outcomesThen, dependsOnBirthDate: outcomesThen.length > 1 };
}

/** Every deadline whose due instant changes by the migration and the pathway's steps after it. */
function deadlinesUnder(state: Referral, from: Policy, to: Policy, now: string): readonly DeadlineChange[] {
  const migrated = beginDecision(state, { now, policy: from, actor: functionOf });
  migrate(migrated, to, '');
  const after = beginDecision(migrated.state(), { now, policy: to, actor: functionOf });
  if (currentScreening(state) && after.state().pathway.screening === 0) {
    steps.propose(after, undefined);
    for (const step of [
      steps.inviteMdt,
      steps.openServices,
      steps.openPreventionServices,
      steps.openRescreening,
      steps.openSignOff,
    ]) {
      step(after);
    }
  }
  const openDue = ({ deadlines }: Referral, id: string) =>
    deadlines[id]?.status === 'open' ? deadlines[id].due : null;
  return Object.values(after.state().deadlines)
    .map(({ id, rule }) => ({ id, rule, dueNow: openDue(state, id), dueThen: openDue(after.state(), id) }))
    .filter(({ dueNow, dueThen }) => dueNow !== dueThen);
}

/**
 * What would differ for an open referral under `from`. Undefined where nothing would. `now` is a UTC instant. A child's
 * date of birth is not known here.
 */
export function previewOf(state: Referral, from: Policy, to: Policy, now: string): Preview | undefined {
  if (state.stage !== 'open' || from.version === to.version) return undefined;
  const head = { referral: state.id, policy: from.version };
  const [lost] = lawLost(state, from, to);
  if (lost) {
    const hindrance = `${lost.id} is open and law (${lost.source}), and ${to.version} does not run it as law.`;
    return { ...head, hindrance, deadlines: [] };
  }
  const deadlines = deadlinesUnder(state, from, to, now);
  const eligibility = outcomeUnder(state, to, now);
  return deadlines.length === 0 && !eligibility
    ? undefined
    : { ...head, deadlines, ...(eligibility && { eligibility }) };
}

/**
 * The clocks of a new referral that `to` drops or changes against `from`, one sentence each. A version starts with new
 * referrals, whether or not running ones would differ.
 */
export const forNewReferrals = (from: Policy, to: Policy): readonly string[] =>
  from.deadlines.flatMap((rule) => {
    const then = findRule(to, rule.id);
    if (!then) return [`${rule.id} (${rule.obligation}) is gone.`];
    const [was, is] = [timeWords(rule), timeWords(then)];
    return was === is ? [] : [`${rule.id}: ${was}; then ${is}.`];
  });

const dueWords = (due: string | null, otherwise: string) => (due === null ? otherwise : formatInstant(due));

/** The text of `runningText`, and below it that of `forNewReferrals`. */
export const previewText = (
  previews: readonly Preview[],
  looked: number,
  version: string,
  anew: readonly string[] = [],
): string =>
  [
    runningText(previews, looked, version),
    ...(anew.length > 0 ? ['', `A new referral under ${version}:`, ...anew.map((line) => `  ${line}`)] : []),
  ].join('\n');

/** One line for each difference, under a line for each referral. `looked` is how many referrals run. */
function runningText(previews: readonly Preview[], looked: number, version: string): string {
  const of = `${looked} running ${looked === 1 ? 'referral' : 'referrals'}`;
  if (previews.length === 0) return `Nothing would differ under ${version}, for ${of}.`;
  return [
    `${previews.length} of ${of} would differ under ${version}.`,
    ...previews.flatMap(({ referral, policy, hindrance, deadlines, eligibility }) => [
      '',
      `${referral}, now under ${policy}`,
      ...(hindrance === undefined ? [] : [`  Cannot be brought under it: ${hindrance}`]),
      ...deadlines.map(
        ({ rule, dueNow, dueThen }) =>
          `  ${rule.padEnd(5)} ${dueWords(dueNow, 'not running')} -> ${dueWords(dueThen, 'ends')}`,
      ),
      ...(eligibility
        ? [
            `  Eligibility ${eligibility.outcomeNow} -> ${eligibility.outcomesThen.join(' or ')}${eligibility.dependsOnBirthDate ? ' (depends on the date of birth, which is not read)' : ''}`,
          ]
        : []),
    ]),
  ].join('\n');
}
