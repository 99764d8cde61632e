/** Says which field of an address is wrong, as the API does. No page of another year or calendar stands in its place. */
import type { Problem } from '../../../shared/application/input/problems.ts';
import { doorRefusals } from '../../../shared/application/routes/door-refusals.ts';
import type { Place, Request } from '../app/parts.ts';

export const wrongAddress = ({ notice }: Place, context: Request, problems: readonly Problem[]) =>
  notice(
    context,
    400,
    'Check the address',
    problems.map(({ path, sentence }) => (path === '' ? sentence : `${path}: ${sentence}`)).join(' '),
  );

export const yearNotBegun = ({ notice }: Place, context: Request) =>
  notice(context, 404, 'There is no such year', `year: ${doorRefusals['year-not-begun'].sentence}`);
