import { type PinpointSMSVoiceV2Client, SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import type { Language } from '../../domain/core/vocabulary.ts';

export interface Text {
  /** With a plus and the country code: `+12035550188`. */
  readonly to: string;
  /** The number of the duty desk, as people read it: `203-555-0100`. Absent for the person at the desk. */
  readonly deskPhone?: string | undefined;
  readonly language: Language;
}

export type Texter = ReturnType<typeof createTexter>;

/**
 * The only words of a text message. They say who has something to tell, and that it is urgent. They name no referral and no
 * child, and nothing of the subject. The person at the duty desk is sent to the e-mail alone. So no two people are told to call each other.
 */
const words: Readonly<Record<Language, { readonly desk: (phone: string) => string; readonly own: string }>> = {
  en: {
    desk: (phone) =>
      `Careline, URGENT: the duty desk has something to tell you. Read our e-mail now, or call the desk: ${phone}`,
    own: 'Careline, URGENT: our e-mail has something to tell you. No one has answered it. Read it now.',
  },
  es: {
    desk: (phone) =>
      `Careline, URGENTE: la mesa de guardia tiene algo que decirle. Lea ya nuestro correo, o llame a la mesa: ${phone}`,
    own: 'Careline, URGENTE: nuestro correo tiene algo que decirle. Nadie lo ha respondido. Lea el correo ya.',
  },
};

export const textOf = ({ deskPhone, language }: Pick<Text, 'deskPhone' | 'language'>): string =>
  deskPhone === undefined ? words[language].own : words[language].desk(deskPhone);

/** AWS's errors about a number that cannot get messages: another try would not help. */
const final = new Set(['ValidationException', 'ConflictException', 'ResourceNotFoundException']);

/** `from` is the ARN of the sending number. */
export function createTexter({ client, from }: { readonly client: PinpointSMSVoiceV2Client; readonly from: string }) {
  return {
    /**
     * Gives one text message to AWS, which is not yet a delivery: replies and receipts are not read. Returns its message id.
     * Undefined where the number cannot get messages. Throws on any other fault.
     */
    async send({ to, ...text }: Text): Promise<string | undefined> {
      try {
        const { MessageId } = await client.send(
          new SendTextMessageCommand({
            DestinationPhoneNumber: to,
            OriginationIdentity: from,
            MessageBody: textOf(text),
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
