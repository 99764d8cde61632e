import type { PlainMail, PlainMailer } from '../../shared/alerts/send/plain-mailer.ts';
import { type StoredAnchor, statementOf } from '../../shared/proof/anchor.ts';

/** The mail to a witness. It has the signed words, and no reference of any referral. `script`: the digest of `verify.mjs`. */
export function witnessMail(
  { statement, signature, keyId, publicKey, consistency }: StoredAnchor,
  to: string,
  script: string,
): PlainMail {
  const { at, size } = statementOf(statement);
  return {
    to,
    subject: `Careline anchor ${size} of ${at}`,
    text: [
      'Keep this mail. You are a witness of the Careline records.',
      'It shows later that no record was changed since. It names no child and no referral.',
      '',
      statement,
      `consistency ${consistency.join(' ') || '-'}`,
      `key ${keyId}`,
      `public key ${publicKey}`,
      `signature ${signature}`,
      `script ${script}`,
      '',
      'Without change, you get one such mail a day. No mail for two days? Call the agency.',
    ].join('\n'),
  };
}

/** Sends each anchor to these addresses outside the account. One that fails does not stop the others. Rejects for it at the end. */
export const tellWitnesses =
  (mailer: PlainMailer, witnesses: readonly string[], script: string) =>
  async (anchor: StoredAnchor): Promise<void> => {
    const sent = await Promise.allSettled(witnesses.map((to) => mailer.send(witnessMail(anchor, to, script))));
    for (const each of sent) if (each.status === 'rejected') throw each.reason;
  };
