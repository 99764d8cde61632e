/**
 * Lambda's readers of queues, one message at a time. A message that its function fails on is taken again as often as the redrive
 * policy of the queue says. Then it lies in the queue that the policy names, where only a person looks.
 */
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import type { Activity } from '../clock/clock.ts';
import { openKept } from '../data-folder/kept-file.ts';
import { readProperties } from '../template/read-properties.ts';
import type { Resource, Template } from '../template/template.ts';
import type { Lambda } from './invocation.ts';

export interface Message {
  /** The ARN of the queue in which it lies. */
  readonly queue: string;
  readonly body: string;
}

/** Strict: a property that is not here would be accepted and ignored. */
const properties = z.strictObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: z.literal(1, 'one message at a time is read here'),
  Enabled: z.boolean().default(true),
  // One message is read at a time here, so any most is kept.
  ScalingConfig: z.strictObject({ MaximumConcurrency: z.int().min(2) }).optional(),
  Tags: z.unknown().optional(),
});
const redrive = z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.int().min(1) });
const redriven = z.object({ RedrivePolicy: redrive });

const kept = z.object({
  waiting: z.array(z.object({ body: z.string(), received: z.number() })),
  unread: z.array(z.object({ queue: z.string(), body: z.string() })),
});

const isOfQueue = ({ properties: { EventSourceArn } }: Resource) => String(EventSourceArn).startsWith('arn:aws:sqs:');

/** Starts reading at once. Throws on a mapping with properties that are not known here, or on a queue without a redrive policy. */
export function startQueueMappings({
  template,
  lambda,
  activity,
  folder,
  backoff = (received) => 100 * 2 ** received,
}: {
  readonly template: Template;
  readonly lambda: Pick<Lambda, 'invoke'>;
  readonly activity: Activity;
  /** Where messages are kept; in memory without it. */
  readonly folder?: string;
  /** Real milliseconds in which a message that failed is not seen, by how often it was received. They count as activity. */
  readonly backoff?: (received: number) => number;
}) {
  const readers = template.ofType('AWS::Lambda::EventSourceMapping').filter(isOfQueue).map(createReader);
  for (const { nudge } of readers) nudge();
  const lying: Message[] = [];
  return {
    /** Puts a message into a queue, which hands it to the function that reads it. Where none does, it lies there. */
    send(message: Message): void {
      const reader = readers.find(({ arn }) => arn === message.queue);
      if (reader) reader.send(message.body);
      else lying.push(message);
    },
    /** The messages that no function reads any more, in order. */
    unread: (): readonly Message[] => [...lying, ...readers.flatMap(({ unread }) => unread)],
    /** Stops reading; resolves when the invocations in flight have ended. */
    stop: async () => void (await Promise.all(readers.map(({ stop }) => stop()))),
  };

  function createReader(resource: Resource) {
    const { logicalId } = resource;
    const { EventSourceArn: arn, FunctionName, Enabled } = readProperties(resource, properties);
    const queue = template.ofType('AWS::SQS::Queue').find((each) => each.arn === arn);
    const { RedrivePolicy: policy } = readProperties({ logicalId, properties: queue?.properties ?? {} }, redriven);
    const file = openKept(folder, `${logicalId}.json`, kept);
    const { waiting, unread } = file.found ?? { waiting: [], unread: [] };
    const save = () => file.keep({ waiting, unread });
    let [stopping, reading]: [boolean, Promise<void> | undefined] = [false, undefined];

    const read = async () => {
      for (let message = waiting[0]; message && !stopping; message = waiting[0]) {
        if (message.received > 0) await pause(backoff(message.received));
        const messageId = `${logicalId}-${message.received + 1}`;
        const result = await lambda.invoke(FunctionName, {
          Records: [{ messageId, body: message.body, eventSource: 'aws:sqs', eventSourceARN: arn }],
        });
        // Lambda is stopping: no fault of the message, which is read again at the next start.
        if (!result.ok && result.errorType === 'Lambda.ServiceException') return;
        message.received += 1;
        const isLast = message.received >= policy.maxReceiveCount;
        if (result.ok || isLast) waiting.shift();
        if (!result.ok && isLast) unread.push({ queue: policy.deadLetterTargetArn, body: message.body });
        save();
      }
    };
    const nudge = () => {
      if (!Enabled || reading || stopping || waiting.length === 0) return;
      reading = activity.track(read).finally(() => {
        reading = undefined;
      });
    };
    return {
      arn,
      unread,
      nudge,
      send(body: string) {
        waiting.push({ body, received: 0 });
        save();
        nudge();
      },
      async stop() {
        stopping = true;
        await reading;
      },
    };
  }
}
