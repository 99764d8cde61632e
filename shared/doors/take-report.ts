/** Takes one report: identities to the vault, one referral for each child in the ledger. It refuses nothing that parses. */
import { ageOn, newYorkDate } from '../domain/due.ts';
import { event, readEvent } from '../domain/events.ts';
import { referenceFrom } from '../domain/ids.ts';
import { type PlaceAsked, placesAsked } from '../domain/places.ts';
import type { Referral } from '../domain/referral.ts';
import { isRefusal } from '../domain/refusal.ts';
import { type ChildInput, childFactsOf, problemsOf, type ReportInput, reportInput } from '../domain/report.ts';
import { routeTown } from '../policy/geography.ts';
import { nearestTowns } from '../policy/nearest-towns.ts';
import { routingOf } from '../policy/routing.ts';
import {
  birthPart,
  childPart,
  type Identities,
  knownPart,
  type Part,
  reporterPart,
  textPart,
} from '../store/identities.ts';
import { type Changed, idReused, type Ledger } from '../store/ledger.ts';
import { findAlike } from './blind-index.ts';
import { principalFor } from './on-behalf.ts';
import type { Problem } from './problems.ts';
import { reportProblems } from './report-problems.ts';
import type { Digests } from './secret.ts';
import { causeOf, type Reused, submittedBefore } from './submission.ts';
import { tellSealed } from './tell-sealed.ts';
import { mayRead, reporters, type Visitor } from './visitor.ts';

export interface ReportParts {
  readonly ledger: Pick<Ledger, 'referral' | 'changeReferral'>;
  readonly identities: Pick<
    Identities,
    'putPending' | 'confirmAll' | 'index' | 'lookUp' | 'mayStandUnder' | 'noteIndexed'
  >;
  readonly digests: Digests;
  /** UTC instant. */
  readonly now: string;
  /** Names the request in the commits' cause. */
  readonly requestId?: string | undefined;
  /** Hears of a comparison that failed: the report is taken all the same. */
  readonly onFault?: (error: unknown, fault: string) => void;
}

/** Another referral that may be about the child of `referralId`. */
interface CandidateShown {
  readonly referralId: string;
  readonly of: string;
  readonly stage: Referral['stage'];
  /** 0 to 1, where the two were compared. */
  readonly score?: number;
}

export type ReportAnswer =
  | {
      readonly kind: 'taken';
      readonly reportId: string;
      readonly referralIds: readonly string[];
      /** Places in words that are no town of the state, which a person has to say; the clocks run meanwhile. */
      readonly unclear: readonly (PlaceAsked & { readonly referralId: string })[];
      /** Only those that the person may read. */
      readonly candidates: readonly CandidateShown[];
      readonly repeated: boolean;
    }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | Reused;

/**
 * `key` identifies this submission of this person: given again with the same report, the answer is the same and nothing
 * is stored twice; with another report it is `reused`. Where it stops half-way, submitting again completes it.
 */
export async function takeReport(
  parts: ReportParts,
  visitor: Visitor,
  key: string,
  input: unknown,
): Promise<ReportAnswer> {
  const parsed = reportInput.safeParse(input);
  if (!parsed.success) return { kind: 'invalid', problems: reportProblems(input, parts.now) };
  const problems = problemsOf(parsed.data, parts.now);
  if (problems.length > 0) return { kind: 'invalid', problems };

  const { digests } = parts;
  const report = parsed.data;
  const reportId = referenceFrom('RP', digests.bytes('report', visitor.id, key));
  const referralIds = report.children.map((_, index) =>
    referenceFrom('CR', digests.bytes('referral', visitor.id, key, String(index))),
  );
  let repeated = false;
  const unclear: (PlaceAsked & { readonly referralId: string })[] = [];
  const candidates: CandidateShown[] = [];
  // Without an instant in the report, all children were received when the first of them was stored.
  let { receivedAt = parts.now } = report;
  for (const [index, child] of report.children.entries()) {
    const referralId = referralIds[index] ?? '';
    const siblings = referralIds.filter((other) => other !== referralId);
    const opened = await openReferral(parts, visitor, { reportId, referralId, siblings, receivedAt }, report, child);
    if (!opened) return { kind: 'reused' };
    receivedAt = opened.state.receivedAt;
    repeated ||= opened.repeated;
    for (const asked of placesAsked(opened.state)) unclear.push({ referralId, ...asked });
    candidates.push(...(await shownTo(visitor, parts, opened.state)));
  }
  return { kind: 'taken', reportId, referralIds, unclear, candidates, repeated };
}

/** One that the person may not read looks as if it had not been found: of a sealed referral, only its own people hear. */
async function shownTo(
  visitor: Visitor,
  { ledger }: Pick<ReportParts, 'ledger'>,
  { id, candidates, candidateScores }: Referral,
): Promise<readonly CandidateShown[]> {
  const others = await Promise.all(candidates.map((candidate) => ledger.referral(candidate)));
  return others.flatMap((other) => {
    if (!other || !mayRead(other.state, visitor)) return [];
    const score = candidateScores?.[other.state.id];
    return [{ referralId: id, of: other.state.id, stage: other.state.stage, ...(score !== undefined && { score }) }];
  });
}

interface Opening {
  readonly reportId: string;
  readonly referralId: string;
  readonly siblings: readonly string[];
  readonly receivedAt: string;
}

