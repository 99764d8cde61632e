/** The filters of a list in one line, and the filters that a person keeps. */
import type { Child } from 'hono/jsx';
import { type Frame, Token } from '../app/frame.tsx';
import { controlId } from '../forms/field-view.tsx';
import { addressOf, type Choice, type Chosen, filterWords, queueAddress } from './filter-words.ts';

interface FilterProps {
  readonly name: string;
  readonly label: string;
  readonly chosen: Chosen;
}

/** A control, with its label above it. */
const Labeled = ({ name, label, children }: Omit<FilterProps, 'chosen'> & { readonly children: Child }) => (
  <div class="filter">
    <label class="usa-label" for={controlId('filter', name)}>
      {label}
    </label>
    {children}
  </div>
);

export const Select = ({
  choice: { name, label, all, options },
  chosen,
}: {
  readonly choice: Choice;
  readonly chosen: Chosen;
}) => (
  <Labeled name={name} label={label}>
    <select class="usa-select" id={controlId('filter', name)} name={name}>
      {all !== undefined && <option value="">{all}</option>}
      {options.map(([value, text]) => (
        <option value={value} selected={chosen[name] === value}>
          {text}
        </option>
      ))}
    </select>
  </Labeled>
);

export const Tick = ({ name, label, chosen }: FilterProps) => (
  <div class="filter usa-checkbox">
    <input
      class="usa-checkbox__input"
      id={controlId('filter', name)}
      type="checkbox"
      name={name}
      value="yes"
      checked={chosen[name] === 'yes'}
    />
    <label class="usa-checkbox__label" for={controlId('filter', name)}>
      {label}
    </label>
  </div>
);

export const Day = ({ name, label, chosen }: FilterProps) => (
  <Labeled name={name} label={label}>
    <input class="usa-input" id={controlId('filter', name)} name={name} type="date" value={chosen[name] ?? ''} />
  </Labeled>
);

/** A list's filters in one line, with the button that applies them. `action`: the address of the list. `button`: its words. */
export const FilterForm = ({
  action,
  button = 'Filter the list',
  children,
}: {
  readonly action: string;
  readonly button?: string;
  readonly children: Child;
}) => (
  <form class="filters" method="get" action={action}>
    {children}
    <div class="filter">
      <button class="usa-button usa-button--outline" type="submit">
        {button}
      </button>
    </div>
  </form>
);

/** The filters of the queue. */
export const QueueFilter = ({
  frame: { base },
  choices,
  chosen,
}: {
  readonly frame: Frame;
  readonly choices: readonly Choice[];
  readonly chosen: Chosen;
}) => (
  <details class="fold" open={Object.keys(chosen).some((name) => name !== 'order')}>
    <summary>Filter and sort</summary>
    <FilterForm action={`${base}/#open`}>
      {choices.map((choice) => (
        <Select choice={choice} chosen={chosen} />
      ))}
      <Tick name="overdue" label="Overdue only" chosen={chosen} />
    </FilterForm>
  </details>
);

/** The filters that this person kept, each with its list. The filter in use can be kept, or removed. */
export function SavedFilters({
  frame,
  chosen,
  saved,
}: {
  readonly frame: Frame;
  readonly chosen: Chosen;
  readonly saved: readonly Chosen[];
}) {
  const { base } = frame;
  // The usual order alone is the whole queue, and no filter.
  const here = chosen.order === 'harm' ? '' : addressOf('', chosen);
  const isKept = saved.some((each) => addressOf('', each) === here);
  if (here === '' && saved.length === 0) return null;
  return (
    <div class="saved-filters">
      {saved.length > 0 && (
        <nav aria-label="Your filters">
          <ul>
            {saved.map((each) => {
              const address = addressOf('', each);
              return (
                <li>
                  <a href={`${base}/${address}#open`} aria-current={address === here ? 'page' : undefined}>
                    {filterWords(each)}
                  </a>
                </li>
              );
            })}
          </ul>
        </nav>
      )}
      {here !== '' && (
        <>
          <form method="post" action={`${base}/queue/filters`}>
            <Token frame={frame} />
            <input type="hidden" name="filters" value={here.slice(1)} />
            <button class="usa-button usa-button--unstyled" type="submit" name="act" value={isKept ? 'remove' : 'keep'}>
              {isKept ? 'Remove this filter from your list' : 'Keep this filter in your list'}
            </button>
          </form>
          <a href={queueAddress(base, {})}>Clear the filters</a>
        </>
      )}
    </div>
  );
}
