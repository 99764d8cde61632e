/** Where the child is now and who is there, with source and time. For the person who must go also what to know on the way. */
import type { Child } from 'hono/jsx';
import type { StayWords } from '../../../shared/application/read/read-identities.ts';
import type { FactsView } from '../../../shared/application/read/shown-view.ts';
import { type StayView, viewStay } from '../../../shared/application/read/visits.ts';
import { clockTime } from '../../../shared/domain/core/local-time.ts';
import { type Move, placesOf } from '../../../shared/domain/whereabouts/moves.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { outOfState } from '../../../shared/policy/places/routing.ts';
import type { PlaceSaid } from '../call/call-task.tsx';
import type { Reading } from './reading.tsx';
import { pagePath } from './referral-pages.ts';

/** How the place is known, and when the child was there. A page must know each act that tells of one. */
const sources: Readonly<Record<Move, (when: string) => string>> = {
  'call-noted': (when) => `As the caller said at ${when}`,
  'child-seen': (when) => `As seen at ${when}`,
  'safety-plan-recorded': (when) => `As the safety plan said at ${when}`,
  'placement-moved': (when) => `As placed at ${when}`,
  'care-entered': (when) => `As placed on entry to care at ${when}`,
  'linkage-started': (when) => `In the safe placement that began at ${when}`,
  'child-missing': (when) => `Missing since ${when}`,
  'child-returned': (when) => `As returned at ${when}`,
};

interface Props {
  readonly reading: Reading;
  readonly view: Pick<FactsView, 'presentPlace' | 'child' | 'id'>;
}

const wordsOf = ({ identities }: Reading, { of, number }: StayView): StayWords | undefined =>
  identities?.whereabouts?.find((stay) => stay.of === of && stay.number === number);

/** The act, its instant and the person who recorded it. Where a merged referral told it, its reference. */
function Source({ reading: { frame, about }, stay }: { readonly reading: Reading; readonly stay: StayView }) {
  return (
    <p class="where-source">
      {sources[stay.by](clockTime(stay.at, frame.now))}
      {', '}
      recorded by {about.lookups.nameOf(stay.recordedBy)}
      {stay.of !== about.state.id && (
        <>
          {', '}
          in the merged referral <a href={`${frame.base}${pagePath(stay.of)}`}>{stay.of}</a>
        </>
      )}
      .
    </p>
  );
}

/** The town of the report goes with the words of its caller, and with no later act. */
function townOf({ child, id }: Pick<FactsView, 'child' | 'id'>, stay: StayView | undefined): string | undefined {
  const { presentTown } = child;
  const isOfCall = stay === undefined || (stay.by === 'call-noted' && stay.of === id);
  return isOfCall && !['unknown', 'other', outOfState].includes(presentTown) ? presentTown : undefined;
}

/** The place and the people of one act, or why they are not here. */
function Place({ reading, view, stay }: Props & { readonly stay: StayView }) {
  const { identities, isAway } = reading;
  const words = wordsOf(reading, stay);
  const isLost = isAway || identities?.unreadable?.includes(stay.isSafePlace ? 'safePlace' : 'placeNow') === true;
  const town = townOf(view, stay);
  if (isLost) return <p>The place cannot be read now. Ask the assigned social worker first.</p>;
  if (!words)
    return (
      <p>
        {stay.isSafePlace
          ? 'A safe place. Where it is, is not for you to read.'
          : 'Where that is, is not for you to read.'}
      </p>
    );
  if (words.whereExactly === undefined && words.withWhom === undefined && town === undefined)
    return (
      <p class="where-place">
        <strong>The place and the people there were not written down.</strong>
      </p>
    );
  return (
    <>
      <p class="where-place">
        <strong>{words.whereExactly ?? town ?? 'The place was not written down.'}</strong>
        {words.whereExactly !== undefined && town !== undefined && ` (${town})`}
      </p>
      <p>Who is there: {words.withWhom ?? 'not written down'}</p>
    </>
  );
}

