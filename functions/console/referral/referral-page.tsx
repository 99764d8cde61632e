/** One referral: who the child is, who must do what by when, and the acts of the reader. Every alert leads here. */
import type { Child } from 'hono/jsx';
import { judgesAccess } from '../../../shared/application/access/emergency-access.ts';
import type { FactsOpened } from '../../../shared/application/access/open-facts.ts';
import { asKnownTo } from '../../../shared/application/access/part-2-records.ts';
import {
  auditors,
  isOneOf,
  leadsTeam,
  seatsOf,
  seesEveryReferral,
} from '../../../shared/application/access/visitor.ts';
import { stepsThatWaitOn } from '../../../shared/application/read/next-steps.ts';
import type { IdentityView } from '../../../shared/application/read/read-identities.ts';
import { searchers } from '../../../shared/application/read/search.ts';
import { type ShownView, showReferral } from '../../../shared/application/read/shown-view.ts';
import { invitationOf, type ReferralView } from '../../../shared/application/read/view.ts';
import { deadlineIdsOf } from '../../../shared/domain/alerts/alert-duties.ts';
import type { Alert as ReferralAlert } from '../../../shared/domain/alerts/alert-state.ts';
import { isCall, ringingFor } from '../../../shared/domain/alerts/call-rounds.ts';
import { groupsAnsweredBy, groupsLeftTo, ownGroups } from '../../../shared/domain/alerts/recipient-groups.ts';
import type { CommandName } from '../../../shared/domain/commands.ts';
import type { Doubt } from '../../../shared/domain/doubts/doubts.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { ruleOf } from '../../../shared/domain/policy/policy.ts';
import { hasSignedAgreement } from '../../../shared/domain/team/seats.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { labelAt } from '../../../shared/domain/words/field-words.ts';
import { inside } from '../../../shared/domain/words/words.ts';
import { DoubtBanner } from '../admin/record-page.tsx';
import { Alert } from '../app/components/alert.tsx';
import { Reference } from '../app/components/reference.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';
import { type Frame, Token } from '../app/frame.tsx';
import { ErrorSummary, Page } from '../app/layout.tsx';
import { recipientWords } from '../app/words.ts';
import { HaveChild } from '../call/have-child.tsx';
import { SceneAlert } from '../call/scene-view.tsx';
import type { About } from '../forms/command-fields.ts';
import {
  type Attempt,
  anchorOf,
  CommandForms,
  commandAction,
  offeredCommands,
  titleOf,
} from '../forms/command-form.tsx';
import { Invited, Meetings, Team } from '../team/team-view.tsx';
import { notesOn } from './alert-notes.ts';
import { Deadlines } from './deadline-view.tsx';
import { Caregiver, DecisionPart, NoContactYet } from './decision-view.tsx';
import { EmergencyBanner, emergencyAccessPath } from './emergency-access.tsx';
import { Facts } from './facts-view.tsx';
import { ChildOfOffer, FactsAway, Identity, SafeContact } from './identity-view.tsx';
import { callsFor, MailTrouble, type Trouble } from './mail-view.tsx';
import { MergedInto } from './merged-view.tsx';
import { AskedBox } from './next-steps-view.tsx';
import { AskPurpose, Codes } from './purpose-view.tsx';
import { Screenings } from './screening-view.tsx';
import { Needs, Services } from './services-view.tsx';
import type { TextMessage } from './text-view.tsx';
import { Uncompared } from './uncompared.tsx';

export interface ReferralPageProps {
  readonly frame: Frame;
  readonly about: About;
  /** How much of it this reader sees now. */
  readonly opened: FactsOpened | { readonly depth: 'working' };
  /** Whether the record of the read or the vault failed, so that words of the vault are missing. */
  readonly isAway?: boolean;
  /** The calls of this referral's call task. */
  readonly calls: Child;
  readonly identities: IdentityView | undefined;
  /** Whether people may change it. */
  readonly doubt: Doubt;
  /** Random. A form sent twice does its command once. */
  readonly submission: string;
  readonly alert?: ShownAlert | undefined;
  /**
   * Mail of the referral that did not arrive, if this reader telephones its recipients. Empty for members and
   * providers.
   */
  readonly trouble: readonly Trouble[];
  /** Text messages that followed unanswered mail. Empty for members and providers. */
  readonly texts: readonly TextMessage[];
  /** The telephone number of the person on call, where mail is in trouble. */
  readonly oncall?: string | undefined;
  /** When each invited person first opened the invitation. Empty for members and providers. */
  readonly seen: Readonly<Record<string, string>>;
  /** Telephone numbers of the team by person. Absent for members and providers. */
  readonly phones?: Readonly<Record<string, string>> | undefined;
  readonly attempt?: Attempt | undefined;
  /** A command that was just carried out, or was repeated, and what it recorded. */
  readonly done?:
    | { readonly name: CommandName; readonly before: boolean; readonly sentence?: string | undefined }
    | undefined;
}

