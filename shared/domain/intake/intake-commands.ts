/** What Careline and the area office record about the report itself, the notices and the first response. */

import * as z from 'zod';
import { requestAlert, tellThatItEnded, tellThoseNowResponsible } from '../alerts/alert-requests.ts';
import { actAt, command, stillOwed, unknownAgency } from '../core/command.ts';
import type { Decision } from '../core/decision.ts';
import { actInstant, episodeInput, freeText, heldPaper, idInput, instantInput, someOf } from '../core/fields.ts';
import { isAfter } from '../core/instants.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import { areaOffice, careline } from '../core/role-groups.ts';
import { standingIn } from '../core/standing.ts';
import { answers, noticeMethods, policeNotices, tracks } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { searchRule, seeAfterReturn } from '../deadlines/clocks.ts';
import {
  beganEarlier,
  endOpen,
  endPolicyDeadlines,
  everOpened,
  markKept,
  openAgain,
  openDeadline,
  openOnce,
} from '../deadlines/deadlines.ts';
import { openDeadlines } from '../deadlines/open-deadlines.ts';
import { isSurelyOfAge, mayContact } from '../eligibility/eligibility.ts';
import { absenceNow } from '../missing/absences.ts';
import { elapsedFrom, formatInstant } from '../policy/due.ts';
import { refuse } from '../refusals.ts';
import { followLiaison } from '../response/follow-liaison.ts';
import { liaisonAsked } from '../response/liaison.ts';
import { endMoved } from '../same-child/adopted-clocks.ts';
import { mergeBlockers } from '../same-child/merge-blockers.ts';
import { othersMergedHere, returnsOwed } from '../same-child/merges.ts';
import { callOffMeeting } from '../team/meeting.ts';
import { placeIn, placeTexts } from '../whereabouts/place-told.ts';
import { sceneAnswersIn, sceneCodes } from './call-answers.ts';

/** How old news of a missing child may be at the report without a reason. Assumed by this project. */
const missingKnownFor = { unit: 'hours', amount: 30 * 24 } as const;

/** When the one absence began that a notice names. Undefined where it names none. */
function beganWith(decision: Decision, episode: number | undefined): string | Refusal | undefined {
  if (episode === undefined) return undefined;
  const absence = decision.state().missing.absences.find(({ number }) => number === episode);
  return absence?.missingSince ?? refuse('no-such-episode');
}

/** The clock of the search, which the return ends. The law of the two notices stays. */
const ofAbsence: readonly string[] = ['D12a', 'D12b', searchRule];

/**
 * The notices to the parents are law from the opening of an investigation, and policy in an assessment (C.G.S. 17a-103b(a)).
 * What was decided in an assessment does not settle those of an investigation that opens after it.
 */
function followTrack(decision: Decision, track: (typeof tracks)[number], at: string): void {
  if (track === 'assessment' && !everOpened(decision.state(), 'D38')) openOnce(decision, 'D38c', { start: at }, true);
  if (track !== 'investigation') return;
  endOpen(decision, 'D38c');
  for (const rule of ['D38', 'D38a']) openOnce(decision, rule, { start: at }, true);
}

