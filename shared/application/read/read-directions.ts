/** Reads words about the team's meetings: how to come, and minutes. Each read is recorded first, with its purpose. */
import { staff } from '../../domain/core/role-groups.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import type { Referral } from '../../domain/referral.ts';
import type { Identities } from '../../store/identities.ts';
import type { Ledger } from '../../store/ledger.ts';
import { isUnreadable, named } from '../../store/sealed-content.ts';
import { principalFor } from '../access/on-behalf.ts';
import type { Purpose } from '../access/purposes.ts';
import { type Visitor, within } from '../access/visitor.ts';

export interface Directions {
  readonly meeting?: string;
  readonly interview?: string;
  /** Of the last case review. */
  readonly minutes?: string;
  /** Those that were written and cannot be read. */
  readonly unreadable?: readonly DirectionsOf[];
}

/** What the record of the read calls each. */
const fields = { meeting: 'meetingDirections', interview: 'interviewDirections', minutes: 'reviewMinutes' } as const;
type DirectionsOf = keyof typeof fields;

/** How to come to the meeting and to the interview. */
export const waysToCome = ['meeting', 'interview'] as const;

/**
 * The wanted words: for the meeting ahead, for the interview, and the last minutes. The caller has checked that the person
 * reads the facts.
 * `now` is a UTC instant. Erased words are left out. Those that cannot be read are named as `unreadable`.
 */
export async function readDirections(
  parts: {
    readonly ledger: Pick<Ledger, 'recordAccess'>;
    readonly identities: Pick<Identities, 'text'>;
    readonly now: string;
    readonly requestId?: string | undefined;
    readonly onUnreadable?: ((error: unknown) => void) | undefined;
  },
  visitor: Visitor,
  state: Referral,
  purpose: Purpose,
  wanted: readonly DirectionsOf[] = waysToCome,
): Promise<Directions> {
  const {
    id,
    team: { meeting },
    response: { interview },
    review,
    identity: { erased },
  } = state;
  const { ledger, identities, now, requestId } = parts;
  const ids = {
    meeting: meeting?.status === 'scheduled' ? meeting.directions : undefined,
    interview: interview?.directions,
    minutes: review?.last?.meetingNotes,
  };
  const asked = wanted.filter((each) => ids[each] !== undefined);
  if (erased || asked.length === 0) return {};
  const cause = { kind: 'command', name: 'read-directions', id, purpose, ...whereKnown({ requestId }) } as const;
  const onBehalfOf = principalFor(within(state, visitor), staff);
  const frame = { now, actor: { kind: 'person', id: visitor.id }, onBehalfOf, cause } as const;
  await ledger.recordAccess(
    id,
    frame,
    asked.map((each) => fields[each]),
  );
  const unreadable: DirectionsOf[] = [];
  const text = async (of: DirectionsOf) => {
    const textId = ids[of];
    try {
      return textId === undefined ? undefined : await named(identities.text(id, textId));
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      parts.onUnreadable?.(error);
      unreadable.push(of);
      return undefined;
    }
  };
  const read = await Promise.all(asked.map(async (each) => [each, await text(each)] as const));
  return { ...whereKnown(Object.fromEntries(read)), ...(unreadable.length > 0 && { unreadable }) };
}
