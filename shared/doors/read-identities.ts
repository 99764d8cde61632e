/** Reads who the child is. Each read is written down first, and where it cannot be written down it does not happen. */
import type { Referral } from '../domain/referral.ts';
import type { Identities, Reporter } from '../store/identities.ts';
import type { Ledger } from '../store/ledger.ts';
import { mayReadApart, mayReadChild, mayReadReporter, type Visitor } from './visitor.ts';

export interface IdentityView {
  readonly childName?: string | undefined;
  readonly birthDate?: string | undefined;
  readonly safeContact?: string | undefined;
  readonly narrative?: string | undefined;
  /** Places outside the policy's towns, as they were reported. */
  readonly places?: string | undefined;
  readonly reporter?: Reporter | undefined;
  /** Why a withdrawal is proposed, for the second person. */
  readonly withdrawalReason?: string | undefined;
  /** The records that stand apart, oldest first. They must not be told on (42 CFR 2.32). */
  readonly apartRecords?: readonly string[] | undefined;
}

/** `now` is a UTC instant. Undefined for somebody who works with the referral but not with the child. */
export async function readIdentities(
  parts: {
    readonly ledger: Pick<Ledger, 'recordAccess'>;
    readonly identities: Pick<Identities, 'childName' | 'birthDate' | 'text' | 'apart' | 'reporter'>;
    readonly now: string;
    readonly requestId?: string | undefined;
  },
  visitor: Visitor,
  state: Referral,
): Promise<IdentityView | undefined> {
  const { ledger, identities, now, requestId } = parts;
  if (!mayReadChild(state, visitor)) return undefined;
  const withReporter = mayReadReporter(state, visitor);
  const withApart = state.apartRecords.length > 0 && mayReadApart(state, visitor);
  await ledger.recordAccess(
    state.id,
    {
      now,
      actor: { kind: 'person', id: visitor.id },
      cause: { kind: 'command', name: 'read-identities', id: state.id, ...(requestId !== undefined && { requestId }) },
    },
    ['child', 'birth', 'text', ...(withReporter ? ['reporter'] : []), ...(withApart ? ['apart'] : [])],
  );
  const { safeContact, narrative, places } = state.texts;
  const [childName, birthDate, safeContactText, placesText, narrativeText, reporter, withdrawalReason] =
    await Promise.all([
      identities.childName(state.id),
      identities.birthDate(state.id),
      safeContact === undefined ? undefined : identities.text(state.id, safeContact),
      places === undefined ? undefined : identities.text(state.id, places),
      withReporter ? identities.text(state.id, narrative) : undefined,
      withReporter ? identities.reporter(state.id) : undefined,
      state.withdrawal && state.stage === 'open' ? identities.text(state.id, state.withdrawal.reason) : undefined,
    ]);
  const apart = await Promise.all(withApart ? state.apartRecords.map((id) => identities.apart(state.id, id)) : []);
  return {
    ...(withApart && { apartRecords: apart.filter((record) => record !== undefined) }),
    childName,
    birthDate,
    safeContact: safeContactText,
    places: placesText,
    narrative: narrativeText,
    reporter,
    withdrawalReason,
  };
}
