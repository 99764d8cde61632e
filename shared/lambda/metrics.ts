import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

const metrics = new Metrics({ namespace: 'Careline' });

/** Adds to a metric that an alarm watches. */
export function count(
  name:
    | 'LedgerTampered'
    | 'RecordInDoubt'
    | 'SweepRepaired'
    | 'AlertUnreachable'
    | 'MailWithheld'
    | 'SeatNotReached'
    | 'NamesNotCompared'
    | 'AccountNotConfirmed',
  times = 1,
): void {
  metrics.addMetric(name, MetricUnit.Count, times);
  metrics.publishStoredMetrics();
}
