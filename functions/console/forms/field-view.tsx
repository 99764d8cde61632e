/** The controls of a form, with typed values and problems. */
import type { Child } from 'hono/jsx';
import type { Problem } from '../../../shared/application/input/problems.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import type { Field, Option } from './form-fields.ts';
import { emailPath } from './named-people.ts';

export interface FormState {
  /** Keeps the ids of this form's controls apart from those of other forms on the page. */
  readonly id: string;
  /** The typed values. Absent in a form shown for the first time. */
  readonly typed?: URLSearchParams | undefined;
  /** The presets of a form shown for the first time, by path. */
  readonly presets?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly problems?: readonly Problem[] | undefined;
  /** The path of the list that has the keyboard once the form is shown. */
  readonly focused?: string | undefined;
}

/** The id of the control at `path`. A problem with one end of an age leads to the age. */
export const controlId = (form: string, path: string): string =>
  `${form}-${path
    .replace(/\.(from|to)$/, '')
    .replaceAll(/[[\].]+/g, '-')
    .replace(/-$/, '')}`;

const valuesOf = ({ typed, presets }: FormState, path: string): readonly string[] =>
  typed ? typed.getAll(path) : (presets?.[path] ?? []);

const within = (path: string, field: Field) =>
  path === field.path || (path.startsWith(`${field.path}.`) && field.kind !== 'group');

/** The sentences about a field. Members of a group have their own. */
const sentencesOf = (field: Field, { problems = [] }: FormState): readonly string[] =>
  problems.filter(({ path }) => within(path, field)).map(({ sentence }) => sentence);

interface FieldsProps {
  readonly fields: readonly Field[];
  readonly form: FormState;
  /** The id of the group around them, where the group itself is wrong. The summary leads to its first control. */
  readonly wrongGroup?: string | undefined;
}

/** Every field in order. */
export const Fields = ({ fields, form, wrongGroup }: FieldsProps) => (
  <>
    {fields.map((field, index) => (
      <FieldView field={field} form={form} wrongGroup={index === 0 ? wrongGroup : undefined} />
    ))}
  </>
);

interface Shown {
  readonly field: Field;
  readonly form: FormState;
  readonly id: string;
  /** The ids of hint and error, for the control they are about. */
  readonly describedBy: string | undefined;
  readonly wrong: boolean;
}

interface FieldViewProps {
  readonly field: Field;
  readonly form: FormState;
  readonly wrongGroup: string | undefined;
}

function FieldView({ field, form, wrongGroup }: FieldViewProps) {
  const own = controlId(form.id, field.path);
  const id = wrongGroup ?? own;

  const sentences = sentencesOf(field, form).map((sentence) => sentence);
  const wrong = sentences.length > 0;
  const described = [
    ...(field.hint === undefined ? [] : [`${own}-hint`]),
    ...(wrong ? [`${own}-error`] : []),
    ...(wrongGroup === undefined ? [] : [`${wrongGroup}-error`]),
  ];
  const shown: Shown = {
    field,
    form,
    id,
    wrong: wrong || wrongGroup !== undefined,
    describedBy: described.length > 0 ? described.join(' ') : undefined,
  };
  const notes = (
    <>
      {field.hint !== undefined && (
        <span class="usa-hint" id={`${own}-hint`}>
          {field.hint}
        </span>
      )}
      {wrong && (
        <span class="usa-error-message" id={`${own}-error`}>
          {sentences.join(' ')}
        </span>
      )}
    </>
  );
  const many = isFieldset(field);
  const isInRow = field.kind === 'choice' && field.radios;
  return (
    <div class={`usa-form-group${wrong ? ' usa-form-group--error' : ''}${isInRow ? ' in-row' : ''}`}>
      {many ? (
        <fieldset class="usa-fieldset" aria-describedby={shown.describedBy}>
          <legend class="usa-legend">
            <Label field={field} />
          </legend>
          {notes}
          <Inside shown={shown} />
        </fieldset>
      ) : (
        <>
          <label class="usa-label" for={id}>
            <Label field={field} />
          </label>
          {notes}
          <Single shown={shown} />
        </>
      )}
    </div>
  );
}

