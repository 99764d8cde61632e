/** What people wrote in their acts, beside what it is about. The history has all of it. */
import type { Child } from 'hono/jsx';
import { type ReadText, type WrittenText, writtenFor } from '../../../shared/application/read/written-texts.ts';
import type { CommandName } from '../../../shared/domain/commands.ts';
import { type TextKind, textKinds } from '../../../shared/domain/core/text-kinds.ts';
import { actsInSpanish } from '../../../shared/domain/words/partner-pages.ts';
import { InEnglish } from '../app/components/in-english.tsx';
import { useWording, type Wording } from '../app/spoken.ts';
import { actIn, titleOf } from '../forms/command-form.tsx';
import { labelIn } from '../forms/spoken-fields.ts';
import { unreadableWords } from './identity-view.tsx';
import { kindPages, type PageSlug } from './pages.ts';
import type { Found, Reading } from './reading.tsx';

/** Whether the list of this page has texts of the kind. */
const isListedOn = (slug: PageSlug, kind: TextKind): boolean =>
  kindPages[kind].page === slug && kindPages[kind].as === 'listed';

/** Whether this page lists texts, each with its author. */
export const listsTexts = (slug: PageSlug): boolean => textKinds.some((kind) => isListedOn(slug, kind));

/** The texts to read for a page, but for those that it has with who the child is. */
export const textsOn = (slug: PageSlug, about: Found): readonly WrittenText[] =>
  writtenFor(about.visitor, about).filter(
    ({ kind }) => kindPages[kind].page === slug && (kind === 'safetyPlan' || kindPages[kind].as !== 'own'),
  );

/** What was done. Acts of staff are in English on each page. */
export function actDone(name: CommandName, wording: Wording): Child {
  const isSpanish = wording.language === 'es' && Object.hasOwn(actsInSpanish, name);
  return isSpanish ? actIn(wording, name) : <InEnglish>{titleOf(name)}</InEnglish>;
}

/** Each text under the label of its field. */
export function Words({ texts }: { readonly texts: readonly ReadText[] }) {
  const wording = useWording();
  return (
    <>
      {texts.map(({ field, command, words }) => (
        <p class="prose words">
          <span class="quiet">{labelIn(wording, field, command)}:</span> {words ?? wording.say(unreadableWords)}
        </p>
      ))}
    </>
  );
}

/** The texts of the acts that are about this page, the latest act first. Nothing where there is none for the reader. */
export function Reasons({
  reading,
  slug,
  told = [],
}: {
  readonly reading: Reading;
  readonly slug: PageSlug;
  /** The ids of texts that the page has in another place. */
  readonly told?: readonly string[];
}) {
  const { about, frame } = reading;
  const wording = useWording();
  const { say, clock } = wording;
  const texts = reading.texts.filter(({ kind, id }) => isListedOn(slug, kind) && !told.includes(id));
  if (texts.length === 0) return null;
  const acts = [...Map.groupBy(texts, ({ seq }) => seq).values()].toReversed();
  return (
    <section aria-labelledby="reasons">
      <h2 id="reasons">{say('Reasons and notes')}</h2>
      <ol class="history">
        {acts.map((own) => {
          const [first] = own;
          return (
            first && (
              <li>
                <p>
                  <strong>{actDone(first.command, wording)}</strong>
                </p>
                <p class="small">
                  {clock(first.at, frame.now)}, {about.lookups.nameOf(first.by)}
                </p>
                <Words texts={own} />
              </li>
            )
          );
        })}
      </ol>
    </section>
  );
}
