/** The agreements that the reader sees to, beside their next steps in referrals. */
import type { AgreementStep } from '../../../shared/domain/agreements/in-force.ts';
import { formatDate, newYorkDate } from '../../../shared/domain/policy/due.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import type { Frame } from '../app/frame.tsx';
import { agreementsPath } from './agreement-pages.tsx';

function stepWords({ what, on }: AgreementStep, today: string): string {
  switch (what) {
    case 'expired':
      return `Expired on ${formatDate(on)}. Renew it, or record that it ended.`;
    case 'expires':
      return `Expires on ${formatDate(on)}. Renew it, or let it end.`;
    case 'review':
      return on < today ? `Its review was due on ${formatDate(on)}.` : `Review it by ${formatDate(on)}.`;
  }
}

/** Nothing where there is none. */
export const AgreementSteps = ({
  frame,
  steps,
  heading: Heading,
}: {
  readonly frame: Frame;
  readonly steps: readonly AgreementStep[];
  readonly heading: 'h2' | 'h3';
}) =>
  steps.length === 0 ? null : (
    <section aria-labelledby="agreement-steps">
      <Heading id="agreement-steps">Agreements to see to</Heading>
      <ul class="usa-list">
        {steps.map((step) => {
          const { id, kind, agencies } = step.agreement;
          const others = agencies.length > 0 ? ` with ${agencies.map(words).join(', ')}` : '';
          return (
            <li>
              <a href={`${frame.base}${agreementsPath}/${id}`}>
                Agreement {id}, {wordsInside(kind)}
                {others}
              </a>
              . {stepWords(step, newYorkDate(frame.now))}
            </li>
          );
        })}
      </ul>
    </section>
  );
