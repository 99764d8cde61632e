/**
 * Makes a file of the page of returns. It tells facts about children, so each referral in it must be open to the person. Each read is
 * recorded before the file is made. A return is whole or it is not made.
 */
import * as z from 'zod';
import { identityPurposes, type Role } from '../../domain/core/vocabulary.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { formatDate } from '../../domain/policy/due.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { dialects } from '../../reports/htcds/dialects.ts';
import { withIdentity } from '../../reports/htcds/export.ts';
import { type ReturnMade, returnFile, returnFileNames } from '../../reports/returns-report.ts';
import type { Identities } from '../../store/identities.ts';
import { inBatches } from '../../store/in-turns.ts';
import type { Ledger, ReferralRead } from '../../store/ledger.ts';
import { openFacts } from '../access/open-facts.ts';
import { fittingPurposes, type Purpose } from '../access/purposes.ts';
import { isOneOf, mayReadChild, seesWhole, type Visitor } from '../access/visitor.ts';
import { readIdentities } from '../read/read-identities.ts';
import type { RowsRead } from '../read/report-rows.ts';

/** Who answers for the whole state, and so may make a return of it. */
export const returnMakers: readonly Role[] = ['careline-manager', 'program-manager', 'hart-director'];

/** More referrals are not read for one file. */
export const mostInReturn = 1000;
/** More identities are not read for one file. */
export const mostNamed = 200;
const atOnce = 10;
/** So many reads are recorded for one request, which must answer within half a minute. */
const mostRecorded = 40;

export const askedReturn = z.strictObject({
  file: z
    .enum(returnFileNames, { error: `Choose one of ${returnFileNames.join(', ')}.` })
    .meta({ description: 'Which file.', example: 'afcars-1' }),
  year: z
    .string()
    .regex(/^20\d\d$/, 'Give the year in four digits, such as 2026.')
    .transform(Number)
    .meta({ description: 'The federal fiscal year, of a reconciliation the state fiscal year.', example: '2026' }),
  agency: z.string().max(64, 'An id is shorter.').optional().meta({
    description: 'The police agency of a reconciliation.',
    example: 'A-OTHER',
  }),
  dialect: z.enum(dialects).optional().meta({ description: 'How HTCDS spells its headings.', example: 'standard' }),
  purpose: z.enum(identityPurposes).optional().meta({
    description:
      'Of HTCDS: names are in the file, each read for this purpose and recorded first. Without it there is no name.',
    example: 'quality-review',
  }),
});
export type AskedReturnFile = z.infer<typeof askedReturn>;

/** A read of the vault, a record of it, and what one record covers. */
export interface ReturnDoor {
  readonly ledger: Pick<Ledger, 'referral' | 'recordFactRead' | 'factReads' | 'recordAccess'>;
  readonly identities: Parameters<typeof readIdentities>[0]['identities'] & Partial<Identities>;
  readonly policyOf: (version: string) => Policy;
  /** UTC instant. */
  readonly now: string;
  readonly session: string;
  readonly requestId?: string | undefined;
  /** How many reads one request records. */
  readonly mostRecorded?: number;
}

export type MadeReturn =
  | {
      readonly name: string;
      readonly csv: string;
      readonly rows: number;
      /** The referrals in it. */
      readonly references: readonly string[];
    }
  | { readonly refused: 'return-not-whole'; readonly given: { readonly closed: number } }
  | { readonly refused: 'return-unreadable'; readonly given: { readonly unread: number } }
  | { readonly refused: 'return-too-large'; readonly given: { readonly most: number } }
  | { readonly refused: 'return-period-runs'; readonly given: { readonly day: string } }
  | { readonly refused: 'return-goes-on'; readonly given: { readonly left: number } }
  | { readonly refused: 'no-such-return' };

const identityColumns = ['childName', 'birthDate', 'phone'] as const;

