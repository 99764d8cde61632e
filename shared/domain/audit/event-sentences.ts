/** The sentence of each event, for people who audit. Codes, ids and New York instants only: texts stay in the vault. */

import { courtName } from '../../policy/hearing-rules.ts';
import type { AloneAnswer } from '../core/vocabulary.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { gapOfDecision } from '../eligibility/definition-gap.ts';
import type { Evaluation } from '../eligibility/eligibility-state.ts';
import type { Event, EventOf } from '../events.ts';
import { formatDate, formatInstant } from '../policy/due.ts';
import { type Policy, ruleOf } from '../policy/policy.ts';
import { codeWords, fieldWords, recipientWords } from '../policy/rule-words.ts';
import type { Referral } from '../referral.ts';
import type { PlaceIds } from '../whereabouts/place-told.ts';
import { words, wordsInside } from '../words/code-words.ts';
import { dutyTitle } from '../words/duty-words.ts';
import { checkpointName } from './run-states.ts';

type Describe = {
  readonly [Type in Event['type']]: (
    event: EventOf<Type>,
    /** A deadline in words, with its due instant. */
    deadline: (id: string) => string,
    /** A deadline in words alone. */
    duty: (id: string) => string,
  ) => string;
};

const endings: Readonly<Record<EventOf<'deadline-ended'>['because'], string>> = {
  withdrawn: 'the referral was withdrawn',
  merged: 'the referral was merged',
  superseded: 'another deadline took its place, or its reason is gone',
  closed: 'the referral was closed',
  'policy-migrated': 'the new rules have no such clock',
};

const list = (words: readonly string[]) => (words.length === 0 ? 'none' : words.join(', '));
/** So many topics are named. More are counted: the page of decisions has each answer. */
const mostTopics = 6;
function topicsOf(answers: Readonly<Record<string, string>>, said: string): string {
  const topics = Object.keys(answers).filter((topic) => answers[topic] === said);
  return topics.length > mostTopics ? `${topics.length} topics` : list(topics.map(codeWords));
}

/** Every input of an evaluation, for readers who ask later how a decision was reached. */
const inputWords = (inputs: Evaluation['inputs']) =>
  `; on: ${list(Object.entries(inputs).map(([input, value]) => `${fieldWords(input)} ${codeWords(value)}`))}`;

const becauseWords = (because: EventOf<'eligibility-proposed'>['because']) => {
  if (because === 'facts-changed') return ' again, because facts had changed,';
  return because === 'time-passed' ? ' again, because time had passed,' : '';
};

const callResultWords = {
  calling: 'calling',
  reached: 'reached by telephone:',
  'no-answer': 'no answer from',
} as const;

/** That the act says where the child is. The words are in the vault. */
const withPlace = ({ whereExactly, withWhom }: PlaceIds) =>
  whereExactly === undefined && withWhom === undefined ? '' : '; with the place of the child in words';

/** Which of several absences it was. */
const ofEpisode = (episode: number | undefined) => (episode === undefined ? '' : `, time ${episode}`);

/** What was said of the person who was told, and whether it corrects what was recorded before. */
const saidOf = ({ hadPart, corrects }: Pick<EventOf<'parents-notified'>, 'hadPart' | 'corrects'>) =>
  `${hadPart === undefined ? '' : `; had a part in it: ${hadPart}`}${corrects ? '; corrects an earlier record' : ''}`;

const sightingSaid = {
  seen: 'Child seen',
  attempted: 'Tried to see the child, and did not',
  'not-seen': 'Taken back: the child was not seen',
} as const;

const aloneSaid = (seenAlone: AloneAnswer | undefined): string =>
  seenAlone === undefined ? '' : `; seen alone: ${wordsInside(seenAlone)}`;

