/** Drafts of reports: kept from the first word, seen by supervisors, and ended by the report. */

import * as z from 'zod';
import { isReference, referenceFrom } from '../../domain/core/ids.ts';
import { isRefusal, type Refusal } from '../../domain/core/refusal.ts';
import { spanOfHour } from '../../domain/core/spans.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import {
  discardReasons,
  draftSupervisors,
  type ReportDraft,
  readDraftEvent,
  touch,
} from '../../domain/drafts/drafts.ts';
import { refuse } from '../../domain/refusals.ts';
import type { DraftList, Reading } from '../../store/board.ts';
import { draftChain } from '../../store/chains.ts';
import { decodeCommit } from '../../store/commit.ts';
import type { Directory } from '../../store/directory-reads.ts';
import type { Identities } from '../../store/identities.ts';
import type { Ledger } from '../../store/ledger.ts';
import { unlessDamaged } from '../../store/reading-room.ts';
import { accessesOf } from '../access/accesses.ts';
import { keyedFrame, personFrame, type Submission } from '../access/person-frame.ts';
import { auditors, isOneOf, reporters, type Visitor } from '../access/visitor.ts';
import type { Problem } from '../input/problems.ts';
import { readInput } from '../input/read-input.ts';
import type { Digests } from '../matching/secret.ts';
import type { EncryptedLists } from '../read/page-cursors.ts';

export interface DraftParts {
  readonly ledger: Pick<Ledger, 'draft' | 'changeDraft' | 'recordAccess'>;
  readonly identities: Pick<Identities, 'saveDraft' | 'draftText' | 'closeDraft'>;
  readonly digests: Digests;
  /** UTC instant. */
  readonly now: string;
  readonly requestId?: string | undefined;
}

export const draftInput = z.strictObject({
  revision: z
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .describe('Greater with each save. One that is not greater than what is kept is answered 409, and not kept.'),
  after: z
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .describe(
      'The revision that the person last read or saved; 0 for none. Where another person has written since, the answer is 409, and their words stay. Without it, a greater revision replaces what is kept.',
    )
    .optional(),
  writer: z
    .string()
    .min(1)
    .max(64)
    .describe(
      'A word of its own for each window that writes: its own saves, of which it may have missed an answer, are not in its way.',
    )
    .optional(),
  content: z
    .record(z.string().max(200), z.unknown())
    .describe(
      'What has been said so far, with the names of the report it is to become; nothing of it is checked before that is sent. The console goes on with it, and shows what it has no place for as it stands.',
    ),
});

export type DraftAnswer<Done> =
  | ({ readonly kind: 'done' } & Done)
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'unknown' };

interface Invalid {
  readonly kind: 'invalid';
  readonly problems: readonly Problem[];
}

interface Refused<Code extends string> {
  readonly kind: 'refused';
  readonly refusal: Refusal<Code>;
}

/** Another person, or another window, wrote meanwhile. The sent words were not kept. */
interface ChangedMeanwhile {
  readonly kind: 'changed-meanwhile';
  readonly revision: number;
}

const draftEnded = refuse('draft-ended/saved');
const forbidden = { kind: 'forbidden' } as const;
const damaged = 'damaged';

const seesAll = (visitor: Visitor) => isOneOf(visitor, draftSupervisors);
const isTheirs = (draft: ReportDraft, visitor: Visitor) => draft.ownerId === visitor.id || seesAll(visitor);

/**
 * The draft, begun or not, of the report with this key. A draft's id is a key only for the people who may write in it. For all
 * others the answer is undefined, as for an unused id. Any other key is of this person alone. So is the id of a
 * damaged draft, because its writers are not known.
 */
export async function draftIdUnder(
  { ledger, digests }: { readonly ledger: Pick<Ledger, 'draft'>; readonly digests: Digests },
  visitor: Visitor,
  key: string,
): Promise<string | undefined> {
  const named = isReference('DR', key) ? await unlessDamaged(ledger.draft(key), damaged) : damaged;
  if (named === damaged) return referenceFrom('DR', digests.bytes('draft', visitor.id, key));
  return named && isTheirs(named, visitor) ? key : undefined;
}

/** The frame of an act on a draft: a reporter acts on their own, a supervisor on those of others. */
const frameOf = (
  parts: Pick<DraftParts, 'now' | 'requestId'>,
  visitor: Visitor,
  name: string,
  at: string,
  ownerId: string = visitor.id,
) => personFrame(parts, visitor, name, at, ownerId === visitor.id ? reporters : draftSupervisors);

