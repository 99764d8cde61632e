/**
 * News of untouched drafts, in a chain for each UTC day, so that one mail tells of all. Each draft reaches a stage at
 * one instant, and the day of that instant has its news. So each stage is told once, however often the sweep looks.
 */
import * as z from 'zod';
import type { DraftRule } from '../../policy/draft-rules.ts';
import type { CommitHead } from '../core/commit-head.ts';
import { whereKnown } from '../core/where-known.ts';
import { type DraftStage, draftStages, type ReportDraft, stageOf } from './drafts.ts';

const named = z.object({ id: z.string(), touchedAt: z.string() });

/** `personId`: the writer who is warned. Without it, a supervisor is told. */
export const draftNewsEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('drafts-told'),
    v: z.literal(1),
    stage: z.enum(draftStages),
    personId: z.string().exactOptional(),
    drafts: z.array(named),
  }),
]);
export type DraftNewsEvent = z.infer<typeof draftNewsEvent>;

/** Reads a stored event. Throws a ZodError that names the field where the event is not valid. */
export const readDraftNewsEvent = (stored: unknown): DraftNewsEvent => draftNewsEvent.parse(stored);

/** A stage that a draft reached. `touchedAt`: its last change then. A draft that changed since is no news any more. */
export interface DraftNews {
  readonly stage: DraftStage;
  readonly personId?: string;
  readonly id: string;
  readonly touchedAt: string;
}

/** News that a commit made. `toldIn`: the place of the commit; `part`: of the event in it, from 1. */
export interface ToldDraft extends DraftNews {
  readonly toldIn: number;
  readonly part: number;
}

/** The news of a day after these commits. */
export const foldDraftNews = (
  commits: readonly (Pick<CommitHead, 'seq'> & { readonly events: readonly DraftNewsEvent[] })[],
  from: readonly ToldDraft[] = [],
): readonly ToldDraft[] => [
  ...from,
  ...commits.flatMap(({ seq, events }) =>
    events.flatMap(({ stage, personId, drafts }, index) =>
      drafts.map((draft) => ({ ...draft, stage, ...whereKnown({ personId }), toldIn: seq, part: index + 1 })),
    ),
  ),
];

/**
 * The news of a draft at `now`, a UTC instant, and the UTC day (`YYYY-MM-DD`) that has it. Each writer is warned. A
 * supervisor is told of the rest.
 */
export function newsOf(
  draft: ReportDraft,
  now: string,
  rule: DraftRule,
): readonly (DraftNews & { readonly day: string })[] {
  const reached = stageOf(draft, now, rule);
  if (!reached) return [];
  const { stage, since } = reached;
  const news = { stage, id: draft.id, touchedAt: draft.touchedAt, day: since.slice(0, 10) };
  return stage === 'ends-soon' ? draft.writers.map((personId) => ({ ...news, personId })) : [news];
}

const keyOf = ({ stage, personId = '', id, touchedAt }: DraftNews) => [stage, personId, id, touchedAt].join(' ');

/** The news that the day has not told. */
export function newDraftNews<News extends DraftNews>(
  told: readonly DraftNews[],
  found: readonly News[],
): readonly News[] {
  const known = new Set(told.map(keyOf));
  return found.filter((each) => !known.has(keyOf(each)));
}

/** One event for each stage and reader. */
export const draftNewsEvents = (news: readonly DraftNews[]): readonly DraftNewsEvent[] =>
  [...Map.groupBy(news, ({ stage, personId = '' }) => `${stage} ${personId}`).values()].flatMap(([first, ...others]) =>
    first
      ? [
          {
            type: 'drafts-told',
            v: 1,
            stage: first.stage,
            ...whereKnown({ personId: first.personId }),
            drafts: [first, ...others].map(({ id, touchedAt }) => ({ id, touchedAt })),
          },
        ]
      : [],
  );

/** Whether this news still counts: the draft is in that stage, and no one changed it since. */
export const isStill = (news: DraftNews, draft: ReportDraft | undefined): boolean =>
  draft?.touchedAt === news.touchedAt && draft.status === (news.stage === 'expired' ? 'expired' : 'open');
