import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { type IMetric, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { accept } from './accepted-findings.ts';
import { alarmWhenAbove, alarmWhenSilent } from './alarm-when.ts';
import { metricsNamespace, metricsService } from './careline-function.ts';
import { createNoticeTopic } from './notice-topic.ts';

/** Metrics that the functions publish, and the meaning of one occurrence. */
const ownMetrics: Readonly<Record<string, string>> = {
  LedgerTampered: 'A record of the ledger was changed or removed. No role may do that: treat it as an incident.',
  RecordInDoubt:
    'A record is not as it was written, so people cannot change it. A supervisor must look at it: follow the runbook chain-in-doubt.',
  SweepRepaired: 'The sweep found something undone and did it. Nothing was lost, but look for what failed to do it.',
  MailWithheld:
    'A mail was not sent, because something shaped like personal data was in it. The next person was asked; look for how it came there.',
  SeatNotReached:
    'An invitation to a team reached no member of a seat. The coordinator was told; look for what failed.',
  NamesNotCompared:
    'The names of a child could not be compared with those of other referrals. The referral says so. KeepVault tries again every half hour; if it fails, look there.',
  AccountNotConfirmed:
    'The pool of sign-ins did not answer. People at work go on for half an hour by what it last said; no other person gets in.',
  AlertUnreachable: 'An alert reached no person on its list. Tell a person another way, now.',
  TablesThrottled:
    'DynamoDB refused requests of the functions for being too many. They were tried again. The dashboards of reads and writes show which table or index.',
};

/**
 * The section of each metric that does not have one by its own name. DynamoDB counts what it refused for each table and each
 * index, of reads and of writes. Their alarms would cost as much as four keys. The functions see each refusal, and count them.
 */
const sections: Readonly<Record<string, string>> = { TablesThrottled: 'throttled-table' };

const kebab = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();

export interface AlarmProps {
  readonly machines: readonly StateMachine[];
  readonly failureQueues: readonly Queue[];
  /** The functions whose failure stops clocks or mail with no one seeing it: each has an alarm of its own. */
  readonly watchedApart: readonly LambdaFunction[];
  /** Its schedule could be switched off with no one seeing it, so its silence has an alarm. */
  readonly anchorHeads: LambdaFunction;
  /** Gets every alarm by mail, once its owner has confirmed the subscription. */
  readonly oncallEmail: string | undefined;
}

/** One alarm for each way in which work can be lost or stall. Each fires at the first occurrence within five minutes. Gives the topic. */
export function createAlarms(scope: Construct, props: AlarmProps): Topic {
  const topic = createNoticeTopic(scope, 'Alarms', 'cloudwatch.amazonaws.com');
  const stack = Stack.of(scope);
  // A policy replaces the one that a topic has from SNS. With the refusal of plain transport alone, no alarm notifies anyone.
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: {
          'aws:SourceArn': stack.formatArn({
            service: 'cloudwatch',
            resource: 'alarm',
            resourceName: '*',
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
        },
      },
    }),
  );
  if (props.oncallEmail !== undefined) {
    accept(topic.addSubscription(new EmailSubscription(props.oncallEmail)), 'Serverless-SNSRedrivePolicy');
  }

  const period = Duration.minutes(5);
  const options = { period, statistic: 'Sum' };
  const alarmWhenAny = (id: string, metric: IMetric, meaning: string, section: string) =>
    alarmWhenAbove(scope, topic, id, metric, { meaning, section });

  for (const machine of props.machines) {
    const id = machine.node.id;
    alarmWhenAny(
      `${id}Failed`,
      machine.metricFailed(options),
      `A run of ${id} failed; a new generation takes over.`,
      'failed-run',
    );
    alarmWhenAny(
      `${id}TimedOut`,
      machine.metricTimedOut(options),
      `A run of ${id} timed out as a whole.`,
      'timed-out-run',
    );
    alarmWhenAny(
      `${id}Aborted`,
      machine.metricAborted(options),
      `A person stopped a run of ${id} by hand.`,
      'stopped-run',
    );
  }
  for (const queue of props.failureQueues) {
    const visible = queue.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' });
    alarmWhenAny(
      queue.node.id,
      visible,
      `A function gave up on what ${queue.node.id} names; the sweep repairs it.`,
      'given-up-events',
    );
  }
  for (const one of props.watchedApart) {
    alarmWhenAny(
      `${one.node.id}Errors`,
      one.metricErrors(options),
      `The function ${one.node.id} failed.`,
      'failed-function',
    );
  }
  const hour = Duration.hours(1);
  alarmWhenSilent(scope, topic, 'AnchorsMissing', props.anchorHeads.metricInvocations({ period: hour }), {
    meaning: 'Nothing was compared or anchored for three hours. Look whether its schedule is on.',
    section: 'anchors-missing',
    periods: 3,
  });
  // An alarm each for the others would cost as much as a key and a half. The account and region hold this stack alone.
  alarmWhenAny(
    'FunctionsErrors',
    LambdaFunction.metricAllErrors(options),
    'A function failed. The dashboard of writes shows which ones.',
    'failed-function',
  );
  // Functions share the places of their account, so one alarm is for all. Eighteen would cost as much as two keys.
  alarmWhenAny(
    'FunctionsRefused',
    LambdaFunction.metricAllThrottles(options),
    'A function was refused for lack of places. The dashboard of reads shows which ones are called most.',
    'functions-refused',
  );
  for (const [metricName, meaning] of Object.entries(ownMetrics)) {
    const metric = new Metric({
      namespace: metricsNamespace,
      metricName,
      dimensionsMap: { service: metricsService },
      ...options,
    });
    alarmWhenAny(metricName, metric, meaning, sections[metricName] ?? kebab(metricName));
  }
  return topic;
}
