/** The head line of every page, so that a duty without an answer is never silent. The page is read while its list is on the way. */
import type { UnansweredList } from '../../../shared/application/read/read-calls.ts';
import { inside } from '../../../shared/domain/words/words.ts';
import { telOf } from '../app/components/phone.tsx';

export async function UnansweredLine({
  base,
  unanswered,
}: {
  readonly base: string;
  readonly unanswered: Promise<UnansweredList>;
}) {
  const { referrals, more, isAtLeast } = await unanswered;
  return referrals.length + more === 0 ? null : (
    <section class="unanswered" aria-label="No one is handling">
      <div class="grid-container">
        {referrals.map(({ referralId, duty, isYours, callee, isDamaged }) => (
          <p>
            No one is handling <a href={`${base}/referrals/${referralId}`}>{referralId}</a>
            {duty !== undefined && ` (${inside(duty)})`}:{' '}
            {isYours ? (
              'you are first on call, so open it and act'
            ) : callee ? (
              <>
                call <a href={telOf(callee.phone)}>{callee.phone}</a> ({callee.name})
              </>
            ) : isDamaged ? (
              'its record cannot be read now, so ask the Careline supervisor on duty'
            ) : (
              'open it and call'
            )}
            .
          </p>
        ))}
        {(more > 0 || isAtLeast) && (
          <p>
            and {isAtLeast && 'at least '}
            {more} more: <a href={`${base}/calls`}>see all</a>
          </p>
        )}
      </div>
    </section>
  );
}
