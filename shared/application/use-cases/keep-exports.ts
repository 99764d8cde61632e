/**
 * Exports of the audit. A person asks with a purpose, another administrator approves, and the person who asked downloads in time.
 * Each step is a commit of the month's chain. A download is recorded there and at each referral before a byte goes out.
 */
import * as z from 'zod';
import {
  answerExport,
  type ExportRule,
  type ExportState,
  exportEnds,
  exportStateAt,
  whyNoDownload,
} from '../../domain/audit/export-decisions.ts';
import {
  type ExportRequest,
  exportIdAt,
  exportIdPattern,
  exportMonth,
  monthOfExport,
} from '../../domain/audit/exports.ts';
import { isReference } from '../../domain/core/ids.ts';
import { isRefusal, type Refusal } from '../../domain/core/refusal.ts';
import { exportPurposes, type Role } from '../../domain/core/vocabulary.ts';
import { newYorkDate } from '../../domain/policy/due.ts';
import { refuse } from '../../domain/refusals.ts';
import type { Ledger } from '../../store/ledger.ts';
import { keyedFrame, personFrame, type Submission } from '../access/person-frame.ts';
import { auditors, isOneOf, ownOf, type Visitor } from '../access/visitor.ts';
import type { Problem } from '../input/problems.ts';
import { readInput } from '../input/read-input.ts';
import type { Reused } from '../input/submission.ts';
import { type ExportFile, exportFile } from '../read/export-file.ts';
import { type ExportParts as ContentParts, exportedRecords, exportedReferrals } from '../read/export-records.ts';

export interface ExportParts extends Omit<ContentParts, 'ledger'> {
  readonly ledger: ContentParts['ledger'] & Pick<Ledger, 'exports' | 'changeExports' | 'recordAccess'>;
  readonly rule: ExportRule;
  /** UTC instant. */
  readonly now: string;
  readonly requestId?: string | undefined;
}

export const exportAskers: readonly Role[] = auditors;
export const exportApprovers: readonly Role[] = ['administrator'];

const day = z.iso
  .date({ error: 'Give a day as YYYY-MM-DD.', abort: true })
  .refine((date) => /^20/.test(date), { error: 'Give a year from 2000 to 2099.', abort: true });

export const exportInput = z
  .strictObject({
    purpose: z.enum(exportPurposes, { error: 'Choose what the export is for.' }).meta({
      description: 'What the export is for. It is recorded, and stands in the export.',
      example: 'court-order',
    }),
    referrals: z
      .array(z.string().trim().toUpperCase().max(20))
      .max(500, 'Name fewer referrals.')
      .optional()
      .meta({ description: 'References. Give these, or a period.', example: ['CR-7F3KD-9QXMTQ'] }),
    from: day
      .optional()
      .meta({ description: 'The first New York day in which a referral was opened.', example: '2026-03-01' }),
    to: day.optional().meta({ description: 'The last one.', example: '2026-03-31' }),
  })
  .superRefine(({ referrals = [], from, to }, context) => {
    const problem = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    const isPeriod = from !== undefined || to !== undefined;
    if (isPeriod && referrals.length > 0) problem('referrals', 'Name referrals, or give a period, not both.');
    if (!isPeriod && referrals.length === 0) problem('referrals', 'Name at least one referral, or give a period.');
    if (isPeriod && from === undefined) problem('from', 'Give the first day too.');
    if (isPeriod && to === undefined) problem('to', 'Give the last day too.');
    if (from !== undefined && to !== undefined && from > to) problem('to', 'The last day is before the first one.');
  })
  .meta({ example: { purpose: 'court-order', from: '2026-03-01', to: '2026-03-31' } });

/** An export as people who may see it get it. */
export interface ShownExport extends ExportRequest {
  readonly state: ExportState;
  /** Until when it may be approved, or downloaded. A UTC instant. */
  readonly until: string;
  readonly mayApprove: boolean;
  readonly mayDecline: boolean;
  readonly mayDownload: boolean;
}

type Nos<Code extends string> =
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'refused'; readonly refusal: Refusal<Code | 'record-in-doubt'> };
type Sent = { readonly kind: 'invalid'; readonly problems: readonly Problem[] } | Reused;
type Asked = { readonly kind: 'done'; readonly request: ShownExport };
type Unknown = { readonly kind: 'unknown' };

function shown(request: ExportRequest, { rule, now }: ExportParts, visitor: Visitor): ShownExport {
  const state = exportStateAt(request, rule, now);
  const isOwn = request.asked.by === visitor.id;
  const isApprover = isOneOf(visitor, exportApprovers);
  return {
    ...request,
    state,
    until: exportEnds(request, rule),
    mayApprove: state === 'waits' && isApprover && !isOwn,
    mayDecline: state === 'waits' && (isApprover || isOwn),
    mayDownload: state === 'approved' && isOwn,
  };
}

/** Whether this person sees the request. One that names a referral that is closed to them does not exist for them. */
async function isShownTo(parts: ExportParts, { chosen }: ExportRequest, visitor: Visitor): Promise<boolean> {
  if (!('referrals' in chosen)) return true;
  const open = await exportedReferrals(parts, chosen, visitor, chosen.referrals.length);
  return open.length === chosen.referrals.length;
}

