/** The pages of agreements: the list with the form of a new one, and the page that changes one. */
import { agreementInput, type ShownAgreement } from '../../../shared/application/use-cases/keep-agreements.ts';
import type { AgreementState } from '../../../shared/domain/agreements/agreement-states.ts';
import { agencies } from '../../../shared/domain/core/vocabulary.ts';
import { formatDate, formatInstant } from '../../../shared/domain/policy/due.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { mdtTeams } from '../../../shared/policy/places/geography.ts';
import { ButtonLink } from '../app/components/button-link.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import { type Field, type Option, optionsOf } from '../forms/form-fields.ts';
import { type Attempt, fieldsAsked, Outcome, PostForm } from './program-form.tsx';

export const agreementsPath = '/agreements';
export const newAgreementPath = `${agreementsPath}/new`;
const form = 'agreement';

/** The people and providers that the form can name. */
interface AgreementChoices {
  readonly keepers: readonly Option[];
  readonly providers: readonly Option[];
}

export const agreementFields = ({ keepers, providers }: AgreementChoices): readonly Field[] =>
  fieldsAsked(agreementInput, {
    kind: { label: 'Kind' },
    agencies: {
      label: 'Other parties',
      hint: 'The department is always a party.',
      options: optionsOf(agencies.filter((agency) => agency !== 'dcf')),
    },
    ...(providers.length > 0 && {
      providers: {
        label: 'Providers of substance use services',
        hint: 'Needed for a qualified service organization agreement.',
        options: providers,
      },
    }),
    teams: {
      label: 'Teams that it is for',
      hint: 'Leave all empty for the whole state.',
      options: mdtTeams.map(({ id, name }) => ({ value: id, words: name })),
    },
    purpose: { label: 'What it is for' },
    data: { label: 'What is shared', hint: 'Leave all empty where nothing is shared.' },
    basis: { label: 'Legal basis' },
    signedOn: { label: 'In force from' },
    expiresOn: { label: 'Last day', hint: 'Leave empty where it has no last day. Then give the day of its review.' },
    reviewOn: { label: 'Next review' },
    endedOn: { label: 'Ended early from', hint: 'Only where it no longer holds.' },
    keeperId: { label: 'Who gets the reminders', required: true, kind: 'choice', options: keepers },
  });

const stateWords: Readonly<Record<AgreementState, string>> = {
  'not-yet': 'Not in force before',
  'in-force': 'In force',
  expired: 'Expired on',
  ended: 'Ended early on',
};

/** Its state, with the day since which or until which it is so. */
const stateOf = ({ state, signedOn, expiresOn, endedOn }: ShownAgreement): string => {
  const day = { 'not-yet': signedOn, 'in-force': undefined, expired: expiresOn, ended: endedOn }[state];
  return day === undefined ? stateWords[state] : `${stateWords[state]} ${formatDate(day)}`;
};

const teamsOf = ({ teams }: ShownAgreement): string =>
  teams.length === 0
    ? 'The whole state'
    : teams.map((id) => mdtTeams.find((team) => team.id === id)?.name ?? id).join(', ');

/** The other parties, in words. */
const partiesOf = (
  { agencies: others, providers }: Pick<ShownAgreement, 'agencies' | 'providers'>,
  nameOf: (providerId: string) => string,
): string => [...others.map(words), ...providers.map(nameOf)].join(', ');

const lastDay = ({ expiresOn, reviewOn }: ShownAgreement): string => {
  if (expiresOn !== undefined) return formatDate(expiresOn);
  return reviewOn === undefined ? '–' : `None; review ${formatDate(reviewOn)}`;
};

interface Props {
  readonly frame: Frame;
  readonly choices: AgreementChoices;
  readonly providerNameOf: (id: string) => string;
  readonly submission: string;
  readonly attempt: Attempt;
}

