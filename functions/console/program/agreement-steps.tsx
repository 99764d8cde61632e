/** The agreements that the reader sees to, beside their next steps in referrals. */
import type { Agreement } from '../../../shared/domain/agreements/agreements.ts';
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

/** Its other parties, in words. Providers are named on its page. */
function othersOf({ agencies, providers }: Agreement): string {
  const named = [
    ...agencies.map(wordsInside),
    ...(providers.length > 0 ? [providers.length === 1 ? 'a provider' : `${providers.length} providers`] : []),
  ];
  return named.length === 0 ? '' : ` with ${named.join(', ')}`;
}

/** One line an agreement, those that are due first before the others. `most`: so many. Nothing where there is none. */
export function AgreementSteps({
  frame: { base, now },
  steps,
  heading: Heading,
  most = Number.POSITIVE_INFINITY,
}: {
  readonly frame: Frame;
  readonly steps: readonly AgreementStep[];
  readonly heading: 'h2' | 'h3';
  readonly most?: number;
}) {
  if (steps.length === 0) return null;
  const today = newYorkDate(now);
  const each = [...Map.groupBy(steps, ({ agreement }) => agreement)];
  return (
    <section aria-labelledby="agreement-steps">
      <Heading id="agreement-steps">Agreements to see to</Heading>
      <ul class="usa-list">
        {each.slice(0, most).map(([agreement, theirs]) => (
          <li>
            <a href={`${base}${agreementsPath}/${agreement.id}`}>
              {words(agreement.kind)}
              {othersOf(agreement)} ({agreement.id})
            </a>
            : {theirs.map((step) => stepWords(step, today)).join(' ')}
          </li>
        ))}
      </ul>
      {each.length > most && (
        <p>
          <a href={`${base}/deadlines#agreement-steps`}>See all {each.length} agreements to see to</a>
        </p>
      )}
    </section>
  );
}
