/** What people may do with an export: ask, answer as another administrator, and download in time. */
import type { Refusal } from '../core/refusal.ts';
import { refuse } from '../refusals.ts';
import type { ExportEvent, ExportRequest } from './exports.ts';

/** How long an export waits and stands, and how much it holds, as data. */
export interface ExportRule {
  /** Days in which another administrator may approve it. */
  readonly daysToAnswer: number;
  /** Hours after the approval in which it may be downloaded. */
  readonly hoursToDownload: number;
  readonly mostReferrals: number;
  /** Of the zip. A browser saves no more from a page than two million letters, and the gateway sends six megabytes. */
  readonly mostBytes: number;
}

export const exportStates = ['waits', 'approved', 'declined', 'over'] as const;
export type ExportState = (typeof exportStates)[number];

const hour = 3_600_000;

/** Until when it may be approved, or downloaded. A UTC instant. */
export const exportEnds = ({ asked, approved }: ExportRequest, rule: ExportRule): string =>
  new Date(
    approved
      ? Date.parse(approved.at) + rule.hoursToDownload * hour
      : Date.parse(asked.at) + rule.daysToAnswer * 24 * hour,
  ).toISOString();

/** `now`: a UTC instant. */
export function exportStateAt(request: ExportRequest, rule: ExportRule, now: string): ExportState {
  if (request.declined) return 'declined';
  if (Date.parse(now) >= Date.parse(exportEnds(request, rule))) return 'over';
  return request.approved ? 'approved' : 'waits';
}

interface At {
  readonly rule: ExportRule;
  /** A UTC instant. */
  readonly now: string;
  readonly personId: string;
}

type Answers = Refusal<'no-such-export' | 'own-export' | 'export-answered' | 'export-over'>;

const known = (requests: readonly ExportRequest[], id: string) => requests.find((each) => each.id === id);

/** The events of an answer. The person who asked may take it back by a no, and never approve it. */
export function answerExport(
  requests: readonly ExportRequest[],
  id: string,
  approves: boolean,
  { rule, now, personId }: At,
): readonly ExportEvent[] | Answers {
  const request = known(requests, id);
  if (!request) return refuse('no-such-export');
  if (approves && request.asked.by === personId) return refuse('own-export');
  const state = exportStateAt(request, rule, now);
  if (state === 'over') return refuse('export-over');
  if (state !== 'waits') return refuse('export-answered');
  return [{ type: approves ? 'export-approved' : 'export-declined', v: 1, id }];
}

/** Undefined where this person may download it now. Only the person who asked may. */
export function whyNoDownload(
  request: ExportRequest | undefined,
  { rule, now, personId }: At,
): Refusal<'no-such-export' | 'export-not-approved' | 'export-over' | 'export-answered'> | undefined {
  if (request?.asked.by !== personId) return refuse('no-such-export');
  switch (exportStateAt(request, rule, now)) {
    case 'waits':
      return refuse('export-not-approved');
    case 'over':
      return refuse('export-over');
    case 'declined':
      return refuse('export-answered');
    case 'approved':
      return undefined;
  }
}
