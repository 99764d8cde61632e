/** The next meeting of the team, for a reader who is asked to come. It says when, how to join, and how to ask for another time. */
import type { ReferralView } from '../../../shared/application/read/view.ts';
import { clockTime } from '../../../shared/domain/core/local-time.ts';
import { wordsInside } from '../../../shared/domain/words/code-words.ts';
import { DueTime } from '../app/components/due-time.tsx';
import type { Reading } from '../referral/reading.tsx';
import { type Opener, pagePath } from '../referral/referral-pages.ts';
import { ActLink } from './act-link.tsx';

interface Shown {
  readonly reading: Reading;
  readonly opener: Opener;
}

/** The way to ask for another time. Nothing for a reader who holds no seat. */
export const OtherTime = (shown: Shown) => (
  <ActLink {...shown} name="answer-seat" words="You cannot come then? Propose another time" />
);

/** In short, for the first page of a referral. The address, link or number stands on the page of the team. */
export function OwnMeeting({
  reading,
  meeting,
}: {
  readonly reading: Reading;
  readonly meeting: ReferralView['meeting'];
}) {
  const { about, frame } = reading;
  if (meeting?.status !== 'scheduled' || !meeting.invited.includes(about.visitor.id)) return null;
  const { startsAt, place, way = place } = meeting;
  return (
    <section class="own-meeting" aria-labelledby="own-meeting">
      <h2 id="own-meeting">Join the team meeting</h2>
      <p>
        <strong>{clockTime(startsAt, frame.now)}</strong>, {wordsInside(way)}
        {Date.parse(startsAt) > Date.parse(frame.now) && (
          <>
            {' · '}
            <DueTime due={startsAt} now={frame.now} short />
          </>
        )}
      </p>
      <p>
        <a href={`${frame.base}${pagePath(about.state.id, 'team')}`}>How to join, and who comes</a>
        {' · '}
        <a href={`${frame.base}${pagePath(about.state.id, 'agenda')}`}>Agenda</a>
        {' · '}
        <OtherTime reading={reading} opener={{ from: '' }} />
      </p>
    </section>
  );
}
