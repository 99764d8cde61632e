/** CloudWatch Logs, to read what the functions of the template wrote since this process started: one stream a group. */
import * as z from 'zod';
import type { Clock } from '../clock/clock.ts';
import { action, createJsonService } from '../endpoint/json.ts';
import { type Authorize, localAccount, localRegion, Refusal } from '../endpoint/service.ts';
import type { Template } from '../template/template.ts';

/** `at` in epoch milliseconds, by the movable clock. Numbers count from 0 in each group, without gaps. */
interface LogLine {
  readonly number: number;
  readonly at: number;
  readonly message: string;
}

/** Lines kept of each group: about 1 MB. `functions.log` in the data folder holds them all. */
const mostKept = 3000;

/** Lambda names a stream for its day, version and instance. Here are all instances together. */
const stream = 'local/[$LATEST]';

/** The lines that hold each word and each "quoted text". Other patterns of CloudWatch Logs are refused. */
export function readPattern(pattern: string): (line: string) => boolean {
  if (/^\s*[{[%]|(?:^|\s)[-?]/.test(pattern)) {
    const sentence = 'The embedded CloudWatch Logs has patterns of words and "quoted text" alone.';
    throw new Refusal('InvalidParameterException', sentence);
  }
  const terms = [...pattern.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word = '']) => quoted ?? word);
  return (line) => terms.every((term) => line.includes(term));
}

/** Serves DescribeLogGroups and FilterLogEvents. Group names are the template's. All is one page. */
export function createLogs(options: {
  readonly template: Template;
  readonly clock: Pick<Clock, 'now'>;
  readonly authorize: Authorize;
}) {
  const { template, clock, authorize } = options;
  const createdAt = clock.now();
  const groups = template
    .ofType('AWS::Logs::LogGroup')
    .map(({ name, arn, properties: { RetentionInDays: days } }) => ({
      name,
      arn,
      retentionInDays: days === undefined ? undefined : Number(days),
      lines: [] as LogLine[],
    }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const groupOf = new Map(
    template.ofType('AWS::Lambda::Function').map(({ logicalId, name, properties }) => {
      const { LogGroup } = (properties.LoggingConfig ?? {}) as { LogGroup?: unknown };
      const wanted = String(LogGroup ?? `/aws/lambda/${name}`);
      return [logicalId, groups.find((group) => group.name === wanted)];
    }),
  );

  const service = createJsonService({
    client: 'cloudwatch-logs',
    prefix: 'logs',
    title: 'CloudWatch Logs',
    target: 'Logs_20140328.',
    authorize,
    actions: {
      DescribeLogGroups: action(z.strictObject({}), (_, { allow }) => {
        allow('*');
        const logGroups = groups.map(({ name, arn, retentionInDays }) => ({
          logGroupName: name,
          creationTime: createdAt,
          retentionInDays,
          arn,
          logGroupArn: arn.replace(/:\*$/, ''),
          logGroupClass: 'STANDARD',
        }));
        return { logGroups };
      }),
      FilterLogEvents: action(
        z.strictObject({
          logGroupName: z.string(),
          startTime: z.number().default(0),
          endTime: z.number().default(Infinity),
          filterPattern: z.string().default(''),
        }),
        ({ logGroupName, startTime, endTime, filterPattern }, { allow }) => {
          const group = groups.find(({ name }) => name === logGroupName);
          allow(group?.arn ?? `arn:aws:logs:${localRegion}:${localAccount}:log-group:${logGroupName}:*`);
          if (!group) throw new Refusal('ResourceNotFoundException', 'The specified log group does not exist.');
          const matches = readPattern(filterPattern);
          const lines = group.lines.filter(({ at, message }) => at >= startTime && at < endTime && matches(message));
          const events = lines.map(({ at, number, message }) => ({
            logStreamName: stream,
            timestamp: at,
            message,
            ingestionTime: at,
            eventId: `${at}${number}`,
          }));
          return { events, searchedLogStreams: [] };
        },
      ),
    },
  });
  return {
    service,
    /** Keeps a line that a function wrote. */
    append(functionLogicalId: string, message: string): void {
      const lines = groupOf.get(functionLogicalId)?.lines;
      lines?.push({ number: (lines.at(-1)?.number ?? -1) + 1, at: clock.now(), message });
      if (lines && lines.length > mostKept) lines.splice(0, lines.length - mostKept);
    },
  };
}
