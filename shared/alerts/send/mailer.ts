import { SESServiceException } from '@aws-sdk/client-ses';
import { isMailbox } from '../../domain/directory/directory-entry.ts';
import type { Message } from '../compose/compose.ts';
import { encodeTags, type MailTags, mailIdOf } from '../compose/tags.ts';
import { type Sender, sendRaw } from './send-raw.ts';

export interface Mail extends Pick<Message, 'subject' | 'text' | 'html' | 'headers' | 'invitation'> {
  readonly to: string;
  readonly tags: MailTags;
}

export type Mailer = ReturnType<typeof createMailer>;

export const createMailer = (sender: Sender) => ({
  /**
   * Gives one mail to SES, which is not yet a delivery. Returns its message id. Undefined where the address is invalid or SES
   * refuses it, because another try would not help. Throws on any other fault.
   */
  async send({ to, subject, text, html, headers, invitation, tags }: Mail): Promise<string | undefined> {
    if (!isMailbox(to)) return undefined;
    const mail = {
      to,
      subject,
      text,
      html,
      headers: { ...headers, 'X-Careline-Mail': mailIdOf(tags) },
      ...(invitation && {
        icalEvent: { method: invitation.method, filename: invitation.fileName, content: invitation.content },
      }),
    };
    try {
      return await sendRaw(sender, mail, encodeTags(tags));
    } catch (error) {
      if (error instanceof SESServiceException && error.name === 'InvalidParameterValue') return undefined;
      throw error;
    }
  },
});
