/** Carries out one command of the table for a person, for the API and the console alike. */

import { isShutTo } from '../../domain/access/seal.ts';
import { type CommandName, commandNamed, decide, isForEmergency } from '../../domain/commands.ts';
import type { IdentityText } from '../../domain/core/fields.ts';
import type { Person } from '../../domain/core/person.ts';
import { isRefusal, type Refusal } from '../../domain/core/refusal.ts';
import { textFieldsIn, textIdOf, textKindOf } from '../../domain/core/text-fields.ts';
import type { Role } from '../../domain/core/vocabulary.ts';
import { type Event, readEvent } from '../../domain/events.ts';
import { fold } from '../../domain/fold.ts';
import { ageOn, newYorkDate } from '../../domain/policy/due.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import { refuse } from '../../domain/refusals.ts';
import { invitationCommands } from '../../domain/team/member-commands.ts';
import { hasSignedAgreement } from '../../domain/team/seats.ts';
import type { Commit } from '../../store/commit.ts';
import {
  birthPart,
  childPart,
  type Identities,
  knownPart,
  type Part,
  part2Part,
  reporterPart,
  textPart,
} from '../../store/identities.ts';
import { idReused, type Ledger, type ReferralRead } from '../../store/ledger.ts';
import { erasing, outOfDate, type VaultIndex } from '../../store/vault-index.ts';
import { supervisingSides } from '../access/emergency-access-report.ts';
import { ableTo, decideFor } from '../access/on-behalf.ts';
import { isOnlyInvited, mayRead, mayTakeEmergencyAccess, type Visitor, within } from '../access/visitor.ts';
import type { Problem } from '../input/problems.ts';
import { readInput } from '../input/read-input.ts';
import { causeOf, type Reused, sentAs, submittedBefore } from '../input/submission.ts';
import { putUnderCase } from '../matching/blind-index.ts';
import { compareAgain } from '../matching/compare-again.ts';
import { type LookUpParts, lookUp } from '../matching/look-up.ts';
import type { ReindexParts } from '../matching/reindex.ts';
import type { Digests } from '../matching/secret.ts';
import { comesToTheSame, type Seen, someoneElseActed, stateAt } from '../read/concurrent-change.ts';
import { recordedAlready } from '../read/recorded-already.ts';
import { doorRefusals, type NotYours } from '../routes/door-refusals.ts';
import { claim, release } from './reserve-merge.ts';

export interface CommandParts extends LookUpParts {
  readonly ledger: Pick<Ledger, 'referral' | 'alert' | 'changeReferral' | 'recordAccess' | 'refuseInDoubt'>;
  readonly identities: Pick<Identities, 'putPending' | 'confirmAll' | 'reporter'> &
    Pick<VaultIndex, 'markIndex'> &
    ReindexParts['identities'];
  readonly digests: Digests;
  readonly policyOf: (version: string) => Policy;
  /** UTC instant. */
  readonly now: string;
  /** The request's id, for the commit's cause. */
  readonly requestId?: string | undefined;
  /** Called when indexing failed. `keep-vault` repeats it. */
  readonly onFault?: (error: unknown, fault: string) => void;
}

export type CommandAnswer =
  | { readonly kind: 'done'; readonly state: Referral; readonly repeated: boolean }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** The name and the values of a refusal of the doors, with its sentence. */
  | {
      readonly kind: 'forbidden';
      readonly name: 'seat-declined' | 'agreement-unsigned' | 'command-not-yours';
      readonly given: NotYours;
      readonly sentence: string;
    }
  /**
   * The referral has changed since the person read it. Nothing was done. `since` has the events in between, where they are known.
   */
  | { readonly kind: 'changed-meanwhile'; readonly state: Referral; readonly since: readonly Event[] }
  /** A form of a page would repeat this act of the same person. Nothing was done. */
  | { readonly kind: 'recorded-already'; readonly state: Referral; readonly act: Commit<Event> }
  | Reused
  | { readonly kind: 'unknown' };

export interface Order {
  readonly referralId: string;
  readonly name: CommandName;
  readonly input: unknown;
  /** The key of this person's submission. With equal input a repeat gets the first answer; with other input it is `reused`. */
  readonly key: string;
  /** The state that the person saw. Without it, the command is decided on the current state. */
  readonly seen?: Seen | undefined;
  /** The person says that this is another act, though the same was recorded before. */
  readonly isAnother?: boolean;
}

