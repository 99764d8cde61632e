import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { live } from './release.ts';

/** A rule that calls a function by the clock. Its silence has an alarm (`createAlarms`). */
export interface ScheduledRule {
  readonly rule: Rule;
  readonly every: Duration;
}

export interface ScheduleProps {
  readonly description: string;
  readonly everyMinutes: number;
  readonly target: LambdaFunction;
  /** Takes the calls that were given up. */
  readonly failures: IQueue;
}

export function createSchedule(
  scope: Construct,
  id: string,
  { description, everyMinutes, target, failures }: ScheduleProps,
): ScheduledRule {
  const every = Duration.minutes(everyMinutes);
  const rule = new Rule(scope, id, {
    description,
    schedule: Schedule.rate(every),
    targets: [new FunctionTarget(live(target), { deadLetterQueue: failures })],
  });
  return { rule, every };
}
