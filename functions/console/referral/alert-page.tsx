/** The page that a mail opens: the act that it asks for stands first, on one screen. */
import { seatsOf } from '../../../shared/application/access/visitor.ts';
import { invitationOf } from '../../../shared/application/read/view.ts';
import { toldDeadlines } from '../../../shared/domain/alerts/alert-duties.ts';
import type { Alert as ReferralAlert } from '../../../shared/domain/alerts/alert-state.ts';
import { isCall, ringingFor } from '../../../shared/domain/alerts/call-rounds.ts';
import { groupsAnsweredBy, groupsLeftTo, ownGroups } from '../../../shared/domain/alerts/recipient-groups.ts';
import { urgencyOf } from '../../../shared/domain/calls/call-words.ts';
import { clockTime } from '../../../shared/domain/core/local-time.ts';
import type { Discipline } from '../../../shared/domain/core/vocabulary.ts';
import type { Deadline } from '../../../shared/domain/deadlines/deadline-state.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { ruleOf } from '../../../shared/domain/policy/policy.ts';
import { meetingAhead } from '../../../shared/domain/team/meeting.ts';
import { hasSignedAgreement, isTaken } from '../../../shared/domain/team/seats.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { inside } from '../../../shared/domain/words/words.ts';
import { DueTime } from '../app/components/due-time.tsx';
import { teamNameOf } from '../app/lookups.ts';
import { dutyTitleIn, recipientWords } from '../app/page-words.ts';
import { HandleThis } from '../call/handle-this.tsx';
import { PressForm } from '../forms/press-form.tsx';
import { OtherTime } from '../team/own-meeting.tsx';
import { Invited, NextMeeting, saidOf } from '../team/team-view.tsx';
import { notesOn } from './alert-notes.ts';
import { DoThisNext } from './do-this-next.tsx';
import { CallWords } from './identity-view.tsx';
import type { Reading, ShownAlert } from './reading.tsx';
import { ReferralCallsNow } from './referral-calls.tsx';
import { Away, Confirmation, type Done, PurposeAsked, ReferralFrame, SafeContactNote } from './referral-frame.tsx';
import { isToldInHead } from './referral-head.tsx';
import { actPath, pagePath } from './referral-pages.ts';
import { WhereToGo } from './where-now.tsx';

/** Whether the reader holds a seat and has not signed the notice of confidentiality. */
export const asksToSign = ({ about: { state, visitor } }: Reading): boolean =>
  !hasSignedAgreement(state, visitor.id) && seatsOf(state, visitor).length > 0;

interface Props {
  readonly reading: Reading;
  readonly alert: ShownAlert;
  readonly done: Done | undefined;
}