type ShownAlert = ShownView['alerts'][number] & { readonly acknowledgedAt?: string | undefined };

export function ReferralPage({
  frame,
  about,
  opened,
  isAway = false,
  calls,
  identities,
  doubt,
  submission,
  alert,
  trouble,
  texts,
  oncall,
  seen,
  phones,
  attempt,
  done,
}: ReferralPageProps) {
  const { state, policy, visitor, lookups, others } = about;
  const view = showReferral(state, policy, visitor, others, opened.depth);
  const whole = 'shows' in view && view.shows === 'facts' ? view : undefined;
  // Without the facts about the child: for lack of a purpose, or for administrators and auditors.
  const limited = 'shows' in view && view.shows !== 'facts' ? view : undefined;
  const working = limited?.shows === 'working' ? limited : undefined;
  // A provider sees its own services alone.
  const ofCase = 'linkages' in view ? view : undefined;
  const offer = 'residenceTown' in view ? view : undefined;
  const isOffered = Object.values(offer?.linkages ?? {}).some(({ status }) => status === 'offered');
  const asksToSign = !hasSignedAgreement(state, visitor.id) && seatsOf(state, visitor).length > 0;
  const asked = stepsThatWaitOn(state, policy, visitor, alert ? deadlineIdsOf(alert) : []);
  const offered = working ? [] : offeredCommands(about, asked, attempt);
  const here = alert ? `${frame.base}/alerts/${alert.id}` : `${frame.base}/referrals/${state.id}`;
  const clocksMissing = state.pathway.clocksMissing === true;
  const takes = alert ? takenBy(alert, about) : [];
  const isOpen = alert !== undefined && isOpenFor(alert, about);
  // A call's mail names a button. Who opens it on a phone sees that button first.
  const isForNow = isOpen && takes.length > 0;
  const alertBox = alert && (
    <AlertBox
      frame={frame}
      alert={alert}
      referralId={state.id}
      submission={submission}
      notes={limited ? [] : notesOn(alert)}
      takes={takes}
      isOpen={isOpen}
      nameOf={lookups.nameOf}
    />
  );
  return (
    <Page frame={frame} title={`${attempt ? 'Not done yet: ' : ''}Referral ${state.id}`}>
      <EmergencyBanner state={state} visitor={visitor} now={frame.now} />
      <DoubtBanner frame={frame} record={state.id} doubt={doubt} />
      {'doNotContactBefore' in view && <NoContactYet view={view} />}
      {'scene' in view && <SceneAlert scene={view.scene} />}
      {isAway && <FactsAway hasForms={offered.length > 0} />}
      {ofCase && (
        <SafeContact
          view={ofCase}
          identities={identities}
          isAway={isAway}
          opensBy={isOffered ? 'acceptance' : undefined}
        />
      )}
      {working && <SafeContact view={working} identities={undefined} opensBy="reason" isAway={isAway} />}
      {ofCase && <Caregiver view={ofCase} />}
      {working && <Caregiver view={working} />}
      {done && (
        <Alert kind="success" heading={done.before ? 'This had been recorded before' : 'Recorded'}>
          <p>{done.sentence ?? titleOf(done.name)}</p>
          <p>
            The workflow is being told now, and what it sets up next may be a few seconds away:{' '}
            <a href={here}>load this page again</a>.
          </p>
        </Alert>
      )}
      {attempt && <NotDone attempt={attempt} />}
      <h1>
        Referral <Reference id={state.id} />
      </h1>
      {isForNow && alertBox}
      {calls}
      {'merges' in view && <MergedInto frame={frame} view={view} />}
      {whole && (
        <Uncompared view={whole} searchPage={isOneOf(visitor, searchers) ? `${frame.base}/search` : undefined} />
      )}
      {isOneOf(visitor, auditors) && (
        <p>
          <a href={`${frame.base}/referrals/${state.id}/audit`}>Audit of this referral</a>
        </p>
      )}
      {judgesAccess(state, visitor) && (
        <p>
          <a href={`${frame.base}${emergencyAccessPath(state.id)}`}>
            Emergency access to this referral, and its review
          </a>
        </p>
      )}
      {!isForNow && alertBox}
      <AskedBox
        asked={asked}
        now={frame.now}
        offered={offered.map(({ name }) => name)}
        accessPage={`${frame.base}${emergencyAccessPath(state.id)}`}
        settling={done !== undefined}
        clocksMissing={clocksMissing}
      />
      {'suggested' in opened && (
        <AskPurpose frame={frame} referralId={state.id} suggested={opened.suggested} fitting={opened.fitting} />
      )}
      {!limited && (seesEveryReferral(visitor) || leadsTeam(state, visitor)) && (
        <MailTrouble
          state={asKnownTo(state, policy, visitor)}
          trouble={trouble}
          texts={texts}
          now={frame.now}
          oncall={oncall}
          isTheirs={callsFor(state, visitor)}
        />
      )}
      {asksToSign && <Invited invitation={invitationOf(state, policy, visitor)} />}
      {offer && !identities && !isAway && <ChildOfOffer view={offer} isOffered={isOffered} />}
      {ofCase && !isAway && (identities || !offer) && <Identity identities={identities} />}
      {limited && <Codes view={limited} />}
      {whole && <Facts view={whole} lookups={lookups} />}
      {whole && (
        <DecisionPart view={whole} policy={policy} nameOf={lookups.nameOf} identities={identities} now={frame.now} />
      )}
      {limited && <Deadlines view={limited} now={frame.now} />}
      {ofCase && (whole || ofCase.deadlines.length > 0) && <Deadlines view={ofCase} now={frame.now} />}
      {whole && <Screenings view={whole} policy={policy} nameOf={lookups.nameOf} />}
      {whole && <Team view={whole} nameOf={lookups.nameOf} seen={seen} phones={phones} />}
      {whole && <NextMeeting view={whole} nameOf={lookups.nameOf} />}
      {whole && <Meetings view={whole} />}
      {ofCase && <Services view={ofCase} nameOf={lookups.nameOf} providerNameOf={lookups.providerNameOf} />}
      {whole && <Needs view={whole} />}
      {whole?.stage === 'open' && <Closure view={whole} />}
      <h2>What you can do</h2>
      {offered.length === 0 && <p>{offersNothing(working !== undefined, isAway)}</p>}
      <CommandForms
        frame={frame}
        referralId={state.id}
        offered={offered}
        submission={submission}
        seq={state.seq}
        alertId={alert?.id}
        attempt={attempt}
      />
    </Page>
  );
}