/** Where only a town is known: the town, with the instant of the call in which the caller said it. */
function TownAlone({ reading: { frame, about }, town }: { readonly reading: Reading; readonly town: string }) {
  const { receivedAt } = about.state.report;
  return (
    <>
      <p class="where-place">
        <strong>{town}</strong> (the town of the report)
      </p>
      <p class="where-source">{sources['call-noted'](clockTime(receivedAt, frame.now))}.</p>
    </>
  );
}

/** The place that the page leads with. */
export function PlaceNow({ reading, view }: Props) {
  const { frame } = reading;
  const { unknownSince, now, last } = view.presentPlace;
  const town = townOf(view, undefined);
  return (
    <>
      {unknownSince !== undefined && (
        <p class="where-place">
          <strong>Whereabouts unknown since {clockTime(unknownSince, frame.now)}</strong>
        </p>
      )}
      {now && <Place reading={reading} view={view} stay={now} />}
      {now && <Source reading={reading} stay={now} />}
      {!now && unknownSince === undefined && town === undefined && (
        <p class="where-place">
          <strong>No one has said where the child is.</strong>
        </p>
      )}
      {!now && unknownSince === undefined && town !== undefined && <TownAlone reading={reading} town={town} />}
      {unknownSince !== undefined && !last && town !== undefined && placesOf(reading.about.state).length === 0 && (
        <div class="where-last">
          <p>
            <strong>Last known place:</strong>
          </p>
          <TownAlone reading={reading} town={town} />
        </div>
      )}
      {last && (
        <div class="where-last">
          <p>
            <strong>{unknownSince === undefined ? 'Last place in words' : 'Last known place'}:</strong>
          </p>
          <Place reading={reading} view={view} stay={last} />
          <Source reading={reading} stay={last} />
        </div>
      )}
    </>
  );
}

/** An act and its place in one sentence for the telephone. Empty where neither a place nor a town is known here. */
function sentenceOf(reading: Reading, stay: StayView, verb: 'is' | 'was'): PlaceSaid {
  const { whole, frame } = reading;
  const words = wordsOf(reading, stay);
  const town = whole && words && townOf(whole, stay);
  const place = words?.whereExactly ?? town;
  if (!words || place === undefined) return [];
  const inTown = town === undefined || town === place ? '' : ` (${town})`;
  const source = sources[stay.by](clockTime(stay.at, frame.now));
  const there = words.withWhom === undefined ? '' : ` There: ${words.withWhom}.`;
  return [
    {
      field: stay.isSafePlace ? 'safePlace' : 'placeNow',
      words: `${source}, the child ${verb} here: ${place}${inTown}.${there}`,
    },
  ];
}

/** The town of the report for the telephone, where no act told of a place. */
function townSaid({ whole, about, frame }: Reading, verb: 'is' | 'was'): PlaceSaid {
  const town = whole && townOf(whole, undefined);
  if (town === undefined || placesOf(about.state).length > 0) return [];
  const source = sources['call-noted'](clockTime(about.state.report.receivedAt, frame.now));
  return [{ field: 'placeNow', words: `${source}, the child ${verb} in ${town}.` }];
}

/**
 * Where the child is, in sentences for the telephone, each with the people who may hear it. Of a missing child, since when,
 * and the last known place. Undefined where nothing is known here.
 */
export function placeSaid(reading: Reading): PlaceSaid | undefined {
  const { whole, frame, identities } = reading;
  if (!whole || identities?.erased) return undefined;
  const { unknownSince, now, last } = whole.presentPlace;
  if (unknownSince !== undefined) {
    const since = `The whereabouts of the child are unknown since ${clockTime(unknownSince, frame.now)}.`;
    return [
      { field: 'placeNow', words: since },
      ...(last ? sentenceOf(reading, last, 'was') : townSaid(reading, 'was')),
    ];
  }
  const said = now ? sentenceOf(reading, now, 'is') : townSaid(reading, 'is');
  return said.length > 0 ? said : undefined;
}