/** Another commit came between the comparison and the append. */
const overtaken = refuse('overtaken');

/** Moves free text out of a parsed input. Each field then holds an id, and the texts are parts for the vault. */
function splitTexts(name: CommandName, input: Record<string, unknown>, referralId: string, commandId: string) {
  const texts: Part[] = [];
  const coded: Record<string, unknown> = { ...input };
  for (const { field, kind } of textFieldsIn(commandNamed(name).input)) {
    const text = input[field];
    if (typeof text !== 'string') continue;
    const textId = textIdOf(commandId, field);
    // Records of substance use are kept apart from all others (42 CFR Part 2).
    const part = kind === 'part2Records' ? part2Part : textPart;
    texts.push({ key: part(referralId, textId), content: text });
    coded[field] = textId;
  }
  return { coded, texts };
}

/** Moves a date of birth to the vault. The domain gets the age in years on the day of receipt. */
function splitBirthDate(name: CommandName, coded: Record<string, unknown>, { id, report: { receivedAt } }: Referral) {
  const [field] = Object.entries(commandNamed(name).input.shape).find(([, schema]) => isBirthDate(schema)) ?? [];
  const date = field === undefined ? undefined : coded[field];
  if (field === undefined || typeof date !== 'string') return { coded, parts: [] as Part[] };
  // A corrected date is kept beside the first, under the id of the correction's reason.
  const reason = typeof coded.reason === 'string' ? coded.reason : undefined;
  const years = date > newYorkDate(receivedAt) ? 0 : ageOn(date, receivedAt);
  return { coded: { ...coded, [field]: String(years) }, parts: [{ key: birthPart(id, reason), content: date }] };
}

/** The part of the vault for each identity text, and the member in it where a part has several. */
const identityPlaces: Readonly<Record<IdentityText, readonly [part: typeof childPart, member?: string]>> = {
  'child-name': [childPart],
  phone: [knownPart, 'phone'],
  'prior-ids': [knownPart, 'priorIds'],
  'reporter-name': [reporterPart, 'name'],
  'reporter-phone': [reporterPart, 'phone'],
  'reporter-email': [reporterPart, 'email'],
  'reporter-relation': [reporterPart, 'relation'],
};

/**
 * Moves a corrected identity to the vault, under the id of the correction's reason. The domain gets only that the field was
 * given.
 */
function splitIdentity(name: CommandName, coded: Record<string, unknown>, referralId: string, reason: string) {
  const said = Object.entries(commandNamed(name).input.shape).flatMap(([field, schema]) => {
    const text = coded[field];
    const place = identityPlaces[vaultMark(schema) as IdentityText];
    return place && typeof text === 'string' && text !== '' ? [{ field, text, part: place[0], member: place[1] }] : [];
  });
  const parts = [...Map.groupBy(said, ({ part }) => part)].map(([part, members]): Part => {
    const whole = members.find(({ member }) => member === undefined)?.text;
    const content = JSON.stringify(Object.fromEntries(members.map(({ member, text }) => [member, text])));
    return { key: part(referralId, reason), content: whole ?? content };
  });
  return { coded: { ...coded, ...Object.fromEntries(said.map(({ field }) => [field, 'given'])) }, parts };
}

/** The vault mark of a field's schema, also inside an optional one. */
const vaultMark = (schema: unknown): unknown => {
  const { meta, unwrap } = schema as { meta?: () => { vault?: unknown } | undefined; unwrap?: () => unknown };
  return meta?.call(schema)?.vault ?? (unwrap && vaultMark(unwrap.call(schema)));
};

const isBirthDate = (schema: unknown): boolean =>
  (schema as { meta?: () => { vault?: unknown } | undefined }).meta?.()?.vault === 'birth-date';

/** A problem for each date of birth in the future. */
function birthDateAhead(name: CommandName, input: Record<string, unknown>, now: string): readonly Problem[] {
  return Object.entries(commandNamed(name).input.shape).flatMap(([path, schema]) =>
    isBirthDate(schema) && String(input[path]) > newYorkDate(now)
      ? [{ path, sentence: 'The date of birth cannot be in the future.' }]
      : [],
  );
}

const year = 366 * 86_400_000;

