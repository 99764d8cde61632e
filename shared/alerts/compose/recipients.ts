/** Finds the recipients of an alert. Each recipient group leads to people in an order, and the next in order steps in. */

import { isShutTo } from '../../domain/access/seal.ts';
import { askedAs, groupOf, insteadOf } from '../../domain/alerts/addressed-as.ts';
import type { Alert } from '../../domain/alerts/alert-state.ts';
import { type AlertLife, isLost, isResting } from '../../domain/alerts/alerts.ts';
import type { Notice, NoticeDuty } from '../../domain/alerts/notices.ts';
import { holdsGroup } from '../../domain/alerts/recipient-groups.ts';
import { appointmentOf } from '../../domain/appointments/appointment.ts';
import { proposersIn } from '../../domain/approvals/questions.ts';
import { standIn, standIns } from '../../domain/core/role-groups.ts';
import { type Discipline, type Language, type Role, roles } from '../../domain/core/vocabulary.ts';
import { type Delegation, holdsAt } from '../../domain/directory/delegations.ts';
import { firstNumberIn } from '../../domain/directory/directory-entry.ts';
import type { OnCallEntry, OnCallPerson } from '../../domain/directory/on-call.ts';
import { scopeOf } from '../../domain/directory/scopes.ts';
import type { Recipient } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import { providerAsked } from '../../domain/services/provider-asked.ts';
import { meetingOf } from '../../domain/team/meeting.ts';
import { calendarWords } from '../../domain/team/meeting-calendars.ts';
import { isAway } from '../../domain/team/roster.ts';
import { comesFor } from '../../domain/team/seats.ts';
import { whyNotTo, whyNotToGroup } from './may-leave.ts';

/** What the directory must say before the recipients of a mail are known. */
export interface Lookups {
  /** The people on duty for these roles in these scopes. */
  readonly duties: readonly NoticeDuty[];
  /** The members of these teams. */
  readonly teams: readonly string[];
  /** People by id. Those on duty, of the teams, and the delegates of all of them are looked up too. */
  readonly people: readonly string[];
}

/** What the directory said at one instant. */
export interface Contacts {
  /** By `dutyKey`: the people on shift first, then the directory's order. */
  readonly duties: ReadonlyMap<string, readonly OnCallEntry[]>;
  /** By team: its members, seat by seat. */
  readonly seats: ReadonlyMap<string, readonly { readonly discipline: Discipline; readonly personId: string }[]>;
  /** The delegations of all of them that are not over. */
  readonly delegations: readonly Delegation[];
  readonly people: ReadonlyMap<string, DirectoryEntry>;
  /** Duties, teams and people that could not be looked up now. */
  readonly unanswered: ReadonlySet<string>;
}

export const dutyKey = ({ role, scope }: NoticeDuty): string => `${role} ${scope}`;

/** A lookup that the directory did not answer. The group that needs it is left to the next attempt. */
class Unanswered extends Error {
  override name = 'Unanswered';
}

const answered = ({ unanswered }: Contacts, key: string): void => {
  if (unanswered.has(key)) throw new Unanswered('The directory did not answer.');
};

/** The people on duty, by id. Throws Unanswered. */
function onDutyIn(contacts: Contacts, duty: NoticeDuty): readonly OnCallEntry[] {
  answered(contacts, dutyKey(duty));
  return contacts.duties.get(dutyKey(duty)) ?? [];
}

/** Those of these people who are in the directory, in their order, each once. Throws Unanswered. */
const peopleIn = (contacts: Contacts, ids: readonly string[]): readonly DirectoryEntry[] =>
  [...new Set(ids)].flatMap((id) => {
    answered(contacts, id);
    return contacts.people.get(id) ?? [];
  });

