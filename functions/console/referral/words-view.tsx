import type { ReadText, WrittenText } from '../../../shared/application/read/written-texts.ts';
import { clockTime } from '../../../shared/domain/core/local-time.ts';
import { labelAt } from '../../../shared/domain/words/field-words.ts';
import { titleOf } from '../forms/command-form.tsx';
import { unreadableWords } from './identity-view.tsx';
import type { Reading } from './reading.tsx';
import { kindPages, type PageSlug } from './referral-pages.ts';

/** The texts that this page lists. */
export const listedOn = (slug: PageSlug, { texts }: Reading): readonly ReadText[] =>
  texts.filter(({ kind }) => kindPages[kind].page === slug && kindPages[kind].as === 'listed');

/** Whether a page has this text to read, but for those that it has with who the child is. */
export const isTextOn = (slug: PageSlug, { kind, command }: WrittenText): boolean =>
  (slug === 'clocks' && kindPages[kind].as === 'beside') ||
  (kindPages[kind].page === slug && (kind === 'safetyPlan' || kindPages[kind].as !== 'own')) ||
  // The plan says where the child is safe.
  (slug === '' && kind === 'safePlace' && command === 'record-safety-plan');

/** The texts of this page that stand at the duty that their act settled. */
export const besideDuties = ({ texts }: Reading): readonly ReadText[] =>
  texts.filter(({ kind }) => kindPages[kind].as === 'beside');

/** Each text under the label of its field. */
export function Words({ texts }: { readonly texts: readonly ReadText[] }) {
  return (
    <>
      {texts.map(({ field, words }) => (
        <p class="prose words">
          <span class="quiet">{labelAt(field)}:</span> {words ?? unreadableWords}
        </p>
      ))}
    </>
  );
}

/** Texts with their acts, the latest act first. Nothing where there is none. Those of notices unfold from one line. */
export function Reasons({
  reading,
  texts,
  heading = 'Reasons and notes',
}: {
  readonly reading: Reading;
  readonly texts: readonly ReadText[];
  readonly heading?: 'Reasons and notes' | 'Notices: who was reached, and their numbers';
}) {
  const { about, frame } = reading;

  if (texts.length === 0) return null;
  const acts = [...Map.groupBy(texts, ({ seq }) => seq).values()].toReversed();
  const list = (
    <ol class="history">
      {acts.map((own) => {
        const [first] = own;
        return (
          first && (
            <li>
              <p>
                <strong>{titleOf(first.command)}</strong>
              </p>
              <p class="small">
                {clockTime(first.at, frame.now)}, {about.lookups.nameOf(first.by)}
              </p>
              <Words texts={own} />
            </li>
          )
        );
      })}
    </ol>
  );
  if (heading !== 'Reasons and notes')
    return (
      <details>
        <summary>{heading}</summary>
        {list}
      </details>
    );
  return (
    <section aria-labelledby="reasons">
      <h2 id="reasons">{heading}</h2>
      {list}
    </section>
  );
}
