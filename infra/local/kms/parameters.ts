/** The fields of KMS's calls, with the sentences that AWS answers with where one is wrong. */
import * as z from 'zod';
import { KmsError } from './failure.ts';

/** Only the end of the sentence. `readInput` puts field and value before it. */
const must = (constraint: string) => ({ error: `Member must ${constraint}` });

/** Base64 of 1 to `most` bytes, decoded. */
export const bytes = (most: number) =>
  z
    .string()
    .refine((text) => z.base64().safeParse(text).success, { error: 'not base64', abort: true })
    .transform((text) => Buffer.from(text, 'base64'))
    .refine(({ length }) => length > 0, must('have length greater than or equal to 1'))
    .refine(({ length }) => length <= most, must(`have length less than or equal to ${most}`));

export const oneOf = <const Value extends string>(...values: readonly Value[]) =>
  z.enum(values, must(`satisfy enum value set: [${values.join(', ')}]`));

export const count = (least: number, most: number) =>
  z
    .int()
    .min(least, must(`have value greater than or equal to ${least}`))
    .max(most, must(`have value less than or equal to ${most}`));

export const keyId = z
  .string()
  .min(1, must('have length greater than or equal to 1'))
  .max(2048, must('have length less than or equal to 2048'));

export const encryptionContext = z.record(z.string(), z.string()).default({});

/** Fields of AWS that would be accepted and ignored here. */
const refusal = (fields: readonly string[]) => `The embedded KMS does not offer ${fields.join(', ')}: leave it out.`;

/** A wrong value is shown for numbers and words alone: all else may be what is to be encrypted. */
const shown = (value: unknown) => (value instanceof Uint8Array || typeof value === 'object' ? '' : ` '${value}'`);

const lowerFirst = (field: string) => field.charAt(0).toLowerCase() + field.slice(1);

/** The checked input of a call. Throws KmsError `SerializationException` or `ValidationException`. */
export function readInput<Schema extends z.ZodType>(schema: Schema, body: Buffer): z.output<Schema> {
  const parsed = schema.safeParse(parse(body));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') throw new KmsError('ValidationException', refusal(issue.keys));
  const path = issue?.path.map(String) ?? [];
  const field = lowerFirst(path.join('.'));
  const given = path.reduce<unknown>(
    (value, part) => (value as Record<string, unknown> | undefined)?.[part],
    parse(body),
  );
  if (issue?.message === 'not base64' || issue?.code === 'invalid_type') {
    if (given !== undefined) throw new KmsError('SerializationException', `The field ${field} has the wrong form.`);
    throw invalid(`Value at '${field}'`, 'Member must not be null');
  }
  throw invalid(`Value${isSecret(field) ? '' : shown(given)} at '${field}'`, issue?.message ?? '');
}

const isSecret = (field: string) => /plaintext|message|blob|^mac$|signature/i.test(field);

const invalid = (what: string, constraint: string) =>
  new KmsError(
    'ValidationException',
    `1 validation error detected: ${what} failed to satisfy constraint: ${constraint}`,
  );

function parse(body: Buffer): unknown {
  try {
    return body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
  } catch {
    throw new KmsError('SerializationException', 'The body is not JSON.');
  }
}
