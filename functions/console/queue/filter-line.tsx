/** The filters of a list in one line, and the filters that a person keeps. */
import { type Frame, Token } from '../app/frame.tsx';
import { controlId } from '../forms/field-view.tsx';
import { addressOf, type Choice, type Chosen, filterWords } from './filter-words.ts';

/** A select, with its label above it. */
export function Select({ choice, chosen }: { readonly choice: Choice; readonly chosen: Chosen }) {
  const { name, label, all, options } = choice;
  const id = controlId('filter', name);
  return (
    <div class="filter">
      <label class="usa-label" for={id}>
        {label}
      </label>
      <select class="usa-select" id={id} name={name}>
        <option value="">{all}</option>
        {options.map(([value, text]) => (
          <option value={value} selected={chosen[name] === value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

export const Tick = ({
  name,
  label,
  chosen,
}: {
  readonly name: string;
  readonly label: string;
  readonly chosen: Chosen;
}) => (
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

export const Day = ({
  name,
  label,
  chosen,
}: {
  readonly name: string;
  readonly label: string;
  readonly chosen: Chosen;
}) => (
  <div class="filter">
    <label class="usa-label" for={controlId('filter', name)}>
      {label}
    </label>
    <input class="usa-input" id={controlId('filter', name)} name={name} type="date" value={chosen[name] ?? ''} />
  </div>
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
  <form class="filters" method="get" action={`${base}/#open`}>
    {choices.map((choice) => (
      <Select choice={choice} chosen={chosen} />
    ))}
    <Tick name="overdue" label="Overdue only" chosen={chosen} />
    <div class="filter">
      <button class="usa-button usa-button--outline" type="submit">
        Filter the list
      </button>
    </div>
  </form>
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
  const here = addressOf('', chosen);
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
          <a href={`${base}/#open`}>Clear the filters</a>
        </>
      )}
    </div>
  );
}
