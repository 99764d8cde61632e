/** The routes of a referral: its pages, its alerts, and the page of each act. A GET never acts. */
import { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { closedIn } from '../../../shared/application/access/redact-references.ts';
import { isOneOf } from '../../../shared/application/access/visitor.ts';
import { createDigests } from '../../../shared/application/matching/secret.ts';
import { callsOf, nextCallOf } from '../../../shared/application/read/read-calls.ts';
import { isWhole } from '../../../shared/application/read/shown-events.ts';
import { stepsThatWaitOn } from '../../../shared/application/read/shown-next-steps.ts';
import { writtenFor } from '../../../shared/application/read/written-texts.ts';
import { noteSeen } from '../../../shared/application/use-cases/note-seen.ts';
import {
  type CommandAnswer,
  forbiddenTo,
  performCommand,
} from '../../../shared/application/use-cases/perform-command.ts';
import { isAboutReview } from '../../../shared/domain/access/emergency-access.ts';
import { type CommandName, commandNamed, isCommandName } from '../../../shared/domain/commands.ts';
import { isReference, referralOf } from '../../../shared/domain/core/ids.ts';
import { staff } from '../../../shared/domain/core/role-groups.ts';
import { everyDiscipline, services } from '../../../shared/domain/core/vocabulary.ts';
import { whereKnown } from '../../../shared/domain/core/where-known.ts';
import { ruleOf } from '../../../shared/domain/policy/policy.ts';
import { dutyTitle } from '../../../shared/domain/words/duty-words.ts';
import { namesOf } from '../app/lookups.ts';
import type { ConsoleEnv, ConsoleParts, Place, Request } from '../app/parts.ts';
import { commandFields, commandInput, problemsAsAsked } from '../forms/command-fields.ts';
import type { Attempt } from '../forms/command-form.tsx';
import { fieldsOf } from '../forms/form-fields.ts';
import { allProblems, inWords, readFields } from '../forms/form-values.ts';
import { namePeople } from '../forms/named-people.ts';
import { partTurnedTo } from '../forms/part-buttons.tsx';
import { fieldNamedIn } from '../forms/refused-field.ts';
import { withoutUntouched } from '../forms/stood.ts';
import { ActPage, readsStory, wayBack } from './act-page.tsx';
import { AlertPage } from './alert-page.tsx';
import { CardPaperPage } from './card-paper.tsx';
import { movedSince, peopleInHistory, seenAt } from './changed-since.ts';
import { ClocksPage } from './clocks-page.tsx';
import { actsSince, confirmationOf, lastActOf, titleOfAct } from './confirmations.ts';
import { CourtPage } from './court-page.tsx';
import { EmergencyAccessForm, maySeeEmergencyPage } from './emergency-access-form.tsx';
import { createEmergencyAccess } from './emergency-access-page.tsx';
import { entriesIn, HistoryPage } from './history-page.tsx';
import { OverviewPage } from './overview-page.tsx';
import { otherNamedBy, proposalsOf } from './proposed-view.tsx';
import { actsBefore, alertIn, createReader, type Found } from './reading.tsx';
import type { Done } from './referral-frame.tsx';
import { actPath, type Opener, type PageSlug, pageNamed, pagePath, pages } from './referral-pages.ts';
import { createSeveral } from './serve-several.tsx';
import { lastPlan, standingNeeds } from './standing-words.ts';
import { answersOf, isOtherAnswer, isStepOf } from './step-words.ts';
import {
  ActsPage,
  AgendaPage,
  ChildPage,
  DecisionsPage,
  MailPage,
  type PagedProps,
  ServicesPage,
  TasksPage,
  TeamPage,
} from './subject-pages.tsx';
import { explainsWhy } from './why-it-stands.tsx';
import { isTextOn } from './words-view.tsx';

const sentBefore =
  'This form was sent before with other content, so nothing was stored now. To add what it says now, send it again.';

/** The acts after which a person makes the next call. */
const callActs: readonly CommandName[] = [
  'record-call',
  'answer-alarm',
  'acknowledge-alert',
  'notify-police',
  'notify-ncmec',
];

/** The titles of these duties of the referral, in quotation marks. */
const dutiesIn =
  ({ state, policy }: Pick<Found, 'state' | 'policy'>) =>
  (deadlineIds: readonly string[]): string => {
    const titles = deadlineIds.flatMap((id) => {
      const deadline = state.deadlines[id];
      return deadline ? [`“${dutyTitle(ruleOf(policy, deadline))}”`] : [];
    });
    return [...new Set(titles)].join(', ');
  };

/** The texts to read for a page. Overview has the reasons of what stands besides. */
function textsOf(slug: PageSlug, about: Pick<Found, 'state' | 'policy' | 'visitor' | 'commits'>) {
  const isReason = explainsWhy(about);
  return writtenFor(about.visitor, about).filter((text) => isTextOn(slug, text) || (slug === '' && isReason(text)));
}

/** The words of the plan that stands, for the form that takes its place. */
function textsOfPlan(name: CommandName, about: Found) {
  if (name !== 'record-safety-plan') return [];
  const last = lastPlan(about.commits);
  return writtenFor(about.visitor, about).filter(({ seq }) => seq === last?.seq);
}

/** The history needs its entries besides, so it has a route of its own. */
const views: Readonly<Record<Exclude<PageSlug, 'history'>, (shown: PagedProps) => Child>> = {
  '': OverviewPage,
  tasks: TasksPage,
  acts: ActsPage,
  child: ChildPage,
  card: CardPaperPage,
  team: TeamPage,
  agenda: AgendaPage,
  services: ServicesPage,
  clocks: ClocksPage,
  decisions: DecisionsPage,
  court: CourtPage,
  mail: MailPage,
};

export function createReferralPages(parts: ConsoleParts, place: Place) {
  const { ledger, now, newId } = parts;
  const { frameOf, visitorIn, url, notFound, forbidden } = place;
  const reader = createReader(parts, place);
  const emergencyAccess = createEmergencyAccess(parts, place);
  const app = new Hono<ConsoleEnv>();
  app.route('/', emergencyAccess.app);
  app.route('/', createSeveral(parts, place, reader).app);

  const performing = async () => ({ ...parts, digests: createDigests(await parts.secretKey()), now: now() });

  /** What the address says was just done, as the ledger has it. */
  const doneIn = async (context: Request, about: Found): Promise<Done | undefined> => {
    const { done, before, since = '' } = context.req.query();
    const name = done ?? before ?? '';
    if (!isCommandName(name)) return undefined;
    const acts = await reader.withoutClosed(about);
    const act = lastActOf(acts, about.visitor.id, name);
    // Several acts of one press are told each.
    const all = /^\d{1,9}$/.test(since) ? actsSince(acts, about.visitor.id, Number(since)) : [];
    const wordsOf = (each: typeof act) => confirmationOf(each, about.lookups.nameOf, dutiesIn(about));
    const sentence = all.length > 0 ? all.map((each) => wordsOf(each) ?? titleOfAct(each)).join(' ') : wordsOf(act);
    const next = callActs.includes(name) ? await nextCallFor(context, about) : undefined;
    return { name, before: done === undefined, at: act?.at, sentence, ...whereKnown({ next }) };
  };

  /** The next call about all children of the report. */
  const nextCallFor = async (context: Request, { state, visitor }: Found) => {
    if (!isOneOf(visitor, staff)) return undefined;
    const reading = { ...parts, ...context.get('reading'), now: now() };
    const calls = await callsOf(reading, [state.id, ...state.report.siblings], visitorIn(context));
    return nextCallOf(calls, reading.now);
  };

  const showPage = async (context: Request, slug: PageSlug) => {
    const id = context.req.param('id') ?? '';
    const about = await reader.find(context, id, {
      authors: slug === 'history',
      // Its rows refer to providers.
      ownServices: slug === 'services',
      textsOf: (found) => textsOf(slug, found),
    });
    if (!about && isReference('CR', id) && slug === '' && maySeeEmergencyPage(visitorIn(context))) {
      return context.html(<EmergencyAccessForm frame={frameOf(context)} referralId={id} submission={newId()} />, 404);
    }
    const page = pageNamed(slug);
    if (!about || !page) return notFound(context);
    const given = context.req.query('before') ?? '';
    // The word of a repeated act stands in the same place of the address.
    const before = /^\d{1,9}$/.test(given) ? Number(given) : Number.POSITIVE_INFINITY;
    const commits = slug === 'history' ? await reader.withoutClosed(about) : [];
    const entries = entriesIn({ ...about, commits }, before);
    const texts =
      slug === 'history' ? writtenFor(about.visitor, { ...about, commits: entries.shown }) : textsOf(slug, about);
    const reading = await reader.open(context, about, page.needs, { texts });
    if (!page.holds(reading)) return context.redirect(url(pagePath(id)), 302);
    const done = await doneIn(context, about);
    if (slug !== 'history') {
      const View = views[slug];
      const shown = <View reading={reading} done={done} query={context.req.query()} />;
      return context.html(shown);
    }
    const nameOf = await namesOf(parts.directory, peopleInHistory(entries.shown));
    return context.html(<HistoryPage {...{ reading, done, entries, nameOf }} />);
  };

  for (const { slug } of pages) app.get(pagePath(':id', slug), (context) => showPage(context, slug));

  app.get('/alerts/:alertId', async (context) => {
    const alertId = context.req.param('alertId');
    const id = referralOf(alertId);
    const referral = isReference('CR', id) ? await ledger.referral(id) : undefined;
    const isReview = referral !== undefined && isAboutReview(referral.state, alertId);
    const review = isReview ? await emergencyAccess.show(context, id, { alertId }) : undefined;
    if (review) return review;
    const about = await reader.find(context, id, { alertId });
    const alert = about && alertIn(about, alertId);
    if (!about || !alert) return notFound(context);
    const reading = await reader.open(context, about, { identities: true, directions: true }, { alert });
    // The reader of an alert must see it, even if that cannot be recorded now.
    await noteSeen(ledger, alert.id, about.visitor.id, now()).catch(() => undefined);
    const done = await doneIn(context, about);
    return context.html(<AlertPage reading={reading} alert={reading.alert ?? alert} done={done} />);
  });

  /** What a person without a part in the referral needs the facts about the child for. It is recorded. */
  app.post('/referrals/:id/purpose', async (context) => {
    const about = await reader.find(context, context.req.param('id'));
    if (!about) return notFound(context);
    const form = context.get('form');
    await reader.say(context, about, form.get('purpose'));
    return context.redirect(url(pagePath(about.state.id, pageNamed(form.get('from'))?.slug)), 303);
  });

  // For a person who may not see the referral, so its page has no form for it.
  app.post('/referrals/:id/do/take-emergency-access', async (context) => {
    const id = context.req.param('id');
    if (!isReference('CR', id)) return notFound(context);
    const name = 'take-emergency-access';
    const form = context.get('form');
    const read = readFields(fieldsOf(commandNamed(name).input), form);
    const key = form.get('key') || newId();
    const given = { referralId: id, name, input: read.input, key } as const;
    const answer = await performCommand(await performing(), visitorIn(context), given);
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
        return context.redirect(url(pagePath(id)), 303);
      default:
        return notFound(context);
    }
  });

  /** Where a form was opened, as its address or its hidden fields say. An alert of another referral is none. */
  const openerIn = (id: string, given: (field: string) => string | null | undefined): Opener => {
    const [alertId, dutyId] = [given('alert') ?? '', given('for') ?? ''];
    return {
      from: pageNamed(given('from'))?.slug,
      alertId: referralOf(alertId) === id ? alertId : undefined,
      dutyId: referralOf(dutyId) === id ? dutyId : undefined,
      subject: [...everyDiscipline, ...services].find((each) => each === given('of')),
    };
  };

  /** The facts of another referral, where this reader may read them now. That they do is recorded there. */
  const factsOf = async (context: Request, id: string | undefined) => {
    const other = id === undefined ? undefined : await reader.find(context, id);
    return other && (await reader.seesFacts(context, other)) ? other.state : undefined;
  };

  const showAct = async (
    context: Request,
    about: Found,
    name: CommandName,
    {
      opener,
      attempt,
      done,
      status = 200,
    }: { opener: Opener; attempt?: Attempt; done?: Done | undefined; status?: 200 | 400 | 409 },
  ) => {
    const alert = opener.alertId === undefined ? undefined : alertIn(about, opener.alertId);
    const { identities = false, directions = false } = standingNeeds(name);
    // A person who answers sees who the child is, or that it cannot be read.
    const isAnswer = name === 'answer-duplicate' || proposalsOf(name, about.state).length > 0;
    const part = context.req.query('part');
    const [reading, other, before] = await Promise.all([
      reader.open(
        context,
        about,
        { identities: identities || isAnswer || readsStory(name), directions },
        { alert, texts: textsOfPlan(name, about) },
      ),
      factsOf(context, otherNamedBy(name, about.state)),
      reader.withoutClosed({ ...about, commits: actsBefore(name, about.commits) }),
    ]);
    return context.html(<ActPage {...{ reading, name, opener, attempt, part, other, done, before }} />, status);
  };

  // From a list of tasks. Only the referral as it is now tells which act settles the duty.
  app.get('/referrals/:id/do', async (context) => {
    const id = context.req.param('id');
    const about = await reader.find(context, id);
    if (!about) return notFound(context);
    const { dutyId, subject } = openerIn(id, (field) => context.req.query(field));
    const { state, policy, visitor } = about;
    const asked = stepsThatWaitOn(state, policy, visitor).filter((step) => isStepOf(step, { dutyId, subject }));
    const acts = asked.flatMap((step) => (dutyId === undefined ? answersOf(step, subject) : step.acts));
    const [name, ...others] = new Set(acts.map(({ command }) => command));
    // The form of one answer leads to the other.
    const isOne = name !== undefined && others.every((other) => isOtherAnswer(name, other));
    // One form has a tick for each notice of one call.
    const isOneCall = name === 'notify-police' && asked.some(({ group }) => group !== undefined);
    const opener = isOneCall ? {} : { dutyId, subject };
    return context.redirect(url(isOne ? actPath(id, name, opener) : pagePath(id)), 302);
  });

  app.get('/referrals/:id/do/:name', async (context) => {
    const { id, name } = context.req.param();
    const about = isCommandName(name) && (await reader.find(context, id, { form: name }));
    if (!about || !isCommandName(name)) return notFound(context);
    const opener = openerIn(id, (field) => context.req.query(field));
    return showAct(context, about, name, { opener, done: await doneIn(context, about) });
  });

  app.post('/referrals/:id/do/:name', async (context) => {
    const { id, name } = context.req.param();
    const about = isCommandName(name) && (await reader.find(context, id, { form: name }));
    if (!about || !isCommandName(name)) return notFound(context);
    // Before the form is read: what is wrong with it would come back with the choices of this referral.
    const no = forbiddenTo(name, about.state, about.visitor);
    if (no) return forbidden(context, no.sentence);
    const form = context.get('form');
    const opener = openerIn(id, (field) => form.get(field));
    const turnedTo = partTurnedTo(form);
    if (turnedTo !== undefined) {
      form.set('part', turnedTo);
      const attempt = { name, submission: form.get('key') || newId(), typed: form, problems: [], isTurned: true };
      return showAct(context, about, name, { opener, attempt });
    }
    const schema = commandNamed(name).input;
    const fields = commandFields(name, about) ?? fieldsOf(schema);
    const named = await namePeople(fields, withoutUntouched(name, form), parts.directory);
    const read = readFields(fields, named.form);
    const problems = [...named.problems, ...read.problems];
    const input = commandInput(name, read.input);
    const key = form.get('key') || newId();
    const answer: CommandAnswer =
      problems.length > 0
        ? { kind: 'invalid', problems: allProblems(schema, input, problems) }
        : await performCommand(await performing(), about.visitor, {
            referralId: id,
            name,
            input,
            key,
            seen: seenAt(form),
            isAnother: form.get('another') === 'yes',
          });
    const again = { name, submission: key, typed: form, problems: [] };
    const refused = (refusal: string, submission = key) =>
      showAct(context, about, name, { opener, attempt: { ...again, submission, refusal }, status: 409 });
    switch (answer.kind) {
      case 'unknown':
        return notFound(context);
      case 'forbidden':
        return forbidden(context, answer.sentence);
      case 'invalid': {
        const attempt = { ...again, problems: problemsAsAsked(name, inWords(answer.problems)) };
        return showAct(context, about, name, { opener, attempt, status: 400 });
      }
      case 'reused':
        return refused(sentBefore, newId());
      case 'changed-meanwhile': {
        const now = (await reader.find(context, id, { form: name })) ?? about;
        const since = (await reader.seesFacts(context, now)) ? answer.since : answer.since.filter(isWhole);
        const hidden = await closedIn(ledger, answer.since, { own: id, personId: about.visitor.id });
        const refusal = movedSince({ ...answer, since }, about, hidden);
        return showAct(context, now, name, { opener, attempt: { ...again, refusal }, status: 409 });
      }
      case 'recorded-already': {
        const now = (await reader.find(context, id, { form: name })) ?? about;
        const [act] = await reader.withoutClosed({ ...now, commits: [answer.act] });
        const sentence = confirmationOf(act, now.lookups.nameOf, dutiesIn(now));
        const recorded = { at: act?.at, sentence };
        return showAct(context, now, name, { opener, attempt: { ...again, recorded }, status: 409 });
      }
      case 'refused': {
        const { sentence } = answer.refusal;
        const field = fieldNamedIn(sentence, fields);
        if (field === undefined) return refused(sentence);
        const attempt = { ...again, problems: [{ path: field, sentence }] };
        return showAct(context, about, name, { opener, attempt, status: 409 });
      }
      case 'done':
        return context.redirect(url(`${wayBack(id, opener)}?${answer.repeated ? 'before' : 'done'}=${name}`), 303);
    }
  });

  return app;
}
