/** The routes of the call task: the list for its script and as a page, and the results of calls. */
import { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { isOneOf, seesEveryReferral, type Visitor } from '../../../shared/application/access/visitor.ts';
import { createDigests } from '../../../shared/application/matching/secret.ts';
import type { Lists } from '../../../shared/application/read/page-cursors.ts';
import {
  type CallsParts,
  callsOf,
  noneUnanswered,
  readingOnce,
  unansweredCalls,
  unansweredFor,
} from '../../../shared/application/read/read-calls.ts';
import { performCommand } from '../../../shared/application/use-cases/perform-command.ts';
import { callResults } from '../../../shared/domain/calls/call-events.ts';
import { policeNoticeOf } from '../../../shared/domain/calls/calls.ts';
import type { CommandName } from '../../../shared/domain/commands.ts';
import { isReference } from '../../../shared/domain/core/ids.ts';
import { staff } from '../../../shared/domain/core/role-groups.ts';
import { policyInForce } from '../../../shared/domain/policy/in-force.ts';
import { ruleOf } from '../../../shared/domain/policy/policy.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { labelAt } from '../../../shared/domain/words/field-words.ts';
import { released } from '../../../shared/policy/policies.ts';
import { Alert } from '../app/components/alert.tsx';
import { Page } from '../app/layout.tsx';
import type { ConsoleEnv, ConsoleParts, Place, Request } from '../app/parts.ts';
import { inWords } from '../forms/form-values.ts';
import { actPath } from '../referral/referral-pages.ts';
import { type CallPlace, Calls, LiveCalls } from './call-task.tsx';

/** So many referrals stand at the head of the queue, and on the page of all calls. */
const limits = { queue: 3, lines: 3, list: 3 } as const;
type WaitingPlace = keyof typeof limits;
const isWaiting = (place: CallPlace): place is WaitingPlace => place in limits;
/** So many unanswered duties are named in the head line of a page, and of the page of all calls. */
const inHeadLine = 3;
const inHeadOfCalls = 50;
/** As many children as one report may have. */
const mostNamed = 20;

const places: readonly CallPlace[] = ['queue', 'lines', 'list', 'referral', 'report'];
const placeIn = (given: string | null | undefined): CallPlace => places.find((place) => place === given) ?? 'referral';
/** How many referrals the pages before have. */
const skipIn = (context: Request): number => {
  const given = context.req.query('skip') ?? '';
  return /^\d{1,3}$/.test(given) ? Number(given) : 0;
};
const referencesIn = (given: readonly string[]): readonly string[] =>
  [...new Set(given)].filter((id) => isReference('CR', id)).slice(0, mostNamed);

/** The parts of the console that the call task needs. */
type CallParts = Omit<ConsoleParts, 'board'> & { readonly board: Pick<Lists, 'queue' | 'ownedBy'> };

/** The calls that no person has taken, and how many referrals they are about on this page. */
export interface WaitingCalls {
  readonly calls: Child;
  readonly count: number;
  /** No worse ones stand on a page before. */
  readonly isFirst: boolean;
}

/** What the pages with a call task ask of it. */
export function createCallLists(parts: CallParts, { frameOf, visitorIn }: Place) {
  /** An act may change what was read before it, so a POST reads anew. */
  const reading = (context: Request): CallsParts => {
    const known = context.get('reading');
    if (known) return known;
    const anew: CallsParts = { ...parts, now: parts.now() };
    if (context.req.method !== 'GET') return anew;
    const kept = readingOnce(anew);
    context.set('reading', kept);
    return kept;
  };
  return {
    reading,
    /** The calls of these referrals, with the script that keeps them fresh. */
    async of(context: Request, referralIds: readonly string[], place: CallPlace) {
      const referrals = await callsOf(reading(context), referralIds, visitorIn(context));
      return (
        <LiveCalls
          frame={frameOf(context)}
          place={place}
          referrals={referrals}
          of={referrals.map(({ referralId }) => referralId)}
          submission={parts.newId()}
        />
      );
    },
    /**
     * For the head line of the page at `path`, which is shown even if the calls cannot be read. The page of all calls
     * names them all.
     */
    unanswered: (context: Request, visitor: Visitor, path: string) =>
      unansweredFor(
        reading(context),
        visitor,
        policyInForce(released, parts.now()),
        path === '/calls' ? inHeadOfCalls : inHeadLine,
      ).catch((error: unknown) => {
        parts.onFault(error, 'head-line');
        return noneUnanswered;
      }),
    /** The calls that no person has taken, the worst first. They are for the home page, or a page of their own. */
    async waiting(context: Request, place: WaitingPlace): Promise<WaitingCalls> {
      const policy = policyInForce(released, parts.now());
      const skip = skipIn(context);
      const waiting = await unansweredCalls(reading(context), visitorIn(context), policy, limits[place], skip);
      const calls = (
        <LiveCalls frame={frameOf(context)} place={place} {...waiting} skip={skip} submission={parts.newId()} />
      );
      return { calls, count: waiting.referrals.length, isFirst: skip === 0 };
    },
  };
}

/** What the page of all calls is for, or what to do where it has none. */
const AboutCalls = ({
  count,
  isFirst,
  isStaff,
  url,
}: {
  readonly count: number;
  readonly isFirst: boolean;
  readonly isStaff: boolean;
  readonly url: Place['url'];
}) => {
  const steps = <a href={url('/deadlines')}>See your next steps</a>;
  if (!isStaff) {
    return <p>This page is for staff of the department, who call people on duty. You have no call to make. {steps}</p>;
  }
  return (
    <>
      {count === 0 && (
        <p>
          {isFirst ? 'You have no call to make now.' : 'No other referral needs a call.'} {steps}
        </p>
      )}
      {!isFirst && (
        <p>
          <a href={url('/calls')}>Back to the worst</a>
        </p>
      )}
      <p>
        A referral is here while an urgent duty of your roles has no person. It leaves the list when a person takes it.
      </p>
    </>
  );
};

/** The form that the duty still needs after a call reached an agency. */
function formAfter(state: Referral, deadlineId: string, policyOf: ConsoleParts['policyOf']): CommandName | undefined {
  const deadline = state.deadlines[deadlineId];
  if (!deadline) return undefined;
  const rule = ruleOf(policyOf(state.policy ?? policyInForce(released, state.report.receivedAt).version), deadline);
  if (policeNoticeOf(rule) !== undefined) return 'notify-police';
  return rule.keptBy.includes('ncmec-notified') ? 'notify-ncmec' : undefined;
}

export function createCalls(parts: CallParts, place: Place) {
  const { frameOf, visitorIn, url, forbidden } = place;
  const app = new Hono<ConsoleEnv>();
  const lists = createCallLists(parts, place);

  app.get('/calls/panel', async (context) => {
    const of = referencesIn(context.req.queries('of') ?? []);
    const from = placeIn(context.req.query('from'));
    const reading = { ...parts, now: parts.now() };
    const visitor = visitorIn(context);
    const found = isWaiting(from)
      ? await unansweredCalls(reading, visitor, policyInForce(released, reading.now), limits[from], skipIn(context))
      : { referrals: await callsOf(reading, of, visitor) };
    return context.html(
      <Calls frame={frameOf(context)} place={from} {...found} skip={skipIn(context)} submission={parts.newId()} />,
    );
  });

  /** The page of these referrals, or of all that wait, with the result of the last call. */
  const show = async (context: Request, of: readonly string[], problem?: string, status: 200 | 400 | 409 = 200) => {
    const list =
      of.length > 0 ? { calls: await lists.of(context, of, 'report') } : await lists.waiting(context, 'list');
    return context.html(
      <Page frame={frameOf(context)} title={problem === undefined ? 'Call now' : 'Not recorded: call now'}>
        {problem !== undefined && (
          <Alert kind="error" heading="Not recorded" focused>
            <p>{problem}</p>
          </Alert>
        )}
        <h1>{of.length > 0 ? 'Call now:' : 'Referrals that need a call'}</h1>
        {list.calls}
        {'count' in list && <AboutCalls {...list} isStaff={isOneOf(visitorIn(context), staff)} url={url} />}
        <p>
          <a href={url('/')}>{seesEveryReferral(visitorIn(context)) ? 'Work queue' : 'Your referrals'}</a>
        </p>
      </Page>,
      status,
    );
  };

  app.get('/calls', (context) => show(context, referencesIn(context.req.queries('of') ?? [])));

  app.post('/referrals/:id/calls', async (context) => {
    const id = context.req.param('id');
    const form = context.get('form');
    const given = (name: string) => form.get(name)?.trim() || undefined;
    const result = callResults.find((each) => each === form.get('result'));
    const of = referencesIn(form.getAll('of'));
    const input = {
      deadlineId: given('deadlineId'),
      personId: given('personId'),
      agencyId: given('agencyId'),
      notes: given('notes'),
      result,
    };
    const digests = createDigests(await parts.secretKey());
    const answer = await performCommand({ ...parts, digests, now: parts.now() }, visitorIn(context), {
      referralId: id,
      name: 'record-call',
      input: Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)),
      // One form with a button for each result.
      key: `${given('key') ?? parts.newId()}-${result ?? ''}`,
    });
    switch (answer.kind) {
      case 'done': {
        const isReached = result === 'reached';
        const form =
          isReached && input.agencyId !== undefined
            ? formAfter(answer.state, input.deadlineId ?? '', parts.policyOf)
            : undefined;
        if (form) return context.redirect(url(`${actPath(id, form)}?done=record-call`), 303);
        // The page of the referral says who has it, the next call and what the reader does next.
        const told = `/referrals/${id}?done=record-call`;
        if (isReached) return context.redirect(url(told), 303);
        const back: Readonly<Record<CallPlace, string>> = {
          queue: '/',
          lines: '/',
          list: '/calls',
          referral: told,
          report: `/calls?${new URLSearchParams(of.map((each): [string, string] => ['of', each]))}`,
        };
        return context.redirect(url(back[placeIn(given('from'))]), 303);
      }
      case 'refused':
        return show(context, [id], answer.refusal.sentence, 409);
      case 'invalid':
        return show(
          context,
          [id],
          inWords(answer.problems)
            .map(({ path, sentence }) => `${labelAt(path)}: ${sentence}`)
            .join(' '),
          400,
        );
      case 'reused':
      case 'changed-meanwhile':
        return show(
          context,
          [id],
          'This was recorded before with another note. Record the call again if it is a new one.',
          409,
        );
      case 'forbidden':
        return forbidden(context, answer.sentence);
      default:
        return context.notFound();
    }
  });

  return app;
}
