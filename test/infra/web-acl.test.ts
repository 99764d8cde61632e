/**
 * The web ACL, evaluated as AWS WAF documents it: rules by priority, scope-down statements, overrides. What each rule
 * of a managed group finds is AWS's secret. So the rules that read bodies are taken to find everything.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Assembly, readAssembly } from './assembly.ts';

interface Statement {
  readonly NotStatement?: { readonly Statement: Statement };
  readonly RegexMatchStatement?: { readonly RegexString: string };
  readonly RateBasedStatement?: { readonly Limit: number; readonly ScopeDownStatement?: Statement };
  readonly ManagedRuleGroupStatement?: {
    readonly Name: string;
    readonly RuleActionOverrides: readonly { readonly Name: string; readonly ActionToUse: object }[];
    readonly ScopeDownStatement?: Statement;
  };
}
interface Rule {
  readonly Name: string;
  readonly Priority: number;
  readonly Action?: { readonly Block?: object; readonly Count?: object };
  readonly OverrideAction?: { readonly None?: object };
  readonly Statement: Statement;
}
interface Sent {
  readonly path: string;
  readonly body?: string;
  readonly query?: string;
  /** Requests of the same address in the last five minutes. */
  readonly before?: number;
}

/** Each rule that AWS lists and that a person's request could meet, with what it is taken to find. */
const managed: Readonly<Record<string, Readonly<Record<string, (sent: Sent) => boolean>>>> = {
  AWSManagedRulesCommonRuleSet: {
    SizeRestrictions_BODY: ({ body = '' }) => body.length > 8192,
    EC2MetaDataSSRF_BODY: ({ body }) => body !== undefined,
    GenericLFI_BODY: ({ body }) => body !== undefined,
    GenericRFI_BODY: ({ body }) => body !== undefined,
    CrossSiteScripting_BODY: ({ body }) => body !== undefined,
    GenericLFI_QUERYARGUMENTS: ({ query = '' }) => query.includes('../'),
    SizeRestrictions_QUERYSTRING: ({ query = '' }) => query.length > 2048,
  },
  AWSManagedRulesAmazonIpReputationList: { AWSManagedIPReputationList: () => true },
};

let assembly: Assembly;
let rules: readonly Rule[];
beforeAll(async () => {
  assembly = await readAssembly();
  rules = (assembly.named('WebDoorAcl').properties.Rules as Rule[]).toSorted(
    (one, other) => one.Priority - other.Priority,
  );
});

/** What the web ACL does with a request: the rule that blocks it, and those that counted. `without`: groups left out. */
function evaluate(sent: Sent, without: readonly string[] = []) {
  const counted: string[] = [];
  const matches = (statement: Statement): boolean => {
    if (statement.NotStatement) return !matches(statement.NotStatement.Statement);
    if (statement.RegexMatchStatement) return new RegExp(statement.RegexMatchStatement.RegexString).test(sent.path);
    if (statement.RateBasedStatement) {
      const { Limit, ScopeDownStatement } = statement.RateBasedStatement;
      return (ScopeDownStatement === undefined || matches(ScopeDownStatement)) && (sent.before ?? 0) > Limit;
    }
    throw new Error(`This statement is not evaluated here: ${Object.keys(statement)}`);
  };
  for (const { Name, Action, OverrideAction, Statement } of rules) {
    const group = Statement.ManagedRuleGroupStatement;
    if (group) {
      if (!OverrideAction?.None) throw new Error(`${Name} overrides the action of the whole group.`);
      if (without.includes(group.Name)) continue;
      if (group.ScopeDownStatement && !matches(group.ScopeDownStatement)) continue;
      const known = managed[group.Name];
      if (!known) throw new Error(`The group ${group.Name} is not known here.`);
      for (const [rule, finds] of Object.entries(known)) {
        if (!finds(sent)) continue;
        const override = group.RuleActionOverrides.find((each) => each.Name === rule)?.ActionToUse;
        if (override === undefined) return { blockedBy: rule, counted };
        if (!('Count' in override)) throw new Error(`${rule} is overridden by ${JSON.stringify(override)}.`);
        counted.push(rule);
      }
    } else if (matches(Statement)) {
      if (Action?.Block) return { blockedBy: Name, counted };
      counted.push(Name);
    }
  }
  return { blockedBy: undefined, counted };
}

const ipList = 'AWSManagedRulesAmazonIpReputationList';
const sqlWords =
  "narrative=She said: SELECT * FROM users; DROP TABLE children; ' OR '1'='1' -- UNION SELECT <script>alert(1)</script> ../../etc/passwd http://169.254.169.254/ $" +
  '{jndi:ldap://x}';
