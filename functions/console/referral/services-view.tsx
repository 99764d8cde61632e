/** The services of a referral: each step by itself, consents, and unmet needs. */

import type { ReferralView } from '../../../shared/application/read/view.ts';
import { formatDate, formatInstant } from '../../../shared/domain/policy/due.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { Table } from '../app/components/table.tsx';
import { useWording } from '../app/spoken.ts';

const ownerWords = (given: ReferralView['owners'][keyof ReferralView['owners']], nameOf: (id: string) => string) =>
  given === undefined
    ? '–'
    : `${given.personId === undefined ? words(given.owner) : nameOf(given.personId)}, by ${formatDate(given.by)}`;

export function Services({
  view,
  nameOf,
  providerNameOf,
}: {
  readonly nameOf: (id: string) => string;
  readonly view: Pick<ReferralView, 'linkages'> & { readonly owners?: ReferralView['owners'] };
  readonly providerNameOf: (providerId: string) => string;
}) {
  const { say, told, code, inside } = useWording();
  const linkages = Object.values(view.linkages);
  if (linkages.length === 0) return null;
  const state = (status: string) => told(words(status)) ?? words(status);
  return (
    <Table
      caption={say('Services')}
      heads={[
        say('Service'),
        say('State'),
        say('Whose it is, and by when'),
        say('Provider'),
        say('Contact'),
        say('What became of it'),
      ]}
      rows={linkages.map(({ service, status, suspended, providerId, contactId, outcomes = {} }) => [
        code(service),
        suspended ? `${state(status)}, ${say('stopped: the consent is missing')}` : state(status),
        ownerWords(view.owners?.[service], nameOf),
        providerId === undefined ? '–' : providerNameOf(providerId),
        contactId === undefined ? '–' : nameOf(contactId),
        Object.entries(outcomes)
          .map(([months, outcome]) => say('{months} months: {outcome}', { months, outcome: inside(outcome) }))
          .join('; ') || '–',
      ])}
    />
  );
}

/** Consents and unmet needs, each as it was recorded. */
export const Needs = ({ view: { consents, unmetNeeds } }: { readonly view: ReferralView }) => (
  <>
    {consents.length > 0 && (
      <Table
        caption="Consents"
        heads={['Service', 'Whose', 'Answer', 'When']}
        rows={consents.map(({ service, kind, answer, at }) => [
          words(service),
          words(kind),
          words(answer),
          formatInstant(at),
        ])}
      />
    )}
    {unmetNeeds.length > 0 && (
      <Table
        caption="Needs that could not be met"
        heads={['Service', 'Why', 'Who said so', 'When']}
        rows={unmetNeeds.map(({ service, reason, by, at, waitDays }) => [
          words(service),
          `${words(reason)}${waitDays === undefined ? '' : ` of ${waitDays} days`}`,
          words(by),
          formatInstant(at),
        ])}
      />
    )}
  </>
);
