/** Who sees one referral: the seal and emergency access. Also how the family may be reached. */

import * as z from 'zod';
import { requestAlert } from '../alerts/alert-requests.ts';
import { anyStage, command } from '../core/command.ts';
import { freeText, idInput, reasonText } from '../core/fields.ts';
import { areaOffice, careline, staff, standIn, standIns } from '../core/role-groups.ts';
import { accessFindings, emergencyReasons, type Role, sealReasons } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { markKept, openDeadline } from '../deadlines/deadlines.ts';
import { openDeadlineOf } from '../deadlines/open-deadlines.ts';
import { supervisorRoles } from '../directory/scopes.ts';
import { refuse } from '../refusals.ts';
import { hasConflict } from '../team/seats.ts';
import {
  emergencyAccessMilliseconds,
  emergencyAccessOf,
  refuseOwnReview,
  reviewRule,
  useSubject,
} from './emergency-access.ts';

const sealers: readonly Role[] = [
  'careline-supervisor',
  'careline-manager',
  'area-director',
  'hart-director',
  'program-manager',
];

export const accessCommands = {
  'seal-referral': command({
    title: 'Restrict the referral to named people',
    inEmergency: 'refused',
    roles: sealers,
    note: 'People who are not named find it nowhere from now on, and that includes you. Name all who work on it. At least two are Careline supervisors, so that one stands in for the other. Where there is only one, a Careline manager is the second. Mail about it goes to no one else. Restrict it again to change the names.',
    stages: anyStage,
    restsOn: ({ access: { seal } }) => seal,
    reindexes: true,
    input: z.strictObject({
      because: z.enum(sealReasons),
      /** Their ids. */
      forPeople: z
        .array(idInput())
        .max(30, 'Name at most 30 people.')
        .refine((ids) => new Set(ids).size === ids.length, 'Name each only once.'),
      reason: freeText('accessReasons'),
    }),
    needs: 'named',
    decide(decision, { because, forPeople: people, reason }, _person, { named }) {
      const unknown = people.filter((id) => !named.some((each) => each.id === id));
      if (unknown.length > 0) {
        return refuse('no-such-person/seal');
      }
      if (people.some((id) => hasConflict(decision.state(), id))) {
        return refuse('has-conflict/seal');
      }
      // One of them stands in for each role that no named person holds. Of two, one is there. A manager alone cannot do
      // what only a supervisor may.
      const whoHold = (roles: readonly Role[]) =>
        named.filter((each) => each.roles.some((role) => roles.includes(role)));
      if (whoHold(standIns).length < 2 || whoHold([standIn]).length === 0) return refuse('stand-in-missing');
      decision.add('referral-sealed', { because, people, reason });
      requestAlert(decision, { kind: 'referral-sealed', to: [], people });
      return undefined;
    },
  }),
  'unseal-referral': command({
    title: 'Lift the restriction',
    inEmergency: 'refused',
    roles: sealers,
    stages: anyStage,
    restsOn: ({ access: { seal } }) => seal,
    reindexes: true,
    input: z.strictObject({ reason: freeText('accessReasons') }),
    decide(decision, { reason }) {
      if (!decision.state().access.seal) return refuse('not-sealed');
      decision.add('seal-lifted', { reason });
      return undefined;
    },
  }),
  'take-emergency-access': command({
    title: 'Open for an hour a referral that you have no access to',
    inEmergency: 'allowed',
    roles: staff,
    note: 'Only where a child cannot wait for the staff who have access. Your supervisor and an administrator are told at once, with your name. It is closed to you again after an hour, and your supervisor reviews it within two business days.',
    stages: anyStage,
    input: z.strictObject({ because: z.enum(emergencyReasons), reason: freeText('accessReasons') }),
    needs: 'supervisor',
    decide(decision, { because, reason }, person, { supervisor: { hasAccess, supervisorId, duties } }) {
      const { now } = decision.context;
      // A parallel request may have opened it after the lookup.
      if (hasAccess || emergencyAccessOf(decision.state(), person.id, now)) return refuse('has-access');
      const until = new Date(Date.parse(now) + emergencyAccessMilliseconds).toISOString();
      decision.add('emergency-access-taken', {
        personId: person.id,
        because,
        until,
        reason,
        duties: [...duties],
        ...whereKnown({ supervisorId }),
      });
      const subject = useSubject((decision.state().access.emergencyAccesses ?? []).length);
      // The alert of the access tells of its review as well.
      openDeadline(decision, reviewRule, { start: now, subject, quiet: true });
      const review = openDeadlineOf(decision.state(), reviewRule, subject);
      requestAlert(decision, {
        ...(review && { deadlineId: review.id }),
        kind: 'emergency-access-taken',
        to: ['administrator', ...(supervisorId === undefined ? (['careline-supervisor'] as const) : [])],
        people: supervisorId === undefined ? [] : [supervisorId],
      });
      return undefined;
    },
  }),
  'review-emergency-access': command({
    title: 'Review an emergency access',
    inEmergency: 'allowed',
    roles: supervisorRoles,
    note: 'You judge whether the access was justified. The person who used it never reviews it.',
    stages: anyStage,
    input: z.strictObject({
      /** Which emergency access of this referral, from 1. */
      use: z.int().min(1).max(9999),
      finding: z.enum(accessFindings),
      reason: reasonText('accessReasons'),
    }),
    needs: 'supervision',
    decide(decision, { use, finding, reason }, person, { supervision: { reviews } }) {
      const access = decision.state().access.emergencyAccesses?.[use - 1];
      if (!access) {
        return refuse('no-such-access');
      }
      const own = refuseOwnReview(access, person);
      if (own) return own;
      const personId = person.onBehalfOf ?? person.id;
      if (!reviews.some((each) => each.use === use && each.personId === personId)) {
        return refuse('not-yours-to-review');
      }
      if (access.review) return refuse('reviewed-before');
      decision.add('emergency-access-reviewed', { use, finding, reason });
      markKept(decision, 'emergency-access-reviewed', decision.context.now, useSubject(use));
      return undefined;
    },
  }),
  'note-safe-contact': command({
    title: 'Note how the child or family may be reached safely',
    inEmergency: 'allowed',
    roles: [...careline, ...areaOffice, 'hart-liaison'],
    note: 'Whose telephone it is, when to call, and who must not be told. It replaces the note before. It is shown first, to all who may contact the family (overlay C).',
    // A merged referral is about the same child, and its note is shown there as well.
    stages: ['open', 'merged'],
    input: z.strictObject({ safeContact: freeText('safeContact') }),
    restsOn: ({ report: { texts } }) => texts.safeContact,
    decide(decision, { safeContact }) {
      decision.add('safe-contact-noted', { safeContact });
      return undefined;
    },
  }),
};
