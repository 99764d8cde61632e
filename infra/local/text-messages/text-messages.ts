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
import { action, createJsonService } from '../endpoint/json.ts';
import type { Authorize } from '../endpoint/service.ts';

/** `at` is an ISO instant, UTC, by the movable clock. */
export interface SentText {
  readonly messageId: string;
  readonly at: string;
  readonly to: string;
  readonly body: string;
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
}) {
  const { authorize, clock, folder } = options;
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const journal = openJournal<SentText>(folder === undefined ? undefined : join(folder, 'texts.jsonl'));
  const sent: SentText[] = [...journal.replayed];
  const service = createJsonService({
    client: 'pinpoint-sms-voice-v2',
    prefix: 'sms-voice',
    title: 'End User Messaging SMS',
    target: 'PinpointSMSVoiceV2.',
    authorize,
    stop: () => journal.close(),
    actions: {
      SendTextMessage: action(
        call,
        ({ DestinationPhoneNumber: to, MessageBody: body, OriginationIdentity }, { allow }) => {
          allow(OriginationIdentity);
          const text = { messageId: randomUUID(), at: new Date(clock.now()).toISOString(), to, body };
          journal.append(text);
          sent.push(text);
          return { MessageId: text.messageId };
        },
      ),
    },
  });
  /** Every text message that was taken, oldest first. */
  return { service, sent: (): readonly SentText[] => [...sent] };
}
