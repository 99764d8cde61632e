/**
 * The console: pages for people, made on the server. A GET never acts. A POST is one act, from a form of the session.
 */

import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { askedPurposes, openFacts } from '../../../shared/application/access/open-facts.ts';
import { asKnownTo } from '../../../shared/application/access/part-2-records.ts';
import type { Purpose } from '../../../shared/application/access/purposes.ts';
import { closedIn, redactReferences } from '../../../shared/application/access/redact-references.ts';
import { redactContent, redactUnreadable } from '../../../shared/application/access/redact-sealed.ts';
import {
  auditors,
  isOneOf,
  leadsTeam,
  mayRead,
  reporters,
  seesEveryReferral,
  type Visitor,
  within,
} from '../../../shared/application/access/visitor.ts';
import { createDigests } from '../../../shared/application/matching/secret.ts';
import { mailLoad, mailLoadReaders } from '../../../shared/application/read/mail-load.ts';
import { encryptCursors } from '../../../shared/application/read/page-cursors.ts';
import { isWhole } from '../../../shared/application/read/pathway-events.ts';
import { readIdentities } from '../../../shared/application/read/read-identities.ts';
import { countedWith } from '../../../shared/application/read/safe-contact.ts';
import { type ShownAudit, showAudit } from '../../../shared/application/read/shown-audit.ts';
import { readsToWork } from '../../../shared/application/read/shown-row.ts';
import { type ShownView, showReferral, worksOn } from '../../../shared/application/read/shown-view.ts';
import { teamGaps } from '../../../shared/application/read/team-gaps.ts';
import { doorRefusals } from '../../../shared/application/routes/door-refusals.ts';
import { noteSeen } from '../../../shared/application/use-cases/note-seen.ts';
import { type CommandAnswer, performCommand } from '../../../shared/application/use-cases/perform-command.ts';
import { SignInServiceBusy } from '../../../shared/contracts/sign-in-service-busy.ts';
import { isAboutReview } from '../../../shared/domain/access/emergency-access.ts';
import { isShutTo } from '../../../shared/domain/access/seal.ts';
import { groupOf } from '../../../shared/domain/alerts/addressed-as.ts';
import { ownGroups } from '../../../shared/domain/alerts/recipient-groups.ts';
import { commandNamed, isCommandName } from '../../../shared/domain/commands.ts';
import { isReference, referralOf } from '../../../shared/domain/core/ids.ts';
import { noDoubt } from '../../../shared/domain/doubts/doubts.ts';
import { policyInForce } from '../../../shared/domain/policy/in-force.ts';
import { released } from '../../../shared/policy/policies.ts';
import type { ReferralRead } from '../../../shared/store/ledger.ts';
import { AuditPage, SealedAuditPage } from '../admin/audit-page.tsx';
import { createDelegations } from '../admin/delegations.tsx';
import { MailLoadPage } from '../admin/mail-load-page.tsx';
import { createRecords } from '../admin/record-page.tsx';
import { createWatchdogPages } from '../admin/watchdog-pages.tsx';
import { createCallLists, createCalls } from '../call/calls.tsx';
import { type About, commandFields, commandInput } from '../forms/command-fields.ts';
import type { Attempt } from '../forms/command-form.tsx';
import { fieldsOf } from '../forms/form-fields.ts';
import { allProblems, inWords, readFields } from '../forms/form-values.ts';
import { namePeople } from '../forms/named-people.ts';
import { sentForm } from '../forms/sent-form.ts';
import { createOnCall } from '../on-call/on-call.tsx';
import { PathwayPage } from '../policy/pathway-page.tsx';
import { createProviderPages } from '../providers/providers.tsx';
import { createQueuePages } from '../queue/queues.tsx';
import { createSearch } from '../queue/search.tsx';
import { movedSince, seenAt } from '../referral/changed-since.ts';
import { acknowledgedAt, confirmationOf } from '../referral/confirmations.ts';
import { createEmergencyAccess } from '../referral/emergency-access.tsx';
import { EmergencyAccessForm, maySeeEmergencyPage } from '../referral/emergency-access-form.tsx';
import { callsFor, mailOf, seenOf } from '../referral/mail-view.tsx';
import { ReferralPage } from '../referral/referral-page.tsx';
import { createDrafts } from '../report/drafts.tsx';
import { createCallScreen, createReportPages } from '../report/report-pages.tsx';
import { StaleNews } from '../report/screen-news.tsx';
import { TeamsPage } from '../team/teams-page.tsx';
import { createAssets } from './assets.ts';
import type { Frame } from './frame.tsx';
import { createHelp } from './help/help.tsx';
import { NoticePage } from './layout.tsx';
import { lookUp, namesOf, peopleIn, phonesOf } from './lookups.ts';
import type { ConsoleEnv, ConsoleParts, Request } from './parts.ts';
import { createPeople } from './people.ts';
import {
  comesFromHere,
  cookieOf,
  findSession,
  holdsToken,
  isFetchedByPage,
  maskToken,
  type SignedInSession,
} from './session.ts';
import { createSignIn } from './sign-in.tsx';
import { headersOf, siteAt } from './site.ts';