const forReports = [
  '/reports',
  '/drafts/save',
  '/api/v1/reports',
  '/api/v1/drafts',
  '/training/reports',
  '/training/api/v1/reports',
];

describe('the web ACL', () => {
  test.each(forReports)('blocks no report at %s: not for its size, its words or its address', (path) => {
    for (const body of [`narrative=${'A long narrative. '.repeat(11_500)}`, sqlWords]) {
      const { blockedBy, counted } = evaluate({ path, body, before: 40_000 });
      expect(blockedBy).toBeUndefined();
      expect(counted).toEqual(expect.arrayContaining(['GenericLFI_BODY', 'CrossSiteScripting_BODY']));
    }
    // A flood would use up the places of the functions that take reports.
    expect(evaluate({ path, before: 40_001 }).blockedBy).toBe('RateWithReports');
    const long = evaluate({ path, body: 'x'.repeat(200_000) });
    expect(long.counted).toContain('SizeRestrictions_BODY');
  });

  test('blocks no free text of other forms either', () => {
    const path = '/referrals/CR-7F3KD-9QXMTQ/commands/screen';
    expect(evaluate({ path, body: sqlWords + 'x'.repeat(200_000) }, [ipList]).blockedBy).toBeUndefined();
  });

  test('blocks no list for its cursor, however long', () => {
    const { blockedBy, counted } = evaluate({ path: '/api/v1/referrals', query: `cursor=${'x'.repeat(4000)}` }, [
      ipList,
    ]);
    expect(blockedBy).toBeUndefined();
    expect(counted).toEqual(['SizeRestrictions_QUERYSTRING']);
  });

  test.each<[string, Sent, string]>([
    ['a flood of one address', { path: '/sign-in', before: 10_001 }, 'RateOfOneAddress'],
    ['a path in the query', { path: '/find', query: 'reference=../../x' }, 'GenericLFI_QUERYARGUMENTS'],
  ])('blocks %s elsewhere', (_, sent, rule) => {
    expect(evaluate(sent, [ipList]).blockedBy).toBe(rule);
  });

  test('blocks addresses of ill repute where no report is entered', () => {
    expect(evaluate({ path: '/sign-in' }).blockedBy).toBe('AWSManagedIPReputationList');
    expect(evaluate({ path: '/reports' }).blockedBy).toBeUndefined();
  });

  test.each(['/reportsx', '/referrals/reports/x/y', '/api/v1/referrals', '/x/y/reports', '/'])(
    'takes %s for no place where a report is entered',
    (path) => {
      expect(evaluate({ path, before: 10_001 }, [ipList]).blockedBy).toBe('RateOfOneAddress');
      expect(evaluate({ path }).blockedBy).toBe('AWSManagedIPReputationList');
    },
  );

  test('has no rule that only looks: each costs a dollar a month', () => {
    expect(rules.map(({ Name }) => Name)).toEqual(['RateOfOneAddress', 'RateWithReports', ...Object.keys(managed)]);
  });

  test('lets each rule of a body and the one for long queries count alone, and no other', () => {
    const overrides = rules.flatMap(
      ({ Statement: { ManagedRuleGroupStatement: group } }) => group?.RuleActionOverrides ?? [],
    );
    const ofBodies = Object.values(managed).flatMap((group) =>
      Object.keys(group).filter((rule) => rule.endsWith('_BODY')),
    );
    expect(overrides.map(({ Name }) => Name).toSorted()).toEqual(
      [...ofBodies, 'SizeRestrictions_QUERYSTRING'].toSorted(),
    );
    for (const { ActionToUse } of overrides) expect(ActionToUse).toEqual({ Count: {} });
  });

  test('says in words how to go on, and stands before the stage of the web door', () => {
    const acl = assembly.named('WebDoorAcl').properties as {
      readonly Scope: string;
      readonly CustomResponseBodies: { readonly TooMany: { readonly Content: string } };
    };
    expect(acl.Scope).toBe('REGIONAL');
    expect(JSON.parse(acl.CustomResponseBodies.TooMany.Content).detail).toContain(
      'call the Careline at 1-800-842-2288',
    );
    const [association] = assembly.ofType('AWS::WAFv2::WebACLAssociation');
    expect(JSON.stringify(association?.properties.ResourceArn)).toMatch(/apigateway.*restapis.*stages/);
    expect(JSON.stringify(association?.properties.WebACLArn)).toContain('WebDoorAcl');
  });
});
