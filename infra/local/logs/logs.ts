/** CloudWatch Logs, to read what the functions wrote: one stream a group, since this process started. */
import * as z from 'zod';
import { refusal } from '../endpoint/protocol-refusal.ts';
import { AccessDenied, type Authorize, type AwsService, localAccount, localRegion } from '../endpoint/service.ts';
import type { LogLines } from './log-lines.ts';

const target = 'Logs_20140328.';
/** Lambda names a stream for its day, version and instance. Here are all instances together. */
const stream = 'local/[$LATEST]';

class LogsRefusal extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}
const invalid = (sentence: string) => new LogsRefusal('InvalidParameterException', sentence);

interface Action {
  readonly input: z.ZodType;
  run(input: unknown, allow: (resource: string) => void): object;
}
const action = <Input extends z.ZodType>(
  input: Input,
  run: (input: z.infer<Input>, allow: (resource: string) => void) => object,
): Action => ({ input, run: (value, allow) => run(value as z.infer<Input>, allow) });

/** The lines that hold each word and each "quoted text". Other patterns of CloudWatch Logs are refused. */
export function readPattern(pattern: string): (line: string) => boolean {
  if (/^\s*[{[%]|(?:^|\s)[-?]/.test(pattern))
    throw invalid('The local CloudWatch Logs has patterns of words and "quoted text" alone.');
  const terms = [...pattern.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word = '']) => quoted ?? word);
  return (line) => terms.every((term) => line.includes(term));
}

/** Serves DescribeLogGroups and FilterLogEvents. Group names are the template's. All is one page. */
export function createLogs({ groups }: LogLines, authorize: Authorize): AwsService {
  const actions: Readonly<Record<string, Action>> = {
    DescribeLogGroups: action(z.strictObject({}), (_, allow) => {
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
      z.strictObject({
        logGroupName: z.string(),
        startTime: z.number().default(0),
        endTime: z.number().default(Infinity),
        filterPattern: z.string().default(''),
      }),
      ({ logGroupName, startTime, endTime, filterPattern }, allow) => {
        const group = groups.get(logGroupName);
        allow(group?.arn ?? `arn:aws:logs:${localRegion}:${localAccount}:log-group:${logGroupName}:*`);
        if (!group) throw new LogsRefusal('ResourceNotFoundException', 'The specified log group does not exist.');
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

  return {
    operations: Object.keys(actions).map((name) => `cloudwatch-logs:${name}`),
    handles: ({ headers }) => headers['x-amz-target']?.startsWith(target) ?? false,
    stop: async () => undefined,
    async handle(request) {
      const name = request.headers['x-amz-target']?.slice(target.length) ?? '';
      const known = Object.hasOwn(actions, name) ? actions[name] : undefined;
      if (!known) {
        const offered = Object.keys(actions).join(', ');
        const sentence = `The local CloudWatch Logs does not offer ${name}: it has ${offered}.`;
        return refusal(request, 400, 'UnknownOperationException', sentence);
      }
      try {
        const input = known.input.parse(JSON.parse(request.body.toString('utf8') || '{}'));
        const body = known.run(input, (resource) => authorize(request.principal, `logs:${name}`, resource));
        return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(body) };
      } catch (error) {
        if (error instanceof LogsRefusal || error instanceof AccessDenied) {
          return refusal(request, 400, error.name, error.message);
        }
        if (error instanceof z.ZodError || error instanceof SyntaxError) {
          const sentence = error instanceof z.ZodError ? z.prettifyError(error) : error.message;
          return refusal(request, 400, 'InvalidParameterException', sentence);
        }
        throw error;
      }
    },
  };
}
