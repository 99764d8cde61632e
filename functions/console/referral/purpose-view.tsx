/** The parts of a referral's page without the facts: its codes, and the question what they are for. */
import type { Child } from 'hono/jsx';
import { askedPurposes } from '../../../shared/application/access/open-facts.ts';
import type { Purpose } from '../../../shared/application/access/purposes.ts';
import type { PathwayView, WorkingView } from '../../../shared/application/read/shown-view.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { offices } from '../../../shared/policy/places/geography.ts';
import { SummaryList } from '../app/components/summary-list.tsx';
import { type Frame, Token } from '../app/frame.tsx';
import type { PageSlug } from './referral-pages.ts';

const officeName = (id: string): string => offices.find((office) => office.id === id)?.name ?? id;

/** The codes that this reader sees: those of the pathway, and the working codes for the people on the referral. */
export function Codes({ view }: { readonly view: PathwayView | WorkingView }) {
  const { office, region, responseOffice } = view.offices ?? {};
  const pairs: (readonly [string, Child])[] = [
    ['Stage', words(view.stage)],
    ['Received', formatInstant(view.receivedAt)],
    ['Recorded', formatInstant(view.recordedAt)],
    ['Responsible office', office === undefined ? 'Not known yet' : `${officeName(office)}, region ${region}`],
    ...(responseOffice === undefined ? [] : ([['Responds now', officeName(responseOffice)]] as const)),
    ...(view.shows === 'working'
      ? ([
          ['In danger now', words(view.danger)],
          ['Missing now', words(view.missingNow)],
          ['Age', words(view.ageBand)],
        ] as const)
      : []),
    ...(view.siblings.length > 0 ? ([['Other referrals of the report', view.siblings.join(', ')]] as const) : []),
    ...(view.candidates.length > 0 ? ([['Perhaps the same child', view.candidates.join(', ')]] as const) : []),
  ];
  return (
    <>
      <h2>The referral</h2>
      <SummaryList pairs={pairs} />
      {view.shows === 'pathway' && (
        <p class="prose">You see stages, clocks, runs and references. Facts about the child are not for your role.</p>
      )}
    </>
  );
}

const purposeWords: Readonly<Record<(typeof askedPurposes)[number], string>> = {
  'work-on-referral': 'I work on this referral',
  'legal-advice': 'I give legal advice on it',
  'quality-review': 'I review how it was handled',
  'compare-duplicates': 'I compare it with another referral',
};

/** One button for each purpose that fits the reader, the usual one of the reader's role first. */
export function AskPurpose({
  frame,
  referralId,
  suggested,
  fitting,
  from,
}: {
  readonly frame: Frame;
  readonly referralId: string;
  readonly suggested: Purpose;
  /** Those that fit the reader's role. */
  readonly fitting: readonly Purpose[];
  /** The page of the referral to come back to. */
  readonly from: PageSlug;
}) {
  const inOrder = askedPurposes
    .filter((purpose) => fitting.includes(purpose))
    .toSorted((one, other) => Number(other === suggested) - Number(one === suggested));
  return (
    <section class="asked" aria-labelledby="purpose">
      <h2 id="purpose">What do you need the facts about this child for?</h2>
      <p class="prose">
        You have no task in this referral now. Choose a reason to see the child and what is known. We record your name,
        the reason and the time, once until you sign out.
      </p>
      <form class="choices" method="post" action={`${frame.base}/referrals/${referralId}/purpose`}>
        <Token frame={frame} />
        <input type="hidden" name="from" value={from} />
        {inOrder.map((purpose, index) => (
          <button
            class={index === 0 ? 'usa-button' : 'usa-button usa-button--outline'}
            type="submit"
            name="purpose"
            value={purpose}
          >
            {purposeWords[purpose]}
          </button>
        ))}
      </form>
    </section>
  );
}