const offersNothing = (isWorking: boolean, isAway: boolean): string => {
  if (!isWorking) return 'Nothing here is for you to do.';
  return isAway ? 'Load this page again to see what else you can do.' : 'Choose a reason above to see what you can do.';
};

function NotDone({ attempt: { name, problems, refusal } }: { readonly attempt: Attempt }) {
  if (refusal === undefined) {
    const heading = `Not done yet, please correct this: ${titleOf(name)}`;
    return <ErrorSummary form={name} heading={heading} problems={problems} labelAt={labelAt} />;
  }
  return (
    <Alert kind="error" heading="Not done yet" focused>
      <a href={`#${anchorOf(name)}`}>{titleOf(name)}</a>: {refusal}
    </Alert>
  );
}

/** Whether the alert still waits for an acknowledgement of this person. */
function isOpenFor({ id, acknowledgedBy }: ShownAlert, { state, visitor }: Pick<About, 'state' | 'visitor'>): boolean {
  const alert = state.alerts[id];
  return acknowledgedBy === undefined || (alert !== undefined && groupsLeftTo(visitor, alert, state).length > 0);
}

/** The ringing duties that this person takes on by acknowledging a call: those that their groups were called about. */
function takenBy(
  shown: ShownAlert,
  { state, policy, visitor }: Pick<ReferralPageProps['about'], 'state' | 'policy' | 'visitor'>,
) {
  const alert: ReferralAlert | undefined = state.alerts[shown.id];
  if (!alert || !isCall(alert)) return [];
  const own = ownGroups(visitor, alert, state);
  // A stand-in has no group of the alert, and answers for the groups in whose place the mail came.
  const groups = own.length > 0 ? own : groupsAnsweredBy(visitor, alert, state);
  return ringingFor(alert, groups, state).map((deadline) => {
    const { id, obligation } = ruleOf(policy, deadline);
    return `${obligation} (${id}), due ${formatInstant(deadline.due)}`;
  });
}

