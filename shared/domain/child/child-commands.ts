/** What happens to the child, and what becomes known of the child, while the referral is open. */

import * as z from 'zod';
import { requestAlert, tellOfCaregiver, tellOfCharges, tellOfTribe } from '../alerts/alert-requests.ts';
import { actAt, anyStage, command, stillOwed } from '../core/command.ts';
import { actInstant, episodeInput, freeText, knownInstant } from '../core/fields.ts';
import { isAfter } from '../core/instants.ts';
import { isRefusal } from '../core/refusal.ts';
import { areaOffice, careline, custodyRecorders } from '../core/role-groups.ts';
import { standingIn } from '../core/standing.ts';
import { aloneAnswers, holdEnds, noticeMethods } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import {
  followAge,
  followAssault,
  followNotices,
  followPlan,
  followTribe,
  isForLocalPolice,
  reportIdentified,
  wasInCareBefore,
} from '../deadlines/clocks.ts';
import { beganEarlier, everOpened, markKept, openAgain, openOnce } from '../deadlines/deadlines.ts';
import { openDeadlineOf } from '../deadlines/open-deadlines.ts';
import { recordKept } from '../deadlines/record-kept.ts';
import { isSurelyOfAge } from '../eligibility/eligibility.ts';
import { type ProfileFacts, profileFacts } from '../facts/profile-events.ts';
import { isInCare, learnedFacts, sameAlleged } from '../intake/report-facts.ts';
import { mayBeMissing, talkedAbout } from '../missing/absences.ts';
import { formatInstant } from '../policy/due.ts';
import { refuse } from '../refusals.ts';
import { placeIn, placeTexts } from '../whereabouts/place-told.ts';
import { factsOfCare, followCare } from './entry-to-care.ts';

const { shape: learned } = learnedFacts;
const { shape: profiled } = profileFacts;
/** What can become known, in the order of a form: the child, the care, what happened, who is alleged. */
const factsInOrder = {
  ageClass: learned.ageClass,
  gender: profiled.gender,
  race: profiled.race,
  childLanguage: profiled.childLanguage,
  foreignNational: learned.foreignNational,
  tribalMember: learned.tribalMember,
  connecticutResident: learned.connecticutResident,
  population: learned.population,
  legalStatus: learned.legalStatus,
  placement: profiled.placement,
  dcfClient: learned.dcfClient,
  emancipated: learned.emancipated,
  homeless: learned.homeless,
  homeMeetsNeeds: learned.homeMeetsNeeds,
  missingNow: learned.missingNow,
  exploitedFor: learned.exploitedFor,
  exploitation: profiled.exploitation,
  venue: profiled.venue,
  inFacility: learned.inFacility,
  facilityEmployee: learned.facilityEmployee,
  schoolEmployee: learned.schoolEmployee,
  careTiming: profiled.careTiming,
  lastAssaultAt: actInstant(),
  identifiedBy: profiled.identifiedBy,
  perpetrators: learned.perpetrators,
  caregiverNamed: learned.caregiverNamed,
  recruitment: profiled.recruitment,
  control: profiled.control,
  knownAt: knownInstant(),
} satisfies z.ZodRawShape & Record<keyof typeof learned | keyof typeof profiled | 'knownAt', unknown>;
type FactsInput = z.infer<z.ZodObject<typeof factsInOrder>>;

const isAmong = (shape: object, wanted: boolean) => (facts: object) =>
  Object.fromEntries(
    Object.entries(facts).filter(([field, said]) => said !== undefined && Object.hasOwn(shape, field) === wanted),
  );
/** The facts that may start a clock or change the proposal. */
const learnedIn = ({ knownAt: _, ...input }: FactsInput) =>
  isAmong(profiled, false)(input) as Omit<FactsInput, keyof ProfileFacts | 'knownAt'>;
/** The facts that only numbers use. */
const profileIn = (input: FactsInput) => isAmong(profiled, true)(input) as ProfileFacts;