const Label = ({ field }: { readonly field: Field }): Child => (
  <>
    {field.label}
    {field.required && <span class="required"> (required)</span>}
  </>
);

/** A short choice that must be made shows all options, and none is chosen. */
const isRadios = (field: Field) =>
  field.kind === 'yes-no' ||
  (field.kind === 'choice' &&
    (field.radios || (field.required && field.options.length <= 4 && field.options.length > 1)));

const isFieldset = (field: Field) =>
  isRadios(field) ||
  ['choices', 'group', 'each', 'assault', 'known'].includes(field.kind) ||
  (field.kind === 'person' && (field.several === true || field.options.length === 0));

const yesOrNo = ['yes', 'no'] as const;

function Inside({ shown }: { readonly shown: Shown }) {
  const { field, form, id, wrong } = shown;

  if (field.kind === 'group') return <Fields fields={field.fields} form={form} wrongGroup={wrong ? id : undefined} />;
  if (field.kind === 'choices') return <Ticks type="checkbox" options={field.options} shown={shown} />;
  if (field.kind === 'assault') return <LastAssault shown={shown} />;
  if (field.kind === 'known') return <KnownSince shown={shown} />;
  if (field.kind === 'person') {
    const Inner = field.several ? People : OnePerson;
    return <Inner field={field} shown={shown} />;
  }
  if (field.kind === 'each') {
    return (
      <WithFold
        options={field.rows}
        isChosen={({ value }) => valuesOf(form, `${field.path}.${value}`).some(Boolean)}
        show={(row) => {
          const path = `${field.path}.${row.value}`;
          const id = controlId(form.id, path);
          return (
            <>
              <label class="usa-label" for={id}>
                {row.words}
              </label>
              <Select
                id={id}
                name={path}
                options={field.options}
                chosen={valuesOf(form, path)}
                empty={field.path === 'absent' ? 'Was not absent' : 'Not assigned yet'}
              />
            </>
          );
        }}
      />
    );
  }
  return (
    <Ticks
      type="radio"
      options={field.kind === 'choice' ? field.options : yesOrNo.map((value) => ({ value, words: words(value) }))}
      shown={shown}
    />
  );
}

/** Those that stand in the fold come last. */
const ordered = (options: readonly Option[]): readonly Option[] =>
  options.toSorted((one, other) => Number(one.folded ?? false) - Number(other.folded ?? false));

interface WithFoldProps {
  readonly options: readonly Option[];
  readonly isChosen: (option: Option) => boolean;
  readonly isWrong?: boolean;
  readonly show: (option: Option) => Child;
}

/** Each option, and the rare ones in a fold. It is open where one of them is chosen, or where the field is wrong. */
function WithFold({ options, isChosen, isWrong = false, show }: WithFoldProps) {
  const rare = options.filter(({ folded }) => folded);
  return (
    <>
      {options.filter(({ folded }) => !folded).map(show)}
      {rare.length > 0 && (
        <details class="fold" open={isWrong || rare.some(isChosen)}>
          <summary>Services without a need ({rare.length})</summary>
          {rare.map(show)}
        </details>
      )}
    </>
  );
}

interface TicksProps {
  readonly type: 'radio' | 'checkbox';
  readonly options: readonly Option[];
  readonly shown: Shown;
}

/** The error summary leads to the id of the first control. */
function Ticks({ type, options, shown: { field, form, id, wrong } }: TicksProps) {
  const chosen = valuesOf(form, field.path);
  const [first] = ordered(options);
  return (
    <WithFold
      options={options}
      isChosen={({ value }) => chosen.includes(value)}
      isWrong={wrong}
      show={({ value, words }) => {
        const own = value === first?.value ? id : `${id}-${value}`;
        return (
          <div class={`usa-${type}`}>
            <input
              class={`usa-${type}__input`}
              id={own}
              type={type}
              name={field.path}
              value={value}
              checked={chosen.includes(value)}
              required={type === 'radio' && field.required}
              aria-invalid={type === 'checkbox' && wrong ? 'true' : undefined}
            />
            <label class={`usa-${type}__label`} for={own}>
              {words}
            </label>
          </div>
        );
      }}
    />
  );
}

