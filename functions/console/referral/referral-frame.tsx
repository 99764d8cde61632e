/** What every page of a referral has around its content: the head, the side navigation, and what warns first. */

import type { Child } from 'hono/jsx';
import { judgesAccess } from '../../../shared/application/access/emergency-access-report.ts';
import type { CallTask } from '../../../shared/application/use-cases/call-tasks.ts';
import type { CommandName } from '../../../shared/domain/commands.ts';
import { correctionOf } from '../../../shared/domain/next-steps/corrections.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { DoubtBanner } from '../admin/record-page.tsx';
import { Alert } from '../app/components/alert.tsx';
import { SideNavigation } from '../app/components/side-navigation.tsx';
import { Page } from '../app/layout.tsx';
import { NextCall } from '../call/call-task.tsx';
import { CallAlert, SceneAlert } from '../call/scene-view.tsx';
import { titleOf } from '../forms/command-form.tsx';
import { Caregiver, NoContactYet } from './decision-view.tsx';
import { EmergencyBanner, emergencyAccessPath } from './emergency-access-page.tsx';
import { FactsAway, SafeContact } from './identity-view.tsx';
import { AskPurpose } from './purpose-view.tsx';
import type { Reading } from './reading.tsx';
import { ReferralHead } from './referral-head.tsx';
import { actPath, isAuditor, type PageSlug, pagePath, pagesFor } from './referral-pages.ts';
import { WorkerSafety } from './visit-view.tsx';

/** A command that was just carried out, or was repeated, and what it recorded. */
export interface Done {
  readonly name: CommandName;
  readonly before: boolean;
  /** When it was recorded, a UTC instant. Absent where the ledger has no such act. */
  readonly at?: string | undefined;
  readonly sentence?: string | undefined;
  /** After an act about a call: the next call about all children of the report. */
  readonly next?: CallTask | undefined;
}

interface FrameProps {
  readonly reading: Reading;
  /** The page of the navigation. Absent for a form and for an alert. */
  readonly slug?: PageSlug | undefined;
  readonly title: string;
  /** Stands above all, such as the summary of errors. */
  readonly top?: Child;
  /** What the page is for, where a person must have it before the warnings. It must tell the dangers itself. */
  readonly lead?: Child;
  readonly children?: Child;
}

export function ReferralFrame({ reading, slug, title, top, lead, children }: FrameProps) {
  const { frame, about, view, ofCase, working } = reading;
  const { state, visitor } = about;
  const family = ofCase ?? working;

  const links = linksFor(reading);
  const here = slug === undefined ? '' : `${frame.base}${pagePath(state.id, slug)}`;
  return (
    <Page
      frame={frame}
      title={`${title} – Referral ${state.id}`}
      head={<ReferralHead reading={reading} />}
      side={links.length > 1 && <SideNavigation label="Pages of this referral" links={links} here={here} />}
    >
      <div class="of-referral">
        {top}
        {lead && <div class="leads">{lead}</div>}
        <EmergencyBanner state={state} visitor={visitor} now={frame.now} />
        <DoubtBanner frame={frame} record={state.id} doubt={reading.doubt} />
        <div class="warnings">
          {'doNotContactBefore' in view && <NoContactYet view={view} />}
          {family && <Caregiver view={family} isAssigned={visitor.roles.includes('caseworker')} />}
          {'call' in view && <CallAlert call={view.call} />}
          {'scene' in view && <SceneAlert reading={reading} scene={view.scene} slug={slug} />}
          {'workerSafety' in view && <WorkerSafety reading={reading} safety={view.workerSafety} />}
        </div>
        {children}
      </div>
    </Page>
  );
}

/** The pages that hold something for this reader, and what auditors and reviewers open besides. */
function linksFor(reading: Reading) {
  const { frame, about } = reading;
  const { state, visitor } = about;
  return [
    ...pagesFor(reading).map((page) => ({
      words: page.title,
      path: pagePath(state.id, page.slug),
    })),
    ...(isAuditor(reading) ? [{ words: 'Audit', path: `/referrals/${state.id}/audit` }] : []),
    ...(judgesAccess(state, visitor) ? [{ words: 'Emergency access', path: emergencyAccessPath(state.id) }] : []),
  ].map(({ words, path }) => ({ words, href: `${frame.base}${path}` }));
}

/** That it was recorded before, and when. */
export const alreadyWords = (at: string | undefined, _now: string): string =>
  at === undefined ? 'This was recorded already' : `This was recorded already, at ${formatInstant(at)}`;

/** What was recorded, and the link to correct it where the domain allows that now. */
export function Confirmation({
  reading,
  done,
  here,
  from,
}: {
  readonly reading: Reading;
  readonly done: Done | undefined;
  /** The path of this page. */
  readonly here: string;
  readonly from: PageSlug;
}) {
  if (!done) return null;
  const { frame, about, offered } = reading;
  const correction = correctionOf(done.name);
  return (
    <Alert kind="success" heading={done.before ? alreadyWords(done.at, frame.now) : 'Recorded'}>
      <p>{done.sentence ?? titleOf(done.name)}</p>
      <NextCall frame={frame} next={done.next} />
      <p>
        The next tasks may take a few seconds to appear: <a href={`${frame.base}${here}`}>load this page again</a>.
        {correction && offered.some(({ name }) => name === correction) && (
          <>
            {' '}
            Wrong? <a href={`${frame.base}${actPath(about.state.id, correction, { from })}`}>Correct this</a>.
          </>
        )}
      </p>
    </Alert>
  );
}

/** Where the facts are away: whether the forms of steps are there. */
export const Away = ({ reading: { isAway, offered } }: Pick<FrameProps, 'reading'>) =>
  isAway ? <FactsAway hasForms={offered.length > 0} /> : null;

/** The whole note on safe contact. */
export function SafeContactNote({ reading }: Pick<FrameProps, 'reading'>) {
  const { ofCase, working, offer, identities, isAway } = reading;
  const isOffered = Object.values(offer?.linkages ?? {}).some(({ status }) => status === 'offered');
  return (
    <div id="safe-contact">
      {ofCase && (
        <SafeContact
          view={ofCase}
          identities={identities}
          isAway={isAway}
          opensBy={isOffered ? 'acceptance' : undefined}
        />
      )}
      {working && <SafeContact view={working} identities={undefined} opensBy="reason" isAway={isAway} />}
    </div>
  );
}

/** The question what the facts are for, where the reader has not said it in this session. */
export const PurposeAsked = ({ reading, from }: Pick<FrameProps, 'reading'> & { readonly from: PageSlug }) => {
  const { opened, frame, about } = reading;
  return 'suggested' in opened ? (
    <AskPurpose
      frame={frame}
      referralId={about.state.id}
      suggested={opened.suggested}
      fitting={opened.fitting}
      from={from}
    />
  ) : null;
};
