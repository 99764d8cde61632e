/** The next meeting of the team, for a reader who is asked to come. It says when, how to join, and how to ask for another time. */
import type { ReferralView } from '../../../shared/application/read/view.ts';
import { DueTime } from '../app/components/due-time.tsx';
import { useWording } from '../app/spoken.ts';
import type { Reading } from '../referral/reading.tsx';
import { type Opener, pagePath } from '../referral/referral-pages.ts';
import { ActLink } from './act-link.tsx';

interface Shown {
  readonly reading: Reading;
  readonly opener: Opener;
}

/** The way to ask for another time. Nothing for a reader who holds no seat. */
export const OtherTime = (shown: Shown) => (
  <ActLink {...shown} name="answer-seat" words={useWording().say('You cannot come then? Propose another time')} />
);

/** In short, for the first page of a referral. The address, link or number stands on the page of the team. */
export function OwnMeeting({
  reading,
  meeting,
}: {
  readonly reading: Reading;
  readonly meeting: ReferralView['meeting'];
}) {
  const { say, inside, clock } = useWording();
  const { about, frame } = reading;
  if (meeting?.status !== 'scheduled' || !meeting.invited.includes(about.visitor.id)) return null;
  const { startsAt, place, way = place } = meeting;
  return (
    <section class="own-meeting" aria-labelledby="own-meeting">
      <h2 id="own-meeting">{say('Join the team meeting')}</h2>
      <p>
        <strong>{clock(startsAt, frame.now)}</strong>, {inside(way)}
        {Date.parse(startsAt) > Date.parse(frame.now) && (
          <>
            {' · '}
            <DueTime due={startsAt} now={frame.now} short />
          </>
        )}
      </p>
      <p>
        <a href={`${frame.base}${pagePath(about.state.id, 'team')}`}>{say('How to join, and who comes')}</a>
        {' · '}
        <a href={`${frame.base}${pagePath(about.state.id, 'agenda')}`}>{say('Agenda')}</a>
        {' · '}
        <OtherTime reading={reading} opener={{ from: '' }} />
      </p>
    </section>
  );
}
