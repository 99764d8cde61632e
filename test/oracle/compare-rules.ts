/** Compares which rules there are, which are law, and how loud their alarms are. */
import type { Policy } from '../../shared/domain/policy/policy.ts';
import { RULES } from './rules.ts';

export type RuleDifference = { readonly on: string; readonly oracle: string; readonly product: string };

export function compareRules(policy: Policy): readonly RuleDifference[] {
  const found: RuleDifference[] = [];
  const ids = new Set([...Object.keys(RULES), ...policy.deadlines.map(({ id }) => id)]);
  for (const id of ids) {
    const oracle = RULES[id];
    const product = policy.deadlines.find((rule) => rule.id === id);
    const said = (holds: unknown) => (holds ? 'a rule' : 'none');
    if (!oracle || !product) found.push({ on: id, oracle: said(oracle), product: said(product) });
    else {
      const kind = product.kind === 'statute' ? 'law' : 'policy';
      if (kind !== oracle.kind) found.push({ on: `${id}, kind`, oracle: oracle.kind, product: kind });
      if (oracle.alarm !== undefined && oracle.alarm !== product.alarm.class)
        found.push({ on: `${id}, alarm`, oracle: oracle.alarm, product: product.alarm.class });
    }
  }
  return found;
}
