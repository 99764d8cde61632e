/** What people did on a referral, the newest first, and the deadlines that were missed. */
import type { Child } from 'hono/jsx';
import { eventsFor } from '../../../shared/application/access/events-for.ts';
import { describe } from '../../../shared/domain/audit/event-sentences.ts';
import { isCommandName } from '../../../shared/domain/commands.ts';
import type { Event } from '../../../shared/domain/events.ts';
import { ruleOf } from '../../../shared/domain/policy/policy.ts';
import { actsInSpanish } from '../../../shared/domain/words/partner-pages.ts';
import type { ReferralRead } from '../../../shared/store/ledger.ts';
import { InEnglish } from '../app/components/in-english.tsx';
import type { Lookups } from '../app/lookups.ts';
import { useWording, type Wording } from '../app/spoken.ts';
import { actIn, titleOf } from '../forms/command-form.tsx';
import { pagePath } from './pages.ts';
import type { Reading } from './reading.tsx';
import { SubjectPage, type SubjectProps } from './subject-pages.tsx';

type Commit = ReferralRead['commits'][number];

/** So many entries stand on a page. */
const mostEntries = 20;

interface Entry {
  readonly seq: number;
  readonly at: string;
  readonly title: Child;
  readonly by: string | undefined;
  readonly says: readonly string[];
}

/** The missed duty of an event, in words. */
function missedIn(
  event: Event,
  { about: { state, policy } }: Reading,
  { say, duty, inside }: Wording,
): string | undefined {
  const deadline = event.type === 'deadline-missed' ? state.deadlines[event.deadlineId] : undefined;
  if (!deadline) return undefined;
  const { obligation } = ruleOf(policy, deadline);
  const title = duty(policy, { rule: deadline.rule, obligation });
  const { subject } = deadline;
  return say('Missed: {duty}', { duty: subject === undefined ? title : `${title} (${inside(subject)})` });
}

/** What a person did. Acts of staff are in English on each page. */
function actDone(name: string, wording: Wording): Child {
  if (!isCommandName(name)) return wording.say('Report received');
  const isSpanish = wording.language === 'es' && Object.hasOwn(actsInSpanish, name);
  return isSpanish ? actIn(wording, name) : <InEnglish>{titleOf(name)}</InEnglish>;
}

interface Told {
  readonly reading: Reading;
  /** Names of all people in the history. */
  readonly nameOf: Lookups['nameOf'];
}

/** A recorded sentence with the names of people in the place of their ids. */
const named = (sentence: string, nameOf: Lookups['nameOf']): string => sentence.replaceAll(personIds, nameOf);
const personIds = /\bP-[A-Z0-9](?:[A-Z0-9.-]*[A-Z0-9])?/g;

/** The ids of all people that the history names. */
export const peopleInHistory = (commits: readonly Commit[]): readonly string[] => [
  ...new Set(commits.flatMap(({ actor, events }) => JSON.stringify([actor, events]).match(personIds) ?? [])),
];

/** A commit as an entry. None for one that the reader may not know of, and for one by which no deadline was missed. */
function entryOf(
  commit: Commit,
  events: readonly Event[],
  { reading, nameOf }: Told,
  wording: Wording,
): readonly Entry[] {
  const { state, policy } = reading.about;
  const { seq, at, actor, cause } = commit;
  if (events.length === 0) return [];
  const says = events.map((event) => named(describe(event, state, policy), nameOf));
  if (actor.kind === 'person' && cause.kind === 'command') {
    return [{ seq, at, title: actDone(cause.name, wording), by: nameOf(actor.id), says }];
  }
  const missed = events.flatMap((event) => missedIn(event, reading, wording) ?? []);
  return missed.map((title) => ({ seq, at, title, by: undefined, says: [] }));
}

/** The parts of a recorded sentence, each on a line of its own. */
const linesIn = (sentence: string): readonly string[] => sentence.split(/; |, (?=due |asked: )/);

/** `commits` without what is closed to the reader. `before`: the sequence number from which older entries are shown. */
export function HistoryPage({
  reading,
  done,
  commits,
  before,
  nameOf,
}: SubjectProps & Told & { readonly commits: readonly Commit[]; readonly before: number }) {
  const { about, frame } = reading;
  const wording = useWording();
  const { say, clock } = wording;
  const { state, visitor } = about;
  const shown = eventsFor(visitor, about);
  const all = commits
    .filter(({ seq }) => seq < before)
    .toReversed()
    .flatMap((commit) => entryOf(commit, shown(commit.events), { reading, nameOf }, wording));
  const entries = all.slice(0, mostEntries);
  const last = entries.at(-1);
  return (
    <SubjectPage
      reading={reading}
      done={done}
      slug="history"
      show={() => (
        <>
          {entries.length === 0 && <p>{say('Nothing was recorded before.')}</p>}
          <ol class="history">
            {entries.map(({ at, title, by, says }) => (
              <li>
                <p>
                  <strong>{title}</strong>
                </p>
                <p class="small">
                  {clock(at, frame.now)}
                  {by !== undefined && `, ${by}`}
                </p>
                {says.length > 0 && (
                  <details>
                    <summary>{say('What it recorded')}</summary>
                    <ul class="usa-list small">
                      {says.map((sentence) => (
                        <li>
                          {linesIn(sentence).map((line) => (
                            <div>
                              <InEnglish>{line}</InEnglish>
                            </div>
                          ))}
                        </li>
                      ))}
                    </ul>
                  </details>
                )}
              </li>
            ))}
          </ol>
          {last && all.length > entries.length && (
            <p>
              <a href={`${frame.base}${pagePath(state.id, 'history')}?before=${last.seq}`}>{say('Earlier entries')}</a>
            </p>
          )}
        </>
      )}
    />
  );
}