interface SelectProps {
  readonly id: string;
  readonly name: string;
  readonly options: readonly Option[];
  readonly chosen: readonly string[];
  /** The words of the empty option, which stands first: a choice is a person's. */
  readonly empty: string;
  readonly shown?: Shown;
}

export function Select({ id, name, options, chosen, empty, shown }: SelectProps) {
  const groups = Map.groupBy(options, ({ group }) => group ?? '');
  const choice = ({ value, words }: Option) => (
    <option value={value} selected={chosen.includes(value)}>
      {words}
    </option>
  );
  return (
    <select
      class="usa-select"
      id={id}
      name={name}
      required={shown?.field.required}
      aria-describedby={shown?.describedBy}
      aria-invalid={shown?.wrong ? 'true' : undefined}
      autofocus={shown !== undefined && shown.form.focused === name}
    >
      <option value="">{empty}</option>
      {[...groups].map(([label, members]) =>
        label === '' ? members.map(choice) : <optgroup label={label}>{members.map(choice)}</optgroup>,
      )}
    </select>
  );
}

type PersonField = Extract<Field, { readonly kind: 'person' }>;

/** The least number of lists where several people can be named. One more than is chosen is always there. */
const leastLists = 3;

/** A list that a script makes searchable. Below it, the e-mail address of a person who is not in it. */
const OnePerson = ({ field, shown }: { readonly field: PersonField; readonly shown: Shown }) => (
  <>
    {field.options.length > 0 && (
      <PersonList field={field} shown={shown} id={shown.id} chosen={valuesOf(shown.form, field.path)[0]} />
    )}
    <ByEmail field={field} shown={shown} label="E-mail address of another person" />
  </>
);

function People({ field, shown }: { readonly field: PersonField; readonly shown: Shown }) {
  const chosen = valuesOf(shown.form, field.path).filter(Boolean);
  const lists = field.options.length === 0 ? 0 : Math.max(leastLists, chosen.length + 1);
  return (
    <>
      {Array.from({ length: lists }, (_, index) => {
        const id = index === 0 ? shown.id : `${shown.id}-${index + 1}`;
        return (
          <>
            <label class="usa-label" for={id}>
              Person {index + 1}
            </label>
            <PersonList field={field} shown={shown} id={id} chosen={chosen[index]} />
          </>
        );
      })}
      <ByEmail field={field} shown={shown} label="E-mail addresses of other people" />
    </>
  );
}

const PersonList = ({
  field,
  shown,
  id,
  chosen = '',
}: {
  readonly field: PersonField;
  readonly shown: Shown;
  readonly id: string;
  readonly chosen: string | undefined;
}) => (
  <div class="usa-combo-box" data-default-value={chosen}>
    <Select id={id} name={field.path} options={field.options} chosen={[chosen]} empty="Choose a person" shown={shown} />
  </div>
);

/** It is unfolded where it is the only way to name a person, and where an address was typed. */
function ByEmail({
  field,
  shown,
  label,
}: {
  readonly field: PersonField;
  readonly shown: Shown;
  readonly label: string;
}) {
  const path = emailPath(field.path);
  const isOnly = field.options.length === 0;
  const id = isOnly ? shown.id : controlId(shown.form.id, path);
  const [value = ''] = valuesOf(shown.form, path);
  const wrong = (shown.form.problems ?? []).some((problem) => problem.path === path);
  const input = (
    <>
      <label class="usa-label" for={id}>
        {label}
      </label>
      <input
        class="usa-input"
        id={id}
        name={path}
        inputmode="email"
        autocomplete="off"
        value={value}
        aria-describedby={wrong || isOnly ? shown.describedBy : undefined}
        aria-invalid={wrong || (isOnly && shown.wrong) ? 'true' : undefined}
      />
    </>
  );
  return isOnly ? (
    input
  ) : (
    <details class="why" open={value !== ''}>
      <summary>Not in the list?</summary>
      {input}
    </details>
  );
}

