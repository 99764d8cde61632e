/** The routes of exports of the audit. A GET never acts: each download is a POST, recorded before the page has the file. */
import { Hono } from 'hono';
import { submissionUnder } from '../../../shared/application/access/person-frame.ts';
import { doorRefusals } from '../../../shared/application/routes/door-refusals.ts';
import {
  askForExport,
  decideExport,
  downloadExport,
  listExports,
  readExport,
  type ShownExport,
} from '../../../shared/application/use-cases/keep-exports.ts';
import { exportRule as rule } from '../../../shared/policy/export-rules.ts';
import { namesOf } from '../app/lookups.ts';
import type { ConsoleEnv, ConsoleParts, Place, Request } from '../app/parts.ts';
import { inWords } from '../forms/form-values.ts';
import { sentBefore } from '../forms/not-stored.ts';
import { type ExportAttempt, ExportPage, ExportsPage, exportPath } from './export-page.tsx';

const peopleIn = ({ asked, approved, declined, downloads }: ShownExport): readonly string[] =>
  [asked, approved, declined, ...downloads].flatMap((each) => (each ? [each.by] : []));

/** What the form sends, as the API gets it. An empty field is none. */
function inputOf(typed: URLSearchParams): object {
  const text = (name: string) => typed.get(name)?.trim() ?? '';
  const referrals = text('referrals')
    .split(/[\s,;]+/)
    .filter(Boolean);
  return {
    purpose: text('purpose'),
    ...(referrals.length > 0 && { referrals }),
    ...(text('from') !== '' && { from: text('from') }),
    ...(text('to') !== '' && { to: text('to') }),
  };
}

export function createExports(
  parts: ConsoleParts,
  { frameOf, visitorIn, url, forbidden, notFound }: Place,
): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>();
  const door = () => ({ ...parts, rule, now: parts.now() });
  const notYours = (context: Request) => forbidden(context, doorRefusals['exports-for-auditors'].sentence);
  const submissionOf = (typed: URLSearchParams) => submissionUnder(parts, typed.get('key') || undefined);

  const list = async (context: Request, attempt: ExportAttempt = {}, status: 200 | 400 | 409 = 200) => {
    const exports = await listExports(door(), visitorIn(context));
    if (!exports) return notYours(context);
    const nameOf = await namesOf(parts.directory, exports.flatMap(peopleIn));
    const props = { frame: frameOf(context), exports, rule, nameOf, submission: parts.newId() };
    return context.html(<ExportsPage {...props} {...attempt} />, status);
  };

  const page = async (
    context: Request,
    request: ShownExport,
    more: Partial<Parameters<typeof ExportPage>[0]> = {},
    status: 200 | 409 = 200,
  ) => {
    const nameOf = await namesOf(parts.directory, peopleIn(request));
    const props = { frame: frameOf(context), request, nameOf, submission: parts.newId() };
    return context.html(<ExportPage {...props} {...more} />, status);
  };
  /** The page of an export with why nothing was done. */
  const refused = async (context: Request, id: string, refusal: string) => {
    const request = await readExport(door(), visitorIn(context), id);
    return request ? page(context, request, { refusal }, 409) : notFound(context);
  };

  app.get(exportPath, (context) => list(context));
  app.post(exportPath, async (context) => {
    const typed = context.get('form');
    const answer = await askForExport(door(), visitorIn(context), inputOf(typed), await submissionOf(typed));
    switch (answer.kind) {
      case 'forbidden':
        return notYours(context);
      case 'invalid':
        return list(context, { typed, problems: inWords(answer.problems) }, 400);
      case 'reused':
        return list(context, { typed, refusal: sentBefore }, 409);
      case 'refused':
        return list(context, { typed, refusal: answer.refusal.sentence }, 409);
      case 'done':
        return context.redirect(url(`${exportPath}/${answer.request.id}`), 303);
    }
  });

  app.get(`${exportPath}/:id`, async (context) => {
    const request = await readExport(door(), visitorIn(context), context.req.param('id'));
    return request ? page(context, request) : notFound(context);
  });

  app.post(`${exportPath}/:id/download`, async (context) => {
    const { id } = context.req.param();
    const answer = await downloadExport(door(), visitorIn(context), id);
    switch (answer.kind) {
      case 'unknown':
        return notFound(context);
      case 'forbidden':
        return forbidden(context, doorRefusals['export-not-yours'].sentence);
      case 'refused':
        return refused(context, id, answer.refusal.sentence);
      case 'done': {
        const { name, digest, referrals, zip } = answer.file;
        const file = { name, digest, referrals, zip: Buffer.from(zip).toString('base64') };
        return page(context, answer.request, { file });
      }
    }
  });

  app.post(`${exportPath}/:id/:answer`, async (context) => {
    const { id, answer: given } = context.req.param();
    const typed = context.get('form');
    const answer = await decideExport(door(), visitorIn(context), id, { answer: given }, await submissionOf(typed));
    switch (answer.kind) {
      case 'unknown':
      case 'invalid':
        return notFound(context);
      case 'forbidden':
        return forbidden(context, doorRefusals['export-not-yours'].sentence);
      case 'reused':
        return refused(context, id, sentBefore);
      case 'refused':
        return refused(context, id, answer.refusal.sentence);
      case 'done':
        return context.redirect(url(`${exportPath}/${id}`), 303);
    }
  });
  return app;
}
