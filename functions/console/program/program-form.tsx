/** What the pages of the program share: the answer above a form, the form itself, and what was typed. */
import type { Child } from 'hono/jsx';
import * as z from 'zod';
import type { Problem } from '../../../shared/application/input/problems.ts';
import { Alert } from '../app/components/alert.tsx';
import { type Frame, Token } from '../app/frame.tsx';
import { ErrorSummary } from '../app/layout.tsx';
import { Fields } from '../forms/field-view.tsx';
import { type Field, fieldsOf, type Option } from '../forms/form-fields.ts';

/** A form that was sent and not stored, or an act that was done. */
export interface Attempt {
  readonly typed?: URLSearchParams | undefined;
  readonly problems?: readonly Problem[];
  readonly refusal?: string;
  readonly done?: boolean;
}

/** What a page says of a field beside its schema. A list that comes from data has its options here. */
interface Said {
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly kind?: 'choice' | 'line' | 'text';
  readonly searched?: 'plain';
  readonly options?: readonly Option[] | undefined;
}

/** The fields of an input that a page asks, in the order of `said`. `path` is the place of its object in the input. */
export function fieldsAsked<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  said: { readonly [Name in keyof Shape & string]?: Said },
  path = '',
): readonly Field[] {
  const asked = Object.entries<Said | undefined>(said);
  const fields = fieldsOf(
    z.object(Object.fromEntries(asked.map(([name]) => [name, schema.shape[name]]))) as z.ZodObject,
    path,
  );
  return fields.map((field, index) => ({ ...field, ...asked[index]?.[1] }) as Field);
}

/** The problem of one entry of a list stands at the field of the list. */
export const atFields = (problems: readonly Problem[], fields: readonly Field[]): readonly Problem[] =>
  problems.map((each) => {
    const list = each.path.replace(/\[\d+\]$/, '');
    return fields.some(({ path }) => path === list) ? { ...each, path: list } : each;
  });

/** Fields of groups too. */
const allOf = (fields: readonly Field[]): readonly Field[] =>
  fields.flatMap((field) => (field.kind === 'group' ? [field, ...allOf(field.fields)] : [field]));

const labelIn =
  (fields: readonly Field[]) =>
  (path: string): string =>
    allOf(fields).find((field) => field.path === path)?.label ?? 'This form';

/** What became of the last act, above the heading of the page. */
export const Outcome = ({
  form,
  fields,
  problems = [],
  refusal,
  done = false,
}: Attempt & { readonly form: string; readonly fields: readonly Field[] }) => (
  <>
    {done && <Alert kind="success" heading="Recorded" />}
    <ErrorSummary form={form} problems={problems} labelAt={labelIn(fields)} />
    {refusal !== undefined && (
      <Alert kind="error" heading="Not done" focused>
        {refusal}
      </Alert>
    )}
  </>
);

interface FormProps extends Attempt {
  readonly frame: Frame;
  readonly path: string;
  readonly form: string;
  readonly fields: readonly Field[];
  readonly presets?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly submission: string;
  readonly button: string;
  readonly isPlain?: boolean;
  readonly hidden?: Readonly<Record<string, string>>;
  readonly children?: Child;
}

/** A form that posts to `path`. Sent twice, it does its act once. */
export const PostForm = (props: FormProps) => (
  <form class="usa-form usa-form--large" method="post" action={`${props.frame.base}${props.path}`} novalidate>
    <Token frame={props.frame} />
    <input type="hidden" name="key" value={props.submission} />
    {Object.entries(props.hidden ?? {}).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <Fields
      fields={props.fields}
      form={{ id: props.form, typed: props.typed, presets: props.presets, problems: props.problems }}
    />
    {props.children}
    <button class={`usa-button${props.isPlain ? ' usa-button--outline' : ''}`} type="submit">
      {props.button}
    </button>
  </form>
);
