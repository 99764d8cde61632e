/** Takes one report: identities go to the vault, and each child gets a referral in the ledger. Any input that parses is taken. */

import { type IdentityPart, identityParts } from '../../domain/core/identity-parts.ts';
import { referenceFrom } from '../../domain/core/ids.ts';
import { isRefusal } from '../../domain/core/refusal.ts';
import { unfailing } from '../../domain/core/unfailing.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { event, readEvent } from '../../domain/events.ts';
import {
  callAnswersIn,
  childsNumberIn,
  noteOf,
  ownTexts,
  type SceneTexts,
  sceneAnswersIn,
} from '../../domain/intake/call-answers.ts';
import { openingEvents } from '../../domain/intake/opening.ts';
import { type PlaceAsked, placesAsked } from '../../domain/intake/places.ts';
import {
  type ChildInput,
  childFactsOf,
  problemsOf,
  type ReportInput,
  reportInput,
  whyLate,
} from '../../domain/intake/report.ts';
import { ageOn, newYorkDate } from '../../domain/policy/due.ts';
import type { Referral } from '../../domain/referral.ts';
import { namePartsOf } from '../../domain/same-child/child-names.ts';
import { mayBeCandidate } from '../../domain/same-child/matches.ts';
import { labelOf } from '../../domain/words/field-words.ts';
import { routeTown } from '../../policy/places/geography.ts';
import { nearestTowns } from '../../policy/places/nearest-towns.ts';
import { routingOf } from '../../policy/places/routing.ts';
import {
  birthPart,
  childPart,
  type Identities,
  knownPart,
  type Part,
  reporterPart,
  textPart,
} from '../../store/identities.ts';
import { type Changed, idReused, type Ledger, type ReferralRead } from '../../store/ledger.ts';
import { unlessDamaged } from '../../store/reading-room.ts';
import type { VaultIndex } from '../../store/vault-index.ts';
import { principalFor } from '../access/on-behalf.ts';
import { tellSealed } from '../access/tell-sealed.ts';
import { mayRead, reporters, type Visitor } from '../access/visitor.ts';
import type { Problem } from '../input/problems.ts';
import { readInput } from '../input/read-input.ts';
import { reportProblems } from '../input/report-problems.ts';
import { causeOf, type Reused, submittedBefore } from '../input/submission.ts';
import { findAlike } from '../matching/blind-index.ts';
import { receiptOf } from '../matching/receipts.ts';
import type { Digests } from '../matching/secret.ts';
import { draftIdUnder, endDraft } from './report-drafts.ts';

export interface ReportParts {
  readonly ledger: Pick<Ledger, 'referral' | 'changeReferral' | 'draft' | 'changeDraft'>;
  readonly identities: Pick<Identities, 'putFirst' | 'confirmAll' | 'closeDraft'> &
    Pick<VaultIndex, 'index' | 'lookUp' | 'mayStandUnder' | 'noteIndexed'>;
  readonly digests: Digests;
  /** UTC instant. */
  readonly now: string;
  /** The request's id, for the causes of the commits. */
  readonly requestId?: string | undefined;
  /** Called when a comparison failed, or the clocks could not be computed. The report is taken all the same. */
  readonly onFault?: (error: unknown, fault: string) => void;
}

/** Another referral that may be about the child of `referralId`. */
interface CandidateShown {
  readonly referralId: string;
  readonly of: string;
  readonly stage: Referral['stage'];
  /** From 0 to 1; absent where the two were not compared. */
  readonly score?: number;
}

interface Taken {
  readonly kind: 'taken';
  readonly reportId: string;
  readonly referralIds: readonly string[];
  /** The number to read out to the caller, in the place of any reference. */
  readonly receipt: string;
  /** Places that are no town of the state. A person has to name the town; the clocks run meanwhile. */
  readonly unclear: readonly (PlaceAsked & { readonly referralId: string })[];
  /** Only candidates that the person may read. */
  readonly candidates: readonly CandidateShown[];
  readonly repeated: boolean;
}

