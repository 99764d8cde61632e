/** Who sits on one referral's team beside its roster, and the notice that a member signs before seeing the case. */
import * as z from 'zod';
import { requestAlert } from '../alerts/alert-requests.ts';
import { command } from '../core/command.ts';
import { freeText, idInput } from '../core/fields.ts';
import { teamLeaders } from '../core/role-groups.ts';
import { answers, everyDiscipline, seatRoles } from '../core/vocabulary.ts';
import { seatRuleOf } from '../policy/policy.ts';
import { refuse } from '../refusals.ts';
import { followTeam } from './meeting.ts';
import { seatAskedOf } from './seat-silence.ts';
import { comesFor, hasConflict, isHolder } from './seats.ts';

/** The only commands for a person who is asked to a team and has not signed yet. */
export const invitationCommands: readonly string[] = ['answer-seat', 'sign-confidentiality', 'acknowledge-alert'];

export const memberCommands = {
  'sign-confidentiality': command({
    title: 'Sign the notice of confidentiality, and say whether you have a conflict of interest',
    inEmergency: 'allowed',
    roles: seatRoles,
    note: 'By sending this you sign the notice. With a conflict of interest you step aside, and need not say why. Your seat passes to its deputy, and this referral is closed to you.',
    input: z.strictObject({ conflict: z.enum(answers) }),
    restsOn: ({ team }, _, { id }) => team.confidentialityAgreements[id],
    decide(decision, { conflict }, person) {
      const { policy } = decision.context;
      const state = decision.state();
      const {
        team: { confidentialityAgreements, seats },
      } = state;
      const held = seats.filter((seat) => isHolder(seat, person.id));
      if (held.length === 0 && !person.roles.some((role) => teamLeaders.includes(role))) {
        return refuse('not-your-seat/sign');
      }
      const { version } = policy.team.notice;
      const before = confidentialityAgreements[person.id];
      if (before?.notice === version && before.conflict === conflict) return undefined;
      decision.add('confidentiality-signed', { personId: person.id, notice: version, conflict });
      if (conflict === 'no') return undefined;
      // The people who are asked in their place now, and were not asked for it before.
      const passed = decision
        .state()
        .team.seats.filter((seat) => held.some(({ discipline }) => discipline === seat.discipline))
        .filter(({ personId, answered }) => answered === undefined && held.every((seat) => seat.personId !== personId));
      if (passed.length > 0) {
        requestAlert(decision, {
          kind: 'mdt-invited',
          to: passed.map(({ discipline }) => `seat:${discipline}` as const),
        });
      }
      requestAlert(decision, { kind: 'answer-needed', to: teamLeaders });
      followTeam(decision, state);
      return undefined;
    },
  }),
  'invite-seat': command({
    title: 'Invite a named person to a seat of this team',
    inEmergency: 'refused',
    roles: teamLeaders,
    note: 'For this referral alone. Invite an appropriate discipline, an expert who has something to say, or a person for a vacant required seat. Leave out any person that the child would not want there.',
    input: z.strictObject({
      discipline: z.enum(everyDiscipline),
      personId: idInput(),
      /** Whether the child's written consent is on file, where the discipline needs it first. */
      consent: z.enum(answers).optional(),
      reason: freeText('teamWords'),
    }),
    restsOn: ({ team: { seats } }, { discipline }) => seats.find((seat) => seat.discipline === discipline),
    needs: 'member',
    decide(decision, { discipline, personId, consent, reason }, _person, { member }) {
      const state = decision.state();
      if (state.team.id === undefined) return refuse('no-team');
      const rule = seatRuleOf(decision.context.policy, discipline);
      if (!rule) return refuse('no-such-seat/policy', { discipline });
      const required = rule.seat === 'required';
      const held = state.team.seats.find((seat) => seat.discipline === discipline);
      if (held && comesFor(held) !== undefined) {
        return required ? refuse('seat-held/roster', { discipline }) : refuse('seat-held/invited', { discipline });
      }
      if (!member.isKnown) {
        return refuse('no-such-member/invite');
      }
      if (hasConflict(state, personId)) {
        return refuse('has-conflict/invite');
      }
      // Each person completes one discipline at most, and is asked to this team once. C.G.S. 17a-106a(c): at least one
      // of each.
      const other = seatAskedOf(state, personId);
      if (other) {
        return refuse('seated-already', { discipline: other.discipline });
      }
      if (rule.consentFirst && consent !== 'yes') {
        return refuse('consent-missing/seat', { discipline, source: rule.consentFirst.source });
      }
      decision.add('seat-invited', {
        discipline,
        personId,
        required,
        reason,
        ...(rule.consentFirst && { consent: 'yes' }),
      });
      requestAlert(decision, { kind: 'mdt-invited', to: [`seat:${discipline}`] });
      followTeam(decision, state);
      return undefined;
    },
  }),
  'remove-seat': command({
    title: 'Remove an invited seat from this team',
    inEmergency: 'refused',
    roles: teamLeaders,
    note: 'The person who held it sees nothing of this referral any more. The seats that the roster gave the team stay.',
    input: z.strictObject({ discipline: z.enum(everyDiscipline), reason: freeText('teamWords') }),
    restsOn: ({ team: { seats } }, { discipline }) => seats.find((seat) => seat.discipline === discipline),
    decide(decision, { discipline, reason }) {
      const state = decision.state();
      const seat = state.team.seats.find((each) => each.discipline === discipline);
      if (!seat) return refuse('no-such-seat/team', { discipline });
      const { personId, required } = seat;
      if (required && !seat.invited) {
        return refuse('seat-required', { discipline });
      }
      decision.add('seat-removed', { discipline, personId, required, reason });
      requestAlert(decision, { kind: 'seat-removed', to: [], people: [personId] });
      followTeam(decision, state);
      return undefined;
    },
  }),
};
