/** Compares the due instants of the product with those of the second reading. */

import { dueAt } from '../../shared/domain/policy/due.ts';
import { dueUnder } from '../../shared/domain/policy/due-under.ts';
import type { DeadlineRule, Policy } from '../../shared/domain/policy/policy.ts';
import { inNewYork } from './instants.ts';
import { type OracleRule, oracleDue, RULES, type Variant } from './rules.ts';

/** A due instant on which the two readings differ. */
export type DueDifference = {
  readonly rule: string;
  readonly variant: string;
  readonly start: string;
  readonly oracle: string;
  readonly product: string;
};

const iso = (instant: number): string => new Date(instant).toISOString().replace('.000Z', 'Z');
const dangers = ['yes', 'no', 'unknown'] as const;
const orNone = <Item>(items: readonly Item[]): readonly (Item | undefined)[] =>
  items.length === 0 ? [undefined] : items;

/** Every combination of the facts that the time of a rule depends on, in either reading. */
function variantsOf(oracle: OracleRule, rule: DeadlineRule): readonly Variant[] {
  const outcomes = [...new Set([...Object.keys(oracle.byOutcome ?? {}), ...Object.keys(rule.durationFor ?? {})])];
  const services = [
    ...new Set([...Object.keys(oracle.byService ?? {}), ...Object.keys(rule.durationForService ?? {})]),
  ];
  const variants: Variant[] = [];
  for (const danger of orNone(oracle.inDanger || rule.durationInDanger ? dangers : []))
    for (const outcome of orNone(outcomes))
      for (const service of orNone(services.length === 0 ? [] : [...services, 'education']))
        variants.push({
          ...(danger && { danger }),
          ...(outcome !== undefined && { outcome }),
          ...(service !== undefined && { service }),
        });
  return variants;
}

/** What the product says: an instant, or the sentence of its refusal. */
function productDue(policy: Policy, rule: DeadlineRule, from: string, { danger, outcome, service }: Variant): string {
  const own = Object.entries(rule.durationForService ?? {}).find(([name]) => name === service)?.[1];
  if (own !== undefined) return dueAt(from, own, policy.calendar).due;
  const answer = dueUnder(policy, { id: rule.id, from, danger, outcome });
  return 'dueAt' in answer ? answer.dueAt : answer.sentence;
}

/** The number of due instants compared, and each on which the two readings differ. */
export function compareDue(policy: Policy, starts: readonly number[]) {
  const differences: DueDifference[] = [];
  let compared = 0;
  for (const rule of policy.deadlines) {
    const oracle = RULES[rule.id];
    if (oracle === undefined) continue;
    for (const variant of variantsOf(oracle, rule)) {
      for (const start of starts) {
        const [mine, theirs] = [iso(oracleDue(oracle, start, variant)), productDue(policy, rule, iso(start), variant)];
        compared += 1;
        if (mine !== theirs)
          differences.push({
            rule: rule.id,
            variant: Object.values(variant).join(' '),
            start: inNewYork(start),
            oracle: mine,
            product: theirs,
          });
      }
    }
  }
  return { compared, differences };
}
