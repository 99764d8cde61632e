/** Drafts of reports: save one while a person types, list the open ones, reopen one, and end one. */

import { Hono } from 'hono';
import { isOneOf, reporters } from '../../../shared/application/access/visitor.ts';
import { createDigests } from '../../../shared/application/matching/secret.ts';
import type { EncryptedLists } from '../../../shared/application/read/page-cursors.ts';
import { doorRefusals } from '../../../shared/application/routes/door-refusals.ts';
import {
  discardDraft,
  draftEndOf,
  draftFor,
  draftIdUnder,
  draftsFor,
  readDraft,
  saveDraft,
} from '../../../shared/application/use-cases/report-drafts.ts';
import { clockTime } from '../../../shared/domain/core/local-time.ts';
import { draftRefusals } from '../../../shared/domain/drafts/draft-refusals.ts';
import { draftSupervisors } from '../../../shared/domain/drafts/drafts.ts';
import { namesOf } from '../app/lookups.ts';
import type { ConsoleEnv, ConsoleParts, Place, Request } from '../app/parts.ts';
import { chosenIn } from '../queue/queues.tsx';
import { DraftList, DraftPage } from './draft-pages.tsx';
import { draftOfForm, formOfDraft, withOther } from './report-input.ts';
import { createCallScreen, createNumbers } from './report-pages.tsx';
import { BothNews, LostNews } from './screen-news.tsx';

const refusedWith = { invalid: 400, forbidden: 403, unknown: 404 } as const;
const movedSentence =
  'Not kept: another person or window is writing this draft too. The words on this page are on this page alone. Press "Keep my words, and show me the others": nothing of either is lost.';
const endedSentence =
  'Not kept: this draft was sent or ended somewhere else meanwhile. The words on this page are on this page alone: look whether the report is there, and send what it lacks.';

const expiredSentence = draftRefusals['draft-ended/expired'];
const limit = 25;

/** The id of the window that writes, as its form names it. */
const writerOf = (form: URLSearchParams) => {
  const writer = form.get('writer') ?? '';
  return writer === '' ? {} : { writer };
};

/** A GET never acts. Reading a draft is recorded, so a POST opens it. */
export function createDrafts(
  parts: Omit<ConsoleParts, 'board'> & { readonly board: EncryptedLists },
  place: Place,
): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>();
  const { frameOf, visitorIn, url, notice } = place;
  const { newId } = parts;
  const show = createCallScreen(parts, place);
  const numbersFor = createNumbers(parts, place);
  const door = async () => ({ ...parts, digests: createDigests(await parts.secretKey()), now: parts.now() });
  const gone = (context: Request) =>
    notice(context, 404, 'There is no such draft', 'It was sent or ended, or it is not yours to see.');

  app.get('/drafts', async (context) => {
    const visitor = visitorIn(context);
    const { after, status: asked } = chosenIn(context);
    const status = asked === 'expired' ? 'expired' : 'open';
    if (after !== undefined && !(await parts.board.isListCursor(after))) return context.redirect(url('/drafts'), 302);
    const page = await draftsFor(parts, visitor, status, { limit, after });
    if (!page) return notice(context, 403, 'Not for your role', doorRefusals['drafts-for-careline'].sentence);
    const [nameOf, numbers] = await Promise.all([
      namesOf(
        parts.directory,
        page.drafts.map(({ ownerId }) => ownerId),
      ),
      status === 'open' ? numbersFor(context) : undefined,
    ]);
    const seesAll = isOneOf(visitor, draftSupervisors);
    return context.html(
      <DraftList
        frame={frameOf(context)}
        {...page}
        status={status}
        seesAll={seesAll}
        nameOf={nameOf}
        numbers={numbers}
      />,
    );
  });

  // Seals what could not be sent in the browser of this person. It is the same in each session, and no other person's.
  app.get('/drafts/secret', async (context) => {
    const visitor = visitorIn(context);
    if (!isOneOf(visitor, reporters)) return context.json({}, 403);
    const { digests } = await door();
    const secret = Buffer.from(digests.bytes('sealed words', visitor.id)).toString('base64');
    return context.json({ secret, person: context.get('session')?.tag });
  });

  // Words that stayed in a browser may belong to a draft that ended elsewhere meanwhile.
  app.get('/drafts/fate', async (context) => {
    const visitor = visitorIn(context);
    if (!isOneOf(visitor, reporters)) return context.json({}, 403);
    const ended = await draftEndOf(await door(), visitor, context.req.query('key') ?? '');
    return context.json(ended === undefined ? {} : { ended });
  });

  app.get('/drafts/:id', async (context) => {
    const draft = await draftFor(parts, visitorIn(context), context.req.param('id'));
    if (!draft) return gone(context);
    const [nameOf, oncall] = await Promise.all([
      namesOf(parts.directory, [draft.ownerId]),
      parts.oncall(parts.now(), visitorIn(context).id),
    ]);
    return context.html(<DraftPage frame={frameOf(context)} draft={draft} nameOf={nameOf} oncall={oncall} />);
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
        return context.text(`Kept as a draft, ${clockTime(parts.now(), parts.now())}.`);
      case 'changed-meanwhile':
        return context.text(movedSentence, 409);
      case 'refused':
        return context.text(
          answer.refusal.sentence === expiredSentence ? `Not kept: ${expiredSentence}` : endedSentence,
          410,
        );
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
    const submission = newId();
    for (let tries = 0; id !== undefined && tries < 5; tries += 1) {
      const there = await readDraft(given, visitor, id);
      if (there.kind !== 'done') break;
      const { revision } = there;
      const typed = withOther(form, formOfDraft(there.content));
      const input = { revision: revision + 1, after: revision, ...writerOf(form), content: draftOfForm(typed) };
      const saved = await saveDraft(given, visitor, key, input);
      if (saved.kind === 'done') {
        return show(context, { submission, typed, revision: saved.revision, keptAt: given.now, news: <BothNews /> });
      }
      if (saved.kind !== 'changed-meanwhile') break;
    }
    const problems = [{ path: 'narrative', sentence: endedSentence }];
    return show(context, { submission, typed: form, problems }, 409);
  });

  app.post('/drafts/open', async (context) => {
    // A window that is loaded again names its draft by the key of its form.
    const given = await door();
    const id = (await draftIdUnder(given, visitorIn(context), context.get('form').get('id') ?? '')) ?? '';
    const answer = await readDraft(given, visitorIn(context), id);
    if (answer.kind !== 'done') {
      // The page of an ended draft says what became of it.
      const ended = await draftFor(parts, visitorIn(context), id);
      return ended ? context.redirect(url(`/drafts/${ended.id}`), 303) : gone(context);
    }
    const typed = formOfDraft(answer.content);
    typed.set('writer', newId());
    typed.set('begun', answer.draft.since);
    const { revision, isLost = false } = answer;
    return show(context, {
      submission: id,
      typed,
      revision,
      keptAt: answer.draft.touchedAt,
      ...(isLost && { news: <LostNews /> }),
    });
  });

  app.post('/drafts/discard', async (context) => {
    const form = context.get('form');
    const input = { because: form.get('because') ?? '' };
    const answer = await discardDraft(await door(), visitorIn(context), form.get('id') ?? '', input);
    return answer.kind === 'done' ? context.redirect(url('/drafts'), 303) : gone(context);
  });
  return app;
}
