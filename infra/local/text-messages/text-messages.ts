/**
 * AWS End User Messaging SMS with the one call the product makes: SendTextMessage. Nothing leaves this machine: what was sent is
 * kept for the inbox at `/_local/texts`.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Clock } from '../clock/clock.ts';
import { openJournal } from '../data-folder/journal.ts';
import { createJsonService, JsonRefusal } from '../endpoint/json.ts';
import type { Authorize, AwsService } from '../endpoint/service.ts';

/** `at` is an ISO instant, UTC, by the movable clock. */
export interface SentText {
  readonly messageId: string;
  readonly at: string;
  readonly to: string;
  readonly body: string;
}

export interface TextMessages {
  readonly service: AwsService;
  /** Every text message that was taken, oldest first. */
  sent(): readonly SentText[];
}

/** What AWS checks of a call, and the product sends. A field it does not send is refused, so that no one relies on it here. */
const call = z.strictObject({
  DestinationPhoneNumber: z.string().regex(/^\+[1-9][0-9]{1,18}$/),
  OriginationIdentity: z.string().min(1),
  MessageBody: z.string().min(1).max(1600),
  MessageType: z.literal('TRANSACTIONAL'),
  Context: z.record(z.string(), z.string()).optional(),
});

/** Kept under `<folder>/texts.jsonl`; without a folder, in memory. */
export function createTextMessages(options: {
  readonly authorize: Authorize;
  readonly clock: Clock;
  readonly folder?: string;
}): TextMessages {
  const { authorize, clock, folder } = options;
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const journal = openJournal<SentText>(folder === undefined ? undefined : join(folder, 'texts.jsonl'));
  const sent: SentText[] = [...journal.replayed];
  return {
    sent: () => [...sent],
    service: createJsonService({
      client: 'pinpoint-sms-voice-v2',
      title: 'End User Messaging SMS',
      target: 'PinpointSMSVoiceV2.',
      stop: () => journal.close(),
      actions: {
        SendTextMessage(input, principal) {
          const read = call.safeParse(input);
          if (!read.success) {
            const fields = read.error.issues.map(({ path }) => path.join('.') || 'the call').join(', ');
            throw new JsonRefusal('ValidationException', `SendTextMessage is not as it must be in: ${fields}.`);
          }
          const { DestinationPhoneNumber: to, MessageBody, OriginationIdentity } = read.data;
          authorize(principal, 'sms-voice:SendTextMessage', OriginationIdentity);
          const text = {
            messageId: randomUUID(),
            at: new Date(clock.now()).toISOString(),
            to,
            body: MessageBody,
          };
          journal.append(text);
          sent.push(text);
          return { MessageId: text.messageId };
        },
      },
    }),
  };
}
