/** Drafts of reports: save one while a person types, list the open ones, reopen one, and end one. */

import { Hono } from 'hono';
import { isOneOf } from '../../../shared/application/access/visitor.ts';
import { createDigests } from '../../../shared/application/matching/secret.ts';
import { doorRefusals } from '../../../shared/application/routes/door-refusals.ts';
import {
  discardDraft,
  draftIdUnder,
  draftsFor,
  readDraft,
  saveDraft,
} from '../../../shared/application/use-cases/report-drafts.ts';
import { discardReasons, draftSupervisors } from '../../../shared/domain/drafts/drafts.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { NoticePage, Page, Table, Token } from '../app/layout.tsx';
import { namesOf } from '../app/lookups.ts';
import type { ConsoleEnv, ConsoleParts, Place, Request } from '../app/parts.ts';
import { controlId } from '../forms/field-view.tsx';
import { draftOfForm, formOfDraft, ReportForm, withOther } from './report-form.tsx';

const refusedWith = { invalid: 400, forbidden: 403, unknown: 404 } as const;
const movedSentence =
  'Not kept: another person or window is writing this draft too. The words on this page are on this page alone. Press "Keep my words, and show me the others": nothing of either is lost.';
const endedSentence =
  'Not kept: this draft was sent or ended somewhere else meanwhile. The words on this page are on this page alone: look whether the report is there, and send what it lacks.';

/** The id of the window that writes, as its form names it. */
const writerOf = (form: URLSearchParams) => {
  const writer = form.get('writer') ?? '';
  return writer === '' ? {} : { writer };
};

/** A GET never acts. Reading a draft is recorded, so a POST opens it. */
export function createDrafts(parts: ConsoleParts, { frameOf, visitorIn, url }: Place): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>();
  const { newId } = parts;
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
    if (!drafts) return notice(context, 403, 'Not for your role', doorRefusals['drafts-for-careline'].sentence);
    const nameOf = await namesOf(
      parts.directory,
      drafts.map(({ ownerId }) => ownerId),
    );
    const frame = frameOf(context);
    return context.html(
      <Page frame={frame} title="Reports being written">
        <h1>Reports being written</h1>
        <p class="prose">
          {isOneOf(visitor, draftSupervisors) ? 'All of them.' : 'Yours.'} The clock of each runs from the first word.
          After fifteen minutes without a change, a supervisor is told.
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
    const after = form.get('after');
    const input = {
      revision: Number(form.get('revision')),
      ...(after !== null && { after: Number(after) }),
      ...writerOf(form),
      content: draftOfForm(form),
    };
    const answer = key === '' ? undefined : await saveDraft(await door(), visitorIn(context), key, input);
    switch (answer?.kind) {
      case 'done':
        return context.text(`Kept as a draft, ${formatInstant(parts.now())}.`);
      case 'changed-meanwhile':
        return context.text(movedSentence, 409);
      case 'refused':
        return context.text(endedSentence, 410);
      default:
        return context.text('Not kept.', answer ? refusedWith[answer.kind] : 400);
    }
  });

  // Another window saved the draft meanwhile. Keep this page's words, and list the other's differing values beside
  // them.
  app.post('/drafts/both', async (context) => {
    const form = context.get('form');
    const visitor = visitorIn(context);
    const key = form.get('key') ?? '';
    const given = await door();
    const id = await draftIdUnder(given, visitor, key);
    const page = { frame: frameOf(context), submission: newId() };
    for (let tries = 0; id !== undefined && tries < 5; tries += 1) {
      const there = await readDraft(given, visitor, id);
      if (there.kind !== 'done') break;
      const { revision } = there;
      const typed = withOther(form, formOfDraft(there.content));
      const input = { revision: revision + 1, after: revision, ...writerOf(form), content: draftOfForm(typed) };
      const saved = await saveDraft(given, visitor, key, input);
      if (saved.kind === 'done') {
        return context.html(<ReportForm {...page} typed={typed} revision={saved.revision} both />);
      }
      if (saved.kind !== 'changed-meanwhile') break;
    }
    const problems = [{ path: 'narrative', sentence: endedSentence }];
    return context.html(<ReportForm {...page} typed={form} problems={problems} />, 409);
  });

  app.post('/drafts/open', async (context) => {
    const id = context.get('form').get('id') ?? '';
    const answer = await readDraft(await door(), visitorIn(context), id);
    if (answer.kind !== 'done') return gone(context);
    const typed = formOfDraft(answer.content);
    typed.set('writer', newId());
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