export interface DirectoryEntry {
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
  /** Mail to them came back, and none has arrived since. */
  readonly mailFails?: true;
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
export function withDelegates(
  { delegations }: Pick<Contacts, 'delegations'>,
  ids: readonly string[],
  work: Role | undefined,
  now: string,
): { readonly ids: readonly string[]; readonly away: ReadonlySet<string> } {
  if (ids.length === 0) return { ids, away: new Set() };
  const handed = delegations.filter((each) => holdsAt(each, now) && (work === undefined || each.work.includes(work)));
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

/** What must be known before `groupsOf` answers. */
export function lookupsOf(alert: Alert, state: Referral, { calendars = [], had = [], cap }: ToldBefore = {}): Lookups {
  const meeting = meetingOf(alert, state);
  const asked = roles.filter((role) => alert.to.includes(role));
  const coordinator: readonly Role[] = meeting === undefined ? [] : ['mdt-coordinator'];
  const duties = [...new Set([...asked, ...coordinator, ...(cap?.next ?? []), standIn])].flatMap((role) => {
    const scope = scopeOf(role, state);
    return scope === undefined ? [] : [{ role, scope }];
  });
  const { seats, id: team = state.places.routing?.team } = state.team;
  const asksSeats = alert.to.some((group) => group.startsWith('seat'));
  const contact = alert.to.includes('provider') ? providerOf(alert, state) : undefined;
  return {
    duties,
    teams: asksSeats && seats.length === 0 && team !== undefined ? [team] : [],
    people: [
      ...alert.people,
      ...calendars,
      ...had,
      ...(meeting?.invited ?? []),
      ...(state.access.seal?.people ?? []),
      ...(asksSeats ? seats.flatMap((seat) => [seat.personId, seat.deputyId, comesFor(seat)]) : []),
      contact,
      alert.to.includes('hart-liaison') ? state.response.liaison : undefined,
    ].filter((id) => id !== undefined),
  };
}

/**
 * The recipient groups of an alert that are still to be asked. A group may have no known people. A group that could not
 * be looked up is left out, so that the others go on. `isWhole`: no group was left out. `now` is a UTC instant.
 */
export function groupsOf(
  alert: Alert,
  state: Referral,
  contacts: Contacts,
  now: string,
  { calendars = [], had, cap }: ToldBefore = {},
): { readonly groups: readonly RecipientGroup[]; readonly isWhole: boolean } {
  let isWhole = true;
  const settle = (find: () => readonly RecipientGroup[]): readonly RecipientGroup[] => {
    try {
      return find();
    } catch (fault) {
      if (!(fault instanceof Unanswered)) throw fault;
      isWhole = false;
      return [];
    }
  };
  const settleEach = <Each>(all: readonly Each[], find: (each: Each) => RecipientGroup): readonly RecipientGroup[] =>
    all.flatMap((each) => settle(() => [find(each)]));

  const onDuty = (role: Role): readonly string[] => {
    const scope = scopeOf(role, state);
    if (scope === undefined) return [];
    return onDutyIn(contacts, { role, scope }).map(({ personId }) => personId);
  };

  const cannotAnswer = ({ id }: DirectoryEntry) => proposersIn(alert, state).includes(id);

  const mayHear = (id: string) => whyNotTo(id, state) === undefined;

  /** A person who is away, cannot answer or cannot get mail is asked last. That is better than asking no one. */
  const groupFor = (addressedAs: string, asked: readonly string[]): RecipientGroup => {
    const byName = addressedAs.startsWith('person:');
    // Where the referral is closed to a person on leave, their delegate is not asked. A seat has its deputy instead.
    const open = asked.filter(mayHear);
    const role = roles.find((each) => each === askedAs(addressedAs));
    const handed =
      byName || role !== undefined ? withDelegates(contacts, open, role, now) : { ids: open, away: new Set<string>() };
    const known = peopleIn(contacts, handed.ids).filter(({ id }) => mayHear(id));
    const isLast = (person: DirectoryEntry) =>
      cannotAnswer(person) || person.mailFailsSince !== undefined || isAway(person, now) || handed.away.has(person.id);
    const here = known.filter((person) => !isLast(person));
    const { people, ...group } = recipientsOf(addressedAs, [...here, ...known.filter(isLast)]);
    // A call that passes on is for the next on shift. Where no one else is there, the same person is called again.
    const first = turnOf(alert, addressedAs) === 'next' && here.length > 1 ? here.length : 0;
    return {
      ...group,
      people: first === 0 ? people : [...people.slice(1, first), ...people.slice(0, 1), ...people.slice(first)],
    };
  };

  /** The people that the seal names with this role, on duty or not. */
  const namedAs = (role: Role): readonly string[] =>
    peopleIn(contacts, state.access.seal?.people ?? []).flatMap(({ id, roles: held = [] }) =>
      held.some((each) => each.role === role) ? [id] : [],
    );

  const holdersOf = (role: Role) => [...onDuty(role), ...namedAs(role)];

  const orStandIn = (addressedAs: string, ids: readonly string[]): RecipientGroup => {
    const own = groupFor(addressedAs, ids);
    if (own.people.length > 0) return own;
    // A seal may name a manager of the Careline beside the one supervisor there is.
    return groupFor(`${standIn}${insteadOf.unknown}${addressedAs}`, [...onDuty(standIn), ...standIns.flatMap(namedAs)]);
  };

  const seats = (discipline?: Discipline): readonly RecipientGroup[] => {
    const held = seatHolders(state, contacts);
    const wanted = discipline === undefined ? [...held.keys()] : [discipline];
    if (wanted.length === 0) return [orStandIn('seats', [])];
    return settleEach(wanted, (each) => orStandIn(`seat:${each}`, held.get(each) ?? []));
  };

  const groupsFor = (group: Recipient): readonly RecipientGroup[] => {
    if (group === 'seats') return seats();
    if (group.startsWith('seat:')) return seats(group.slice('seat:'.length) as Discipline);
    if (group === 'provider') {
      const contact = providerOf(alert, state);
      return contact === undefined || isShutTo(state, contact) ? [] : [groupFor(group, [contact])];
    }
    const role = group as Role;
    const first = role === 'hart-liaison' && state.response.liaison !== undefined ? [state.response.liaison] : [];
    return [orStandIn(role, [...first, ...holdersOf(role)])];
  };

  // Mail to a person by name goes to no one in their place. People that a seal does not name are left out.
  const named = (ids: readonly string[]) =>
    settleEach(
      ids.filter((id) => !isShutTo(state, id)),
      (id) => groupFor(`person:${id}`, [id]),
    );

  const meeting = meetingOf(alert, state);
  const seesToCalendars =
    appointmentOf(alert, state) !== undefined && (alert.kind === 'meeting-left' || calendars.length > 0);
  const those = meeting
    ? { to: ['mdt-coordinator'] as const, people: meeting.invited }
    : { to: alert.to, people: alert.people };
  const asked = seesToCalendars
    ? [...those.to.flatMap((group) => settle(() => groupsFor(group))), ...named(those.people)]
    : [];
  /** Whether the meeting is still theirs, by today's team and directory: by name, by role, or as a stand-in. */
  const isTheirs = (id: string) => asked.some(({ people }) => people.some(({ personId }) => personId === id));

  /** Calendars and calls are personal. So only these people are told, even those with a conflict of interest. */
  const eachThemselves = (start: string, ids: readonly string[]): readonly RecipientGroup[] =>
    ids
      .filter((id) => !isShutTo(state, id))
      .flatMap((id) =>
        settle(() => peopleIn(contacts, [id]).map((person) => recipientsOf(`${start}${person.id}`, [person]))),
      );

  /**
   * The group without people at the limit. Where that leaves no one, the next role is told. The last role is told without limit,
   * so that there is never silence.
   */
  const withinCap = (own: RecipientGroup): RecipientGroup => {
    if (!cap || own.people.length === 0) return own;
    const below = ({ people, ...rest }: RecipientGroup): RecipientGroup => ({
      ...rest,
      people: people.filter(({ personId }) => !cap.people.includes(personId)),
    });
    if (below(own).people.length > 0) return below(own);
    let last = own;
    for (const role of cap.next) {
      const ids = role === groupOf(own.addressedAs) ? [] : holdersOf(role);
      last = ids.length > 0 ? groupFor(`${role}${insteadOf.atCap}${groupOf(own.addressedAs)}`, ids) : own;
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
  if (alert.kind === 'alarm-over') {
    const called = (had ?? []).filter((id) => id !== alert.requestedBy);
    const groups = eachThemselves('person:', called);
    return { groups, isWhole };
  }

  const asWritten = alert.to.flatMap((group) => settle(() => groupsFor(group)));
  const byWord = settleEach(asWritten, withinCap).flatMap(ofHolders);
  const left = alert.people.filter((id) => !isTheirs(id));
  const byName = (alert.kind === 'meeting-left' ? eachThemselves('person:', left) : named(alert.people)).flatMap(
    ofHolders,
  );
  // Where only the team changed, people with the meeting in their calendars get no mail. Where the meeting changed, all of them do.
  const changed =
    alert.kind === 'meeting-moved' || alert.kind === 'meeting-cancelled' ? calendars.filter(isTheirs) : [];
  const byCalendar = [
    ...eachThemselves(calendarWords.changed, changed),
    ...eachThemselves(
      calendarWords.notTheirs,
      calendars.filter((id) => !isTheirs(id)),
    ),
  ];
  const groups = [
    ...[...byWord, ...byName].filter((each) => whyNotToGroup(each, alert, state) === undefined),
    ...byCalendar,
  ];
  return { groups, isWhole };
}

/** Who of this group a call is for. Undefined for an alert that is no call. */
const turnOf = ({ calls }: Pick<Alert, 'calls'>, addressedAs: string) =>
  calls?.find(({ to }) => holdsGroup([to], groupOf(addressedAs)))?.turn;

const recipientsOf = (addressedAs: string, people: readonly DirectoryEntry[]): RecipientGroup => ({
  addressedAs,
  people: people.map(({ id, email, language = 'en', textPhone, mailFailsSince, roles: held = [] }, index) => ({
    personId: id,
    email,
    language,
    ...(textPhone !== undefined && { hasTextPhone: true as const }),
    ...(mailFailsSince !== undefined && { mailFails: true as const }),
    ...(addressedAs.startsWith('person:') && held.length > 0 && { roles: held.map(({ role }) => role) }),
    addressedAs,
    order: index + 1,
  })),
});

/** What must be known before `groupOfNotice` answers. */
export const lookupsOfNotice = ({ reader }: Notice): Lookups =>
  'personId' in reader
    ? { duties: [], teams: [], people: [reader.personId] }
    : { duties: [reader], teams: [], people: [] };

/**
 * The one recipient group of a notice: one person, or the people on duty in its reader's role. Of these a person whose own work it is about, who
 * is away or who cannot get mail comes last. Undefined where it could not be looked up. `now` is a UTC instant.
 */
export function groupOfNotice(
  { reader, askedLast = [] }: Notice,
  contacts: Contacts,
  now: string,
): RecipientGroup | undefined {
  if ('personId' in reader) {
    if (contacts.unanswered.has(reader.personId)) return undefined;
    return recipientsOf(`person:${reader.personId}`, peopleIn(contacts, [reader.personId]));
  }
  const ids = contacts.duties.get(dutyKey(reader))?.map(({ personId }) => personId) ?? [];
  const { ids: asked, away } = withDelegates(contacts, ids, reader.role, now);
  if ([dutyKey(reader), ...asked].some((key) => contacts.unanswered.has(key))) return undefined;
  const known = peopleIn(contacts, asked);
  const isLast = (person: DirectoryEntry) =>
    askedLast.includes(person.id) || away.has(person.id) || isAway(person, now) || person.mailFailsSince !== undefined;
  return recipientsOf(reader.role, [...known.filter((person) => !isLast(person)), ...known.filter(isLast)]);
}

/** What must be known before `oncallOf` answers. */
export const oncallLookups: Lookups = {
  duties: standIns.map((role) => ({ role, scope: 'state' })),
  teams: [],
  people: [],
};

/**
 * The people on call with a number: supervisors of the Careline, then its managers. People who are away come last. `now` is a UTC
 * instant.
 */
export function oncallOf(contacts: Contacts, now: string): readonly OnCallPerson[] {
  const inOrder = standIns.flatMap((role) => {
    const onCall = contacts.duties.get(dutyKey({ role, scope: 'state' })) ?? [];
    const duty = onCall.map(({ personId }) => personId);
    const { ids, away } = withDelegates(contacts, duty, role, now);
    return ids.flatMap((id) => {
      const person = contacts.people.get(id);
      if (!person) return [];
      // A delegate answers under their own number, without a shift.
      const known = onCall.find(({ personId }) => personId === id) ?? { personId: id, by: 'directory' as const };
      // A second number, such as that of a deputy, would make the guard withhold the mail from all its readers.
      const phone = firstNumberIn(known.phone ?? person.phone);
      return phone === undefined ? [] : [{ ...known, phone, here: !isAway(person, now) && !away.has(id) }];
    });
  });
  return [...inOrder.filter(({ here }) => here), ...inOrder.filter(({ here }) => !here)].map(
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
function seatHolders(
  { team: { seats, id: team }, places: { routing } }: Referral,
  contacts: Contacts,
): ReadonlyMap<Discipline, readonly string[]> {
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
  if (known !== undefined) answered(contacts, known);
  const holders = known === undefined ? [] : (contacts.seats.get(known) ?? []);
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
  asked: Pick<Alert, 'deputies' | 'answered' | 'calls'>,
): Outstanding {
  const { deputies, answered = [] } = asked;
  const leases = Object.entries(life.leases).map(([personId, lease]) => ({ personId, ...lease }));
  const held = Object.entries(life.deferred).map(([personId, each]) => ({ personId, ...each }));
  const taken = leases.filter((lease) => lease.status === 'open' || isResting(lease));
  const inHand = [...life.deliveries, ...taken, ...held];
  const chosen = new Map<string, Addressee>();
  const exhausted: string[] = [];
  for (const { addressedAs, people } of groups) {
    const isForTwo = turnOf(asked, addressedAs) === 'both' || (deputies && !holdsGroup(answered, groupOf(addressedAs)));
    const wanted = isForTwo ? 2 : 1;
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
