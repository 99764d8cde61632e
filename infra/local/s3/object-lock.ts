/** Object Lock: until when a version can be neither deleted nor released earlier. Pure. */
import { invalidArgument, malformedXml, protectedByLock } from './failure.ts';
import { readFlat } from './xml.ts';

export const lockModes = ['COMPLIANCE', 'GOVERNANCE'] as const;
export type LockMode = (typeof lockModes)[number];

export interface Retention {
  readonly mode: LockMode;
  /** Epoch milliseconds. */
  readonly until: number;
}

/** What a bucket gives to each new version that brings no retention of its own. */
export interface DefaultRetention {
  readonly mode: LockMode;
  readonly days: number;
}

const day = 86_400_000;
const isMode = (text: string): text is LockMode => (lockModes as readonly string[]).includes(text);

/** Throws for a date that has passed. `now` and the result's `until` are epoch milliseconds. */
function future(date: number, now: number, argument: string, given: string): number {
  if (date <= now) throw invalidArgument('The retain until date must be in the future!', argument, given);
  return date;
}

const modeHeader = 'x-amz-object-lock-mode';
const untilHeader = 'x-amz-object-lock-retain-until-date';

/** The retention that the headers of a PutObject ask for. Throws S3Error where they are not whole or not valid. */
export function retentionOfHeaders(headers: Readonly<Record<string, string>>, now: number): Retention | undefined {
  const { [modeHeader]: mode, [untilHeader]: until } = headers;
  if (mode === undefined && until === undefined) return undefined;
  if (mode === undefined || until === undefined) {
    const sentence = `${untilHeader} and ${modeHeader} must both be supplied`;
    throw invalidArgument(sentence, mode === undefined ? modeHeader : untilHeader);
  }
  if (!isMode(mode)) throw invalidArgument('Unknown wormMode directive.', modeHeader, mode);
  const date = Date.parse(until);
  if (Number.isNaN(date))
    throw invalidArgument('The retain until date must be provided in ISO 8601 format', untilHeader, until);
  return { mode, until: future(date, now, untilHeader, until) };
}

/** The retention in the body of a PutObjectRetention. Undefined where it is to be taken away. Throws S3Error. */
export function retentionOfBody(body: string, now: number): Retention | undefined {
  const read = readFlat(body, 'Retention');
  if (!read) throw malformedXml();
  const { Mode: mode, RetainUntilDate: until, ...unknown } = read;
  if (Object.keys(unknown).length > 0) throw malformedXml();
  if (mode === undefined && until === undefined) return undefined;
  const date = Date.parse(until ?? '');
  if (mode === undefined || !isMode(mode) || Number.isNaN(date)) throw malformedXml();
  return { mode, until: future(date, now, 'RetainUntilDate', until ?? '') };
}

export const retentionFrom = ({ mode, days }: DefaultRetention, now: number): Retention => ({
  mode,
  until: now + days * day,
});

/** Whole and partial days that are left, as the condition key `s3:object-lock-remaining-retention-days` counts them. */
export const remainingDays = ({ until }: Retention, now: number): number => Math.ceil((until - now) / day);

const holds = (retention: Retention | undefined, now: number): retention is Retention =>
  retention !== undefined && retention.until > now;

/** Throws S3Error `AccessDenied` where a version may not be deleted yet. Only governance can be bypassed. */
export function requireDeletable(retention: Retention | undefined, now: number, bypass: boolean): void {
  if (holds(retention, now) && !(retention.mode === 'GOVERNANCE' && bypass)) throw protectedByLock();
}

/**
 * Throws S3Error `AccessDenied` unless a version's retention may become another. Compliance can only be lengthened. So
 * can governance, unless it is bypassed. Governance may become compliance.
 */
export function requireChangeable(
  before: Retention | undefined,
  after: Retention | undefined,
  now: number,
  bypass: boolean,
): void {
  if (!holds(before, now)) return;
  if (before.mode === 'GOVERNANCE' && bypass) return;
  const isLonger = after !== undefined && after.until >= before.until;
  const isAsStrict = after?.mode === before.mode || after?.mode === 'COMPLIANCE';
  if (!isLonger || !isAsStrict) throw protectedByLock();
}
