/**
 * A report that is not sent yet, in a chain of its own. The chain has the writer, the beginning, and the last touch.
 * The text is in the vault. The clock of the report starts at the first contact, which is the first word written.
 */
import * as z from 'zod';
import type { DraftRule } from '../../policy/draft-rules.ts';
import type { Actor, CommitHead } from '../core/commit-head.ts';
import { isAfter } from '../core/instants.ts';
import { type Refusal, refuser } from '../core/refusal.ts';
import type { Role } from '../core/vocabulary.ts';
import { draftRefusals } from './draft-refusals.ts';

/** Of this subject's sentences alone: the functions without a door carry no others. */
const refuse = refuser(draftRefusals);

/** After this time untouched, in milliseconds, a supervisor is told. This project's number. */
export const leftAfter = 15 * 60_000;
/** The shortest time between two records that it was touched, in milliseconds. */
const touchesEvery = 60_000;

/** The roles that see every draft and may take one over. */
export const draftSupervisors: readonly Role[] = ['careline-supervisor', 'careline-manager'];

/** Why a draft ends without a report. */
export const discardReasons = ['no-report', 'entered-otherwise', 'exercise'] as const;

export const draftEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('draft-begun'), v: z.literal(1), ownerId: z.string() }),
  z.object({ type: z.literal('draft-touched'), v: z.literal(1) }),
  /** The draft was not touched for a quarter of an hour. */
  z.object({ type: z.literal('draft-left'), v: z.literal(1) }),
  z.object({ type: z.literal('draft-submitted'), v: z.literal(1), reportId: z.string() }),
  z.object({ type: z.literal('draft-discarded'), v: z.literal(1), because: z.enum(discardReasons) }),
  /** No one touched it for so many days, so it ended. Its words are removed after this commit. */
  z.object({ type: z.literal('draft-expired'), v: z.literal(1), days: z.int() }),
]);
export type DraftEvent = z.infer<typeof draftEvent>;

/** Reads a stored event of a draft. Throws a ZodError that names the field where the event is not valid. */
export const readDraftEvent = (stored: unknown): DraftEvent => draftEvent.parse(stored);

/** Instants are UTC. */
export interface ReportDraft {
  readonly id: string;
  /** The number of commits. */
  readonly seq: number;
  readonly ownerId: string;
  /** When the first word was written. */
  readonly since: string;
  readonly touchedAt: string;
  /** The recorded writers: the first word of each person is recorded. */
  readonly writers: readonly string[];
  readonly status: 'open' | 'submitted' | 'discarded' | 'expired';
  /** Since when it was untouched, once that was recorded. */
  readonly left?: string;
  readonly reportId?: string;
  /** When it ended by the rule. */
  readonly expiredAt?: string;
}

type DraftCommit = CommitHead & { readonly events: readonly DraftEvent[] };

const withWriter = (writers: readonly string[], { kind, id }: Actor): readonly string[] =>
  kind === 'person' ? [...new Set([...writers, id])] : writers;

function evolve(draft: ReportDraft, event: DraftEvent, { at, actor }: CommitHead): ReportDraft {
  const { left: _, ...here } = draft;
  switch (event.type) {
    case 'draft-begun':
      return draft;
    case 'draft-touched':
      return { ...here, touchedAt: at, writers: withWriter(draft.writers, actor) };
    case 'draft-left':
      return { ...draft, left: draft.touchedAt };
    case 'draft-submitted':
      return { ...here, status: 'submitted', reportId: event.reportId };
    case 'draft-discarded':
      return { ...here, status: 'discarded' };
    case 'draft-expired':
      return { ...here, status: 'expired', expiredAt: at };
  }
}

export function foldDraft(id: string, commits: readonly DraftCommit[], from?: ReportDraft): ReportDraft | undefined {
  let draft = from;
  for (const commit of commits) {
    const { at, seq, actor } = commit;
    for (const event of commit.events) {
      if (event.type === 'draft-begun' && !draft) {
        const { ownerId } = event;
        draft = { id, seq, ownerId, since: at, touchedAt: at, writers: withWriter([], actor), status: 'open' };
      }
      draft = draft && { ...evolve(draft, event, commit), seq };
    }
  }
  return draft;
}

/** The events of a word that this person wrote at `now`. */
export function touch(
  draft: ReportDraft | undefined,
  writer: string,
  now: string,
): readonly DraftEvent[] | Refusal<'draft-ended'> {
  if (!draft) return [{ type: 'draft-begun', v: 1, ownerId: writer }];
  if (draft.status === 'expired') return refuse('draft-ended/expired');
  if (draft.status !== 'open') return refuse('draft-ended/touched', { status: draft.status });
  const isFirst = !draft.writers.includes(writer);
  const isNew = isFirst || draft.left !== undefined || Date.parse(now) - Date.parse(draft.touchedAt) >= touchesEvery;
  return isNew ? [{ type: 'draft-touched', v: 1 }] : [];
}

const day = 24 * 60 * 60_000;
const after = (instant: string, milliseconds: number): string =>
  new Date(Date.parse(instant) + milliseconds).toISOString();

/** When its writers are warned, and when it ends, unless someone touches it before. UTC instants. */
export const warnedAt = ({ touchedAt }: Pick<ReportDraft, 'touchedAt'>, rule: DraftRule): string =>
  after(touchedAt, (rule.expiresAfterDays - rule.warnsBeforeDays) * day);
export const expiresAt = ({ touchedAt }: Pick<ReportDraft, 'touchedAt'>, rule: DraftRule): string =>
  after(touchedAt, rule.expiresAfterDays * day);
const leftAt = ({ touchedAt }: Pick<ReportDraft, 'touchedAt'>): string => after(touchedAt, leftAfter);

/** What a look at a draft adds to its chain. `now` is a UTC instant. */
export function eventsDue(draft: ReportDraft | undefined, now: string, rule: DraftRule): readonly DraftEvent[] {
  if (draft?.status !== 'open') return [];
  if (!isAfter(expiresAt(draft, rule), now)) return [{ type: 'draft-expired', v: 1, days: rule.expiresAfterDays }];
  return draft.left === undefined && !isAfter(leftAt(draft), now) ? [{ type: 'draft-left', v: 1 }] : [];
}

/** `left`: untouched for a quarter of an hour. `ends-soon`: it ends within days. `expired`: it ended by the rule. */
export const draftStages = ['left', 'ends-soon', 'expired'] as const;
export type DraftStage = (typeof draftStages)[number];

/** The last stage that an untouched draft reached by `now`, a UTC instant, and when. */
export function stageOf(
  draft: ReportDraft,
  now: string,
  rule: DraftRule,
): { readonly stage: DraftStage; readonly since: string } | undefined {
  if (draft.status === 'expired' && draft.expiredAt !== undefined) return { stage: 'expired', since: draft.expiredAt };
  if (draft.status !== 'open') return undefined;
  if (!isAfter(warnedAt(draft, rule), now)) return { stage: 'ends-soon', since: warnedAt(draft, rule) };
  return isAfter(leftAt(draft), now) ? undefined : { stage: 'left', since: leftAt(draft) };
}
