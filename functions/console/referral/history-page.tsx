/** What people did on a referral, the newest first, and the deadlines that were missed. */

import type { Child } from 'hono/jsx';
import { eventsFor } from '../../../shared/application/access/events-for.ts';
import type { ReadText } from '../../../shared/application/read/written-texts.ts';
import { actOfEnd } from '../../../shared/application/use-cases/hand-duties-on.ts';
import { describe } from '../../../shared/domain/audit/event-sentences.ts';
import { isCommandName } from '../../../shared/domain/commands.ts';
import { clockTime } from '../../../shared/domain/core/local-time.ts';
import type { Event } from '../../../shared/domain/events.ts';
import { ruleOf } from '../../../shared/domain/policy/policy.ts';
import { wordsInside } from '../../../shared/domain/words/code-words.ts';
import type { ReferralRead } from '../../../shared/store/ledger.ts';
import type { Lookups } from '../app/lookups.ts';
import { dutyTitleIn } from '../app/page-words.ts';
import { titleOf } from '../forms/command-form.tsx';
import { personIds, quiet } from './changed-since.ts';
import type { Found, Reading } from './reading.tsx';
import { pagePath } from './referral-pages.ts';
import { SubjectPage, type SubjectProps } from './subject-pages.tsx';
import { Words } from './words-view.tsx';

type Commit = ReferralRead['commits'][number];

/** So many entries stand on a page. */
const mostEntries = 10;

interface Entry {
  readonly seq: number;
  readonly at: string;
  readonly title: Child;
  readonly by: string | undefined;
  readonly says: readonly string[];
  readonly texts: readonly ReadText[];
}

/** The commits of one page of the history, the newest first. */
interface Entries {
  readonly shown: readonly Commit[];
  readonly hasEarlier: boolean;
}

/**
 * The commits that make entries: what people did, and missed deadlines. What is closed to the reader is left out. `before`:
 * the sequence number from which older entries are shown.
 */
export function entriesIn(about: Found, before: number): Entries {
  const shown = eventsFor(about.visitor, about);
  const all = about.commits
    .filter(({ seq }) => seq < before)
    .map((commit) => ({ ...commit, events: [...shown(commit.events)] }))
    .filter(({ actor, cause, events }) =>
      actor.kind === 'person' && cause.kind === 'command'
        ? events.length > 0
        : events.some((event) => event.type === 'deadline-missed' && about.state.deadlines[event.deadlineId]),
    )
    .toReversed();
  return { shown: all.slice(0, mostEntries), hasEarlier: all.length > mostEntries };
}

/** The missed duty of an event, in words. */
function missedIn(event: Event, { about: { state, policy } }: Reading): string | undefined {
  const deadline = event.type === 'deadline-missed' ? state.deadlines[event.deadlineId] : undefined;
  if (!deadline) return undefined;
  const { obligation } = ruleOf(policy, deadline);
  const title = dutyTitleIn(policy, { rule: deadline.rule, obligation });
  const { subject } = deadline;
  return `Missed: ${subject === undefined ? title : `${title} (${wordsInside(subject)})`}`;
}

interface Told {
  readonly reading: Reading;
  /** Names of all people in the history. */
  readonly nameOf: Lookups['nameOf'];
}

/** A recorded sentence with the names of people in the place of their ids. */
const named = (sentence: string, nameOf: Lookups['nameOf']): string => sentence.replaceAll(personIds, nameOf);

/** A commit as an entry, or as one for each deadline that was missed by it. */
function entryOf({ seq, at, actor, cause, events }: Commit, { reading, nameOf }: Told): readonly Entry[] {
  if (actor.kind === 'person' && cause.kind === 'command') {
    const says = saysOf({ events }, reading.about, nameOf);
    const title = isCommandName(cause.name)
      ? titleOf(cause.name)
      : cause.name === actOfEnd
        ? 'Duties went to the next person'
        : 'Report received';
    const texts = reading.texts.filter((text) => text.seq === seq);
    return [{ seq, at, title, by: nameOf(actor.id), says, texts }];
  }
  const missed = events.flatMap((event) => missedIn(event, reading) ?? []);
  return missed.map((title) => ({ seq, at, title, by: undefined, says: [], texts: [] }));
}

/** What a commit recorded, in sentences. */
const saysOf = ({ events }: Pick<Commit, 'events'>, { state, policy, lookups }: Found, nameOf: Lookups['nameOf']) =>
  events.map((event) => {
    const sentence = named(describe(event, state, policy), nameOf);
    const { providerId } = event as { readonly providerId?: string };
    return providerId === undefined ? sentence : sentence.replaceAll(providerId, lookups.providerNameOf(providerId));
  });

/** The parts of a recorded sentence, each on a line of its own. */
const linesIn = (sentence: string): readonly string[] => sentence.split(/; |, (?=due |asked: )/);

const Said = ({ says }: { readonly says: readonly string[] }) => (
  <ul class="usa-list small">
    {says.map((sentence) => (
      <li>
        {linesIn(sentence).map((line) => (
          <div>{line}</div>
        ))}
      </li>
    ))}
  </ul>
);

/** The events that one act recorded, as this reader may know them. Mail, deadlines and other effects of it are left out. */
export const recordedIn = (about: Found, { events }: Pick<Commit, 'events'>) =>
  eventsFor(about.visitor, about)(events).filter(({ type }) => !quiet.includes(type));

/** What one act recorded, in sentences. */
export function Recorded({
  about,
  commit,
  nameOf,
}: {
  readonly about: Found;
  readonly commit: Commit;
  readonly nameOf: Lookups['nameOf'];
}) {
  return <Said says={saysOf({ events: recordedIn(about, commit) }, about, nameOf)} />;
}

export function HistoryPage({ reading, done, entries, nameOf }: SubjectProps & Told & { readonly entries: Entries }) {
  const { about, frame } = reading;

  const { state } = about;
  const all = entries.shown.flatMap((commit) => entryOf(commit, { reading, nameOf }));
  const last = all.at(-1);
  return (
    <SubjectPage
      reading={reading}
      done={done}
      slug="history"
      show={() => (
        <>
          {state.identity.erased && (
            <p>What people wrote was erased {clockTime(state.identity.erased.at, frame.now)}.</p>
          )}
          {all.length === 0 && <p>Nothing was recorded before.</p>}
          <ol class="history">
            {all.map(({ at, title, by, says, texts }) => (
              <li>
                <p>
                  <strong>{title}</strong>
                </p>
                <p class="small">
                  {clockTime(at, frame.now)}
                  {by !== undefined && `, ${by}`}
                </p>
                <Words texts={texts} />
                {says.length > 0 && (
                  <details>
                    <summary>What it recorded</summary>
                    <Said says={says} />
                  </details>
                )}
              </li>
            ))}
          </ol>
          {last && entries.hasEarlier && (
            <p>
              <a href={`${frame.base}${pagePath(state.id, 'history')}?before=${last.seq}`}>Earlier entries</a>
            </p>
          )}
        </>
      )}
    />
  );
}
