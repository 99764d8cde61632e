/** The page of vacant seats and other gaps of teams, found before a referral needs them. */

import type { TeamGaps } from '../../../shared/application/read/team-gaps.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import { teamNameOf } from '../app/lookups.ts';

interface TeamsPageProps {
  readonly frame: Frame;
  readonly gaps: TeamGaps['gaps'];
  readonly nameOf: (personId: string) => string;
}

export const TeamsPage = ({ frame, gaps, nameOf }: TeamsPageProps) => (
  <Page frame={frame} title="Gaps in the teams">
    <h1>Gaps in the teams</h1>
    <p>
      Each required seat of a team needs a holder and a deputy with a working e-mail address. Each team is checked about
      every hour and a half. A gap leaves this list when it is filled.
    </p>
    {gaps.length === 0 ? (
      <p>No gap is known now.</p>
    ) : (
      <Table
        caption="Gaps in the teams"
        heads={['Team', 'Gap', 'Found', 'Who was told']}
        rows={gaps.map(({ team, says, since, told }) => [
          teamNameOf(team),
          says,
          formatInstant(since),
          told.length === 0 ? 'No one yet' : told.map(nameOf).join('; '),
        ])}
      />
    )}
  </Page>
);
