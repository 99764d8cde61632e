/** The acts of the recovery plan, and of the offer to talk after a return. */
import * as z from 'zod';
import { staffWithChild, talksWithChild } from '../card/card-commands.ts';
import { actAt, command } from '../core/command.ts';
import { actInstant, episodeInput, freeText, someOf } from '../core/fields.ts';
import { isAfter } from '../core/instants.ts';
import { isRefusal } from '../core/refusal.ts';
import { areaOffice, teamLeaders } from '../core/role-groups.ts';
import { type Discipline, everyDiscipline } from '../core/vocabulary.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';
import { isHolder } from '../team/seats.ts';
import { noRecovery } from './recovery-state.ts';

/** The seats of the author, who must be able to read the plan again. Staff may have none. */
export const ownSeats = ({ team: { seats } }: Pick<Referral, 'team'>, personId: string): readonly Discipline[] =>
  seats
    .filter((seat) => isHolder(seat, personId) && seat.declinedBy?.includes(personId) !== true)
    .map(({ discipline }) => discipline);

export const recoveryCommands = {
  'write-recovery-plan': command({
    title: 'Write the plan for the next time the child is missing',
    inEmergency: 'refused',
    roles: [...staffWithChild, 'mdt-member'],
    note: 'Write it together with the child. Only your own seat and those that you name read the words. Each read is recorded. It takes the place of the whole plan before.',
    input: z.strictObject({
      readers: someOf(everyDiscipline).min(1, 'Name at least one seat that reads the plan.'),
      lookFirst: freeText('recoveryPlan').optional(),
      callFirst: freeText('recoveryPlan').optional(),
      safeWords: freeText('recoveryPlan').optional(),
    }),
    restsOn: ({ recovery }) => recovery?.plan,
    decide(decision, { readers, ...texts }, person) {
      const state = decision.state();
      if (!talksWithChild(state, person)) return refuse('not-with-the-child');
      if (Object.values(texts).every((each) => each === undefined)) return refuse('empty-plan');
      const others = readers.filter((reader) => !state.team.seats.some(({ discipline }) => discipline === reader));
      if (others.length > 0) return refuse('no-seat-for-plan', { readers: others.join(', ') });
      const all = [...new Set([...readers, ...ownSeats(state, person.id)])];
      decision.add('recovery-plan-written', { readers: all, ...texts });
      return undefined;
    },
  }),
  'offer-debrief': command({
    title: 'Record that a talk was offered to the people who took part',
    inEmergency: 'refused',
    roles: [...areaOffice, 'area-director', 'hart-liaison', 'hart-lead', ...teamLeaders],
    stages: ['open', 'closed', 'withdrawn', 'merged'],
    note: 'For the workers, police and partners who searched or went along. Never record who came. It is in no figure.',
    input: z.strictObject({ at: actInstant(), episode: episodeInput() }),
    decide(decision, { episode, ...input }) {
      const { missing, recovery = noRecovery } = decision.state();
      const returns = missing.absences.filter(({ returnedAt }) => returnedAt !== undefined);
      if (returns.length === 0) return refuse('not-returned');
      const about =
        episode === undefined
          ? returns.find(({ number }) => !recovery.offered.includes(number))
          : returns.find(({ number }) => number === episode);
      if (episode !== undefined && !about) return refuse('no-such-return', { episode });
      if (!about || recovery.offered.includes(about.number)) return refuse('offered-already');
      const at = actAt(decision, input.at, true);
      if (isRefusal(at)) return at;
      if (about.returnedAt === undefined || isAfter(about.returnedAt, at)) return refuse('before-the-return/talk');
      decision.add('debrief-offered', { episode: about.number, at });
      return undefined;
    },
  }),
};
