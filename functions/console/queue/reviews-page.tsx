/** The coming case reviews of one team, and the choice of the team. */
import type { ComingReviews } from '../../../shared/application/read/reviews.ts';
import type { ReviewLine } from '../../../shared/domain/review/review-rows.ts';
import type { MdtTeam } from '../../../shared/policy/places/geography.ts';
import { DueTime } from '../app/components/due-time.tsx';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import { actPath, pagePath } from '../referral/referral-pages.ts';

interface ReviewsPageProps {
  readonly frame: Frame;
  /** The teams that the reader may choose from. */
  readonly teams: readonly MdtTeam[];
  /** Absent where the reader has not chosen one. */
  readonly chosen?: { readonly team: MdtTeam; readonly coming: ComingReviews };
}

export function ReviewsPage({ frame, teams, chosen }: ReviewsPageProps) {
  const here = `${frame.base}/reviews`;
  const others = teams.filter(({ id }) => id !== chosen?.team.id);
  const addressOf = ({ id }: MdtTeam) => `${here}?team=${id}`;
  return (
    <Page frame={frame} title="Case reviews">
      <h1>{chosen ? `Case reviews: ${chosen.team.name}` : 'Case reviews'}</h1>
      {chosen && <Coming frame={frame} coming={chosen.coming} address={addressOf(chosen.team)} />}
      {others.length > 0 && (
        <>
          <h2>{chosen ? 'Other teams' : 'Choose a team'}</h2>
          <ul>
            {others.map((team) => (
              <li>
                <a href={addressOf(team)}>{team.name}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </Page>
  );
}

function Coming({
  frame,
  coming: { reviews, next },
  address,
}: {
  readonly frame: Frame;
  readonly coming: ComingReviews;
  readonly address: string;
}) {
  if (reviews.length === 0)
    return (
      <p>
        No review is set. Choose a referral from <a href={`${frame.base}/`}>your cases</a>. Its agenda has the link to
        set a meeting.
      </p>
    );
  return (
    <>
      <Table
        caption="Set, or not recorded yet. The soonest first"
        heads={['Referral', 'Meets', 'Agenda', 'Seats without an answer']}
        rows={reviews.map((line) => [
          <a href={`${frame.base}${pagePath(line.referralId, 'agenda')}`}>{line.referralId}</a>,
          <Meets line={line} frame={frame} />,
          line.frozen ? 'Frozen' : 'Still changes',
          line.unanswered === 0 ? 'None' : `${line.unanswered} of ${line.seats}`,
        ])}
      />
      {next !== undefined && (
        <p>
          <a href={`${address}&after=${encodeURIComponent(next)}`} rel="next">
            Next page
          </a>
        </p>
      )}
    </>
  );
}

const Meets = ({
  line: { referralId, startsAt, isOver },
  frame,
}: {
  readonly line: ReviewLine;
  readonly frame: Frame;
}) =>
  isOver ? (
    <a href={`${frame.base}${actPath(referralId, 'record-meeting', { from: 'agenda' })}`}>
      Record the meeting of the team
    </a>
  ) : (
    <DueTime due={startsAt} now={frame.now} />
  );
