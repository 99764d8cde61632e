import type { Child } from 'hono/jsx';
import { ButtonLink } from './button-link.tsx';
import { DueTime } from './due-time.tsx';
import { Phone } from './phone.tsx';

export interface NextStepProps {
  /** One sentence that begins with a verb: `Accept the report and set the response time.` */
  readonly sentence: Child;
  readonly act?: { readonly href: string; readonly words: string } | undefined;
  /** UTC instant. */
  readonly due?: string | undefined;
  readonly now: string;
  /** A `Why`. */
  readonly why?: Child;
  /** Staff or a partner. */
  readonly call?: { readonly name: string; readonly phone: string } | undefined;
  /** Tags before the sentence: danger, missing, law. */
  readonly tags?: Child;
  readonly danger?: boolean;
}

/** What to do next: one sentence, one button, the time, a number to call, and why. */
export const NextStep = ({ sentence, act, due, now, why, call, tags, danger = false }: NextStepProps) => (
  <div class={`next-step${danger ? ' next-step--danger' : ''}`}>
    <p>
      {tags} {sentence}
    </p>
    {due !== undefined && (
      <p>
        Due <DueTime due={due} now={now} />
      </p>
    )}
    {(act || call) && (
      <div class="next-step-act">
        {act && <ButtonLink href={act.href}>{act.words}</ButtonLink>}
        {call && (
          <span>
            Call {call.name}: <Phone number={call.phone} />
          </span>
        )}
      </div>
    )}
    {why}
  </div>
);