export function AlertPage({ reading, alert, done }: Props) {
  const { frame, about, asked } = reading;
  const { state, policy, visitor } = about;
  const seats = openSeats(reading, alert);
  const invitation = seatsOf(state, visitor).length > 0 ? invitationOf(state, policy, visitor) : undefined;
  const isInvited = seats.length > 0 && invitation !== undefined;
  // A seat and a referral are accepted or declined. "I'm handling this" would look like that answer.
  const asksForMore =
    (alert.kind === 'mdt-invited' && invitation !== undefined) ||
    (alert.kind === 'linkage-offered' && asked.length > 0);

  const [duty] = dutiesOf(alert, reading);
  const title = isInvited
    ? `You are invited to the ${teamNameOf(invitation.team)}`
    : alert.kind === undefined
      ? 'News'
      : duty
        ? titleOfDuty(duty, reading)
        : alert.appointment === undefined
          ? words(alert.kind)
          : alert.appointment.startsWith('H')
            ? 'Court hearing'
            : 'Appointment';
  // The buttons above the list are for the seats.
  const others = isInvited ? asked.filter(({ acts }) => acts.every(({ command }) => command !== 'answer-seat')) : asked;
  const head = (
    <>
      <Confirmation reading={reading} done={done} here={`/alerts/${alert.id}`} from="" />
      <h1>{title}</h1>
    </>
  );
  const answer = (
    <section class="asked" aria-label="The alert you opened">
      {!asksForMore && <Press reading={reading} alert={alert} />}
      {!duty && <AboutAlert reading={reading} alert={alert} />}
    </section>
  );
  return (
    <ReferralFrame
      reading={reading}
      title={title}
      top={<Away reading={reading} />}
      lead={
        duty && (
          <>
            {head}
            {answer}
            <WhereToGo reading={reading} />
          </>
        )
      }
    >
      {!duty && head}
      {isInvited && invitation.answerBy !== undefined && (
        <p>
          Answer by {clockTime(invitation.answerBy, frame.now)} (
          <DueTime due={invitation.answerBy} now={frame.now} short />
          ). Without an answer we also ask the other holder of the seat.
        </p>
      )}
      {seats.map((discipline) => (
        <AcceptSeat reading={reading} alert={alert} discipline={discipline} />
      ))}
      {!duty && !asksForMore && answer}
      {alert.appointment !== undefined && <HearingOf reading={reading} id={alert.appointment} />}
      {isOfMeeting(alert, reading) && (
        <NextMeeting
          meeting={state.team.meeting}
          {...saidOf('meeting', reading.directions)}
          nameOf={reading.whole && about.lookups.nameOf}
        />
      )}
      {isOfMeeting(alert, reading) && (
        <p>
          <OtherTime reading={reading} opener={{ alertId: alert.id }} />
        </p>
      )}
      <DoThisNext
        reading={{ ...reading, asked: others }}
        opener={{ alertId: alert.id }}
        settling={done !== undefined}
        after="line"
      />
      <ReferralCallsNow reading={reading} />
      <PurposeAsked reading={reading} from="" />
      {!isToldInHead(reading) && <SafeContactNote reading={reading} />}
      {asksToSign(reading) && invitation && <Invited invitation={invitation} />}
      {asksForMore && answer}
      {!reading.isAway && <CallWords said={reading.identities?.callNotes} now={frame.now} />}
      {duty && <AboutAlert reading={reading} alert={alert} />}
      <p>
        <a href={`${frame.base}${pagePath(state.id)}`}>Open the referral</a>
      </p>
    </ReferralFrame>
  );
}

/** The time of the hearing or appointment that the alert tells of, and the way to its page. */
function HearingOf({ reading, id }: { readonly reading: Reading; readonly id: string }) {
  const { frame, about, whole } = reading;

  const booking = (whole ?? reading.offer)?.bookings?.find((each) => each.id === id);
  if (booking?.startsAt !== undefined) {
    return (
      <p>
        <strong>{formatInstant(booking.startsAt)}</strong>
        {booking.status === 'canceled' && ': canceled'}.{' '}
        <a href={`${frame.base}${pagePath(about.state.id, reading.offer ? '' : 'services')}`}>See the appointment</a>
      </p>
    );
  }
  const hearing = whole?.hearings?.find((each) => each.id === id);
  if (!hearing) return null;
  return (
    <p>
      <strong>{formatInstant(hearing.startsAt)}</strong>
      {hearing.status === 'called-off' && ': canceled'}.{' '}
      <a href={`${frame.base}${pagePath(about.state.id, 'court')}`}>See the hearing and what to prepare</a>
    </p>
  );
}

/** The duties that an alert of a clock tells this reader of, the one to begin with first. */
function dutiesOf(shown: ShownAlert, reading: Reading): readonly Deadline[] {
  const { about, ofCase, limited } = reading;
  const { state, policy } = about;
  const alert: ReferralAlert | undefined = state.alerts[shown.id];
  if (!alert || (shown.kind !== 'checkpoint' && shown.kind !== 'deadline-opened')) return [];
  const seen = new Set((ofCase ?? limited)?.deadlines.map(({ id }) => id));
  const taken = takenBy(shown, reading);
  const told = taken.length > 0 ? taken : toldDeadlines(alert, state).filter(({ id }) => seen.has(id));
  const urgency = (deadline: Deadline) => urgencyOf(ruleOf(policy, deadline));
  return told.toSorted((one, other) => urgency(one) - urgency(other));
}

const titleOfDuty = (deadline: Deadline, { about: { policy } }: Reading): string =>
  dutyTitleIn(policy, { rule: deadline.rule, obligation: ruleOf(policy, deadline).obligation });

/** Whether the alert is about a meeting ahead, or about a seat, and the reader is asked to that meeting. */
const isOfMeeting = ({ kind, appointment }: ShownAlert, { about: { state, visitor } }: Reading): boolean =>
  meetingAhead(state)?.invited.includes(visitor.id) === true &&
  ((kind?.startsWith('meeting-') === true && appointment === undefined) || kind === 'mdt-invited');