/** Problems of dates that cannot be meant: over a year before the report, or over two years ahead. */
function yearsAway(
  name: CommandName,
  input: Record<string, unknown>,
  { report: { receivedAt } }: Referral,
  now: string,
): readonly Problem[] {
  const { shape } = commandNamed(name).input;
  return Object.entries(input).flatMap(([path, value]) => {
    const isWritten = textKindOf(shape[path]) !== undefined || isBirthDate(shape[path]);
    if (isWritten || typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}(T|$)/.test(value)) return [];
    const at = Date.parse(value);
    if (at < Date.parse(receivedAt) - year) {
      return [{ path, sentence: 'This lies more than a year before the report: check the year.' }];
    }
    return at > Date.parse(now) + 2 * year
      ? [{ path, sentence: 'This lies more than two years ahead: check the year.' }]
      : [];
  });
}

/** The cause of the commit; `data` is the parsed input. */
function causeIn({ digests, requestId }: CommandParts, { id }: Visitor, order: Order, data: unknown) {
  const { referralId, name, key } = order;
  const commandId = digests.hex('command', id, referralId, name, key).slice(0, 20).toUpperCase();
  return causeOf(digests, name, commandId, data, { requestId });
}

/** Whether this person sent the same under the same key before. */
function wasSubmitted(parts: CommandParts, visitor: Visitor, order: Order, referral: ReferralRead): boolean {
  const parsed = commandNamed(order.name).input.safeParse(order.input ?? {});
  return parsed.success && submittedBefore(referral, causeIn(parts, visitor, order, parsed.data)) === 'same';
}

type Forbidden = Extract<CommandAnswer, { readonly kind: 'forbidden' }>;

function forbidden(name: Forbidden['name'], row: Pick<NotYours, 'title' | 'roles'>, own: readonly Role[]): Forbidden {
  const given = { title: row.title, roles: row.roles, own };
  return { kind: 'forbidden', name, given, sentence: doorRefusals[name].sentence(given) };
}

/**
 * The answer where no role or signature of this person allows the command in this referral. Undefined where one does. The caller
 * has checked that the person may read it.
 */
export function forbiddenTo(name: CommandName, state: Referral, visitor: Visitor): Forbidden | undefined {
  const row = commandNamed(name);
  if (isOnlyInvited(state, visitor) && !invitationCommands.includes(name)) {
    return forbidden(hasSignedAgreement(state, visitor.id) ? 'seat-declined' : 'agreement-unsigned', row, []);
  }
  if (peopleFor(name, state, visitor).length > 0) return undefined;
  const { roles } = name === 'take-emergency-access' ? visitor : within(state, visitor);
  return forbidden('command-not-yours', row, roles);
}

/** The sides of this person who may give the command. A supervisor of another office may review an emergency access. */
function peopleFor(name: CommandName, state: Referral, visitor: Visitor): readonly Person[] {
  const supervising = name === 'review-emergency-access' ? supervisingSides(state, visitor) : [];
  return supervising.length > 0 ? supervising : ableTo(name, state, visitor);
}

/** What a command would do: the events that it decides. Nothing is stored. */
export interface Would {
  readonly kind: 'would';
  readonly events: readonly Event[];
  readonly state: Referral;
  /** The state with these events. */
  readonly after: Referral;
}

/** A decision that is ready to be stored. */
interface Ready {
  readonly kind: 'ready';
  readonly referral: ReferralRead;
  readonly row: ReturnType<typeof commandNamed>;
  readonly trial: readonly Event[];
  readonly person: Person;
  readonly lookups: Awaited<ReturnType<typeof lookUp>>;
  /** The parsed input, and the same with ids in the place of texts. */
  readonly given: Record<string, unknown>;
  readonly coded: Record<string, unknown>;
  readonly texts: readonly Part[];
  readonly cause: ReturnType<typeof causeIn>;
  readonly isThere: (state: Referral) => boolean;
  readonly decideOn: (state: Referral, under: Policy) => readonly Event[] | Refusal;
}

/** A repeat, with the parts of the vault that the first submission may not have confirmed. */
type Repeated = Extract<CommandAnswer, { readonly kind: 'done' }> & { readonly texts: readonly Part[] };

type Unready = Exclude<CommandAnswer, { readonly kind: 'done' }> | Repeated;

