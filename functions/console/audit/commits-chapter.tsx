/** The commits in an audit. */
import type { Child } from 'hono/jsx';
import type { ShownAudit } from '../../../shared/application/read/shown-audit.ts';
import { factsRecorded, type ShownEvent } from '../../../shared/application/read/shown-events.ts';
import { commandNamed, isCommandName } from '../../../shared/domain/commands.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { labelOf } from '../../../shared/domain/words/field-words.ts';
import { inside } from '../../../shared/domain/words/words.ts';
import { SummaryList } from '../app/components/summary-list.tsx';
import { Table } from '../app/components/table.tsx';
import { personFields, teamNameOf } from '../app/lookups.ts';
import { recipientWords } from '../app/page-words.ts';
import { type ChapterProps, dutyIn, type NameOf, paged, withPrincipal } from './chapter.tsx';

/** Every commit, the latest first. */
export function Commits(props: ChapterProps) {
  const { audit, nameOf } = props;
  const { rows, Pages } = paged(audit.commits.toReversed(), props);
  return (
    <>
      <Table
        caption="What happened: the commits of the ledger, the latest first"
        heads={['No.', 'When', 'Who', 'What', 'Set off by']}
        rows={rows.map(({ seq, at, actor, onBehalfOf, cause, events }) => [
          `${seq}`,
          formatInstant(at),
          actor.kind === 'person' ? withPrincipal(nameOf(actor.id), onBehalfOf, nameOf) : `The function ${actor.id}`,
          <Events events={events} nameOf={nameOf} dutyOf={dutyIn(props)} />,
          causeWords(cause),
        ])}
      />
      <Pages />
    </>
  );
}

const causeWords = (cause: ShownAudit['commits'][number]['cause']): string => {
  switch (cause.kind) {
    case 'command':
      return `Command: ${isCommandName(cause.name) ? inside(commandNamed(cause.name).title) : wordsInside(cause.name)}`;
    case 'task':
      return `Run ${cause.run}`;
    default:
      return words(cause.kind);
  }
};

/** Events of one type follow each other as one entry, with each of them in a fold. */
const Events = ({
  events,
  nameOf,
  dutyOf,
}: {
  readonly events: readonly ShownEvent[];
  readonly nameOf: NameOf;
  readonly dutyOf: (id: string) => string;
}) => {
  const groups = [...Map.groupBy(events, ({ type }) => type).entries()];
  return (
    <ul class="usa-list">
      {groups.map(([type, all]) => (
        <li>
          {all.length === 1 ? (
            all.map((event) => <EventView event={event} nameOf={nameOf} dutyOf={dutyOf} />)
          ) : (
            <details>
              <summary>
                {type === factsRecorded ? 'Facts about the child' : words(type)}, {all.length} times
              </summary>
              <ul class="usa-list">
                {all.map((event) => (
                  <li>
                    <EventView event={event} nameOf={nameOf} dutyOf={dutyOf} />
                  </li>
                ))}
              </ul>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
};

const isInstant = (value: string) => /^\d{4}-\d\d-\d\dT/.test(value);

/** The fields of events whose values are ids, and the source of each name. */
function nameIn(field: string, id: string, nameOf: NameOf): string | undefined {
  if (personFields.has(field)) return nameOf(id);
  return field === 'team' ? teamNameOf(id) : undefined;
}

/** The codes and ids of an event's field in words. Nested values stand in brackets. */
function valueWords(field: string, value: unknown, nameOf: NameOf): string {
  if (typeof value === 'string') {
    const name = nameIn(field, value, nameOf);
    if (name !== undefined) return name;
    if (isInstant(value)) return formatInstant(value);
    if (value.startsWith('seat:')) return inside(recipientWords(value));
    return /^[a-z\d]/.test(value) ? wordsInside(value) : value;
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) {
    return value.length === 0 ? 'none' : value.map((part) => valueWords(field, part, nameOf)).join(', ');
  }
  if (typeof value === 'object' && value !== null) {
    return `(${Object.entries(value)
      .map(([name, part]) => `${labelOf(name)}: ${valueWords(name, part, nameOf)}`)
      .join('; ')})`;
  }
  return String(value);
}

function EventView({
  event,
  nameOf,
  dutyOf,
}: {
  readonly event: ShownEvent;
  readonly nameOf: NameOf;
  readonly dutyOf: (id: string) => string;
}): Child {
  const { type, v: _, ...facts } = event;
  if (type === factsRecorded) return <>Facts about the child, which are not for auditors to read</>;
  const pairs = Object.entries(facts).map(([name, value]) => [labelOf(name), valueWords(name, value, nameOf)] as const);
  if (pairs.length === 0) return <>{words(type)}</>;
  const short = pairs.map(([name, value]) => `${name}: ${value}`).join('; ');
  const duty = 'deadlineId' in event && typeof event.deadlineId === 'string' ? dutyOf(event.deadlineId) : undefined;
  if (short.length < 90 && duty === undefined) {
    return (
      <>
        <strong>{words(type)}</strong> – {short}
      </>
    );
  }
  return (
    <details>
      <summary>
        {words(type)}
        {duty === undefined ? '' : `: ${duty}`}
      </summary>
      <SummaryList pairs={pairs} />
    </details>
  );
}
