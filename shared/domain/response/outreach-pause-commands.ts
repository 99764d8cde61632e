/** Coordinate first: the pause of outreach that police may ask for, renewed and lifted. */
import * as z from 'zod';
import { requestAlert } from '../alerts/alert-requests.ts';
import { type Command, command, unknownAgency } from '../core/command.ts';
import type { Decision } from '../core/decision.ts';
import { freeText, idInput, instantInput, reasonText } from '../core/fields.ts';
import { isAfter } from '../core/instants.ts';
import type { Person } from '../core/person.ts';
import type { Refusal } from '../core/refusal.ts';
import { areaOffice, careline } from '../core/role-groups.ts';
import type { Role } from '../core/vocabulary.ts';
import { dueAt, durationWords, formatInstant } from '../policy/due.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';
import { isGiven } from '../services/service-state.ts';
import { isHolder } from '../team/seats.ts';
import { isPausable } from './outreach-pause.ts';
import { pausedUntil } from './paused-until.ts';

const staffPausing: readonly Role[] = [
  ...careline,
  ...areaOffice,
  'area-director',
  'hart-liaison',
  'hart-lead',
  'hart-director',
];
const pausing: Command['roles'] = [...staffPausing, 'mdt-member'];

/** Of the team, only the law enforcement member speaks for the police. */
export const maySpeakForPolice = ({ team: { seats } }: Referral, { id, roles }: Person): boolean =>
  roles.some((role) => staffPausing.includes(role)) ||
  seats.some((seat) => seat.discipline === 'law-enforcement' && isHolder(seat, id));

const notThePolice = (state: Referral, person: Person): Refusal | undefined =>
  maySpeakForPolice(state, person) ? undefined : refuse('not-the-police');

const toldKinds = { 'outreach-paused': 'outreach-paused', 'outreach-pause-lifted': 'outreach-resumed' } as const;

/** Tells all who may be about to contact the child or family: staff, the team, and the providers asked. */
function tellOfPause(decision: Decision, what: keyof typeof toldKinds): void {
  const {
    team: { invited: invitedTeam },
    services: { linkages },
  } = decision.state();
  const providers = Object.values(linkages)
    .filter(({ service, suspended }) => isPausable(service, decision.context.policy) && suspended !== true)
    .filter(({ status }) => isGiven(status))
    .flatMap(({ contactId }) => contactId ?? []);
  requestAlert(decision, {
    kind: toldKinds[what],
    to: [
      'caseworker',
      'area-supervisor',
      'hart-liaison',
      ...(invitedTeam === undefined ? [] : (['mdt-coordinator', 'seats'] as const)),
    ],
    people: [...new Set(providers)],
  });
}

export const outreachCommands = {
  'pause-outreach': command({
    title: 'Pause outreach because the police ask for it, or renew the pause',
    inEmergency: 'allowed',
    roles: pausing,
    note: 'For at most 72 hours. Record it again before the end to renew it. It pauses outreach, notices to parents and contact by partners. It never pauses what danger, a missing child or the acute medical examination asks for. The clocks run on.',
    input: z.strictObject({
      /** An agency of the directory, or `A-OTHER` for one that the directory lacks. */
      agencyId: idInput(),
      personReached: freeText('pauseReasons'),
      until: instantInput(),
      reason: reasonText('pauseReasons'),
    }),
    restsOn: ({ response: { outreachPause } }) => outreachPause,
    needs: 'agency',
    decide(decision, input, person, { agency }) {
      const state = decision.state();
      const { now, policy } = decision.context;
      const refusal = notThePolice(state, person) ?? unknownAgency(input.agencyId, agency);
      if (refusal) return refusal;
      if (!isAfter(input.until, now)) return refuse('until-past');
      const { due: latest } = dueAt(now, policy.outreachPause.atMost, policy.calendar);
      if (isAfter(input.until, latest)) {
        return refuse('pause-too-long', {
          atMost: durationWords(policy.outreachPause.atMost),
          latest: formatInstant(latest),
        });
      }
      const before = pausedUntil(state, now);
      if (before !== undefined && !isAfter(input.until, before)) {
        return refuse('paused-already', { before: formatInstant(before) });
      }
      decision.add('outreach-paused', input);
      tellOfPause(decision, 'outreach-paused');
      return undefined;
    },
  }),
  'lift-outreach-pause': command({
    title: 'Lift the pause of outreach',
    inEmergency: 'refused',
    roles: pausing,
    note: 'Only when the police say that contact no longer harms their work.',
    input: z.strictObject({ reason: reasonText('pauseReasons') }),
    restsOn: ({ response: { outreachPause } }) => outreachPause,
    decide(decision, { reason }, person) {
      const state = decision.state();
      const refusal = notThePolice(state, person);
      if (refusal) return refusal;
      if (pausedUntil(state, decision.context.now) === undefined) {
        return refuse('not-paused');
      }
      decision.add('outreach-pause-lifted', { reason });
      tellOfPause(decision, 'outreach-pause-lifted');
      return undefined;
    },
  }),
};
