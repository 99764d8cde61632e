/** What the child needs now, the places that were asked about, and who introduced the child to a provider. */
import type { NeedsView } from '../../../shared/application/read/shown-needs.ts';
import type { HandoffsState } from '../../../shared/domain/handoffs/handoff-state.ts';
import { formatDate, formatInstant } from '../../../shared/domain/policy/due.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { Table } from '../app/components/table.tsx';

interface Props {
  readonly needs: NeedsView | undefined;
  readonly providerNameOf: (providerId: string) => string;
  readonly nameOf: (personId: string) => string;
}

export function PracticalNeeds({ needs, providerNameOf, nameOf }: Props) {
  if (!needs) return null;
  return (
    <>
      {needs.asked.length > 0 && (
        <Table
          caption="What the child needs now"
          heads={['What', 'By when', 'State', 'Who sees to it']}
          rows={needs.asked.map(({ practicalNeed, neededBy, status, owner, askedBy, ended }) => [
            words(practicalNeed),
            formatInstant(neededBy),
            [words(status), ...(ended?.metBy === undefined ? [] : [wordsInside(ended.metBy)])].join(', '),
            owner === undefined ? (askedBy === undefined ? '–' : nameOf(askedBy)) : words(owner),
          ])}
        />
      )}
      {needs.places.length > 0 && (
        <Table
          caption="Providers asked for a place"
          heads={['Question', 'Provider', 'What was asked', 'Answer']}
          rows={needs.places.map(({ ask, providerId, ageBand, placeFrom, placeUntil, bedNeeds, answered }) => [
            ask,
            providerNameOf(providerId),
            [
              `age ${wordsInside(ageBand)}`,
              placeUntil === undefined
                ? `from ${formatDate(placeFrom)} on`
                : `from ${formatDate(placeFrom)} to ${formatDate(placeUntil)}`,
              ...bedNeeds.map(wordsInside),
            ].join('; '),
            answered === undefined ? 'no answer yet' : words(answered.placeAnswer),
          ])}
        />
      )}
    </>
  );
}

/** Which seat introduced the child to which provider. */
export function Handoffs({
  handoffs,
  providerNameOf,
}: {
  readonly handoffs: HandoffsState | undefined;
  readonly providerNameOf: (providerId: string) => string;
}) {
  if (!handoffs || handoffs.length === 0) return null;
  return (
    <Table
      caption="Warm handoffs"
      heads={['Service', 'From', 'To', 'How', 'When']}
      rows={handoffs.map(({ service, handedBy, providerId, handoffWay, at: when }) => [
        words(service),
        words(handedBy),
        providerNameOf(providerId),
        words(handoffWay),
        formatInstant(when),
      ])}
    />
  );
}
