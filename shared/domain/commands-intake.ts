/** What Careline and the area office record about the report itself, the notices and the first response. */
import * as z from 'zod';
import { actAt, actInstant, command, freeText, idInput } from './command.ts';
import { endPolicyDeadlines, isAfter, keep, openAgain, openDeadline, openOnce } from './deadlines.ts';
import { openDeadlineOf } from './referral.ts';
import { isRefusal, refuse } from './refusal.ts';
import { noticeMethods, type Role } from './vocabulary.ts';

const careline: readonly Role[] = ['careline-worker', 'careline-supervisor', 'careline-manager'];
const areaOffice: readonly Role[] = ['caseworker', 'area-supervisor', 'area-oncall'];

export const intakeCommands = {
  'classify-report': command({
    title: 'Classify the report',
    roles: careline,
    stages: ['open', 'withdrawn', 'attached'],
    input: z.strictObject({ track: z.enum(['investigation', 'information-only', 'other-agency']) }),
    decide(draft, { track }) {
      draft.add('report-classified', { track });
      keep(draft, 'report-classified', draft.context.now);
      return undefined;
    },
  }),
  'assess-danger': command({
    title: 'Say whether the child is in danger now',
    roles: [...careline, ...areaOffice],
    input: z.strictObject({ danger: z.enum(['yes', 'no']) }),
    decide(draft, { danger }) {
      const before = draft.state().danger;
      if (before === danger) return refuse('nothing-new', `The referral already says ${danger} to danger now.`);
      draft.add('danger-assessed', { danger });
      const { receivedAt } = draft.state();
      if (danger === 'no') {
        const immediate = openDeadlineOf(draft.state(), 'D6');
        if (immediate) {
          // One that was missed before anybody said no stays missed: that is explained, not excused.
          if (!isAfter(draft.context.now, immediate.due)) {
            draft.add('deadline-not-applicable', { deadlineId: immediate.id, because: 'no-danger' });
          }
          openOnce(draft, 'D7', { start: receivedAt });
        }
        return undefined;
      }
      if (before === 'no' && !openDeadlineOf(draft.state(), 'D6'))
        openDeadline(draft, 'D6', { start: draft.context.now });
      return undefined;
    },
  }),
  'record-written-report': command({
    title: 'Record that the written report (DCF-136) came',
    roles: [...careline, 'caseworker'],
    stages: ['open', 'closed', 'withdrawn', 'attached'],
    input: z.strictObject({ at: actInstant() }),
    decide(draft, input) {
      const at = actAt(draft, input.at);
      if (isRefusal(at)) return at;
      draft.add('written-report-received', { at });
      keep(draft, 'written-report-received', at);
      return undefined;
    },
  }),
  'notify-police': command({
    title: 'Record the notice to the police',
    roles: [...careline, ...areaOffice, 'hart-liaison'],
    stages: ['open', 'withdrawn', 'attached'],
    input: z.strictObject({
      covers: z
        .array(z.enum(['state', 'local', 'missing']))
        .min(1, 'Say which notice this is: state, local or missing.'),
      agencyId: idInput(),
      personReached: freeText(),
      method: z.enum(noticeMethods),
      at: actInstant(),
      agencyReference: freeText(),
    }),
    decide(draft, input) {
      const at = actAt(draft, input.at);
      if (isRefusal(at)) return at;
      draft.add('police-notified', { ...input, at });
      for (const notice of input.covers) keep(draft, `police-notified-${notice}`, at);
      return undefined;
    },
  }),
  'notify-ncmec': command({
    title: 'Record the report to the National Center for Missing and Exploited Children',
    roles: [...careline, ...areaOffice],
    stages: ['open', 'withdrawn', 'attached'],
    input: z.strictObject({ at: actInstant(), method: z.enum(noticeMethods), caseReference: freeText() }),
    decide(draft, input) {
      const at = actAt(draft, input.at);
      if (isRefusal(at)) return at;
      draft.add('ncmec-notified', { ...input, at });
      keep(draft, 'ncmec-notified', at);
      return undefined;
    },
  }),
  'start-response': command({
    title: 'Record that the response has begun',
    roles: [...areaOffice, 'area-director'],
    stages: ['open', 'withdrawn', 'attached'],
    input: z.strictObject({ at: actInstant() }),
    decide(draft, input) {
      const at = actAt(draft, input.at);
      if (isRefusal(at)) return at;
      draft.add('response-started', { at });
      keep(draft, 'response-started', at);
      return undefined;
    },
  }),
  'assign-liaison': command({
    title: 'Assign the HART liaison',
    roles: ['hart-lead', 'hart-director'],
    input: z.strictObject({ personId: idInput() }),
    decide(draft, { personId }) {
      draft.add('liaison-assigned', { personId });
      keep(draft, 'liaison-assigned', draft.context.now);
      return undefined;
    },
  }),
  'record-safety-plan': command({
    title: 'Record the safe placement or safety plan',
    roles: [...careline, ...areaOffice],
    input: z.strictObject({
      at: actInstant(),
      placement: z.enum(['safe-at-home', 'placed', 'relative']),
      plan: freeText(),
    }),
    decide(draft, input) {
      const at = actAt(draft, input.at);
      if (isRefusal(at)) return at;
      draft.add('safety-plan-recorded', { ...input, at });
      keep(draft, 'safety-plan-recorded', at);
      return undefined;
    },
  }),
  'report-missing': command({
    title: 'Record that the child is missing',
    roles: [...careline, ...areaOffice, 'hart-liaison'],
    input: z.strictObject({ at: actInstant() }),
    decide(draft, input) {
      if (draft.state().missing) return refuse('already-missing', 'The child is recorded as missing already.');
      const at = actAt(draft, input.at);
      if (isRefusal(at)) return at;
      draft.add('child-missing', { informedAt: at });
      for (const rule of ['D12a', 'D12b']) openAgain(draft, rule, { start: at });
      return undefined;
    },
  }),
  'record-return': command({
    title: 'Record that the child has returned',
    roles: [...careline, ...areaOffice, 'hart-liaison'],
    input: z.strictObject({ at: actInstant() }),
    decide(draft, input) {
      if (!draft.state().missing) return refuse('not-missing', 'The child is not recorded as missing.');
      const at = actAt(draft, input.at);
      if (isRefusal(at)) return at;
      draft.add('child-returned', { at });
      // Screening on return is a duty of its own (42 USC 671(a)(35)(A)); an open one already runs.
      openAgain(draft, 'D9', { start: at });
      return undefined;
    },
  }),
  'answer-duplicate': command({
    title: 'Answer whether this is a child already known',
    roles: careline,
    input: z.strictObject({
      answer: z.enum(['same-child-open', 'earlier-closed', 'not-a-duplicate']),
      of: idInput().optional(),
    }),
    decide(draft, { answer, of }) {
      const { candidates, id } = draft.state();
      if (answer !== 'not-a-duplicate' && (of === undefined || of === id)) {
        return refuse('which-referral', 'Give the reference of the other referral in the field "of".');
      }
      if (of !== undefined && !candidates.includes(of)) {
        return refuse('not-a-candidate', `${of} was not among the candidates found for this referral.`);
      }
      draft.add('duplicate-answered', { answer, ...(of !== undefined && { of }) });
      keep(draft, 'duplicate-answered', draft.context.now);
      if (answer === 'same-child-open' && of !== undefined) {
        draft.add('attached', { to: of });
        endPolicyDeadlines(draft, 'attached');
      }
      return undefined;
    },
  }),
  'confirm-routing': command({
    title: 'Confirm or correct the office, district and team',
    roles: [...careline, ...areaOffice, 'area-director'],
    input: z.strictObject({
      town: z.string().max(40),
      region: z.int().min(1).max(6),
      office: z.string().max(40),
      judicialDistrict: z.string().max(40),
      team: idInput(),
    }),
    decide(draft, routing) {
      const { offices, judicialDistricts, teams } = draft.context.policy.geography;
      const wrong = [
        offices.includes(routing.office) ? undefined : `office is one of ${offices.join(', ')}`,
        judicialDistricts.includes(routing.judicialDistrict)
          ? undefined
          : `judicialDistrict is one of ${judicialDistricts.join(', ')}`,
        teams.includes(routing.team) ? undefined : `team is one of ${teams.join(', ')}`,
      ].filter((sentence) => sentence !== undefined);
      if (wrong.length > 0)
        return refuse('no-such-place', `The routing names a place that is not there: ${wrong.join('; ')}.`);
      draft.add('routing-confirmed', { routing: { ...routing, confirmed: true } });
      return undefined;
    },
  }),
};
