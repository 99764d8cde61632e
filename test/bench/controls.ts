/** The security controls of the stack: what each is for, whether it is on, and its price. docs/controls.md tells them. */
import { acceptedRules } from '../../infra/constructs/accepted-rules.ts';
import { dollarsFor, hoursOfMonth, pricesAsOf, pricesRegion } from './prices.ts';

/** What the prices are counted for: a month of one deployment. */
const size = { referrals: 1000, people: 400, gigabytes: 1, foreignReads: 1000 };

/** Calls of the tables of ledger and vault for one confirmed referral, as docs/bench.md counts their units. */
const tableCallsAReferral = 4000;

/** Its own chain, those of its mail, and that of its reads. */
const chainsAReferral = 30;

interface Control {
  readonly name: string;
  /** `on`, or the setting that switches it on. `left out`: there is no such setting. */
  readonly state: string;
  readonly protects: string;
  /** Dollars a month for the size above. */
  readonly dollars: number;
}

const keys = (count: number) => dollarsFor('kms-key', count);
const copies = (count: number) => dollarsFor('backup-warm', count * size.gigabytes);

export const controls: readonly Control[] = [
  {
    name: 'Keys of one table each: ledger, vault, directory',
    state: 'on',
    protects: 'A role that may read one of them cannot read the others, and a disabled key ends all reading.',
    dollars: keys(3),
  },
  {
    name: 'Two keys of codes on commits',
    state: 'on',
    protects: 'A role that can write to the ledger cannot forge a commit.',
    dollars: keys(2),
  },
  {
    name: 'One key of codes on entries of the directory',
    state: 'on',
    protects: 'A role that can write to the directory gives no one a role, a duty, a seat or another address.',
    dollars: keys(1),
  },
  {
    name: 'Anchors: signed roots of all chains, locked for years, and mailed to two witnesses',
    state: 'on',
    protects: 'A role that can write to every table cannot change a record unseen, nor restore an older one.',
    dollars:
      keys(1) +
      dollarsFor('kms-signature', 2 * hoursOfMonth) +
      dollarsFor('alarm-metric', 1) +
      dollarsFor('ses-mail', 2 * hoursOfMonth) +
      dollarsFor('s3-put', hoursOfMonth) +
      // Each hour looks at each anchored head, for half a unit. A confirmed referral has about thirty chains.
      dollarsFor('dynamodb-read-unit', (hoursOfMonth * size.referrals * chainsAReferral) / 2),
  },
  {
    name: 'A key that wraps the keys of vault content',
    state: 'on',
    protects: 'A role that can read the vault or a copy of it reads nothing. What is erased is gone in copies too.',
    dollars: keys(1),
  },
  {
    name: 'One key for working tables, logs, news of mail and records',
    state: 'on',
    protects: 'What holds ids and codes alone is encrypted too, and one key may be disabled.',
    dollars: keys(1),
  },
  {
    name: 'Point-in-time recovery of every table',
    state: 'on',
    protects: 'Each second of the last 35 days can be restored after a fault or a wrong deletion.',
    dollars: dollarsFor('dynamodb-point-in-time', size.gigabytes),
  },
  {
    name: 'Copies in locked vaults: weekly for 35 days, ledger and directory also monthly for a year',
    state: 'on',
    protects: 'A role that can delete tables cannot delete the copies. No copy of an identity is older than 35 days.',
    dollars: copies(5) + copies(12),
  },
  {
    name: 'Trail of every read and write of each table by all but the functions, with an alarm',
    state: 'on',
    protects: 'An insider who looks into the tables is named within minutes, and cannot remove the record for a year.',
    dollars:
      dollarsFor('trail-data-event', size.foreignReads) + dollarsFor('own-metric', 1) + dollarsFor('alarm-metric', 1),
  },
  {
    name: 'The same trail for what the functions do',
    state: 'trailOfFunctions=on',
    protects:
      'A compromised function leaves a second record. The ledger has the first: each read of a child is a commit.',
    dollars: dollarsFor('trail-data-event', size.referrals * tableCallsAReferral),
  },
  {
    name: 'A web ACL at the gateway: two rates for each address, and two groups of rules of AWS',
    state: 'on',
    protects:
      'A flood from one address, common attacks, and addresses of ill repute end before a function runs. Reports are let in, but for a flood.',
    dollars: dollarsFor('waf-acl', 1) + dollarsFor('waf-rule', 4),
  },
  {
    name: 'The group AWSManagedRulesSQLiRuleSet of the web ACL',
    state: 'left out',
    protects:
      'It would stop SQL in addresses and queries. Nothing here speaks SQL: DynamoDB takes typed keys and values.',
    dollars: dollarsFor('waf-rule', 1),
  },
  {
    name: 'The group AWSManagedRulesKnownBadInputsRuleSet of the web ACL',
    state: 'left out',
    protects:
      'It would stop attacks on Log4j, on what Java reads as objects, on servers of React, and on files of other products. None of these is here.',
    dollars: dollarsFor('waf-rule', 1),
  },
  {
    name: 'Changes of the control plane: code, roles, keys, rules, alarms, the trail',
    state: 'on',
    protects:
      'A change by anyone but a deployment, and each change of a key, is an alarm within minutes. The first trail of changes is free.',
    dollars: 2 * dollarsFor('own-metric', 1) + 2 * dollarsFor('alarm-metric', 1),
  },
  {
    name: 'Threat protection of the user pool',
    state: 'threatProtection=on',
    protects: 'Stolen passwords and unusual sign-ins are refused. A one-time code is required of everyone without it.',
    dollars: dollarsFor('cognito-plus', size.people),
  },
  {
    name: 'Reserved places for functions',
    state: 'on where the account has room',
    protects: 'A flood at the doors starves no clock and no mail. It needs an account that runs 500 functions at once.',
    dollars: 0,
  },
  {
    name: 'Deletion protection of tables, people and stack',
    state: 'on from the second run',
    protects: 'No person deletes them by mistake.',
    dollars: 0,
  },
  {
    name: 'A network of its own for the functions, with one gateway to the outside',
    state: 'left out',
    protects: acceptedRules.LambdaInsideVPC.reason,
    dollars: dollarsFor('nat-gateway', hoursOfMonth),
  },
  {
    name: 'A cache of the gateway',
    state: 'left out',
    protects: acceptedRules.APIGWCacheEnabledAndEncrypted.reason,
    dollars: dollarsFor('gateway-cache', hoursOfMonth),
  },
];

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** The page: controls with their prices, then every accepted finding by pack, rule and resource. */
export function controlsPage(accepted: readonly { readonly id: string; readonly path: string }[]): string {
  const ids = [...new Set(accepted.map(({ id }) => id))].sort();
  const reasons: Readonly<Record<string, { readonly reason: string }>> = acceptedRules;
  const reasonOf = (id: string) => reasons[id.slice(id.lastIndexOf('-') + 1)]?.reason ?? '';
  return [
    '# Security controls, their prices, and what is accepted',
    '',
    'Generated from `test/bench/controls.ts` and the stack. Write it anew with `npx vitest run --config test/vitest.config.ts',
    'test/infra/nag.test.ts --update`. Why a control is on or off is in [decision 31](decisions/031-controls-and-their-price.md).',
    '',
    `Prices are of ${pricesAsOf} in ${pricesRegion}, for ${size.referrals} referrals a month, ${size.people} people and ${size.gigabytes} GB in the tables.`,
    '',
    row(['Control', 'State', 'Dollars a month', 'What it protects, or why it is left out']),
    row(['---', '---', '---:', '---']),
    ...controls.map(({ name, state, protects, dollars }) => row([name, `\`${state}\``, dollars.toFixed(2), protects])),
    '',
    '## Accepted findings of cdk-nag',
    '',
    'Five packs look at the template: AwsSolutions, Serverless, HIPAA.Security, NIST.800-53.R5 and PCI.DSS.321. Each finding is',
    'mended or accepted with a reason. Those of the first two are in `infra/constructs/accepted-findings.ts`. These are of the',
    'other three. A new one fails the suite.',
    '',
    ...ids.flatMap((id) => [
      `### ${id}`,
      '',
      reasonOf(id),
      '',
      ...accepted.filter((each) => each.id === id).map(({ path }) => `- \`${path}\``),
      '',
    ]),
  ].join('\n');
}
