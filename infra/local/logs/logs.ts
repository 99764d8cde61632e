/** CloudWatch Logs, to read what the functions wrote: one stream a group, since this process started. */
import * as z from 'zod';
import { refusal } from '../endpoint/refusal.ts';
import { AccessDenied, type Authorize, type AwsService, localAccount, localRegion } from '../endpoint/service.ts';
import { readPattern } from './filter-pattern.ts';
import type { LogGroup, LogLine, LogLines } from './log-lines.ts';

const target = 'Logs_20140328.';
/** Lambda names a stream for its day, version and instance. Here are all instances together. */
const stream = 'local/[$LATEST]';
const mostEvents = 10_000;

class LogsRefusal extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}
const invalid = (sentence: string) => new LogsRefusal('InvalidParameterException', sentence);

const group = { logGroupName: z.string().optional(), logGroupIdentifier: z.string().optional() };
const time = z.number().optional();
const limit = z.int().min(1).max(mostEvents).optional();
const token = z.string().optional();

interface Action {
  readonly input: z.ZodType;
  run(input: unknown, allow: (resource: string) => void): object;
}
const action = <Input extends z.ZodType>(
  input: Input,
  run: (input: z.infer<Input>, allow: (resource: string) => void) => object,
): Action => ({ input, run: (value, allow) => run(value as z.infer<Input>, allow) });

const arnOf = ({ arn }: LogGroup) => arn.replace(/:\*$/, '');
const eventOf = ({ at, message }: LogLine) => ({ timestamp: at, message, ingestionTime: at });

/** Serves DescribeLogGroups and FilterLogEvents. Group names are the template's. */
export function createLogs({ groups }: LogLines, authorize: Authorize): AwsService {
  const find = (asked: { logGroupName?: string | undefined; logGroupIdentifier?: string | undefined }) => {
    const name = asked.logGroupName ?? asked.logGroupIdentifier?.replace(/^arn:.*:log-group:/, '').replace(/:\*$/, '');
    if (name === undefined) throw invalid('Give logGroupName or logGroupIdentifier.');
    return groups.get(name) ?? name;
  };
  /** The group, once its caller may do the action on it. */
  const allowed = (asked: Parameters<typeof find>[0], allow: (resource: string) => void): LogGroup => {
    const found = find(asked);
    allow(typeof found === 'string' ? `arn:aws:logs:${localRegion}:${localAccount}:log-group:${found}:*` : found.arn);
    if (typeof found !== 'string') return found;
    throw new LogsRefusal('ResourceNotFoundException', 'The specified log group does not exist.');
  };
  const within = (
    lines: readonly LogLine[],
    { startTime = 0, endTime = Infinity }: { startTime?: number | undefined; endTime?: number | undefined },
  ) => lines.filter(({ at }) => at >= startTime && at < endTime);

  const actions: Readonly<Record<string, Action>> = {
    DescribeLogGroups: action(
      z.object({
        logGroupNamePrefix: z.string().optional(),
        logGroupNamePattern: z.string().optional(),
        limit,
        nextToken: token,
      }),
      ({ logGroupNamePrefix = '', logGroupNamePattern = '', limit: most = 50, nextToken = '' }, allow) => {
        allow('*');
        const all = [...groups.values()].filter(
          ({ name }) =>
            name.startsWith(logGroupNamePrefix) &&
            name.toLowerCase().includes(logGroupNamePattern.toLowerCase()) &&
            name > nextToken,
        );
        const page = all.slice(0, most);
        return {
          logGroups: page.map((each) => ({
            logGroupName: each.name,
            creationTime: each.createdAt,
            ...(each.retentionInDays === undefined ? {} : { retentionInDays: each.retentionInDays }),
            metricFilterCount: 0,
            arn: each.arn,
            logGroupArn: arnOf(each),
            storedBytes: sizeOf(each.lines),
            logGroupClass: 'STANDARD',
          })),
          ...(page.length < all.length ? { nextToken: page.at(-1)?.name } : {}),
        };
      },
    ),
    FilterLogEvents: action(
      z.object({
        ...group,
        logStreamNames: z.array(z.string()).optional(),
        logStreamNamePrefix: z.string().default(''),
        startTime: time,
        endTime: time,
        filterPattern: z.string().default(''),
        limit,
        nextToken: token,
        interleaved: z.boolean().optional(),
        unmask: z.boolean().optional(),
      }),
      (
        {
          logStreamNames = [stream],
          logStreamNamePrefix,
          filterPattern,
          limit: most = mostEvents,
          nextToken = '0',
          ...asked
        },
        allow,
      ) => {
        const found = allowed(asked, allow);
        const matches = readPattern(filterPattern);
        if (!matches) throw invalid('The local CloudWatch Logs has patterns of words alone: "word", -word, ?word.');
        if (!/^\d+$/.test(nextToken)) throw invalid('The specified nextToken is invalid.');
        const isAsked = logStreamNames.includes(stream) && stream.startsWith(logStreamNamePrefix);
        const lines = isAsked ? within(found.lines, asked) : [];
        const left = lines.filter(({ number, message }) => number >= Number(nextToken) && matches(message));
        const page = left.slice(0, most);
        return {
          events: page.map((line) => ({
            logStreamName: stream,
            ...eventOf(line),
            eventId: `${line.at}${line.number}`,
          })),
          searchedLogStreams: [],
          ...(page.length < left.length ? { nextToken: String((page.at(-1)?.number ?? 0) + 1) } : {}),
        };
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

const sizeOf = (lines: readonly LogLine[]) => lines.reduce((sum, { message }) => sum + message.length, 0);