export const childCommands = {
  'invoke-hold': command({
    title: 'Record that a 96-hour hold was invoked',
    inEmergency: 'allowed',
    roles: [...areaOffice, 'area-director', 'legal'],
    note: 'A second hold needs a reason: what is new since the first. If a hold is recorded, an earlier time corrects its beginning.',
    input: z.strictObject({ at: actInstant(), reason: freeText('decisionReasons').optional() }),
    restsOn: ({ response: { hold } }) => hold || undefined,
    decide(decision, { reason, ...input }) {
      const before = decision.state();
      const running = before.response.hold ? openDeadlineOf(before, 'D11') : undefined;
      if (running && input.at !== undefined && isAfter(running.start, input.at)) {
        const began = actAt(decision, input.at, true);
        if (isRefusal(began)) return began;
        decision.add('hold-invoked', { at: began, ...whereKnown({ reason }) });
        beganEarlier(decision, running, began);
        return undefined;
      }
      if (before.response.hold) {
        return refuse('held-already/96-hours');
      }
      if (isSurelyOfAge(before)) {
        return refuse('of-age/hold');
      }
      // In danger no one waits. But no hours are added unseen to the 96 that the law gives.
      const heldBefore = Object.values(before.deadlines).some(({ rule }) => rule === 'D11');
      if (heldBefore && reason === undefined) {
        return refuse('held-before');
      }
      const at = actAt(decision, input.at, true);
      if (isRefusal(at)) return at;
      decision.add('hold-invoked', { at, ...whereKnown({ reason }) });
      if (heldBefore) requestAlert(decision, { kind: 'removal-review', to: ['legal', 'area-director'] });
      openAgain(decision, 'D11', { start: at });
      reportIdentified(decision, { since: at, before });
      tellOfTribe(decision);
      followTribe(decision, before, at);
      return undefined;
    },
  }),
  'record-hold-end': command({
    title: 'Record how the 96-hour hold ended: order and petition filed, or the child released',
    inEmergency: 'refused',
    roles: custodyRecorders,
    stages: stillOwed,
    input: z.strictObject({ how: z.enum(holdEnds), at: actInstant() }),
    decide(decision, { how, ...input }) {
      const before = decision.state();
      if (!before.response.hold) return refuse('no-hold/96-hours');
      const at = actAt(decision, input.at, true);
      if (isRefusal(at)) return at;
      const start = openDeadlineOf(decision.state(), 'D11')?.start;
      if (start !== undefined && isAfter(start, at)) {
        return refuse('before-the-hold', { start: formatInstant(start) });
      }
      decision.add('hold-ended', { how, at });
      markKept(decision, `hold-${how}`, at);
      followTribe(decision, before, at);
      return undefined;
    },
  }),
  'record-debrief': command({
    title: 'Record the return interview with the child',
    inEmergency: 'allowed',
    roles: [...areaOffice, 'hart-liaison'],
    stages: stillOwed,
    note: 'The talk is about the oldest return without one, unless you say which.',
    input: z.strictObject({
      at: actInstant(),
      learned: freeText('childsAccount'),
      seenAlone: z.enum(aloneAnswers),
      episode: episodeInput(),
    }),
    decide(decision, { episode, ...input }) {
      const {
        missing: { absences },
      } = decision.state();
      const returns = absences.filter(({ returnedAt }) => returnedAt !== undefined);
      if (returns.length === 0) return refuse('not-returned');
      const at = actAt(decision, input.at, true);
      if (isRefusal(at)) return at;
      const named = returns.find(({ number }) => number === episode);
      if (episode !== undefined && !named) return refuse('no-such-return', { episode });
      const about = named ?? talkedAbout(absences, at);
      if (about?.returnedAt === undefined || isAfter(about.returnedAt, at)) {
        return refuse('before-the-return/talk');
      }
      decision.add('return-debriefed', { ...input, at, episode: about.number });
      if (about.debriefedAt === undefined) markKept(decision, 'return-debriefed', at, undefined, about.returnedAt);
      return undefined;
    },
  }),
  'record-entry-to-care': command({
    title: 'Record that the child entered care for the first time',
    inEmergency: 'refused',
    roles: areaOffice,
    input: z.strictObject({ at: actInstant(), ...placeTexts('safePlace') }),
    decide(decision, input) {
      const state = decision.state();
      if (state.response.enteredCare || wasInCareBefore(state)) {
        return refuse('in-care-already');
      }
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      decision.add('care-entered', { at, ...placeIn(input) });
      // The living situation decides the proposal, and the latest answer counts.
      decision.add('facts-learned', { ...factsOfCare(state.child), knownAt: at });
      followAge(decision, state, at);
      // It may have been known that the child is in care before the date of entry was recorded.
      const open = openDeadlineOf(decision.state(), 'D26');
      if (open && isAfter(open.start, at)) beganEarlier(decision, open, at);
      else openOnce(decision, 'D26', { start: at }, true);
      reportIdentified(decision, { since: at, before: state });
      followPlan(decision);
      tellOfTribe(decision);
      return undefined;
    },
  }),
  'record-evaluation': command({
    title: 'Record the multidisciplinary evaluation',
    inEmergency: 'refused',
    roles: areaOffice,
    input: z.strictObject({ at: actInstant() }),
    decide(decision, input) {
      if (!everOpened(decision.state(), 'D26')) return refuse('not-in-care');
      return recordKept(decision, input.at, 'evaluation-held', (at) => decision.add('evaluation-held', { at }));
    },
  }),
  'notify-hhs': command({
    title: 'Record the notice to the federal Department of Health and Human Services (OTIP)',
    inEmergency: 'refused',
    roles: [...areaOffice, 'legal'],
    stages: stillOwed,
    input: z.strictObject({
      at: actInstant(),
      method: z.enum(noticeMethods),
      caseReference: freeText('agencyNotices'),
    }),
    decide: (decision, input) =>
      recordKept(decision, input.at, 'hhs-notified', (at) => decision.add('hhs-notified', { ...input, at })),
  }),
  'record-facts': command({
    title: 'Record what has become known of the child',
    inEmergency: { unless: ({ missingNow }) => missingNow === 'no' },
    roles: [...careline, ...areaOffice, 'hart-liaison', 'legal'],
    note: 'Say when it was known: a clock that it starts counts from then, and not from when you type it. Tick every alleged person, and all of each list, also those recorded before. Your answer replaces the record.',
    input: z.strictObject(factsInOrder),
    restsOn: ({ child, profile }, input) => standingIn({ ...child, ...profile?.known }, input),
    decide(decision, input) {
      const knownAt = actAt(decision, input.knownAt);
      if (isRefusal(knownAt)) return knownAt;
      const { perpetrators, ...others } = learnedIn(input);
      const profile = profileIn(input);
      const before = decision.state();
      const { child } = before;
      // A form sends its initial values again.
      const isNewSet = perpetrators !== undefined && !sameAlleged(perpetrators, child.perpetrators);
      const facts = { ...others, ...(isNewSet && { perpetrators }) };
      const assault = actAt(decision, facts.lastAssaultAt, true);
      if (isRefusal(assault)) return assault;
      if (facts.lastAssaultAt !== undefined && isAfter(assault, knownAt)) return refuse('known-before-it-happened');
      const { ageClass } = facts;
      const isProfile = Object.keys(profile).length > 0;
      if (Object.values(facts).every((said) => said === undefined)) {
        if (!isProfile) return refuse('nothing-said/facts');
        decision.add('profile-learned', profile);
        return undefined;
      }
      if (ageClass !== undefined && child.age.known === 'exact') {
        return refuse('age-known/facts');
      }
      const population = facts.population ?? child.population;
      const legalStatus = facts.legalStatus ?? child.legalStatus;
      const isSaidNow = facts.population !== undefined || facts.legalStatus !== undefined;
      if (isSaidNow && population === 'living-at-home' && isInCare({ population, legalStatus })) {
        return refuse('at-home-and-in-custody');
      }
      if (facts.dcfClient === 'no' && isInCare({ population, legalStatus })) {
        return refuse('in-care-and-no-client');
      }
      if (facts.missingNow !== undefined && !mayBeMissing(before)) {
        return refuse('missing-known');
      }
      const said = Object.entries(facts).filter(([, value]) => value !== undefined);
      decision.add('facts-learned', {
        ...Object.fromEntries(said),
        ...(facts.lastAssaultAt !== undefined && { lastAssaultAt: assault }),
        knownAt,
      });
      if (isProfile) decision.add('profile-learned', profile);
      if (facts.lastAssaultAt !== undefined) followAssault(decision, knownAt);
      if (ageClass) markKept(decision, 'age-recorded', knownAt);
      if (isForLocalPolice(decision.state())) {
        openOnce(decision, 'D4', { start: knownAt, startedBy: 'facts-learned' }, !isForLocalPolice(before));
      }
      tellOfCaregiver(decision);
      followCare(decision, before, { start: knownAt, startedBy: 'facts-learned' });
      followNotices(decision, before, knownAt);
      return undefined;
    },
  }),
  'record-charges': command({
    title: 'Record that the child faces charges for acts done while exploited',
    inEmergency: 'refused',
    roles: [...careline, ...areaOffice, 'hart-liaison', 'legal'],
    input: z.strictObject({ reason: freeText('courtWords') }),
    decide(decision, { reason }) {
      if (decision.state().response.charged) return refuse('charges-known');
      decision.add('charges-recorded', { reason });
      tellOfCharges(decision);
      return undefined;
    },
  }),
  'record-adult-handover': command({
    title: 'Record the hand-over to adult services, or that the person did not consent',
    inEmergency: 'refused',
    roles: [...areaOffice, 'hart-liaison'],
    input: z.strictObject({ consent: z.enum(['given', 'refused']), at: actInstant() }),
    decide(decision, { consent, ...input }) {
      if (!everOpened(decision.state(), 'D30')) {
        return refuse('not-of-age');
      }
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      decision.add('adult-handover', { consent, at });
      markKept(decision, consent === 'given' ? 'handover-made' : 'handover-refused', at);
      return undefined;
    },
  }),
  'plan-adulthood': command({
    title: 'Record what is planned for the time after the eighteenth birthday',
    inEmergency: 'refused',
    stages: anyStage,
    roles: [...areaOffice, 'hart-liaison'],
    input: z.strictObject({ at: actInstant(), plan: freeText('childsAccount') }),
    decide: (decision, input) =>
      recordKept(decision, input.at, 'adulthood-planned', (at) => decision.add('adulthood-planned', { ...input, at })),
  }),
};
