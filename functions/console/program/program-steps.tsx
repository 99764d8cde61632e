/** The agreements and venue concerns that the reader sees to, beside their next steps in referrals. */
import type { Child } from 'hono/jsx';
import type { AgreementStep } from '../../../shared/domain/agreements/agreement-states.ts';
import type { Agreement } from '../../../shared/domain/agreements/agreements.ts';
import { formatDate, newYorkDate } from '../../../shared/domain/policy/due.ts';
import type { VenueStep } from '../../../shared/domain/venues/venues.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import type { Frame } from '../app/frame.tsx';
import { agreementsPath } from './agreement-pages.tsx';
import { venuesPath } from './venue-pages.tsx';

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

const venueWords: Readonly<Record<VenueStep['what'], string>> = {
  'ask-police': 'Ask police, and record what they answered.',
  'ask-police-again': 'The day until which police asked to wait is over. Ask them again.',
  approve: 'Read it. Then approve or decline it.',
};

/** What the reader sees to in the program. */
export interface ProgramSteps {
  readonly agreements: readonly AgreementStep[];
  readonly concerns: readonly VenueStep[];
}

export const hasSteps = ({ agreements, concerns }: ProgramSteps): boolean => agreements.length + concerns.length > 0;

interface Place {
  readonly frame: Frame;
  readonly heading: 'h2' | 'h3';
  /** So many of each kind. */
  readonly most?: number;
}

/** One kind, a line each. Nothing where there is none. */
function Steps({
  frame: { base },
  heading: Heading,
  most = Number.POSITIVE_INFINITY,
  id,
  title,
  each,
}: Place & { readonly id: string; readonly title: string; readonly each: readonly Child[] }) {
  if (each.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <Heading id={id}>{title}</Heading>
      <ul class="usa-list">
        {each.slice(0, most).map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      {each.length > most && (
        <p>
          <a href={`${base}/deadlines#${id}`}>
            {title}: see all {each.length}
          </a>
        </p>
      )}
    </section>
  );
}

/** One line an agreement, those that are due first before the others, and one line a venue concern. */
export function ProgramStepLists({ steps, ...place }: Place & { readonly steps: ProgramSteps }) {
  const { base, now } = place.frame;
  const today = newYorkDate(now);
  const agreements = [...Map.groupBy(steps.agreements, ({ agreement }) => agreement)];
  return (
    <>
      <Steps
        {...place}
        id="agreement-steps"
        title="Agreements to see to"
        each={agreements.map(([agreement, theirs]) => (
          <>
            <a href={`${base}${agreementsPath}/${agreement.id}`}>
              {words(agreement.kind)}
              {othersOf(agreement)} ({agreement.id})
            </a>
            : {theirs.map((step) => stepWords(step, today)).join(' ')}
          </>
        ))}
      />
      <Steps
        {...place}
        id="venue-steps"
        title="Venue concerns to see to"
        each={steps.concerns.map(({ what, concern: { id, kind, town } }) => (
          <>
            <a href={`${base}${venuesPath}/${id}`}>
              {words(kind)} in {town} ({id})
            </a>
            : {venueWords[what]}
          </>
        ))}
      />
    </>
  );
}
