/**
 * The console: pages for people, made on the server. A GET never acts. A POST is one act, from a form of the session.
 */

import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { isOneOf, reporters, type Visitor } from '../../../shared/application/access/visitor.ts';
import { mailLoad, mailLoadReaders } from '../../../shared/application/read/mail-load.ts';
import { encryptCursors } from '../../../shared/application/read/page-cursors.ts';
import { readsToWork } from '../../../shared/application/read/shown-row.ts';
import { teamGaps } from '../../../shared/application/read/team-gaps.ts';
import { doorRefusals } from '../../../shared/application/routes/door-refusals.ts';
import { SignInServiceBusy } from '../../../shared/contracts/sign-in-service-busy.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { policyInForce } from '../../../shared/domain/policy/in-force.ts';
import { released } from '../../../shared/policy/policies.ts';
import { MailLoadPage } from '../admin/mail-load-page.tsx';
import { createProofs } from '../admin/proof-page.tsx';
import { createRecords } from '../admin/record-page.tsx';
import { createPeopleAndAccess } from '../admin/serve-access.tsx';
import { createDelegations } from '../admin/serve-delegations.tsx';
import { createAudits } from '../audit/audits.tsx';
import { createRunPages } from '../audit/run-pages.tsx';
import { createCallLists, createCalls } from '../call/serve-calls.tsx';
import { sentForm } from '../forms/sent-form.ts';
import { createNumbers } from '../numbers/numbers.tsx';
import { createOnCall } from '../on-call/serve-on-call.tsx';
import { PathwayPage } from '../policy/pathway-page.tsx';
import { createProgram } from '../program/program.tsx';
import { createProviderPages } from '../providers/serve-providers.tsx';
import { createQueuePages } from '../queue/queues.tsx';
import { createSearch } from '../queue/serve-search.tsx';
import { createReferralPages } from '../referral/referrals.tsx';
import { createCallScreen, createReportPages } from '../report/report-pages.tsx';
import { StaleNews } from '../report/screen-news.tsx';
import { createDrafts } from '../report/serve-drafts.tsx';
import { TeamsPage } from '../team/teams-page.tsx';
import { createTraining } from '../training/serve-training.tsx';
import { createAssets } from './assets.ts';
import type { Frame } from './frame.tsx';
import { createHelp } from './help/help.tsx';
import { NoticePage } from './layout.tsx';
import { namesOf } from './lookups.ts';
import type { ConsoleEnv, ConsoleParts, NoticeStatus, Place, Request } from './parts.ts';
import { createPeople } from './people-to-name.ts';
import { createSignIn } from './serve-sign-in.tsx';
import {
  comesFromHere,
  cookieOf,
  type EndedSession,
  findSession,
  holdsToken,
  isFetchedByPage,
  maskToken,
  type SignedInSession,
} from './session.ts';
import { headersOf, siteAt } from './site.ts';

const someoneElse = 'Another person is working on the same referral. Go back and send it again.';
/** Faults that pass by themselves, by name. */
const busySentences: Readonly<Record<string, string>> = {
  LedgerBusy: someoneElse,
  DependencyUnavailable: 'A service did not answer. Go back and send it again: nothing is done twice.',
  SignInServiceBusy:
    'The sign-in service is slow just now, so we could not check your account. Nothing was stored. Wait five seconds, then load the page or send it again.',
};
/** No limit stops a report while it is written, or a person who signs out. Lists and reads of drafts have the limit. */
const isForReports = (path: string): boolean =>
  /^\/reports(\/|$)/.test(path) || ['/drafts/save', '/drafts/both', '/drafts/secret', '/sign-out'].includes(path);
/** To end a session needs no word of the pool. A refusal by the pool holds. */
const unlessSilent =
  (lookUp: ConsoleParts['lookUpAccount']) =>
  (sub: string): Promise<{ readonly enabled: boolean }> =>
    lookUp(sub).catch((error: unknown) => {
      if (error instanceof SignInServiceBusy) return { enabled: true };
      throw error;
    });
const openPaths: readonly string[] = ['/sign-in', '/signed-in', '/signed-out', '/session'];
const longCaching = 'public, max-age=31536000, immutable';

/** A page of one sentence. */
function SentencePage({
  frame,
  title,
  sentence,
}: {
  readonly frame: Frame;
  readonly title: string;
  readonly sentence: string;
}) {
  return (
    <NoticePage frame={frame} title={title}>
      <p>{sentence}</p>
    </NoticePage>
  );
}

