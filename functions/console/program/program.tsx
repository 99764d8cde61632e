/** The routes of the program: agreements, forums, and concerns about venues. They are about no referral. A GET never acts. */
import { Hono } from 'hono';
import { submissionUnder } from '../../../shared/application/access/person-frame.ts';
import { isOneOf } from '../../../shared/application/access/visitor.ts';
import type { Kept } from '../../../shared/application/input/kept.ts';
import { doorRefusals } from '../../../shared/application/routes/door-refusals.ts';
import {
  agreementKeepers,
  keepAgreement,
  listAgreements,
} from '../../../shared/application/use-cases/keep-agreements.ts';
import {
  endForumAction,
  listForums,
  openForum,
  readForum,
  recordMeeting,
  withdrawMeeting,
} from '../../../shared/application/use-cases/keep-forums.ts';
import {
  answerConcern,
  equalVenues,
  listVenues,
  policeFor,
  raiseVenue,
  type ShownConcern,
  takeVenueFile,
  type VenueFile,
  venueRaisers,
} from '../../../shared/application/use-cases/keep-venues.ts';
import { namesOf, providerNamesOf } from '../app/lookups.ts';
import type { ConsoleEnv, ConsoleParts, Place, Request } from '../app/parts.ts';
import type { Field } from '../forms/form-fields.ts';
import { inWords, readFields } from '../forms/form-values.ts';
import { sentBefore } from '../forms/not-stored.ts';
import {
  AgreementPage,
  AgreementsPage,
  agreementFields,
  agreementsPath,
  NewAgreementPage,
  newAgreementPath,
} from './agreement-pages.tsx';
import {
  actionRows,
  ForumPage,
  ForumsPage,
  forumFields,
  forumsPath,
  meetingFields,
  withdrawalFields,
} from './forum-pages.tsx';
import { type Attempt, atFields } from './program-form.tsx';
import { ConcernPage, policeFields, VenuesPage, venueFields, venuesPath } from './venue-pages.tsx';

type Status = 200 | 400 | 409;

