/** The pages of a new report: the call screen, and what follows once it is sent. */
import { Hono } from 'hono';
import { isOneOf, reporters } from '../../../shared/application/access/visitor.ts';
import { createDigests } from '../../../shared/application/matching/secret.ts';
import type { EncryptedLists } from '../../../shared/application/read/page-cursors.ts';
import { type OnCallView, onCallFor } from '../../../shared/application/read/shown-on-call.ts';
import { readTaken } from '../../../shared/application/read/taken-children.ts';
import { doorRefusals } from '../../../shared/application/routes/door-refusals.ts';
import { draftEndOf, saveDraft } from '../../../shared/application/use-cases/report-drafts.ts';
import { type ReportAnswer, reportUnder, takeReport } from '../../../shared/application/use-cases/take-report.ts';
import { policyInForce } from '../../../shared/domain/policy/in-force.ts';
import { released } from '../../../shared/policy/policies.ts';
import { Alert } from '../app/components/alert.tsx';
import type { ConsoleEnv, ConsoleParts, Place, Request } from '../app/parts.ts';
import { createCallLists } from '../call/serve-calls.tsx';
import { inWords } from '../forms/form-values.ts';
import { partTurnedTo } from '../forms/part-buttons.tsx';
import { CallScreen, type CallScreenProps } from './call-screen.tsx';
import { type ReportPart, reportParts } from './chapters.ts';
import { hoursAhead } from './numbers-to-call.tsx';
import { draftOfForm, readReport, withChild, withoutChild } from './report-input.ts';
import { ReportTaken } from './report-taken.tsx';
import { ReopenedNews, SentNews } from './screen-news.tsx';
import { UnsentPaper } from './unsent-paper.tsx';

type Parts = Omit<ConsoleParts, 'board'> & { readonly board: EncryptedLists };
type Status = 200 | 400 | 403 | 409;

const partNamed = (name: string | null): ReportPart => reportParts.find(({ id }) => id === name)?.id ?? 'call';

const sentBefore = 'This form was sent before with other content, so nothing was stored now. Send it again.';

/** Who is on call now and tonight. Undefined where that cannot be read, so that the page is shown all the same. */
export const createNumbers =
  (parts: Parts, { visitorIn }: Place) =>
  (context: Request): Promise<OnCallView | undefined> => {
    const now = parts.now();
    const given = { ...parts, policy: policyInForce(released, now), now };
    return onCallFor(given, visitorIn(context), hoursAhead).catch((error: unknown) => {
      parts.onFault(error, 'numbers-away');
      return undefined;
    });
  };

/** Shows the call screen. The numbers to call come with it. */
export function createCallScreen(parts: Parts, place: Place) {
  const { frameOf } = place;
  const numbersFor = createNumbers(parts, place);
  return async (
    context: Request,
    given: Omit<CallScreenProps, 'frame' | 'numbers' | 'policy'>,
    status: Status = 200,
  ) => {
    const policy = policyInForce(released, parts.now());
    const numbers = await numbersFor(context);
    const part = partNamed(given.typed?.get('part') ?? null);
    return context.html(
      <CallScreen frame={frameOf(context)} numbers={numbers} policy={policy} part={part} {...given} />,
      status,
    );
  };
}