type NoticeStatus = 200 | 400 | 401 | 403 | 404 | 409 | 413 | 500 | 503;

const sentBefore =
  'This form was sent before with other content, so nothing was stored now. To add what it says now, send it again.';
interface Found extends About {
  readonly commits: ReferralRead['commits'];
}

const someoneElse = 'Another person is working on the same referral. Go back and send it again.';
/** Faults that pass by themselves, by name. */
const busySentences: Readonly<Record<string, string>> = {
  LedgerBusy: someoneElse,
  DependencyUnavailable: 'A service did not answer. Go back and send it again: nothing is done twice.',
  SignInServiceBusy:
    'The sign-in service is slow just now, so we could not check your account. Nothing was stored. Wait five seconds, then load the page or send it again.',
};
/** No limit stops a report, or a person who signs out. */
const isForReports = (path: string): boolean => /^\/(reports|drafts)(\/|$)/.test(path) || path === '/sign-out';
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

/** The whole console. Its routes start at the root, because the gateway takes the stage off the path. */
export function createConsole(parts: ConsoleParts): Hono<ConsoleEnv> {
  const { ledger, directory, policyOf, now, newId } = parts;
  const board = encryptCursors(parts.board, parts.secretKey);
  const site = siteAt(parts.consoleUrl);
  const headers = headersOf(site);
  const assets = createAssets(parts.assets);
  const digests = async () => createDigests(await parts.secretKey());

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
  const notice = (context: Request, status: NoticeStatus, title: string, sentence: string) =>
    context.html(
      <NoticePage frame={frameOf(context)} title={title}>
        <p>{sentence}</p>
      </NoticePage>,
      status,
    );
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
  const place = { frameOf, visitorIn, url: site.url, people };
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
    const session = await findSession(
      path === '/sign-out' ? { ...parts, lookUpAccount: unlessSilent(parts.lookUpAccount) } : parts,
      cookieOf(context, site, 'session'),
      now(),
      { extends: isByPerson },
    );
    if (session) {
      context.set('session', session);
      if (isByPerson) context.set('unanswered', await calls.unanswered(session.visitor, path));
    }
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
  app.route('/', createRecords(parts, place));
  app.route('/', createWatchdogPages({ ...parts, board }, place));
  app.route('/', createOnCall(parts, place));
  app.route('/', createSearch(parts, place));
  app.route('/', createReportPages({ ...parts, board }, place));
  app.route('/', createDrafts({ ...parts, board }, place));
  const emergencyAccess = createEmergencyAccess(parts, place);
  app.route('/', emergencyAccess.app);

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

  /** The referral. Undefined where there is none, or this person may not read it. */
  const find = async (id: string, visitor: Visitor, alertId?: string): Promise<Found | undefined> => {
    const referral = isReference('CR', id) ? await ledger.referral(id) : undefined;
    if (!referral || !mayRead(referral.state, visitor)) return undefined;
    const { commits, policy } = referral;
    const [state, others] = await Promise.all([
      redactUnreadable(ledger, referral.state, visitor),
      countedWith(ledger, referral.state),
    ]);
    const acknowledgedBy = state.alerts[alertId ?? '']?.acknowledgedBy;
    const person = within(state, visitor);
    const lookups = await lookUp(
      directory,
      state,
      person,
      [
        ...(acknowledgedBy === undefined ? [] : [acknowledgedBy]),
        ...(state.calls ?? []).flatMap(({ personId }) => personId ?? []),
      ],
      () => people(person),
    );
    return { state, policy: policyOf(policy), visitor: person, lookups, others, commits };
  };

  /** The commits without the references of other referrals that are closed to the reader. */
  const withoutClosed = async ({ state, visitor, commits }: Found) => {
    const all = commits.flatMap(({ events }) => events);
    const hidden = await closedIn(ledger, all, { own: state.id, personId: visitor.id });
    return commits.map((commit) => ({ ...commit, events: redactReferences(commit.events, hidden) }));
  };

  /** How much this reader sees. One record covers the session, which is named by a digest of its secret. */
  const openFactsIn = async (context: Request, about: Found, purpose: Parameters<typeof openFacts>[3] = {}) => {
    const session = (await digests()).hex('session', context.get('session')?.formToken ?? '').slice(0, 20);
    return openFacts({ ledger, now: now(), session }, about, about.visitor, purpose);
  };

  /** The page of a referral, or of one of its alerts. */
  const show = async (
    context: Request,
    id: string,
    {
      alertId,
      attempt,
      status = 200,
    }: { alertId?: string | undefined; attempt?: Attempt; status?: 200 | 400 | 409 } = {},
  ) => {
    const about = await find(id, visitorIn(context), alertId);
    if (!about && alertId === undefined && isReference('CR', id) && maySeeEmergencyPage(visitorIn(context))) {
      return context.html(<EmergencyAccessForm frame={frameOf(context)} referralId={id} submission={newId()} />, 404);
    }
    const alert = about && alertId !== undefined ? alertIn(about, alertId) : undefined;
    if (!about || (alertId !== undefined && !alert)) return notFound(context);
    let isAway = false;
    /** The page has the calls and the danger. So it is shown where the record of the read or the vault fails. */
    const away = (error: unknown): undefined => {
      isAway = true;
      parts.onFault(error, 'facts-away');
    };
    const byAct = alert && isOwn(alert, about) ? ({ byAct: 'answer-alert' } as const) : {};
    const known = await openFactsIn(context, about, byAct).catch(away);
    const opened = known ?? ({ depth: 'working' } as const);
    // A provider has the purpose by its service. The facts of a case are not for it.
    const byPart: Purpose = alert && isOwn(alert, about) ? 'answer-alert' : 'provide-service';
    const door = { ...parts, now: now(), onUnreadable: (error: unknown) => parts.onFault(error, 'unreadable') };
    const identities =
      opened.depth === 'working'
        ? undefined
        : await readIdentities(
            door,
            about.visitor,
            about.state,
            'purpose' in opened ? opened.purpose : byPart,
            about.others,
          ).catch(away);
    // The reader of an alert must see it, even if that cannot be recorded now.
    if (alert) await noteSeen(ledger, alert.id, about.visitor.id, now()).catch(() => undefined);
    const seesEvery = seesEveryReferral(within(about.state, about.visitor));
    // A person who convenes a team calls its members.
    const seesNumbers = seesEvery || leadsTeam(about.state, about.visitor);
    const isTheirs = callsFor(about.state, about.visitor);
    const [seen, phones, mail] = seesNumbers
      ? await Promise.all([
          seenOf(parts, about.state),
          phonesOf(directory, peopleIn(about.state.team.seats)),
          mailOf(parts, asKnownTo(about.state, about.policy, about.visitor)),
        ])
      : [{}, undefined, { trouble: [], texts: [] }];
    const isOfTheirs = ({ addressedAs }: { readonly addressedAs: string }) => isTheirs(groupOf(addressedAs));
    const trouble = mail.trouble.filter(isOfTheirs);
    const hasTrouble = trouble.length > 0 || Object.values(about.state.alerts).some((each) => each.unreachable);
    const oncall = seesNumbers && hasTrouble ? await parts.oncall(now(), about.visitor.id) : undefined;
    const { done, before } = context.req.query();
    const carriedOut = done ?? before ?? '';
    const acts = carriedOut === '' ? [] : await withoutClosed(about);
    return context.html(
      <ReferralPage
        frame={frameOf(context)}
        about={about}
        opened={opened}
        isAway={isAway}
        calls={await calls.of(context, [id], 'referral')}
        // The page has the people to call, so it never fails for this. The act itself asks again.
        doubt={await ledger.doubt(id).catch(() => noDoubt)}
        identities={identities}
        submission={newId()}
        alert={alert && { ...alert, acknowledgedAt: acknowledgedAt(about.commits, alert.id) }}
        trouble={trouble}
        texts={mail.texts.filter(isOfTheirs)}
        oncall={oncall}
        seen={seen}
        phones={phones}
        attempt={attempt}
        done={
          isCommandName(carriedOut)
            ? {
                name: carriedOut,
                before: before !== undefined,
                sentence: confirmationOf(acts, about.visitor.id, carriedOut, about.lookups.nameOf),
              }
            : undefined
        }
      />,
      status,
    );
  };

  /** What a person without a part in the referral needs the facts about the child for. It is recorded. */
  app.post('/referrals/:id/purpose', async (context) => {
    const about = await find(context.req.param('id'), visitorIn(context));
    if (!about) return notFound(context);
    const asked = askedPurposes.find((each) => each === context.get('form').get('purpose'));
    if (asked) await openFactsIn(context, about, { said: asked });
    return context.redirect(site.url(`/referrals/${about.state.id}`), 303);
  });

  app.get('/referrals/:id', (context) => show(context, context.req.param('id')));
  app.get('/alerts/:alertId', async (context) => {
    const alertId = context.req.param('alertId');
    const id = referralOf(alertId);
    const referral = isReference('CR', id) ? await ledger.referral(id) : undefined;
    const isReview = referral !== undefined && isAboutReview(referral.state, alertId);
    const page = isReview ? await emergencyAccess.show(context, id, { alertId }) : undefined;
    return page ?? show(context, id, { alertId });
  });

  // For a person who may not see the referral, so its page has no form for it.
  app.post('/referrals/:id/commands/take-emergency-access', async (context) => {
    const id = context.req.param('id');
    if (!isReference('CR', id)) return notFound(context);
    const name = 'take-emergency-access';
    const form = context.get('form');
    const read = readFields(fieldsOf(commandNamed(name).input), form);
    const key = form.get('key') || newId();
    const answer = await performCommand({ ...parts, digests: await digests(), now: now() }, visitorIn(context), {
      referralId: id,
      name,
      input: read.input,
      key,
    });
    switch (answer.kind) {
      case 'forbidden':
        return forbidden(context, answer.sentence);
      case 'invalid': {
        const attempt = { name, submission: key, typed: form, problems: inWords(answer.problems) } as const;
        const frame = frameOf(context);
        return context.html(
          <EmergencyAccessForm frame={frame} referralId={id} submission={key} attempt={attempt} />,
          400,
        );
      }
      case 'done':
      case 'refused':
      case 'reused':
        return context.redirect(site.url(`/referrals/${id}`), 303);
      default:
        return notFound(context);
    }
  });

  app.post('/referrals/:id/commands/:name', async (context) => {
    const { id, name } = context.req.param();
    const about = await find(id, visitorIn(context));
    if (!about || !isCommandName(name)) return notFound(context);
    const form = context.get('form');
    const from = form.get('alert') ?? '';
    const alertId = referralOf(from) === id ? from : undefined;
    const schema = commandNamed(name).input;
    const fields = commandFields(name, about) ?? fieldsOf(schema);
    const named = await namePeople(fields, form, directory);
    const read = readFields(fields, named.form);
    const problems = [...named.problems, ...read.problems];
    const input = commandInput(name, read.input);
    const key = form.get('key') || newId();
    const answer: CommandAnswer =
      problems.length > 0
        ? { kind: 'invalid', problems: allProblems(schema, input, problems) }
        : await performCommand({ ...parts, digests: await digests(), now: now() }, about.visitor, {
            referralId: id,
            name,
            input,
            key,
            seen: seenAt(form),
          });
    const again = { name, submission: key, typed: form };
    switch (answer.kind) {
      case 'unknown':
        return notFound(context);
      case 'forbidden':
        return forbidden(context, answer.sentence);
      case 'invalid':
        return show(context, id, { alertId, attempt: { ...again, problems: inWords(answer.problems) }, status: 400 });
      case 'reused': {
        const attempt = { ...again, submission: newId(), problems: [], refusal: sentBefore };
        return show(context, id, { alertId, attempt, status: 409 });
      }
      case 'changed-meanwhile': {
        const since = worksOn(about.state, about.visitor) ? answer.since : answer.since.filter(isWhole);
        const hidden = await closedIn(ledger, answer.since, { own: id, personId: about.visitor.id });
        const attempt = { ...again, problems: [], refusal: movedSince({ ...answer, since }, about, hidden) };
        return show(context, id, { alertId, attempt, status: 409 });
      }
      case 'refused': {
        const attempt = { ...again, problems: [], refusal: answer.refusal.sentence };
        return show(context, id, { alertId, attempt, status: 409 });
      }
      case 'done': {
        const page = alertId === undefined ? `/referrals/${id}` : `/alerts/${alertId}`;
        return context.redirect(site.url(`${page}?${answer.repeated ? 'before' : 'done'}=${name}`), 303);
      }
    }
  });

  app.get('/referrals/:id/audit', async (context) => {
    const visitor = visitorIn(context);
    const id = context.req.param('id');
    if (!isOneOf(visitor, auditors)) return forbidden(context, doorRefusals['audits-for-auditors'].sentence);
    const [about, audit] = await Promise.all([
      find(id, visitor),
      isReference('CR', id) ? showAudit(parts, id, visitor) : undefined,
    ]);
    if (audit && isShutTo({ access: audit }, visitor.id)) {
      const shown = redactContent(audit);
      const actors = shown.commits.flatMap(({ actor, onBehalfOf = [] }) => [actor.id, onBehalfOf].flat());
      const nameOf = await namesOf(directory, [...actors, ...readersIn(audit)]);
      return context.html(<SealedAuditPage frame={frameOf(context)} audit={shown} nameOf={nameOf} />);
    }
    if (!about || !audit) return notFound(context);
    const events = audit.commits.flatMap((commit) => commit.events);
    const actors = audit.commits.flatMap(({ actor }) => (actor.kind === 'person' ? [actor.id] : []));
    const principals = audit.commits.flatMap(({ onBehalfOf = [] }) => onBehalfOf);
    const nameOf = await namesOf(directory, [
      ...actors,
      ...readersIn(audit),
      ...principals,
      ...peopleIn(events),
      ...peopleIn(audit.alerts),
    ]);
    return context.html(
      <AuditPage
        frame={frameOf(context)}
        audit={audit}
        nameOf={nameOf}
        hasEmergencyAccess={about.state.access.emergencyAccesses !== undefined}
      />,
    );
  });
  return app;
}

/** Whether the alert went to this person, or to a group of theirs. */
const isOwn = ({ id, people }: ShownView['alerts'][number], { state, visitor }: Found): boolean => {
  const alert = state.alerts[id];
  return people.includes(visitor.id) || (alert !== undefined && ownGroups(visitor, alert, state).length > 0);
};

/** The alert, where this reader sees it. */
const alertIn = ({ state, policy, visitor, others }: Found, alertId: string) => {
  const { alerts } = showReferral(state, policy, visitor, others, worksOn(state, visitor) ? 'facts' : 'pathway');
  return alerts.find(({ id }) => id === alertId);
};

const readersIn = ({ accesses }: ShownAudit): readonly string[] =>
  accesses.flatMap(({ personId, onBehalfOf = [] }) => [personId, onBehalfOf].flat());