/** The rows of actions that were filled in, and the place of each in the form. */
function meetingInputOf(typed: URLSearchParams) {
  const { input } = readFields(meetingFields, typed);
  const { heldOn, place, decisions } = input;
  const rows = Array.from({ length: actionRows }, (_, row) => ({ row, action: input[`actions[${row}]`] })).filter(
    ({ action }) => action !== undefined,
  );
  const lines = String(decisions ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return {
    input: {
      heldOn,
      ...(place !== undefined && { place }),
      decisions: lines,
      actions: rows.map(({ action }) => action),
    },
    rowOf: (path: string) =>
      path.replace(/^actions\[(\d+)\]/, (_, index: string) => `actions[${rows[Number(index)]?.row ?? index}]`),
  };
}

export function createProgram(
  parts: ConsoleParts,
  { frameOf, visitorIn, url, forbidden, notFound }: Place,
): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>();
  const { directory, newId } = parts;
  const door = () => ({ ...parts, now: parts.now() });
  const submissionOf = (typed: URLSearchParams) => submissionUnder(parts, typed.get('key') || undefined);
  const isDone = (context: Request): Attempt => ({ done: context.req.query('done') === 'yes' });
  const refusedAs = (name: keyof typeof doorRefusals) => String(doorRefusals[name].sentence);

  /** The page for an act that was not done. `again`: the page of the form, with what was typed. */
  const notDone = (
    context: Request,
    kept: Exclude<Kept<unknown, string>, { readonly kind: 'done' }>,
    {
      typed,
      fields,
      notYours,
      again,
      at = (path) => path,
    }: {
      readonly typed: URLSearchParams;
      readonly fields: readonly Field[];
      readonly notYours: keyof typeof doorRefusals;
      readonly again: (attempt: Attempt, status: Status) => Response | Promise<Response>;
      readonly at?: (path: string) => string;
    },
  ) => {
    switch (kept.kind) {
      case 'forbidden':
        return forbidden(context, refusedAs(notYours));
      case 'unknown':
        return notFound(context);
      case 'invalid': {
        const problems = inWords(kept.problems).map((each) => ({ ...each, path: at(each.path) }));
        return again({ typed, problems: atFields(problems, fields) }, 400);
      }
      case 'reused':
        return again({ typed, refusal: sentBefore }, 409);
      case 'refused':
        return again({ typed, refusal: kept.refusal.sentence }, 409);
    }
  };

  // Agreements.
  const choices = async () => {
    const [listed, ...held] = await Promise.all([
      directory.providers('substance-use'),
      ...agreementKeepers.map((role) => directory.onDutyAnywhere(role)),
    ]);
    const people = await directory.people([...new Set(held.flat().map(({ personId }) => personId))]);
    return {
      providers: listed.map(({ id, name }) => ({ value: id, words: name })),
      keepers: people.map(({ id, name, title }) => ({ value: id, words: `${name}, ${title}` })),
    };
  };
  const agreementsPage = async (context: Request) => {
    const visitor = visitorIn(context);
    const agreements = await listAgreements(door(), visitor);
    if (!agreements) return forbidden(context, refusedAs('agreements-for-readers'));
    const keeps = isOneOf(visitor, agreementKeepers);
    const providerNameOf = await providerNamesOf(directory, ['substance-use']);
    return context.html(<AgreementsPage frame={frameOf(context)} {...{ agreements, keeps, providerNameOf }} />);
  };
  const newAgreementPage = async (context: Request, attempt: Attempt = {}, status: Status = 200) => {
    const visitor = visitorIn(context);
    if (!isOneOf(visitor, agreementKeepers)) return forbidden(context, refusedAs('agreements-for-keepers'));
    const props = { frame: frameOf(context), choices: await choices(), own: visitor.id };
    return context.html(<NewAgreementPage {...props} submission={newId()} attempt={attempt} />, status);
  };
  const agreementPage = async (context: Request, attempt: Attempt = {}, status: Status = 200) => {
    const agreements = await listAgreements(door(), visitorIn(context));
    if (!agreements) return forbidden(context, refusedAs('agreements-for-readers'));
    const agreement = agreements.find(({ id }) => id === context.req.param('id'));
    if (!agreement) return notFound(context);
    const [offered, providerNameOf, nameOf] = await Promise.all([
      choices(),
      providerNamesOf(directory, ['substance-use']),
      namesOf(directory, [agreement.keeperId, agreement.changed.by]),
    ]);
    const props = { frame: frameOf(context), agreement, choices: offered, providerNameOf, nameOf };
    return context.html(<AgreementPage {...props} submission={newId()} attempt={attempt} />, status);
  };
  const storeAgreement = async (context: Request, id: string | undefined, again: typeof agreementPage) => {
    const typed = context.get('form');
    const fields = agreementFields(await choices());
    const { input } = readFields(fields, typed);
    const sent = { ...input, revision: Number(typed.get('revision') ?? 0) };
    const kept = await keepAgreement(door(), visitorIn(context), id, sent, await submissionOf(typed));
    if (kept.kind === 'done') return context.redirect(url(`${agreementsPath}/${kept.value.id}?done=yes`), 303);
    const how = { typed, fields, notYours: 'agreements-for-keepers' } as const;
    return notDone(context, kept, { ...how, again: (attempt, status) => again(context, attempt, status) });
  };
  app.get(agreementsPath, agreementsPage);
  app.get(newAgreementPath, (context) => newAgreementPage(context));
  app.post(agreementsPath, (context) => storeAgreement(context, undefined, newAgreementPage));
  app.get(`${agreementsPath}/:id`, (context) => agreementPage(context, isDone(context)));
  app.post(`${agreementsPath}/:id`, (context) => storeAgreement(context, context.req.param('id'), agreementPage));

  // Forums.
  const forumsPage = async (context: Request, attempt: Attempt = {}, status: Status = 200) => {
    const list = await listForums(door(), visitorIn(context));
    if (!list) return forbidden(context, refusedAs('forums-for-readers'));
    return context.html(
      <ForumsPage frame={frameOf(context)} list={list} submission={newId()} attempt={attempt} />,
      status,
    );
  };
  const forumPage = async (context: Request, attempt: Attempt = {}, status: Status = 200, withdrawing?: string) => {
    const forum = await readForum(door(), visitorIn(context), context.req.param('id') ?? '');
    if (!forum) return notFound(context);
    const withdrew = forum.meetings.flatMap(({ withdrawn }) => withdrawn?.by ?? []);
    const nameOf = await namesOf(directory, withdrew);
    const props = { frame: frameOf(context), forum, newKey: newId, nameOf, submission: newId(), attempt, withdrawing };
    return context.html(<ForumPage {...props} />, status);
  };
  app.get(forumsPath, (context) => forumsPage(context));
  app.post(forumsPath, async (context) => {
    const typed = context.get('form');
    const { input } = readFields(forumFields, typed);
    const kept = await openForum(door(), visitorIn(context), input, await submissionOf(typed));
    if (kept.kind === 'done') return context.redirect(url(`${forumsPath}/${kept.value.id}?done=yes`), 303);
    const again = (attempt: Attempt, status: Status) => forumsPage(context, attempt, status);
    return notDone(context, kept, { typed, fields: forumFields, notYours: 'forums-for-keepers', again });
  });
  app.get(`${forumsPath}/:id`, (context) => forumPage(context, isDone(context)));
  app.post(`${forumsPath}/:id`, async (context) => {
    const typed = context.get('form');
    const { id } = context.req.param();
    const { input, rowOf } = meetingInputOf(typed);
    const kept = await recordMeeting(door(), visitorIn(context), id, input, await submissionOf(typed));
    if (kept.kind === 'done') return context.redirect(url(`${forumsPath}/${id}?done=yes`), 303);
    const again = (attempt: Attempt, status: Status) => forumPage(context, attempt, status);
    return notDone(context, kept, {
      ...{ typed, fields: meetingFields, notYours: 'forums-for-keepers', again },
      at: rowOf,
    });
  });
  app.post(`${forumsPath}/:id/meetings/:meeting/withdrawal`, async (context) => {
    const typed = context.get('form');
    const { id: forum, meeting } = context.req.param();
    const { input } = readFields(withdrawalFields, typed);
    const which = { forum, meeting };
    const kept = await withdrawMeeting(door(), visitorIn(context), which, input, await submissionOf(typed));
    if (kept.kind === 'done') return context.redirect(url(`${forumsPath}/${forum}?done=yes`), 303);
    const again = (attempt: Attempt, status: Status) => forumPage(context, attempt, status, meeting);
    return notDone(context, kept, { typed, fields: withdrawalFields, notYours: 'forums-for-keepers', again });
  });
  app.post(`${forumsPath}/:id/actions/:action`, async (context) => {
    const typed = context.get('form');
    const { id: forum, action } = context.req.param();
    const sent = { how: typed.get('how') ?? '' };
    const kept = await endForumAction(door(), visitorIn(context), { forum, action }, sent, await submissionOf(typed));
    if (kept.kind === 'done') return context.redirect(url(`${forumsPath}/${forum}?done=yes`), 303);
    const again = ({ refusal }: Attempt, status: Status) =>
      forumPage(context, refusal === undefined ? {} : { refusal }, status);
    return notDone(context, kept, { typed, fields: [], notYours: 'forums-for-keepers', again });
  });

  // Concerns about venues.
  const venuesPage = async (
    context: Request,
    { equal = [], ...attempt }: Attempt & { readonly equal?: readonly ShownConcern[] } = {},
    status: Status = 200,
  ) => {
    const visitor = visitorIn(context);
    const concerns = await listVenues(door(), visitor);
    if (!concerns) return forbidden(context, refusedAs('venues-for-hart'));
    const props = { frame: frameOf(context), concerns, equal, attempt, submission: newId() };
    return context.html(<VenuesPage {...props} raises={isOneOf(visitor, venueRaisers)} />, status);
  };
  const concernPage = async (
    context: Request,
    { file, ...attempt }: Attempt & { readonly file?: VenueFile } = {},
    status: Status = 200,
  ) => {
    const concerns = (await listVenues(door(), visitorIn(context))) ?? [];
    const concern = concerns.find(({ id }) => id === context.req.param('id'));
    if (!concern) return notFound(context);
    const { raised, policeWords, decided, canceledApprovals, handovers } = concern;
    const done = [raised, ...policeWords, decided, ...canceledApprovals, ...handovers];
    const people = done.flatMap((each) => (each ? [each.by] : []));
    const [nameOf, agencies] = await Promise.all([namesOf(directory, people), policeFor(directory, concern.town)]);
    const equal = concerns.filter(({ id }) => concern.equals.includes(id));
    const shown = { frame: frameOf(context), concern, nameOf, agencies, equal };
    const props = { ...shown, submission: newId(), attempt, file };
    return context.html(<ConcernPage {...props} />, status);
  };
  app.get(venuesPath, (context) => venuesPage(context));
  app.post(venuesPath, async (context) => {
    const typed = context.get('form');
    const visitor = visitorIn(context);
    const fields = venueFields(parts.now());
    const { input } = readFields(fields, typed);
    const read = typed.get('besides');
    const sent = { ...input, ...(read && { besides: read.split(',') }) };
    const kept = await raiseVenue(door(), visitor, sent, await submissionOf(typed));
    if (kept.kind === 'done') return context.redirect(url(`${venuesPath}/${kept.value.id}?done=yes`), 303);
    const isEqual = kept.kind === 'refused' && kept.refusal.refused === 'venue-equal';
    const equal = isEqual ? await equalVenues(door(), visitor, sent) : [];
    const again = (attempt: Attempt, status: Status) => venuesPage(context, { ...attempt, equal }, status);
    return notDone(context, kept, { typed, fields, notYours: 'venues-for-hart', again });
  });
  app.get(`${venuesPath}/:id`, (context) => concernPage(context, isDone(context)));
  app.post(`${venuesPath}/:id`, async (context) => {
    const typed = context.get('form');
    const { id } = context.req.param();
    const fields = policeFields([]);
    const { input } = readFields(fields, typed);
    const kept = await answerConcern(door(), visitorIn(context), id, input, await submissionOf(typed));
    if (kept.kind === 'done') return context.redirect(url(`${venuesPath}/${id}?done=yes`), 303);
    const again = (attempt: Attempt, status: Status) => concernPage(context, attempt, status);
    return notDone(context, kept, { typed, fields, notYours: 'venue-not-yours', again });
  });
  app.post(`${venuesPath}/:id/file`, async (context) => {
    const typed = context.get('form');
    const { id } = context.req.param();
    const kept = await takeVenueFile(door(), visitorIn(context), id, await submissionOf(typed));
    if (kept.kind === 'done') return concernPage(context, { file: kept.value.file });
    const again = ({ refusal }: Attempt, status: Status) =>
      concernPage(context, refusal === undefined ? {} : { refusal }, status);
    return notDone(context, kept, { typed, fields: [], notYours: 'venues-for-hart', again });
  });
  return app;
}
