/**
 * Exports of the audit for an auditor: requests with their purposes, approvals by another person, and downloads.
 * The exports of a month are one chain. It names referrals that were asked for by their references, and no child.
 */
import * as z from 'zod';
import type { CommitHead } from '../core/commit-head.ts';
import { exportPurposes } from '../core/vocabulary.ts';

/** What an export is about: these referrals, or those that were opened in these New York days, both included. */
const chosen = z.union([z.object({ referrals: z.array(z.string()) }), z.object({ from: z.string(), to: z.string() })]);
export type Chosen = z.infer<typeof chosen>;

export const exportEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('export-asked'),
    v: z.literal(1),
    id: z.string(),
    purpose: z.enum(exportPurposes),
    chosen,
  }),
  z.object({ type: z.literal('export-approved'), v: z.literal(1), id: z.string() }),
  z.object({ type: z.literal('export-declined'), v: z.literal(1), id: z.string() }),
  /** `digest`: the SHA-256 of the file, in hex. */
  z.object({ type: z.literal('export-downloaded'), v: z.literal(1), id: z.string(), digest: z.string() }),
]);
export type ExportEvent = z.infer<typeof exportEvent>;

/** Reads a stored event of a chain of exports. Throws a ZodError that names the field where the event is not valid. */
export const readExportEvent = (stored: unknown): ExportEvent => exportEvent.parse(stored);

/** Who did something, and when: a UTC instant. */
interface Done {
  readonly by: string;
  readonly at: string;
}

export interface ExportRequest {
  readonly id: string;
  readonly purpose: (typeof exportPurposes)[number];
  readonly chosen: Chosen;
  readonly asked: Done;
  readonly approved?: Done;
  readonly declined?: Done;
  readonly downloads: readonly (Done & { readonly digest: string })[];
}

type ExportCommit = CommitHead & { readonly events: readonly ExportEvent[] };

function applied(requests: readonly ExportRequest[], event: ExportEvent, done: Done): readonly ExportRequest[] {
  const changed = (change: (request: ExportRequest) => ExportRequest) =>
    requests.map((each) => (each.id === event.id ? change(each) : each));
  switch (event.type) {
    case 'export-asked': {
      const { id, purpose, chosen: what } = event;
      return [...requests, { id, purpose, chosen: what, asked: done, downloads: [] }];
    }
    case 'export-approved':
      return changed((each) => ({ ...each, approved: done }));
    case 'export-declined':
      return changed((each) => ({ ...each, declined: done }));
    case 'export-downloaded':
      return changed((each) => ({ ...each, downloads: [...each.downloads, { ...done, digest: event.digest }] }));
  }
}

/** The exports of a month after these commits of its chain, in the order in which they were asked for. */
export function foldExports(
  commits: readonly ExportCommit[],
  from: readonly ExportRequest[] = [],
): readonly ExportRequest[] {
  let requests = from;
  for (const { events, at, actor } of commits) {
    for (const event of events) requests = applied(requests, event, { by: actor.id, at });
  }
  return requests;
}

/** The UTC month of an instant, such as `2026-11`: the name of its chain. */
export const exportMonth = (instant: string): string => instant.slice(0, 7);

/** `EX-2026-11-3`: the id of the export that the third commit of this month asked for. */
export const exportIdAt = (month: string, number: number): string => `EX-${month}-${number}`;

export const exportIdPattern = /^EX-20\d\d-(0[1-9]|1[0-2])-[1-9]\d{0,5}$/;

/** The month in the id of an export. */
export const monthOfExport = (id: string): string => id.slice(3, 10);
