/**
 * What AWS asks, as dated data: list prices in dollars, without free tiers, discounts or taxes. Each names the page of AWS that
 * it was taken from. A new list is a new date here, and the figures that follow from it are generated anew. The one free tier
 * that is counted is that of dashboards, because it decides how many there are.
 */

export interface Price {
  readonly dollars: number;
  /** The amount that the dollars buy. */
  readonly per: number;
  /** What is counted. A unit that ends in `month` is for a month. */
  readonly unit: string;
  /** The pricing page, under https://aws.amazon.com/. */
  readonly page: string;
}

export const pricesAsOf = '2026-11';
export const pricesRegion = 'us-east-1';

const million = 1_000_000;

export const prices = {
  // DynamoDB, on demand.
  'dynamodb-write-unit': { dollars: 0.625, per: million, unit: 'write unit', page: 'dynamodb/pricing/on-demand' },
  'dynamodb-read-unit': { dollars: 0.125, per: million, unit: 'read unit', page: 'dynamodb/pricing/on-demand' },
  'dynamodb-storage': { dollars: 0.25, per: 1, unit: 'GB-month', page: 'dynamodb/pricing/on-demand' },
  'dynamodb-point-in-time': { dollars: 0.2, per: 1, unit: 'GB-month', page: 'dynamodb/pricing/on-demand' },
  'dynamodb-restore': { dollars: 0.15, per: 1, unit: 'GB', page: 'dynamodb/pricing/on-demand' },
  // Lambda on arm64, and the requests of its pollers.
  'lambda-request': { dollars: 0.2, per: million, unit: 'request', page: 'lambda/pricing' },
  'lambda-compute': { dollars: 13.3334, per: million, unit: 'GB-second', page: 'lambda/pricing' },
  'step-functions-transition': { dollars: 25, per: million, unit: 'transition', page: 'step-functions/pricing' },
  // Mail and messages.
  'ses-mail': { dollars: 0.1, per: 1000, unit: 'recipient', page: 'ses/pricing' },
  'ses-attachment': { dollars: 0.12, per: 1, unit: 'GB', page: 'ses/pricing' },
  'sns-publish': { dollars: 0.5, per: million, unit: 'request', page: 'sns/pricing' },
  'sns-mail': { dollars: 2, per: 100_000, unit: 'notification', page: 'sns/pricing' },
  'sqs-request': { dollars: 0.4, per: million, unit: 'request', page: 'sqs/pricing' },
  'text-message': { dollars: 0.00581, per: 1, unit: 'part of a message', page: 'end-user-messaging/pricing' },
  'text-number': { dollars: 2, per: 1, unit: 'number-month', page: 'end-user-messaging/pricing' },
  // The doors.
  'gateway-request': { dollars: 3.5, per: million, unit: 'request', page: 'api-gateway/pricing' },
  'gateway-cache': { dollars: 0.02, per: 1, unit: 'hour of 0.5 GB', page: 'api-gateway/pricing' },
  'cognito-essentials': { dollars: 0.015, per: 1, unit: 'active person-month', page: 'cognito/pricing' },
  'cognito-plus': { dollars: 0.02, per: 1, unit: 'active person-month', page: 'cognito/pricing' },
  'waf-acl': { dollars: 5, per: 1, unit: 'ACL-month', page: 'waf/pricing' },
  'waf-rule': { dollars: 1, per: 1, unit: 'rule-month', page: 'waf/pricing' },
  'waf-request': { dollars: 0.6, per: million, unit: 'request', page: 'waf/pricing' },
  // Keys and secrets. A rotated key costs as one more for each of its first two rotations.
  'kms-key': { dollars: 1, per: 1, unit: 'key-month', page: 'kms/pricing' },
  'kms-request': { dollars: 0.03, per: 10_000, unit: 'request', page: 'kms/pricing' },
  'kms-signature': { dollars: 0.15, per: 10_000, unit: 'request of a key on an elliptic curve', page: 'kms/pricing' },
  secret: { dollars: 0.4, per: 1, unit: 'secret-month', page: 'secrets-manager/pricing' },
  'secret-request': { dollars: 0.05, per: 10_000, unit: 'request', page: 'secrets-manager/pricing' },
  // What operators see. An alarm on an expression counts each of its metrics.
  'alarm-metric': { dollars: 0.1, per: 1, unit: 'alarm metric-month', page: 'cloudwatch/pricing' },
  'composite-alarm': { dollars: 0.5, per: 1, unit: 'composite alarm-month', page: 'cloudwatch/pricing' },
  'own-metric': { dollars: 0.3, per: 1, unit: 'metric-month', page: 'cloudwatch/pricing' },
  dashboard: { dollars: 3, per: 1, unit: 'dashboard-month', page: 'cloudwatch/pricing' },
  'log-ingest': { dollars: 0.5, per: 1, unit: 'GB', page: 'cloudwatch/pricing' },
  'log-storage': { dollars: 0.03, per: 1, unit: 'GB-month', page: 'cloudwatch/pricing' },
  'trail-data-event': { dollars: 0.1, per: 100_000, unit: 'data event', page: 'cloudtrail/pricing' },
  // Copies.
  'backup-warm': { dollars: 0.1, per: 1, unit: 'GB-month', page: 'backup/pricing' },
  's3-storage': { dollars: 0.023, per: 1, unit: 'GB-month', page: 's3/pricing' },
  's3-put': { dollars: 0.005, per: 1000, unit: 'request', page: 's3/pricing' },
  's3-get': { dollars: 0.0004, per: 1000, unit: 'request', page: 's3/pricing' },
  // A network of one's own, which this stack does not have.
  'nat-gateway': { dollars: 0.045, per: 1, unit: 'hour', page: 'vpc/pricing' },
  'network-endpoint': { dollars: 0.01, per: 1, unit: 'hour and zone', page: 'privatelink/pricing' },
} as const satisfies Readonly<Record<string, Price>>;

/** So many dashboards of an account cost nothing, in each month, where none has more metrics than this. */
export const freeDashboards = { count: 3, metrics: 50 };

export type PriceName = keyof typeof prices;

/** Hours of a month, as AWS counts them. */
export const hoursOfMonth = 730;

/** Dollars for so many units. */
export function dollarsFor(name: PriceName, amount: number): number {
  const { dollars, per } = prices[name];
  return (dollars * amount) / per;
}
