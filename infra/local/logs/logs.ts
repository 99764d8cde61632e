/** CloudWatch Logs, to read what the functions wrote: one stream a group, since this process started. */
import * as z from 'zod';
import { createJsonService, type JsonActions, JsonRefusal } from '../endpoint/json.ts';
import { type Authorize, type AwsService, localAccount, localRegion } from '../endpoint/service.ts';
import type { LogLines } from './log-lines.ts';

/** Lambda names a stream for its day, version and instance. Here are all instances together. */
const stream = 'local/[$LATEST]';

const invalid = (sentence: string) => new JsonRefusal('InvalidParameterException', sentence);

/** The lines that hold each word and each "quoted text". Other patterns of CloudWatch Logs are refused. */
export function readPattern(pattern: string): (line: string) => boolean {
  if (/^\s*[{[%]|(?:^|\s)[-?]/.test(pattern))
    throw invalid('The local CloudWatch Logs has patterns of words and "quoted text" alone.');
  const terms = [...pattern.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word = '']) => quoted ?? word);
  return (line) => terms.every((term) => line.includes(term));
}

/** Serves DescribeLogGroups and FilterLogEvents. Group names are the template's. All is one page. */
export function createLogs({ groups }: LogLines, authorize: Authorize): AwsService {
  /** An action with a checked input. It asks permission with `allow` before it tells anything. */
  const action =
    <Input extends z.ZodType>(
      name: string,
      input: Input,
      run: (input: z.infer<Input>, allow: (resource: string) => void) => object,
    ): JsonActions[string] =>
    (given, principal) => {
      const read = input.safeParse(given);
      if (!read.success) throw invalid(z.prettifyError(read.error));
      return run(read.data, (resource) => authorize(principal, `logs:${name}`, resource));
    };

  const actions: JsonActions = {
    DescribeLogGroups: action('DescribeLogGroups', z.strictObject({}), (_, allow) => {
      allow('*');
      const logGroups = [...groups.values()].map(({ name, arn, createdAt, retentionInDays }) => ({
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
      'FilterLogEvents',
      z.strictObject({
        logGroupName: z.string(),
        startTime: z.number().default(0),
        endTime: z.number().default(Infinity),
        filterPattern: z.string().default(''),
      }),
      ({ logGroupName, startTime, endTime, filterPattern }, allow) => {
        const group = groups.get(logGroupName);
        allow(group?.arn ?? `arn:aws:logs:${localRegion}:${localAccount}:log-group:${logGroupName}:*`);
        if (!group) throw new JsonRefusal('ResourceNotFoundException', 'The specified log group does not exist.');
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
  };

  return createJsonService({ client: 'cloudwatch-logs', title: 'CloudWatch Logs', target: 'Logs_20140328.', actions });
}