export function createReportPages(parts: Parts, place: Place): Hono<ConsoleEnv> {
  const { frameOf, visitorIn, forbidden } = place;
  const { newId } = parts;
  const app = new Hono<ConsoleEnv>();
  const show = createCallScreen(parts, place);
  const calls = createCallLists(parts, place);
  const door = async () => ({ ...parts, digests: createDigests(await parts.secretKey()), now: parts.now() });
  const refuse = (context: Request) => forbidden(context, doorRefusals['reports-for-careline'].sentence);

  app.get('/reports/new', (context) =>
    isOneOf(visitorIn(context), reporters) ? show(context, { submission: newId() }) : refuse(context),
  );

  /** Shows the screen again with these words, which it keeps as a draft first. It says whether they are. */
  const showKept = async (
    context: Request,
    form: URLSearchParams,
    newsOf: (isKept: boolean) => Partial<Pick<CallScreenProps, 'news' | 'problems'>> = () => ({}),
    status: Status = 200,
  ) => {
    const revision = Number(form.get('revision') ?? 0) + 1;
    const writer = form.get('writer') ?? '';
    const input = { revision, ...(writer !== '' && { writer }), content: draftOfForm(form) };
    const key = form.get('key') || newId();
    const given = await door();
    // The words stand on the page, whatever became of the draft.
    const kept = await saveDraft(given, visitorIn(context), key, input).catch((error: unknown) => {
      parts.onFault(error, 'draft');
      return undefined;
    });
    const isKept = kept?.kind === 'done';
    const shown = { submission: key, typed: form, ...(isKept && { revision, keptAt: given.now }), ...newsOf(isKept) };
    return show(context, shown, status);
  };

  /** The same for a form that was not sent. One without a word begins no draft: a draft counts as a first contact. */
  const showAgain = (context: Request, form: URLSearchParams, problems: CallScreenProps['problems'] = []) => {
    const status = problems.length > 0 ? 400 : 200;
    return Number(form.get('revision')) > 0 || (form.get('narrative') ?? '') !== ''
      ? showKept(context, form, () => ({ problems }), status)
      : show(context, { submission: form.get('key') || newId(), typed: form, problems }, status);
  };

  /** Keeps the words where the browser runs no script. */
  const keep = (context: Request, form: URLSearchParams) =>
    showKept(context, form, (isKept) => ({
      news: (
        <Alert kind="info" heading={isKept ? 'Kept, and not sent yet' : 'Not kept and not sent'} focused>
          <p>Go on writing. Press "Send the report" when you have the story and the danger.</p>
        </Alert>
      ),
    }));

  const received = async (
    context: Request,
    taken: Extract<ReportAnswer, { readonly kind: 'taken' }>,
    { key, writer }: { readonly key: string; readonly writer: string },
    status: 200 | 201,
  ) => {
    const toCall = await calls.of(context, taken.referralIds, 'report');
    const children = await readTaken(parts, visitorIn(context), taken.referralIds);
    return context.html(
      <ReportTaken
        frame={frameOf(context)}
        submission={key}
        writer={writer}
        taken={taken}
        childrenTaken={children}
        calls={toCall}
      />,
      status,
    );
  };

  /** The way back from a sent report leads here, and not to an empty form. Where it is not stored, its draft has the words. */
  app.get('/reports/sent/:key', async (context) => {
    const visitor = visitorIn(context);
    if (!isOneOf(visitor, reporters)) return refuse(context);
    const key = context.req.param('key');
    const sent = await reportUnder(await door(), visitor, key);
    return sent
      ? received(context, sent, { key, writer: context.req.query('writer') ?? '' }, 200)
      : context.redirect(place.url('/drafts'), 302);
  });

  app.post('/reports', async (context) => {
    const visitor = visitorIn(context);
    if (!isOneOf(visitor, reporters)) return refuse(context);
    const form = context.get('form');
    const submission = newId();
    const action = form.get('action') ?? 'send';
    if (action === 'keep') return keep(context, form);
    if (action === 'print') return context.html(<UnsentPaper frame={frameOf(context)} form={form} />);
    if (action === 'reopen') {
      // A draft that ended meanwhile takes no words, so they become another.
      const ended = await draftEndOf(await door(), visitor, form.get('key') ?? '');
      if (ended !== undefined) form.set('key', submission);
      return showKept(context, form, () => ({ news: <ReopenedNews /> }));
    }
    if (action === 'add') return showAgain(context, withChild(form));
    const part = partTurnedTo(form);
    if (part !== undefined) {
      form.set('part', part);
      return showAgain(context, form);
    }
    const [, turned] = /^child-(\d+)$/.exec(action) ?? [];
    if (turned !== undefined) {
      form.set('child', turned);
      return showAgain(context, form);
    }
    const [, removed] = /^remove-(\d+)$/.exec(action) ?? [];
    if (removed !== undefined) return showAgain(context, withoutChild(form, Number(removed)));
    if (action === 'anew') for (const name of ['key', 'writer']) form.set(name, newId());
    const given = await door();
    const read = readReport(form, given.now);
    const answer =
      'problems' in read
        ? { kind: 'invalid' as const, problems: read.problems }
        : await takeReport(given, visitor, form.get('key') || submission, read.input);
    const sentAs = { key: form.get('key') || submission, writer: form.get('writer') ?? '' };
    if (answer.kind === 'taken') return received(context, answer, sentAs, 201);
    if (answer.kind === 'reused') {
      const sent = await reportUnder(given, visitor, sentAs.key);
      // Only a person can say that it is another child. Until then the report that was made stands.
      if (sent)
        return show(
          context,
          { submission, typed: form, news: <SentNews base={frameOf(context).base} referralIds={sent.referralIds} /> },
          409,
        );
      form.set('key', submission);
    }
    const problems =
      answer.kind === 'invalid' ? inWords(answer.problems) : [{ path: 'narrative', sentence: sentBefore }];
    return showAgain(context, form, problems);
  });
  return app;
}