/** The file, or why it is not made. Where a record cannot be written it rejects, and nothing was shown. */
export async function makeReturn(
  door: ReturnDoor,
  visitor: Visitor,
  { rows, asOf }: Pick<RowsRead, 'rows' | 'asOf'>,
  { purpose, ...asked }: AskedReturnFile,
): Promise<MadeReturn> {
  const wanted = returnFile(rows, asked, asOf);
  if (!wanted) return { refused: 'no-such-return' };
  if (!wanted.hasEnded) return { refused: 'return-period-runs', given: { day: formatDate(wanted.period.before) } };
  const isNamed = asked.file === 'htcds' && purpose !== undefined;
  const most = isNamed ? mostNamed : mostInReturn;
  if (wanted.references.length > most) return { refused: 'return-too-large', given: { most } };
  const person = { ...visitor, at: door.now };
  const reads = (await inBatches(atOnce, wanted.references, (id) => door.ledger.referral(id))).flatMap(
    (read) => read ?? [],
  );
  // A row may be an hour behind a seal. What was sealed meanwhile is in no file, and no one is told.
  const sealed = new Set(reads.filter(({ state }) => state.access.seal).map(({ state }) => state.id));
  const open = reads.filter(({ state }) => !sealed.has(state.id));
  const isOpen = ({ state }: ReferralRead): boolean =>
    seesWhole(state, person) &&
    fittingPurposes(state, person).includes(purpose ?? 'quality-review') &&
    (!isNamed || mayReadChild(state, person));
  const closed = open.filter((read) => !isOpen(read)).length;
  if (closed > 0 || !isOneOf(visitor, returnMakers))
    return { refused: 'return-not-whole', given: { closed: Math.max(closed, 1) } };
  const known = new Set(open.map(({ state }) => state.id));
  // A row without a referral, as of a played history that was cut, is left out too.
  const made = returnFile(
    rows.filter(({ id }) => !wanted.references.includes(id) || known.has(id)),
    asked,
    asOf,
  );
  if (!made) return { refused: 'no-such-return' };
  let recorded = 0;
  const ledger: ReturnDoor['ledger'] = {
    ...door.ledger,
    recordFactRead: async (...given) => {
      recorded += 1;
      await door.ledger.recordFactRead(...given);
    },
  };
  const opened = await inBatches(
    atOnce,
    open,
    (read) =>
      openFacts({ ...door, ledger }, { ...read, policy: door.policyOf(read.policy) }, person, {
        said: purpose ?? 'quality-review',
      }),
    () => recorded >= (door.mostRecorded ?? mostRecorded),
  );
  // What is recorded holds for the session, so the next request goes on where this one ended.
  if (opened.length < open.length) return { refused: 'return-goes-on', given: { left: open.length - opened.length } };
  if (opened.some(({ depth }) => depth !== 'facts'))
    return { refused: 'return-not-whole', given: { closed: opened.filter(({ depth }) => depth !== 'facts').length } };
  const { name, rows: count, references } = made;
  const named = isNamed ? await namedCases(door, person, made, open, purpose) : [];
  const unread = named.filter((each) => each.isUnreadable).length;
  if (unread > 0) return { refused: 'return-unreadable', given: { unread } };
  const csv = made.text(isNamed ? named.map((each) => each.fields) : undefined);
  return { name: isNamed ? `${name}-with-names` : name, csv, rows: count, references };
}

/**
 * The cases with who each child is. Each read of the vault is recorded first. A name that cannot be read is none that no one knew, so
 * no file is made of it.
 */
async function namedCases(
  { ledger, identities, now, requestId }: ReturnDoor,
  person: Visitor,
  { cases = [] }: ReturnMade,
  open: readonly ReferralRead[],
  purpose: Purpose,
) {
  const states = new Map(open.map(({ state }) => [state.id, state] as const));
  return await inBatches(atOnce, cases, async (each) => {
    const state = states.get(each.ct_Reference ?? '');
    const parts = { ledger, identities, now, ...whereKnown({ requestId }) };
    const identity = state && (await readIdentities(parts, person, state, purpose, []));
    return {
      fields: identity ? withIdentity(each, identity) : each,
      isUnreadable: identityColumns.some((field) => identity?.unreadable?.includes(field)),
    };
  });
}
