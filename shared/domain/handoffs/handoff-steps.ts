/** What an accepted service asks for: that a person introduces the child. Pure. */
import { introduced } from '../../policy/handoff-rules.ts';
import type { AskedStep } from '../next-steps/acts.ts';
import type { Referral } from '../referral.ts';
import { wordsInside } from '../words/code-words.ts';
import { stepTitle } from '../words/step-titles.ts';
import { partner } from '../words/words.ts';
import { wasChildThere } from './handoff-state.ts';

/** The steps for the advocate and the department. A handoff without the child leaves its step. */
export const handoffSteps = ({ services: { linkages }, handoffs = [] }: Referral): readonly AskedStep[] =>
  Object.values(linkages)
    .filter(({ service, status, suspended }) => status === 'accepted' && !suspended && introduced.includes(service))
    .filter(
      ({ service, providerId }) =>
        !handoffs.some((each) => each.service === service && each.providerId === providerId && wasChildThere(each)),
    )
    .map(({ service }) => ({
      title: stepTitle('introduce', wordsInside(service)),
      listed: { step: 'introduce', key: `handoff-${service}`, subject: service },
      note: 'Come along, or call together with the child.',
      acts: [
        {
          command: 'record-handoff',
          input: { service },
          button: partner('Record the handoff', 'Registrar el acompañamiento'),
        },
      ],
    }));
