/** Finds the recipients of an alert. Each recipient group leads to people in an order, and the next in order steps in. */

import { isShutTo } from '../../domain/access/seal.ts';
import type { Alert } from '../../domain/alerts/alert-state.ts';
import { askedAs, groupOf, insteadOf } from '../../domain/alerts/alert-watch.ts';
import { type AlertLife, isLost, isResting } from '../../domain/alerts/alerts.ts';
import type { Notice } from '../../domain/alerts/notices.ts';
import { holdsGroup } from '../../domain/alerts/recipient-groups.ts';
import { proposersIn } from '../../domain/approvals/questions.ts';
import { standIn } from '../../domain/core/role-groups.ts';
import { type Discipline, type Language, type Role, roles } from '../../domain/core/vocabulary.ts';
import { type Delegation, holdsAt } from '../../domain/directory/delegations.ts';
import { isTelephone } from '../../domain/directory/directory-entry.ts';
import type { OnCallEntry, OnCallPerson } from '../../domain/directory/on-call.ts';
import { scopeOf } from '../../domain/directory/scopes.ts';
import type { Recipient } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import { providerAsked } from '../../domain/services/provider-asked.ts';
import { calendarWords } from '../../domain/team/calendars.ts';
import { meetingOf } from '../../domain/team/meeting.ts';
import { isAway } from '../../domain/team/roster.ts';
import { comesFor } from '../../domain/team/seats.ts';
import { whyNotTo, whyNotToGroup } from './may-leave.ts';

/** The part of the directory that is needed here. */
export interface AlertDirectory {
  person(id: string): Promise<DirectoryEntry | undefined>;
  /** The people on shift first, then the directory's order. `now` is a UTC instant. */
  onCallOrder(role: Role, scope: string, now: string): Promise<readonly OnCallEntry[]>;
  seats(team: string): Promise<readonly { readonly discipline: Discipline; readonly personId: string }[]>;
  /** All delegations that are not over. */
  delegations(now: string): Promise<readonly Delegation[]>;
}

/** Caches the directory for one invocation, because the alerts of a referral lead to the same people. */
export function askedOnce({ person, onCallOrder, seats, delegations }: AlertDirectory): AlertDirectory {
  const once = <Given extends readonly string[], Answer>(ask: (...given: Given) => Promise<Answer>) => {
    const answers = new Map<string, Promise<Answer>>();
    return (...given: Given): Promise<Answer> => {
      const key = given.join(' ');
      const answer = answers.get(key) ?? ask(...given);
      answers.set(key, answer);
      return answer;
    };
  };
  return { person: once(person), onCallOrder: once(onCallOrder), seats: once(seats), delegations: once(delegations) };
}

interface DirectoryEntry {
  readonly id: string;
  readonly email: string;
  readonly phone: string;
  readonly textPhone?: string | undefined;
  readonly language?: Language | undefined;
  readonly absentUntil?: string | undefined;
  readonly roles?: readonly { readonly role: Role }[] | undefined;
  readonly mailFailsSince?: string | undefined;
}

interface AlertRecipient {
  readonly personId: string;
  readonly email: string;
  readonly language: Language;
  /** They gave a number for text messages. */
  readonly hasTextPhone?: true;
  /** The roles in the directory of a person who is asked by name. */
  readonly roles?: readonly Role[];
  /** The recipient group of this person: `hart-lead`, `seat:medical`, `person:P-1`, `careline-supervisor for hart-lead`. */
  readonly addressedAs: string;
  /** 1 is asked first. */
  readonly order: number;
}

/** The people of one recipient group, in order. */
export interface RecipientGroup {
  readonly addressedAs: string;
  readonly people: readonly AlertRecipient[];
}

/**
 * These people in their order, with the delegates of a person on leave before them. `work` is the role that they are asked as, or
 * undefined where they are asked by name. `away` are the people on leave. `now` is a UTC instant.
 */
