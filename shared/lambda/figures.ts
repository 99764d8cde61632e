import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Figure } from '../domain/audit/figures.ts';

const metrics = new Metrics({ namespace: 'Careline' });

/** Publishes what the dashboard and the service level show, in one line of the log. No id is in it. */
export function publish(figures: ReadonlyMap<Figure | 'UrgentMail' | 'UrgentMailLate', number>): void {
  for (const [name, times] of figures) metrics.addMetric(name, MetricUnit.Count, times);
  if (figures.size > 0) metrics.publishStoredMetrics();
}