/** The person by roles of their own: a delegate neither asks for an export nor approves one. */
const personIn = (parts: ExportParts, visitor: Visitor): Visitor => ownOf({ ...visitor, at: parts.now });

const monthBefore = (month: string): string =>
  exportMonth(new Date(Date.parse(`${month}-01T00:00:00.000Z`) - 1).toISOString());

/** The exports of this month and the one before, the latest first. Undefined for a person who may not see them. */
export async function listExports(parts: ExportParts, by: Visitor): Promise<readonly ShownExport[] | undefined> {
  const visitor = personIn(parts, by);
  if (!isOneOf(visitor, exportAskers)) return undefined;
  const month = exportMonth(parts.now);
  const [before, current] = await Promise.all([parts.ledger.exports(monthBefore(month)), parts.ledger.exports(month)]);
  const all = [...before, ...current].toReversed();
  const isShown = await Promise.all(all.map((each) => isShownTo(parts, each, visitor)));
  return all.filter((_, index) => isShown[index]).map((each) => shown(each, parts, visitor));
}

/** Undefined where there is no such export for this person. */
export async function readExport(parts: ExportParts, by: Visitor, id: string): Promise<ShownExport | undefined> {
  const visitor = personIn(parts, by);
  if (!isOneOf(visitor, exportAskers) || !exportIdPattern.test(id)) return undefined;
  const request = (await parts.ledger.exports(monthOfExport(id))).find((each) => each.id === id);
  return request && (await isShownTo(parts, request, visitor)) ? shown(request, parts, visitor) : undefined;
}

const tooMany = ({ rule }: ExportParts) => refuse('export-too-large/many', { most: rule.mostReferrals });

/** What is wrong with what was chosen, by field. A referral that is closed to the person is as unknown as none. */
async function problemsOf(
  parts: ExportParts,
  visitor: Visitor,
  { referrals, from, to }: z.output<typeof exportInput>,
): Promise<readonly Problem[]> {
  const { rule, now } = parts;
  if (referrals && referrals.length > 0) {
    if (new Set(referrals).size > rule.mostReferrals) return [{ path: 'referrals', sentence: tooMany(parts).sentence }];
    const wrong = await Promise.all(
      referrals.map(async (id) => {
        const one = isReference('CR', id) ? await exportedReferrals(parts, { referrals: [id] }, visitor, 1) : [];
        return one.length === 0;
      }),
    );
    const sentence = 'There is no referral with this reference, or it is not for you to see.';
    return referrals.flatMap((_, index) => (wrong[index] ? [{ path: `referrals[${index}]`, sentence }] : []));
  }
  if (from === undefined || to === undefined) return [];
  if (to > newYorkDate(now)) return [{ path: 'to', sentence: 'This day has not come yet.' }];
  const found = await exportedReferrals(parts, { from, to }, visitor, rule.mostReferrals);
  if (found.length === 0)
    return [{ path: 'from', sentence: 'No referral that you may see was opened in this period.' }];
  return found.length > rule.mostReferrals ? [{ path: 'to', sentence: tooMany(parts).sentence }] : [];
}

/** A key that came before with other content, or another "no" of the chain. */
function noOf<Code extends string>(refusal: Refusal<Code | 'id-reused'>) {
  const { refused, sentence } = refusal;
  if (refused === 'id-reused') return { kind: 'reused' } as const;
  return { kind: 'refused', refusal: { refused: refused as Exclude<Code, 'id-reused'>, sentence } } as const;
}

/** Asks for an export. Nothing is sent yet. */
export async function askForExport(
  parts: ExportParts,
  by: Visitor,
  input: unknown,
  submission?: Submission,
): Promise<Asked | Sent | Nos<never>> {
  const visitor = personIn(parts, by);
  if (!isOneOf(visitor, exportAskers)) return { kind: 'forbidden' };
  const parsed = readInput(exportInput, input);
  if (parsed.problems) return { kind: 'invalid', problems: parsed.problems };
  const problems = await problemsOf(parts, visitor, parsed.data);
  if (problems.length > 0) return { kind: 'invalid', problems };
  const { purpose, referrals = [], from, to } = parsed.data;
  const chosen =
    from !== undefined && to !== undefined ? { from, to } : { referrals: [...new Set(referrals)].toSorted() };
  const month = exportMonth(parts.now);
  const plain = personFrame(parts, visitor, 'ask-export', `${month}.${Date.parse(parts.now)}`);
  const frame = submission ? keyedFrame(plain, month, parsed.data, submission) : plain;
  let id: string | undefined;
  const after = await parts.ledger.changeExports(month, frame, (_, number) => {
    id = exportIdAt(month, number);
    return [{ type: 'export-asked', v: 1, id, purpose, chosen }];
  });
  if (isRefusal(after)) return noOf(after);
  // A repeat under its key decided nothing. It gets the last request of this person for the same.
  const request = after.findLast((each) =>
    id === undefined
      ? each.asked.by === visitor.id && JSON.stringify(each.chosen) === JSON.stringify(chosen)
      : each.id === id,
  );
  if (!request) throw new Error('The chain of exports does not have what was just added.');
  return { kind: 'done', request: shown(request, parts, visitor) };
}

