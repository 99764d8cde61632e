/** The services of a referral: each step by itself, consents, and unmet needs. */

import type { ReferralView } from '../../../shared/application/read/view.ts';
import type { Service } from '../../../shared/domain/core/vocabulary.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { Table } from '../app/components/table.tsx';
import { Token } from '../app/frame.tsx';
import { useWording, type Wording } from '../app/spoken.ts';
import { Select } from '../forms/field-view.tsx';
import type { Option } from '../forms/form-fields.ts';
import { SeveralLink } from '../team/act-link.tsx';
import type { Reading } from './reading.tsx';
import { rowControl, rowsOfServices } from './several-acts.ts';
import { severalPath } from './several-page.tsx';

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

interface ServicesProps {
  readonly nameOf: (id: string) => string;
  readonly view: Pick<ReferralView, 'linkages'> & { readonly owners?: ReferralView['owners'] };
  readonly providerNameOf: (providerId: string) => string;
  /** What this reader can do in the row of each service. */
  readonly acts?: ReadonlyMap<Service, readonly Option[]>;
}

export function Services({ view, nameOf, providerNameOf, acts = new Map() }: ServicesProps) {
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
        ...(acts.size > 0 ? [say('What you can do')] : [say('What became of it')]),
      ]}
      rows={linkages.map(
        ({ service, status, suspended, turnedDown, startsOn, seenAlone, providerId, contactId, outcomes = {} }) => {
          const ended = Object.entries(outcomes).map(([months, outcome]) =>
            say('{months} months: {outcome}', { months, outcome: inside(outcome) }),
          );
          const options = acts.get(service) ?? [];
          return [
            code(service),
            [
              state(status),
              ...(status === 'accepted' && startsOn !== undefined
                ? [say('can start on {day}', { day: day(startsOn) })]
                : []),
              ...(seenAlone === undefined ? [] : [say('Seen alone: {answer}', { answer: inside(seenAlone) })]),
              ...(suspended ? [say('stopped: the consent is missing')] : []),
              ...(turnedDown ? [say('the provider declined')] : []),
              ...(acts.size > 0 ? ended : []),
            ].join(', '),
            ownerWords(view.owners?.[service], nameOf, wording),
            providerId === undefined ? (
              '–'
            ) : (
              <>
                <div>{providerNameOf(providerId)}</div>
                {contactId !== undefined && <div class="small">{nameOf(contactId)}</div>}
              </>
            ),
            acts.size === 0 ? (
              ended.join('; ') || '–'
            ) : options.length === 0 ? (
              '–'
            ) : (
              <RowActs service={service} options={options} />
            ),
          ];
        },
      )}
    />
  );
}

function RowActs({ service, options }: { readonly service: Service; readonly options: readonly Option[] }) {
  const { say, code } = useWording();
  const id = `row-${service}`;
  return (
    <>
      <label class="usa-sr-only" for={id}>
        {say('What you can do')}: {code(service)}
      </label>
      <Select id={id} name={rowControl(service)} options={options} chosen={[]} empty="Nothing now" />
    </>
  );
}

/** The services, each with what this reader can do about it in its row. One form has them all, and its next page tells what follows. */
export function ServiceRows({ reading, view, ...names }: ServicesProps & { readonly reading: Reading }) {
  const { frame, about, submission } = reading;
  const acts = rowsOfServices(about);
  const silent = [...acts.values()].filter((options) => options.some(({ value }) => value === 'remind')).length;
  if (acts.size === 0) return <Services view={view} {...names} />;
  return (
    <form class="rows" method="post" action={`${frame.base}${severalPath(about.state.id, 'services')}`}>
      <Token frame={frame} />
      <input type="hidden" name="key" value={submission} />
      <Services view={view} {...names} acts={acts} />
      <button class="usa-button" type="submit">
        Check what you chose
      </button>{' '}
      {silent > 1 && (
        <SeveralLink
          reading={reading}
          kind="reminders"
          name="remind-providers"
          words="Remind all who have not answered"
        />
      )}
      <p class="small">The next page says who gets e-mail and which clocks open. Nothing is recorded before.</p>
    </form>
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
