/**
 * The tags of a mail. SES returns them with its news, so they tell the alerts and the recipient. SES allows letters, digits, `_`
 * and `-` in them. An id has dots and never `_`.
 */
import * as z from 'zod';

export interface MailTags {
  readonly referralId: string;
  readonly alertId: string;
  readonly personId: string;
  /** The other alerts in the same mail. */
  readonly with?: readonly string[];
}

/**
 * Says which mail it is: each alert in it with its reader, such as `CR-7F3KD-9QXMT2.A12/P-1`. A mail that goes out once
 * more has the same. SES gives each mail a `Message-ID` of its own, so that header cannot tell.
 */
export const mailIdOf = ({ alertId, personId, with: others = [] }: MailTags): string =>
  [alertId, ...others].map((id) => `${id}/${personId}`).join(' ');

const encode = (id: string) => id.replaceAll('.', '_');

/** In the form of SendRawEmail. */
export const encodeTags = ({ with: others = [], ...tags }: MailTags): { Name: string; Value: string }[] =>
  [
    ...(['referralId', 'alertId', 'personId'] as const).map((name) => [name, tags[name]] as const),
    ...others.map((alertId, index) => [`with-${index + 1}`, alertId] as const),
  ].map(([Name, id]) => ({ Name, Value: encode(id) }));

const tag = z.tuple([z.string().regex(/^[A-Z0-9_-]{1,64}$/)]).transform(([value]) => value.replaceAll('_', '.'));
const named = z.object({ referralId: tag, alertId: tag, personId: tag });

/** The tags in an event of SES: each a list of one. A mail without them came from another sender. */
export const mailTags = z.record(z.string(), z.unknown()).transform((given, context): MailTags => {
  const found = named.safeParse(given);
  const others = z
    .array(tag)
    .safeParse(Object.keys(given).flatMap((name) => (/^with-\d+$/.test(name) ? [given[name]] : [])));
  if (found.success && others.success) return { ...found.data, ...(others.data.length > 0 && { with: others.data }) };
  context.addIssue('These are no tags of ours.');
  return z.NEVER;
});