/**
 * What the command would do now for this person, by every rule that holds when it is carried out. Nothing is stored. A record in
 * doubt is the one thing that only carrying it out tells.
 */
export async function considerCommand(
  parts: CommandParts,
  asking: Visitor,
  order: Order,
): Promise<CommandAnswer | Would> {
  const found = await prepare(parts, { ...asking, at: parts.now }, order);
  if (found.kind === 'ready') {
    const { trial: events, person } = found;
    const { state } = found.referral;
    const commit = { seq: state.seq + 1, at: parts.now, actor: { kind: 'person', id: person.id }, events } as const;
    return { kind: 'would', events, state, after: fold(state.id, [commit], state) ?? state };
  }
  return found.kind === 'done' ? { kind: 'done', state: found.state, repeated: true } : found;
}

async function prepare(parts: CommandParts, visitor: Visitor, order: Order): Promise<Ready | Unready> {
  const { ledger, policyOf, now } = parts;
  const { referralId, name, seen } = order;
  const row = commandNamed(name);
  const referral = await ledger.referral(referralId);
  const first = referral?.commits[0];
  const isThere = (state: Referral) =>
    mayRead(state, visitor) ||
    (name === 'take-emergency-access' && mayTakeEmergencyAccess(state, visitor)) ||
    (name === 'review-emergency-access' && supervisingSides(state, visitor).length > 0);
  if (!referral || !first) return { kind: 'unknown' };
  if (!isThere(referral.state)) {
    // The act may have ended this person's own access: a repeat is then answered as the first time. A sealed referral is still
    // unknown to them.
    const isTheirs = !isShutTo(referral.state, visitor.id) && wasSubmitted(parts, visitor, order, referral);
    return isTheirs ? { kind: 'done', state: referral.state, repeated: true, texts: [] } : { kind: 'unknown' };
  }
  const no = forbiddenTo(name, referral.state, visitor);
  if (no) return no;
  const people = peopleFor(name, referral.state, visitor);
  const parsed = readInput(row.input, order.input ?? {});
  if (parsed.problems) return { kind: 'invalid', problems: parsed.problems };
  const amiss = [...birthDateAhead(name, parsed.data, now), ...yearsAway(name, parsed.data, referral.state, now)];
  if (amiss.length > 0) return { kind: 'invalid', problems: amiss };

  const cause = causeIn(parts, visitor, order, parsed.data);
  const commandId = cause.id;
  const split = splitTexts(name, parsed.data, referralId, commandId);
  const ofDate = splitBirthDate(name, split.coded, referral.state);
  const { coded, parts: named } = splitIdentity(name, ofDate.coded, referralId, `${commandId}.REASON`);
  const texts = [...split.texts, ...ofDate.parts, ...named];
  const before = submittedBefore(referral, cause);
  if (before === 'other') return { kind: 'reused' };
  if (before !== 'no') return { kind: 'done', state: referral.state, repeated: true, texts };
  if (seen && 'shown' in seen && !order.isAnother) {
    const isSame = sentAs(parts.digests, name, parsed.data);
    const already = recordedAlready(referral, { name, personId: visitor.id, isSame, shown: seen.shown, now });
    if (already) return { kind: 'recorded-already', state: referral.state, act: already };
  }

  const changedMeanwhile = (from: number) =>
    ({
      kind: 'changed-meanwhile',
      state: referral.state,
      since: referral.commits.slice(from).flatMap(({ events }) => events),
    }) as const;
  const { seq } = referral.state;
  if (seen && 'exactly' in seen && !seen.exactly.includes(seq)) return changedMeanwhile(Math.max(0, ...seen.exactly));
  const policy = policyOf(referral.policy);
  const lookups = await lookUp({ ...parts, policy }, visitor, row.needs, referral.state, parsed.data);
  /** What the person read. A number that the referral does not have yet tells nothing. */
  const read =
    seen && ('exactly' in seen ? referral.state : seen.shown > seq ? undefined : stateAt(referral, seen.shown));
  const decideAs = (person: Person, state: Referral, policy: Policy, seen = read) =>
    decideFor(person, (each) => decide(state, name, coded, { now, lookups, policy, person: each, seen }));
  // The person acts for themselves where that is enough, else for a person on leave.
  const person = people.find((each) => !isRefusal(decideAs(each, referral.state, policy))) ?? people[0];
  if (!person) return { kind: 'unknown' };
  const decideOn = (state: Referral, under: Policy) => decideAs(person, state, under);
  const trial = decideOn(referral.state, policy);
  // The vault is written only after this, so that a refusal or an unreadable event leaves nothing behind.
  if (isRefusal(trial)) {
    const isMoved = trial.refused === 'changed-since-read' && seen && 'shown' in seen;
    return isMoved ? changedMeanwhile(seen.shown) : { kind: 'refused', refusal: trial };
  }
  if (seen && 'shown' in seen && someoneElseActed(referral, seen.shown, visitor.id)) {
    const then = read && decideAs(person, read, policyOf(read.policy ?? first.policy));
    if (!then || !comesToTheSame(then, trial)) return changedMeanwhile(seen.shown);
  }
  trial.forEach(readEvent);
  const given = parsed.data;
  return { kind: 'ready', referral, row, trial, person, lookups, given, coded, texts, cause, isThere, decideOn };
}

