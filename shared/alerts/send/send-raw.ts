import { type MessageTag, type SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import MailComposer from 'nodemailer/lib/mail-composer';

/** `from` is the sender's address. `configurationSet` names where SES publishes the news about each mail. */
export interface Sender {
  readonly client: SESClient;
  readonly from: string;
  readonly configurationSet: string;
}

/** Gives one mail to SES as MIME, and gives its message id. Rejects where SES does not take it. */
export async function sendRaw(
  { client, from, configurationSet }: Sender,
  mail: Omit<ConstructorParameters<typeof MailComposer>[0], 'from' | 'to'> & { readonly to: string },
  tags?: MessageTag[],
): Promise<string | undefined> {
  const { MessageId } = await client.send(
    new SendRawEmailCommand({
      Source: from,
      Destinations: [mail.to],
      RawMessage: { Data: await new MailComposer({ from, ...mail }).compile().build() },
      ConfigurationSetName: configurationSet,
      ...(tags && { Tags: tags }),
    }),
  );
  return MessageId;
}
