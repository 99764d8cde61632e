/** What an operator looks at: stages, clocks, mail, runs, throttles, doors, cost. No metric names a referral. */
import { Duration } from 'aws-cdk-lib';
import {
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  MathExpression,
  Metric,
  PeriodOverride,
  SingleValueWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { DataTable } from './data-table.ts';
import { nameExactly } from './kept-resources.ts';
import { lateShare, ownMetric } from './service-levels.ts';

export interface DashboardProps {
  readonly stage: string;
  readonly machines: readonly StateMachine[];
  readonly tables: readonly Pick<DataTable, 'table'>[];
  readonly functions: readonly LambdaFunction[];
}

const hour = Duration.hours(1);
const day = Duration.days(1);
const half = 12;

const graph = (title: string, left: readonly IMetric[], more: { readonly right?: readonly IMetric[] } = {}): IWidget =>
  new GraphWidget({ title, left: [...left], right: [...(more.right ?? [])], width: half, height: 6 });
const own = (period: Duration, ...names: readonly string[]) => names.map((name) => ownMetric(name, period));

/** Missed clocks less those of them that ended, added up over the time that the dashboard shows. */
const overdue = (): MathExpression =>
  new MathExpression({
    expression: 'RUNNING_SUM(FILL(missed, 0) - FILL(ended, 0))',
    usingMetrics: { missed: ownMetric('ClockMissed', hour), ended: ownMetric('MissedClockEnded', hour) },
    label: 'overdue since the start of the graph',
    period: hour,
  });

/** A metric that SES, the gateway or billing publishes. */
const serviceMetric = (
  namespace: string,
  metricName: string,
  period: Duration,
  statistic = 'Sum',
  dimensionsMap: Readonly<Record<string, string>> = {},
): Metric => new Metric({ namespace, metricName, period, statistic, dimensionsMap: { ...dimensionsMap } });

const sumOf = (label: string, metrics: readonly IMetric[], period: Duration): MathExpression => {
  // An id is of one metric in a whole graph, and begins with a small letter.
  const prefix = `m${label.replaceAll(/\W/g, '')}`;
  const named = Object.fromEntries(metrics.map((metric, index) => [`${prefix}${index}`, metric]));
  return new MathExpression({
    expression: `SUM([${Object.keys(named)
      .map((name) => `FILL(${name}, 0)`)
      .join(', ')}])`,
    usingMetrics: named,
    label,
    period,
  });
};

/** One dashboard, `<stage>-careline`. Its widgets stand in the order in which an incident is looked at. */
export function createDashboard(scope: Construct, { stage, machines, tables, functions }: DashboardProps): void {
  const dashboard = new Dashboard(scope, 'Dashboard', {
    dashboardName: `${stage}-careline`,
    defaultInterval: Duration.days(7),
    periodOverride: PeriodOverride.INHERIT,
  });
  nameExactly(dashboard, 'Dashboard');
  const each = (make: (machine: StateMachine) => Metric) => machines.map(make);
  const tableMetric = (metricName: string) =>
    tables.map(({ table }) => table.metric(metricName, { period: hour, statistic: 'Sum', label: table.node.id }));
  const throttled = tables.map(({ table }) =>
    sumOf(
      table.node.id,
      ['ReadThrottleEvents', 'WriteThrottleEvents'].map((name) =>
        table.metric(name, { period: hour, statistic: 'Sum', dimensionsMap: { TableName: table.tableName } }),
      ),
      hour,
    ),
  );
  dashboard.addWidgets(
    new TextWidget({
      markdown:
        '# Careline\nWhat each alarm means, what to do, and how to know that it is over: `docs/runbooks/alarms.md`. Follow one request: `docs/runbooks/follow-a-request.md`. Which referrals are overdue: the work queue of the console.',
      width: 24,
      height: 2,
    }),
    new SingleValueWidget({
      title: 'Urgent mails accepted within two minutes (30 days, goal 99.9 %)',
      metrics: [
        new MathExpression({
          expression: '100 * (1 - share)',
          usingMetrics: { share: lateShare(Duration.days(30)) },
          label: 'per cent',
          period: Duration.days(30),
        }),
      ],
      width: half,
      height: 4,
    }),
    new SingleValueWidget({
      title: 'Today',
      metrics: own(day, 'ReferralOpened', 'ClockMissed', 'AlertUnreachable', 'RunLost', 'SweepRepaired'),
      width: half,
      height: 4,
    }),
    graph(
      'Stages: referrals a day',
      own(day, 'ReferralOpened', 'ReferralScreened', 'EligibilityDecided', 'ReferralEnded'),
    ),
    graph('Clocks', own(hour, 'ClockOpened', 'ClockEnded', 'ClockMissed'), { right: [overdue()] }),
    graph('Mail', [...own(hour, 'UrgentMail', 'UrgentMailLate', 'AlertUnreachable', 'SeatNotReached', 'MailWithheld')]),
    graph(
      'Mail at SES',
      ['Send', 'Delivery', 'Bounce', 'Complaint', 'Reject'].map((name) => serviceMetric('AWS/SES', name, hour)),
      {
        right: ['Reputation.BounceRate', 'Reputation.ComplaintRate'].map((name) =>
          serviceMetric('AWS/SES', name, hour, 'Average'),
        ),
      },
    ),
    graph(
      'Runs',
      [
        ...each((machine) => machine.metricStarted({ period: hour, label: `${machine.node.id} started` })),
        ...each((machine) => machine.metricFailed({ period: hour, label: `${machine.node.id} failed` })),
        ...each((machine) => machine.metricTimedOut({ period: hour, label: `${machine.node.id} timed out` })),
        ...each((machine) => machine.metricAborted({ period: hour, label: `${machine.node.id} stopped` })),
      ],
      { right: own(hour, 'RunLost', 'SweepRepaired') },
    ),
    graph('Errors of functions', [...functions.map((one) => one.metricErrors({ period: hour, label: one.node.id }))]),
    graph('Throttles: tables', throttled, {
      right: [
        sumOf(
          'functions',
          functions.map((one) => one.metricThrottles({ period: hour })),
          hour,
        ),
      ],
    }),
    graph(
      'API and console',
      ['Count', '4XXError', '5XXError'].map((name) =>
        serviceMetric('AWS/ApiGateway', name, hour, 'Sum', doorOf(stage)),
      ),
      {
        right: ['p50', 'p99'].map((statistic) =>
          serviceMetric('AWS/ApiGateway', 'Latency', hour, statistic, doorOf(stage)),
        ),
      },
    ),
    graph('Cost: estimated charges of the month, US dollars (us-east-1, where billing alerts are on)', [
      serviceMetric('AWS/Billing', 'EstimatedCharges', Duration.hours(6), 'Maximum', { Currency: 'USD' }),
    ]),
    graph(
      'Cost: what drives it',
      [
        sumOf('read units', tableMetric('ConsumedReadCapacityUnits'), hour),
        sumOf('write units', tableMetric('ConsumedWriteCapacityUnits'), hour),
      ],
      {
        right: [
          sumOf(
            'calls of functions',
            functions.map((one) => one.metricInvocations({ period: hour })),
            hour,
          ),
          sumOf(
            'runs started',
            each((machine) => machine.metricStarted({ period: hour })),
            hour,
          ),
        ],
      },
    ),
  );
}

/** The name of the one API in the stack is that of its construct. */
const doorOf = (stage: string) => ({ ApiName: 'WebDoor', Stage: stage });