function AlertBox({
  frame,
  alert,
  referralId,
  submission,
  notes,
  takes,
  isOpen,
  nameOf,
}: {
  readonly frame: Frame;
  readonly alert: ShownAlert;
  /** The ringing duties that this person takes on by acknowledging it, in words. */
  readonly takes: readonly string[];
  /** Whether the alert still waits for this person's acknowledgement. */
  readonly isOpen: boolean;
  readonly notes: readonly string[];
  readonly referralId: string;
  readonly submission: string;
  readonly nameOf: (personId: string) => string;
}) {
  const about = alert.checkpoint === undefined ? '' : ` (${wordsInside(alert.checkpoint)})`;
  return (
    <section class="asked" aria-labelledby="alert">
      <h2 id="alert">The alert you opened</h2>
      <p>
        {alert.kind === undefined ? 'News' : words(alert.kind)}
        {about}, sent {formatInstant(alert.requestedAt)} to{' '}
        {[
          ...alert.to.map((recipient) => inside(recipientWords(recipient))),
          ...(alert.people.length > 0 ? ['the person named'] : []),
        ].join(', ')}
        .
      </p>
      {notes.map((note) => (
        <p>{note}</p>
      ))}
      {alert.acknowledgedBy !== undefined && (
        <p>
          It has been acknowledged by {nameOf(alert.acknowledgedBy)}
          {alert.acknowledgedAt !== undefined && `, ${formatInstant(alert.acknowledgedAt)}`}.
        </p>
      )}
      {isOpen && takes.length > 0 && (
        <>
          <p>Press the button to say that you have this child. You take on:</p>
          <ul>
            {takes.map((duty) => (
              <li>{duty}</li>
            ))}
          </ul>
        </>
      )}
      {isOpen && takes.length > 0 && (
        <HaveChild
          frame={frame}
          referralId={referralId}
          submission={submission}
          answers={{ alertId: alert.id }}
          look="usa-button usa-button--big"
        />
      )}
      {isOpen && takes.length === 0 && (
        <form method="post" action={commandAction(frame, referralId, 'acknowledge-alert')}>
          <Token frame={frame} />
          <input type="hidden" name="key" value={submission} />
          <input type="hidden" name="alert" value={alert.id} />
          <input type="hidden" name="alertId" value={alert.id} />
          <button class="usa-button" type="submit">
            Acknowledge this alert
          </button>
        </form>
      )}
    </section>
  );
}

function NextMeeting({
  view: { meeting },
  nameOf,
}: {
  readonly view: ReferralView;
  readonly nameOf: (id: string) => string;
}) {
  if (!meeting) return null;
  const { status, startsAt, minutes, place, invited } = meeting;
  return (
    <>
      <h2>Meeting of the team</h2>
      <SummaryList
        pairs={[
          ['State', words(status)],
          ['Starts', `${formatInstant(startsAt)}, ${minutes} minutes`],
          ['Place', words(place)],
          ['Asked to come', invited.map(nameOf).join(', ') || 'No one'],
        ]}
      />
    </>
  );
}

const Closure = ({ view }: { readonly view: ReferralView }) => (
  <>
    <h2>Before it can be closed</h2>
    {view.inTheWayOfClosing.length === 0 ? (
      <p>Nothing stands in the way of closing.</p>
    ) : (
      <ul class="usa-list">
        {view.inTheWayOfClosing.map((sentence) => (
          <li>{sentence}</li>
        ))}
      </ul>
    )}
  </>
);
