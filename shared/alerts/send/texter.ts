import { type PinpointSMSVoiceV2Client, SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';

export interface Text {
  /** With a plus and the country code: `+12035550188`. */
  readonly to: string;
  /** The number to call, as people read it: `203-555-0100`. */
  readonly deskPhone: string;
}

export type Texter = ReturnType<typeof createTexter>;

/** The only words of a text message. They name no referral and no child, and nothing of the subject. */
export const textOf = (deskPhone: string): string => `Careline: please call the duty desk, ${deskPhone}`;

/** AWS's errors about a number that cannot get messages: another try would not help. */
const final = new Set(['ValidationException', 'ConflictException', 'ResourceNotFoundException']);

/** `from` is the ARN of the sending number. */
export function createTexter({ client, from }: { readonly client: PinpointSMSVoiceV2Client; readonly from: string }) {
  return {
    /**
     * Gives one text message to AWS, which is not yet a delivery: replies and receipts are not read. Returns its message id.
     * Undefined where the number cannot get messages. Throws on any other fault.
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
