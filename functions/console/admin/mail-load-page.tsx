/** What mail cost its readers in the last week. Supervisors judge a policy by it. */
import type { MailLoad } from '../../../shared/application/read/mail-load.ts';
import type { Spread } from '../../../shared/domain/alerts/noise.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { findRule, type Policy } from '../../../shared/domain/policy/policy.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { dutyTitle } from '../../../shared/domain/words/duty-words.ts';
import { disclosure } from '../../../shared/policy/disclosure.ts';
import { SummaryList } from '../app/components/summary-list.tsx';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';

const spreadCells = ({ p50, p95, max }: Spread) => [String(p50), String(p95), String(max)];

const countCells = ({ mails, interruptions, byClass }: Omit<MailLoad['byRule'][number], 'about'>) =>
  [mails, interruptions, byClass.now, byClass.today, byClass.routine].map(String);

/** The words of a duty with its code behind them, or of a kind of news. */
function subjectOf(about: string, policy: Policy) {
  const rule = findRule(policy, about);
  if (!rule) return about === 'notice' ? 'Notices about shifts, teams, drafts and the system' : `News: ${words(about)}`;
  return (
    <>
      {dutyTitle(rule)} <small>({about})</small>
    </>
  );
}

export function MailLoadPage({
  frame,
  load,
  policy,
}: {
  readonly frame: Frame;
  readonly load: MailLoad;
  readonly policy: Policy;
}) {
  const { mails, interruptions, people, byClass, byRule, rare, mailsOfShift, interruptionsOfShift } = load;
  return (
    <Page frame={frame} title="Mail load">
      <h1>Mail load of the last week</h1>
      <p>
        Mail of the whole state since {formatInstant(load.since)}. Mail of the classes <em>now</em> and <em>today</em>{' '}
        interrupts: it asks a person to stop and act. <em>Routine</em> mail comes once a day. This page names no person
        and no referral.
      </p>
      {mails === 0 ? (
        <p>No mail went out in this week.</p>
      ) : (
        <>
          <Table
            caption="One person in a shift of eight hours"
            heads={['What', 'In half of the shifts at most', 'In 95 of 100 shifts at most', 'Most in one shift']}
            rows={[
              ['Interruptions', ...spreadCells(interruptionsOfShift)],
              ['Mails', ...spreadCells(mailsOfShift)],
            ]}
            numbers
          />
          <p>Shifts without mail are left out, so that quiet shifts do not hide a loud one.</p>
          <h2>In all</h2>
          <SummaryList
            pairs={[
              ['Mails', String(mails)],
              ['Interruptions', String(interruptions)],
              ['Mails of class now', String(byClass.now)],
              ['Mails of class today', String(byClass.today)],
              ['Mails of class routine', String(byClass.routine)],
              ['People who got mail', String(people)],
              ['Most mails for one person', String(load.mostOfOnePerson)],
              ['Most mails about one referral', String(load.mostOfOneReferral)],
            ]}
          />
          <Table
            caption="By duty or news, the most mails first"
            heads={['Duty or news', 'Mails', 'Interruptions', 'Now', 'Today', 'Routine']}
            rows={[
              ...byRule.map((each) => [subjectOf(each.about, policy), ...countCells(each)]),
              ...(rare ? [[`Others, each about fewer than ${disclosure.fewest} referrals`, ...countCells(rare)]] : []),
            ]}
            numbers
          />
          <p>A mail about several things counts once, under the loudest of them.</p>
          <p>
            Duties and news about fewer than {disclosure.fewest} referrals are counted together, without their names.
            The name of a rare duty could lead to one child.
          </p>
        </>
      )}
    </Page>
  );
}
