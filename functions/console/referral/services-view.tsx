/** The services of a referral: each step by itself, consents, and unmet needs. */

import type { ReferralView } from '../../../shared/application/read/view.ts';
import { type Service, services } from '../../../shared/domain/core/vocabulary.ts';
import { formatDate, formatInstant } from '../../../shared/domain/policy/due.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import { clockOf } from '../../../shared/domain/services/linkage-clocks.ts';
import type { Linkage } from '../../../shared/domain/services/service-state.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { DueTime } from '../app/components/due-time.tsx';
import { Table } from '../app/components/table.tsx';
import { Token } from '../app/frame.tsx';
import { Select } from '../forms/field-view.tsx';
import type { Option } from '../forms/form-fields.ts';
import { SeveralLink } from '../team/act-link.tsx';
import { waitsOn } from './deadline-view.tsx';
import type { Reading } from './reading.tsx';
import { rowControl, rowsOfServices } from './several-acts.ts';
import { severalPath } from './several-page.tsx';

const ownerWords = (given: NonNullable<ReferralView['owners'][Service]>, nameOf: (id: string) => string) =>
  `${given.personId === undefined ? words(given.owner) : nameOf(given.personId)}, by ${formatDate(given.by)}`;

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
  const shown = services.flatMap((service) => {
    const clock = clockOf(service, view.deadlines, policy);
    const linkage = view.linkages[service] ?? (clock && ({ service, status: 'needed' } as Linkage));
    return linkage ? [{ linkage, clock, owner: view.owners?.[service] }] : [];
  });
  if (shown.length === 0) return null;
  const state = (status: string) => words(status);
  return (
    <Table
      caption="Services"
      titled={titled}
      heads={[
        'Service',
        'State',
        'Whose it is, and by when',
        'Provider',
        ...(acts.size > 0 ? ['What you can do'] : ['What became of it']),
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
        const ended = Object.entries(outcomes).map(([months, outcome]) => `${months} months: ${wordsInside(outcome)}`);
        const options = acts.get(service) ?? [];
        return [
          words(service),
          [
            state(status),
            ...(status === 'accepted' && startsOn !== undefined ? [`can start on ${formatDate(startsOn)}`] : []),
            ...(seenAlone === undefined ? [] : [`Seen alone: ${wordsInside(seenAlone)}`]),
            ...(suspended ? ['stopped: the consent is missing'] : []),
            ...(turnedDown ? ['the provider declined'] : []),
            ...(acts.size > 0 ? ended : []),
          ].join(', '),
          owner || clock ? (
            <>
              {owner && <div>{ownerWords(owner, nameOf)}</div>}
              {clock && (
                <div>
                  {waitsOn(clock)}: <DueTime due={clock.due} now={now} short />
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
  const id = `row-${service}`;
  return (
    <>
      <label class="usa-sr-only" for={id}>
        What you can do: {words(service)}
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
  return (
    <>
      {consents.length > 0 && (
        <Table
          caption="Consents"
          heads={['Service', 'Whose', 'Answer', 'When']}
          rows={consents.map(({ service, kind, answer, at: given }) => [
            words(service),
            words(kind),
            words(answer),
            formatInstant(given),
          ])}
        />
      )}
      {unmetNeeds.length > 0 && (
        <Table
          caption="Needs that could not be met"
          heads={['Service', 'Why', 'Who said so', 'When']}
          rows={unmetNeeds.map(({ service, reason, by, at: said, waitDays }) => [
            words(service),
            waitDays === undefined ? words(reason) : `${words(reason)} of ${waitDays} days`,
            words(by),
            formatInstant(said),
          ])}
        />
      )}
    </>
  );
}