/** Stands for a draft whose chain is damaged. Nothing can be appended there. Its words are kept all the same. */
const begunNow = (id: string, { id: ownerId }: Visitor, now: string): ReportDraft => ({
  id,
  seq: 0,
  ownerId,
  since: now,
  touchedAt: now,
  writers: [ownerId],
  status: 'open',
});

/**
 * Keeps the words so far under the key of the report. The first save begins the draft, and is the first contact. Where other
 * words were kept meanwhile, it keeps nothing and returns `moved`.
 */
export async function saveDraft(
  parts: DraftParts,
  visitor: Visitor,
  key: string,
  input: unknown,
): Promise<
  | DraftAnswer<{ readonly draft: ReportDraft; readonly revision: number; readonly begun: boolean }>
  | Invalid
  | Refused<'draft-ended'>
  | ChangedMeanwhile
> {
  if (!isOneOf(visitor, reporters)) return forbidden;
  const parsed = readInput(draftInput, input);
  if (parsed.problems) return { kind: 'invalid', problems: parsed.problems };
  const id = await draftIdUnder(parts, visitor, key);
  if (id === undefined) return { kind: 'unknown' };
  const before = await unlessDamaged(parts.ledger.draft(id), damaged);
  // The chain comes first: even where saving the words fails, it must be known that a report began.
  const { content, ...words } = parsed.data;
  const at = `${id}.${Date.parse(parts.now)}`;
  const draft =
    before === damaged
      ? begunNow(id, visitor, parts.now)
      : await parts.ledger.changeDraft(
          id,
          frameOf(parts, visitor, 'save-draft', at, before?.ownerId),
          (state) => touch(state, visitor.id, parts.now),
          'as-read',
        );
  // No key is in this frame, so that only the draft itself refuses.
  if (isRefusal(draft)) return { kind: 'refused', refusal: { ...draft, refused: 'draft-ended' } };
  if (!draft) return { kind: 'unknown' };
  const saved = await parts.identities.saveDraft(id, { ...words, content: JSON.stringify(content) });
  if (saved.kind === 'changed-meanwhile') return saved;
  if (saved.kind === 'ended') return { kind: 'refused', refusal: draftEnded };
  return { kind: 'done', draft, revision: saved.revision, begun: before === undefined };
}

/** `expired`: those that ended by the rule. */
export const draftFilters = z.strictObject({
  status: z.enum(['open', 'expired'], { error: 'Say "open" or "expired", or nothing for open.' }).optional().meta({
    description: 'Without it, the open ones. "expired": those that ended because no one changed them.',
    example: 'expired',
  }),
});

/**
 * A page of drafts, the newest first: those of this person, then for supervisors all others. Nothing of the content.
 * Undefined for a person who may see none.
 */
export async function draftsFor(
  { board, ledger }: { readonly board: Pick<EncryptedLists, 'drafts'>; readonly ledger: Pick<Ledger, 'draft'> },
  visitor: Visitor,
  status: DraftList,
  paging: Reading,
): Promise<{ readonly drafts: readonly ReportDraft[]; readonly next?: string } | undefined> {
  if (!isOneOf(visitor, reporters)) return undefined;
  const { rows, next } = await board.drafts({ list: status, ownerId: visitor.id, all: seesAll(visitor) }, paging);
  const found = await Promise.all(rows.map((id) => unlessDamaged(ledger.draft(id), undefined)));
  const drafts = found.filter((draft) => draft !== undefined);
  return {
    drafts: drafts.filter((draft) => draft.status === status && isTheirs(draft, visitor)),
    ...whereKnown({ next }),
  };
}

/** A draft in any state, without its words, for its writers and for supervisors. Undefined for all others. */
export async function draftFor(
  { ledger }: { readonly ledger: Pick<Ledger, 'draft'> },
  visitor: Visitor,
  id: string,
): Promise<ReportDraft | undefined> {
  if (!isOneOf(visitor, reporters) || !isReference('DR', id)) return undefined;
  const draft = await ledger.draft(id);
  return draft && isTheirs(draft, visitor) ? draft : undefined;
}

/** How the draft under this person's key ended. Undefined where it goes on, or there is none. */
export async function draftEndOf(
  parts: { readonly ledger: Pick<Ledger, 'draft'>; readonly digests: Digests },
  visitor: Visitor,
  key: string,
): Promise<Exclude<ReportDraft['status'], 'open'> | undefined> {
  const id = key === '' ? undefined : await draftIdUnder(parts, visitor, key);
  const draft = id === undefined ? undefined : await unlessDamaged(draftFor(parts, visitor, id), undefined);
  return draft === undefined || draft.status === 'open' ? undefined : draft.status;
}

export interface DraftRead {
  readonly draft: ReportDraft;
  readonly revision: number;
  readonly content: z.infer<typeof draftInput>['content'];
  /** Words were kept and cannot be read any more. `content` is empty then. */
  readonly isLost?: true;
}

