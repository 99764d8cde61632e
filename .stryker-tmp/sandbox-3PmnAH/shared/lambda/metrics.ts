// @ts-nocheck
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

const metrics = new Metrics({ namespace: 'Careline' });

/** Counts one occurrence that an alarm watches. */
export function count(name: 'LedgerTampered' | 'SweepRepaired' | 'AlertUnreachable', times = 1): void {
  metrics.addMetric(name, MetricUnit.Count, times);
  metrics.publishStoredMetrics();
}