/** Undefined where the key came before with another report. */
async function openReferral(
  { ledger, identities, digests, now, requestId, onFault }: ReportParts,
  visitor: Visitor,
  { reportId, referralId, siblings, receivedAt }: Opening,
  report: ReportInput,
  child: ChildInput,
): Promise<Pick<Changed, 'state' | 'repeated'> | undefined> {
  const cause = causeOf(digests, 'open-referral', `OPEN-${referralId}`, report, { of: reportId, requestId });
  const { places, words, nearest } = placesOf(child, receivedAt);
  const texts = {
    narrative: 'NARRATIVE',
    ...(child.safeContact !== undefined && { safeContact: 'SAFE-CONTACT' }),
    ...(words !== '' && { places: 'PLACES' }),
  };
  const vault: Part[] = [{ key: textPart(referralId, 'NARRATIVE'), content: report.narrative }];
  if (child.safeContact !== undefined)
    vault.push({ key: textPart(referralId, 'SAFE-CONTACT'), content: child.safeContact });
  if (words !== '') vault.push({ key: textPart(referralId, 'PLACES'), content: words });
  if (child.name) vault.push({ key: childPart(referralId), content: child.name });
  if (child.birthDate !== undefined) vault.push({ key: birthPart(referralId), content: child.birthDate });
  const { phone, priorIds } = child;
  if (phone || priorIds) vault.push({ key: knownPart(referralId), content: JSON.stringify({ phone, priorIds }) });
  if (report.reporter) vault.push({ key: reporterPart(referralId), content: JSON.stringify(report.reporter) });

  const referral = await ledger.referral(referralId);
  const before = submittedBefore(referral, cause);
  if (before === 'other') return undefined;
  if (referral && before !== 'no') {
    // The first submission may have stopped before it confirmed.
    if (before === 'same') await identities.confirmAll(vault);
    return { state: referral.state, repeated: true };
  }

  const age =
    child.birthDate === undefined || child.birthDate > newYorkDate(receivedAt)
      ? undefined
      : ageOn(child.birthDate, receivedAt);
  const routing = routingOf(child, newYorkDate(receivedAt));
  const blindIndex = blindIndexOf(child, digests);
  const opened = event('referral-opened', {
    reportId,
    siblings: [...siblings],
    receivedAt,
    recordedAt: now,
    report: {
      channel: report.channel,
      reporterType: report.reporterType,
      mandated: report.mandated,
      anonymous: report.anonymous,
    },
    child: { ...childFactsOf(child, age), ...places },
    texts,
    ...(routing && { routing }),
    ...(Object.keys(nearest).length > 0 && { nearestTowns: nearest }),
    ...(blindIndex !== undefined && { blindIndex }),
  });

  // What no release could read again is an error before anything is stored.
  readEvent(opened);
  if (!(await identities.putPending(vault, { referralId, commandId: cause.id, digest: cause.digest, now }))) {
    return undefined;
  }
  // A report is stored whatever becomes of the comparison; an equal name and date are looked for again by the run.
  const alike = await findAlike({ identities, digests }, referralId, child).catch((error: unknown) => {
    onFault?.(error, referralId);
    return [];
  });
  // A sealed one is no candidate: that it is there would be told to whoever took this report.
  const others = await Promise.all(alike.map(async ({ id }) => (await ledger.referral(id))?.state));
  const found = others.map(mayBeCandidate);
  // Before the commit, so that a report that stops half-way and is sent again has told them once.
  await tellSealed({ ledger, now }, referralId, alike, others).catch((error: unknown) => onFault?.(error, referralId));
  const candidates = alike.filter(({ id }, index) => found[index] && !siblings.includes(id));
  const asked =
    candidates.length === 0
      ? []
      : [
          event('candidates-found', {
            candidates: candidates.map(({ id }) => id),
            scores: Object.fromEntries(candidates.map(({ id, score }) => [id, score])),
          }),
        ];
  const changed = await ledger.changeReferral(
    referralId,
    { now, actor: { kind: 'person', id: visitor.id }, onBehalfOf: principalFor(visitor, reporters), cause },
    (state) => (state ? [] : [opened, ...asked]),
  );
  if (changed === idReused) return undefined;
  if (!changed || isRefusal(changed)) throw new Error('Opening a referral is never refused.');
  await identities.confirmAll(vault);
  return changed;
}

/** Of one that was never opened, is sealed or was erased nobody is asked. */
export const mayBeCandidate = (other: Referral | undefined): boolean =>
  other !== undefined && other.seal === undefined && other.erased === undefined;

const placeWords = {
  residenceTown: 'Lives in',
  occurrenceTown: 'Happened in',
  presentTown: 'Is now in',
} as const;

/**
 * The places of a child as codes for the ledger, and the words for the vault of those that are no town of the policy: what
 * people write there may be an address.
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

/** Equal for equal children as far as name and date of birth tell: case, accents, punctuation and spaces do not count. */
function blindIndexOf({ name, birthDate }: ChildInput, digests: Digests): string | undefined {
  if (!name || birthDate === undefined) return undefined;
  const plain = name
    .normalize('NFD')
    .replaceAll(/[^\p{Letter}]/gu, '')
    .toLowerCase();
  return plain === '' ? undefined : digests.hex('child', plain, birthDate);
}