export const exportAnswerInput = z.strictObject({
  answer: z.enum(['approve', 'decline'], { error: 'Answer with approve or decline.' }),
});

/** Approves an export, or says no. The person who asked may take it back, and another administrator may do both. */
export async function decideExport(
  parts: ExportParts,
  by: Visitor,
  id: string,
  input: unknown,
  submission?: Submission,
): Promise<Asked | Sent | Unknown | Nos<'own-export' | 'export-answered' | 'export-over'>> {
  const visitor = personIn(parts, by);
  if (!isOneOf(visitor, exportAskers)) return { kind: 'forbidden' };
  const seen = await readExport(parts, by, id);
  if (!seen) return { kind: 'unknown' };
  const parsed = readInput(exportAnswerInput, input);
  if (parsed.problems) return { kind: 'invalid', problems: parsed.problems };
  const approves = parsed.data.answer === 'approve';
  if (!isOneOf(visitor, exportApprovers) && (approves || seen.asked.by !== visitor.id)) return { kind: 'forbidden' };
  const plain = personFrame(parts, visitor, `${parsed.data.answer}-export`, `${id}.${Date.parse(parts.now)}`);
  const frame = submission ? keyedFrame(plain, id, parsed.data, submission) : plain;
  const after = await parts.ledger.changeExports(monthOfExport(id), frame, (requests) =>
    answerExport(requests, id, approves, { rule: parts.rule, now: parts.now, personId: visitor.id }),
  );
  if (isRefusal(after)) {
    const { refused, sentence } = after;
    return refused === 'no-such-export' ? { kind: 'unknown' } : noOf({ refused, sentence });
  }
  const request = after.find((each) => each.id === id);
  return request ? { kind: 'done', request: shown(request, parts, visitor) } : { kind: 'unknown' };
}

export type DownloadAnswer =
  | { readonly kind: 'done'; readonly file: ExportFile; readonly request: ShownExport }
  | Unknown
  | Nos<'export-not-approved' | 'export-answered' | 'export-over' | 'export-too-large'>;

type NoDownload = Exclude<DownloadAnswer, { readonly kind: 'done' | 'unknown' }> extends Nos<infer Code> ? Code : never;

/** A person who did not ask for it gets no file. */
function refusedDownload(
  refusal: Refusal<NoDownload | 'record-in-doubt' | 'no-such-export' | 'id-reused'>,
): Nos<NoDownload> {
  const { refused, sentence } = refusal;
  if (refused === 'no-such-export' || refused === 'id-reused') return { kind: 'forbidden' };
  return { kind: 'refused', refusal: { refused, sentence } };
}

/**
 * Makes the file and records the download, in the chain of exports and at each referral. That record has the purpose and the
 * person who approved it. Where a record cannot be written, this throws and nothing is sent. Each download is recorded.
 */
export async function downloadExport(parts: ExportParts, by: Visitor, id: string): Promise<DownloadAnswer> {
  const visitor = personIn(parts, by);
  if (!isOneOf(visitor, exportAskers)) return { kind: 'forbidden' };
  const { ledger, rule, now } = parts;
  const seen = await readExport(parts, by, id);
  if (!seen) return { kind: 'unknown' };
  const at = { rule, now, personId: visitor.id };
  const refusal = whyNoDownload(seen, at);
  if (refusal) return refusedDownload(refusal);
  const { purpose, chosen, asked, approved } = seen;
  if (!approved) return { kind: 'unknown' };
  const referrals = await exportedReferrals(parts, chosen, visitor, rule.mostReferrals);
  if (referrals.length > rule.mostReferrals) return { kind: 'refused', refusal: tooMany(parts) };
  const file = exportFile(await exportedRecords(parts, referrals, visitor), {
    request: {
      ...{ id, purpose, askedBy: asked.by, askedAt: asked.at },
      ...{ approvedBy: approved.by, approvedAt: approved.at },
    },
    chosen,
    asOf: now,
  });
  if (file.zip.length > rule.mostBytes) return { kind: 'refused', refusal: refuse('export-too-large/bytes') };
  const frame = personFrame(parts, visitor, 'download-export', `${id}.${Date.parse(now)}`);
  const after = await ledger.changeExports(monthOfExport(id), frame, (requests) => {
    const late = whyNoDownload(
      requests.find((each) => each.id === id),
      at,
    );
    return late ?? [{ type: 'export-downloaded', v: 1, id, digest: file.digest }];
  });
  if (isRefusal(after)) return refusedDownload(after);
  const read = { ...frame, cause: { ...frame.cause, name: 'export', purpose } };
  await Promise.all(referrals.map((each) => ledger.recordAccess(each, read, ['export'], approved.by)));
  const request = after.find((each) => each.id === id) ?? seen;
  return { kind: 'done', file, request: shown(request, parts, visitor) };
}