export type ReportAnswer = Taken | { readonly kind: 'invalid'; readonly problems: readonly Problem[] } | Reused;

const damaged = 'damaged';

const notTheirDraft: Problem = {
  path: 'Idempotency-Key',
  sentence: 'There is no draft of this id that is yours to go on with: send the report under a key of its own.',
};

/**
 * `key` identifies the submission. With the same report a repeat gives the same answer and stores nothing twice; with another it
 * is `reused`. A key belongs to one person, but a draft's id is the key of its report for all its writers. The draft ends with
 * the report, and its first contact is the receipt. A repeat completes a submission that stopped half-way.
 */
export async function takeReport(
  parts: ReportParts,
  visitor: Visitor,
  key: string,
  input: unknown,
): Promise<ReportAnswer> {
  const parsed = readInput(reportInput, input, () => reportProblems(input, parts.now));
  if (parsed.problems) return { kind: 'invalid', problems: parsed.problems };
  const problems = problemsOf(parsed.data, parts.now);
  if (problems.length > 0) return { kind: 'invalid', problems };

  const { digests } = parts;
  const report = parsed.data;
  // The ids come from the draft. So there is one report at most, whichever writer sends it, with or without earlier saves.
  const draftId = await draftIdUnder(parts, visitor, key);
  if (draftId === undefined) return { kind: 'invalid', problems: [notTheirDraft] };
  const reportId = reportIdOf(draftId, digests);
  const referralIds = report.children.map((_, index) => referralIdOf(draftId, index, digests));
  const [draft, before] = await Promise.all([
    // A draft that cannot be read is no reason to lose this report.
    unlessDamaged(parts.ledger.draft(draftId), damaged, (error) => parts.onFault?.(error, draftId)),
    Promise.all(referralIds.map((id) => parts.ledger.referral(id))),
  ]);
  const kept = draft === damaged ? undefined : draft;
  const said = report.children.map((each) =>
    namePartsOf(each.name ?? '').given.length > 0 ? blindIndexOf(each, digests) : undefined,
  );
  const openAt = (receivedAt: string) => (child: ChildInput, index: number) => {
    const referralId = referralIds[index] ?? '';
    const siblings = referralIds.filter((other) => other !== referralId);
    const twice = referralIds.filter((_, other) => other < index && said[other] && said[other] === said[index]);
    return openReferral(
      parts,
      visitor,
      { reportId, referralId, siblings, twice, receivedAt, takenBy: kept?.ownerId, before: before[index] },
      report,
      child,
    );
  };
  // Without a given time, all children have the first child's time: when it was stored, or the first contact.
  const [child, ...others] = report.children;
  const first = child && (await openAt(earlier(report.receivedAt ?? parts.now, kept?.since))(child, 0));
  if (!first) return { kind: 'reused' };
  const openWithIt = openAt(first.state.report.receivedAt);
  const later = await Promise.all(others.map((other, index) => openWithIt(other, index + 1)));
  if (!later.every((each) => each !== undefined)) return { kind: 'reused' };

  const taken = await takenAs(parts, visitor, reportId, [first, ...later]);
  if (kept) await endDraft(parts, visitor, kept, reportId);
  if (draft === damaged) await parts.identities.closeDraft(draftId, parts.now);
  return taken;
}

const reportIdOf = (draftId: string, digests: Pick<Digests, 'bytes'>): string =>
  referenceFrom('RP', digests.bytes('report', draftId));
const referralIdOf = (draftId: string, index: number, digests: Pick<Digests, 'bytes'>): string =>
  referenceFrom('CR', digests.bytes('referral', draftId, String(index)));

type Opened = Pick<Changed, 'state' | 'repeated'> & { readonly alike: readonly Referral[] };

