/** The services of a referral: each step by itself, consents, and unmet needs. */

import type { ReferralView } from '../../../shared/application/read/view.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { Table } from '../app/components/table.tsx';
import { useWording, type Wording } from '../app/spoken.ts';

const ownerWords = (
  given: ReferralView['owners'][keyof ReferralView['owners']],
  nameOf: (id: string) => string,
  { say, code, day }: Wording,
) =>
  given === undefined
    ? '–'
    : say('{name}, by {day}', {
        name: given.personId === undefined ? code(given.owner) : nameOf(given.personId),
        day: day(given.by),
      });

export function Services({
  view,
  nameOf,
  providerNameOf,
}: {
  readonly nameOf: (id: string) => string;
  readonly view: Pick<ReferralView, 'linkages'> & { readonly owners?: ReferralView['owners'] };
  readonly providerNameOf: (providerId: string) => string;
}) {
  const wording = useWording();
  const { say, told, code, inside, day } = wording;
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
      rows={linkages.map(
        ({ service, status, suspended, turnedDown, startsOn, seenAlone, providerId, contactId, outcomes = {} }) => [
          code(service),
          [
            state(status),
            ...(status === 'accepted' && startsOn !== undefined
              ? [say('can start on {day}', { day: day(startsOn) })]
              : []),
            ...(seenAlone === undefined ? [] : [say('Seen alone: {answer}', { answer: inside(seenAlone) })]),
            ...(suspended ? [say('stopped: the consent is missing')] : []),
            ...(turnedDown ? [say('the provider declined')] : []),
          ].join(', '),
          ownerWords(view.owners?.[service], nameOf, wording),
          providerId === undefined ? '–' : providerNameOf(providerId),
          contactId === undefined ? '–' : nameOf(contactId),
          Object.entries(outcomes)
            .map(([months, outcome]) => say('{months} months: {outcome}', { months, outcome: inside(outcome) }))
            .join('; ') || '–',
        ],
      )}
    />
  );
}

/** Consents and unmet needs, each as it was recorded. */
export function Needs({ view: { consents, unmetNeeds } }: { readonly view: ReferralView }) {
  const { say, code, at } = useWording();
  return (
    <>
      {consents.length > 0 && (
        <Table
          caption={say('Consents')}
          heads={[say('Service'), say('Whose'), say('Answer'), say('When')]}
          rows={consents.map(({ service, kind, answer, at: given }) => [
            code(service),
            code(kind),
            code(answer),
            at(given),
          ])}
        />
      )}
      {unmetNeeds.length > 0 && (
        <Table
          caption={say('Needs that could not be met')}
          heads={[say('Service'), say('Why'), say('Who said so'), say('When')]}
          rows={unmetNeeds.map(({ service, reason, by, at: said, waitDays }) => [
            code(service),
            waitDays === undefined
              ? code(reason)
              : say('{reason} of {days} days', { reason: code(reason), days: waitDays }),
            code(by),
            at(said),
          ])}
        />
      )}
    </>
  );
}
