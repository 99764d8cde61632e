import { Duration } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { type Alarm, type IMetric, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { EventField } from 'aws-cdk-lib/aws-events';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { EmailSubscription, UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { alarmWhenAbove, alarmWhenSilent } from './alarm-when.ts';
import { type AlarmTopics, createAlarmTopic, tellTopics } from './notice-topic.ts';
import type { ScheduledRule } from './schedule.ts';
import { ownMetric } from './service-levels.ts';

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

const urgentMetrics: readonly string[] = ['LedgerTampered', 'AlertUnreachable'];

const kebab = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();

export interface AlarmProps {
  readonly machines: readonly StateMachine[];
  readonly failureQueues: readonly Queue[];
  /** The functions whose failure stops clocks or mail with no one seeing it: each has an alarm of its own. */
  readonly watchedApart: readonly LambdaFunction[];
  /** The functions that a stream feeds. A record that waits is work that waits. */
  readonly consumers: readonly LambdaFunction[];
  /** A schedule that is switched off fails nowhere, so the silence of each has an alarm. By what it does. */
  readonly schedules: Readonly<Record<string, ScheduledRule>>;
  readonly anchorSchedule: ScheduledRule;
  readonly door: RestApi;
  /** The functions behind the door: the console, the API, and the check of who asks. */
  readonly answering: readonly LambdaFunction[];
  /** Gets every alarm by mail, once its owner has confirmed the subscription. */
  readonly oncallEmail: string | undefined;
  /** The paging service that gets what cannot wait for a mailbox. */
  readonly pageUrl: string | undefined;
}

/** A person who waits this long for a page goes away. In milliseconds, of the slowest twentieth. */
const slowAnswer = 5000;
/** A stream that is read this late sends mail late: two minutes is the aim of urgent mail. In milliseconds. */
const lateRecord = 120_000;

/** One alarm for each way in which work can be lost or stall. Each fires at the first occurrence within five minutes. */
export function createAlarms(scope: Construct, props: AlarmProps): AlarmTopics {
  const { oncallEmail, pageUrl } = props;
  const topics: AlarmTopics = {
    mail: createAlarmTopic(scope, 'Alarms', oncallEmail === undefined ? undefined : new EmailSubscription(oncallEmail)),
    ...(pageUrl !== undefined && { page: createAlarmTopic(scope, 'Pages', new UrlSubscription(pageUrl)) }),
  };
  const topic = topics.mail;

  const period = Duration.minutes(5);
  const options = { period, statistic: 'Sum' };
  const alarmWhenAny = (id: string, metric: IMetric, meaning: string, section: string) =>
    alarmWhenAbove(scope, topic, id, metric, { meaning, section });
  /**
   * What cannot wait until a person reads mail goes to the paging service too. Its end does not: a count is over five minutes after
   * it was made, and nothing is mended by then.
   */
  const page = (alarm: Alarm): void => {
    if (topics.page) alarm.addAlarmAction(new SnsAction(topics.page));
  };

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
  for (const one of props.consumers) {
    alarmWhenAbove(scope, topic, `${one.node.id}Behind`, one.metric('IteratorAge', { period, statistic: 'Maximum' }), {
      meaning: `A change waits more than two minutes for ${one.node.id}, so calls and mail are late.`,
      section: 'stream-behind',
      threshold: lateRecord,
    });
  }
  for (const [id, schedule] of Object.entries(props.schedules)) {
    page(
      alarmWhenSilent(scope, topic, `${id}Silent`, callsBy(schedule), {
        meaning: `The schedule of ${id} called nothing three times in a row. Look whether its rule is on.`,
        section: 'schedule-silent',
        periods: 3,
      }),
    );
  }
  page(
    alarmWhenSilent(scope, topic, 'AnchorsMissing', callsBy(props.anchorSchedule), {
      meaning: 'Nothing was compared or anchored for three hours. Look whether its schedule is on.',
      section: 'anchors-missing',
      periods: 3,
    }),
  );
  // Both doors catch their faults and answer with 500, so their functions count no error.
  const faults = props.door.deploymentStage.metricServerError(options);
  alarmWhenAny('DoorFails', faults, 'The console or the API answered a person with a fault of ours.', 'door-fails');
  page(
    alarmWhenAbove(scope, topic, 'DoorKeepsFailing', faults, {
      meaning: 'For a quarter of an hour, the console or the API answered people with faults of ours.',
      section: 'door-fails',
      periods: 3,
    }),
  );
  for (const one of props.answering) {
    alarmWhenAbove(scope, topic, `${one.node.id}Slow`, one.metricDuration({ period, statistic: 'p95' }), {
      meaning: `For a quarter of an hour, one in twenty answers of ${one.node.id} took longer than five seconds.`,
      section: 'door-slow',
      threshold: slowAnswer,
      periods: 3,
    });
  }
  // SES pauses sending at 10% of bounces and 0.5% of complaints, and reviews the account at half of that.
  for (const [id, metricName, threshold] of [
    ['MailBounces', 'Reputation.BounceRate', 0.05],
    ['MailComplaints', 'Reputation.ComplaintRate', 0.001],
  ] as const) {
    const metric = new Metric({ namespace: 'AWS/SES', metricName, statistic: 'Average', period: Duration.hours(1) });
    alarmWhenAbove(scope, topic, id, metric, {
      meaning: 'So much mail comes back that SES may stop all sending. Find the addresses, and take them out.',
      section: 'mail-comes-back',
      threshold,
    });
  }
  tellWhenMailStops(scope, topics);
  tellWhenCopiesFail(scope, { mail: topic });
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
    const metric = ownMetric(metricName, period);
    const alarm = alarmWhenAny(metricName, metric, meaning, sections[metricName] ?? kebab(metricName));
    if (urgentMetrics.includes(metricName)) page(alarm);
  }
  page(
    alarmWhenAbove(scope, topic, 'SweepKeepsRepairing', ownMetric('SweepRepaired', period), {
      meaning:
        'For a quarter of an hour, each sweep did what others should have done. The stream may feed no function.',
      section: 'sweep-repaired',
      periods: 3,
    }),
  );
  return topics;
}

/** SES has no metric of it. It says by an event that it stopped all mail of the account, and by another that mail goes again. */
function tellWhenMailStops(scope: Construct, topics: AlarmTopics): void {
  tellTopics(scope, 'MailStopped', topics, {
    description: 'SES stopped the mail of this account, or lets it go again.',
    pattern: { source: ['aws.ses'], detailType: ['Sending Status Disabled', 'Sending Status Enabled'] },
    message: `SES: ${EventField.detailType}. Disabled: no mail goes out, so call people.`,
    section: 'mail-stopped',
  });
}

/** A copy that was not made fails nowhere else. */
function tellWhenCopiesFail(scope: Construct, topics: AlarmTopics): void {
  tellTopics(scope, 'CopyFailed', topics, {
    description: 'AWS Backup could not copy a table.',
    pattern: {
      source: ['aws.backup'],
      detailType: ['Backup Job State Change'],
      detail: { state: ['FAILED', 'ABORTED', 'EXPIRED'] },
    },
    message: `AWS Backup: the copy of ${EventField.fromPath('$.detail.resourceArn')} is ${EventField.fromPath('$.detail.state')}.`,
    section: 'copy-failed',
  });
}

/** How often a schedule called its function. Of the rule, because another trigger may call the same function. */
const callsBy = ({ rule, every }: ScheduledRule): Metric =>
  new Metric({
    namespace: 'AWS/Events',
    metricName: 'Invocations',
    dimensionsMap: { RuleName: rule.ruleName },
    statistic: 'Sum',
    period: every,
  });
