/**
 * What AWS services send by themselves on the template's behalf. Alarms and news of mail go to topics, and what was given
 * up goes to queues. In AWS a missing permission shows only as a message that never arrives.
 */
import { AccessDenied, type Authorize, type Principal } from '../endpoint/service.ts';
import { createAuthorize } from '../iam/iam.ts';
import { authorizeUse } from '../kms/kms.ts';
import type { Resource, Template } from '../template/template.ts';
import { publishingWith } from './topics.ts';

type Plain = Readonly<Record<string, unknown>>;

/** One way that a message takes, such as `the alarm SweepErrorsAlarm notifies the topic Alarms`. */
interface Delivery {
  readonly what: string;
  readonly sender: Principal;
  readonly action: string;
  /** The ARN of a topic, queue or stream. */
  readonly to: string;
}

const service = (name: string, sourceArn: string): Principal => ({ kind: 'service', name, sourceArn });
const nameOf = (arn: string) => arn.split(':').at(-1) ?? arn;
const listOf = (value: unknown) => (value === undefined ? [] : [value].flat().map(String));

/** Throws a sentence for an alarm that acts on something else than a topic. */
function alarmDeliveries(template: Template): readonly (Delivery & { readonly alarm: string })[] {
  return template.ofType('AWS::CloudWatch::Alarm').flatMap(({ logicalId, arn, properties }) =>
    ['AlarmActions', 'OKActions', 'InsufficientDataActions'].flatMap((kind) =>
      listOf(properties[kind]).map((to) => {
        if (!to.startsWith('arn:aws:sns:')) {
          throw new Error(`The alarm ${logicalId} acts on ${to}: only topics can be told here.`);
        }
        return {
          what: `the alarm ${logicalId} notifies the topic ${nameOf(to)}`,
          sender: service('cloudwatch.amazonaws.com', arn),
          action: 'sns:Publish',
          to,
          alarm: logicalId,
        };
      }),
    ),
  );
}

function mailDeliveries(template: Template): readonly Delivery[] {
  const setOf = (name: unknown) => template.ofType('AWS::SES::ConfigurationSet').find((set) => set.name === name);
  return template.ofType('AWS::SES::ConfigurationSetEventDestination').flatMap(({ properties }) => {
    const destination = properties.EventDestination as Plain;
    const to = String((destination.SnsDestination as Plain | undefined)?.TopicARN);
    const set = setOf(properties.ConfigurationSetName);
    return {
      what: `SES tells the topic ${nameOf(to)} what became of a mail`,
      sender: service('ses.amazonaws.com', set?.arn ?? ''),
      action: 'sns:Publish',
      to,
    };
  });
}

/** The queue for what an event rule, a subscription or a function gave up. A function sends as its own role. */
function failureDeliveries(template: Template): readonly Delivery[] {
  const delivery = ({ logicalId }: Resource, sender: Principal, queue: unknown): readonly Delivery[] =>
    listOf(queue).map((to) => ({
      what: `${logicalId} puts what it gave up into the queue ${nameOf(to)}`,
      sender,
      action: 'sqs:SendMessage',
      to,
    }));
  const rules = template
    .ofType('AWS::Events::Rule')
    .flatMap((rule) =>
      ((rule.properties.Targets ?? []) as readonly Plain[]).flatMap(({ DeadLetterConfig }) =>
        delivery(rule, service('events.amazonaws.com', rule.arn), (DeadLetterConfig as Plain | undefined)?.Arn),
      ),
    );
  const subscriptions = template.ofType('AWS::SNS::Subscription').flatMap((subscription) => {
    const { TopicArn, RedrivePolicy } = subscription.properties;
    const queue = (RedrivePolicy as Plain | undefined)?.deadLetterTargetArn;
    return delivery(subscription, service('sns.amazonaws.com', String(TopicArn)), queue);
  });
  const functions = template.ofType('AWS::Lambda::Function').flatMap((one) => {
    const queue = (one.properties.DeadLetterConfig as Plain | undefined)?.TargetArn;
    return delivery(one, { kind: 'function', logicalId: one.logicalId }, queue);
  });
  const mappings = template.ofType('AWS::Lambda::EventSourceMapping').flatMap((mapping) => {
    const { FunctionName, DestinationConfig } = mapping.properties;
    const reader = template
      .ofType('AWS::Lambda::Function')
      .find(({ name, arn }) => [name, arn].includes(`${FunctionName}`));
    const onFailure = (DestinationConfig as Plain | undefined)?.OnFailure as Plain | undefined;
    return delivery(mapping, { kind: 'function', logicalId: reader?.logicalId ?? '' }, onFailure?.Destination);
  });
  return [...rules, ...subscriptions, ...functions, ...mappings];
}

/** The sentence that refuses this delivery, its topic's key included. Undefined where it arrives. */
function refusalOf(
  { what, sender, action, to }: Delivery,
  template: Template,
  authorize: Authorize,
): string | undefined {
  const topic = template.ofType('AWS::SNS::Topic').find(({ arn }) => arn === to);
  const key = topic?.properties.KmsMasterKeyId;
  try {
    authorize(sender, action, to);
    if (key !== undefined) {
      const arn = template.resources.get(String(key))?.arn ?? String(key);
      authorizeUse(authorize, sender, publishingWith(arn, to));
    }
    return undefined;
  } catch (error) {
    if (error instanceof AccessDenied) return `It must be that ${what}, and it cannot. ${error.message}.`;
    throw error;
  }
}

/** A sentence for each message that AWS would not deliver. */
export function undelivered(template: Template): readonly string[] {
  const authorize = createAuthorize(template);
  return [...alarmDeliveries(template), ...mailDeliveries(template), ...failureDeliveries(template)]
    .map((delivery) => refusalOf(delivery, template, authorize))
    .filter((sentence) => sentence !== undefined);
}

/** Throws the first sentence of `undelivered`. */
export function requireDeliveries(template: Template): void {
  const [first] = undelivered(template);
  if (first !== undefined) throw new Error(first);
}

/** The alarms that would reach no person: without an action, switched off, or on a topic without a subscription. */
export function silentAlarms(template: Template): readonly string[] {
  const heard = new Set(template.ofType('AWS::SNS::Subscription').map(({ properties }) => String(properties.TopicArn)));
  const reaching = new Set(
    alarmDeliveries(template)
      .filter(({ to }) => heard.has(to))
      .map(({ alarm }) => alarm),
  );
  return template
    .ofType('AWS::CloudWatch::Alarm')
    .filter(({ logicalId, properties }) => !reaching.has(logicalId) || properties.ActionsEnabled === false)
    .map(({ logicalId }) => logicalId);
}
