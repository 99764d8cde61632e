/** What the child needs now, the places that were asked about, and who introduced the child to a provider. */
import type { NeedsView } from '../../../shared/application/read/shown-needs.ts';
import type { HandoffsState } from '../../../shared/domain/handoffs/handoff-state.ts';
import { Table } from '../app/components/table.tsx';
import { useWording } from '../app/spoken.ts';

interface Props {
  readonly needs: NeedsView | undefined;
  readonly providerNameOf: (providerId: string) => string;
  readonly nameOf: (personId: string) => string;
}

export function PracticalNeeds({ needs, providerNameOf, nameOf }: Props) {
  const { say, code, inside, at, day } = useWording();
  if (!needs) return null;
  return (
    <>
      {needs.asked.length > 0 && (
        <Table
          caption={say('What the child needs now')}
          heads={[say('What'), say('By when'), say('State'), say('Who sees to it')]}
          rows={needs.asked.map(({ practicalNeed, neededBy, status, owner, askedBy, ended }) => [
            code(practicalNeed),
            at(neededBy),
            [code(status), ...(ended?.metBy === undefined ? [] : [inside(ended.metBy)])].join(', '),
            owner === undefined ? (askedBy === undefined ? '–' : nameOf(askedBy)) : code(owner),
          ])}
        />
      )}
      {needs.places.length > 0 && (
        <Table
          caption={say('Providers asked for a place')}
          heads={[say('Question'), say('Provider'), say('What was asked'), say('Answer')]}
          rows={needs.places.map(({ ask, providerId, ageBand, placeFrom, placeUntil, bedNeeds, answered }) => [
            ask,
            providerNameOf(providerId),
            [
              say('age {age}', { age: inside(ageBand) }),
              placeUntil === undefined
                ? say('from {day} on', { day: day(placeFrom) })
                : say('from {from} to {until}', { from: day(placeFrom), until: day(placeUntil) }),
              ...bedNeeds.map(inside),
            ].join('; '),
            answered === undefined ? say('no answer yet') : code(answered.placeAnswer),
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
  const { say, code, at } = useWording();
  if (!handoffs || handoffs.length === 0) return null;
  return (
    <Table
      caption={say('Warm handoffs')}
      heads={[say('Service'), say('From'), say('To'), say('How'), say('When')]}
      rows={handoffs.map(({ service, handedBy, providerId, handoffWay, at: when }) => [
        code(service),
        code(handedBy),
        providerNameOf(providerId),
        code(handoffWay),
        at(when),
      ])}
    />
  );
}