/** What the person is told of a stored report. */
async function takenAs(
  parts: Pick<ReportParts, 'digests'> & { readonly ledger: Pick<Ledger, 'referral'> },
  visitor: Visitor,
  reportId: string,
  opened: readonly [Opened, ...Opened[]],
): Promise<Taken> {
  const states = opened.map(({ state }) => state);
  const candidates = await Promise.all(opened.map(({ state, alike }) => shownTo(visitor, parts, state, alike)));
  return {
    kind: 'taken',
    reportId,
    referralIds: states.map(({ id }) => id),
    receipt: receiptOf(opened[0].state.id, parts.digests),
    unclear: states.flatMap((state) => placesAsked(state).map((asked) => ({ referralId: state.id, ...asked }))),
    candidates: candidates.flat(),
    repeated: opened.some(({ repeated }) => repeated),
  };
}

/** The report that was stored under this key of the person, told as when it was taken. Undefined where none was. */
export async function reportUnder(
  parts: Pick<ReportParts, 'digests'> & { readonly ledger: Pick<Ledger, 'referral' | 'draft'> },
  visitor: Visitor,
  key: string,
): Promise<Taken | undefined> {
  const draftId = key === '' ? undefined : await draftIdUnder(parts, visitor, key);
  if (draftId === undefined) return undefined;
  const readOf = async (id: string) => (await unlessDamaged(parts.ledger.referral(id), undefined))?.state;
  const first = await readOf(referralIdOf(draftId, 0, parts.digests));
  if (!first || !mayRead(first, visitor)) return undefined;
  const others = (await Promise.all(first.report.siblings.map(readOf))).filter((state) => state !== undefined);
  return takenAs(parts, visitor, reportIdOf(draftId, parts.digests), [toldAgain(first), ...others.map(toldAgain)]);
}

const toldAgain = (state: Referral): Opened => ({ state, repeated: true, alike: [] });

const earlier = (instant: string, other: string | undefined): string =>
  other !== undefined && Date.parse(other) < Date.parse(instant) ? other : instant;

/**
 * The candidates to show. One that the person may not read is left out: only its own people learn of a sealed referral. `alike`
 * were read already.
 */
async function shownTo(
  visitor: Visitor,
  { ledger }: { readonly ledger: Pick<Ledger, 'referral'> },
  { id, sameChild: { candidates, scores: candidateScores } }: Referral,
  alike: readonly Referral[],
): Promise<readonly CandidateShown[]> {
  const others = await Promise.all(
    candidates.map(
      async (candidate) =>
        alike.find((each) => each.id === candidate) ??
        (await unlessDamaged(ledger.referral(candidate), undefined))?.state,
    ),
  );
  return others.flatMap((other) => {
    if (!other || !mayRead(other, visitor)) return [];
    const score = candidateScores?.[other.id];
    return [{ referralId: id, of: other.id, stage: other.stage, ...whereKnown({ score }) }];
  });
}

/** What the report gives of who the child and the reporter are, by name. */
function givenIn({ reporter = {} }: ReportInput, child: ChildInput): IdentityPart[] {
  const said: Readonly<Record<IdentityPart, string | undefined>> = {
    childName: child.name,
    birthDate: child.birthDate,
    phone: child.phone,
    priorIds: child.priorIds,
    reporterName: reporter.name,
    reporterPhone: reporter.phone,
    reporterEmail: reporter.email,
    reporterRelation: reporter.relation,
    safeNumber: reporter.safeNumber,
  };
  return identityParts.filter((part) => said[part]);
}

interface Opening {
  readonly reportId: string;
  readonly referralId: string;
  readonly siblings: readonly string[];
  /** Earlier siblings with the same name and date of birth. Twins have two names, so the child may be entered twice. */
  readonly twice: readonly string[];
  readonly receivedAt: string;
  /** The person who began the draft; undefined without a draft. */
  readonly takenBy: string | undefined;
  /** The referral that already has this reference. */
  readonly before: ReferralRead | undefined;
}

