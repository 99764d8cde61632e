/** What AWS asks: counted units times the dated prices of `test/bench/prices.ts`. What is assumed says so. */
import type { Resource, Template } from '../../infra/local/template/template.ts';
import { dollarsFor, freeDashboards, type PriceName } from './prices.ts';
import type { measureReferral } from './referral.ts';
import { watchdogs } from './watchdogs.ts';

export interface Cost {
  readonly what: string;
  /** How much of it, in words. */
  readonly amount: string;
  readonly dollars: number;
  /** A control that protects, and does no other work. */
  readonly isControl?: true;
}

const cost = (what: string, price: PriceName, amount: number, unit: string, isControl?: true): Cost => ({
  what,
  amount: `${amount.toLocaleString('en-US', { maximumFractionDigits: 1 })} ${unit}`,
  dollars: dollarsFor(price, amount),
  ...(isControl && { isControl }),
});

/** Assumed, for a warm function on arm64: it is not measured on AWS. */
const secondsOfInvocation = 0.12;
const gigabytes = 0.3;
/** Assumed of each invocation: its report and its own lines. */
const logBytes = 1500;
/**
 * Assumed: DynamoDB keeps what the key of a table told for five minutes, for each function. A round of the sweep uses four such
 * keys, and a round of a keeper of the vault two.
 */
const keysOfSweep = 4;
const keysOfKeeper = 2;
/** Assumed: Lambda asks an empty queue with five readers, each of which waits for twenty seconds. */
const asksOfQueue = 15;
/** A round of the sweep that finds nothing asks for one code and makes one, of the round itself. */
const codesOfRound = 2;

type Counted = Pick<
  Awaited<ReturnType<typeof measureReferral>>,
  'readUnits' | 'writeUnits' | 'transitions' | 'mails' | 'invocations' | 'keyRequests'
>;

/** The sum of what each function did, without the watchdogs. */
const ofActs = (each: Iterable<readonly [name: string, count: number]>): number =>
  [...each].reduce((sum, [name, count]) => sum + (watchdogs.includes(name) ? 0 : count), 0);

/** For 1,000 confirmed referrals like the counted one, without the watchdogs. */
export function costsOfThousand(counted: Counted): readonly Cost[] {
  const invoked = 1000 * ofActs(Object.entries(counted.invocations));
  const requests = 1000 * (counted.invocations.Api ?? 0);
  return [
    cost('E-mail', 'ses-mail', 1000 * counted.mails, 'mails'),
    cost('Steps of the workflows', 'step-functions-transition', 1000 * counted.transitions, 'transitions'),
    cost('Writes of tables', 'dynamodb-write-unit', 1000 * counted.writeUnits, 'units'),
    cost('Reads of tables', 'dynamodb-read-unit', 1000 * counted.readUnits, 'units'),
    cost('Calls of functions', 'lambda-request', invoked, 'calls'),
    cost('Time of functions (assumed)', 'lambda-compute', invoked * secondsOfInvocation * gigabytes, 'GB seconds'),
    cost('Requests of people', 'gateway-request', requests, 'requests'),
    cost('Logs (assumed)', 'log-ingest', (invoked * logBytes) / 1e9, 'GB'),
    cost('Codes of commits, and the vault', 'kms-request', 1000 * ofActs(counted.keyRequests), 'requests', true),
    cost('Requests through the web firewall', 'waf-request', requests, 'requests', true),
  ];
}

const minutesOfMonth = 30 * 24 * 60;

interface MetricOf {
  readonly Namespace?: string;
  readonly MetricName?: string;
}
interface AlarmOf extends MetricOf {
  readonly Metrics?: readonly { readonly MetricStat?: { readonly Metric: MetricOf } }[];
}

/** The metrics of an alarm. One on an expression counts each of its metrics. */
const metricsOf = ({ properties }: Pick<Resource, 'properties'>): readonly MetricOf[] => {
  const { Metrics, ...alone } = properties as AlarmOf;
  return Metrics?.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []) ?? [alone];
};

const ourNamespace = 'Careline';

/** The names of the metrics that the functions publish, as alarms and the dashboard ask for them. */
function ownMetrics(template: Template): ReadonlySet<string> {
  const ofAlarms = template
    .ofType('AWS::CloudWatch::Alarm')
    .flatMap(metricsOf)
    .flatMap(({ Namespace, MetricName = '' }) => (Namespace === ourNamespace ? [MetricName] : []));
  const shown = template.ofType('AWS::CloudWatch::Dashboard').map(({ properties }) => String(properties.DashboardBody));
  const named = [...shown.join('').matchAll(new RegExp(`"${ourNamespace}","(\\w+)"`, 'g'))].map(
    ([, name]) => name ?? '',
  );
  return new Set([...ofAlarms, ...named]);
}

