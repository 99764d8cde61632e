import { SESClient } from '@aws-sdk/client-ses';
import { createActivity, createClock, type MovableClock } from '../../../../infra/local/clock/clock.ts';
import type { Authorize } from '../../../../infra/local/endpoint/service.ts';
import type { SendLimits } from '../../../../infra/local/ses/quota.ts';
import { type Ses, startSes } from '../../../../infra/local/ses/ses.ts';
import type { Resource, Template } from '../../../../infra/local/template/template.ts';
import { whereKnown } from '../../../../shared/domain/core/where-known.ts';
import { serveOver } from '../endpoint/over-http.ts';

export const topic = 'arn:aws:sns:us-east-1:000000000000:MailEvents';
export const frozenAt = Date.parse('2027-03-01T09:00:00Z');

interface MailEvent {
  readonly eventType: string;
  readonly mail: {
    readonly messageId: string;
    readonly timestamp: string;
    readonly destination: string[];
    readonly tags: Record<string, string[]>;
  };
  readonly bounce?: {
    readonly bounceType: string;
    readonly bounceSubType: string;
    readonly bouncedRecipients: object[];
  };
  readonly delivery?: { readonly recipients: string[] };
}

export interface Bench {
  readonly ses: Ses;
  readonly client: SESClient;
  readonly clock: MovableClock;
  readonly published: readonly { readonly topicArn: string; readonly event: MailEvent }[];
  /** The event types so far, once the mail has come to rest. */
  types(): Promise<string[]>;
  stop(): Promise<void>;
}

/** A template of the SES resources given, each as `{ logicalId: [type, properties] }`. */
export function templateOf(
  given: Record<string, readonly [type: string, properties: Record<string, unknown>]>,
): Template {
  const resources = new Map(
    Object.entries(given).map(([logicalId, [type, properties]]): [string, Resource] => {
      const name = String(properties.Name ?? properties.EmailIdentity ?? logicalId);
      return [logicalId, { logicalId, type, name, arn: `arn:aws:ses:us-east-1:000000000000:${name}`, properties }];
    }),
  );
  return {
    resources,
    ofType: (type) => [...resources.values()].filter((resource) => resource.type === type),
    stack: { name: 'Careline' },
    outputs: () => new Map(),
    assetFolder: () => '',
  };
}

/** An event destination to the topic for these event types. */
export const destination = (MatchingEventTypes: string[], more: Record<string, unknown> = {}) =>
  [
    'AWS::SES::ConfigurationSetEventDestination',
    {
      ConfigurationSetName: 'Mail',
      EventDestination: { Enabled: true, MatchingEventTypes, SnsDestination: { TopicARN: topic }, ...more },
    },
  ] as const;

export const stack = {
  Domain: ['AWS::SES::EmailIdentity', { EmailIdentity: 'careline.example' }],
  Mail: ['AWS::SES::ConfigurationSet', { SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] } }],
  Events: destination(['send', 'delivery', 'bounce', 'complaint', 'reject', 'deliveryDelay']),
} as const;

/** Starts SES behind the endpoint, with a real client on it. */
export async function startBench(
  options: {
    template?: Template;
    authorize?: Authorize;
    folder?: string;
    limits?: SendLimits;
    publish?: (topicArn: string, message: string) => Promise<void>;
  } = {},
): Promise<Bench> {
  const activity = createActivity();
  const clock = createClock({ activity, frozenAt });
  const published: { topicArn: string; event: MailEvent }[] = [];
  const ses = await startSes({
    template: options.template ?? templateOf(stack),
    clock,
    activity,
    authorize: options.authorize ?? (() => undefined),
    mailPort: 0,
    ...whereKnown({ folder: options.folder, limits: options.limits }),
    publish:
      options.publish ?? (async (topicArn, message) => void published.push({ topicArn, event: JSON.parse(message) })),
  });
  const { as, stop } = await serveOver([ses.service], SESClient, activity);
  return {
    ses,
    client: as('SendAlerts'),
    clock,
    published,
    async types() {
      await activity.rest();
      return published.map(({ event }) => event.eventType);
    },
    stop,
  };
}
