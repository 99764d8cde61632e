/** The line of the log that CloudWatch takes for metrics, as its embedded metric format has it. */
import { expect, test } from 'vitest';
import { metricsNamespace, metricsService } from '../../infra/constructs/careline-function.ts';
import { metricsLine } from '../../shared/lambda/metrics.ts';

test('a line names its metrics, their unit, and the service as their only dimension', () => {
  const figures = new Map([
    ['ClockOpened', 2],
    ['ClockMissed', 0],
  ]);
  const line = metricsLine(figures, metricsService, 1_790_000_000_000);
  // Two lines would be no metric.
  expect(line).not.toContain('\n');
  expect(JSON.parse(line)).toEqual({
    _aws: {
      Timestamp: 1_790_000_000_000,
      CloudWatchMetrics: [
        {
          Namespace: metricsNamespace,
          Dimensions: [['service']],
          Metrics: [
            { Name: 'ClockOpened', Unit: 'Count' },
            { Name: 'ClockMissed', Unit: 'Count' },
          ],
        },
      ],
    },
    service: 'careline',
    ClockOpened: 2,
    ClockMissed: 0,
  });
});
