/**
 * The tags of a mail tell, in the news that comes back of it, which alerts and whom it was for. SES allows letters, digits,
 * `_` and `-` in them; an id has dots and never `_`.
 */
import * as z from 'zod';

export interface MailTags {
  readonly referralId: string;
  readonly alertId: string;
  readonly personId: string;
  /** The other alerts that the same mail tells of. */
  readonly with?: readonly string[];
}

const encode = (id: string) => id.replaceAll('.', '_');

/** As SendRawEmail takes them. */
export const encodeTags = ({ with: others = [], ...tags }: MailTags): { Name: string; Value: string }[] =>
  [
    ...(['referralId', 'alertId', 'personId'] as const).map((name) => [name, tags[name]] as const),
    ...others.map((alertId, index) => [`with-${index + 1}`, alertId] as const),
  ].map(([Name, id]) => ({ Name, Value: encode(id) }));

const tag = z.tuple([z.string().regex(/^[A-Z0-9_-]{1,64}$/)]).transform(([value]) => value.replaceAll('_', '.'));
const named = z.object({ referralId: tag, alertId: tag, personId: tag });

/** The tags as an event of SES holds them: each a list of one. What is not among them came from another sender. */
export const mailTags = z.record(z.string(), z.unknown()).transform((given, context): MailTags => {
  const found = named.safeParse(given);
  const others = z
    .array(tag)
    .safeParse(Object.keys(given).flatMap((name) => (/^with-\d+$/.test(name) ? [given[name]] : [])));
  if (found.success && others.success) return { ...found.data, ...(others.data.length > 0 && { with: others.data }) };
  context.addIssue('These are no tags of ours.');
  return z.NEVER;
});
