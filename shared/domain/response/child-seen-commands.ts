/**
 * Seeing the child. A response that has begun is not a child who was seen (docs/domain.md#child-seen). A child seen by the
 * department is a response that has begun.
 */
import * as z from 'zod';
import { actAt, command } from '../core/command.ts';
import type { Decision } from '../core/decision.ts';
import { actInstant } from '../core/fields.ts';
import { isRefusal } from '../core/refusal.ts';
import { areaOffice, careline } from '../core/role-groups.ts';
import { aloneAnswers, seers, sightings } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { markKept, openAgain } from '../deadlines/deadlines.ts';
import { openDeadlines } from '../deadlines/open-deadlines.ts';
import { absenceAt } from '../missing/absences.ts';
import { type Milestone, ruleIn, ruleOf } from '../policy/policy.ts';
import { refuse } from '../refusals.ts';
import { placeIn, placeTexts } from '../whereabouts/place-told.ts';
import { aloneUnsaid } from './seen-alone.ts';

/** Who of those who see a child are of the department. What the police or a hospital saw is no response of the department. */
const ofDepartment: readonly (typeof seers)[number][] = ['caseworker', 'area-oncall', 'hart-liaison'];

/** Records a response as begun at `at`, a UTC instant, where one is still owed. */
function beginResponse(decision: Decision, at: string): void {
  const isOwed = openDeadlines(decision.state()).some(({ rule }) =>
    ruleIn(decision.context.policy, rule).keptBy.includes('response-started'),
  );
  if (!isOwed) return;
  decision.add('response-started', { at });
  markKept(decision, 'response-started', at);
}

const ofSighting: readonly Milestone[] = ['child-seen', 'response-started'];

/** Each duty that the wrong sighting of `seenAt` kept runs again, from where it began. */
function seeAgain(decision: Decision, seenAt: string): void {
  const { policy } = decision.context;
  const kept = Object.values(decision.state().deadlines).filter(
    (deadline) =>
      deadline.status === 'kept' &&
      deadline.keptAt === seenAt &&
      ruleOf(policy, deadline).keptBy.some((milestone) => ofSighting.includes(milestone)),
  );
  for (const { rule, start, startedBy } of kept) openAgain(decision, rule, { start, ...whereKnown({ startedBy }) });
}

export const childSeenCommands = {
  'record-child-seen': command({
    title: 'Record that the child was seen, or an attempt to see the child',
    inEmergency: 'allowed',
    roles: [...careline, ...areaOffice, 'area-director', 'hart-liaison'],
    note: 'Only a child who was seen keeps the deadline. A child seen by a person of the department is also a response that has begun. An attempt shows when people tried, and the time runs on. Say where the child is and who is there: the referral then leads with it. Say whether the child was seen alone.',
    input: z.strictObject({
      sighting: z.enum(sightings),
      seenBy: z.enum(seers),
      /** Needed where the child was seen. */
      seenAlone: z.enum(aloneAnswers).optional(),
      at: actInstant(),
      ...placeTexts('safePlace'),
    }),
    restsOn: ({ response: { childSeen } }) => childSeen,
    decide(decision, { sighting, seenBy, seenAlone, ...input }) {
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      if (sighting === 'seen' && absenceAt(decision.state(), at)) return refuse('seen-while-missing');
      const { childSeen } = decision.state().response;
      if (sighting === 'not-seen' && childSeen?.sighting !== 'seen') return refuse('not-seen-yet');
      const wrong = aloneUnsaid(sighting === 'seen', seenAlone);
      if (wrong) return wrong;
      decision.add('child-seen', { sighting, seenBy, at, ...whereKnown({ seenAlone }), ...placeIn(input) });
      if (sighting === 'not-seen') seeAgain(decision, childSeen?.at ?? at);
      if (sighting !== 'seen') return undefined;
      markKept(decision, 'child-seen', at);
      if (ofDepartment.includes(seenBy)) beginResponse(decision, at);
      return undefined;
    },
  }),
};