export const intakeCommands = {
  'classify-report': command({
    title: 'Accept or decline the report',
    note: 'Investigation and family assessment response accept the report. The other two do not. The danger on record sets the response time.',
    inEmergency: 'refused',
    roles: careline,
    stages: ['open', 'withdrawn', 'merged'],
    input: z.strictObject({ track: z.enum(tracks), at: actInstant() }),
    decide(decision, { track, ...input }) {
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      decision.add('report-classified', { track, at });
      markKept(decision, 'report-classified', at);
      const {
        stage,
        report: { receivedAt },
        services: { linkages },
        response: { reasonableCause = 'unknown' },
      } = decision.state();
      // Asked on every track (C.G.S. 17a-101j(a)), whether or not there is an investigation.
      if (stage === 'open' && reasonableCause === 'unknown') openOnce(decision, 'D24a', { start: receivedAt }, true);
      if (stage === 'open' && !isSurelyOfAge(decision.state())) followTrack(decision, track, at);
      if (track === 'investigation' && stage === 'open') {
        // An examination that has taken place needs no clock, because no act could keep it.
        if (linkages['medical-nonacute']?.status !== 'started') {
          openOnce(decision, 'D18', { start: at, subject: 'medical-nonacute' });
        }
        openOnce(decision, 'D24', { start: receivedAt }, true);
      }
      return undefined;
    },
  }),
  'add-to-report': command({
    title: 'Add to what was reported',
    inEmergency: 'allowed',
    roles: [...careline, ...areaOffice, 'hart-liaison'],
    note: 'What the caller said later, or what the report left out. The first words stay as they are.',
    stages: ['open', 'merged'],
    input: z.strictObject({ notes: freeText('callNotes'), ...placeTexts('callNotes'), ...sceneCodes.shape }),
    restsOn: ({ report: { scene = {} } }, input) => standingIn(scene, sceneAnswersIn(input) ?? {}),
    decide(decision, { notes, ...answers }) {
      decision.add('call-noted', { notes, ...placeIn(answers), ...whereKnown({ scene: sceneAnswersIn(answers) }) });
      return undefined;
    },
  }),
  'record-written-report': command({
    title: 'Record that the written report (DCF-136) came',
    inEmergency: 'refused',
    note: 'No file is kept here. Once you have seen the paper, say where it is and who has it. If it moves, record it again: the latest record counts.',
    roles: [...careline, 'caseworker'],
    stages: ['open', 'closed', 'withdrawn', 'merged'],
    input: z.strictObject({ at: actInstant(), ...z.object(heldPaper()).partial().shape }),
    decide(decision, { at: came, ...held }) {
      const at = actAt(decision, came);
      if (isRefusal(at)) return at;
      decision.add('written-report-received', { at, ...whereKnown(held) });
      markKept(decision, 'written-report-received', at);
      return undefined;
    },
  }),
  'notify-police': command({
    title: 'Record the notice to the police',
    inEmergency: 'allowed',
    roles: [...careline, ...areaOffice, 'hart-liaison'],
    stages: ['open', 'withdrawn', 'merged'],
    input: z.strictObject({
      covers: someOf(policeNotices).min(1, 'Say which notice this is: state, local, missing or identified.'),
      /** An agency of the directory, or `A-OTHER` for one that the directory lacks. */
      agencyId: idInput(),
      personReached: freeText('policeNotices'),
      method: z.enum(noticeMethods),
      at: actInstant(),
      agencyReference: freeText('policeNotices'),
      episode: episodeInput(),
    }),
    caseNumber: 'agencyReference',
    needs: 'agency',
    decide(decision, { episode, ...input }, _, { agency }) {
      const unknown = unknownAgency(input.agencyId, agency);
      if (unknown) return unknown;
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      const since = beganWith(decision, episode);
      if (isRefusal(since)) return since;
      decision.add('police-notified', { ...input, at, ...whereKnown({ episode }) });
      for (const notice of input.covers) markKept(decision, `police-notified-${notice}`, at, undefined, since);
      return undefined;
    },
  }),
  'notify-ncmec': command({
    title: 'Record the report to the National Center for Missing and Exploited Children',
    inEmergency: 'allowed',
    roles: [...careline, ...areaOffice],
    stages: ['open', 'withdrawn', 'merged'],
    input: z.strictObject({
      at: actInstant(),
      method: z.enum(noticeMethods),
      caseReference: freeText('searchWords'),
      episode: episodeInput(),
    }),
    decide(decision, { episode, ...input }) {
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      const since = beganWith(decision, episode);
      if (isRefusal(since)) return since;
      decision.add('ncmec-notified', { ...input, at, ...whereKnown({ episode }) });
      markKept(decision, 'ncmec-notified', at, undefined, since);
      return undefined;
    },
  }),
  'start-response': command({
    title: 'Record that the response has begun',
    inEmergency: 'allowed',
    // D7 waits on the Careline supervisor (docs/policy.md#d7), who is told by phone.
    roles: [...areaOffice, 'area-director', 'careline-supervisor'],
    stages: ['open', 'withdrawn', 'merged'],
    input: z.strictObject({ at: actInstant() }),
    decide(decision, input) {
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      decision.add('response-started', { at });
      markKept(decision, 'response-started', at);
      return undefined;
    },
  }),
  'assign-liaison': command({
    title: 'Assign the HART liaison',
    inEmergency: 'refused',
    roles: ['hart-lead', 'hart-director'],
    input: z.strictObject({ personId: idInput(), at: actInstant() }),
    restsOn: ({ response: { liaison } }) => liaison,
    needs: 'liaison',
    decide(decision, { personId, ...input }, _, { liaison }) {
      if (!liaison.isKnown) return refuse('no-such-liaison');
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      const before = decision.state();
      decision.add('liaison-assigned', { personId });
      markKept(decision, 'liaison-assigned', at);
      followLiaison(decision, before);
      // The Careline supervisor keeps the exam until this person has accepted.
      if (liaisonAsked(decision.state()) !== undefined) {
        requestAlert(decision, { kind: 'answer-needed', to: [], people: [personId] });
      }
      return undefined;
    },
  }),
  'accept-assignment': command({
    title: 'Accept the assignment as HART liaison',
    inEmergency: 'refused',
    roles: ['hart-liaison'],
    note: 'From then on you keep the exam. Until then the Careline supervisor does.',
    input: z.strictObject({}),
    decide(decision, _, { id, onBehalfOf = id }) {
      const before = decision.state();
      const { liaison, liaisonAcceptedAt } = before.response;
      if (liaison === undefined || ![id, onBehalfOf].includes(liaison)) return refuse('not-your-assignment');
      if (liaisonAcceptedAt !== undefined) return undefined;
      decision.add('liaison-accepted', { personId: liaison });
      followLiaison(decision, before);
      return undefined;
    },
  }),
  'record-safety-plan': command({
    title: 'Record the safe placement or safety plan',
    inEmergency: 'allowed',
    note: 'The plan takes the place of the one before. The form starts with what stands.',
    roles: [...careline, ...areaOffice],
    input: z.strictObject({
      at: actInstant(),
      placement: z.enum(['safe-at-home', 'placed', 'relative']),
      caregiverOut: z.enum(answers).optional(),
      plan: freeText('safetyPlan'),
      /** Until when the child is safe there. */
      until: instantInput().optional(),
      notToTell: freeText('safetyPlan').optional(),
      ...placeTexts('safePlace'),
    }),
    // The plan takes the place of the one before, with who must not be told.
    restsOn({ whereabouts = [] }) {
      const plans = whereabouts.filter(({ by }) => by === 'safety-plan-recorded');
      return plans.length > 0 ? plans : undefined;
    },
    decide(decision, { caregiverOut, ...input }) {
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      if (input.until !== undefined && !isAfter(input.until, decision.context.now)) return refuse('until-past');
      const isAlleged = mayContact(decision.state()) === 'not-the-caregiver';
      if (input.placement === 'safe-at-home' && isAlleged && caregiverOut !== 'yes') {
        return refuse('not-the-caregiver/return');
      }
      decision.add('safety-plan-recorded', { ...input, at, ...(caregiverOut && { caregiverOut }) });
      markKept(decision, 'safety-plan-recorded', at);
      return undefined;
    },
  }),
  'report-missing': command({
    title: 'Record that the child is missing',
    inEmergency: 'allowed',
    roles: [...careline, ...areaOffice, 'hart-liaison'],
    note: 'When the news came that the child is missing. More than 30 days before the report needs a reason. If the child is recorded as missing, an earlier time corrects that.',
    input: z.strictObject({ at: actInstant(), reason: freeText('searchWords').optional() }),
    restsOn: absenceNow,
    decide(decision, { reason, ...input }) {
      const at = actAt(decision, input.at, true);
      if (isRefusal(at)) return at;
      const {
        missing: { absences },
        report: { receivedAt },
      } = decision.state();
      const away = absenceNow(decision.state());
      if (away && (input.at === undefined || !isAfter(away.missingSince, at))) {
        return refuse('already-missing');
      }
      const before = absences.at(away ? -2 : -1)?.returnedAt;
      if (before !== undefined && isAfter(before, at)) {
        return refuse('before-the-return/missing', { before: formatInstant(before) });
      }
      if (reason === undefined && isAfter(elapsedFrom(receivedAt, missingKnownFor, -1), at)) {
        return refuse('long-before-the-report');
      }
      decision.add('child-missing', { informedAt: at, ...whereKnown({ reason }) });
      if (away) {
        const ofThis = openDeadlines(decision.state()).filter(
          ({ rule, start }) => ofAbsence.includes(rule) && start === away.missingSince,
        );
        for (const open of ofThis) beganEarlier(decision, open, at, open.rule === searchRule);
        return undefined;
      }
      // A missing child cannot be seen. The return opens the clock anew.
      endOpen(decision, 'D39');
      // The notice of an earlier absence does not count for this one, kept or not.
      for (const rule of ['D12a', 'D12b']) openDeadline(decision, rule, { start: at });
      openAgain(decision, searchRule, { start: at, quiet: true });
      return undefined;
    },
  }),
  'renew-search': command({
    title: 'Record that the search for the missing child was renewed',
    inEmergency: 'allowed',
    roles: [...careline, ...areaOffice, 'hart-liaison'],
    note: 'Ask police and NCMEC what they know, and each person who may know where the child is. The next search is due a week later.',
    input: z.strictObject({ at: actInstant(), effort: freeText('searchWords') }),
    decide(decision, input) {
      const away = absenceNow(decision.state());
      if (!away) return refuse('not-missing');
      const at = actAt(decision, input.at, true);
      if (isRefusal(at)) return at;
      const { missingSince } = away;
      if (isAfter(missingSince, at)) {
        return refuse('search-before-the-absence', { missingSince: formatInstant(missingSince) });
      }
      decision.add('search-renewed', { ...input, at });
      markKept(decision, 'search-renewed', at);
      openAgain(decision, searchRule, { start: at, quiet: true });
      return undefined;
    },
  }),
  'record-return': command({
    title: 'Record that the child has returned',
    inEmergency: 'refused',
    roles: [...careline, ...areaOffice, 'hart-liaison'],
    stages: stillOwed,
    input: z.strictObject({ at: actInstant(), ...placeTexts('safePlace') }),
    decide(decision, input) {
      const {
        report: { receivedAt },
        stage,
      } = decision.state();
      const away = absenceNow(decision.state());
      if (!away) return refuse('not-missing');
      // A child missing before the report may have been back before it, unknown to the caller.
      const at = actAt(decision, input.at, !isAfter(away.missingSince, receivedAt));
      if (isRefusal(at)) return at;
      const { missingSince } = away;
      if (isAfter(missingSince, receivedAt) && isAfter(missingSince, at)) {
        return refuse('before-it-left', { missingSince: formatInstant(missingSince) });
      }
      decision.add('child-returned', { at, ...placeIn(input) });
      endOpen(decision, searchRule);
      // The law asks for a screening of each return (42 U.S.C. 671(a)(35)(A)), whatever other screening is open.
      if (stage === 'open') openDeadline(decision, 'D9', { start: at, startedBy: 'child-returned' });
      openDeadline(decision, 'D13', { start: at });
      if (stage === 'open') seeAfterReturn(decision);
      return undefined;
    },
  }),
  'answer-duplicate': command({
    title: 'Answer whether this is a child already known',
    inEmergency: 'refused',
    roles: careline,
    input: z.strictObject({
      answer: z.enum(['same-child-open', 'earlier-closed', 'not-a-duplicate']),
      of: idInput().optional(),
      reason: freeText('sameChildReasons'),
    }),
    needs: 'otherReferral',
    mergesInto: ({ answer, of }) => (answer === 'same-child-open' && of !== undefined ? { to: of } : undefined),
    decide(decision, { answer, of, reason }, _, { otherReferral }) {
      const {
        sameChild: { candidates },
        id,
      } = decision.state();
      if (answer !== 'not-a-duplicate' && (of === undefined || of === id)) {
        return refuse('which-referral');
      }
      // A referral that this person may not read looks like none.
      if (of !== undefined && (!candidates.includes(of) || otherReferral.other?.stage === undefined)) {
        return refuse('not-a-candidate');
      }
      if (answer === 'earlier-closed' && otherReferral.other?.stage === 'open') {
        return refuse('other-open');
      }
      if (answer === 'same-child-open' && otherReferral.other?.stage !== 'open') {
        return refuse('other-not-open');
      }
      const merged =
        answer === 'same-child-open'
          ? (mergeBlockers(decision.state(), otherReferral, decision.context.now) ??
            returnsOwed(decision.state()) ??
            othersMergedHere(decision, otherReferral))
          : undefined;
      if (merged) return merged;
      decision.add('duplicate-answered', { answer, ...whereKnown({ of }), reason });
      // The question is about each candidate. "not-a-duplicate" without a reference answers for all of them.
      const {
        sameChild: { answered = [] },
      } = decision.state();
      if (of === undefined || answer !== 'not-a-duplicate' || candidates.every((each) => answered.includes(each))) {
        markKept(decision, 'duplicate-answered', decision.context.now);
      }
      if (answer === 'same-child-open' && of !== undefined) {
        decision.add('merged', { to: of });
        endPolicyDeadlines(decision, 'merged');
        endMoved(decision);
        callOffMeeting(decision, 'referral-ended');
        tellThatItEnded(decision);
      }
      return undefined;
    },
  }),
  'confirm-routing': command({
    title: 'Confirm or correct the office, district and team',
    inEmergency: 'refused',
    roles: [...careline, ...areaOffice, 'area-director'],
    input: z.strictObject({ office: idInput(), team: idInput(), responseOffice: idInput().optional() }),
    restsOn: ({ places: { routingSaid, routing } }) => (routingSaid ? routing : undefined),
    decide(decision, { office, team, ...input }) {
      const before = decision.state();
      const { offices, teams } = decision.context.policy.geography;
      const ofOffice = offices.find(({ id }) => id === office);
      const ofTeam = teams.find(({ id }) => id === team);
      const responseOffice = input.responseOffice ?? before.places.routing?.responseOffice;
      const knows = (each: string | undefined) => each === undefined || offices.some(({ id }) => id === each);
      const wrong = [
        ofOffice ? undefined : `office is one of ${offices.map(({ id }) => id).join(', ')}`,
        knows(responseOffice) ? undefined : `responseOffice is one of ${offices.map(({ id }) => id).join(', ')}`,
        ofTeam ? undefined : `team is one of ${teams.map(({ id }) => id).join(', ')}`,
      ].filter((sentence) => sentence !== undefined);
      if (!ofOffice || !ofTeam || wrong.length > 0) return refuse('no-such-place', { wrong: wrong.join('; ') });
      decision.add('routing-confirmed', {
        routing: {
          town: before.places.routing?.town ?? 'unknown',
          region: ofOffice.region,
          office,
          judicialDistrict: ofTeam.judicialDistrict,
          team,
          ...whereKnown({ districtTown: before.places.routing?.districtTown, responseOffice }),
          confirmed: true,
        },
      });
      // The liaison of another region no longer answers for it.
      followLiaison(decision, before);
      tellThoseNowResponsible(decision, before);
      return undefined;
    },
  }),
};
