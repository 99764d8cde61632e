/**
 * What undoes "I'm handling this" on the call card. The holder gives the duty back, or another person takes it
 * over.
 */
import type { CallTask } from '../../../shared/application/use-cases/call-tasks.ts';
import { type Frame, Token } from '../app/frame.tsx';
import { commandAction } from '../forms/command-form.tsx';
import { HandleThis } from './handle-this.tsx';

interface HoldingProps {
  readonly frame: Frame;
  readonly task: CallTask;
  readonly submission: string;
}

/** One button for each reason why the holder gives the duty back. */
const reasons = [
  { code: 'wrong-tap', words: 'Pressed by mistake' },
  { code: 'cannot-do-it', words: 'They cannot do it' },
  { code: 'does-not-answer', words: 'They do not answer' },
] as const;

export function Holding({ frame, task: { heldBy, referralId }, submission }: HoldingProps) {
  if (!heldBy) return null;
  const { id, name, deadlineId, mayRelease, mayTakeOver } = heldBy;
  const isYou = id === frame.visitor?.id;
  return (
    <>
      {mayTakeOver && (
        <HandleThis
          frame={frame}
          referralId={referralId}
          submission={submission}
          answers={{ deadlineId, insteadOf: { id, name } }}
          look="usa-button usa-button--outline"
        />
      )}
      {mayRelease && (
        <details id={`back-${deadlineId}`}>
          <summary>{isYou ? 'You cannot do this' : `${name} is not handling this`}? Call the next person</summary>
          <form method="post" action={commandAction(frame, referralId, 'release-alarm')}>
            <Token frame={frame} />
            <input type="hidden" name="key" value={`${submission}-${deadlineId}-back`} />
            <input type="hidden" name="deadlineId" value={deadlineId} />
            <p>We call the next person at once. Why is {isYou ? 'no one' : `${name} not`} handling this?</p>
            <div class="call-act">
              {reasons
                .filter(({ code }) => !isYou || code !== 'does-not-answer')
                .map(({ code, words }) => (
                  <button
                    class="usa-button usa-button--outline"
                    type="submit"
                    name="releaseReason"
                    value={code}
                    id={`${code}-${deadlineId}`}
                  >
                    {isYou ? words.replace('They', 'I') : words}
                  </button>
                ))}
            </div>
          </form>
        </details>
      )}
    </>
  );
}
