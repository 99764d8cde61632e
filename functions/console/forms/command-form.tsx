/** The form of one act on a referral: its fields, its first values, and the words of its button. */

import type { Problem } from '../../../shared/application/input/problems.ts';
import { availableCommands, makesSense } from '../../../shared/application/read/available-commands.ts';
import { type CommandName, commandNamed } from '../../../shared/domain/commands.ts';
import type { Act } from '../../../shared/domain/next-steps/acts.ts';
import type { NextStep } from '../../../shared/domain/next-steps/next-steps.ts';
import { staff } from '../../../shared/domain/words/words.ts';
import { type Frame, Token } from '../app/frame.tsx';
import type { About } from '../app/lookups.ts';
import { commandFields, placePreset, reachedByCall } from './command-fields.ts';
import { Fields } from './field-view.tsx';
import type { Field, Presets } from './form-fields.ts';
import { carriedOf, type FormPart, fieldsOfPart, partShown, partsOf } from './form-parts.ts';
import { newYorkWall } from './form-values.ts';
import { PartButtons } from './part-buttons.tsx';
import { standing } from './standing-codes.ts';
import { stoodIn } from './stood.ts';

/** What became of the last attempt, if it was refused. */
export interface Attempt {
  readonly name: CommandName;
  readonly submission: string;
  readonly typed: URLSearchParams;
  readonly problems: readonly Problem[];
  /** The sentence of a refusal. */
  readonly refusal?: string | undefined;
  /** Whether only another part of the form was asked for. Nothing was sent then. */
  readonly isTurned?: boolean | undefined;
  /** The same act of this person, where it was recorded already: when, a UTC instant, and in words. */
  readonly recorded?: { readonly at: string | undefined; readonly sentence: string | undefined } | undefined;
}

export interface Offered {
  readonly name: CommandName;
  readonly title: string;
  readonly fields: readonly Field[];
  readonly presets: Presets;
  readonly asked: boolean;
  /** The words of the button, where a next step asks for exactly this act. */
  readonly button: string | undefined;
}

/** The fields that say what an act is about. Each other field is an answer, and no form starts with one. */
const subjects: ReadonlySet<string> = new Set([
  'ask',
  'booking',
  'covers',
  'deadlineId',
  'discipline',
  'episode',
  'hearing',
  'months',
  'need',
  'notice',
  'order',
  'place',
  'proposal',
  'providerId',
  'service',
  'startsAt',
  'task',
  'use',
]);

/** A time stands as people type it. */
const typedAs = (field: string, value: unknown): string =>
  field === 'startsAt' ? (newYorkWall(String(value)) ?? '') : String(value);

/**
 * What the first act is about, as a form has it. A value that another act of the form lacks is left out. So no
 * person records it unasked.
 */
const presetsOf = ([first, ...others]: readonly Act[]): Presets =>
  Object.fromEntries(
    Object.entries(first?.input ?? {})
      .filter(([field]) => subjects.has(field) && others.every(({ input = {} }) => field in input))
      .map(([field, value]) => [field, [value].flat().map((each) => typedAs(field, each))]),
  );

/** Whether each answer may stay empty. Since when it is known is no answer. */
const mayStayEmpty = (fields: readonly Field[]): boolean =>
  fields.every(({ required, kind }) => !required || kind === 'known');

/** What the steps ask comes first in a form where each answer may stay empty. */
function askedFirst(fields: readonly Field[], acts: readonly Act[]): readonly Field[] {
  if (!mayStayEmpty(fields)) return fields;
  const asked = [...acts.flatMap(({ input = {} }) => Object.keys(input)), ...acts.flatMap(({ asks = [] }) => asks)];
  const placeOf = ({ path }: Field) => (asked.includes(path) ? asked.indexOf(path) : asked.length);
  return fields.toSorted((one, other) => placeOf(one) - placeOf(other));
}

/** The words of a button that no next step words. */
const unaskedButtons: Readonly<Partial<Record<CommandName, Act['button']>>> = {
  'schedule-meeting': staff('Set the time of the meeting'),
  'inform-seat': staff('Record the call'),
  'remind-seats': staff('Send the reminder'),
  'remind-providers': staff('Send the reminder'),
  'ask-deputies': staff('Ask the deputy'),
  'record-alert-call': staff('Record the call'),
};

/** The words of a command's button. Undefined where the form may record several acts that differ. */
export function buttonOf(name: CommandName, acts: readonly Act[]): string | undefined {
  const asked = acts.filter(({ command }) => command === name).map(({ button }) => button);
  const own = asked.length > 0 ? asked : [unaskedButtons[name] ?? []].flat();
  const buttons = new Set(own.map(({ en }) => en));
  return buttons.size === 1 ? [...buttons][0] : undefined;
}

