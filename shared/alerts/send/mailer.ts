import { type SESClient, SESServiceException, SendRawEmailCommand } from '@aws-sdk/client-ses';
import MailComposer from 'nodemailer/lib/mail-composer';
import { isMailbox } from '../../domain/directory/directory-entry.ts';
import type { Message } from '../compose/compose.ts';
import { encodeTags, type MailTags, mailIdOf } from '../compose/tags.ts';

export interface Mail extends Pick<Message, 'subject' | 'text' | 'html' | 'headers' | 'invitation'> {
  readonly to: string;
  readonly tags: MailTags;
}

export type Mailer = ReturnType<typeof createMailer>;

/** `from` is the sender's address. `configurationSet` names where SES publishes the news about each mail. */
export function createMailer({
  client,
  from,
  configurationSet,
}: {
  readonly client: SESClient;
  readonly from: string;
  readonly configurationSet: string;
}) {
  return {
    /**
     * Gives one mail to SES, which is not yet a delivery. Returns its message id. Undefined where the address is invalid or SES
     * refuses it, because another try would not help. Throws on any other fault.
     */
    async send({ to, subject, text, html, headers, invitation, tags }: Mail): Promise<string | undefined> {
      if (!isMailbox(to)) return undefined;
      const mail = new MailComposer({
        from,
        to,
        subject,
        text,
        html,
        headers: { ...headers, 'X-Careline-Mail': mailIdOf(tags) },
        ...(invitation && {
          icalEvent: { method: invitation.method, filename: invitation.fileName, content: invitation.content },
        }),
      });
      try {
        const { MessageId } = await client.send(
          new SendRawEmailCommand({
            Source: from,
            Destinations: [to],
            RawMessage: { Data: await mail.compile().build() },
            ConfigurationSetName: configurationSet,
            Tags: encodeTags(tags),
          }),
        );
        return MessageId;
      } catch (error) {
        if (error instanceof SESServiceException && error.name === 'InvalidParameterValue') return undefined;
        throw error;
      }
    },
  };
}
