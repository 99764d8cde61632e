/**
 * Notices to the state agencies that oversee a place where a child was to be safe. The licensing agency of a facility
 * (C.G.S. 17a-101j(b)), and the Department of Education for a school (17a-101g(a)). See docs/domain.md#facility-notice.
 */
import * as z from 'zod';
import { command, stillOwed } from '../core/command.ts';
import { actInstant, freeText } from '../core/fields.ts';
import { areaOffice, careline } from '../core/role-groups.ts';
import type { Role } from '../core/vocabulary.ts';
import { licensingAgencies, noticeMethods } from '../core/vocabulary.ts';
import { openDeadlineOf } from '../deadlines/open-deadlines.ts';
import { recordKept } from '../deadlines/record-kept.ts';
import { formatInstant } from '../policy/due.ts';
import { refuse } from '../refusals.ts';

const tellers: readonly Role[] = [...careline, ...areaOffice, 'area-director', 'legal'];
const told = { personReached: freeText(), method: z.enum(noticeMethods), at: actInstant() };

export const oversightCommands = {
  'notify-licensing-agency': command({
    title: 'Record the notice to the agency that licenses the facility',
    inEmergency: 'refused',
    roles: tellers,
    stages: stillOwed,
    input: z.strictObject({ licensingAgency: z.enum(licensingAgencies), ...told }),
    decide(decision, input) {
      const { child, response } = decision.state();
      if (child.inFacility !== 'yes') return refuse('no-facility');
      const before = response.licensingNotices.findLast((each) => each.licensingAgency === input.licensingAgency);
      if (before && !openDeadlineOf(decision.state(), 'D41a'))
        return refuse('agency-notified-already', { at: formatInstant(before.at) });
      return recordKept(decision, input.at, 'licensing-agency-notified', (at) =>
        decision.add('licensing-agency-notified', { ...input, at }),
      );
    },
  }),
  'notify-education': command({
    title: 'Record the notice to the Department of Education',
    inEmergency: 'refused',
    roles: tellers,
    stages: stillOwed,
    input: z.strictObject(told),
    decide(decision, input) {
      const {
        child,
        response: { educationNotifiedAt: before },
      } = decision.state();
      if (child.inSchool !== 'yes') return refuse('no-school');
      if (before !== undefined && !openDeadlineOf(decision.state(), 'D41b'))
        return refuse('education-notified-already', { at: formatInstant(before) });
      return recordKept(decision, input.at, 'education-notified', (at) =>
        decision.add('education-notified', { ...input, at }),
      );
    },
  }),
};
