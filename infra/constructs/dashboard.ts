/**
 * What an operator looks at: stages, clocks, mail, runs, throttles, doors, cost. No metric names a referral. The first three
 * dashboards of an account cost nothing while each has at most fifty metrics, so there are three.
 */
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
  readonly tables: readonly Pick<DataTable, 'table' | 'indexes'>[];
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

function makeDashboard(scope: Construct, id: string, dashboardName: string, widgets: readonly IWidget[]): void {
  const dashboard = new Dashboard(scope, id, {
    dashboardName,
    defaultInterval: Duration.days(7),
    periodOverride: PeriodOverride.INHERIT,
  });
  nameExactly(dashboard, id);
  dashboard.addWidgets(...widgets);
}

/** A metric of all functions of the account and region together. */
const ofAllFunctions = (metricName: string, label: string): Metric =>
  new Metric({ namespace: 'AWS/Lambda', metricName, statistic: 'Sum', period: hour, label });

/**
 * Three dashboards. The widgets of `<stage>-careline` stand in the order in which an incident is looked at. Those of
 * `<stage>-careline-reads` and `<stage>-careline-writes` show each function and table apart.
 */
export function createDashboards(scope: Construct, { stage, machines, tables, functions }: DashboardProps): void {
  const name = `${stage}-careline`;
  const each = (make: (machine: StateMachine) => Metric) => machines.map(make);
  makeDashboard(scope, 'Dashboard', name, [
    new TextWidget({
      markdown:
        '# Careline\nWhat each alarm means, what to do, and how to know that it is over: `docs/runbooks/alarms.md`. Follow one request: `docs/runbooks/follow-a-request.md`. Which referrals are overdue: the work queue of the console. Each function and table: the dashboards `' +
        `${name}-reads\` and \`${name}-writes\`.`,
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
    graph(
      'Functions: errors and refused calls',
      [ofAllFunctions('Errors', 'errors'), ofAllFunctions('Throttles', 'refused')],
      { right: own(hour, 'TablesThrottled') },
    ),
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
    graph('Cost: what drives it', [ofAllFunctions('Invocations', 'calls of functions')]),
  ]);
  const ofEachFunction = (make: (one: LambdaFunction) => Metric) => functions.map(make);
  makeDashboard(scope, 'DashboardOfReads', `${name}-reads`, [
    graph(
      'Calls of each function',
      ofEachFunction((one) => one.metricInvocations({ period: hour, label: one.node.id })),
    ),
    ...ofTables(tables, 'Read'),
  ]);
  makeDashboard(scope, 'DashboardOfWrites', `${name}-writes`, [
    graph(
      'Errors of each function',
      ofEachFunction((one) => one.metricErrors({ period: hour, label: one.node.id })),
    ),
    ...ofTables(tables, 'Write'),
  ]);
}

/** The units of each table, and what each table and each index was refused. */
function ofTables(tables: DashboardProps['tables'], what: 'Read' | 'Write'): readonly IWidget[] {
  const metric = (
    { table }: DashboardProps['tables'][number],
    metricName: string,
    label: string,
    more: Readonly<Record<string, string>> = {},
  ) =>
    table.metric(metricName, {
      period: hour,
      statistic: 'Sum',
      label,
      dimensionsMap: { TableName: table.tableName, ...more },
    });
  const refused = `${what}ThrottleEvents`;
  return [
    graph(
      `${what} units of each table, which drive the cost`,
      tables.map((each) => metric(each, `Consumed${what}CapacityUnits`, each.table.node.id)),
    ),
    graph(
      `${what}s refused: each table`,
      tables.map((each) => metric(each, refused, each.table.node.id)),
    ),
    graph(
      `${what}s refused: each index`,
      // DynamoDB counts them by table and index together, and not for the table.
      tables.flatMap((each) =>
        each.indexes.map((index) =>
          metric(each, refused, `${each.table.node.id} ${index}`, { GlobalSecondaryIndexName: index }),
        ),
      ),
    ),
  ];
}

/** The name of the one API in the stack is that of its construct. */
const doorOf = (stage: string) => ({ ApiName: 'WebDoor', Stage: stage });
