/** The service level of urgent mail, and alarms where its error budget burns. See docs/runbooks/alarms.md#slow-mail. */
import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { alarmWhenAbove } from './alarm-when.ts';
import { metricsNamespace, metricsService } from './careline-function.ts';

/** One of a thousand urgent mails may be accepted later than two minutes after its commit. */
const budget = 0.001;

/** A metric that the functions publish. */
export const ownMetric = (metricName: string, period: Duration): Metric =>
  new Metric({
    namespace: metricsNamespace,
    metricName,
    dimensionsMap: { service: metricsService },
    statistic: 'Sum',
    period,
  });

/** The share of urgent mails that were late, from 0 to 1. No mail is no late mail. Fewer than `atLeast` late count as none. */
export const lateShare = (period: Duration, atLeast = 1): MathExpression =>
  new MathExpression({
    expression: `IF(FILL(late, 0) >= ${atLeast} AND FILL(sent, 0) > 0, late / sent, 0)`,
    usingMetrics: { late: ownMetric('UrgentMailLate', period), sent: ownMetric('UrgentMail', period) },
    label: 'late share',
    period,
  });

interface Burn {
  readonly period: Duration;
  /** How many times faster than allowed the budget of thirty days burns. */
  readonly times: number;
  readonly atLeast: number;
  readonly meaning: string;
}

const burns: Readonly<Record<string, Burn>> = {
  // At this pace, two days use up the budget of thirty.
  UrgentMailFastBurn: {
    period: Duration.hours(1),
    times: 14.4,
    atLeast: 2,
    meaning: 'Several urgent mails of this hour were accepted later than two minutes after their commit.',
  },
  UrgentMailSlowBurn: {
    period: Duration.hours(24),
    times: 3,
    atLeast: 1,
    meaning:
      'Of the urgent mails of a day, more than 3 in 1,000 were accepted later than two minutes after their commit.',
  },
};

export function createServiceLevels(scope: Construct, { topic }: { readonly topic: ITopic }): void {
  for (const [id, { period, times, atLeast, meaning }] of Object.entries(burns)) {
    alarmWhenAbove(scope, topic, id, lateShare(period, atLeast), {
      meaning,
      section: 'slow-mail',
      threshold: budget * times,
    });
  }
}
