/** Tells a person outside who reported. It is recorded, and there is no other way. */
import * as z from 'zod';
import { actAt, command } from '../core/command.ts';
import { actInstant, freeText } from '../core/fields.ts';
import { isRefusal } from '../core/refusal.ts';
import { disclosureBases, disclosureRecipients, noticeMethods } from '../core/vocabulary.ts';
import { refuse } from '../refusals.ts';

/**
 * The grounds for each recipient (C.G.S. 17a-28, 17a-101k: awaits legal sign-off). A court order, or the reporter's
 * consent, may name either recipient.
 */
const basesFor: Readonly<Record<(typeof disclosureRecipients)[number], readonly (typeof disclosureBases)[number][]>> = {
  police: ['cgs-17a-28-police', 'court-order', 'consent-of-reporter'],
  prosecutor: ['cgs-17a-28-prosecutor', 'court-order', 'consent-of-reporter'],
};

export const disclosureCommands = {
  'disclose-reporter': command({
    title: 'Record that police or a prosecutor were told who reported',
    inEmergency: 'refused',
    note: 'Record it before you tell them. Outside, only police and prosecutors are told who reported, and only on one of these grounds. That the grounds are complete awaits legal sign-off.',
    roles: ['careline-supervisor', 'careline-manager', 'area-supervisor', 'legal'],
    stages: ['open', 'closed', 'withdrawn', 'merged'],
    input: z.strictObject({
      recipient: z.enum(disclosureRecipients),
      legalBasis: z.enum(disclosureBases),
      receivedBy: freeText('reporter'),
      purpose: freeText('reporter'),
      method: z.enum(noticeMethods),
      at: actInstant(),
    }),
    needs: 'reporter',
    decide(decision, input, _, { reporter: { hasReporter } }) {
      if (decision.state().identity.erased) return refuse('erased-already/reporter');
      if (!hasReporter) {
        return refuse('no-reporter');
      }
      if (!basesFor[input.recipient].includes(input.legalBasis)) {
        return refuse('basis-of-another');
      }
      const at = actAt(decision, input.at);
      if (isRefusal(at)) return at;
      decision.add('reporter-disclosed', { ...input, at });
      return undefined;
    },
  }),
};
