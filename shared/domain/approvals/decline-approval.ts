/** Declines a proposal that waits for a second person. */

import * as z from 'zod';
import { anyStage, command } from '../core/command.ts';
import { reasonText } from '../core/fields.ts';
import { standIn } from '../core/role-groups.ts';
import { proposals as everyProposal, type Proposed, type Role } from '../core/vocabulary.ts';
import { refuse } from '../refusals.ts';
import { answered, answerersOf, proposersOf } from './questions.ts';
import { isFirst, proposedAs } from './second-person.ts';

const rolesOf = (proposal: Proposed): readonly Role[] => [...answerersOf[proposal], ...proposersOf[proposal]];

export const proposalCommands = {
  'refuse-proposal': command({
    title: 'Say no to what was proposed, or take your own proposal back',
    inEmergency: 'allowed',
    note: 'The proposal is void, and everything stays as it is. It can be made again.',
    roles: [...new Set(everyProposal.flatMap(rolesOf))],
    // An erasure is proposed for an ended referral.
    stages: anyStage,
    input: z.strictObject({ proposal: z.enum(everyProposal), reason: reasonText('decisionReasons') }),
    restsOn: ({ proposals }, { proposal }) => proposals[proposal],
    decide(decision, { proposal, reason }, person) {
      const { stage, access, proposals } = decision.state();
      const waiting = proposals[proposal];
      if (!waiting || (stage !== 'open' && proposal !== 'erasure')) {
        return refuse('nothing-proposed/declined', { proposal });
      }
      // Where a seal names no person who may agree, the supervisors standing in may decline.
      const answerers = [...answerersOf[proposal], ...(access.seal ? [standIn] : [])];
      if (!isFirst(proposedAs(waiting), person) && !person.roles.some((role) => answerers.includes(role))) {
        return refuse('not-yours-to-answer');
      }
      answered(decision, proposal);
      decision.add('proposal-refused', { proposal, reason });
      return undefined;
    },
  }),
};
