/** The first chapter of an audit: whether the chains are intact, how much there is, and the whole life. */
import type { ShownAudit } from '../../../shared/application/read/shown-audit.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { Alert } from '../app/components/alert.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';
import { addressOf } from '../queue/filter-words.ts';
import { LifePicture } from '../referral/clock-picture.tsx';
import { emergencyAccessPath } from '../referral/emergency-access-page.tsx';
import { type Chapter, type ChapterProps, chapterPath } from './chapter.tsx';
import { logPath } from './log-page.tsx';

export function Summary({ frame, audit, policy, hasEmergencyAccess }: ChapterProps) {
  const { base, now } = frame;
  const { referralId, deadlines, alerts, accesses, commits, runs } = audit;
  const open = deadlines.filter(({ status }) => status === 'open');
  const overdue = open.filter(({ missed, due }) => missed || Date.parse(due) <= Date.parse(now));
  const late = deadlines.filter(({ status, missed }) => status !== 'open' && missed);
  const sent = alerts.flatMap(({ deliveries }) => deliveries);
  const people = new Set(commits.flatMap(({ actor }) => (actor.kind === 'person' ? [actor.id] : [])));
  const lost = commits.flatMap(({ at, events }) =>
    events.some(({ type }) => type === 'run-lost') ? [{ at, name: 'A run was lost' }] : [],
  );
  const read = accesses.map(({ at, personId: name }) => ({ at, name }));
  const link = (chapter: Chapter, text: string) => <a href={`${base}${chapterPath(referralId, chapter)}`}>{text}</a>;
  return (
    <>
      <p class="prose">The audit shows the steps, clocks, mail and reads. Facts about the child are not in it.</p>
      <ChainResult audit={audit} />
      <p>
        <a href={`${base}/referrals/${referralId}/proof`}>A proof file for a court or an auditor</a>, or{' '}
        <a href={addressOf(`${base}${logPath}`, { referral: referralId })}>the log of who did what</a>
      </p>
      {(audit.doubt.open.length > 0 || audit.doubt.words.length > 0) && (
        <p>
          <a href={`${base}/records/${referralId}`}>
            {audit.doubt.open.length > 0
              ? 'People cannot change it until a supervisor confirms it: what was found'
              : 'A supervisor confirmed it: what was found, and by which person'}
          </a>
        </p>
      )}
      <SummaryList
        pairs={[
          ['Stage', words(audit.stage)],
          ['Rules', audit.policy],
          ['People', link('people', `${people.size} acted`)],
          [
            'Clocks',
            link(
              'clocks',
              `${deadlines.length}: ${open.length} open, ${overdue.length} of them overdue, and ${late.length} ended after a miss`,
            ),
          ],
          ['Runs', link('runs', `${runs.length}, of which ${audit.waits.length} wait`)],
          ['Mail', link('mail', `${alerts.length} alerts, ${sent.length} e-mails`)],
          ['Reads', link('reads', `${accesses.length} by ${new Set(accesses.map(({ who }) => who)).size} people`)],
          ['Commits', link('commits', `${commits.length}`)],
        ]}
      />
      {hasEmergencyAccess && (
        <p>
          <a href={`${base}${emergencyAccessPath(referralId)}`}>Emergency access and its review</a>
        </p>
      )}
      <h2>Its whole life</h2>
      <section class="scroll" tabindex={0} aria-label="Its whole life">
        <LifePicture
          clocks={deadlines}
          start={commits[0]?.at ?? now}
          policy={policy}
          now={now}
          moments={[
            ['Reads of facts and identity', read, 'mark-meeting'],
            ['Runs that were lost', lost, 'mark-service'],
          ]}
        />
      </section>
    </>
  );
}

export const isIntact = ({
  chain,
  alertChainsIntact,
  accessChainIntact,
}: Pick<ShownAudit, 'chain' | 'alertChainsIntact' | 'accessChainIntact'>): boolean =>
  chain.intact && alertChainsIntact && accessChainIntact;

function ChainResult({ audit }: { readonly audit: ShownAudit }) {
  const { chain, alertChainsIntact } = audit;
  if (chain.intact && isIntact(audit)) {
    return (
      <Alert kind="success" heading="The chain is intact">
        <p>
          We recomputed all {chain.length} commits from the first. Each follows from the one before it, and none was
          changed. Each has the code of a function that may write it. The same holds for the alerts and for the records
          of reads.
        </p>
        <p class="hash">Head: {chain.head}</p>
      </Alert>
    );
  }
  return (
    <Alert kind="error" heading="The chain is broken">
      {chain.intact
        ? `The chain of the referral is intact, but ${alertChainsIntact ? 'the records of reads are' : 'the chain of an alert is'} not.`
        : `${chain.sentence} What follows it cannot be relied on. Tell the person on call for this system.`}
    </Alert>
  );
}
