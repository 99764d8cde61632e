/**
 * What AWS services send by themselves on the template's behalf. Alarms and news of mail go to topics, and what was given
 * up goes to queues. In AWS a missing permission shows only as a message that never arrives.
 */
import { AccessDenied, type Authorize, localAccount, localRegion, type Principal } from '../endpoint/service.ts';
import { createAuthorize } from '../iam/iam.ts';
import { authorizeUse, type KeyUse } from '../kms/kms.ts';
import { readFunctionName } from '../lambda/function-name.ts';
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
function alarmDeliveries(template: Template): readonly Delivery[] {
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

/** The rules that tell a topic. */
function noticeDeliveries(template: Template): readonly Delivery[] {
  return template.ofType('AWS::Events::Rule').flatMap(({ logicalId, arn, properties }) =>
    ((properties.Targets ?? []) as readonly Plain[])
      .map(({ Arn }) => String(Arn))
      .filter((to) => to.startsWith('arn:aws:sns:'))
      .map((to) => ({
        what: `the rule ${logicalId} notifies the topic ${nameOf(to)}`,
        sender: service('events.amazonaws.com', arn),
        action: 'sns:Publish',
        to,
      })),
  );
}

/** The function that a mapping feeds, as the caller that its role makes it. */
function readerOf({ properties: { FunctionName: named } }: Resource, template: Template) {
  const wanted = readFunctionName(String(named)).name;
  const reader = template.ofType('AWS::Lambda::Function').find(({ name }) => name === wanted);
  return { kind: 'function', logicalId: reader?.logicalId ?? '' } as const;
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
    const onFailure = (mapping.properties.DestinationConfig as Plain | undefined)?.OnFailure as Plain | undefined;
    return delivery(mapping, readerOf(mapping, template), onFailure?.Destination);
  });
  return [...rules, ...subscriptions, ...functions, ...mappings];
}

/** How the sender uses the key of a topic. Undefined where that has none of its own. Queues have keys of SQS. */
function keyUseOf(to: string, template: Template): KeyUse | undefined {
  const key = template.ofType('AWS::SNS::Topic').find(({ arn }) => arn === to)?.properties.KmsMasterKeyId;
  return key === undefined ? undefined : publishingWith(arnOfKey(key, template), to);
}

const arnOfKey = (key: unknown, template: Template) => template.resources.get(String(key))?.arn ?? String(key);

/** The sentence of a refusal. Undefined where there is none. */
function refusalOf(what: string, ask: () => void): string | undefined {
  try {
    ask();
    return undefined;
  } catch (error) {
    if (error instanceof AccessDenied) return `It must be that ${what}, and it cannot. ${error.message}.`;
    throw error;
  }
}

/** CloudWatch Logs encrypts by itself what it is given. */
function unwrittenLogs(template: Template, authorize: Authorize): readonly (string | undefined)[] {
  return template.ofType('AWS::Logs::LogGroup').flatMap(({ logicalId, arn, properties: { KmsKeyId: key } }) => {
    if (key === undefined) return [];
    const group = arn.replace(/:\*$/, '');
    const use: KeyUse = {
      key: arnOfKey(key, template),
      actions: ['Encrypt', 'Decrypt', 'GenerateDataKey', 'DescribeKey'],
      via: 'logs',
      context: { 'aws:logs:arn': group },
    };
    const sender = service(`logs.${localRegion}.amazonaws.com`, group);
    return [refusalOf(`the log group ${logicalId} is encrypted`, () => authorizeUse(authorize, sender, use))];
  });
}

/** What Lambda does with the role of the function that it feeds. */
const readsOf = {
  queue: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  stream: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
} as const;

/** Lambda decrypts the records of a stream with the key of the table. */
function unreadSources(template: Template, authorize: Authorize): readonly (string | undefined)[] {
  return template.ofType('AWS::Lambda::EventSourceMapping').map((mapping) => {
    const source = String(mapping.properties.EventSourceArn);
    const table = template.ofType('AWS::DynamoDB::Table').find(({ arn }) => source.startsWith(`${arn}/stream/`));
    const queue = template.ofType('AWS::SQS::Queue').find(({ arn }) => arn === source);
    const what = table ? `the stream of ${table.logicalId}` : queue && `the queue ${queue.logicalId}`;
    if (what === undefined) return undefined;
    const reader = readerOf(mapping, template);
    return refusalOf(`Lambda reads ${what} for ${reader.logicalId}`, () => {
      for (const action of readsOf[table ? 'stream' : 'queue']) authorize(reader, action, source);
      const key = (table?.properties.SSESpecification as Plain | undefined)?.KMSMasterKeyId;
      if (table === undefined || key === undefined) return;
      const context = { 'aws:dynamodb:tableName': table.name, 'aws:dynamodb:subscriberId': localAccount };
      authorizeUse(authorize, reader, { key: arnOfKey(key, template), actions: ['Decrypt'], via: 'dynamodb', context });
    });
  });
}

/** A sentence for each message that AWS would not deliver. Also for each stream or log that it could not use. */
export function undelivered(template: Template): readonly string[] {
  const authorize = createAuthorize(template);
  const deliveries = [alarmDeliveries, noticeDeliveries, mailDeliveries, failureDeliveries].flatMap((of) =>
    of(template),
  );
  const refused = deliveries.map(({ what, sender, action, to }) =>
    refusalOf(what, () => {
      authorize(sender, action, to);
      const use = keyUseOf(to, template);
      if (use) authorizeUse(authorize, sender, use);
    }),
  );
  const others = [...unreadSources(template, authorize), ...unwrittenLogs(template, authorize)];
  return [...refused, ...others].filter((sentence) => sentence !== undefined);
}

/** Throws the first sentence of `undelivered`. */
export function requireDeliveries(template: Template): void {
  const [first] = undelivered(template);
  if (first !== undefined) throw new Error(first);
}
