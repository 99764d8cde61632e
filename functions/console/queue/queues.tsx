/**
 * Pages of lists beside the queue: the deadlines that wait on the reader, and the search for referrals. A GET never
 * acts.
 */
import { Hono } from 'hono';
import { seesEveryReferral } from '../../../shared/application/access/visitor.ts';
import { problemsIn } from '../../../shared/application/input/problems.ts';
import { findFilters, findReferrals } from '../../../shared/application/read/find-referrals.ts';
import type { EncryptedLists } from '../../../shared/application/read/page-cursors.ts';
import { deadlinesFilters, deadlinesOf } from '../../../shared/application/read/queue.ts';
import { policyInForce } from '../../../shared/domain/policy/in-force.ts';
import { released } from '../../../shared/policy/policies.ts';
import { NoticePage } from '../app/layout.tsx';
import type { ConsoleEnv, ConsoleParts, Place, Request } from '../app/parts.ts';
import { type Chosen, DeadlinesPage, FindPage } from './queue-list-pages.tsx';

const limit = 25;

/** The chosen filters. A field that was left empty is no filter. */
export const chosenIn = (context: Request): Chosen =>
  Object.fromEntries(Object.entries(context.req.query()).filter(([, value]) => value !== ''));

export function createQueuePages(
  parts: Omit<ConsoleParts, 'board'> & { readonly board: EncryptedLists },
  { frameOf, visitorIn, url }: Place,
): Hono<ConsoleEnv> {
  const { board, ledger, policyOf, now } = parts;
  const app = new Hono<ConsoleEnv>();

  app.get('/deadlines', async (context) => {
    const { after, ...chosen } = chosenIn(context);
    const filters = deadlinesFilters.safeParse(chosen);
    if (!filters.success || (after !== undefined && !(await board.isListCursor(after)))) {
      return context.redirect(url('/deadlines'), 302);
    }
    const asked = { filters: filters.data, paging: { limit, after }, now: now() };
    const page = await deadlinesOf(board, asked, visitorIn(context));
    return context.html(
      <DeadlinesPage
        frame={frameOf(context)}
        policy={policyInForce(released, asked.now)}
        page={page}
        chosen={chosen}
      />,
    );
  });

  app.get('/referrals', async (context) => {
    const visitor = visitorIn(context);
    if (!seesEveryReferral(visitor)) {
      return context.html(
        <NoticePage frame={frameOf(context)} title="Not for your role">
          <p>Looking for referrals is for staff of the department.</p>
        </NoticePage>,
        403,
      );
    }
    const { after, ...chosen } = chosenIn(context);
    const frame = frameOf(context);
    const door = { board, ledger, policyOf, now: now() };
    const policy = policyInForce(released, door.now);
    const shown = { frame, policy, chosen };
    if (after !== undefined && !(await board.isListCursor(after))) return context.redirect(url('/referrals'), 302);
    // Without a filter, the page of the search reads nothing.
    if (Object.keys(chosen).length === 0 && after === undefined) {
      return context.html(<FindPage {...shown} problems={[]} />);
    }
    const filters = findFilters.safeParse(chosen);
    if (!filters.success) {
      const problems = problemsIn(filters.error).map(({ sentence }) => sentence);
      return context.html(<FindPage {...shown} chosen={{}} problems={problems} />, 400);
    }
    const found = await findReferrals(door, filters.data, { limit, after }, visitor, policy);
    return context.html(<FindPage {...shown} found={found} problems={[]} />);
  });

  return app;
}
