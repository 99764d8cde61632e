/** Who the child is, as this reader may read it from the vault. */
import type { IdentityView } from '../../../shared/application/read/read-identities.ts';
import type { ProviderView, ReferralView } from '../../../shared/application/read/view.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { Alert } from '../app/components/alert.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';

const unreadableContact = 'There are words about safe contact that cannot be read: do not call before you know them.';
const callBackWords = 'Look above whether we may call back, and who may hear it.';
const unreadableWords = 'This cannot be read. Tell an administrator.';

const opening = { reason: 'Choose a reason', acceptance: 'Accept the referral' } as const;

/** What a provider knows of the child before it accepts the service, or after it has declined. */
export const ChildOfOffer = ({
  view: { ageBand, residenceTown },
  isOffered,
}: {
  readonly view: Pick<ProviderView, 'ageBand' | 'residenceTown'>;
  readonly isOffered: boolean;
}) => (
  <>
    <h2>The child</h2>
    <SummaryList
      pairs={[
        ['Age', words(ageBand)],
        ['Lives in', { unknown: 'Unknown', other: 'Another place' }[residenceTown] ?? residenceTown],
      ]}
    />
    <p>
      {isOffered
        ? 'Accept the referral to see who the child is. If the service does not fit, decline it.'
        : 'Who the child is, is not for you to read.'}
    </p>
  </>
);

/** Who and where the child is, for the person who goes there. The rest is on a page of its own. */
export function ChildInShort({
  view,
  identities,
}: {
  readonly view: Pick<ReferralView, 'ageBand'>;
  readonly identities: IdentityView | undefined;
}) {
  if (!identities || identities.erased) return <Identity identities={identities} />;
  const name =
    identities.childName ?? (identities.unreadable?.includes('childName') ? unreadableWords : 'Name unknown');
  return (
    <>
      <p>
        <strong>Child:</strong> {name}, age {wordsInside(view.ageBand)}
      </p>
      {identities.callNotes !== undefined && <p class="prose">{identities.callNotes}</p>}
    </>
  );
}

/** In place of the words of an identity when the vault or the record of the read failed. */
export const FactsAway = ({ hasForms }: { readonly hasForms: boolean }) => (
  <Alert kind="error" heading="The facts cannot be shown now">
    {hasForms ? (
      <p>Calls and steps below still work. Load this page again in a minute for the rest.</p>
    ) : (
      <p>
        Calls below still work. The forms of your steps are away too. Load this page again in a minute. Is it urgent?
        Call the Careline supervisor on duty.
      </p>
    )}
  </Alert>
);

export function SafeContact({
  view,
  identities,
  opensBy,
  isAway = false,
}: {
  readonly view: Pick<ReferralView, 'hasSafeContact'>;
  readonly identities: IdentityView | undefined;
  /** What the reader does first to read it: choose a reason, or accept the service that is offered. */
  readonly opensBy?: keyof typeof opening | undefined;
  /** Whether the vault or the record of the read failed. */
  readonly isAway?: boolean;
}) {
  if (!view.hasSafeContact) return null;
  const isEmpty =
    identities && !identities.erased && !identities.safeContact && identities.safeContactWithheld === undefined;
  const isUnknown = isAway || isEmpty || identities?.unreadable?.includes('safeContact');
  return (
    <Alert kind="warning" heading="Safe contact">
      {identities?.safeContact !== undefined && <p class="prose">{identities.safeContact}</p>}
      {identities?.safeContactWithheld !== undefined && <p>{identities.safeContactWithheld}</p>}
      {isUnknown && <p>{unreadableContact}</p>}
      {!identities && !isAway && opensBy !== undefined && (
        <p>There is a note on safe contact. {opening[opensBy]} to read it. Contact no one before that.</p>
      )}
      {!identities && !isAway && opensBy === undefined && (
        <p>
          There is a note on how the child may be contacted safely, which is not for you to read. Contact no one without
          asking the caseworker.
        </p>
      )}
    </Alert>
  );
}

export function Identity({ identities }: { readonly identities: IdentityView | undefined }) {
  if (!identities) return <p>Who the child is, is not for you to read.</p>;
  if (identities.erased) {
    const { at, ground } = identities.erased;
    return (
      <p>
        Who the child is was erased {formatInstant(at)} ({wordsInside(ground)}).
      </p>
    );
  }
  const { childName, birthDate, phone, priorIds, places, callNotes, narrative, reporter } = identities;
  const { withdrawalReason, part2Records } = identities;
  const isLost = (field: string) => identities.unreadable?.includes(field) === true;
  const unknown = (field: string) => (isLost(field) ? unreadableWords : 'Unknown');
  return (
    <>
      <h2>The child</h2>
      <SummaryList
        pairs={[
          ['Name', childName ?? unknown('childName')],
          ['Date of birth', birthDate ?? unknown('birthDate')],
          ...(isLost('knownBy') ? ([['Telephone and older references', unreadableWords]] as const) : []),
          ...(isLost('reporter') ? ([['Reporter', unreadableWords]] as const) : []),
          ...(phone ? ([['Telephone', phone]] as const) : []),
          ...(priorIds ? ([['References in older records', priorIds]] as const) : []),
          ...(reporter
            ? ([
                [
                  'Reporter',
                  [reporter.name, reporter.relation, reporter.phone, reporter.email].filter(Boolean).join(', '),
                ],
              ] as const)
            : []),
          ...(reporter?.safeNumber
            ? ([['Safe number of the caller', `${reporter.safeNumber}. ${callBackWords}`]] as const)
            : []),
        ]}
      />
      {part2Records !== undefined && (
        <details>
          <summary>Records of substance use, which stand apart</summary>
          <p>
            42 CFR part 2 prohibits unauthorized use or disclosure of these records: tell no one about them without the
            written consent of the patient.
          </p>
          {part2Records.map((record) => (
            <p class="prose">{record}</p>
          ))}
        </details>
      )}
      {isLost('part2Records') && <p>Records of substance use: {unreadableWords}</p>}
      {isLost('places') && <p>Places as they were reported: {unreadableWords}</p>}
      {isLost('withdrawalReason') && <p>Why a withdrawal is proposed: {unreadableWords}</p>}
      {isLost('narrative') && <p>What was reported: {unreadableWords}</p>}
      {isLost('callNotes') && <p>What the caller said of the place and the people: {unreadableWords}</p>}
      {callNotes !== undefined && (
        <>
          <h3>What the caller said of the place and the people</h3>
          <p class="prose">{callNotes}</p>
        </>
      )}
      {places !== undefined && <p class="prose">Places as they were reported: {places}</p>}
      {withdrawalReason !== undefined && <p class="prose">Why a withdrawal is proposed: {withdrawalReason}</p>}
      {narrative !== undefined && (
        <details>
          <summary>What was reported</summary>
          <p class="prose">{narrative}</p>
        </details>
      )}
    </>
  );
}