export function AgreementsPage({
  frame,
  agreements,
  keeps,
  providerNameOf,
}: Pick<Props, 'frame' | 'providerNameOf'> & {
  readonly agreements: readonly ShownAgreement[];
  readonly keeps: boolean;
}) {
  return (
    <Page frame={frame} title="Agreements">
      <h1>Agreements</h1>
      {keeps && <ButtonLink href={`${frame.base}${newAgreementPath}`}>Record an agreement</ButtonLink>}
      <p class="prose">
        An expired agreement stops nothing by itself. It is shown at the provider, at the offer and on the team.
      </p>
      {agreements.length === 0 ? (
        <p>No agreement is recorded.</p>
      ) : (
        <Table
          caption="Those that end first"
          heads={['Agreement', 'Kind', 'With', 'Teams', 'In force from', 'Last day', 'State']}
          rows={agreements.map((each) => [
            <a class="reference" href={`${frame.base}${agreementsPath}/${each.id}`}>
              {each.id}
            </a>,
            words(each.kind),
            partiesOf(each, providerNameOf),
            teamsOf(each),
            formatDate(each.signedOn),
            lastDay(each),
            stateOf(each),
          ])}
        />
      )}
    </Page>
  );
}

/** The form of a new agreement. `own`: the reader, who gets the reminders unless another is chosen. */
export function NewAgreementPage({
  frame,
  choices,
  submission,
  attempt,
  own,
}: Omit<Props, 'providerNameOf'> & { readonly own: string }) {
  const fields = agreementFields(choices);
  return (
    <Page frame={frame} title="Record an agreement">
      <Outcome form={form} fields={fields} {...attempt} />
      <h1>Record an agreement</h1>
      <p>
        <a href={`${frame.base}${agreementsPath}`}>All agreements</a>
      </p>
      <p class="prose">Reminders come 180, 90 and 30 days before its last day, and on that day.</p>
      <PostForm
        {...{ frame, form, fields, submission, ...attempt }}
        path={agreementsPath}
        presets={{ keeperId: [own] }}
        button="Record the agreement"
      />
    </Page>
  );
}

const presetsOf = (agreement: ShownAgreement): Readonly<Record<string, readonly string[]>> => ({
  ...Object.fromEntries(
    (['kind', 'purpose', 'basis', 'signedOn', 'expiresOn', 'reviewOn', 'endedOn', 'keeperId'] as const).map((name) => [
      name,
      [agreement[name] ?? ''],
    ]),
  ),
  agencies: agreement.agencies,
  providers: agreement.providers,
  teams: agreement.teams,
  data: agreement.data,
});

export function AgreementPage(
  props: Props & { readonly agreement: ShownAgreement; readonly nameOf: (personId: string) => string },
) {
  const { frame, agreement, choices, providerNameOf, nameOf, submission, attempt } = props;
  const { id, kind, revision, changed, keeperId, reminders, mayChange } = agreement;
  const fields = agreementFields(choices);
  return (
    <Page frame={frame} title={`Agreement ${id}`}>
      <Outcome form={form} fields={fields} {...attempt} />
      <h1>
        Agreement {id}: {wordsInside(kind)}
      </h1>
      <p>
        <a href={`${frame.base}${agreementsPath}`}>All agreements</a>
      </p>
      <SummaryList
        pairs={[
          ['State', stateOf(agreement)],
          ['With', partiesOf(agreement, providerNameOf)],
          ['Teams that it is for', teamsOf(agreement)],
          ['What it is for', words(agreement.purpose)],
          ['What is shared', agreement.data.map(words).join(', ') || 'Nothing'],
          ['Legal basis', words(agreement.basis)],
          ['In force from', formatDate(agreement.signedOn)],
          ['Last day', lastDay(agreement)],
          ['Who gets the reminders', nameOf(keeperId)],
          ['Last changed by', `${nameOf(changed.by)}, ${formatInstant(changed.at)}`],
          [
            'Reminders sent',
            reminders.map(({ days, on }) => `${days} days before ${formatDate(on)}`).join('; ') || 'None yet',
          ],
        ]}
      />
      {mayChange && (
        <details class="fold" open={attempt.typed !== undefined}>
          <summary>Change it</summary>
          <PostForm
            {...{ frame, form, fields, submission, ...attempt }}
            path={`${agreementsPath}/${id}`}
            presets={presetsOf(agreement)}
            hidden={{ revision: attempt.typed?.get('revision') ?? String(revision) }}
            button="Store the change"
          />
        </details>
      )}
    </Page>
  );
}
