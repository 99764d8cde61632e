/** Mail that is about no alert and goes to no person of the directory. It has no tags, so its news is not recorded. */
import { type Sender, sendRaw } from './send-raw.ts';

export interface PlainMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export type PlainMailer = ReturnType<typeof createPlainMailer>;

export const createPlainMailer = (sender: Sender) => ({
  /** Gives one mail to SES. Rejects where SES does not take it. */
  async send(mail: PlainMail): Promise<void> {
    await sendRaw(sender, mail);
  },
});
