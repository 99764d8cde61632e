/** What workers must know before they go there, and the plan for the next time the child is missing. */
import type { RecoveryReaders, WorkerSafetyView } from '../../../shared/application/read/visits.ts';
import { Alert } from '../app/components/alert.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';
import { useWording } from '../app/spoken.ts';
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
  const { say, code, when } = useWording();
  if (!safety) return null;
  const isLost = isAway || identities?.unreadable?.includes('safetyWords') === true;
  return (
    <Alert kind="error" heading={say('Workers: read this before you go there')}>
      <ul class="usa-list">
        {safety.concerns.map((concern) => (
          <li>
            <strong>{code(concern)}</strong>
          </li>
        ))}
      </ul>
      {identities?.safetyWords !== undefined && !isLost && <p>{identities.safetyWords}</p>}
      {safety.hasWords && isLost && <p>{say('The note cannot be read now. Ask the assigned social worker first.')}</p>}
      {safety.hasWords && !isLost && identities?.safetyWords === undefined && (
        <p>
          <a href={`${frame.base}${pagePath(about.state.id, offer ? '' : 'child')}`}>{say('Read the note first')}</a>
        </p>
      )}
      <p class="quiet">{say('Noted {when}.', { when: when(safety.notedAt, frame.now) })}</p>
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
  const { identities, isAway, frame } = reading;
  const { say, code, when } = useWording();
  if (!plan) return null;
  const words = identities?.recoveryPlan;
  const isLost = isAway || identities?.unreadable?.includes('recoveryPlan') === true;
  const readers = plan.readers.map(code).join(', ');
  return (
    <section id="recovery-plan" aria-labelledby="recovery-plan-title" class="on-screen">
      <h2 id="recovery-plan-title">{say('Plan for the next time missing')}</h2>
      {words ? (
        <SummaryList
          pairs={[
            ...(words.lookFirst === undefined ? [] : ([[say('Where to look first'), words.lookFirst]] as const)),
            ...(words.callFirst === undefined ? [] : ([[say('Who to call first'), words.callFirst]] as const)),
            ...(words.safeWords === undefined ? [] : ([[say('Safe words'), words.safeWords]] as const)),
          ]}
        />
      ) : (
        <p>
          {say(
            isMissing
              ? 'The child is missing. Call one of these seats now, and ask what the plan says: {seats}.'
              : 'Named seats alone read this plan: {seats}. Ask one of them what it says.',
            { seats: readers },
          )}
        </p>
      )}
      {isLost && <p>{say('The plan cannot be read now. Try again soon.')}</p>}
      <p class="quiet">{say('Written {when}.', { when: when(plan.writtenAt, frame.now) })}</p>
    </section>
  );
}
