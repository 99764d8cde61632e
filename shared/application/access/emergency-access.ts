/**
 * What is shown of an emergency access to those who judge it: who used it, by which duty, why and until when, what the referral is, and
 * what that person read and did since. They may have no access to the referral itself, so nothing of who the child is belongs here.
 */
import { dutiesAbove, type EmergencyAccess, reviewRule, useSubject } from '../../domain/access/emergency-access.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { ruleIn } from '../../domain/policy/policy.ts';
import type { Deadline, Referral } from '../../domain/referral.ts';
import { currentScreening } from '../../domain/referral.ts';
import type { Directory } from '../../store/directory.ts';
import type { Identities } from '../../store/identities.ts';
import type { Ledger, ReferralRead } from '../../store/ledger.ts';
import { accessesOf } from './accesses.ts';
import { sidesOf } from './on-behalf.ts';
import { auditors, isClosedTo, isOneOf, type Visitor, within } from './visitor.ts';

type Uses = Pick<Referral, 'emergencyAccesses' | 'seal' | 'pledges'>;

/** The same person with those duties alone that supervise this use; undefined for the person who used it, and where a seal or a conflict closes it. */
function asSupervisor(state: Uses, access: EmergencyAccess, side: Visitor): Visitor | undefined {
  const isOwn = [side.id, side.onBehalfOf].includes(access.personId);
  if (isOwn || isClosedTo(state, side)) return undefined;
  if (side.onBehalfOf !== undefined && isClosedTo(state, { id: side.onBehalfOf })) return undefined;
  const above = dutiesAbove(access, side.scopes, state);
  const scopes = side.scopes.filter((scope) => above.includes(scope));
  return scopes.length === 0 ? undefined : { ...side, scopes, roles: scopes.map(({ role }) => role) };
}

/** This person in their own right, and for those who handed them their work, as they supervise any use of emergency access here. */
export const supervisingSides = (state: Uses, visitor: Visitor): readonly Visitor[] =>
  sidesOf(visitor).flatMap((side) => {
    const each = (state.emergencyAccesses ?? []).flatMap((access) => asSupervisor(state, access, side) ?? []);
    const scopes = [...new Set(each.flatMap((as) => as.scopes))];
    return scopes.length === 0 ? [] : [{ ...side, scopes, roles: scopes.map(({ role }) => role) }];
  });

/** Which uses this person supervises, and for whom: what the domain is told. */
export const reviewsOf = (state: Uses, visitor: Visitor) =>
  sidesOf(visitor).flatMap((side) =>
    (state.emergencyAccesses ?? []).flatMap((access, index) =>
      asSupervisor(state, access, side) ? [{ use: index + 1, personId: side.onBehalfOf ?? side.id }] : [],
    ),
  );

/** Whether this person may see how emergency access was used here: a supervisor of that use, an administrator or an auditor. */
export const judgesAccess = (state: Referral, visitor: Visitor): boolean =>
  (state.emergencyAccesses ?? []).length > 0 &&
  (supervisingSides(state, visitor).length > 0 ||
    (!isClosedTo(state, visitor) && isOneOf(within(state, visitor), auditors)));

export interface AccessUse {
  /** From 1. */
  readonly use: number;
  readonly personId: string;
  readonly duties: EmergencyAccess['duties'];
  readonly because: EmergencyAccess['because'];
  /** In the words of the person who used it. */
  readonly reason?: string | undefined;
  readonly at: string;
  readonly until: string;
  /** The fields of who the child is that this person read in that hour, each time with its instant. */
  readonly read: readonly { readonly at: string; readonly fields: readonly string[] }[];
  /** The commands of this person in that hour. */
  readonly did: readonly { readonly at: string; readonly command: string }[];
  /** When the review is due; absent where the rules of this referral ask for none. */
  readonly reviewDue?: string | undefined;
  readonly review?: EmergencyAccess['review'];
  /** Whether this visitor may review it now. */
  readonly isYours: boolean;
}

export interface AccessReport {
  readonly referralId: string;
  readonly stage: Referral['stage'];
  readonly receivedAt: string;
  readonly region?: number | undefined;
  readonly office?: string | undefined;
  readonly outcome?: string | undefined;
  readonly danger: Referral['danger'];
  readonly missing: boolean;
  /** What the review is called in the rules. */
  readonly obligation?: string | undefined;
  readonly uses: readonly AccessUse[];
}

interface ReportParts {
  readonly ledger: Pick<Ledger, 'readAfresh' | 'recordAccess'>;
  readonly directory: Pick<Directory, 'person'>;
  readonly identities: Pick<Identities, 'text'>;
  readonly policyOf: (version: string) => Policy;
  /** UTC instant. */
  readonly now: string;
  readonly requestId?: string | undefined;
}

const reviewDeadline = ({ deadlines }: Referral, use: number): Deadline | undefined =>
  Object.values(deadlines).find(({ rule, subject }) => rule === reviewRule && subject === useSubject(use));

/** Undefined for anyone who does not judge it. That the reasons are read is recorded before they are. */
export async function accessReport(
  parts: ReportParts,
  { state, commits, policy }: Pick<ReferralRead, 'state' | 'commits' | 'policy'>,
  visitor: Visitor,
): Promise<AccessReport | undefined> {
  if (!judgesAccess(state, visitor)) return undefined;
  const { ledger, identities, now, requestId } = parts;
  await ledger.recordAccess(
    state.id,
    {
      now,
      actor: { kind: 'person', id: visitor.id },
      cause: {
        kind: 'command',
        name: 'read-emergency-access',
        id: state.id,
        purpose: 'quality-review',
        ...(requestId !== undefined && { requestId }),
      },
    },
    ['emergencyAccessReason'],
  );
  const reads = await accessesOf(parts, state.id);
  const reviews = reviewsOf(state, visitor);
  const isIn = ({ personId, at, until }: EmergencyAccess, who: string, when: string) =>
    who === personId && at <= when && when < until;
  const uses = await Promise.all(
    (state.emergencyAccesses ?? []).map(async (access, index): Promise<AccessUse> => {
      const { personId, duties, because, at, until, review } = access;
      const due = reviewDeadline(state, index + 1)?.due;
      return {
        use: index + 1,
        personId,
        duties,
        because,
        at,
        until,
        reason: state.erased ? undefined : await identities.text(state.id, access.reason),
        read: reads
          .filter((each) => isIn(access, each.personId, each.at))
          .map((each) => ({ at: each.at, fields: each.read.filter((field) => field !== 'apartRecords') }))
          .toReversed(),
        did: commits.flatMap(({ at: when, actor, cause }) =>
          cause.kind === 'command' && cause.name !== 'break-glass' && isIn(access, actor.id, when)
            ? [{ at: when, command: cause.name }]
            : [],
        ),
        ...(due !== undefined && { reviewDue: due }),
        ...(review && { review }),
        isYours: !review && reviews.some((each) => each.use === index + 1),
      };
    }),
  );
  const under = parts.policyOf(policy);
  const outcome = currentScreening(state)?.outcome;
  return {
    referralId: state.id,
    stage: state.stage,
    receivedAt: state.receivedAt,
    ...(state.routing && { region: state.routing.region, office: state.routing.office }),
    ...(outcome && { outcome }),
    danger: state.danger,
    missing: state.missing,
    ...(under.deadlines.some(({ id }) => id === reviewRule) && { obligation: ruleIn(under, reviewRule).obligation }),
    uses,
  };
}
