/** Consent to a service, the part 2 records, and the outcome of a service. */
import * as z from 'zod';
import { requestAlert } from '../alerts/alert-requests.ts';
import { actAt, command } from '../core/command.ts';
import type { Decision } from '../core/decision.ts';
import { actInstant, part2Text } from '../core/fields.ts';
import { isAfter, later } from '../core/instants.ts';
import { isRefusal } from '../core/refusal.ts';
import { linkers } from '../core/role-groups.ts';
import {
  consentAnswers,
  consentingGuardians,
  consentKinds,
  followUpMonths,
  type Service,
  serviceOutcomes,
  services,
} from '../core/vocabulary.ts';
import { askForExamAgain } from '../deadlines/clocks.ts';
import { markKept } from '../deadlines/deadlines.ts';
import { mayContact } from '../eligibility/eligibility.ts';
import { formatInstant } from '../policy/due.ts';
import { refuse } from '../refusals.ts';
import { watchLinkages } from './linkage-clocks.ts';
import { followOutcome, outcomeFrom } from './outcome-reviews.ts';
import { notTheirLinkage } from './provider-asked.ts';
import { consentMissing, consentOf } from './service-catalogue.ts';
import { isGiven } from './service-state.ts';

/** A service stops without its consent, and goes on with it. The caseworker is told. */
function followConsent(decision: Decision, service: Service, suspends: boolean, at: string): void {
  if (!isGiven(decision.state().services.linkages[service]?.status)) return;
  if (!suspends) markKept(decision, 'need-referred', at, service);
  watchLinkages(decision, at);
  requestAlert(decision, { kind: 'answer-needed', to: ['caseworker'] });
}

export const serviceCommands = {
  'record-consent': command({
    title: 'Record a consent to a service, its refusal or its withdrawal',
    inEmergency: 'refused',
    roles: linkers,
    input: z.strictObject({
      service: z.enum(services),
      consentKind: z.enum(consentKinds),
      consentAnswer: z.enum(consentAnswers),
      guardian: z.enum(consentingGuardians).optional(),
      at: actInstant(),
    }),
    restsOn: ({ services: { consents } }, { service, consentKind, consentAnswer }) =>
      // A withdrawal protects the child, so it waits for no reading.
      consentAnswer === 'withdrawn'
        ? undefined
        : consents.findLast((each) => each.service === service && each.kind === consentKind),
    decide(decision, { service, consentKind, consentAnswer, guardian, ...input }) {
      const at = actAt(decision, input.at, true);
      if (isRefusal(at)) return at;
      const state = decision.state();
      const isCaregivers = consentKind === 'parent-or-guardian' && guardian === undefined;
      // A withdrawal protects the child, so any person may say it.
      if (isCaregivers && consentAnswer !== 'withdrawn' && mayContact(state) === 'not-the-caregiver') {
        return refuse('not-the-caregiver/consent');
      }
      const last = state.services.consents.findLast((each) => each.service === service && each.kind === consentKind);
      if (last?.answer === consentAnswer && last.guardian === guardian) {
        return refuse('nothing-new/consent', { service, consentAnswer });
      }
      if (consentAnswer === 'withdrawn' && consentOf(state, service, consentKind) !== 'given') {
        return refuse('not-given', { service });
      }
      const consent = { service, kind: consentKind, answer: consentAnswer, at, ...(guardian && { guardian }) };
      const services = { ...state.services, consents: [...state.services.consents, consent] };
      const suspends = consentMissing({ ...state, services }, service, decision.context.policy) !== undefined;
      const stood = state.services.linkages[service]?.suspended !== true;
      decision.add('consent-recorded', { ...consent, suspends });
      if (consentKind === 'child' && consentAnswer === 'given') askForExamAgain(decision, service, at);
      // The answer before it stood until then, so a clock never starts earlier.
      if (suspends === stood) followConsent(decision, service, suspends, last ? later(at, last.at) : at);
      return undefined;
    },
  }),
  'record-part-2': command({
    title: 'Add to the substance-use record, which stands apart',
    inEmergency: 'refused',
    roles: ['caseworker', 'hart-liaison', 'provider'],
    input: z.strictObject({ part2Record: part2Text() }),
    decide(decision, { part2Record }, person) {
      const state = decision.state();
      const notTheirs = notTheirLinkage(state, 'substance-use', person);
      if (notTheirs) return notTheirs;
      const missing = consentMissing(state, 'substance-use', decision.context.policy);
      if (missing) return missing;
      decision.add('part-2-recorded', { service: 'substance-use', part2Record });
      return undefined;
    },
  }),
  'record-service-outcome': command({
    title: 'Record what became of a service, at the review after 3, 6 or 12 months',
    inEmergency: 'refused',
    roles: [...linkers, 'provider'],
    // A question of a year later may concern a referral that was closed long before.
    stages: ['open', 'closed'],
    input: z.strictObject({
      service: z.enum(services),
      months: z.enum(followUpMonths),
      serviceOutcome: z.enum(serviceOutcomes),
      at: actInstant(),
    }),
    restsOn: ({ services: { linkages } }, { service, months }) => linkages[service]?.outcomes?.[months],
    decide(decision, { service, months, serviceOutcome, ...input }, person) {
      const notTheirs = notTheirLinkage(decision.state(), service, person);
      if (notTheirs) return notTheirs;
      const from = outcomeFrom(decision.state(), service, months, decision.context.policy);
      if (from === undefined) {
        return refuse('not-started', { service });
      }
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      if (isAfter(from, at)) {
        return refuse('too-early', { months, from: formatInstant(from) });
      }
      decision.add('service-outcome-recorded', { service, months, outcome: serviceOutcome, at });
      followOutcome(decision, months, at);
      return undefined;
    },
  }),
};