/** The words of a draft, for its writers and for supervisors. The read is recorded first. */
export async function readDraft(parts: DraftParts, visitor: Visitor, id: string): Promise<DraftAnswer<DraftRead>> {
  if (!isOneOf(visitor, reporters)) return forbidden;
  const draft = isReference('DR', id) ? await parts.ledger.draft(id) : undefined;
  if (draft?.status !== 'open' || !isTheirs(draft, visitor)) return { kind: 'unknown' };
  const frame = frameOf(parts, visitor, 'read-draft', id, draft.ownerId);
  await parts.ledger.recordAccess(id, { ...frame, cause: { ...frame.cause, purpose: 'work-on-referral' } }, ['draft']);
  const { revision, text, isLost } = await parts.identities.draftText(id);
  return { kind: 'done', draft, revision, content: JSON.parse(text || '{}'), ...whereKnown({ isLost }) };
}

export const discardInput = z.strictObject({ because: z.enum(discardReasons) });

export async function discardDraft(
  parts: DraftParts,
  visitor: Visitor,
  id: string,
  input: unknown,
  submission?: Submission,
): Promise<DraftAnswer<{ readonly draft: ReportDraft }> | Invalid | Refused<'draft-ended' | 'id-reused'>> {
  if (!isOneOf(visitor, reporters)) return forbidden;
  const parsed = readInput(discardInput, input);
  if (parsed.problems) return { kind: 'invalid', problems: parsed.problems };
  const before = isReference('DR', id) ? await parts.ledger.draft(id) : undefined;
  if (!before || !isTheirs(before, visitor)) return { kind: 'unknown' };
  const plain = frameOf(parts, visitor, 'discard-draft', id, before.ownerId);
  const draft = await parts.ledger.changeDraft(
    id,
    submission ? keyedFrame(plain, id, parsed.data, submission) : plain,
    (state) =>
      state?.status === 'submitted'
        ? refuse('draft-ended/submitted')
        : state?.status === 'open'
          ? [{ type: 'draft-discarded', v: 1, because: parsed.data.because }]
          : [],
    'as-read',
  );
  if (isRefusal(draft)) return { kind: 'refused', refusal: draft };
  await parts.identities.closeDraft(id, parts.now);
  return draft ? { kind: 'done', draft } : { kind: 'unknown' };
}

/** An hour of UTC, as `2026-11-25T15`. */
export const auditHour = /^\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-3])$/;

/**
 * The drafts that were begun or changed in this hour, with all acts and reads, their actors and purposes. Undefined for a person
 * who may not audit.
 */
export async function auditDrafts(
  parts: {
    readonly ledger: Pick<Ledger, 'draftsIn' | 'accessRecords' | 'readChecked'>;
    readonly directory: Pick<Directory, 'person'>;
  },
  visitor: Visitor,
  hour: string,
) {
  if (!isOneOf(visitor, auditors)) return undefined;
  const ids = await parts.ledger.draftsIn(spanOfHour(hour));
  return Promise.all(
    ids.map(async (id) => {
      const [{ commits: stored, check }, accesses] = await Promise.all([
        parts.ledger.readChecked(draftChain(id)),
        accessesOf(parts, id),
      ]);
      // A commit that cannot be read is left out: `isIntact` tells of it.
      const readable = stored.map((each) =>
        unlessDamaged(
          Promise.resolve(each).then((one) => [decodeCommit(one, readDraftEvent)]),
          [],
        ),
      );
      const acts = (await Promise.all(readable)).flat().map(({ seq, at, actor, onBehalfOf, events }) => ({
        seq,
        at,
        by: actor.id,
        ...whereKnown({ onBehalfOf }),
        events,
      }));
      return { id, isIntact: check.intact, acts, accesses };
    }),
  );
}

/** Ends the draft after its report, and removes its words. A repeat changes nothing. */
export async function endDraft(
  parts: {
    readonly ledger: Pick<Ledger, 'changeDraft'>;
    readonly identities: Pick<Identities, 'closeDraft'>;
    readonly now: string;
    readonly requestId?: string | undefined;
  },
  visitor: Visitor,
  { id, ownerId }: ReportDraft,
  reportId: string,
): Promise<void> {
  await parts.ledger.changeDraft(
    id,
    frameOf(parts, visitor, 'submit-draft', id, ownerId),
    (state) =>
      state?.status === 'open' || state?.status === 'expired' ? [{ type: 'draft-submitted', v: 1, reportId }] : [],
    'as-read',
  );
  await parts.identities.closeDraft(id, parts.now);
}
