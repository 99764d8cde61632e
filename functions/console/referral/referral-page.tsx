/** One referral: who the child is, who must do what by when, and the acts of the reader. Every alert leads here. */
import type { Child } from 'hono/jsx';
import { judgesAccess } from '../../../shared/application/access/emergency-access.ts';
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
import { invitationOf, type ReferralView, viewFor } from '../../../shared/application/read/view.ts';
import { deadlineIdsOf } from '../../../shared/domain/alerts/alert-duties.ts';
import type { Alert as ReferralAlert } from '../../../shared/domain/alerts/alert-state.ts';
import { groupsLeftTo } from '../../../shared/domain/alerts/recipient-groups.ts';
import type { CommandName } from '../../../shared/domain/commands.ts';
import type { Place } from '../../../shared/domain/intake/places.ts';
import type { NextStep } from '../../../shared/domain/next-steps/next-steps.ts';
import { formatDate, formatInstant } from '../../../shared/domain/policy/due.ts';
import { hasSignedAgreement } from '../../../shared/domain/team/seats.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { labelAt } from '../../../shared/domain/words/field-words.ts';
import { inside } from '../../../shared/domain/words/words.ts';
import { offices } from '../../../shared/policy/places/geography.ts';
import { outOfState } from '../../../shared/policy/places/routing.ts';
import { tribes } from '../../../shared/policy/places/tribes.ts';
import { linesOf } from '../app/group-lines.ts';
import { Alert, ErrorSummary, type Frame, List, Page, Token } from '../app/layout.tsx';
import { type Lookups, teamNameOf } from '../app/lookups.ts';
import { recipientWords } from '../app/words.ts';
import type { About } from '../forms/command-fields.ts';
import {
  type Attempt,
  anchorOf,
  buttonOf,
  CommandForms,
  commandAction,
  offeredCommands,
  titleOf,
} from '../forms/command-form.tsx';
import { Invited, Meetings, Team } from '../team/team-view.tsx';
import { notesOn } from './alert-notes.ts';
import { Deadlines, Left } from './deadline-view.tsx';
import { Caregiver, DecisionPart, NoContactYet } from './decision-view.tsx';
import { EmergencyBanner, emergencyAccessPath } from './emergency-access.tsx';
import { callsFor, MailTrouble, type Trouble } from './mail-view.tsx';
import { MergedInto } from './merged-view.tsx';
import { Screenings } from './screening-view.tsx';
import { Needs, Services } from './services-view.tsx';
import type { TextMessage } from './text-view.tsx';

