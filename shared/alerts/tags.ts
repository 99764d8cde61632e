/**
 * The tags of a mail tell, in the news that comes back of it, which alert and whom it was for. SES allows letters, digits,
 * `_` and `-` in them; an id has dots and never `_`.
 */
import * as z from 'zod';

export interface MailTags {
  readonly referralId: string;
  readonly alertId: string;
  readonly personId: string;
}

const encode = (id: string) => id.replaceAll('.', '_');

/** As SendRawEmail takes them. */
export const encodeTags = (tags: MailTags): { Name: string; Value: string }[] =>
  [...(['referralId', 'alertId', 'personId'] as const)].map((name) => ({ Name: name, Value: encode(tags[name]) }));

const tag = z.tuple([z.string().regex(/^[A-Z0-9_-]{1,64}$/)]).transform(([value]) => value.replaceAll('_', '.'));

/** The tags as an event of SES holds them: each a list of one. What is not among them came from another sender. */
export const mailTags = z.object({ referralId: tag, alertId: tag, personId: tag });