const sentences: Describe = {
  'referral-opened': ({ reportId, receivedAt, recordedAt, lateReason, child, clocksMissing }) =>
    `Referral opened from report ${reportId}, received ${formatInstant(receivedAt)}${
      lateReason === undefined ? '' : `, recorded ${formatInstant(recordedAt)} (${codeWords(lateReason)})`
    }; danger now: ${codeWords(child.danger)}${clocksMissing ? '; its first clocks could not be computed, and the watchdog opens them' : ''}`,
  'call-noted': ({ call, scene, notes, ...told }) => {
    const answers = Object.entries({ ...call, ...scene }).map(
      ([field, value]) => `${fieldWords(field)} ${[value].flat().join(', ')}`,
    );
    return `The call told: ${list(answers)}${notes === undefined ? '' : '; with a note in words'}${withPlace(told)}`;
  },
  'routing-confirmed': ({ routing }) =>
    `Routing confirmed: office ${routing.office}, district ${routing.judicialDistrict}, ${routing.team}`,
  'place-corrected': ({ place, town, routing }) =>
    `Place said: ${fieldWords(place)} is ${town}${routing ? `; office ${routing.office}, ${routing.team}` : ''}`,
  'candidates-found': ({ candidates }) => `May be a child already known: ${list(candidates)}`,
  'candidate-taken-back': ({ of }) => `${of} is asked about here no more`,
  'deadline-opened': ({ deadlineId }, deadline) => `Clock started: ${deadline(deadlineId)}`,
  'deadline-tightened': ({ deadlineId, due, because }, _, duty) =>
    `${duty(deadlineId)} brought forward to ${formatInstant(due)}: ${codeWords(because)}`,
  'deadline-extended': ({ deadlineId, due }, _, duty) => `${duty(deadlineId)} extended to ${formatInstant(due)}`,
  'deadline-kept': ({ deadlineId, at, late }, deadline) =>
    `${late ? 'Done late' : 'Kept'}: ${deadline(deadlineId)}; done ${formatInstant(at)}`,
  'deadline-missed': ({ deadlineId }, deadline) => `Missed: ${deadline(deadlineId)}`,
  'miss-explained': ({ deadlineId, reasonCode, willBeKept }, _, duty) =>
    `${duty(deadlineId)}: the miss explained: ${codeWords(reasonCode)}${willBeKept ? '' : '; it will not be done'}`,
  'miss-countersigned': ({ deadlineId }, _, duty) => `${duty(deadlineId)}: the explanation is countersigned`,
  'deadline-closed-missed': ({ deadlineId }, _, duty) => `${duty(deadlineId)} closed as missed`,
  'deadline-not-applicable': ({ deadlineId, because }, _, duty) =>
    `${duty(deadlineId)} does not apply: ${because === 'no-danger' ? 'a person said that there is no danger now' : 'found by a lawyer'}`,
  'deadline-moved': ({ deadlineId, due }, _, duty) =>
    `${duty(deadlineId)} moved by the new rules to ${formatInstant(due)}`,
  'policy-migrated': ({ from, to }) => `Brought from the rules of ${from} under those of ${to}`,
  'deadline-ended': ({ deadlineId, because }, _, duty) => `${duty(deadlineId)} ended: ${endings[because]}`,
  'checkpoint-raised': ({ deadlineId, kind }, deadline) => `${checkpointName(kind)}: ${deadline(deadlineId)}`,
  'alarm-answered': ({ deadlineId, personId = 'a person', insteadOf }, _, duty) =>
    `${duty(deadlineId)}: ${personId} is handling this${insteadOf === undefined ? '' : ` instead of ${insteadOf}`}; no one else is called`,
  'alarm-released': ({ deadlineId, because }, _, duty) =>
    `${duty(deadlineId)}: no one is handling this (${codeWords(because)}); people are called again`,
  'alarm-stopped': ({ deadlineId }, _, duty) =>
    `${duty(deadlineId)}: the calls stopped; its duty is no longer of class now`,
  'alert-requested': ({ alertId, kind, to, people, deputies, again }) =>
    `${again ? 'Reminder' : 'Alert'} ${alertId} (${wordsInside(kind)}) to ${list([...to.map(recipientWords), ...people])}${deputies ? ' and deputies' : ''}`,
  'alert-acknowledged': ({ alertId, calledAt }) =>
    `Alert ${alertId} acknowledged${calledAt === undefined ? '' : ', by a telephone call'}`,
  'alert-unreachable': ({ alertId }) => `Alert ${alertId} reached no one`,
  'call-recorded': ({ deadlineId, result, personId, agencyId, at }, _, duty) =>
    `${duty(deadlineId)}: ${callResultWords[result]} ${personId ?? agencyId}, ${formatInstant(at)}`,
  'cap-reached': ({ deadlineId, people }, _, duty) =>
    `${list(people)} got as many mails about ${duty(deadlineId)} as one person gets: the next is told`,
  'referral-sealed': ({ because, people }) => `Restricted (${codeWords(because)}): open to ${list(people)} alone`,
  'seal-lifted': () => 'The restriction was lifted',
  'names-not-compared': () =>
    'The names could not be compared with those of all other referrals; this is tried again every half hour',
  'names-compared': () => 'The names are compared with those of all other referrals',
  'match-found': ({ of, score }) => `${of} may be about the same child (${score}); only those named were told`,
  'emergency-access-taken': ({ personId, because, until }) =>
    `${personId} had no access and opened it (${codeWords(because)}), until ${formatInstant(until)}`,
  'emergency-access-reviewed': ({ use, finding }) => `Emergency access ${use} was reviewed: ${codeWords(finding)}`,
  'safe-contact-noted': () => 'Noted how the child or family may be reached safely',
  'identity-corrected': ({ fields }) => `Who the child is was corrected: ${list(fields.map(fieldWords))}`,
  'reporter-corrected': ({ fields }) => `Who reported was corrected: ${list(fields.map(fieldWords))}`,
  'legal-hold-set': () => 'A legal hold was set: nothing of who the child is may be erased',
  'legal-hold-lifted': () => 'The legal hold was lifted',
  'proposal-refused': ({ proposal }) => `Said no to what was proposed, or taken back: ${codeWords(proposal)}`,
  'erasure-proposed': ({ ground }) =>
    `Proposed to erase who the child is (${codeWords(ground)}); a second person must agree`,
  'identities-erased': ({ ground, proposedBy, agreedBy }) =>
    `Who the child is was erased (${codeWords(ground)}), as ${proposedBy} proposed and ${agreedBy} agreed`,
  'report-classified': ({ track, at }) => `Report classified: ${codeWords(track)}, ${formatInstant(at)}`,
  'written-report-received': ({ at, heldAt }) =>
    `Written report (DCF-136) received ${formatInstant(at)}${heldAt === undefined ? '' : '; recorded where it is held'}`,
  'danger-assessed': ({ danger, knownAt, proposedBy }) =>
    `Danger now: ${codeWords(danger)}, known ${formatInstant(knownAt)}${proposedBy === undefined ? '' : '; two people agreed'}`,
  'lowering-proposed': ({ danger }) =>
    `Proposed to lower danger now to ${codeWords(danger)}; a second person must agree`,
  'liaison-assigned': ({ personId }) => `HART liaison assigned: ${personId}`,
  'liaison-accepted': ({ personId }) => `HART liaison accepted the assignment: ${personId}`,
  screened: ({ number, outcome, indicators, definitionBasis, proposed, screenedAt }) =>
    `Screening ${number}, ${formatInstant(screenedAt)}: ${codeWords(outcome)}; indicators: ${list(indicators.map(codeWords))}; definition: ${definitionBasis ?? 'not named'}${
      proposed ? `; the rules had proposed ${codeWords(proposed.outcome)}` : ''
    }`,
  'checklist-answered': ({ checklist, answers, proposed, at }) =>
    `Checklist ${checklist} answered ${formatInstant(at)}: yes to ${topicsOf(answers, 'yes')}; unknown: ${topicsOf(answers, 'unknown')}; the rules propose ${codeWords(proposed)}`,
  'instrument-recorded': ({ tool, version, score, band, administeredBy, on }) =>
    `Instrument ${tool} ${version}, given by ${administeredBy} on ${on}: score ${score ?? 'none'}, band ${band ?? 'not given'}`,
  'downgrade-proposed': ({ outcome, screenedAt }) =>
    `Lower outcome proposed: ${codeWords(outcome)}, screened ${formatInstant(screenedAt)}; a second reviewer must agree`,
  'clearance-proposed': () => 'Proposed that no caregiver had a part in it; a second person must agree',
  'caregiver-cleared': ({ proposedBy }) => `No caregiver had a part in it after all, as ${proposedBy} proposed`,
  'screening-signed-off': ({ number }) => `Screening ${number} signed off`,
  'eligibility-proposed': ({ outcome, row, basis, overlays, because, ruleSet, inputs }) =>
    `Proposed${becauseWords(because)} by row ${row} of the table of ${ruleSet}: ${codeWords(outcome)} (${basis}); beside it: ${list(overlays.map(codeWords))}${inputWords(inputs)}`,
  'eligibility-decided': ({
    outcome,
    proposed,
    definitionBasis,
    legalConsulted,
    consultedId,
    ruleSet,
    inputs,
    overlays,
  }) => {
    const gap = gapOfDecision({ outcome, definitionBasis, legalConsulted });
    return `Decided, as a basis to allege and no adjudication: ${codeWords(outcome)}${outcome === proposed ? '' : ` (proposed was ${codeWords(proposed)})`}; definition: ${definitionBasis}; legal consulted: ${consultedId ?? codeWords(legalConsulted)}; beside it: ${list(overlays.map(codeWords))}; rules: ${ruleSet}${inputWords(inputs)}${gap ? `. ${gap}` : ''}`;
  },
  'birth-date-recorded': ({ years, knownAt, reason }) =>
    `Date of birth ${reason === undefined ? 'recorded' : 'corrected'}, known ${formatInstant(knownAt)}; ${years} years old at the report`,
  'home-state-notified': ({ method, at }) => `Home state notified by ${codeWords(method)}, ${formatInstant(at)}`,
  'police-notified': ({ covers, agencyId, method, at, episode }) =>
    `Police notified (${list(covers.map(codeWords))})${ofEpisode(episode)}: ${agencyId} by ${codeWords(method)}, ${formatInstant(at)}`,
  'ncmec-notified': ({ method, at, episode }) =>
    `Reported to NCMEC${ofEpisode(episode)} by ${codeWords(method)}, ${formatInstant(at)}`,
  'response-started': ({ at }) => `Response begun ${formatInstant(at)}`,
  'child-seen': ({ sighting, seenBy, seenAlone, at, ...told }) =>
    `${sightingSaid[sighting]}: ${codeWords(seenBy)}, ${formatInstant(at)}${aloneSaid(seenAlone)}${withPlace(told)}`,
  'safety-plan-recorded': ({ at, placement, ...told }) =>
    `Safety plan in place: ${codeWords(placement)}, ${formatInstant(at)}${withPlace(told)}`,
  'outreach-paused': ({ agencyId, until }) =>
    `Outreach paused until ${formatInstant(until)}, as the police asked: ${agencyId}`,
  'outreach-pause-lifted': () => 'Pause of outreach lifted',
  'parents-notified': ({ at, method, ...notice }) =>
    `Parents notified: ${codeWords(method)}, ${formatInstant(at)}${saidOf(notice)}`,
  'substantiation-notified': ({ at, method, ...notice }) =>
    `Notice of substantiation given: ${codeWords(method)}, ${formatInstant(at)}${saidOf(notice)}`,
  'substantiation-notice-withheld': () => 'Notice of substantiation withheld',
  'substantiation-notice-approved': () => 'Confirmed that the notice of substantiation may be given',
  'finding-notified': ({ at, childLivesThere }) =>
    `Notice of the finding mailed, first class, ${formatInstant(at)}; the child lives at that address: ${codeWords(childLivesThere)}`,
  'finding-safety-asked': () => 'Counsel asked whether the notice of the finding is safe to mail',
  'finding-safety-answered': ({ mayMail }) =>
    mayMail === 'yes'
      ? 'Counsel: the notice of the finding may be mailed'
      : 'Counsel: do not mail the notice of the finding',
  'licensing-agency-notified': ({ occasion, licensingAgency, method, at }) =>
    `Licensing agency notified ${codeWords(occasion)}: ${codeWords(licensingAgency)}, ${codeWords(method)}, ${formatInstant(at)}`,
  'education-notified': ({ occasion, method, at }) =>
    `Education notified ${codeWords(occasion)}: ${codeWords(method)}, ${formatInstant(at)}`,
  'institution-notified': ({ method, at }) =>
    `Person in charge of the facility or school told: ${codeWords(method)}, ${formatInstant(at)}`,
  'parents-notice-withheld': ({ ground }) => `Notice to the parents withheld: ${codeWords(ground)}`,
  'parents-notice-approved': () => 'Confirmed that the notice to the parents may be given',
  'child-missing': ({ informedAt }) => `Child missing; information received ${formatInstant(informedAt)}`,
  'search-renewed': ({ at }) => `Search for the missing child renewed ${formatInstant(at)}`,
  'child-returned': ({ at, ...told }) => `Child returned ${formatInstant(at)}${withPlace(told)}`,
  'roster-drawn': ({ team, seats, vacant }) =>
    `Team ${team} drawn: ${seats.length} seats; vacant: ${list(vacant.map(codeWords))}`,
  'mdt-invited': ({ team }) => `Team ${team} invited`,
  'seat-invited': ({ discipline, personId }) =>
    `Seat ${codeWords(discipline)} added to this team: ${personId} is asked`,
  'seat-removed': ({ discipline, personId }) => `Seat ${codeWords(discipline)} removed from this team: ${personId}`,
  'confidentiality-signed': ({ personId, notice, conflict }) =>
    `${personId} signed the notice of confidentiality ${notice}; conflict of interest: ${codeWords(conflict)}${conflict === 'yes' ? ', and steps aside' : ''}`,
  'seat-informed': ({ discipline, how, at }) =>
    `Seat ${codeWords(discipline)} informed: ${codeWords(how)}, ${formatInstant(at)}`,
  'seat-answered': ({ discipline, answer, because, suggested, suggestedDiscipline, delegatedTo, proposes }) =>
    [
      delegatedTo === undefined
        ? `Seat ${codeWords(discipline)} ${codeWords(answer)}`
        : `Seat ${codeWords(discipline)} passed on to ${delegatedTo}`,
      ...(because === undefined ? [] : [`reason: ${codeWords(because)}`]),
      ...(suggested === undefined ? [] : [`instead: ${suggested}`]),
      ...(suggestedDiscipline === undefined ? [] : [`instead: ${codeWords(suggestedDiscipline)}`]),
      ...(proposes === undefined ? [] : [`another time: ${formatInstant(proposes)}`]),
    ].join('; '),
  'mdt-met': ({ at, attended, absent, quorum, missing, unsigned = [], shared = [] }) =>
    `Team met ${formatInstant(at)}: ${list(attended.map(codeWords))}; absent: ${list(absent.map(({ discipline }) => codeWords(discipline)))}; ${quorum ? 'quorum' : 'no quorum'}${missing === undefined ? '' : missing.length + unsigned.length + shared.length === 0 ? '; composition complete' : `; composition incomplete: without ${list(missing.map(codeWords))}; not signed: ${list(unsigned.map(codeWords))}; sharing their person with another: ${list(shared.map(codeWords))}`}`,
  'meeting-set': ({ number, sequence, startsAt, place, invited }) =>
    `Meeting ${number} of the team (change ${sequence}): ${formatInstant(startsAt)}, ${codeWords(place)}; asked: ${list(invited)}`,
  'meeting-place-said': ({ number, way, directions }) =>
    `Meeting ${number} of the team: ${codeWords(way ?? 'place')}${directions === undefined ? '' : ', with an address, link or number'}`,
  'meeting-called-off': ({ number, because }) =>
    because === 'held-earlier'
      ? `Meeting ${number} of the team no longer takes place: the team has met before it`
      : `Meeting ${number} of the team called off: ${codeWords(because)}`,
  'agenda-frozen': ({ number }) => `The agenda of meeting ${number} of the team was frozen`,
  'review-recorded': ({ at, decision }) =>
    `Case review ${formatInstant(at)}: ${decision === undefined ? 'no decision' : codeWords(decision)}`,
  'task-agreed': ({ task, owner, by }) => `Agreed task: ${codeWords(task)}; seat ${codeWords(owner)}, by ${by}`,
  'task-ended': ({ task, end, at }) => `Agreed task ${codeWords(task)}: ${codeWords(end)}, ${formatInstant(at)}`,
  recommended: ({ services, owners }) =>
    [
      `Services recommended: ${list(services.map(wordsInside))}`,
      ...owners.map(
        ({ service, owner, personId, by }) => `${words(service)}: ${personId ?? codeWords(owner)}, by ${by}`,
      ),
    ].join('; '),
  'services-opened': ({ services }) => `Services to link: ${list(services.map(wordsInside))}`,
  'linkage-offered': ({ service, providerId, at }) =>
    `${words(service)} referred to ${providerId}, ${formatInstant(at)}`,
  'linkage-accepted': ({ service, at }) => `${words(service)} accepted, ${formatInstant(at)}`,
  'linkage-start-planned': ({ service, startsOn }) => `${words(service)} can start on ${formatDate(startsOn)}`,
  'linkage-contacted': ({ service, at, reached }) =>
    `${words(service)}: contact with the child attempted, and the child ${reached === 'yes' ? 'was' : 'was not'} reached, ${formatInstant(at)}`,
  'linkage-started': ({ service, seenAlone, at }) =>
    `${words(service)} started, ${formatInstant(at)}${aloneSaid(seenAlone)}`,
  'linkage-declined': ({ service, reasonCode, by, at }) =>
    `${words(service)} declined${by === 'provider' ? ' by the provider, and still needed' : ''}: ${codeWords(reasonCode)}, ${formatInstant(at)}`,
  'consent-recorded': ({ service, kind, answer, at }) =>
    `Consent to ${wordsInside(service)} (${wordsInside(kind)}): ${codeWords(answer)}, ${formatInstant(at)}`,
  'part-2-recorded': ({ service }) => `A record of ${wordsInside(service)} was added, which stands apart`,
  'service-outcome-recorded': ({ service, months, outcome, at }) =>
    `${words(service)}, ${months} months after its start: ${codeWords(outcome)}, ${formatInstant(at)}`,
  'duplicate-answered': ({ answer, of }) =>
    `Duplicate question answered: ${codeWords(answer)}${of === undefined ? '' : ` (${of})`}`,
  merged: ({ to }) => `Merged into ${to}`,
  'merge-reserved': ({ from }) => `${from} is being merged into this referral`,
  'merge-reservation-ended': ({ from }) => `${from} is not being merged into this referral any more`,
  'merge-undone': () => 'No longer merged into another referral: worked on again by itself',
  'pathway-opened': ({ screening }) => `Pathway of screening ${screening} is open`,
  'tribe-notified': ({ notice, recipient, tribe, mailKind, at }) =>
    `Notice ${notice} about ${tribe} mailed to the ${codeWords(recipient)}, ${codeWords(mailKind)}, ${formatInstant(at)}`,
  'tribe-receipt-recorded': ({ notice, tribe, at, earliest }) =>
    `${tribe} received notice ${notice} ${formatInstant(at)}; no proceeding about custody before ${earliest}`,
  'tribe-asked-more-time': ({ notice, tribe, at, earliest }) =>
    `${tribe} asked for more time after notice ${notice}, ${formatInstant(at)}; ${earliest === undefined ? 'the day of a proceeding follows from the receipt' : `no proceeding about custody before ${earliest}`}`,
  'protective-order-held': () => 'Recorded where a protective or restraining order is held',
  'ex-parte-ordered': ({ at }) => `Ex parte order of temporary custody given ${formatInstant(at)}`,
  'ex-parte-order-corrected': ({ at, was }) =>
    `Ex parte order of temporary custody was given ${formatInstant(at)}, and not ${formatInstant(was)}`,
  'preliminary-hearing-held': ({ at }) => `Preliminary hearing held ${formatInstant(at)}`,
  'hold-invoked': ({ at, reason }) =>
    `96-hour hold invoked${reason === undefined ? '' : ' with a reason'} ${formatInstant(at)}`,
  'hold-ended': ({ at, how }) =>
    `96-hour hold ended ${formatInstant(at)}: ${how === 'petition-filed' ? 'order and petition filed' : 'the child was released'}`,
  'return-debriefed': ({ at, episode, seenAlone }) =>
    `Talked with the child about the time missing${ofEpisode(episode)}, ${formatInstant(at)}${aloneSaid(seenAlone)}`,
  'case-reviewed': ({ at }) => `Case reviewed in the team ${formatInstant(at)}`,
  'interview-scheduled': ({ scheduledFor, way, directions }) =>
    `Forensic interview for ${formatInstant(scheduledFor)}: ${codeWords(way ?? 'no place said')}${directions === undefined ? '' : ', with an address, link or number'}`,
  'interview-settled': ({ answer, scheduledFor, seenAlone }) =>
    `Forensic interview: ${codeWords(answer)}${scheduledFor === undefined ? '' : ` for ${formatInstant(scheduledFor)}`}${aloneSaid(seenAlone)}`,
  'discipline-consulted': ({ discipline, at }) =>
    `Consulted after the meeting: ${codeWords(discipline)}, ${formatInstant(at)}`,
  'reasonable-cause-said': ({ reasonableCause }) =>
    `Reasonable cause to believe that sexual abuse or serious physical abuse occurred: ${codeWords(reasonableCause)}`,
  'investigation-disposed': ({ disposition, at }) =>
    `Disposition of the investigation: ${codeWords(disposition)}, ${formatInstant(at)}`,
  'disposition-notified': ({ agencyId, method, at }) =>
    `State's Attorney and police (${agencyId}) notified of the disposition by ${codeWords(method)}, ${formatInstant(at)}`,
  'care-entered': ({ at, ...told }) => `First entry to care ${formatInstant(at)}${withPlace(told)}`,
  'evaluation-held': ({ at }) => `Multidisciplinary evaluation held ${formatInstant(at)}`,
  'hhs-notified': ({ method, at }) => `HHS (OTIP) notified by ${codeWords(method)}, ${formatInstant(at)}`,
  'facts-learned': ({ type: _, v: __, knownAt, ...facts }) =>
    `Became known ${formatInstant(knownAt)}: ${list(Object.entries(facts).map(([fact, said]) => `${fieldWords(fact)} ${said}`))}`,
  'profile-learned': ({ type: _, v: __, ...facts }) =>
    `Completed for numbers: ${list(Object.entries(facts).map(([fact, said]) => `${fieldWords(fact)} ${said}`))}`,
  'placement-moved': ({ placement, moveReason, at, ...told }) =>
    `Moved to another placement: ${codeWords(placement)} (${codeWords(moveReason)}), ${formatInstant(at)}${withPlace(told)}`,
  'prosecution-recorded': ({ trafficker, prosecution, at }) =>
    `Trafficker ${trafficker}: ${codeWords(prosecution)}, ${formatInstant(at)}`,
  'charges-ended': ({ chargesEnd, at }) => `Charges of the child ended: ${codeWords(chargesEnd)}, ${formatInstant(at)}`,
  'card-noted': ({ madeBy }) => `Changed the child’s card: ${codeWords(madeBy)}`,
  'card-consent-recorded': ({ audience, mayReadWords, until }) =>
    `May read the words of the child’s card: ${codeWords(audience)}, ${codeWords(mayReadWords)}${until === undefined ? '' : `, until ${formatInstant(until)}`}`,
  'card-reviewed': ({ parentMayRead }) => `Counsel reviewed the child’s card for a parent: ${codeWords(parentMayRead)}`,
  'hearing-set': ({ hearing, sequence, hearingKind, court, startsAt }) =>
    sequence === 0
      ? `Hearing ${hearing} set: ${codeWords(hearingKind)}, ${courtName(court)}, ${formatInstant(startsAt)}`
      : `Hearing ${hearing} continued to ${formatInstant(startsAt)}`,
  'hearing-recorded': ({ hearing, hearingResult, outcome, orders, at }) =>
    `Hearing ${hearing}: ${list([hearingResult, ...(outcome === undefined ? [] : [outcome]), ...orders].map(codeWords))}, ${formatInstant(at)}`,
  'order-settled': ({ hearing, order, at }) =>
    `Hearing ${hearing}, done as ordered: ${codeWords(order)}, ${formatInstant(at)}`,
  'booking-set': ({ booking, service, providerId, startsAt, interpreter, advocate, secondReason }) =>
    `Appointment ${booking}, ${wordsInside(service)} at ${providerId}: ${startsAt === undefined ? 'a time is asked for' : formatInstant(startsAt)}; interpreter: ${codeWords(interpreter)}; ${codeWords(advocate)}${secondReason === undefined ? '' : `; a second interview: ${codeWords(secondReason)}`}`,
  'booking-ended': ({ booking, bookingEnd, bookingReason, seenAlone, at }) =>
    `Appointment ${booking}: ${codeWords(bookingEnd)}${bookingReason === undefined ? '' : ` (${codeWords(bookingReason)})`}, ${formatInstant(at)}${aloneSaid(seenAlone)}`,
  'need-asked': ({ need, practicalNeed, neededBy, owner }) =>
    `Need ${need}: ${codeWords(practicalNeed)}, by ${formatInstant(neededBy)}${owner === undefined ? '' : `; seen to by: ${codeWords(owner)}`}`,
  'need-ended': ({ need, needEnd, metBy, at }) =>
    `Need ${need}: ${list([needEnd, ...(metBy === undefined ? [] : [metBy])].map(codeWords))}, ${formatInstant(at)}`,
  'place-asked': ({ ask, service, providerId, ageBand, placeFrom, placeUntil, bedNeeds }) =>
    `Question ${ask} to ${providerId}, ${wordsInside(service)}: ${list([ageBand, ...bedNeeds].map(codeWords))}, from ${formatDate(placeFrom)}${placeUntil === undefined ? '' : ` to ${formatDate(placeUntil)}`}`,
  'place-answered': ({ ask, placeAnswer, at }) => `Question ${ask}: ${codeWords(placeAnswer)}, ${formatInstant(at)}`,
  'handoff-recorded': ({ service, providerId, handedBy, handoffWay, at }) =>
    `Warm handoff, ${wordsInside(service)}: from ${codeWords(handedBy)} to ${providerId}, ${codeWords(handoffWay)}, ${formatInstant(at)}`,
  'recovery-plan-written': ({ readers }) => `Plan for the next time missing, for: ${list(readers.map(codeWords))}`,
  'debrief-offered': ({ episode, at }) =>
    `A talk was offered to the people who took part, after return ${episode}, ${formatInstant(at)}`,
  'shift-note-left': () => 'A note for the next shift',
  'shift-notes-read': () => 'Read the notes for the next shift',
  'worker-safety-noted': ({ concerns }) =>
    `Before workers go there: ${concerns.length === 0 ? 'nothing known' : list(concerns.map(codeWords))}`,
  'appointment-told': ({ alertId, appointment, notBefore }) =>
    `Alert ${alertId} is about ${appointment}${notBefore === undefined ? '' : `, and waits until ${formatInstant(notBefore)}`}`,
  'reporter-disclosed': ({ recipient, legalBasis, method, at }) =>
    `Told ${codeWords(recipient)} who reported, by ${codeWords(method)}, on the ground ${codeWords(legalBasis)}, ${formatInstant(at)}`,
  'charges-recorded': () => 'Charges recorded for acts done while exploited',
  'adult-handover': ({ consent, at }) =>
    consent === 'given'
      ? `Handed over to adult services with consent, ${formatInstant(at)}`
      : `No consent to adult services, ${formatInstant(at)}`,
  'adulthood-planned': ({ at }) => `What follows the eighteenth birthday is planned, ${formatInstant(at)}`,
  'closure-opened': () => 'Every condition of closure is met: final review due',
  closed: () => 'Referral closed',
  'withdrawal-proposed': ({ because }) => `Withdrawal proposed: ${codeWords(because)}; a second person must agree`,
  withdrawn: ({ because }) => `Referral withdrawn: ${codeWords(because)}`,
  'restart-ordered': ({ run, generation, because }) =>
    `An administrator ordered run ${run} (start ${generation}) to begin again: ${codeWords(because)}`,
  'repair-ordered': ({ because }) => `An administrator ordered to take up what was left undone: ${codeWords(because)}`,
  'run-lost': ({ run, generation }) => `Run ${run} (start ${generation}) was lost; the next start takes over`,
  'run-handed-over': ({ run, generation }) => `Run ${run} (start ${generation}) handed over to the next start`,
  swept: ({ found }) => `The watchdog found and repaired: ${codeWords(found)}`,
};

/** The subject that tells several deadlines of one rule apart. */
const aboutOf = ({ subject }: Deadline) => (subject === undefined ? '' : ` (${wordsInside(subject)})`);

const dutyOf = (deadline: Deadline | undefined, id: string, policy: Policy) =>
  deadline ? `${dutyTitle(ruleOf(policy, deadline))}${aboutOf(deadline)} (rule ${deadline.rule})` : id;

/** One sentence for an event of this referral. `state` may be any later state: a deadline's opening does not change. */
export function describe(event: Event, state: Referral, policy: Policy): string {
  const say = sentences[event.type] as (event: Event, ...deadline: readonly ((id: string) => string)[]) => string;
  const duty = (id: string) => dutyOf(state.deadlines[id], id, policy);
  const dueOf = (id: string) => {
    const deadline = state.deadlines[id];
    return `${duty(id)}${deadline ? `, due ${formatInstant(deadline.due)}` : ''}`;
  };
  return say(event, dueOf, duty);
}