/** The metrics that a dashboard names, one that two widgets name twice. What is computed of them is none. */
export const metricsOfDashboard = ({ properties }: Pick<Resource, 'properties'>): number => {
  const { widgets } = JSON.parse(String(properties.DashboardBody)) as {
    readonly widgets: readonly { readonly properties: { readonly metrics?: readonly (readonly unknown[])[] } }[];
  };
  return widgets.flatMap(({ properties: { metrics = [] } }) => metrics.filter(([first]) => typeof first === 'string'))
    .length;
};

/** Alarms that are no part of running: they tell of a person or program that does what none may do. */
const alarmsOfControls = /^(LedgerTampered|RecordInDoubt|MailWithheld|TablesTouched|AnchorsMissing)Alarm/;

/** A month in which nothing happens. `roundUnits`: the read units of one round of the sweep. */
export function costsOfMonth(template: Template, roundUnits: number): readonly Cost[] {
  const countOf = (type: string) => template.ofType(type).length;
  const metricsIn = (isControl: boolean) =>
    template
      .ofType('AWS::CloudWatch::Alarm')
      .filter(({ logicalId }) => alarmsOfControls.test(logicalId) === isControl)
      .flatMap(metricsOf).length;
  const rules = template
    .ofType('AWS::WAFv2::WebACL')
    .reduce((sum, { properties }) => sum + (properties.Rules as readonly unknown[]).length, 0);
  const rounds = minutesOfMonth / 5;
  const others = (2 * minutesOfMonth) / 30;
  const anchorings = minutesOfMonth / 60;
  const keyRequests = rounds * (keysOfSweep + codesOfRound) + others * keysOfKeeper;
  const invoked = rounds + others + anchorings;
  const queuesRead = template
    .ofType('AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => String(properties.EventSourceArn).startsWith('arn:aws:sqs:')).length;
  const dashboards = template.ofType('AWS::CloudWatch::Dashboard');
  const small = dashboards.filter((each) => metricsOfDashboard(each) <= freeDashboards.metrics);
  return [
    cost('Keys of KMS', 'kms-key', countOf('AWS::KMS::Key'), 'keys', true),
    cost('Secrets', 'secret', countOf('AWS::SecretsManager::Secret'), 'secrets', true),
    cost('Web firewall', 'waf-acl', countOf('AWS::WAFv2::WebACL'), 'lists', true),
    cost('Rules of the web firewall', 'waf-rule', rules, 'rules', true),
    cost('Requests of the watchdogs to keys (assumed)', 'kms-request', keyRequests, 'requests', true),
    // Each round asks for the public key, and one a day signs.
    cost('Signatures of anchors', 'kms-signature', anchorings + 30, 'requests', true),
    cost('Alarms of tampering', 'alarm-metric', metricsIn(true), 'metrics', true),
    cost('Alarms', 'alarm-metric', metricsIn(false), 'metrics'),
    cost('Alarms over alarms', 'composite-alarm', countOf('AWS::CloudWatch::CompositeAlarm'), 'alarms'),
    cost(
      `Dashboards beyond ${freeDashboards.count} of at most ${freeDashboards.metrics} metrics`,
      'dashboard',
      dashboards.length - Math.min(small.length, freeDashboards.count),
      `of ${dashboards.length}`,
    ),
    cost('Calls of the watchdogs', 'lambda-request', invoked, 'calls'),
    cost('Time of the watchdogs (assumed)', 'lambda-compute', invoked * 0.5 * 0.5, 'GB seconds'),
    cost('Looks into queues (assumed)', 'sqs-request', queuesRead * asksOfQueue * minutesOfMonth, 'requests'),
    cost('Reads of the sweep', 'dynamodb-read-unit', rounds * roundUnits, 'units'),
    cost('Logs (assumed)', 'log-ingest', (invoked * logBytes) / 1e9, 'GB'),
  ];
}

/** What the functions' own metrics add in a month in which each is counted in every hour. CloudWatch asks for no other hour. */
export const mostForMetrics = (template: Template): Cost =>
  cost('Metrics of our own', 'own-metric', ownMetrics(template).size, 'metrics');

export const sumOf = (costs: readonly Cost[]): number => costs.reduce((sum, { dollars }) => sum + dollars, 0);
