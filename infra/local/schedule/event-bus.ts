/**
 * EventBridge: the template's rules on the default bus, by event pattern or by rate, with Lambda functions as targets. A rule that
 * tells a topic is for people alone, and no event of it happens here.
 */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Activity, MovableClock } from '../clock/clock.ts';
import { type Authorize, localAccount, localRegion } from '../endpoint/service.ts';
import type { Lambda } from '../lambda/invocation.ts';
import { createInvokeLater } from '../lambda/invoke-later.ts';
import { requirePermission } from '../lambda/permission.ts';
import { readProperties } from '../template/read-properties.ts';
import type { Resource, Template } from '../template/template.ts';
import { compilePattern, type Matches } from './event-pattern.ts';

export interface BusEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: unknown;
  readonly resources?: readonly string[];
}

/** Strict: what is not here, such as an input of the target's own, would be accepted and ignored. */
const properties = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  EventBusName: z.literal('default').optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  EventPattern: z.unknown().optional(),
  ScheduleExpression: z.string().optional(),
  Tags: z.unknown().optional(),
  Targets: z
    .array(
      z.strictObject({
        Arn: z.string().regex(/:function:|^arn:aws:sns:/, 'only Lambda functions and topics can be targets here'),
        Id: z.string(),
        InputTransformer: z.unknown().optional(),
        // Lambda always takes an event here, so there is nothing to retry or to put aside before it has it.
        DeadLetterConfig: z.unknown().optional(),
        RetryPolicy: z.unknown().optional(),
      }),
    )
    .default([]),
});

interface Rule {
  readonly resource: Resource;
  readonly targets: readonly string[];
  readonly matches: Matches | undefined;
  /** Milliseconds. */
  readonly every: number | undefined;
}

/** setTimeout holds 31 bits of milliseconds; a longer wait is taken in pieces of a day. */
const longestNap = 86_400_000;

/**
 * Starts the schedules. While the clock runs, a rule by rate fires each time its interval has passed. While the clock
 * is moved, the rule fires at most once between two timers. That is a shortcut: moving the clock by 30 days would
 * otherwise run a rule of five minutes 8640 times. A failing target is tried three times, then `onFault` is told.
 * Throws a sentence on a rule that uses what is not known here, such as cron.
 */
export function createEvents(options: {
  readonly template: Template;
  readonly authorize: Authorize;
  readonly lambda: Pick<Lambda, 'invoke'>;
  readonly clock: MovableClock;
  readonly activity: Activity;
  readonly onFault?: (functionName: string, sentence: string) => void;
}) {
  const { template, clock, activity } = options;
  const invokeLater = createInvokeLater({ invoke: options.lambda.invoke, activity, onFault: options.onFault });
  const rules = template
    .ofType('AWS::Events::Rule')
    .map((resource) => readRule(resource, options.authorize))
    .filter((rule) => rule !== undefined);

  const envelope = (event: BusEvent, at: number) => ({
    version: '0',
    id: randomUUID(),
    'detail-type': event['detail-type'],
    source: event.source,
    account: localAccount,
    // EventBridge gives whole seconds.
    time: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: localRegion,
    resources: event.resources ?? [],
    detail: event.detail,
  });

  const fire = (resource: Resource, targets: readonly string[], due: number) => {
    const event = { source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {}, resources: [resource.arn] };
    for (const target of targets) void invokeLater(target, envelope(event, due));
  };
  const schedules = rules.flatMap(({ every, resource, targets }) =>
    every === undefined ? [] : [startSchedule(every, clock, (due) => fire(resource, targets, due))],
  );
  clock.onHop(async () => {
    for (const schedule of schedules) schedule.look();
  });

  return {
    /** Sends an event to the rules that match it. Returns at once; the invocations count as activity. */
    put(event: BusEvent): void {
      const sent = envelope(event, clock.now());
      for (const { matches, targets } of rules) {
        if (matches?.(sent)) for (const target of targets) void invokeLater(target, sent);
      }
    },
    stop() {
      for (const schedule of schedules) schedule.stop();
    },
  };
}

function readRule(resource: Resource, authorize: Authorize): Rule | undefined {
  const { logicalId } = resource;
  const { EventPattern, ScheduleExpression, State, Targets } = readProperties(resource, properties);
  const isTopic = ({ Arn }: { readonly Arn: string }) => Arn.startsWith('arn:aws:sns:');
  const odd = Targets.find((target) => (target.InputTransformer !== undefined) !== isTopic(target));
  if (odd)
    throw new Error(`The rule ${logicalId} cannot run here: a topic alone takes an input of its own, and needs one.`);
  const functions = Targets.filter((target) => !isTopic(target));
  for (const { Arn } of functions) requirePermission(authorize, Arn, 'events', resource.arn);
  const rule: Rule = {
    resource,
    targets: functions.map(({ Arn }) => Arn),
    matches: EventPattern === undefined || functions.length === 0 ? undefined : compilePattern(EventPattern, logicalId),
    every: ScheduleExpression === undefined ? undefined : readRate(ScheduleExpression, logicalId),
  };
  return State === 'ENABLED' ? rule : undefined;
}

const units: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

function readRate(expression: string, owner: string): number {
  const [, count, unit = ''] = /^rate\(([1-9]\d*) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const length = units[unit];
  if (length === undefined) throw new Error(`The rule ${owner} runs by ${expression}: only rate(…) is known here.`);
  return Number(count) * length;
}

/**
 * Not a timer of the clock: an advance would fire that once for each interval. `look` fires when the rule is due, at
 * the last of the instants that have passed. While the clock runs, a nap of real time calls it.
 */
function startSchedule(every: number, clock: MovableClock, fire: (due: number) => void) {
  let next = clock.now() + every;
  let nap: NodeJS.Timeout | undefined;
  const rest = () => {
    clearTimeout(nap);
    nap = setTimeout(look, Math.min(longestNap, Math.max(0, next - clock.now())));
    nap.unref();
  };
  const look = () => {
    const passed = Math.floor((clock.now() - next) / every);
    if (passed >= 0) {
      const due = next + passed * every;
      next = due + every;
      fire(due);
    }
    rest();
  };
  rest();
  return { look, stop: () => clearTimeout(nap) };
}