/** The form of a command, with what `steps` ask of it. Undefined where a required choice has no option. */
export function formFor(name: CommandName, about: About, steps: readonly NextStep[]): Offered | undefined {
  const fields = commandFields(name, about);
  const acts = steps.flatMap((step) => step.acts.filter(({ command }) => command === name));
  const presets = {
    ...standing(name, about),
    ...presetsOf(acts),
    ...placePreset(name, about, acts),
    ...reachedByCall(name, about),
  };
  return (
    fields && {
      name,
      title: titleOf(name),
      fields: askedFirst(fields, acts),
      presets,
      asked: acts.length > 0,
      button: buttonOf(name, acts),
    }
  );
}

/** The commands to offer. The next steps come first, in their order. */
export function offeredCommands(about: About, asked: readonly NextStep[]): readonly Offered[] {
  const { state, visitor } = about;
  const answering = asked.flatMap(({ acts }) => acts);
  const rank = (name: CommandName) => {
    const place = answering.findIndex(({ command }) => command === name);
    return place === -1 ? answering.length : place;
  };
  return availableCommands(state, visitor)
    .filter(({ name }) => makesSense(name, state, visitor))
    .flatMap(({ name }) => formFor(name, about, asked) ?? [])
    .toSorted((one, other) => rank(one.name) - rank(other.name));
}

interface CommandFormProps {
  readonly frame: Frame;
  readonly referralId: string;
  readonly offered: Offered;
  readonly submission: string;
  /** The sequence number of the referral that this page shows. */
  readonly seq: number;
  /** What the answer must know again, such as the page on which the form was opened. */
  readonly hidden: Readonly<Record<string, string | undefined>>;
  /** What stood when the page was made, of the fields that the act takes the place of. */
  readonly stood?: Presets;
  readonly attempt?: Attempt | undefined;
  /** The part of a long form that the address names. */
  readonly part?: string | undefined;
}

export function CommandForm({
  frame,
  referralId,
  offered,
  submission,
  seq,
  hidden,
  stood = {},
  attempt,
  part,
}: CommandFormProps) {
  const { name, fields, presets, button } = offered;

  const { typed, problems = [] } = attempt ?? {};
  const form = { id: name, typed, presets, problems };
  const shown = partShown(name, fields, { turnedTo: typed?.get('part') ?? part, problems });
  const here = fieldsOfPart(name, fields, shown, problems);
  // Of several answers, the button names the one that the task asks for. Another part does not ask it.
  const isAsked = !mayStayEmpty(fields) || here.some((field) => field === fields[0]);
  return (
    <form
      class="usa-form usa-form--large"
      id={`do-${name}`}
      method="post"
      action={commandAction(frame, referralId, name)}
      novalidate
    >
      <Token frame={frame} />
      <input type="hidden" name="key" value={attempt?.submission ?? submission} />
      <input type="hidden" name="seq" value={seq} />
      {Object.entries(hidden).map(
        ([field, value]) => value !== undefined && value !== '' && <input type="hidden" name={field} value={value} />,
      )}
      {stoodIn(stood, fields).map(([field, value]) => (
        <input type="hidden" name={field} value={value} />
      ))}
      {shown && (
        <>
          {carriedOf(fields, here, { typed, presets }).map(([field, value]) => (
            <input type="hidden" name={field} value={value} />
          ))}
          <Parts of={partsOf(name)} shown={shown} />
        </>
      )}
      <Fields fields={here} form={form} />
      {shown && <NextPart of={partsOf(name)} shown={shown} />}
      <button class={attempt?.recorded ? 'usa-button usa-button--outline' : 'usa-button'} type="submit">
        {attempt?.recorded
          ? 'Yes, record another one'
          : ((isAsked ? button : undefined) ?? (
              <>
                {fields.length === 0 ? 'Yes, do this' : 'Record'}
                <span class="usa-sr-only">: {titleOf(name)}</span>
              </>
            ))}
      </button>
    </form>
  );
}

interface PartsProps {
  readonly of: readonly FormPart[];
  readonly shown: FormPart;
}

/** Each part is one page of the form. A press loses nothing, and records nothing. */
function Parts({ of, shown }: PartsProps) {
  return (
    <>
      <input type="hidden" name="part" value={shown.id} />
      {/* Enter presses the first button of a form. It must not record what is half written. */}
      <button class="usa-sr-only" type="submit" name="action" value={`part-${shown.id}`} tabindex={-1}>
        Stay on this part
      </button>
      <PartButtons parts={of.map(({ id, title }) => ({ id, title }))} shown={shown.id} />
    </>
  );
}

function NextPart({ of, shown }: PartsProps) {
  const next = of[of.indexOf(shown) + 1];
  if (!next) return null;
  return (
    <button class="usa-button usa-button--outline" type="submit" name="action" value={`part-${next.id}`}>
      Next: {next.title}
    </button>
  );
}

/** Where the form of an act is sent: the page that shows it. */
export const commandAction = ({ base }: Frame, referralId: string, name: CommandName) =>
  `${base}/referrals/${referralId}/do/${name}`;

export const titleOf = (name: CommandName): string => commandNamed(name).title;

/** What the act means, above its form. */
export const noteIn = (name: CommandName): string | undefined => commandNamed(name).note;
