/**
 * Notices about a person who works for a facility or a school. At the report, and after the investigation with its records.
 * By C.G.S. 17a-101g(a), 17a-101j(b), 17a-101i(a) and 17a-101b(d). See docs/domain.md#facility-notice.
 */
import * as z from 'zod';
import { command, stillOwed } from '../core/command.ts';
import { actInstant, freeText } from '../core/fields.ts';
import { areaOffice, careline } from '../core/role-groups.ts';
import type { Role } from '../core/vocabulary.ts';
import { licensingAgencies, noticeMethods, noticeOccasions } from '../core/vocabulary.ts';
import { everOpened } from '../deadlines/deadlines.ts';
import { openDeadlineOf } from '../deadlines/open-deadlines.ts';
import { recordKept } from '../deadlines/record-kept.ts';
import { formatInstant } from '../policy/due.ts';
import { refuse } from '../refusals.ts';

const tellers: readonly Role[] = [...careline, ...areaOffice, 'area-director', 'legal'];
const told = { personReached: freeText('agencyNotices'), method: z.enum(noticeMethods), at: actInstant() };
const occasion = z.enum(noticeOccasions);
const twoNotices =
  'There are two: of the report at once, and after the investigation with its records. Record each by itself.';

export const oversightCommands = {
  'notify-licensing-agency': command({
    title: 'Record the notice to the agency that licenses the facility',
    inEmergency: 'refused',
    roles: tellers,
    note: twoNotices,
    stages: stillOwed,
    input: z.strictObject({ occasion, licensingAgency: z.enum(licensingAgencies), ...told }),
    decide(decision, input) {
      const state = decision.state();
      const isFirst = input.occasion === 'at-the-report';
      const rule = isFirst ? 'D41a' : 'D41c';
      if (!everOpened(state, rule)) return isFirst ? refuse('no-facility') : refuse('no-finding-to-tell');
      const before = state.response.licensingNotices.findLast(
        (each) => each.licensingAgency === input.licensingAgency && each.occasion === input.occasion,
      );
      if (before && !openDeadlineOf(state, rule))
        return refuse('agency-notified-already', { at: formatInstant(before.at) });
      return recordKept(decision, input.at, isFirst ? 'licensing-agency-notified' : 'licensing-records-sent', (at) =>
        decision.add('licensing-agency-notified', { ...input, at }),
      );
    },
  }),
  'notify-education': command({
    title: 'Record the notice to the Department of Education, or of results to it and the superintendent',
    inEmergency: 'refused',
    roles: tellers,
    note: `${twoNotices} Results and records go to the superintendent and the Commissioner of Education.`,
    stages: stillOwed,
    input: z.strictObject({ occasion, ...told }),
    decide(decision, input) {
      const state = decision.state();
      const isFirst = input.occasion === 'at-the-report';
      const rule = isFirst ? 'D41b' : 'D41d';
      if (!everOpened(state, rule)) return isFirst ? refuse('no-school') : refuse('no-finding-to-tell');
      const before = state.response.educationNotices.findLast((each) => each.occasion === input.occasion);
      if (before && !openDeadlineOf(state, rule))
        return refuse('education-notified-already', { at: formatInstant(before.at) });
      return recordKept(decision, input.at, isFirst ? 'education-notified' : 'education-results-sent', (at) =>
        decision.add('education-notified', { ...input, at }),
      );
    },
  }),
  'notify-institution': command({
    title: 'Record that the person in charge of the facility or school was told',
    inEmergency: 'refused',
    roles: tellers,
    note: 'Not where that person is the one alleged: then counsel finds that the duty does not apply. That person must then tell the parents (C.G.S. 17a-101b(d)). Ask counsel first while a caregiver’s part is not ruled out.',
    stages: stillOwed,
    input: z.strictObject(told),
    decide: (decision, input) =>
      everOpened(decision.state(), 'D41e')
        ? recordKept(decision, input.at, 'institution-notified', (at) =>
            decision.add('institution-notified', { ...input, at }),
          )
        : refuse('no-institution'),
  }),
};