/** Undefined where the key came before with another report. `alike` are the referrals that it was compared with. */
async function openReferral(
  { ledger, identities, digests, now, requestId, onFault }: ReportParts,
  visitor: Visitor,
  { reportId, referralId, siblings, twice, receivedAt, takenBy, before: referral }: Opening,
  report: ReportInput,
  child: ChildInput,
): Promise<Opened | undefined> {
  const cause = causeOf(digests, 'open-referral', `OPEN-${referralId}`, report, { of: reportId, requestId });
  const { places, words, nearest } = placesOf(child, receivedAt);
  const texts = {
    narrative: 'NARRATIVE',
    ...(child.safeContact !== undefined && { safeContact: 'SAFE-CONTACT' }),
    ...(words !== '' && { places: 'PLACES' }),
  };
  const said: SceneTexts = { ...child, childsNumber: childsNumberIn(report) };
  const own = ownTexts.flatMap((field) =>
    said[field] === undefined ? [] : [{ field, id: `CALL-${field.toUpperCase()}`, content: said[field] }],
  );
  const notes = noteOf({ ...said, ...Object.fromEntries(own.map(({ field }) => [field, undefined])) }, labelOf);
  const call = callAnswersIn(report);
  const scene = sceneAnswersIn(child);
  const vault: Part[] = [{ key: textPart(referralId, 'NARRATIVE'), content: report.narrative }];
  if (child.safeContact !== undefined)
    vault.push({ key: textPart(referralId, 'SAFE-CONTACT'), content: child.safeContact });
  if (words !== '') vault.push({ key: textPart(referralId, 'PLACES'), content: words });
  if (notes !== '') vault.push({ key: textPart(referralId, 'CALL'), content: notes });
  for (const { id, content } of own) vault.push({ key: textPart(referralId, id), content });
  if (child.name) vault.push({ key: childPart(referralId), content: child.name });
  if (child.birthDate !== undefined) vault.push({ key: birthPart(referralId), content: child.birthDate });
  const { phone, priorIds } = child;
  if (phone || priorIds) vault.push({ key: knownPart(referralId), content: JSON.stringify({ phone, priorIds }) });
  if (report.reporter) vault.push({ key: reporterPart(referralId), content: JSON.stringify(report.reporter) });

  const given = givenIn(report, child);

  const before = submittedBefore(referral, cause);
  if (before === 'other') return undefined;
  if (referral && before !== 'no') {
    // The first submission may have stopped before it confirmed.
    await identities.confirmAll(vault);
    return { state: referral.state, repeated: true, alike: [] };
  }

  const age =
    child.birthDate === undefined || child.birthDate > newYorkDate(receivedAt)
      ? undefined
      : ageOn(child.birthDate, receivedAt);
  const routing = routingOf(child, newYorkDate(receivedAt));
  const blindIndex = blindIndexOf(child, digests);
  const late = whyLate(report, receivedAt, now);
  const opened = event('referral-opened', {
    reportId,
    siblings: [...siblings],
    receivedAt,
    recordedAt: now,
    ...(takenBy !== undefined && takenBy !== visitor.id && { takenBy }),
    ...whereKnown({ lateReason: late }),
    report: {
      channel: report.channel,
      reporterType: report.reporterType,
      mandated: report.mandated,
      anonymous: report.anonymous,
    },
    child: { ...childFactsOf(child, age), ...places },
    ...(given.length > 0 && { given }),
    texts,
    ...(routing && { routing }),
    ...(Object.keys(nearest).length > 0 && { nearestTowns: nearest }),
    ...whereKnown({ blindIndex }),
  });

  const noted =
    notes !== '' || call || scene || own.length > 0
      ? event('call-noted', {
          ...whereKnown({ call, scene, notes: notes === '' ? undefined : 'CALL' }),
          ...Object.fromEntries(own.map(({ field, id }) => [field, id])),
        })
      : undefined;

  // An event that could not be read again throws here, before anything is stored.
  for (const each of [opened, noted]) if (each) readEvent(each);
  const owner = { referralId, commandId: cause.id, digest: cause.digest, now };
  const tell = unfailing(onFault);
  const fault = (error: unknown): undefined => tell(error, referralId);
  // The first part is the lock: of two submissions under one key, only one goes on.
  const putOthers = await identities.putFirst(vault, owner);
  if (!putOthers) return undefined;
  const [isOurs, compared] = await Promise.all([
    putOthers(),
    // The report is stored even where the comparison fails. The run compares name and date of birth again.
    findAlike({ identities, digests }, referralId, { ...child, heardAt: receivedAt, reference: referralId }).catch(
      fault,
    ),
  ]);
  if (!isOurs) return undefined;
  const alike = compared?.alike ?? [];
  // A sealed referral is no candidate, because the person who took this report would learn of it.
  let isCompared = compared !== undefined;
  const missed = (error: unknown): undefined => {
    isCompared = false;
    return fault(error);
  };
  // One that cannot be read is no reason to lose this report. `AskSameChild` reads it again.
  const others = await Promise.all(alike.map(async ({ id }) => (await ledger.referral(id).catch(missed))?.state));
  const found = others.map(mayBeCandidate);
  // Before the commit, so that a report that stops half-way and is sent again tells them only once.
  const isTold = await tellSealed(
    { ledger, now },
    {
      id: referralId,
      sameChild: { candidates: [] },
      access: {},
    },
    alike,
    others,
  ).then(
    () => true,
    (error: unknown) => missed(error) ?? false,
  );
  const candidates = [
    ...twice.map((id) => ({ id, score: 1 })),
    ...alike.filter(({ id }, index) => found[index] && !siblings.includes(id)),
  ];
  const opening = {
    referralId,
    opened,
    ...whereKnown({ noted }),
    isCompared,
    ...(candidates.length > 0 && {
      candidates: {
        candidates: candidates.map(({ id }) => id),
        scores: Object.fromEntries(candidates.map(({ id, score }) => [id, score])),
      },
    }),
  };
  const changed = await ledger.changeReferral(
    referralId,
    { now, actor: { kind: 'person', id: visitor.id }, onBehalfOf: principalFor(visitor, reporters), cause, receivedAt },
    (state, context) => (state ? [] : openingEvents(opening, context, fault)),
    'as-read',
  );
  if (changed === idReused) return undefined;
  if (!changed || isRefusal(changed)) throw new Error('Opening a referral is never refused.');
  await Promise.all([
    identities.confirmAll(vault),
    // Where this fails, or the comparison did, `keep-vault` compares the referral again.
    compared && isTold && identities.noteIndexed(referralId, compared.indexed).catch(fault),
  ]);
  return { ...changed, alike: others.filter((other) => other !== undefined) };
}

