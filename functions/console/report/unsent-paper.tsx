/** A report that was not sent, as a page for paper. It is made from the words that the browser kept, and stored nowhere. */
import { newYorkInstant } from '../../../shared/domain/core/local-time.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { SummaryList } from '../app/components/summary-list.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import type { Field } from '../forms/form-fields.ts';
import { childFields, childrenIn, reportFields } from './report-input.ts';

type Pair = readonly [string, string];

const instantWords = (typed: string): string => {
  const read = newYorkInstant(typed);
  return 'instant' in read ? formatInstant(read.instant) : typed;
};

/** Each answer in words, by its question. What is unknown or empty is left out. */
function answersIn(fields: readonly Field[], form: URLSearchParams): readonly Pair[] {
  return fields.flatMap((field): readonly Pair[] => {
    const { path, label } = field;
    const said = (at: string) => {
      const text = form.get(at)?.trim() ?? '';
      return text === '' || text === 'unknown' ? undefined : text;
    };
    const pair = (text: string | undefined): readonly Pair[] => (text === undefined ? [] : [[label, text]]);
    switch (field.kind) {
      case 'group':
        return answersIn(field.fields, form);
      case 'choice':
        return pair(field.options.find(({ value }) => value === said(path))?.words ?? said(path));
      case 'choices': {
        const ticked = form.getAll(path).filter((value) => value !== '' && value !== 'unknown');
        return pair(ticked.length === 0 ? undefined : ticked.map(words).join(', '));
      }
      case 'yes-no':
        return pair(said(path) && words(said(path) ?? ''));
      case 'instant':
        return pair(said(path) && instantWords(said(path) ?? ''));
      case 'assault': {
        const at = said(`${path}.at`);
        return pair(at === undefined ? said(path) && words(said(path) ?? '') : instantWords(at));
      }
      default:
        return pair(said(path));
    }
  });
}

export function UnsentPaper({ frame, form }: { readonly frame: Frame; readonly form: URLSearchParams }) {
  const { base, now, visitor } = frame;
  const title = 'Report that was not sent';
  const count = childrenIn(form);
  const unplaced = form.getAll('unplaced').map((line): Pair => ['Said elsewhere', line]);
  return (
    <Page frame={frame} title={title}>
      <h1>{title}</h1>
      <p>
        Written by {visitor?.name}, printed {formatInstant(now)}. Keep this paper locked away. Send the report as soon
        as you can.
      </p>
      <p class="on-screen">
        <button class="usa-button" type="button" data-print="now" hidden>
          Print
        </button>{' '}
        <a href={`${base}/drafts`}>Back to the drafts</a>
      </p>
      <SummaryList pairs={[...answersIn(reportFields, form), ...unplaced]} />
      {Array.from({ length: count }, (_, index) => (
        <>
          <h2>{count > 1 ? `Child ${index + 1}` : 'The child'}</h2>
          <SummaryList pairs={answersIn(childFields(index), form)} />
        </>
      ))}
    </Page>
  );
}
