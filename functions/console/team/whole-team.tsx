/** The team of a referral: who has not answered, each seat, and who stepped aside. */
import type { ReferralView } from '../../../shared/application/read/view.ts';
import type { SeatLack } from '../../../shared/domain/agreements/agreement-states.ts';
import { formatDate } from '../../../shared/domain/policy/due.ts';
import { invitationWaits } from '../../../shared/domain/team/seat-silence.ts';
import { wordsInside } from '../../../shared/domain/words/code-words.ts';
import { teamNameOf } from '../app/lookups.ts';
import type { Reading } from '../referral/reading.tsx';
import { ActLink, SeveralLink } from './act-link.tsx';
import { LedTeam } from './led-team.tsx';
import { MembersTeam } from './team-view.tsx';

/** The team, for a reader of the whole referral. Those who convene it read where each seat stands. */
export function Team({ reading, view }: { readonly reading: Reading; readonly view: ReferralView }) {
  const { nameOf } = reading.about.lookups;
  const { phones, lacking } = reading;
  const { seats, vacant, confidentialityAgreements, team = '' } = view;

  if (seats.length === 0 && vacant.length === 0) return null;
  const aside = Object.entries(confidentialityAgreements).filter(([, { conflict }]) => conflict === 'yes');
  const open = seats.filter(({ answer }) => answer === undefined);
  const unanswered = open.length;
  const { state, policy } = reading.about;
  const areOut = open.some((seat) => invitationWaits(state, seat, policy, reading.frame.now) === undefined);
  const caption = `Team: ${teamNameOf(team)}`;
  return (
    <>
      {unanswered > 0 && (
        <p>
          <strong>
            {unanswered} of {seats.length} members have not answered.
          </strong>{' '}
          {areOut && (
            <SeveralLink
              reading={reading}
              kind="reminders"
              name="remind-seats"
              words="Remind all who have not answered"
            />
          )}
        </p>
      )}
      {phones ? (
        <LedTeam reading={reading} view={view} caption={caption} phones={phones} />
      ) : (
        <MembersTeam view={view} nameOf={nameOf} caption={caption} readerId={reading.about.visitor.id} />
      )}
      <p>
        <SeveralLink reading={reading} kind="invitations" name="invite-seat" words="Invite people to empty seats" />
      </p>
      <Lacking lacking={lacking} />
      {aside.length > 0 && (
        <p>Stepped aside for a conflict of interest: {aside.map(([id]) => nameOf(id)).join('; ')}.</p>
      )}
    </>
  );
}

/** For those who convene the team: the way to another time of the meeting that is set. */
export function MoveMeeting({ reading }: { readonly reading: Reading }) {
  if (reading.whole?.meeting?.status !== 'scheduled') return null;
  return (
    <p>
      <ActLink reading={reading} name="schedule-meeting" opener={{ from: 'team' }} words="Move the meeting" />
    </p>
  );
}

/** The seats that lack a data agreement, those with the same reason in one sentence. */
function Lacking({ lacking }: { readonly lacking: readonly SeatLack[] }) {
  const alike = Map.groupBy(lacking, ({ lack }) => (lack.state === 'none' ? lack.state : `${lack.state} ${lack.on}`));
  return (
    <>
      {[...alike.values()].map((group) => {
        const seats = group.map(({ seat }) => wordsInside(seat)).join(', ');
        const lack = group[0]?.lack;
        if (lack?.state === 'expired')
          return (
            <p>
              The data agreement expired on {formatDate(lack.on)}: {seats}.
            </p>
          );
        if (lack?.state === 'ended')
          return (
            <p>
              The data agreement ended on {formatDate(lack.on)}: {seats}.
            </p>
          );
        if (lack?.state === 'not-yet')
          return (
            <p>
              The data agreement begins on {formatDate(lack.on)}: {seats}.
            </p>
          );
        return <p>No data agreement is in force for: {seats}.</p>;
      })}
    </>
  );
}
