/** Reads the body of a request, or answers why it cannot be read. */
import type { HonoRequest } from 'hono';
import { repeatedFields } from '../../shared/application/input/repeated-fields.ts';
import { type No, no } from './problem.ts';

/** Whether a header names JSON, without a charset or with UTF-8. */
function isJson(header = ''): boolean {
  const [type, ...parameters] = header
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((each) => /^charset\s*=/.test(each));
  return type === 'application/json' && (charset === undefined || /=\s*"?utf-?8"?$/.test(charset));
}

/** The character that decoders put in place of invalid UTF-8. The gateway decodes before a function gets the text. */
const undecoded = '\ufffd';

function parsed(text: string): { readonly body: unknown } | undefined {
  try {
    return { body: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Reads JSON in UTF-8, with each field once. */
export async function readBody(request: HonoRequest): Promise<{ readonly body: unknown } | No<'not-json' | 'invalid'>> {
  if (!isJson(request.header('content-type'))) return no('not-json', undefined, { accept: 'application/json' });
  const text = await request.text();
  if (text.includes(undecoded)) {
    const sentence =
      'The body must be UTF-8, and holds bytes that are not: letters would be lost. A replacement character that is meant is written \\ufffd.';
    return no('invalid', { problems: [{ path: '', sentence }] });
  }
  const read = parsed(text);
  if (!read) return no('invalid', { problems: [{ path: '', sentence: 'The body must be JSON.' }] });
  const problems = repeatedFields(text);
  return problems.length > 0 ? no('invalid', { problems }) : read;
}
