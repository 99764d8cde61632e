/**
 * Writes `test/fixtures/frozen-v1.json`: `node test/support/write-frozen-shapes.ts`. It adds new events and new policies, and
 * never writes over an older entry. Before the first deployment, a shape may still change: delete the file first.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { released } from '../../shared/policy/policies.ts';
import { frozenEvents, frozenFile, frozenPolicy } from './frozen-shapes.ts';

const before = existsSync(frozenFile)
  ? (JSON.parse(readFileSync(frozenFile, 'utf8')) as { events: object; policies: object })
  : { events: {}, policies: {} };
const policies = Object.fromEntries(released.map((policy) => [policy.version, frozenPolicy(policy)]));
const frozen = { events: { ...frozenEvents(), ...before.events }, policies: { ...policies, ...before.policies } };
writeFileSync(frozenFile, `${JSON.stringify(frozen, undefined, 2)}\n`);
