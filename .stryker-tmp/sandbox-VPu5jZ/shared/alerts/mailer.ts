// @ts-nocheck
import { type SESClient, SESServiceException, SendRawEmailCommand } from '@aws-sdk/client-ses';
import MailComposer from 'nodemailer/lib/mail-composer';
import { encodeTags, type MailTags } from './tags.ts';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly tags: MailTags;
}

export type Mailer = ReturnType<typeof createMailer>;

/** `from` is the sender's address; `configurationSet` names where SES publishes what became of each mail. */
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
     * Hands one mail over to SES, which is not yet a delivery. Answers with its message id, or undefined where SES refuses
     * what stands in the directory as an address: trying again would not help. Throws on any other fault.
     */
    async send({ to, subject, text, tags }: Mail): Promise<string | undefined> {
      const mail = new MailComposer({ from, to, subject, text, headers: { 'Auto-Submitted': 'auto-generated' } });
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