export async function withDelegates(
  directory: Pick<AlertDirectory, 'delegations'>,
  ids: readonly string[],
  work: Role | undefined,
  now: string,
): Promise<{ readonly ids: readonly string[]; readonly away: ReadonlySet<string> }> {
  if (ids.length === 0) return { ids, away: new Set() };
  const handed = (await directory.delegations(now)).filter(
    (each) => holdsAt(each, now) && (work === undefined || each.work.includes(work)),
  );
  const delegatesOf = (id: string) =>
    handed.filter(({ personId }) => personId === id).map(({ delegateId }) => delegateId);
  const asked = ids.flatMap((id) => [...delegatesOf(id), id]);
  // A delegate who is on leave passes nothing on, and is asked last.
  return { ids: asked, away: new Set(asked.filter((id) => delegatesOf(id).length > 0)) };
}

/** Facts of earlier alerts that change the recipients of this one. */
export interface ToldBefore {
  /** The people with the alert's meeting in their calendars. Each is a group of their own. */
  readonly calendars?: readonly string[];
  /** The only people to tell of an end: those with the meeting in their calendars, or those called. */
  readonly had?: readonly string[] | undefined;
  /**
   * `people` already got the most mails about this deadline. The next of their group is told, or the first of the roles in `next`
   * below the limit.
   */
  readonly cap?: { readonly people: readonly string[]; readonly next: readonly [Role, ...Role[]] } | undefined;
}

/**
 * The recipient groups of an alert that are still to be asked. A group may have no known people. A group that cannot be looked
 * up is left out and given to `onFault`, so that the others go on. Without `onFault` it throws. `now` is a UTC instant.
 */
