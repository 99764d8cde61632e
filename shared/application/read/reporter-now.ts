import { whereKnown } from '../../domain/core/where-known.ts';
import type { Referral } from '../../domain/referral.ts';
import type { Identities, Reporter } from '../../store/identities.ts';

/** The reporter with all corrections. Each part may have been corrected by itself. */
export async function reporterNow(
  identities: Pick<Identities, 'reporter'>,
  referralId: string,
  { reporterName, reporterPhone, reporterEmail, reporterRelation }: NonNullable<Referral['identity']['corrections']>,
): Promise<Reporter | undefined> {
  const by = { name: reporterName, phone: reporterPhone, email: reporterEmail, relation: reporterRelation };
  const ids = [...new Set(Object.values(by))];
  const parts = new Map(
    await Promise.all(ids.map(async (id) => [id, await identities.reporter(referralId, id)] as const)),
  );
  const members = (Object.keys(by) as (keyof typeof by)[]).flatMap((member) => {
    const text = parts.get(by[member])?.[member];
    return text === undefined ? [] : [[member, text] as const];
  });
  // No correction is about it: a wrong one is told in a note.
  const safeNumber = (parts.get(undefined) ?? (await identities.reporter(referralId)))?.safeNumber;
  const reporter = { ...Object.fromEntries(members), ...whereKnown({ safeNumber }) };
  return Object.keys(reporter).length > 0 ? reporter : undefined;
}
