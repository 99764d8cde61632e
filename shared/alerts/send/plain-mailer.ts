/** Mail that is about no alert and goes to no person of the directory. It has no tags, so its news is not recorded. */
import { type SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import MailComposer from 'nodemailer/lib/mail-composer';

export interface PlainMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export type PlainMailer = ReturnType<typeof createPlainMailer>;

/** `from` is the sender's address. `configurationSet`: as for other mail. */
export function createPlainMailer({
  client,
  from,
  configurationSet,
}: {
  readonly client: SESClient;
  readonly from: string;
  readonly configurationSet: string;
}) {
  return {
    /** Gives one mail to SES. Rejects where SES does not take it. */
    async send({ to, subject, text }: PlainMail): Promise<void> {
      await client.send(
        new SendRawEmailCommand({
          Source: from,
          Destinations: [to],
          RawMessage: { Data: await new MailComposer({ from, to, subject, text }).compile().build() },
          ConfigurationSetName: configurationSet,
        }),
      );
    },
  };
}
