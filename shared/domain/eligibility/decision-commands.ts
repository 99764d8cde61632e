/**
 * The decision whether there is a basis to allege, and the acts that follow from it. A named person decides; the table
 * only proposes.
 */

import * as z from 'zod';
import { actAt, anyStage, command } from '../core/command.ts';
import { actInstant, birthDateText, freeText, idInput, knownInstant } from '../core/fields.ts';
import { isRefusal } from '../core/refusal.ts';
import { areaOffice, careline } from '../core/role-groups.ts';
import { definitionBases, eligibilityOutcomes, noticeMethods } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { followAge, forgetOldAge, movePlan } from '../deadlines/clocks.ts';
import { markKept } from '../deadlines/deadlines.ts';
import { recordKept } from '../deadlines/record-kept.ts';
import { contradictsAge } from '../intake/report-facts.ts';
import { refuse } from '../refusals.ts';
import { currentScreening } from '../screening/current-screening.ts';
import { groundsMoved } from './eligibility.ts';

export const decisionCommands = {
  'decide-eligibility': command({
    title: 'Decide whether there is a basis to allege that the child is uncared for',
    inEmergency: 'refused',
    note: 'Services never wait for this. A basis on another definition than C.G.S. 46a-170 leaves a gap: consult a lawyer first, or the gap is shown.',
    roles: ['area-supervisor', 'program-manager'],
    input: z.strictObject({
      outcome: z.enum(eligibilityOutcomes),
      definitionBasis: z.enum(definitionBases),
      legalConsulted: z.enum(['yes', 'no']),
      /** The id, in the directory, of a person of legal or of the liaison to the Attorney General's office. */
      consultedId: idInput().optional(),
      rationale: freeText('decisionReasons'),
      /** Why the decision differs from the proposal. */
      reason: freeText('decisionReasons').optional(),
    }),
    restsOn: ({ eligibility: { decision } }) => decision,
    needs: 'counsel',
    decide(decision, { reason, consultedId, ...input }, _, { counsel }) {
      const {
        eligibility: { proposal },
      } = decision.state();
      if (!proposal) return refuse('not-screened');
      if (proposal.screening !== currentScreening(decision.state())?.number) {
        return refuse('proposal-outdated/screened-anew');
      }
      if (groundsMoved(decision.state())) {
        return refuse('proposal-outdated/facts-changed');
      }
      if (input.outcome === 'basis-trafficking' && input.definitionBasis === 'none') {
        return refuse('definition-missing/decision');
      }
      if (input.legalConsulted === 'yes' && consultedId === undefined) {
        return refuse('consulted-missing');
      }
      if (input.legalConsulted === 'no' && consultedId !== undefined) {
        return refuse('consulted-no-one');
      }
      if (consultedId !== undefined && !counsel.isKnown) {
        return refuse('no-such-counsel');
      }
      if (proposal.outcome !== input.outcome && reason === undefined) {
        return refuse('reason-missing/other-decision', { outcome: proposal.outcome });
      }
      const { inputs, overlays, ruleSet } = proposal;
      decision.add('eligibility-decided', {
        ...input,
        proposed: proposal.outcome,
        row: proposal.row,
        ...whereKnown({ consultedId, reason }),
        inputs,
        overlays,
        ruleSet,
      });
      markKept(decision, 'eligibility-decided', decision.context.now);
      return undefined;
    },
  }),
  'record-birth-date': command({
    title: "Record the child's date of birth, or correct it with a reason",
    inEmergency: 'refused',
    note: 'Say when the date was known: a clock that rests on the age counts from then. Give a reason if this date replaces a recorded one, or if it contradicts the age given.',
    roles: [...careline, ...areaOffice, 'hart-liaison', 'legal'],
    // Who the child is may prove wrong after the end of the work. Other referrals are found by it.
    stages: anyStage,
    restsOn: ({ child: { age }, identity: { birthCorrectedBy } }) =>
      age.known === 'exact' ? { age, birthCorrectedBy } : undefined,
    reindexes: true,
    input: z.strictObject({
      birthDate: birthDateText(),
      knownAt: knownInstant(),
      reason: freeText('identityReasons').optional(),
    }),
    needs: 'plan',
    decide(decision, { birthDate, reason, ...input }, _, { plan }) {
      const before = decision.state();
      if (before.identity.erased) return refuse('erased-already/child');
      if (before.child.age.known === 'exact' && reason === undefined) {
        return refuse('age-known/again');
      }
      const years = Math.min(Number(birthDate), 30);
      if (contradictsAge(before.child.age, years) && reason === undefined) {
        return refuse('age-contradicts');
      }
      const knownAt = actAt(decision, input.knownAt);
      if (isRefusal(knownAt)) return knownAt;
      // The application stores the date and passes on the years on the day of receipt.
      decision.add('birth-date-recorded', {
        years,
        knownAt,
        ...whereKnown({ reason }),
      });
      if (before.stage !== 'open') {
        forgetOldAge(decision);
        movePlan(decision, plan.day);
        return undefined;
      }
      markKept(decision, 'age-recorded', knownAt);
      followAge(decision, before, knownAt);
      movePlan(decision, plan.day);
      return undefined;
    },
  }),
  'notify-home-state': command({
    title: 'Record the notice to the home state of the child',
    note: 'For custody questions ask counsel: C.G.S. 46b-115n (UCCJEA), and the Interstate Compact for Juveniles.',
    inEmergency: 'refused',
    roles: ['caseworker', 'area-supervisor', 'area-oncall', 'legal', 'program-manager'],
    input: z.strictObject({
      at: actInstant(),
      method: z.enum(noticeMethods),
      personReached: freeText('agencyNotices'),
    }),
    decide(decision, input) {
      return recordKept(decision, input.at, 'home-state-notified', (at) =>
        decision.add('home-state-notified', { ...input, at }),
      );
    },
  }),
};