export async function groupsOf(
  alert: Alert,
  state: Referral,
  directory: AlertDirectory,
  now: string,
  { calendars = [], had, cap }: ToldBefore = {},
  onFault?: (fault: unknown) => void,
): Promise<readonly RecipientGroup[]> {
  const settle = (work: Promise<readonly RecipientGroup[]>): Promise<readonly RecipientGroup[]> =>
    work.catch((fault: unknown) => {
      if (!onFault) throw fault;
      onFault(fault);
      return [];
    });
  const settleEach = async (work: readonly Promise<RecipientGroup>[]): Promise<readonly RecipientGroup[]> =>
    (await Promise.all(work.map((each) => settle(each.then((group) => [group]))))).flat();

  const onDuty = async (role: Role): Promise<readonly string[]> => {
    const scope = scopeOf(role, state);
    if (scope === undefined) return [];
    return (await directory.onCallOrder(role, scope, now)).map(({ personId }) => personId);
  };

  const cannotAnswer = ({ id }: DirectoryEntry) => proposersIn(alert, state).includes(id);

  const mayHear = (id: string) => whyNotTo(id, state) === undefined;

  /** A person who is away, cannot answer or cannot get mail is asked last. That is better than asking no one. */
  const groupFor = async (addressedAs: string, asked: readonly string[]): Promise<RecipientGroup> => {
    const byName = addressedAs.startsWith('person:');
    // Where the referral is closed to a person on leave, their delegate is not asked. A seat has its deputy instead.
    const open = asked.filter(mayHear);
    const role = roles.find((each) => each === askedAs(addressedAs));
    const handed =
      byName || role !== undefined
        ? await withDelegates(directory, open, role, now)
        : { ids: open, away: new Set<string>() };
    const found = await Promise.all([...new Set(handed.ids)].map((id) => directory.person(id)));
    const known = found.flatMap((person) => (person && mayHear(person.id) ? [person] : []));
    const isLast = (person: DirectoryEntry) =>
      cannotAnswer(person) || person.mailFailsSince !== undefined || isAway(person, now) || handed.away.has(person.id);
    return recipientsOf(addressedAs, [...known.filter((person) => !isLast(person)), ...known.filter(isLast)]);
  };

  /** The people that the seal names with this role, on duty or not. */
  const namedAs = async (role: Role): Promise<readonly string[]> => {
    const people = await Promise.all((state.access.seal?.people ?? []).map((id) => directory.person(id)));
    return people.flatMap((person) => (person?.roles?.some((held) => held.role === role) ? [person.id] : []));
  };

  const holdersOf = async (role: Role) => [...(await onDuty(role)), ...(await namedAs(role))];

  const orStandIn = async (addressedAs: string, ids: readonly string[]): Promise<RecipientGroup> => {
    const own = await groupFor(addressedAs, ids);
    if (own.people.length > 0) return own;
    return groupFor(`${standIn}${insteadOf.unknown}${addressedAs}`, await holdersOf(standIn));
  };

  /** A reminder of the notice to the team goes to silent seats only. An answer of the holder or the deputy ends it. */
  const hasAnswered = (discipline: Discipline) =>
    alert.kind === 'checkpoint' &&
    state.deadlines[alert.deadlineId ?? '']?.rule === 'D14' &&
    state.team.seats.some((seat) => seat.discipline === discipline && seat.answered !== undefined);

  const seats = async (discipline?: Discipline): Promise<readonly RecipientGroup[]> => {
    const held = await seatHolders(state, directory);
    const asked = discipline === undefined ? [...held.keys()] : [discipline];
    const wanted = asked.filter((each) => !hasAnswered(each));
    if (asked.length > 0 && wanted.length === 0) return [];
    if (wanted.length === 0) return [await orStandIn('seats', [])];
    return settleEach(wanted.map((each) => orStandIn(`seat:${each}`, held.get(each) ?? [])));
  };

  const groupsFor = async (group: Recipient): Promise<readonly RecipientGroup[]> => {
    if (group === 'seats') return seats();
    if (group.startsWith('seat:')) return seats(group.slice('seat:'.length) as Discipline);
    if (group === 'provider') {
      const contact = providerOf(alert, state);
      return contact === undefined || isShutTo(state, contact) ? [] : [await groupFor(group, [contact])];
    }
    const role = group as Role;
    const first = role === 'hart-liaison' && state.response.liaison !== undefined ? [state.response.liaison] : [];
    return [await orStandIn(role, [...first, ...(await holdersOf(role))])];
  };

  // Mail to a person by name goes to no one in their place. People that a seal does not name are left out.
  const named = (ids: readonly string[]) =>
    settleEach(ids.filter((id) => !isShutTo(state, id)).map((id) => groupFor(`person:${id}`, [id])));

  const meeting = meetingOf(alert, state);
  const seesToCalendars = meeting !== undefined && (alert.kind === 'meeting-left' || calendars.length > 0);
  const asked = seesToCalendars ? [await groupsFor('mdt-coordinator'), await named(meeting.invited)].flat(2) : [];
  /** Whether the meeting is still theirs, by today's team and directory: by name, by role, or as a stand-in. */
  const isTheirs = (id: string) => asked.some(({ people }) => people.some(({ personId }) => personId === id));

  /** Calendars and calls are personal. So only these people are told, even those with a conflict of interest. */
  const eachThemselves = async (start: string, ids: readonly string[]): Promise<readonly RecipientGroup[]> => {
    const found = await Promise.all(ids.filter((id) => !isShutTo(state, id)).map((id) => directory.person(id)));
    return found.flatMap((person) => (person ? [recipientsOf(`${start}${person.id}`, [person])] : []));
  };

  /**
   * The group without people at the limit. Where that leaves no one, the next role is told. The last role is told without limit,
   * so that there is never silence.
   */
  const withinCap = async (own: RecipientGroup): Promise<RecipientGroup> => {
    if (!cap || own.people.length === 0) return own;
    const below = ({ people, ...rest }: RecipientGroup): RecipientGroup => ({
      ...rest,
      people: people.filter(({ personId }) => !cap.people.includes(personId)),
    });
    if (below(own).people.length > 0) return below(own);
    let last = own;
    for (const role of cap.next) {
      const ids = role === groupOf(own.addressedAs) ? [] : await holdersOf(role);
      last = ids.length > 0 ? await groupFor(`${role}${insteadOf.atCap}${groupOf(own.addressedAs)}`, ids) : own;
      if (below(last).people.length > 0) return below(last);
    }
    return last.people.length > 0 ? last : own;
  };

  const ofHolders = (own: RecipientGroup): readonly RecipientGroup[] => {
    if (!had) return [own];
    const people = own.people.filter(({ personId }) => had.includes(personId));
    return people.length > 0 ? [{ ...own, people }] : [];
  };

  // All people who were called are told, except the one who ended the alarm.
  if (alert.kind === 'alarm-over')
    return eachThemselves(
      'person:',
      (had ?? []).filter((id) => id !== alert.requestedBy),
    );

  const asWritten = (await Promise.all(alert.to.map((group) => settle(groupsFor(group))))).flat();
  const byWord = (await settleEach(asWritten.map(withinCap))).flatMap(ofHolders);
  const byName = (
    alert.kind === 'meeting-left'
      ? await eachThemselves(
          'person:',
          alert.people.filter((id) => !isTheirs(id)),
        )
      : await named(alert.people)
  ).flatMap(ofHolders);
  // Where only the team changed, people with the meeting in their calendars get no mail. Where the meeting changed, all of them do.
  const changed =
    alert.kind === 'meeting-moved' || alert.kind === 'meeting-cancelled' ? calendars.filter(isTheirs) : [];
  const byCalendar = [
    ...(await eachThemselves(calendarWords.changed, changed)),
    ...(await eachThemselves(
      calendarWords.notTheirs,
      calendars.filter((id) => !isTheirs(id)),
    )),
  ];
  return [...[...byWord, ...byName].filter((each) => whyNotToGroup(each, alert, state) === undefined), ...byCalendar];
}

