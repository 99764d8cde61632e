/** What workers must know before they go there, and the plan for the next time the child is missing. */
import type { RecoveryReaders, WorkerSafetyView } from '../../../shared/application/read/visits.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { Alert } from '../app/components/alert.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';
import type { Reading } from './reading.tsx';
import { pagePath } from './referral-pages.ts';

/** Stands on every page of the referral, also on the page that a mail opens. */
export function WorkerSafety({
  reading,
  safety,
}: {
  readonly reading: Reading;
  readonly safety: WorkerSafetyView | undefined;
}) {
  const { frame, about, identities, isAway, offer } = reading;

  if (!safety) return null;
  const isLost = isAway || identities?.unreadable?.includes('safetyWords') === true;
  return (
    <Alert kind="error" heading="Workers: read this before you go there">
      <ul class="usa-list">
        {safety.concerns.map((concern) => (
          <li>
            <strong>{words(concern)}</strong>
          </li>
        ))}
      </ul>
      {identities?.safetyWords !== undefined && !isLost && <p>{identities.safetyWords}</p>}
      {safety.hasWords && isLost && <p>The note cannot be read now. Ask the assigned social worker first.</p>}
      {safety.hasWords && !isLost && identities?.safetyWords === undefined && (
        <p>
          <a href={`${frame.base}${pagePath(about.state.id, offer ? '' : 'child')}`}>Read the note first</a>
        </p>
      )}
      <p class="quiet">Noted {formatInstant(safety.notedAt)}.</p>
    </Alert>
  );
}

/** That there is a plan, who reads it, and its words for them. */
export function RecoveryPlan({
  reading,
  plan,
  isMissing,
}: {
  readonly reading: Reading;
  readonly plan: RecoveryReaders | undefined;
  readonly isMissing: boolean;
}) {
  const { identities, isAway } = reading;
  if (!plan) return null;
  const said = identities?.recoveryPlan;
  const isLost = isAway || identities?.unreadable?.includes('recoveryPlan') === true;
  const readers = plan.readers.map(words).join(', ');
  return (
    <section id="recovery-plan" aria-labelledby="recovery-plan-title" class="on-screen">
      <h2 id="recovery-plan-title">Plan for the next time missing</h2>
      {said ? (
        <SummaryList
          pairs={[
            ...(said.lookFirst === undefined ? [] : ([['Where to look first', said.lookFirst]] as const)),
            ...(said.callFirst === undefined ? [] : ([['Who to call first', said.callFirst]] as const)),
            ...(said.safeWords === undefined ? [] : ([['Safe words', said.safeWords]] as const)),
          ]}
        />
      ) : (
        <p>
          {isMissing
            ? `The child is missing. Call one of these seats now, and ask what the plan says: ${readers}.`
            : `Named seats alone read this plan: ${readers}. Ask one of them what it says.`}
        </p>
      )}
      {isLost && <p>The plan cannot be read now. Try again soon.</p>}
      <p class="quiet">Written {formatInstant(plan.writtenAt)}.</p>
    </section>
  );
}
