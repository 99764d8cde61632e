/** What an operator is given: a runbook for each alarm, the dashboard, the service level, the budget. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../infra/app.ts';
import { createBudget } from '../../infra/constructs/budget.ts';
import { readSettings } from '../../infra/constructs/settings.ts';
import { readTemplate, type Template } from '../../infra/local/template/template.ts';
import { metricsOfDashboard } from '../bench/costs.ts';
import { freeDashboards } from '../bench/prices.ts';
import { makeFolder, writeHandlers } from './trivial-handlers.ts';

interface Raw {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

let resources: Readonly<Record<string, Raw>>;
let template: Template;
beforeAll(() => {
  const [functionsFolder, outFolder] = [makeFolder(), makeFolder()];
  writeHandlers(functionsFolder);
  process.env.CDK_VALIDATION = 'false';
  createApp({ context: {}, outFolder, functionsFolder }).synth();
  resources = JSON.parse(readFileSync(join(outFolder, 'Careline.template.json'), 'utf8')).Resources;
  template = readTemplate(outFolder);
});

const ofType = (type: string) => Object.entries(resources).filter(([, { Type }]) => Type === type);

describe('each alarm', () => {
  const project = (file: string) => new URL(`../../${file}`, import.meta.url);
  const slugOf = (heading: string) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .trim()
      .replaceAll(/\s+/g, '-');
  /** The sections of a runbook, by the word that a link to them ends with. */
  const sectionsOf = (text: string) =>
    new Map(
      text
        .split(/^## /m)
        .slice(1)
        .map((section) => [slugOf(section.split('\n', 1)[0] ?? ''), section] as const),
    );

  test('names a section of a runbook that says what it means, what to do, and when it is over', () => {
    const alarms = ofType('AWS::CloudWatch::Alarm');
    expect(alarms.length).toBeGreaterThan(20);
    for (const [id, { Properties }] of alarms) {
      const text = String(Properties.AlarmDescription);
      const [, file = '', section = ''] = / Runbook: (docs\/runbooks\/[\w-]+\.md)#([\w-]+)$/.exec(text) ?? [];
      expect([id, file]).not.toEqual([id, '']);
      const found = sectionsOf(readFileSync(project(file), 'utf8')).get(section) ?? '';
      for (const part of ['**What it means.**', '**What to do.**', '**It is over when**']) {
        expect(`${id} ${section}: ${found}`).toContain(part);
      }
      const kind = id.replace(/Alarm[0-9A-F]{8}$/, '');
      expect(text.length).toBeLessThanOrEqual(1024);
      // The section tells by which names its alarms come.
      const named = [...found.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
      expect([
        kind,
        named.some((name) => kind === name || (name.startsWith('X') && kind.match(`${name.slice(1)}$`))),
      ]).toEqual([kind, true]);
    }
  });
});