export interface ReferralPageProps {
  readonly frame: Frame;
  readonly about: About;
  /** The calls of this referral's call task. */
  readonly calls: Child;
  readonly identities: IdentityView | undefined;
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

type ShownAlert = ReferralAlert & { readonly acknowledgedAt?: string | undefined };

export function ReferralPage({
  frame,
  about,
  calls,
  identities,
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
  const view = viewFor(state, policy, visitor, others);
  // A provider sees its own services alone.
  const whole = 'child' in view ? view : undefined;
  const ofCase = 'linkages' in view ? view : undefined;
  const asksToSign = !hasSignedAgreement(state, visitor.id) && seatsOf(state, visitor).length > 0;
  const asked = stepsThatWaitOn(state, policy, visitor, alert ? deadlineIdsOf(alert) : []);
  const offered = offeredCommands(about, asked, attempt);
  const here = alert ? `${frame.base}/alerts/${alert.id}` : `${frame.base}/referrals/${state.id}`;
  const clocksMissing = state.pathway.clocksMissing === true;
  return (
    <Page frame={frame} title={`${attempt ? 'Not done yet: ' : ''}Referral ${state.id}`}>
      <EmergencyBanner state={state} visitor={visitor} now={frame.now} />
      <NoContactYet view={view} />
      {ofCase && <SafeContact view={ofCase} identities={identities} />}
      {ofCase && <Caregiver view={ofCase} />}
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
      <h1>Referral {state.id}</h1>
      {calls}
      {whole && <MergedInto frame={frame} view={whole} />}
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
      {alert && (
        <AlertBox
          frame={frame}
          alert={alert}
          referralId={state.id}
          submission={submission}
          notes={notesOn(alert)}
          isOpen={alert.acknowledgedBy === undefined || groupsLeftTo(visitor, alert, state).length > 0}
          nameOf={lookups.nameOf}
        />
      )}
      <AskedBox
        asked={asked}
        now={frame.now}
        offered={offered.map(({ name }) => name)}
        accessPage={`${frame.base}${emergencyAccessPath(state.id)}`}
        settling={done !== undefined}
        clocksMissing={clocksMissing}
      />
      {(seesEveryReferral(visitor) || leadsTeam(state, visitor)) && (
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
      {ofCase && <Identity identities={identities} />}
      {whole && <Facts view={whole} nameOf={lookups.nameOf} agencies={lookups.agencies} />}
      {whole && (
        <DecisionPart view={whole} policy={policy} nameOf={lookups.nameOf} identities={identities} now={frame.now} />
      )}
      {ofCase && (whole || ofCase.deadlines.length > 0) && <Deadlines view={ofCase} now={frame.now} />}
      {whole && <Screenings view={whole} policy={policy} nameOf={lookups.nameOf} />}
      {whole && <Team view={whole} nameOf={lookups.nameOf} seen={seen} phones={phones} />}
      {whole && <NextMeeting view={whole} nameOf={lookups.nameOf} />}
      {whole && <Meetings view={whole} />}
      {ofCase && <Services view={ofCase} nameOf={lookups.nameOf} providerNameOf={lookups.providerNameOf} />}
      {whole && <Needs view={whole} />}
      {whole?.stage === 'open' && <Closure view={whole} />}
      <h2>What you can do</h2>
      {offered.length === 0 && <p>Nothing here is for you to do.</p>}
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

export function SafeContact({
  view,
  identities,
}: {
  readonly view: Pick<ReferralView, 'hasSafeContact'>;
  readonly identities: IdentityView | undefined;
}) {
  if (!view.hasSafeContact) return null;
  return (
    <Alert kind="warning" heading="Safe contact">
      {identities?.safeContact !== undefined && <p class="prose">{identities.safeContact}</p>}
      {identities?.safeContactWithheld !== undefined && <p>{identities.safeContactWithheld}</p>}
      {!identities && (
        <p>
          There is a note on how the child may be contacted safely, which is not for you to read. Contact no one without
          asking the caseworker.
        </p>
      )}
    </Alert>
  );
}

function AlertBox({
  frame,
  alert,
  referralId,
  submission,
  notes,
  isOpen,
  nameOf,
}: {
  readonly frame: Frame;
  readonly alert: ShownAlert;
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
        {words(alert.kind)}
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
      {isOpen && (
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

/** `D3: Notify law enforcement` */
const wordsOfStep = ({ title, rule, status }: NextStep): string =>
  rule === undefined || status === 'to-explain' ? title : `${rule}: ${title}`;

/** One next step, with a link to the form of each act that this page offers. */
function Step({
  step,
  now,
  offered,
  accessPage,
}: {
  readonly step: NextStep;
  readonly now: string;
  readonly offered: readonly CommandName[];
  readonly accessPage: string;
}) {
  const { acts, due, why, note } = step;
  const names = [...new Set(acts.map(({ command }) => command))];
  return (
    <li>
      <strong>{wordsOfStep(step)}</strong>
      {note !== undefined && `. ${note}`}
      {due !== undefined && (
        <>
          {' '}
          – due {formatInstant(due)} (<Left due={due} now={now} />)
        </>
      )}
      {names.map((name) => {
        const page = name === 'review-emergency-access' ? accessPage : undefined;
        if (page === undefined && !offered.includes(name)) return null;
        return (
          <>
            {' '}
            <a href={page ?? `#${anchorOf(name)}`}>{buttonOf(name, acts) ?? titleOf(name)}</a>
          </>
        );
      })}
      {why !== undefined && (
        <details>
          <summary>Why then</summary>
          {why}
        </details>
      )}
    </li>
  );
}

/** One task: a step, or one line with a tick for each duty of a group. */
function Line({
  steps,
  ...shown
}: {
  readonly steps: readonly [NextStep, ...NextStep[]];
  readonly now: string;
  readonly offered: readonly CommandName[];
  readonly accessPage: string;
}) {
  const [first, ...others] = steps;
  if (!first.group || others.length === 0) return <Step step={first} {...shown} />;
  return (
    <li>
      <strong>{words(first.group.kind)}</strong>: {steps.length} duties, each with its own record
      <ul>
        {steps.map((step) => (
          <Step step={step} {...shown} />
        ))}
      </ul>
    </li>
  );
}

function AskedBox({
  asked,
  now,
  offered,
  accessPage,
  settling,
  clocksMissing,
}: {
  readonly asked: readonly NextStep[];
  readonly now: string;
  readonly offered: readonly CommandName[];
  /** Where the supervisor reviews an emergency access. */
  readonly accessPage: string;
  /** Whether the workflow may soon add a step. */
  readonly settling: boolean;
  /** Whether the report was stored without its clocks, which the sweep opens. */
  readonly clocksMissing: boolean;
}) {
  return (
    <section class="asked" aria-labelledby="asked">
      <h2 id="asked">Your next steps</h2>
      {clocksMissing && (
        <p>
          The first deadlines are not open yet. The system opens them within minutes. Do what is urgent now, and load
          this page again.
        </p>
      )}
      {asked.length === 0 ? (
        <p>
          {settling
            ? 'Nothing waits for you yet; the next step may be a few seconds away. Load this page again to see it.'
            : 'Nothing waits for you in this referral now.'}
        </p>
      ) : (
        <ul>
          {linesOf(asked).map((steps) => (
            <Line steps={steps} now={now} offered={offered} accessPage={accessPage} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Identity({ identities }: { readonly identities: IdentityView | undefined }) {
  if (!identities) return <p>Who the child is, is not for you to read.</p>;
  if (identities.erased) {
    const { at, ground } = identities.erased;
    return (
      <p>
        Who the child is was erased {formatInstant(at)} ({wordsInside(ground)}).
      </p>
    );
  }
  const { childName, birthDate, phone, priorIds, places, narrative, reporter, withdrawalReason, part2Records } =
    identities;
  return (
    <>
      <h2>The child</h2>
      <List
        pairs={[
          ['Name', childName ?? 'Unknown'],
          ['Date of birth', birthDate ?? 'Unknown'],
          ...(phone ? ([['Telephone', phone]] as const) : []),
          ...(priorIds ? ([['References in older records', priorIds]] as const) : []),
          ...(reporter
            ? ([
                [
                  'Reporter',
                  [reporter.name, reporter.relation, reporter.phone, reporter.email].filter(Boolean).join(', '),
                ],
              ] as const)
            : []),
        ]}
      />
      {part2Records !== undefined && (
        <details>
          <summary>Records of substance use, which stand apart</summary>
          <p>
            42 CFR part 2 prohibits unauthorized use or disclosure of these records: tell no one about them without the
            written consent of the patient.
          </p>
          {part2Records.map((record) => (
            <p class="prose">{record}</p>
          ))}
        </details>
      )}
      {places !== undefined && <p class="prose">Places as they were reported: {places}</p>}
      {withdrawalReason !== undefined && <p class="prose">Why a withdrawal is proposed: {withdrawalReason}</p>}
      {narrative !== undefined && (
        <details>
          <summary>What was reported</summary>
          <p class="prose">{narrative}</p>
        </details>
      )}
    </>
  );
}

const ageWords = ({ age }: ReferralView['child']) => {
  if (age.known === 'unknown') return 'Unknown';
  if (age.known === 'exact') return `${age.years}`;
  return age.from === age.to ? `about ${age.from}` : `${age.from} to ${age.to}`;
};

const allegedWords = ({ perpetrators: alleged }: ReferralView['child']) =>
  alleged.map((code) => (code === 'unknown' && alleged.length > 1 ? 'Others, not known who' : words(code))).join(', ');

const townWords = ({ child, nearestTowns }: ReferralView, place: Place) => {
  const town = child[place];
  const nearest = nearestTowns[place] ?? [];
  const other = `Another place, as it was reported above${nearest.length > 0 ? `; the nearest towns: ${nearest.join(', ')}` : ''}`;
  return { unknown: 'Unknown', other, [outOfState]: 'Out of state' }[town] ?? town;
};

interface Seen {
  readonly view: ReferralView;
  readonly nameOf: (id: string) => string;
}

const tribeName = (id: string): string => tribes.find((tribe) => tribe.id === id)?.name ?? 'Another tribe';

function Facts({ view, nameOf, agencies }: Seen & Pick<Lookups, 'agencies'>) {
  const { child, routing, screenings, downgrade, withdrawal } = view;
  const office = offices.find(({ id }) => id === routing?.office)?.name ?? routing?.office;
  const unconfirmed = routing?.confirmed === false ? ' (proposed, not confirmed yet)' : '';
  const pairs: (readonly [string, Child])[] = [
    ['Stage', words(view.stage)],
    ['Received', formatInstant(view.receivedAt)],
    [
      'Recorded',
      `${formatInstant(view.recordedAt)}${view.lateReason === undefined ? '' : `, long after it was received: ${wordsInside(view.lateReason)}`}`,
    ],
    ['In danger now', words(view.danger)],
    ['Missing now', view.missing ? 'Yes' : words(child.missingNow === 'yes' ? 'no' : child.missingNow)],
    ['Age in years', ageWords(child)],
    ['Alleged, by relation to the child', allegedWords(child)],
    ['Lives in', townWords(view, 'residenceTown')],
    ['Happened in', townWords(view, 'occurrenceTown')],
    ['Is now in', townWords(view, 'presentTown')],
    ['Responsible office', routing ? `${office}, region ${routing.region}${unconfirmed}` : 'Not known yet'],
    [
      'Responds now',
      routing?.responseOffice === undefined
        ? 'The responsible office'
        : (offices.find(({ id }) => id === routing.responseOffice)?.name ?? routing.responseOffice),
    ],
    [
      'Judicial district, team',
      routing ? `${routing.judicialDistrict}, ${teamNameOf(view.team ?? routing.team)}` : 'Not known yet',
    ],
    ['Screening outcome', words(screenings.at(-1)?.outcome ?? 'not screened yet')],
    ['HART liaison', view.liaison === undefined ? 'Not assigned yet' : nameOf(view.liaison)],
  ];
  if (view.lowering) {
    const proposed = view.lowering.danger === 'unknown' ? 'danger is unknown now' : 'the child is in no danger now';
    pairs.push(['Waits for a second person', `Proposed: ${proposed}. Until then every clock runs.`]);
  }
  if (view.outreachPause) {
    const { agencyId, by, from, until } = view.outreachPause;
    const agency = agencies.find(({ id }) => id === agencyId)?.name ?? agencyId;
    pairs.push([
      'Pause of outreach',
      `For ${agency}, ${formatInstant(from)} to ${formatInstant(until)}, recorded by ${nameOf(by)}`,
    ]);
  }
  if (view.childSeen) {
    const { sighting, seenBy, at } = view.childSeen;
    pairs.push([
      'Child seen',
      `${sighting === 'seen' ? 'Seen' : 'Not yet. Last attempt'} ${formatInstant(at)}: ${wordsInside(seenBy)}`,
    ]);
  } else if (view.stage === 'open') pairs.push(['Child seen', 'Not recorded yet']);
  for (const { notice, tribe, mailKind, mailedAt, receivedAt, moreTime } of view.tribeNotices) {
    const receipt = receivedAt === undefined ? 'no receipt recorded yet' : `received ${formatInstant(receivedAt)}`;
    const more = moreTime ? ', asked for more time' : '';
    pairs.push([
      `Notice ${notice} to a tribe`,
      `${tribeName(tribe)}: ${wordsInside(mailKind)} ${formatInstant(mailedAt)}, ${receipt}${more}`,
    ]);
  }
  if (child.tribalMember === 'yes') {
    const { earliestProceeding: day } = view;
    pairs.push([
      'Proceeding about custody',
      day === undefined ? 'None yet: the tribe must first receive its notice' : `None before ${formatDate(day)}`,
    ]);
  }
  if (view.exParteOrderAt !== undefined) pairs.push(['Ex parte order', formatInstant(view.exParteOrderAt)]);
  if (view.parentsNotice) {
    const { decision, by, at } = view.parentsNotice;
    pairs.push(['Notice to the parents', `${words(decision)} ${formatInstant(at)} by ${nameOf(by)}`]);
  }
  if (view.findingNotice) {
    const { decision, by, at } = view.findingNotice;
    pairs.push(['Notice of the finding', `${words(decision)} ${formatInstant(at)} by ${nameOf(by)}`]);
  }
  if (downgrade)
    pairs.push(['Waits for a second reviewer', `Lower outcome proposed: ${wordsInside(downgrade.outcome)}`]);
  if (withdrawal) {
    const of = withdrawal.of === undefined ? '' : ` of ${withdrawal.of}`;
    pairs.push(['Withdrawal proposed', `${words(withdrawal.because)}${of}`]);
  }
  for (const { of, at } of view.matches ?? []) {
    pairs.push(['Perhaps the same child, and told to those alone who are named', `${of}, ${formatInstant(at)}`]);
  }
  if (view.legalHold) {
    pairs.push(['Legal hold', `Set ${formatInstant(view.legalHold.at)} by ${nameOf(view.legalHold.by)}`]);
  }
  if (view.erasure) {
    pairs.push(['Erasure proposed', `${words(view.erasure.ground)}, by ${nameOf(view.erasure.proposedBy)}`]);
  }
  if (view.candidates.length > 0) pairs.push(['Perhaps the same child', view.candidates.join(', ')]);
  if (view.siblings.length > 0) pairs.push(['Other children of the report', view.siblings.join(', ')]);
  return (
    <>
      <h2>The referral</h2>
      <List pairs={pairs} />
    </>
  );
}

function NextMeeting({ view: { meeting }, nameOf }: Seen) {
  if (!meeting) return null;
  const { status, startsAt, minutes, place, invited } = meeting;
  return (
    <>
      <h2>Meeting of the team</h2>
      <List
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