/** The seats that an invitation asks this reader to answer for. */
function openSeats({ about: { state, visitor }, offered }: Reading, { kind }: ShownAlert): readonly Discipline[] {
  if (kind !== 'mdt-invited' || !offered.some(({ name }) => name === 'answer-seat')) return [];
  return seatsOf(state, visitor)
    .filter((seat) => !isTaken(seat) && seat.declinedBy?.includes(visitor.id) !== true)
    .map(({ discipline }) => discipline);
}

/** One button to accept the seat, and one link to say no or to pass it on. */
function AcceptSeat({
  reading: { frame, about, submission },
  alert,
  discipline,
}: Pick<Props, 'reading' | 'alert'> & { readonly discipline: Discipline }) {
  const { id } = about.state;

  return (
    <div class="invite-acts">
      <PressForm
        frame={frame}
        referralId={id}
        name="answer-seat"
        submission={`${submission}-${discipline}`}
        fields={{ seq: String(about.state.seq), alert: alert.id, discipline, answer: 'accepted' }}
      >
        Accept the seat: {wordsInside(discipline)}
      </PressForm>
      <a href={`${frame.base}${actPath(id, 'answer-seat', { alertId: alert.id })}`}>Decline, or pass the seat on</a>
    </div>
  );
}

/** Whether the alert still waits for an acknowledgement of this person. */
function isOpenFor({ id, acknowledgedBy }: ShownAlert, { about: { state, visitor } }: Reading): boolean {
  const alert = state.alerts[id];
  return acknowledgedBy === undefined || (alert !== undefined && groupsLeftTo(visitor, alert, state).length > 0);
}

/** The ringing duties that this person takes on by acknowledging a call: those that their groups were called about. */
function takenBy(shown: ShownAlert, { about: { state, visitor } }: Reading): readonly Deadline[] {
  const alert: ReferralAlert | undefined = state.alerts[shown.id];
  if (!alert || !isCall(alert)) return [];
  const own = ownGroups(visitor, alert, state);
  // A stand-in has no group of the alert, and answers for the groups in whose place the mail came.
  const groups = own.length > 0 ? own : groupsAnsweredBy(visitor, alert, state);
  return ringingFor(alert, groups, state);
}

/** The button that answers the alert, where that is enough. It says what the person takes on. */
function Press({ reading, alert }: Pick<Props, 'reading' | 'alert'>) {
  const { frame, about, submission } = reading;

  if (!isOpenFor(alert, reading)) return null;
  const takes = takenBy(alert, reading);
  const dueOf = (deadline: Deadline) => `${titleOfDuty(deadline, reading)}, due ${clockTime(deadline.due, frame.now)}`;
  return (
    <>
      {takes.length > 0 && (
        <>
          <p>
            {takes.length === 1 && takes[0]
              ? `Due ${clockTime(takes[0].due, frame.now)}. Press the button: then we call no one else.`
              : `Press the button to take these on: ${takes.map(dueOf).join('; ')}. Then we call no one else.`}
          </p>
          <HandleThis
            frame={frame}
            referralId={about.state.id}
            submission={submission}
            answers={{ alertId: alert.id }}
            look="usa-button usa-button--big"
          />
        </>
      )}
      {takes.length === 0 && (
        <PressForm
          frame={frame}
          referralId={about.state.id}
          name="acknowledge-alert"
          submission={submission}
          fields={{ alert: alert.id, alertId: alert.id }}
        >
          I'm handling this
        </PressForm>
      )}
    </>
  );
}

/** What the alert says besides, who acknowledged it, and when it was sent to which recipients. */
function AboutAlert({ reading, alert }: Pick<Props, 'reading' | 'alert'>) {
  const { about, limited } = reading;
  const recipients = [
    ...alert.to.map((recipient) => inside(recipientWords(recipient))),
    ...(alert.people.length > 0 ? ['the person named'] : []),
  ].join(', ');
  return (
    <>
      {(limited ? [] : notesOn(alert)).map((note) => (
        <p>{note}</p>
      ))}
      {alert.acknowledgedBy !== undefined && (
        <p>
          Acknowledged by {about.lookups.nameOf(alert.acknowledgedBy)}
          {alert.acknowledgedAt !== undefined && `, ${formatInstant(alert.acknowledgedAt)}`}.
        </p>
      )}
      <p class="small">
        {alert.checkpoint !== undefined && `${words(alert.checkpoint)}. `}
        {`Sent ${formatInstant(alert.requestedAt)} to ${recipients}.`}
      </p>
    </>
  );
}
