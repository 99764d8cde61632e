/**
 * Metrics, as lines of the log that CloudWatch reads (its embedded metric format). A library for it is ten kilobytes of each
 * bundle, and this is all that we need of it.
 */
import type { Figure } from '../domain/audit/dashboard-figures.ts';
import { env } from './env.ts';

/**
 * One line for all of these. The only dimension is the service, so that none costs more than once. No id is in it. `at`: milliseconds
 * since 1970.
 */
export const metricsLine = (values: ReadonlyMap<string, number>, service: string, at: number): string =>
  JSON.stringify({
    _aws: {
      Timestamp: at,
      CloudWatchMetrics: [
        {
          Namespace: 'Careline',
          Dimensions: [['service']],
          Metrics: [...values.keys()].map((Name) => ({ Name, Unit: 'Count' })),
        },
      ],
    },
    service,
    ...Object.fromEntries(values),
  });

/** What an alarm watches. */
type Alarming =
  | 'LedgerTampered'
  | 'RecordInDoubt'
  | 'SweepRepaired'
  | 'AlertUnreachable'
  | 'MailWithheld'
  | 'SeatNotReached'
  | 'NamesNotCompared'
  | 'AccountNotConfirmed'
  | 'TablesThrottled';

/** The metrics of a function. `now`: milliseconds since 1970. */
export function openMetrics(now: () => number) {
  /** Publishes what the dashboard, the service level and alarms show, in one line of the log. No value is no line. */
  function publish(values: ReadonlyMap<Figure | Alarming | 'UrgentMail' | 'UrgentMailLate', number>): void {
    if (values.size === 0) return;
    // The console of Lambda would put the line into a string of its own.
    process.stdout.write(`${metricsLine(values, env('POWERTOOLS_SERVICE_NAME'), now())}\n`);
  }
  return {
    publish,
    /** Adds to a metric that an alarm watches. */
    count: (name: Alarming, times = 1): void => publish(new Map([[name, times]])),
  };
}
