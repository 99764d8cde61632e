/** Takes one report: identities to the vault, one referral for each child in the ledger. It refuses nothing that parses. */
import { ageOn, newYorkDate } from '../domain/due.ts';
import { event } from '../domain/events.ts';
import { referenceFrom } from '../domain/ids.ts';
import { isRefusal } from '../domain/refusal.ts';
import { type ChildInput, childFactsOf, type ReportInput, reportInput } from '../domain/report.ts';
import { needsConfirmation, routeTown, teamsOf } from '../policy/geography.ts';
import { birthPart, childPart, type Identities, type Part, reporterPart, textPart } from '../store/identities.ts';
import type { Ledger } from '../store/ledger.ts';
import type { Problem } from './problems.ts';
import { reportProblems } from './report-problems.ts';
import type { Digests } from './secret.ts';
import type { Visitor } from './visitor.ts';

export interface ReportParts {
  readonly ledger: Pick<Ledger, 'changeReferral'>;
  readonly identities: Pick<Identities, 'putPending' | 'confirmAll'>;
  readonly digests: Digests;
  /** UTC instant. */
  readonly now: string;
}

export type ReportAnswer =
  | {
      readonly kind: 'taken';
      readonly reportId: string;
      readonly referralIds: readonly string[];
      readonly repeated: boolean;
    }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/**
 * `key` identifies this submission of this person: given again, the answer is the same and nothing is stored twice.
 * Where it stops half-way, submitting again completes it.
 */
export async function takeReport(
  parts: ReportParts,
  visitor: Visitor,
  key: string,
  input: unknown,
): Promise<ReportAnswer> {
  const parsed = reportInput.safeParse(input);
  const problems = reportProblems(input, parts.now);
  if (!parsed.success || problems.length > 0) return { kind: 'invalid', problems };

  const { digests } = parts;
  const report = parsed.data;
  const reportId = referenceFrom('RP', digests.bytes('report', visitor.id, key));
  const referralIds = report.children.map((_, index) =>
    referenceFrom('CR', digests.bytes('referral', visitor.id, key, String(index))),
  );
  let repeated = false;
  for (const [index, child] of report.children.entries()) {
    const referralId = referralIds[index] ?? '';
    const siblings = referralIds.filter((other) => other !== referralId);
    repeated = (await openReferral(parts, visitor, { reportId, referralId, siblings }, report, child)) || repeated;
  }
  return { kind: 'taken', reportId, referralIds, repeated };
}

interface Ids {
  readonly reportId: string;
  readonly referralId: string;
  readonly siblings: readonly string[];
}

async function openReferral(
  { ledger, identities, digests, now }: ReportParts,
  visitor: Visitor,
  { reportId, referralId, siblings }: Ids,
  report: ReportInput,
  child: ChildInput,
): Promise<boolean> {
  const receivedAt = report.receivedAt ?? now;
  const commandId = `OPEN-${referralId}`;
  const texts = { narrative: 'NARRATIVE', ...(child.safeContact !== undefined && { safeContact: 'SAFE-CONTACT' }) };
  const vault: Part[] = [{ key: textPart(referralId, 'NARRATIVE'), content: report.narrative }];
  if (child.safeContact !== undefined)
    vault.push({ key: textPart(referralId, 'SAFE-CONTACT'), content: child.safeContact });
  if (child.name) vault.push({ key: childPart(referralId), content: child.name });
  if (child.birthDate !== undefined) vault.push({ key: birthPart(referralId), content: child.birthDate });
  if (report.reporter) vault.push({ key: reporterPart(referralId), content: JSON.stringify(report.reporter) });

  const age =
    child.birthDate === undefined || child.birthDate > newYorkDate(receivedAt)
      ? undefined
      : ageOn(child.birthDate, receivedAt);
  const routing = routingOf(child, receivedAt);
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
    child: childFactsOf(child, age),
    texts,
    ...(routing && { routing }),
    ...(blindIndex !== undefined && { blindIndex }),
  });

  await identities.putPending(vault, { referralId, commandId, now });
  const changed = await ledger.changeReferral(
    referralId,
    {
      now,
      actor: { kind: 'person', id: visitor.id },
      cause: { kind: 'command', name: 'open-referral', id: commandId },
    },
    (state) => (state ? [] : [opened]),
  );
  if (!changed || isRefusal(changed)) throw new Error('Opening a referral is never refused.');
  await identities.confirmAll(vault);
  return changed.repeated;
}

/** Where the child lives decides office and district; without that, where it happened, then where the child is now. */
function routingOf({ residenceTown, occurrenceTown, presentTown }: ChildInput, receivedAt: string) {
  for (const town of [residenceTown, occurrenceTown, presentTown]) {
    const route = routeTown(town, newYorkDate(receivedAt));
    const teams = route ? teamsOf(route.judicialDistrict.value) : [];
    const team = teams[0];
    if (!route || !team) continue;
    return {
      town: route.town,
      region: route.region.value,
      office: route.office.value,
      judicialDistrict: route.judicialDistrict.value,
      team: team.id,
      confirmed: !needsConfirmation(route) && teams.length === 1,
    };
  }
  return undefined;
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