/** The whole console. Its routes start at the root, because the gateway takes the stage off the path. */
export function createConsole(parts: ConsoleParts): Hono<ConsoleEnv> {
  const { ledger, directory, now, newId } = parts;
  const board = encryptCursors(parts.board, parts.secretKey);
  const site = siteAt(parts.consoleUrl);
  const headers = headersOf(site);
  const assets = createAssets(parts.assets);

  const withMaskedToken = (context: Request): SignedInSession | undefined => {
    const session = context.get('session');
    return session && { ...session, formToken: maskToken(session.formToken, newId()) };
  };
  const frameOf = (context: Request): Frame => ({
    base: site.base,
    assetPath: assets.pathOf,
    training: parts.training,
    path: context.req.path,
    now: now(),
    ...withMaskedToken(context),
    reopens: context.req.method === 'GET',
    unanswered: context.get('unanswered'),
  });
  const notice = (context: Request, status: NoticeStatus, title: string, sentence: string) => {
    const frame = frameOf(context);
    return context.html(<SentencePage frame={frame} title={title} sentence={sentence} />, status);
  };
  /** It names a number to call, because a person may be ended by mistake in the middle of a call. */
  const accessEnded = async (context: Request, { personId, endedAt }: EndedSession) => {
    const number = await parts.oncall(now(), personId);
    return notice(
      context,
      403,
      'Your access has ended',
      `An administrator ended your access on ${formatInstant(endedAt)}. Nothing was stored, and no page opens. ${
        number === undefined
          ? 'If this is wrong, call your supervisor.'
          : `If this is wrong, call the Careline: ${number}.`
      }`,
    );
  };
  /** One answer for what is not there and for what is closed to this person, so that it tells nothing. */
  const notFound = (context: Request) =>
    /^\/(referrals|alerts)\//.test(context.req.path)
      ? notice(
          context,
          404,
          'Not there, or not for you',
          'There is no referral with this reference, or it is not open to you. Check each letter of the reference.',
        )
      : notice(context, 404, 'There is no such page', 'Check the address, or choose a page from the menu.');
  const forbidden = (context: Request, sentence: string) => notice(context, 403, 'Not for your role', sentence);
  const signInFirst = (context: Request) =>
    context.html(
      <NoticePage frame={frameOf(context)} title="Please sign in again">
        <p>
          Your session has ended, and nothing was stored. To keep what you wrote:{' '}
          <a href={`${site.base}/sign-in`}>sign in</a> in another tab, come back here, go one page back, and send it
          again.
        </p>
      </NoticePage>,
      401,
    );
  const tooMany = (context: Request, wait: number) => {
    context.header('retry-after', String(wait));
    return context.html(
      <NoticePage frame={frameOf(context)} title="Too many requests: please wait">
        <p>
          You sent more requests than one person may in so short a time. This one was not looked at, so nothing was
          stored. Wait {wait === 1 ? 'a second' : `${wait} seconds`}, then load the page or send the form again.
        </p>
        <p>
          This limit never stops a report.{' '}
          {isOneOf(visitorIn(context), reporters) && <a href={`${site.base}/reports/new`}>Enter a report now</a>}
        </p>
        <p>No page opens? Telephone the Careline at any hour: 1-800-842-2288. A child is in danger now: 911.</p>
      </NoticePage>,
      429,
    );
  };
  const visitorIn = (context: Request): Visitor => {
    const session = context.get('session');
    if (!session) throw new Error('A page behind the sign-in was reached without a session.');
    return session.visitor;
  };

  const peopleAt = createPeople(parts);
  const people = (visitor: Visitor) => peopleAt(visitor, now());
  const place: Place = { frameOf, visitorIn, url: site.url, people, notice, forbidden, notFound };
  const calls = createCallLists({ ...parts, board }, place);

  const app = new Hono<ConsoleEnv>();
  app.onError((error, context) => {
    const fault = newId().slice(0, 8);
    parts.onFault(error, fault);
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
    const busy = busySentences[error.name];
    if (busy !== undefined) {
      context.header('retry-after', '5');
      return notice(context, 503, 'Busy: please try again', busy);
    }
    return notice(
      context,
      500,
      'Something failed here',
      `This was not your mistake. Go back and try again; nothing is done twice. If it fails again, give this number to your support: ${fault}.`,
    );
  });
  app.notFound(notFound);
  app.use(async (context, next) => {
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
    await next();
    // A function that has answered is stopped, also in the middle of a read.
    await context.get('unanswered');
  });

  app.get('/assets/:file', (context) => {
    const found = assets.find(context.req.param('file'));
    if (!found) return notFound(context);
    context.header('cache-control', found.isCurrent ? longCaching : 'no-store');
    return context.body(found.content, 200, { 'content-type': found.type });
  });

  // The signed-in person, and for a POST also the form's origin. The sign-in itself is open, and no GET acts.
  app.use(
    bodyLimit({
      maxSize: 1_000_000,
      onError: (context) => notice(context, 413, 'Too large', 'What was sent is larger than a megabyte.'),
    }),
  );
  app.use(async (context, next) => {
    const { method, path } = context.req;
    const isByPerson = !isFetchedByPage(path);
    const found = await findSession(
      path === '/sign-out' ? { ...parts, lookUpAccount: unlessSilent(parts.lookUpAccount) } : parts,
      cookieOf(context, site, 'session'),
      now(),
      { extends: isByPerson },
    );
    if (found && 'endedAt' in found && !openPaths.includes(path)) return accessEnded(context, found);
    const session = found && 'tag' in found ? found : undefined;
    if (session) {
      context.set('session', session);
    }
    if (session && isByPerson) context.set('unanswered', calls.unanswered(context, session.visitor, path));
    const wait = session && !isForReports(path) ? await parts.waitFor(session.visitor.id) : 0;
    if (wait > 0) return tooMany(context, wait);
    if (method === 'POST') {
      if (!comesFromHere(context.req.header('origin'), site)) {
        return notice(
          context,
          403,
          'Not from here',
          'This was not sent from a page of the Careline, so nothing was done.',
        );
      }
      const form = await sentForm(context.req.raw);
      context.set('form', form);
      if (!session) return signInFirst(context);
      if (!(await holdsToken(form.get('token'), session.formToken))) return staleForm(context, path);
    } else if (!session && !openPaths.includes(path)) {
      const { search } = new URL(context.req.url);
      return context.redirect(site.url(`/sign-in?return=${encodeURIComponent(`${path}${search}`)}`), 302);
    }
    await next();
    return undefined;
  });
  app.route('/', createSignIn(parts, site, frameOf));
  // For the script of each page. A look is no act of a person, so it makes no session longer. A press of the button does.
  const session = (context: Request) => {
    const { left = 0, tag, formToken } = withMaskedToken(context) ?? {};
    return context.json({ left, person: tag, token: formToken });
  };
  app.get('/session', session);
  app.post('/session/longer', session);

  app.route('/', createHelp(place));
  app.route('/', createProviderPages(parts, place));
  app.route('/', createQueuePages({ ...parts, board }, place));
  app.route('/', createCalls({ ...parts, board }, place));
  app.route('/', createDelegations(parts, place));
  app.route('/', createPeopleAndAccess(parts, place));
  app.route('/', createRecords(parts, place));
  app.route('/', createRunPages({ ...parts, board }, place));
  app.route('/', createOnCall(parts, place));
  app.route('/', createTraining(parts, place));
  app.route('/', createSearch(parts, place));
  app.route('/', createReportPages({ ...parts, board }, place));
  app.route('/', createDrafts({ ...parts, board }, place));
  app.route('/', createReferralPages(parts, place));
  app.route('/', createAudits(parts, place));
  app.route('/', createNumbers(parts, place));
  app.route('/', createProofs(parts, place));
  app.route('/', createProgram(parts, place));

  const staleForm = (context: Request, path: string) =>
    path === '/reports' && isOneOf(visitorIn(context), reporters)
      ? createCallScreen({ ...parts, board }, place)(
          context,
          { submission: newId(), typed: context.get('form'), news: <StaleNews /> },
          403,
        )
      : notice(
          context,
          403,
          'Please send it again',
          'This form was from an earlier sign-in, so nothing was done. Go back, load the page again and repeat it.',
        );

  app.get('/policy', (context) =>
    context.html(<PathwayPage frame={frameOf(context)} policy={policyInForce(released, now())} />),
  );

  app.get('/teams', async (context) => {
    const found = await teamGaps(ledger, policyInForce(released, now()), visitorIn(context));
    if (!found) return forbidden(context, 'The gaps in the teams are for administrators, coordinators and chairs.');
    const nameOf = await namesOf(
      directory,
      found.gaps.flatMap(({ told }) => told),
    );
    return context.html(<TeamsPage frame={frameOf(context)} gaps={found.gaps} nameOf={nameOf} />);
  });

  app.get('/noise', async (context) => {
    if (!isOneOf(visitorIn(context), mailLoadReaders))
      return forbidden(context, doorRefusals['mail-load-for-supervisors'].sentence);
    const load = await mailLoad(ledger, now(), readsToWork(visitorIn(context)));
    return context.html(<MailLoadPage frame={frameOf(context)} load={load} policy={policyInForce(released, now())} />);
  });

  return app;
}
