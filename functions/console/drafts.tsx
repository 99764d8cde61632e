/** Drafts of reports: saving one as it is typed, the list of those that are open, going on with one, and ending one. */
import { Hono } from 'hono';
import { discardReasons, draftSupervisors } from '../../shared/domain/drafts.ts';
import { formatInstant } from '../../shared/domain/due.ts';
import { discardDraft, draftsFor, readDraft, saveDraft } from '../../shared/doors/report-drafts.ts';
import { createDigests } from '../../shared/doors/secret.ts';
import { isOneOf } from '../../shared/doors/visitor.ts';
import { controlId } from './field-view.tsx';
import { NoticePage, Page, Table, Token } from './layout.tsx';
import { namesOf } from './lookups.ts';
import type { ConsoleEnv, ConsoleParts, Place, Request } from './parts.ts';
import { draftOfForm, formOfDraft, ReportForm } from './report-form.tsx';
import { draftHeaders } from './site.ts';
import { words } from './words.ts';

/** A GET never acts: to read what a draft says is recorded, so it is opened by a form. */
export function createDrafts(parts: ConsoleParts, { frameOf, visitorIn, url }: Place): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>();
  const door = async () => ({ ...parts, digests: createDigests(await parts.secretKey()), now: parts.now() });
  const notice = (context: Request, status: 403 | 404, title: string, sentence: string) =>
    context.html(
      <NoticePage frame={frameOf(context)} title={title}>
        <p>{sentence}</p>
      </NoticePage>,
      status,
    );
  const gone = (context: Request) =>
    notice(context, 404, 'There is no such draft', 'It was sent or ended, or it is not yours to see.');

  app.get('/drafts', async (context) => {
    const visitor = visitorIn(context);
    const drafts = await draftsFor(await door(), visitor);
    if (!drafts) return notice(context, 403, 'Not for your role', 'Drafts of reports are for Careline staff.');
    const nameOf = await namesOf(
      parts.directory,
      drafts.map(({ ownerId }) => ownerId),
    );
    const frame = frameOf(context);
    return context.html(
      <Page frame={frame} title="Reports being written">
        <h1>Reports being written</h1>
        <p class="prose">
          {isOneOf(visitor, draftSupervisors) ? 'Everybody’s.' : 'Yours.'} The clock of each runs from the first word.
          One that nobody touches for fifteen minutes is told to a supervisor.
        </p>
        {drafts.length === 0 ? (
          <p>No report is being written now.</p>
        ) : (
          <Table
            caption="Drafts"
            heads={['Draft', 'Whose', 'First contact', 'Last touched', 'Go on', 'End it']}
            rows={drafts.map(({ id, ownerId, since, touchedAt, left }) => [
              id,
              nameOf(ownerId),
              formatInstant(since),
              `${formatInstant(touchedAt)}${left === undefined ? '' : ', and left since'}`,
              <form method="post" action={`${frame.base}/drafts/open`}>
                <Token frame={frame} />
                <input type="hidden" name="id" value={id} />
                <button class="usa-button" type="submit">
                  Open<span class="usa-sr-only"> {id}</span>
                </button>
              </form>,
              <form method="post" action={`${frame.base}/drafts/discard`}>
                <Token frame={frame} />
                <input type="hidden" name="id" value={id} />
                <label class="usa-label" for={controlId(id, 'because')}>
                  Why
                </label>
                <select class="usa-select" id={controlId(id, 'because')} name="because">
                  {discardReasons.map((reason) => (
                    <option value={reason}>{words(reason)}</option>
                  ))}
                </select>
                <button class="usa-button usa-button--outline" type="submit">
                  End<span class="usa-sr-only"> {id}</span>
                </button>
              </form>,
            ])}
          />
        )}
      </Page>,
    );
  });

  app.post('/drafts/save', async (context) => {
    const form = context.get('form');
    const key = form.get('key') ?? '';
    const input = { revision: Number(form.get('revision')), content: draftOfForm(form) };
    const answer = key === '' ? undefined : await saveDraft(await door(), visitorIn(context), key, input);
    if (answer?.kind === 'done') return context.text(`Kept as a draft, ${formatInstant(parts.now())}.`);
    const status = { invalid: 400, forbidden: 403, refused: 409, unknown: 404 } as const;
    return context.text('Not kept.', answer ? status[answer.kind] : 400);
  });

  app.post('/drafts/open', async (context) => {
    const id = context.get('form').get('id') ?? '';
    const answer = await readDraft(await door(), visitorIn(context), id);
    if (answer.kind !== 'done') return gone(context);
    const typed = formOfDraft(answer.content);
    draftHeaders(context);
    return context.html(
      <ReportForm frame={frameOf(context)} submission={id} typed={typed} revision={answer.revision} />,
    );
  });

  app.post('/drafts/discard', async (context) => {
    const form = context.get('form');
    const input = { because: form.get('because') ?? '' };
    const answer = await discardDraft(await door(), visitorIn(context), form.get('id') ?? '', input);
    return answer.kind === 'done' ? context.redirect(url('/drafts'), 303) : gone(context);
  });
  return app;
}
