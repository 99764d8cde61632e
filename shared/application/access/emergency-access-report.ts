/**
 * The report of emergency accesses, for the people who judge them. It says who used it, by which duty, why and until when. It
 * adds what the referral is, and what that person read and did. Its readers may have no access to the referral, so nothing in it
 * says who the child is.
 */

import type { EmergencyAccess } from '../../domain/access/access-state.ts';
import { dutiesAbove, reviewRule, useSubject } from '../../domain/access/emergency-access.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import type { Deadline } from '../../domain/deadlines/deadline-state.ts';
import { isMissing } from '../../domain/missing/absences.ts';
import { type Policy, ruleIn } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import { currentScreening } from '../../domain/screening/current-screening.ts';
import type { Directory } from '../../store/directory-reads.ts';
import type { Identities } from '../../store/identities.ts';
import type { Ledger, ReferralRead } from '../../store/ledger.ts';
import { isUnreadable, named } from '../../store/sealed-content.ts';
import { stepName } from '../read/shown-events.ts';
import { accessesOf } from './accesses.ts';
import { sidesOf } from './on-behalf.ts';
import { auditors, isClosedTo, isOneOf, type Visitor, within } from './visitor.ts';

type Uses = {
  readonly access: Pick<Referral['access'], 'emergencyAccesses' | 'seal'>;
  readonly team: Pick<Referral['team'], 'confidentialityAgreements'>;
};

/**
 * The person with only the duties that supervise this use. Undefined for the person who used it, and where a seal or conflict of
 * interest closes the referral.
 */
function asSupervisor(state: Uses, access: EmergencyAccess, side: Visitor): Visitor | undefined {
  const isOwn = [side.id, side.onBehalfOf].includes(access.personId);
  if (isOwn || isClosedTo(state, side)) return undefined;
  if (side.onBehalfOf !== undefined && isClosedTo(state, { id: side.onBehalfOf })) return undefined;
  const above = dutiesAbove(access, side.scopes, state);
  const scopes = side.scopes.filter((scope) => above.includes(scope));
  return scopes.length === 0 ? undefined : { ...side, scopes, roles: scopes.map(({ role }) => role) };
}

/** The person for themselves, and for each person on leave, with the duties that supervise any use here. */
export const supervisingSides = (state: Uses, visitor: Visitor): readonly Visitor[] =>
  sidesOf(visitor).flatMap((side) => {
    const each = (state.access.emergencyAccesses ?? []).flatMap((access) => asSupervisor(state, access, side) ?? []);
    const scopes = [...new Set(each.flatMap((as) => as.scopes))];
    return scopes.length === 0 ? [] : [{ ...side, scopes, roles: scopes.map(({ role }) => role) }];
  });

/** Which uses this person may review, and for which person: the lookup of the review command. */
export const reviewsOf = (state: Uses, visitor: Visitor) =>
  sidesOf(visitor).flatMap((side) =>
    (state.access.emergencyAccesses ?? []).flatMap((access, index) =>
      asSupervisor(state, access, side) ? [{ use: index + 1, personId: side.onBehalfOf ?? side.id }] : [],
    ),
  );

/** Whether this person may see how emergency access was used here: supervisors of a use, administrators and auditors. */
export const judgesAccess = (state: Referral, visitor: Visitor): boolean =>
  (state.access.emergencyAccesses ?? []).length > 0 &&
  (supervisingSides(state, visitor).length > 0 ||
    (!isClosedTo(state, visitor) && isOneOf(within(state, visitor), auditors)));

function unlessUnreadable(error: unknown): string {
  if (!isUnreadable(error)) throw error;
  return 'This cannot be read. Tell an administrator.';
}

export interface AccessUse {
  /** The number of the use, from 1. */
  readonly use: number;
  readonly personId: string;
  readonly duties: EmergencyAccess['duties'];
  readonly because: EmergencyAccess['because'];
  /** The reason, in the words of the person who used it. */
  readonly reason?: string | undefined;
  readonly at: string;
  readonly until: string;
  /** The identity fields that this person read in that hour, each time with its instant. */
  readonly read: readonly { readonly at: string; readonly fields: readonly string[] }[];
  /** The commands of this person in that hour. */
  readonly did: readonly { readonly at: string; readonly command: string }[];
  /** When the review is due. Absent where the policy of this referral asks for none. */
  readonly reviewDue?: string | undefined;
  readonly review?: EmergencyAccess['review'];
  /** Whether the visitor may review it now. */
  readonly isYours: boolean;
}

export interface AccessReport {
  readonly referralId: string;
  readonly stage: Referral['stage'];
  readonly receivedAt: string;
  readonly region?: number | undefined;
  readonly office?: string | undefined;
  readonly outcome?: string | undefined;
  /** For the supervisors of a use alone. Administrators and auditors see the pathway. */
  readonly danger?: Referral['response']['danger'];
  readonly missing?: boolean;
  /** The obligation of the review's rule in the policy. */
  readonly obligation?: string | undefined;
  readonly uses: readonly AccessUse[];
}

interface ReportParts {
  readonly ledger: Pick<Ledger, 'accessRecords' | 'recordAccess'>;
  readonly directory: Pick<Directory, 'person'>;
  readonly identities: Pick<Identities, 'text'>;
  readonly policyOf: (version: string) => Policy;
  /** UTC instant. */
  readonly now: string;
  readonly requestId?: string | undefined;
}

const reviewDeadline = ({ deadlines }: Referral, use: number): Deadline | undefined =>
  Object.values(deadlines).find(({ rule, subject }) => rule === reviewRule && subject === useSubject(use));

/** The report of all uses. Undefined for a person who may not judge them. Records first that the reasons are read. */
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
        ...whereKnown({ requestId }),
      },
    },
    ['emergencyAccessReason'],
  );
  const reads = await accessesOf(parts, state.id);
  const supervises = supervisingSides(state, visitor).length > 0;
  const reviews = reviewsOf(state, visitor);
  const isIn = ({ personId, at, until }: EmergencyAccess, who: string, when: string) =>
    who === personId && at <= when && when < until;
  const uses = await Promise.all(
    (state.access.emergencyAccesses ?? []).map(async (access, index): Promise<AccessUse> => {
      const { personId, duties, because, at, until, review } = access;
      const due = reviewDeadline(state, index + 1)?.due;
      return {
        use: index + 1,
        personId,
        duties,
        because,
        at,
        until,
        reason: state.identity.erased
          ? undefined
          : await named(identities.text(state.id, access.reason)).catch(unlessUnreadable),
        read: reads
          .filter((each) => isIn(access, each.personId, each.at))
          .map((each) => ({ at: each.at, fields: each.read.filter((field) => field !== 'part2Records') }))
          .toReversed(),
        did: commits.flatMap(({ at: when, actor, cause, events }) =>
          cause.kind === 'command' && cause.name !== 'take-emergency-access' && isIn(access, actor.id, when)
            ? [{ at: when, command: supervises ? cause.name : stepName(cause.name, events) }]
            : [],
        ),
        ...whereKnown({ reviewDue: due }),
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
    receivedAt: state.report.receivedAt,
    ...(state.places.routing && { region: state.places.routing.region, office: state.places.routing.office }),
    ...(supervises && { danger: state.response.danger, missing: isMissing(state), ...whereKnown({ outcome }) }),
    ...(under.deadlines.some(({ id }) => id === reviewRule) && { obligation: ruleIn(under, reviewRule).obligation }),
    uses,
  };
}
