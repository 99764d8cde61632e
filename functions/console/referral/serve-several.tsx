/** The routes of several acts at once. A check stores nothing. One press then stores what was shown, if it still holds. */
import { Hono } from 'hono';
import { closedIn } from '../../../shared/application/access/redact-references.ts';
import type { Problem } from '../../../shared/application/input/problems.ts';
import { createDigests } from '../../../shared/application/matching/secret.ts';
import { isWhole } from '../../../shared/application/read/shown-events.ts';
import {
  type CommandAnswer,
  forbiddenTo,
  type Order,
  type Would,
} from '../../../shared/application/use-cases/perform-command.ts';
import { considerSeveral, performSeveral } from '../../../shared/application/use-cases/perform-several.ts';
import type { CommandName } from '../../../shared/domain/commands.ts';
import { namesOf } from '../app/lookups.ts';
import type { ConsoleEnv, ConsoleParts, Place, Request } from '../app/parts.ts';
import { namePeople } from '../forms/named-people.ts';
import { movedSince, seenAt } from './changed-since.ts';
import type { createReader, Found } from './reading.tsx';
import { pagePath } from './referral-pages.ts';
import {
  actsIn,
  commandsOfSeveral,
  fieldsOfInvitations,
  homeOf,
  invitedIn,
  leftOutOf,
  type SeveralAct,
  type SeveralKind,
  severalKinds,
  sharedBy,
  silentNow,
} from './several-acts.ts';
import { SeveralChoice, SeveralHalfDone, SeveralPage, whyNot } from './several-page.tsx';

/** The command whose form has the choices. */
const formOf: Readonly<Record<SeveralKind, CommandName>> = {
  services: 'offer-linkage',
  invitations: 'invite-seat',
  reminders: 'offer-linkage',
};

/** Stands in for an answer that is not given yet. The check then tells what would follow. */
const standIns: Readonly<Record<string, unknown>> = { reason: 'Not written yet.', waitDays: 'unknown' };

const withStandIns = (act: SeveralAct): SeveralAct => ({
  ...act,
  input: {
    ...act.input,
    ...Object.fromEntries(act.asks.map(({ path }) => [memberOf(path), standIns[memberOf(path)]])),
  },
});

/** The field of the act that the control of a service asks for. */
const memberOf = (path: string): string => path.split('.')[1] ?? '';