describe('the dashboards', () => {
  const dashboards = () => ofType('AWS::CloudWatch::Dashboard');
  const body = () => JSON.stringify(dashboards().map(([, { Properties }]) => Properties.DashboardBody));
  test.each([
    ['stages', 'ReferralOpened'],
    ['stages', 'EligibilityDecided'],
    ['overdue clocks', 'RUNNING_SUM'],
    ['the life of mail', 'UrgentMailLate'],
    ['mail at SES', 'Reputation.BounceRate'],
    ['lost runs', 'RunLost'],
    ['throttles', 'WriteThrottleEvents'],
    ['refused requests', 'TablesThrottled'],
    ['cost', 'EstimatedCharges'],
    ['what drives cost', 'ConsumedWriteCapacityUnits'],
  ])('shows %s: %s', (_, metric) => {
    expect(body()).toContain(metric);
  });

  test('are three of at most fifty metrics each, which cost nothing', () => {
    const shown = template.ofType('AWS::CloudWatch::Dashboard');
    expect(shown.map(({ properties }) => properties.DashboardName)).toEqual([
      'local-careline',
      'local-careline-reads',
      'local-careline-writes',
    ]);
    for (const each of shown) {
      const count = metricsOfDashboard(each);
      expect([each.logicalId, count > 40 && count <= freeDashboards.metrics]).toEqual([each.logicalId, true]);
    }
    expect(shown.length).toBe(freeDashboards.count);
  });

  test('show what each table and each index was refused, where DynamoDB counts it: by table and index', () => {
    const shown = template
      .ofType('AWS::CloudWatch::Dashboard')
      .map(({ properties }) => String(properties.DashboardBody));
    const metrics = [...shown.join('').matchAll(/\["AWS\/DynamoDB",("\w+ThrottleEvents"(?:,"[^"]+")+)/g)].map(
      ([, each]) => each,
    );
    const expected = template.ofType('AWS::DynamoDB::Table').flatMap(({ name, properties }) => {
      const indexes = (properties.GlobalSecondaryIndexes ?? []) as readonly { readonly IndexName: string }[];
      const places = ['', ...indexes.map(({ IndexName }) => `"GlobalSecondaryIndexName","${IndexName}",`)];
      return ['Read', 'Write'].flatMap((what) =>
        places.map((index) => `"${what}ThrottleEvents",${index}"TableName","${name}"`),
      );
    });
    expect(metrics.sort()).toEqual(expected.sort());
  });

  test('has each own metric by the service alone, so that no id is a dimension and none costs more than once', () => {
    const text = body().replaceAll('\\"', '"');
    const own = [...text.matchAll(/\["Careline","(\w+)",([^\]{]*)/g)].map(([, , dimensions = '']) => dimensions);
    expect(own.length).toBeGreaterThan(10);
    for (const dimensions of own) expect(dimensions).toMatch(/^"service","careline",?$/);
  });
});

describe('the service level', () => {
  test.each([
    ['UrgentMailFastBurn', 3600, 0.0144, 2],
    ['UrgentMailSlowBurn', 86_400, 0.003, 1],
  ])('%s looks at %i seconds', (id, Period, threshold, least) => {
    const [, alarm] = ofType('AWS::CloudWatch::Alarm').find(([name]) => name.startsWith(id)) ?? [];
    expect(alarm?.Properties.Threshold).toBeCloseTo(threshold);
    const [share, ...metrics] = (alarm?.Properties.Metrics ?? []) as readonly {
      Expression?: string;
      MetricStat?: object;
    }[];
    expect(share?.Expression).toBe(`IF(FILL(late, 0) >= ${least} AND FILL(sent, 0) > 0, late / sent, 0)`);
    for (const { MetricStat } of metrics) expect(MetricStat).toMatchObject({ Period, Stat: 'Sum' });
  });
});

describe('the budget', () => {
  const oncallEmail = 'oncall@careline.example';
  const budgetWith = (given: Readonly<Record<string, string>>) => readSettings(new App({ context: given }).node).budget;

  test('is none without an amount', () => {
    expect(budgetWith({ oncallEmail })).toBeUndefined();
    expect(ofType('AWS::Budgets::Budget')).toEqual([]);
  });

  test('has the amount a month, and mails its own address or that of the alarms', () => {
    expect(budgetWith({ oncallEmail, budgetAmount: '150' })).toEqual({ amount: 150, email: oncallEmail });
    const own = { budgetAmount: '99.50', budgetEmail: 'money@careline.example' };
    expect(budgetWith({ oncallEmail, ...own })).toEqual({ amount: 99.5, email: 'money@careline.example' });
  });

  test.each(['0', '0.00', '-5', 'a lot', '1e3', '100 USD', '9999999999'])(
    'an amount of "%s" is refused',
    (budgetAmount) => {
      expect(() => budgetWith({ oncallEmail, budgetAmount })).toThrow(
        `The setting "budgetAmount" is "${budgetAmount}"; it must be US dollars a month, such as 100.`,
      );
    },
  );

  test('without an address is refused', () => {
    expect(() => budgetWith({ budgetAmount: '100' })).toThrow('without "budgetEmail"');
    expect(() => budgetWith({ budgetAmount: '100', budgetEmail: 'x' })).toThrow('"budgetEmail" is "x"');
  });

  test('tells before it is used up, when it is, and when the forecast is above it', () => {
    const app = new App();
    const stack = new Stack(app, 'Any');
    createBudget(stack, { amount: 100, email: 'money@careline.example' });
    const { Resources } = app.synth().getStackByName('Any').template as { Resources: Record<string, Raw> };
    const { Budget, NotificationsWithSubscribers } = Resources.MonthlyBudget?.Properties ?? {};
    expect(Budget).toMatchObject({
      BudgetLimit: { Amount: 100, Unit: 'USD' },
      TimeUnit: 'MONTHLY',
      BudgetType: 'COST',
    });
    const told = NotificationsWithSubscribers as readonly { Notification: object; Subscribers: object[] }[];
    expect(told.map(({ Notification }) => Notification)).toMatchObject([
      { NotificationType: 'ACTUAL', Threshold: 80 },
      { NotificationType: 'ACTUAL', Threshold: 100 },
      { NotificationType: 'FORECASTED', Threshold: 100 },
    ]);
    for (const { Subscribers } of told) {
      expect(Subscribers).toEqual([{ SubscriptionType: 'EMAIL', Address: 'money@careline.example' }]);
    }
  });
});
