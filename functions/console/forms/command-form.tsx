/** The forms of the acts on a referral, one for each command. */

import type { Problem } from '../../../shared/application/input/problems.ts';
import { availableCommands } from '../../../shared/application/read/view.ts';
import { type CommandName, commandNamed } from '../../../shared/domain/commands.ts';
import { Alert, type Frame, Token } from '../app/layout.tsx';
import { makesSense, type NextStep, type Presets } from '../referral/next-steps.ts';
import { type About, commandFields, reachedByCall, standing } from './command-fields.ts';
import { Fields } from './field-view.tsx';
import type { Field } from './form-fields.ts';

/** What became of the last attempt, if it was refused. */
export interface Attempt {
  readonly name: CommandName;
  readonly submission: string;
  readonly typed: URLSearchParams;
  readonly problems: readonly Problem[];
  /** The sentence of a refusal. */
  readonly refusal?: string | undefined;
}

interface Offered {
  readonly name: CommandName;
  readonly title: string;
  readonly fields: readonly Field[];
  readonly presets: Presets;
  readonly asked: boolean;
}

/** The commands to offer. The next steps come first, in their order. */
export function offeredCommands(about: About, asked: readonly NextStep[], attempt?: Attempt): readonly Offered[] {
  const { state, visitor } = about;
  const answering = asked.flatMap(({ commands }) => commands);
  const rank = (name: CommandName) => {
    const place = answering.findIndex((each) => each.name === name);
    return place === -1 ? answering.length : place;
  };
  return availableCommands(state, visitor)
    .filter(({ name }) => name === attempt?.name || makesSense(name, state, visitor))
    .flatMap(({ name, title }) => {
      const fields = commandFields(name, about);
      const first = answering.find((each) => each.name === name);
      const presets = { ...standing(name, about), ...first?.presets, ...reachedByCall(name, about) };
      return fields ? [{ name, title, fields, presets, asked: first !== undefined }] : [];
    })
    .toSorted((one, other) => rank(one.name) - rank(other.name));
}

export const anchorOf = (name: CommandName) => `do-${name}`;

interface CommandFormsProps {
  readonly frame: Frame;
  readonly referralId: string;
  readonly offered: readonly Offered[];
  readonly submission: string;
  /** The sequence number of the referral that this page shows. */
  readonly seq: number;
  /** The alert whose page this is. */
  readonly alertId?: string | undefined;
  readonly attempt?: Attempt | undefined;
}

export const CommandForms = ({ offered, attempt, ...props }: CommandFormsProps) => (
  <>
    {offered.map((each) => (
      <CommandForm {...props} offered={each} attempt={attempt?.name === each.name ? attempt : undefined} />
    ))}
  </>
);

function CommandForm(props: Omit<CommandFormsProps, 'offered'> & { readonly offered: Offered }) {
  const { frame, referralId, offered, submission, seq, alertId, attempt } = props;
  const { name, title, fields, presets, asked } = offered;
  const { note } = commandNamed(name);
  const form = { id: name, typed: attempt?.typed, presets, problems: attempt?.problems };
  return (
    <details class="act" id={anchorOf(name)} open={asked || attempt !== undefined}>
      <summary>{title}</summary>
      {attempt?.refusal !== undefined && (
        <Alert kind="error" heading="This was not done">
          {attempt.refusal}
        </Alert>
      )}
      <form class="usa-form usa-form--large" method="post" action={commandAction(frame, referralId, name)} novalidate>
        <Token frame={frame} />
        <input type="hidden" name="key" value={attempt?.submission ?? submission} />
        <input type="hidden" name="seq" value={seq} />
        {alertId !== undefined && <input type="hidden" name="alert" value={alertId} />}
        {note !== undefined && <p class="prose">{note}</p>}
        <Fields fields={fields} form={form} />
        <button class="usa-button" type="submit">
          {fields.length === 0 ? 'Yes, do this' : 'Record'}
          <span class="usa-sr-only">: {title}</span>
        </button>
      </form>
    </details>
  );
}

export const commandAction = ({ base }: Frame, referralId: string, name: CommandName) =>
  `${base}/referrals/${referralId}/commands/${name}`;

export const titleOf = (name: CommandName): string => commandNamed(name).title;
