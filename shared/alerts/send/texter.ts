import { type PinpointSMSVoiceV2Client, SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';

export interface Text {
  /** With a plus and the country code: `+12035550188`. */
  readonly to: string;
  /** The number to call, as people read it: `203-555-0100`. */
  readonly deskPhone: string;
}

export type Texter = ReturnType<typeof createTexter>;

/** All that a text message ever says. It names no referral, no child, and nothing of what it is about. */
export const textOf = (deskPhone: string): string => `Careline: please call the duty desk, ${deskPhone}`;

/** What AWS says of a number that cannot be sent to: trying again would not help. */
const final = new Set(['ValidationException', 'ConflictException', 'ResourceNotFoundException']);

/** `from` is the ARN of the number that text messages come from. */
export function createTexter({ client, from }: { readonly client: PinpointSMSVoiceV2Client; readonly from: string }) {
  return {
    /**
     * Hands one text message over, which is not yet a delivery: replies and receipts are not read. Answers with its message id, or
     * undefined where the number cannot be sent to. Throws on any other fault.
     */
    async send({ to, deskPhone }: Text): Promise<string | undefined> {
      try {
        const { MessageId } = await client.send(
          new SendTextMessageCommand({
            DestinationPhoneNumber: to,
            OriginationIdentity: from,
            MessageBody: textOf(deskPhone),
            MessageType: 'TRANSACTIONAL',
          }),
        );
        return MessageId;
      } catch (error) {
        if (error instanceof Error && final.has(error.name)) return undefined;
        throw error;
      }
    },
  };
}
