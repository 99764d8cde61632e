/** The safety plan that stands, in the words of who made it. */
import { isAfter } from '../../../shared/domain/core/instants.ts';
import { clockTime } from '../../../shared/domain/core/local-time.ts';
import { absenceNow } from '../../../shared/domain/missing/absences.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { unreadableWords } from './identity-view.tsx';
import type { Reading } from './reading.tsx';
import { standingPlan } from './standing-words.ts';

const safe = {
  'safe-at-home': 'Safe at home',
  placed: 'Safe in a placement',
  relative: 'Safe with a relative',
} as const;

/** "Safe at home until Friday. Not to be told: …" Nothing where there is no plan that this reader may read. */
export function SafetyPlan({ reading }: { readonly reading: Reading }) {
  const { about, frame } = reading;

  const last = standingPlan(reading);
  if (!last) return null;
  const { plan, own } = last;
  const said = (field: string) => {
    const text = own.find((each) => each.field === field);
    return text && (text.words ?? unreadableWords);
  };
  const { at, placement, until } = plan;
  const [place, notToTell] = [said('whereExactly'), said('notToTell')];
  const away = absenceNow(about.state);
  const isOver = until !== undefined && !isAfter(until, frame.now);
  return (
    <section aria-labelledby="safety-plan">
      <h2 id="safety-plan">Safety plan</h2>
      {away && isAfter(away.missingSince, at) && (
        <p>
          <strong>The child is missing since this plan was made.</strong>
        </p>
      )}
      {isOver && (
        <p>
          <strong>The time of this plan is over. Make a new one.</strong>
        </p>
      )}
      <p class="prose">
        <strong>
          {safe[placement]}
          {place !== undefined && `: ${place}`}
          {until !== undefined && `, until ${formatInstant(until)}`}.
        </strong>
        {notToTell !== undefined && (
          <>
            {' '}
            <strong>Not to be told:</strong> {notToTell}
          </>
        )}
      </p>
      <p class="prose">{said('plan')}</p>
      <p class="quiet">
        {clockTime(at, frame.now)}, {about.lookups.nameOf(last.by)}
      </p>
    </section>
  );
}
