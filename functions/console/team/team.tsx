/** The team of a referral: who has not answered, each seat, and who stepped aside. */
import type { ReferralView } from '../../../shared/application/read/view.ts';
import { teamNameOf } from '../app/lookups.ts';
import { useWording } from '../app/spoken.ts';
import type { Reading } from '../referral/reading.tsx';
import { LedTeam } from './led-team.tsx';
import { MembersTeam } from './team-view.tsx';

/** The team, for a reader of the whole referral. Those who convene it read where each seat stands. */
export function Team({ reading, view }: { readonly reading: Reading; readonly view: ReferralView }) {
  const { nameOf } = reading.about.lookups;
  const { phones, lacking } = reading;
  const { seats, vacant, confidentialityAgreements, team = '' } = view;
  const { say, inside } = useWording();
  if (seats.length === 0 && vacant.length === 0) return null;
  const aside = Object.entries(confidentialityAgreements).filter(([, { conflict }]) => conflict === 'yes');
  const unanswered = seats.filter(({ answer }) => answer === undefined).length;
  const caption = `${say('Team')}: ${teamNameOf(team)}`;
  return (
    <>
      {unanswered > 0 && (
        <p>
          <strong>
            {say('{unanswered} of {all} members have not answered.', {
              unanswered: String(unanswered),
              all: String(seats.length),
            })}
          </strong>
        </p>
      )}
      {phones ? (
        <LedTeam reading={reading} view={view} caption={caption} phones={phones} />
      ) : (
        <MembersTeam view={view} nameOf={nameOf} caption={caption} readerId={reading.about.visitor.id} />
      )}
      {lacking.length > 0 && (
        <p>{say('No data agreement is in force for: {seats}.', { seats: lacking.map(inside).join(', ') })}</p>
      )}
      {aside.length > 0 && (
        <p>
          {say('Stepped aside for a conflict of interest: {names}.', {
            names: aside.map(([id]) => nameOf(id)).join('; '),
          })}
        </p>
      )}
    </>
  );
}
