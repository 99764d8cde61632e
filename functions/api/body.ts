/** Reads the body of a request, or answers why it cannot be read. */
import type { HonoRequest } from 'hono';
import { controlCharacters } from '../../shared/application/input/control-characters.ts';
import { repeatedFields } from '../../shared/application/input/repeated-fields.ts';
import { invalid, problem } from './problem.ts';

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

/** Reads JSON in UTF-8, without control characters and with each field once. */
export async function readBody(request: HonoRequest): Promise<{ body: unknown } | Response> {
  if (!isJson(request.header('content-type'))) {
    return problem(
      415,
      'Send the body as JSON in UTF-8, with "Content-Type: application/json".',
      {},
      { accept: 'application/json' },
    );
  }
  const text = await request.text();
  if (text.includes(undecoded)) {
    const sentence =
      'The body must be UTF-8, and holds bytes that are not: letters would be lost. A replacement character that is meant is written \\ufffd.';
    return invalid([{ path: '', sentence }]);
  }
  const read = parsed(text);
  if (!read) return invalid([{ path: '', sentence: 'The body must be JSON.' }]);
  const problems = [...repeatedFields(text), ...controlCharacters(read.body)];
  return problems.length > 0 ? invalid(problems) : read;
}
