/** The services of a referral: each step by itself, consents, and unmet needs. */

import type { ReferralView } from '../../../shared/application/read/view.ts';
import { type Service, services } from '../../../shared/domain/core/vocabulary.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import { clockOf } from '../../../shared/domain/services/linkage-clocks.ts';
import type { Linkage } from '../../../shared/domain/services/service-state.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { DueTime } from '../app/components/due-time.tsx';
import { Table } from '../app/components/table.tsx';
import { Token } from '../app/frame.tsx';
import { useWording, type Wording } from '../app/spoken.ts';
import { Select } from '../forms/field-view.tsx';
import type { Option } from '../forms/form-fields.ts';
import { SeveralLink } from '../team/act-link.tsx';
import { waitsOn } from './deadline-view.tsx';
import type { Reading } from './reading.tsx';
import { rowControl, rowsOfServices } from './several-acts.ts';
import { severalPath } from './several-page.tsx';

const ownerWords = (
  given: NonNullable<ReferralView['owners'][Service]>,
  nameOf: (id: string) => string,
  { say, code, day }: Wording,
) =>
  say('{name}, by {day}', {
    name: given.personId === undefined ? code(given.owner) : nameOf(given.personId),
    day: day(given.by),
  });

interface ServicesProps {
  readonly nameOf: (id: string) => string;
  readonly view: Pick<ReferralView, 'linkages' | 'deadlines'> & { readonly owners?: ReferralView['owners'] };
  readonly policy: Policy;
  /** UTC instant. */
  readonly now: string;
  readonly providerNameOf: (providerId: string) => string;
  /** What this reader can do in the row of each service. */
  readonly acts?: ReadonlyMap<Service, readonly Option[]>;
  /** The heading of the page says what the table is of. */
  readonly titled?: boolean;
}

/** Each service that the referral has, or that a clock asks for. */
export function Services({
  view,
  policy,
  now,
  nameOf,
  providerNameOf,
  acts = new Map(),
  titled = false,
}: ServicesProps) {
  const wording = useWording();
  const { say, told, code, inside, day } = wording;
  const shown = services.flatMap((service) => {
    const clock = clockOf(service, view.deadlines, policy);
    const linkage = view.linkages[service] ?? (clock && ({ service, status: 'needed' } as Linkage));
    return linkage ? [{ linkage, clock, owner: view.owners?.[service] }] : [];
  });
  if (shown.length === 0) return null;
  const state = (status: string) => told(words(status)) ?? words(status);
  return (
    <Table
      caption={say('Services')}
      titled={titled}
      heads={[
        say('Service'),
        say('State'),
        say('Whose it is, and by when'),
        say('Provider'),
        ...(acts.size > 0 ? [say('What you can do')] : [say('What became of it')]),
      ]}
      rows={shown.map(({ linkage, clock, owner }) => {
        const {
          service,
          status,
          suspended,
          turnedDown,
          startsOn,
          seenAlone,
          providerId,
          contactId,
          outcomes = {},
        } = linkage;
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
          owner || clock ? (
            <>
              {owner && <div>{ownerWords(owner, nameOf, wording)}</div>}
              {clock && (
                <div>
                  {waitsOn(clock, wording)}: <DueTime due={clock.due} now={now} short />
                </div>
              )}
            </>
          ) : (
            '–'
          ),
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
      })}
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
export function ServiceRows({
  reading,
  view,
  ...names
}: Pick<ServicesProps, 'view' | 'nameOf' | 'providerNameOf'> & { readonly reading: Reading }) {
  const { frame, about, submission } = reading;
  const shown = { ...names, view, policy: about.policy, now: frame.now, titled: true };
  const acts = rowsOfServices(about);
  const silent = [...acts.values()].filter((options) => options.some(({ value }) => value === 'remind')).length;
  if (acts.size === 0) return <Services {...shown} />;
  return (
    <form class="rows" method="post" action={`${frame.base}${severalPath(about.state.id, 'services')}`}>
      <Token frame={frame} />
      <input type="hidden" name="key" value={submission} />
      <Services {...shown} acts={acts} />
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