const recipientsOf = (addressedAs: string, people: readonly DirectoryEntry[]): RecipientGroup => ({
  addressedAs,
  people: people.map(({ id, email, language = 'en', textPhone, roles: held = [] }, index) => ({
    personId: id,
    email,
    language,
    ...(textPhone !== undefined && { hasTextPhone: true as const }),
    ...(addressedAs.startsWith('person:') && held.length > 0 && { roles: held.map(({ role }) => role) }),
    addressedAs,
    order: index + 1,
  })),
});

/**
 * The one recipient group of a notice: the people on duty in its reader's role. A person whose own work it is about, who
 * is away or who cannot get mail comes last. `now` is a UTC instant.
 */
export async function groupOfNotice(
  { reader: { role, scope }, askedLast }: Notice,
  directory: AlertDirectory,
  now: string,
): Promise<RecipientGroup> {
  const duty = (await directory.onCallOrder(role, scope, now)).map(({ personId }) => personId);
  const { ids, away } = await withDelegates(directory, duty, role, now);
  const found = await Promise.all([...new Set(ids)].map((id) => directory.person(id)));
  const known = found.filter((person) => person !== undefined);
  const isLast = ({ id, mailFailsSince, absentUntil }: DirectoryEntry) =>
    id === askedLast || away.has(id) || isAway({ absentUntil }, now) || mailFailsSince !== undefined;
  return recipientsOf(role, [...known.filter((person) => !isLast(person)), ...known.filter(isLast)]);
}

/** The roles that readers can call, in order. */
const oncallRoles: readonly Role[] = [standIn, 'careline-manager'];

/**
 * The people on call with a number: supervisors of the Careline, then its managers. People who are away come last. `now` is a UTC
 * instant.
 */
export async function oncallOf(
  directory: Pick<AlertDirectory, 'person' | 'onCallOrder' | 'delegations'>,
  now: string,
): Promise<readonly OnCallPerson[]> {
  const inOrder = await Promise.all(
    oncallRoles.map(async (role) => {
      const onCall = await directory.onCallOrder(role, 'state', now);
      const { ids, away } = await withDelegates(
        directory,
        onCall.map(({ personId }) => personId),
        role,
        now,
      );
      const people = await Promise.all(ids.map((id) => directory.person(id)));
      return people.flatMap((person) => {
        if (!person) return [];
        const { id, phone: own } = person;
        // A delegate answers under their own number, without a shift.
        const known = onCall.find(({ personId }) => personId === id) ?? { personId: id, by: 'directory' as const };
        const phone = known.phone ?? own;
        return isTelephone(phone) ? [{ ...known, phone, here: !isAway(person, now) && !away.has(id) }] : [];
      });
    }),
  );
  const everybody = inOrder.flat();
  return [...everybody.filter(({ here }) => here), ...everybody.filter(({ here }) => !here)].map(
    ({ here: _, ...person }) => person,
  );
}