export async function performCommand(parts: CommandParts, asking: Visitor, order: Order): Promise<CommandAnswer> {
  const { ledger, identities, now } = parts;
  const visitor: Visitor = { ...asking, at: now };
  const { referralId, seen } = order;
  const found = await prepare(parts, visitor, order);
  if (found.kind === 'done') {
    // The first submission may have stopped before it confirmed.
    await identities.confirmAll(found.texts);
    return { kind: 'done', state: found.state, repeated: true };
  }
  if (found.kind !== 'ready') return found;
  const { referral, row, person, lookups, given, coded, texts, cause, isThere, decideOn } = found;
  const commandId = cause.id;
  const { seq } = referral.state;
  // A record in doubt takes only what protects the child now, until a supervisor has confirmed it.
  const inDoubt = isForEmergency(row, coded) ? undefined : await ledger.refuseInDoubt(referralId, now);
  if (inDoubt) return { kind: 'refused', refusal: inDoubt };

  const owner = {
    referralId,
    commandId,
    digest: cause.digest,
    now,
    isErased: referral.state.identity.erased !== undefined,
  };
  if (!(await identities.putPending(texts, owner))) return { kind: 'reused' };
  const caseNumber = row.caseNumber === undefined ? undefined : given[row.caseNumber];
  if (typeof caseNumber === 'string' && !owner.isErased) await putUnderCase(parts, referralId, caseNumber);
  const other = row.mergesInto?.(coded, referral.state, lookups);
  const chains = { ledger, now, personId: visitor.id, commandId };
  const notReserved = other === undefined ? undefined : await claim(chains, { from: referral.state, ...other });
  if (notReserved) return { kind: 'refused', refusal: notReserved };
  // Marked before the commit: where this stops half-way, `keep-vault` finds the work to do.
  if (row.reindexes) await identities.markIndex(referralId, outOfDate, commandId);
  if (row.erases) await identities.markIndex(referralId, erasing, commandId);
  const frame = { now, actor: { kind: 'person', id: visitor.id }, onBehalfOf: person.onBehalfOf, cause } as const;
  const changed = await ledger.changeReferral(
    referralId,
    frame,
    (state, { policy: under }) => {
      if (!state) return [];
      // The referral was sealed, or the hour of access ended, since it was read. The next try then finds it unknown.
      if (!isThere(state)) return overtaken;
      return seen && state.seq !== seq ? overtaken : decideOn(state, under);
    },
    'as-read',
  );
  if (!changed) return { kind: 'unknown' };
  if (changed === overtaken) return performCommand(parts, visitor, order);
  if (changed === idReused) return { kind: 'reused' };
  const freed = isRefusal(changed) ? other?.to : row.endsMergeInto?.(referral.state);
  if (freed !== undefined) await release(chains, { from: referral.state, to: freed });
  if (isRefusal(changed)) return { kind: 'refused', refusal: changed };
  await identities.confirmAll(texts);
  if (row.reindexes) {
    // The commit stands even where the comparison fails. `keep-vault` repeats the comparison.
    await compareAgain(parts, changed.state, frame).catch((error: unknown) => parts.onFault?.(error, referralId));
  }
  return { kind: 'done', state: changed.state, repeated: changed.repeated };
}
