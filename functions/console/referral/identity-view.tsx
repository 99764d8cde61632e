/** Who the child is, as this reader may read it from the vault. */
import type { IdentityView, ReportedParts } from '../../../shared/application/read/read-identities.ts';
import type { ProviderView, ReferralView } from '../../../shared/application/read/view.ts';
import { clockTime } from '../../../shared/domain/core/local-time.ts';
import { formatDate, formatInstant } from '../../../shared/domain/policy/due.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { Alert } from '../app/components/alert.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';

const unreadableContact = 'There is a note on safe contact that cannot be read. Do not call before you know it.';
const callBackWords = 'Look above whether we may call back, and who may hear it.';
export const unreadableWords = 'This cannot be read. Tell an administrator.';

const opening = {
  reason: 'There is a note on safe contact. Choose a reason to read it. Contact no one before that.',
  acceptance: 'There is a note on safe contact. Accept the referral to read it. Contact no one before that.',
} as const;

/** What a provider knows of the child before it accepts the service, or after it has declined. */
export const ChildOfOffer = ({
  view: { ageBand, residenceTown },
  isOffered,
}: {
  readonly view: Pick<ProviderView, 'ageBand' | 'residenceTown'>;
  readonly isOffered: boolean;
}) => {
  return (
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
};

/** Who and where the child is, for the person who goes there. The rest is on a page of its own. */
export function ChildInShort({
  view,
  identities,
  now,
}: {
  readonly view: Pick<ReferralView, 'ageBand'>;
  readonly identities: IdentityView | undefined;
  readonly now: string;
}) {
  if (!identities || identities.erased) return <Identity identities={identities} now={now} />;
  const isLost = identities.unreadable?.includes('childName');
  const name = identities.childName ?? (isLost ? unreadableWords : 'Name unknown');
  return (
    <>
      <p>
        <strong>Child:</strong> {name}, age {wordsInside(view.ageBand)}
      </p>
      <CallWords said={identities.callNotes} now={now} />
    </>
  );
}

/** What the caller said then. The child may be in another place now. */
export function CallWords({ said = [], now }: { readonly said: IdentityView['callNotes']; readonly now: string }) {
  return (
    <div id="call-notes">
      {said.map(({ at, words }) => (
        <section class="call-words">
          <h3>What the caller said at {clockTime(at, now)}</h3>
          <p class="prose">{words}</p>
        </section>
      ))}
    </div>
  );
}

/** In place of the words of an identity when the vault or the record of the read failed. */
export function FactsAway({ hasForms }: { readonly hasForms: boolean }) {
  return (
    <Alert kind="error" heading="The facts cannot be shown now">
      <p>
        {hasForms
          ? 'Calls and steps below still work. Load this page again in a minute for the rest.'
          : 'Calls below still work. The forms of your steps are away too. Load this page again in a minute. Is it urgent? Call the Careline supervisor on duty.'}
      </p>
    </Alert>
  );
}

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
      {!identities && !isAway && (
        <p>
          {opensBy === undefined
            ? 'There is a note on safe contact that is not for you to read. Ask the assigned social worker before you contact anyone.'
            : opening[opensBy]}
        </p>
      )}
    </Alert>
  );
}

/** Words that may be unreadable, each by its field. */
const lost = [
  ['part2Records', 'Records of substance use'],
  ['places', 'Places as they were reported'],
  ['withdrawalReason', 'Why a withdrawal is proposed'],
  ['proposalReasons', 'Why something is proposed'],
  ['narrative', 'What was reported'],
  ['callNotes', 'What the caller said of the place and the people'],
] as const;

const partWords = {
  childName: 'Name',
  birthDate: 'Date of birth',
  phone: 'Telephone',
  priorIds: 'References in older records',
} as const;

const proposalWords = {
  lowering: 'Why lowering the danger is proposed',
  downgrade: 'Why a lower outcome is proposed',
  clearance: 'Why clearing the caregiver is proposed',
  erasure: 'Why an erasure is proposed',
} as const;

export function Identity({ identities, now }: { readonly identities: IdentityView | undefined; readonly now: string }) {
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
  const { withdrawalReason, part2Records, asReported = {} } = identities;
  const isLost = (field: string) => identities.unreadable?.includes(field) === true;
  const unknown = (field: string) => (isLost(field) ? unreadableWords : 'Unknown');
  const unreadable = unreadableWords;
  return (
    <>
      <h2>The child</h2>
      <SummaryList
        pairs={[
          ['Name', childName ?? unknown('childName')],
          ['Date of birth', birthDate === undefined ? unknown('birthDate') : formatDate(birthDate)],
          ...(isLost('knownBy') ? ([['Telephone and older references', unreadable]] as const) : []),
          ...(isLost('reporter') ? ([['Reporter', unreadable]] as const) : []),
          ...(phone ? ([['Telephone', phone]] as const) : []),
          ...(priorIds ? ([['References in older records', priorIds]] as const) : []),
          ...Object.entries(asReported).map(
            ([part, words]) =>
              [
                `${partWords[part as keyof ReportedParts]}, as the report said`,
                part === 'birthDate' ? formatDate(words) : words,
              ] as const,
          ),
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
            42 CFR part 2 protects these records. Tell no one about them without the written consent of the patient.
          </p>
          {part2Records.map((record) => (
            <p class="prose">{record}</p>
          ))}
        </details>
      )}
      {lost.map(
        ([field, words]) =>
          isLost(field) && (
            <p>
              {words}: {unreadable}
            </p>
          ),
      )}
      <CallWords said={callNotes} now={now} />
      {places !== undefined && <p class="prose">Places as they were reported: {places}</p>}
      {withdrawalReason !== undefined && <p class="prose">Why a withdrawal is proposed: {withdrawalReason}</p>}
      {identities.proposalReasons?.map(({ proposal, reason }) => (
        <p class="prose">
          {proposalWords[proposal]}: {reason}
        </p>
      ))}
      {narrative !== undefined && (
        <details>
          <summary>What was reported</summary>
          <p class="prose">{narrative}</p>
        </details>
      )}
    </>
  );
}
