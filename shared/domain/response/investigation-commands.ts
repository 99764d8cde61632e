/** The acts after the meeting of the team, and the findings of the investigation. */

import * as z from 'zod';
import { actAt, command, privilegeNote, stillOwed, unknownAgency } from '../core/command.ts';
import type { Decision } from '../core/decision.ts';
import { actInstant, freeText, idInput, instantInput } from '../core/fields.ts';
import { isRefusal } from '../core/refusal.ts';
import { teamLeaders } from '../core/role-groups.ts';
import {
  type Answer,
  aloneAnswers,
  answers,
  dispositions,
  everyDiscipline,
  interviewAnswers,
  meetingWays,
  noticeMethods,
} from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { followFinding } from '../deadlines/clocks.ts';
import { everOpened, markKept, openAgain } from '../deadlines/deadlines.ts';
import { recordKept } from '../deadlines/record-kept.ts';
import { seatRuleOf } from '../policy/policy.ts';
import { refuse } from '../refusals.ts';
import { hasMet, reviewAgain } from '../team/mdt.ts';
import { aloneUnsaid } from './seen-alone.ts';

/**
 * The question of C.G.S. 17a-101j(a), separate from the disposition. A "yes" starts the notice; unknown keeps the
 * question open.
 */
function sayReasonableCause(decision: Decision, reasonableCause: Answer, at: string): void {
  const before = decision.state().response.reasonableCause;
  if (before === reasonableCause) return;
  const beforeCause = decision.state();
  decision.add('reasonable-cause-said', { reasonableCause, at });
  followFinding(decision, at, (holds) => !holds(beforeCause));
  if (reasonableCause === 'unknown') {
    // An answered question is open again.
    if (before !== undefined) openAgain(decision, 'D24a', { start: at, startedBy: 'facts-learned' });
    return;
  }
  markKept(decision, 'reasonable-cause-said', at);
  // A repeated "yes" is told again.
  if (reasonableCause === 'yes') openAgain(decision, 'D25', { start: at });
}

const findingRoles = ['area-supervisor', 'area-director', 'program-manager'] as const;