const inputTypes: Readonly<Partial<Record<Field['kind'], string>>> = {
  instant: 'datetime-local',
  date: 'date',
  'birth-date': 'date',
};

/** A list with more options is searched by typing, where it is of towns, people or providers. */
const mostAtASight = 10;

const isSearched = (field: Field): boolean =>
  field.kind === 'choice' && field.searched !== undefined && field.options.length > mostAtASight;

function Single({ shown }: { readonly shown: Shown }) {
  const { field, form, id, describedBy, wrong } = shown;

  const name = field.path;
  if (field.kind === 'choice') {
    const chosen = valuesOf(form, name);
    const empty = field.required ? 'Choose one' : 'Not chosen';
    const list = <Select id={id} name={name} options={field.options} chosen={chosen} empty={empty} shown={shown} />;
    if (!isSearched(field)) return list;
    return (
      <div
        class="usa-combo-box"
        data-default-value={chosen[0] ?? ''}
        data-headed={field.searched === 'headed' ? '' : undefined}
      >
        {list}
      </div>
    );
  }
  if (field.kind === 'person') return <OnePerson field={field} shown={shown} />;
  const [value = ''] = valuesOf(form, name);
  const common = {
    id,
    name,
    required: field.required,
    'aria-describedby': describedBy,
    'aria-invalid': wrong ? ('true' as const) : undefined,
  };
  if (field.kind === 'text') {
    return (
      <textarea class="usa-textarea" {...common} maxlength={20_000} autocorrect="off">
        {value}
      </textarea>
    );
  }
  const line = (
    <input
      class={`usa-input${wrong ? ' usa-input--error' : ''}`}
      type={inputTypes[field.kind] ?? 'text'}
      inputmode={field.kind === 'number' ? 'numeric' : undefined}
      list={field.kind === 'town' ? 'towns' : undefined}
      placeholder={field.kind === 'town' ? 'unknown' : undefined}
      autocomplete="off"
      autocorrect="off"
      value={value}
      {...common}
    />
  );
  return field.kind === 'date' ? (
    <div class="usa-date-picker" data-default-value={value}>
      {line}
    </div>
  ) : (
    line
  );
}

function Small({ shown, part, label }: { readonly shown: Shown; readonly part: string; readonly label: string }) {
  const { field, form, wrong } = shown;
  const path = `${field.path}.${part}`;
  const own = controlId(form.id, path);
  const [value = ''] = valuesOf(form, path);
  return (
    <>
      <label class="usa-label" for={own}>
        {label}
      </label>
      <input
        class="usa-input"
        id={own}
        name={path}
        type="datetime-local"
        autocomplete="off"
        aria-invalid={wrong ? 'true' : undefined}
        value={value}
      />
    </>
  );
}

const knownAnswers: readonly Option[] = [
  { value: 'now', words: 'Now' },
  { value: 'earlier', words: 'Earlier, at this time' },
];

const KnownSince = ({ shown }: { readonly shown: Shown }) => (
  <>
    <Ticks type="radio" options={knownAnswers} shown={shown} />
    <Small shown={shown} part="at" label="Earlier: when it was, New York time" />
  </>
);

const assaultAnswers: readonly Option[] = [
  { value: 'unknown', words: 'Unknown' },
  { value: 'none-known', words: 'None known to have taken place' },
];

function LastAssault({ shown }: { readonly shown: Shown }) {
  const { field, form, id } = shown;
  return (
    <>
      <label class="usa-label" for={id}>
        What is known
      </label>
      <Select
        id={id}
        name={field.path}
        options={assaultAnswers}
        chosen={valuesOf(form, field.path)}
        empty="Not chosen"
      />
      <Small shown={shown} part="at" label="Or: when it was, New York time" />
    </>
  );
}