const placeWords = {
  residenceTown: 'Lives in',
  occurrenceTown: 'Happened in',
  presentTown: 'Is now in',
} as const;

/**
 * The places of a child, as codes for the ledger. The words of unknown places go to the vault, because they may be an address.
 */
function placesOf(child: ChildInput, receivedAt: string) {
  const fields = Object.keys(placeWords) as (keyof typeof placeWords)[];
  const coded = fields.map((field) => {
    const written = child[field];
    const town = routeTown(written, newYorkDate(receivedAt))?.town;
    return { field, written, code: town ?? (/^unknown$/i.test(written) ? 'unknown' : 'other') };
  });
  return {
    places: Object.fromEntries(coded.map(({ field, code }) => [field, code])) as Pick<
      ChildInput,
      (typeof fields)[number]
    >,
    nearest: Object.fromEntries(
      coded.filter(({ code }) => code === 'other').map(({ field, written }) => [field, [...nearestTowns(written)]]),
    ),
    words: coded
      .filter(({ code }) => code === 'other')
      .map(({ field, written }) => `${placeWords[field]}: ${written}`)
      .join('\n'),
  };
}

/** A digest that is equal for equal names and dates of birth. Case, accents, punctuation and spaces do not count. */
function blindIndexOf({ name, birthDate }: ChildInput, digests: Digests): string | undefined {
  if (!name || birthDate === undefined) return undefined;
  const plain = name
    .normalize('NFD')
    .replaceAll(/[^\p{Letter}]/gu, '')
    .toLowerCase();
  return plain === '' ? undefined : digests.hex('child', plain, birthDate);
}
