/** The refusals of this subject, each with its one sentence. */

export const teamRefusals = {
  'not-your-seat/sign': 'You have no seat on the team of this referral, so there is nothing to sign.',
  'no-team': 'No team has been drawn for this referral yet.',
  'no-such-seat/policy': 'Teams here have no seat for {discipline}.',
  'seat-held/roster': 'The seat for {discipline} is held already, by the roster of the team.',
  'seat-held/invited': 'The seat for {discipline} is held already: remove it first, to invite another person.',
  'no-such-member/invite':
    'The directory has no person of this id who may sit on a team: ask an administrator to enter them first.',
  'has-conflict/invite': 'This person has a conflict of interest in this referral: invite another person.',
  'seated-already':
    'This person is asked to this team already, for the seat of {discipline}: what they know they can say from there. Invite another person to this one.',
  'consent-missing/seat':
    'The {discipline} may hear of the child only after written consent ({source}): get it first, then say yes in "consent".',
  'no-such-seat/team': 'The team of this referral has no seat for {discipline}.',
  'seat-required':
    'The law asks for the seat of {discipline}, and the roster gives it: it stays. Record at the meeting who was absent.',
  'no-such-need': 'The service {service} is not among the needs of this referral.',
  'wrong-step': 'The service {service} is {status}; this step follows {from}.',
  'not-a-no/reason': 'A reason, and a discipline to ask instead, go with the answer "declined" alone.',
  'reason-unsaid': 'Say in "reasonCode" why the seat is declined.',
  'not-a-no/person': 'Another person in "personId" goes with "declined" or "delegated" alone.',
  'not-a-yes':
    'Another time for the meeting goes with the answer "accepted" alone: a person who does not come needs none.',
  'in-the-past/proposal': 'The time that is proposed has passed: give one that is ahead.',
  'delegate-unsaid': 'Say in "personId" who takes the seat in your place.',
  yourself: 'Name a person other than yourself.',
  'no-such-member/suggest': 'The directory has no person of this id who may sit on a team: ask the coordinator.',
  'has-conflict/name': 'This person has a conflict of interest in this referral: name another person.',
  'other-discipline':
    'The directory does not have this person for {discipline}, on this team or another: name a person it has, or ask an administrator to enter this one.',
  'not-your-seat/answer': 'The seat for {discipline} is held by another person.',
  'seat-taken': 'The other holder of this seat has accepted it: only they can give it up.',
  'already-informed': 'This member was told by telephone already. Record the answer, or nothing.',
  'not-silent': 'The seat for {discipline} has answered, or was not invited yet: there is no one to remind.',
  'no-deputy': 'The seat for {discipline} has no deputy who may be asked: invite another person.',
  'not-the-holder': 'Name the holder of the seat for {discipline}, or the deputy.',
  'before-the-screening':
    'The screening that asks for a team was recorded {suspected}: an earlier meeting was not this team’s.',
  'attended-and-absent': 'Each discipline either attended or was absent: {both}.',
  'not-invited':
    'No one has a seat on the team of this referral for {uninvited}: invite a person to it first, or say in "absent" that it is vacant.',
  'absence-unexplained': 'Say for each required discipline whether it attended or why not: {silent}.',
  'date-unsaid': 'Say by which day each service is to be seen to, in its "by" or in "linkagesBy".',
  'in-the-past/service': 'A service cannot be due on a day before the meeting: check "by" and "linkagesBy".',
  'in-the-past/start': 'The day in "startsOn" lies before the day of the answer: give that day or a later one.',
  'offer-waits':
    'The e-mail that offers {service} waits for the end of quiet hours, {until}: there is nothing to remind of yet.',
  'no-such-provider': 'The directory has no such provider for {service}.',
  'reason-of-staff': 'A provider answers for itself: whether another one offers the service, the department says.',
  'no-waiting-list': 'The length of the wait goes with the reason "waiting-list" only.',
  'wait-unsaid': 'Say in "waitDays" how many days the wait is, or that it is unknown.',
  'caregiver-not-ruled-out':
    "No one has ruled out a caregiver's part, so a guardian's no ends nothing here. Ask the child, and record the child's own decision with the reason child-declined.",
  'not-the-caregiver/declined':
    'A caregiver is said to have had a part in it, so the no of the family declines nothing for the child. Ask the child, or another guardian, and give another reason.',
  'listing-has-some':
    'The listing has for this child and service: {fitting}. Refer to one, or say in "reason" why none of them can serve.',
  'not-urgent':
    'The Careline supervisor refers to urgent services alone: an exam, a safe placement, an advocate. Ask the assigned social worker or the HART liaison.',
  'not-your-linkage': 'No referral for this service is addressed to you.',
  'in-the-past/meeting':
    'The meeting is dated {startsAt}, which has passed: give a time that is ahead, or record the meeting that was held.',
  'too-far-ahead/meeting': 'The meeting is dated {startsAt}, more than half a year ahead: check the date.',
  'other-place': 'A meeting in person is in "office", and one by telephone or video is "virtual": give both alike.',
  'no-meeting-ahead': 'No meeting of the team is ahead, so there is none to call off.',
} as const;