export function createSeveral(parts: ConsoleParts, place: Place, reader: ReturnType<typeof createReader>) {
  const { ledger, directory, now, newId } = parts;
  const app = new Hono<ConsoleEnv>();
  const performing = async () => ({ ...parts, digests: createDigests(await parts.secretKey()), now: now() });

  const kindIn = (context: Request) => severalKinds.find((kind) => kind === context.req.param('kind'));

  const ordersFor = (about: Found, acts: readonly SeveralAct[], key: string, seen: Order['seen']): readonly Order[] =>
    acts.map(({ subject, name, input }) => ({
      referralId: about.state.id,
      name,
      input,
      key: `${key} ${subject}`,
      seen,
    }));

  interface Shown {
    readonly kind: SeveralKind;
    readonly form: URLSearchParams;
    readonly refusal?: string;
    readonly problems?: readonly Problem[];
    /** The acts of the press before that are recorded. */
    readonly recorded?: readonly SeveralAct[];
    readonly status?: 200 | 400 | 409;
  }

  /** What each act would do now. */
  const showCheck = async (
    context: Request,
    about: Found,
    { kind, form, refusal, problems = [], recorded = [], status = 200 }: Shown,
  ) => {
    const reading = await reader.open(context, about, {});
    if (!reading.whole) return context.redirect(place.url(pagePath(about.state.id, homeOf(kind, about))), 303);
    const all = actsIn(kind, form, about);
    const acts = all.filter(({ subject }) => !recorded.some((act) => act.subject === subject)).map(withStandIns);
    const seen = { shown: about.state.seq };
    const found = await considerSeveral(
      await performing(),
      about.visitor,
      ordersFor(about, acts, reading.submission, seen),
    );
    const judged = acts.map((act, index) => ({ act, found: found[index] ?? ({ kind: 'unknown' } as const) }));
    const would = judged.flatMap(({ act, found }) => (found.kind === 'would' ? [{ act, found }] : []));
    const before = judged.filter(({ found }) => found.kind === 'recorded-already').map(({ act }) => act);
    const refused = judged.flatMap(({ act, found }) =>
      found.kind === 'would' || found.kind === 'recorded-already'
        ? []
        : [{ words: act.words, why: whyNot(found, act) }],
    );
    const people = would.flatMap(({ act, found }) => [
      ...(typeof act.input.personId === 'string' ? [act.input.personId] : []),
      ...found.events.flatMap((event) => (event.type === 'alert-requested' ? event.people : [])),
    ]);
    return context.html(
      <SeveralPage
        reading={reading}
        kind={kind}
        nameOf={await namesOf(directory, people)}
        would={would}
        leftOut={[...refused, ...leftOutOf(kind, all, about, now())]}
        says={[...would.flatMap(({ act }) => act.says), ...sharedBy(kind, form)]}
        refusal={refusal}
        recorded={[...recorded, ...before].map(({ words }) => words)}
        typed={form.get('step') === 'do' ? form : undefined}
        problems={problems}
      />,
      status,
    );
  };

  /** Why nothing is stored: what changed, or the reason of each act that does not hold any more. */
  const refusalOf = async (
    context: Request,
    about: Found,
    judged: readonly { readonly act: SeveralAct; readonly found: CommandAnswer | Would }[],
  ): Promise<string> => {
    const moved = judged.find(({ found }) => found.kind === 'changed-meanwhile')?.found;
    if (moved?.kind === 'changed-meanwhile') {
      const since = (await reader.seesFacts(context, about)) ? moved.since : moved.since.filter(isWhole);
      const hidden = await closedIn(ledger, moved.since, { own: about.state.id, personId: about.visitor.id });
      return movedSince({ ...moved, since }, about, hidden);
    }
    const reasons = judged.flatMap(({ act, found }) =>
      found.kind === 'would' || found.kind === 'done' || found.kind === 'recorded-already'
        ? []
        : [`${act.words}: ${whyNot(found, act)}`],
    );
    return reasons.length > 0 ? reasons.join(' ') : 'You recorded a part of it before. Check what is left.';
  };

  const choose = async (context: Request, about: Found, form?: URLSearchParams, problems: readonly Problem[] = []) => {
    const reading = await reader.open(context, about, {});
    const kind = 'invitations';
    if (!reading.whole) return context.redirect(place.url(pagePath(about.state.id, homeOf(kind, about))), 303);
    return context.html(
      <SeveralChoice
        reading={reading}
        kind={kind}
        fields={fieldsOfInvitations(about)}
        typed={form}
        problems={problems}
      />,
      problems.length > 0 ? 400 : 200,
    );
  };

  /** The referral for one kind of acts, with the names of the people that the form invites. */
  const find = async (context: Request, kind: SeveralKind, form: URLSearchParams): Promise<Found | undefined> => {
    const about = await reader.find(context, context.req.param('id') ?? '', { form: formOf[kind] });
    const invited = kind === 'invitations' ? invitedIn(form) : [];
    if (!about || invited.length === 0) return about;
    const own = await namesOf(directory, invited);
    const nameOf = (id: string) => (invited.includes(id) ? own(id) : about.lookups.nameOf(id));
    return { ...about, lookups: { ...about.lookups, nameOf } };
  };

  /** Where no command of the kind is this person's: the sentence of the first. */
  const noOf = (kind: SeveralKind, { state, visitor }: Found): string | undefined => {
    const noes = commandsOfSeveral[kind].map((name) => forbiddenTo(name, state, visitor));
    return noes.every((no) => no !== undefined) ? noes[0]?.sentence : undefined;
  };

  app.get('/referrals/:id/several/:kind', async (context) => {
    const kind = kindIn(context);
    const about = kind && (await find(context, kind, new URLSearchParams()));
    if (!kind || !about) return place.notFound(context);
    const no = noOf(kind, about);
    if (no !== undefined) return place.forbidden(context, no);
    if (kind === 'invitations') return choose(context, about);
    // The rows of the services are on their own page.
    if (kind === 'services') return context.redirect(place.url(pagePath(about.state.id, 'services')), 303);
    return showCheck(context, about, { kind, form: silentNow(about, now()) });
  });

  app.post('/referrals/:id/several/:kind', async (context) => {
    const kind = kindIn(context);
    const sent = context.get('form');
    const first = kind && (await find(context, kind, new URLSearchParams()));
    if (!kind || !first) return place.notFound(context);
    const no = noOf(kind, first);
    if (no !== undefined) return place.forbidden(context, no);
    const named = kind === 'invitations' ? await namePeople(fieldsOfInvitations(first), sent, directory) : undefined;
    const form = named?.form ?? sent;
    const about = (named && (await find(context, kind, form))) ?? first;
    const acts = actsIn(kind, form, about);
    if (form.get('step') !== 'do') {
      const problems = [...(named?.problems ?? []), ...missingIn(kind, acts, form)];
      return problems.length > 0 ? choose(context, about, form, problems) : showCheck(context, about, { kind, form });
    }
    return perform(context, about, { kind, form, acts });
  });

  /** One press: all that was shown, or nothing new. */
  const perform = async (
    context: Request,
    about: Found,
    {
      kind,
      form,
      acts,
    }: { readonly kind: SeveralKind; readonly form: URLSearchParams; readonly acts: readonly SeveralAct[] },
  ) => {
    const { id } = about.state;
    const problems = acts.flatMap(unansweredIn);
    if (problems.length > 0) return showCheck(context, about, { kind, form, problems, status: 400 });
    const key = form.get('key') || newId();
    // Without the number that the page showed, it is not known what the person read.
    const seen = seenAt(form);
    const shown = seen && 'shown' in seen ? seen.shown : 0;
    const done = await performSeveral(await performing(), about.visitor, ordersFor(about, acts, key, { shown }));
    const after = (await find(context, kind, form)) ?? about;
    if (done.kind === 'none') {
      const judged = acts.map((act, index) => ({ act, found: done.found[index] ?? ({ kind: 'unknown' } as const) }));
      const unfit = judged.flatMap(({ act, found }) => unfitIn(act, found));
      return showCheck(context, after, {
        kind,
        form: kind === 'reminders' ? silentNow(after, now()) : form,
        ...(unfit.length > 0 ? { problems: unfit } : { refusal: await refusalOf(context, after, judged) }),
        recorded: judged.flatMap(({ act, found }) =>
          found.kind === 'done' || found.kind === 'recorded-already' ? [act] : [],
        ),
        status: unfit.length > 0 ? 400 : 409,
      });
    }
    const tried = acts.map((act, index) => ({ act, found: done.answers[index] ?? ({ kind: 'not-tried' } as const) }));
    if (tried.some(({ found }) => found.kind !== 'done')) {
      const reading = await reader.open(context, after, {});
      const says = [...acts.flatMap((act) => act.says), ...sharedBy(kind, form)];
      return context.html(<SeveralHalfDone {...{ reading, kind, tried, says }} submission={key} seq={shown} />, 409);
    }
    const way = pagePath(id, homeOf(kind, about));
    const last = acts.at(-1);
    if (!last) return context.redirect(place.url(way), 303);
    const isNew = tried.some(({ found }) => found.kind === 'done' && !found.repeated);
    return context.redirect(place.url(`${way}?${isNew ? 'done' : 'before'}=${last.name}&since=${shown}`), 303);
  };

  return { app };
}

/** What the form of the invitations lacks as a whole. */
function missingIn(kind: SeveralKind, acts: readonly SeveralAct[], form: URLSearchParams): readonly Problem[] {
  if (kind !== 'invitations') return [];
  const reason = form.get('reason')?.trim() ?? '';
  return [
    ...(acts.length === 0 ? [{ path: 'reason', sentence: 'Name at least one person.' }] : []),
    ...(reason === '' ? [{ path: 'reason', sentence: 'Say why they are invited.' }] : []),
  ];
}

/** The answers that an act asks for, and the form leaves empty. */
const unansweredIn = (act: SeveralAct): readonly Problem[] =>
  act.asks
    .filter(({ path, required }) => required && !(memberOf(path) in act.input))
    .map(({ path, label }) => ({ path, sentence: `Fill in “${label}”.` }));

/** What is wrong with an answer that the act asks for, at its control. */
const unfitIn = (act: SeveralAct, found: CommandAnswer | Would): readonly Problem[] =>
  found.kind !== 'invalid'
    ? []
    : found.problems.flatMap(({ path, sentence }) =>
        act.asks.filter((each) => memberOf(each.path) === path).map((each) => ({ path: each.path, sentence })),
      );