/** For readers who have the facts. */
export function WhereNow({ reading, children }: { readonly reading: Reading; readonly children?: Child }) {
  const { whole, identities } = reading;
  if (!whole || identities?.erased) return null;
  return (
    <section class="where-now" aria-labelledby="where-now">
      <h2 id="where-now">Where the child is now</h2>
      <PlaceNow reading={reading} view={whole} />
      {children}
    </section>
  );
}

/** Each place that an act told of, the latest first, of those that this reader may read. */
export function WhereWas({ reading }: { readonly reading: Reading }) {
  const { whole, identities, about } = reading;
  const stays = placesOf(about.state)
    .map(viewStay)
    .filter((stay) => wordsOf(reading, stay) !== undefined);
  if (!whole || identities?.erased || stays.length === 0) return null;
  return (
    <section id="where-was" aria-labelledby="where-was-title">
      <h2 id="where-was-title">Where the child was</h2>
      <ol class="where-was">
        {stays.toReversed().map((stay) => (
          <li>
            <Place reading={reading} view={whole} stay={stay} />
            <Source reading={reading} stay={stay} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** So much of the story is shown to a person who must go: about four lines on a phone. */
const longestStory = 120;

/** The first words of a text, whole words alone. */
export const beginningOf = (text: string, most = longestStory): string =>
  text.length <= most ? text : `${text.slice(0, most + 1).replace(/\s+\S*$/, '')} …`;

/** What workers must know before they go there, in one line. An answer that is not there was not asked. */
function Danger({ reading, view }: { readonly reading: Reading; readonly view: FactsView }) {
  const { identities } = reading;
  const { scene, workerSafety } = view;
  const said = [
    ...(scene?.weapon === 'yes' ? ['There is a weapon.'] : []),
    ...(scene?.dangerToWorkers === 'yes' ? ['There is a danger to workers.'] : []),
    ...(workerSafety?.concerns ?? []).map((concern) => `${words(concern)}.`),
    ...[identities?.safetyWords, identities?.callersWarning].flatMap((text) =>
      text === undefined ? [] : [beginningOf(text, 80)],
    ),
  ];
  const isRuledOut = scene?.weapon === 'no' && scene.dangerToWorkers === 'no';
  const none = isRuledOut ? 'none, as the caller said' : 'not known: ask before you go';
  return (
    <p class={said.length > 0 ? 'where-danger' : undefined}>
      <strong>Danger to workers:</strong> {said.length > 0 ? said.join(' ') : none}
    </p>
  );
}

/** The numbers to call back. A caller who said no is not called. */
function CallBack({ reading, view }: { readonly reading: Reading; readonly view: FactsView }) {
  const { identities, oncall } = reading;
  const number = identities?.childsNumber ?? identities?.reporter?.safeNumber;
  return (
    <>
      <p>
        <strong>Call back:</strong>{' '}
        {view.call?.mayCallBack === 'no'
          ? 'Do not call the caller back.'
          : identities?.childsNumber !== undefined && view.call?.mayCallBack !== 'yes'
            ? 'The child called, and has not agreed to a call back.'
            : number === undefined
              ? 'no number of the caller for you'
              : `${number} (${identities?.childsNumber === undefined ? 'the caller' : 'the child'})`}
      </p>
      <p class="where-source">Careline supervisor on duty: {oncall ?? 'no number is known'}</p>
    </>
  );
}

/** For the person who must go: all of it on the first screen of a phone. */
export function WhereToGo({ reading }: { readonly reading: Reading }) {
  const { frame, about, whole, identities } = reading;
  if (!whole) return null;
  const { narrative } = identities ?? {};
  return (
    <WhereNow reading={reading}>
      <Danger reading={reading} view={whole} />
      <CallBack reading={reading} view={whole} />
      {narrative !== undefined && (
        <p class="where-story">
          {beginningOf(narrative)} <a href={`${frame.base}${pagePath(about.state.id, 'child')}`}>Read all of it</a>
        </p>
      )}
    </WhereNow>
  );
}
