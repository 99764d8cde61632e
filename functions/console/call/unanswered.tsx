/**
 * The one line on every page, so that a duty without an answer is never silent. It unfolds to each call. The page is read while
 * its list is on the way.
 */
import type { Unanswered, UnansweredList } from '../../../shared/application/read/read-calls.ts';
import { telephoneLink } from '../../../shared/domain/directory/on-call.ts';
import { inside } from '../../../shared/domain/words/words.ts';

/** `2 calls are not taken`. */
const countWords = ({ referrals, more, isAtLeast }: UnansweredList): string => {
  const count = referrals.length + more;
  return `${isAtLeast ? 'At least ' : ''}${count} ${count === 1 ? 'call is' : 'calls are'} not taken`;
};

const WhatToDo = ({ isYours, callee, isDamaged }: Unanswered) =>
  isYours ? (
    <>you are first on call, so open it and act</>
  ) : callee ? (
    <>
      call <a href={telephoneLink(callee.phone)}>{callee.phone}</a> ({callee.name})
    </>
  ) : isDamaged ? (
    <>its record cannot be read now, so ask the Careline supervisor on duty</>
  ) : (
    <>open it and call</>
  );

export async function UnansweredLine({
  base,
  unanswered,
}: {
  readonly base: string;
  readonly unanswered: Promise<UnansweredList>;
}) {
  const list = await unanswered;
  const { referrals, more, isAtLeast } = list;
  return referrals.length + more === 0 ? null : (
    <section class="unanswered" aria-label="Calls that are not taken">
      <details class="grid-container">
        <summary>{countWords(list)}: show</summary>
        <div>
          {referrals.map((each) => (
            <p>
              No one is handling <a href={`${base}/referrals/${each.referralId}`}>{each.referralId}</a>
              {each.duty !== undefined && ` (${inside(each.duty)})`}: <WhatToDo {...each} />.
            </p>
          ))}
          {(more > 0 || isAtLeast) && (
            <p>
              and {isAtLeast && 'at least '}
              {more} more: <a href={`${base}/calls`}>see all</a>
            </p>
          )}
        </div>
      </details>
    </section>
  );
}