export const reviewCommands = {
  'record-case-review': command({
    title: 'Record the review of the case in the team',
    inEmergency: 'refused',
    note: privilegeNote,
    roles: teamLeaders,
    input: z.strictObject({ at: actInstant(), review: freeText('teamWords') }),
    decide(decision, input) {
      if (!hasMet(decision.state())) {
        return refuse('not-met/review');
      }
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      decision.add('case-reviewed', { ...input, at });
      reviewAgain(decision, 'case-reviewed', at);
      return undefined;
    },
  }),
  'settle-interview': command({
    title: 'Schedule the forensic interview, or record why there is none',
    inEmergency: 'refused',
    roles: [...teamLeaders, 'caseworker'],
    input: z.strictObject({
      answer: z.enum(interviewAnswers),
      scheduledFor: instantInput().optional(),
      way: z.enum(meetingWays).optional(),
      directions: freeText('directions').optional(),
      /** Needed where the interview was held already. */
      seenAlone: z.enum(aloneAnswers).optional(),
      reason: freeText('decisionReasons').optional(),
    }),
    restsOn: ({ response: { interview } }) => interview,
    decide(decision, { answer, scheduledFor, way, directions, seenAlone, reason }) {
      if (answer === 'scheduled' && scheduledFor === undefined) {
        return refuse('when-missing');
      }
      if (answer === 'not-appropriate' && reason === undefined) {
        return refuse('reason-missing/no-interview');
      }
      const wrong = aloneUnsaid(answer === 'held-already', seenAlone);
      if (wrong) return wrong;
      decision.add('interview-settled', {
        answer,
        ...(answer === 'scheduled' && scheduledFor !== undefined && { scheduledFor }),
        ...whereKnown({ seenAlone, reason }),
      });
      if (answer === 'scheduled' && scheduledFor !== undefined) {
        decision.add('interview-scheduled', { scheduledFor, ...whereKnown({ way, directions }) });
      }
      markKept(decision, 'interview-settled', decision.context.now);
      return undefined;
    },
  }),
  'record-consultation': command({
    title: 'Record that a discipline absent from the meeting was consulted',
    inEmergency: 'refused',
    note: `${privilegeNote} That they were consulted is recorded without words.`,
    roles: teamLeaders,
    input: z.strictObject({
      discipline: z.enum(everyDiscipline),
      at: actInstant(),
      advice: freeText('teamWords').optional(),
    }),
    decide(decision, input) {
      if (decision.state().team.meetings.length === 0) return refuse('not-met/consultation');
      const privileged = seatRuleOf(decision.context.policy, input.discipline)?.privileged;
      if (privileged && input.advice !== undefined) {
        return refuse('privileged', { discipline: input.discipline, source: privileged.source });
      }
      if (!privileged && input.advice === undefined) {
        return refuse('advice-missing');
      }
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      decision.add('discipline-consulted', {
        discipline: input.discipline,
        at,
        ...whereKnown({ advice: input.advice }),
      });
      markKept(decision, `consulted-${input.discipline}`, at);
      return undefined;
    },
  }),
  'record-disposition': command({
    title: 'Record the disposition of the investigation',
    inEmergency: 'refused',
    note: "Reasonable cause is a question of its own: it may be yes where nothing is substantiated. Yes starts the notice to the State's Attorney and the police. Unknown goes on asking.",
    roles: findingRoles,
    stages: stillOwed,
    input: z.strictObject({ disposition: z.enum(dispositions), reasonableCause: z.enum(answers), at: actInstant() }),
    restsOn: ({ response: { disposition } }) => disposition,
    decide(decision, { disposition, reasonableCause, ...input }) {
      if (!everOpened(decision.state(), 'D24')) {
        return refuse('no-investigation');
      }
      if (decision.state().response.disposition === disposition) {
        return refuse('nothing-new/disposition', { disposition });
      }
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      const before = decision.state();
      decision.add('investigation-disposed', { disposition, at });
      followFinding(decision, at, (holds) => !holds(before));
      markKept(decision, 'investigation-disposed', at);
      // A finding names a person as responsible. Where nothing is substantiated, there is none.
      if (disposition === 'substantiated') for (const rule of ['D40', 'D38b']) openAgain(decision, rule, { start: at });
      sayReasonableCause(decision, reasonableCause, at);
      return undefined;
    },
  }),
  'record-reasonable-cause': command({
    title: 'Say whether there is reasonable cause to believe that sexual abuse or serious physical abuse occurred',
    inEmergency: 'refused',
    note: "On every track, also without an investigation or a disposition (C.G.S. 17a-101j(a)). Yes starts the notice to the State's Attorney and the police. Unknown goes on asking.",
    roles: findingRoles,
    stages: stillOwed,
    input: z.strictObject({ reasonableCause: z.enum(answers), at: actInstant() }),
    restsOn: ({ response: { reasonableCause } }) => reasonableCause,
    decide(decision, { reasonableCause, ...input }) {
      if (decision.state().response.reasonableCause === reasonableCause) {
        return refuse('nothing-new/reasonable-cause', { reasonableCause });
      }
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      sayReasonableCause(decision, reasonableCause, at);
      return undefined;
    },
  }),
  'notify-of-disposition': command({
    title: "Record the notice to State's Attorney and police, with a copy of the report",
    inEmergency: 'refused',
    roles: ['caseworker', 'area-supervisor', 'legal'],
    stages: stillOwed,
    input: z.strictObject({
      /** The police: an agency of the directory, or `A-OTHER` for one that the directory lacks. */
      agencyId: idInput(),
      personReached: freeText('policeNotices'),
      prosecutorReached: freeText('policeNotices'),
      method: z.enum(noticeMethods),
      at: actInstant(),
    }),
    needs: 'agency',
    decide(decision, input, _, { agency }) {
      if (!everOpened(decision.state(), 'D25')) {
        return refuse('no-reasonable-cause');
      }
      const unknown = unknownAgency(input.agencyId, agency);
      if (unknown) return unknown;
      return recordKept(decision, input.at, 'disposition-notified', (at) =>
        decision.add('disposition-notified', { ...input, at }),
      );
    },
  }),
};
