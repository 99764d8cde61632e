/** What a request says, or the answer why it cannot be read. */
import type { HonoRequest } from 'hono';
import { controlCharacters } from '../../shared/doors/control-characters.ts';
import { invalid, problem } from './problem.ts';

/** JSON without control characters. */
export async function readBody(request: HonoRequest): Promise<{ body: unknown } | Response> {
  const type = request.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    return problem(
      415,
      'Send the body as JSON, with "Content-Type: application/json".',
      {},
      { accept: 'application/json' },
    );
  }
  const read = await request.json().then(
    (body: unknown) => ({ body }),
    () => undefined,
  );
  if (!read) return invalid([{ path: '', sentence: 'The body must be JSON.' }]);
  const control = controlCharacters(read.body);
  return control.length > 0 ? invalid(control) : read;
}