/** The person for this reader to call, never themselves. Undefined where there is no other. */
export function numberFor(personId: string, oncall: readonly OnCallPerson[]): OnCallPerson | undefined {
  const own = oncall.find((each) => each.personId === personId)?.phone;
  return oncall.find((each) => each.personId !== personId && each.phone !== own);
}

/** The contact of the provider that the alert's deadline is about. */
function providerOf({ deadlineId }: Alert, state: Referral): string | undefined {
  return deadlineId === undefined ? undefined : providerAsked(state, state.deadlines[deadlineId]?.subject);
}

/**
 * The people of each seat. The holder comes before the deputy; after an answer it is the person who comes. Before the roster is
 * drawn, the seats are those of the directory.
 */
async function seatHolders(
  { team: { seats, id: team }, places: { routing } }: Referral,
  directory: AlertDirectory,
): Promise<ReadonlyMap<Discipline, readonly string[]>> {
  if (seats.length > 0) {
    return new Map(
      seats.map((seat) => {
        // After an answer, only the person who comes for the seat is asked.
        const people = seat.answered === undefined ? [seat.personId, seat.deputyId] : [comesFor(seat)];
        return [seat.discipline, people.filter((id) => id !== undefined)];
      }),
    );
  }
  const known = team ?? routing?.team;
  const holders = known === undefined ? [] : await directory.seats(known);
  return new Map(
    [...Map.groupBy(holders, ({ discipline }) => discipline)].map(([discipline, group]) => [
      discipline,
      group.map(({ personId }) => personId),
    ]),
  );
}

/** A person to write to, with the other recipient groups that lead to them. */
export interface Addressee extends AlertRecipient {
  readonly also: readonly string[];
  /** An earlier mail of this alert may have reached them: it is unknown whether it did. */
  readonly repeat?: true;
}

interface Outstanding {
  /** Each person at most once, in however many groups they are. */
  readonly write: readonly Addressee[];
  /** The groups with no one left to write to. */
  readonly exhausted: readonly string[];
}

/**
 * Who still gets a mail, after all that happened so far. Each group needs one person whose mail did not fail, or two where
 * deputies are told too. People who were already told as this group count, and so do mails on their way.
 */
export function outstanding(
  groups: readonly RecipientGroup[],
  life: AlertLife,
  { deputies, answered = [] }: Pick<Alert, 'deputies' | 'answered'>,
): Outstanding {
  const leases = Object.entries(life.leases).map(([personId, lease]) => ({ personId, ...lease }));
  const held = Object.entries(life.deferred).map(([personId, each]) => ({ personId, ...each }));
  const taken = leases.filter((lease) => lease.status === 'open' || isResting(lease));
  const inHand = [...life.deliveries, ...taken, ...held];
  const chosen = new Map<string, Addressee>();
  const exhausted: string[] = [];
  for (const { addressedAs, people } of groups) {
    const wanted = deputies && !holdsGroup(answered, groupOf(addressedAs)) ? 2 : 1;
    const reached = inHand.filter((delivery) => groupOf(delivery.addressedAs) === groupOf(addressedAs));
    const counted = new Set(reached.map(({ personId }) => personId).filter((personId) => !isLost(life, personId)));
    for (const person of people) {
      const { personId } = person;
      if (counted.size >= wanted) break;
      if (counted.has(personId) || isLost(life, personId)) continue;
      counted.add(personId);
      if (inHand.some((each) => each.personId === personId)) continue;
      const before = chosen.get(personId);
      const repeat = life.leases[personId]?.doubtful ? ({ repeat: true } as const) : {};
      chosen.set(
        personId,
        before ? { ...before, also: [...before.also, addressedAs] } : { ...person, also: [], ...repeat },
      );
    }
    if (counted.size === 0 && !life.exhausted.some((given) => groupOf(given) === groupOf(addressedAs)))
      exhausted.push(addressedAs);
  }
  return { write: [...chosen.values()], exhausted };
}
