/**
 * The design system's combo box and date picker: lists that are searched by typing, and a calendar beside a day. A town may be
 * written that is in no list. So no typed word of it is ever taken away.
 */
import comboBox from '@uswds/uswds/js/usa-combo-box';
import datePicker from '@uswds/uswds/js/usa-date-picker';

/** Stands for a written town while a person types. So the list does not offer it too. */
const unseen = '\u200b';
const day = /^\d{4}-\d{2}-\d{2}$/;

export function runPickers(): void {
  document.addEventListener('input', ({ target }) => follow(target), true);
  for (const event of ['focusout', 'keydown'] as const) {
    document.addEventListener(event, ({ target }) => showWritten(target), true);
  }
  document.addEventListener('focusout', ({ target }) => nameUnread(target));
  document.addEventListener('keydown', complete, true);
  document.addEventListener('change', tell);
  document.addEventListener('mouseover', keepTyping, true);
  prepare(document.body);
  comboBox.on(document.body);
  datePicker.on(document.body);
  finish(document.body);
}

/** For fields that were added to the page later. */
export function enhancePickers(root: HTMLElement): void {
  prepare(root);
  comboBox.init(root);
  datePicker.init(root);
  finish(root);
}

function prepare(root: HTMLElement): void {
  for (const input of root.querySelectorAll<HTMLInputElement>('input[list=towns]')) withList(input);
  // The combo box shows no headings, so its words must say them.
  for (const box of root.querySelectorAll<HTMLElement>('.usa-combo-box[data-headed]:not([data-enhanced])')) {
    for (const option of box.querySelectorAll<HTMLOptionElement>('optgroup option')) {
      option.textContent = `${(option.parentElement as HTMLOptGroupElement).label}: ${option.text}`;
    }
  }
}

/** Puts the list of towns into the place of a line that suggests them. */
function withList(input: HTMLInputElement): void {
  const box = document.createElement('div');
  const select = document.createElement('select');
  box.className = 'usa-combo-box';
  box.dataset.written = '';
  box.dataset.placeholder = input.placeholder;
  select.className = 'usa-select';
  for (const name of ['id', 'name', 'required', 'aria-describedby', 'aria-invalid']) {
    const value = input.getAttribute(name);
    if (value !== null) select.setAttribute(name, value);
  }
  select.append(new Option('', ''));
  for (const { value, dataset } of input.list?.options ?? []) {
    const option = new Option(value, value);
    Object.assign(option.dataset, dataset);
    select.append(option);
  }
  choose(select, input.value);
  for (const option of select.options) if (option.value === select.value) option.defaultSelected = true;
  box.dataset.defaultValue = select.value;
  box.append(select);
  input.replaceWith(box);
}

/** `NewHaven` and `new-haven` are New Haven. */
const lettersOf = (text: string): string => text.toLowerCase().replaceAll(/[\s.'’-]/g, '');

const optionOf = (select: HTMLSelectElement, words: string): HTMLOptionElement | undefined =>
  [...select.options].find(
    ({ text, value, dataset }) =>
      value !== '' && (dataset.own === undefined ? lettersOf(text) === lettersOf(words) : text === words),
  );
const written = (select: HTMLSelectElement) => select.querySelector<HTMLOptionElement>('option[data-own]');

/** Chooses the option with these words. Where there is none, the words become one. */
function choose(select: HTMLSelectElement, text: string): void {
  const words = text.trim();
  const own = written(select);
  const listed = optionOf(select, words);
  if (words === '' || (listed && listed !== own)) {
    own?.remove();
    select.value = listed?.value ?? '';
    return;
  }
  const option = own ?? new Option();
  option.dataset.own = '';
  option.value = words;
  option.text = words;
  if (!own) select.append(option);
  select.value = words;
}

const partsOf = (target: EventTarget | null) => {
  const box = target instanceof HTMLInputElement ? target.closest<HTMLElement>('.usa-combo-box') : null;
  const select = box?.querySelector('select');
  return box && select && target instanceof HTMLInputElement ? { box, select, input: target } : undefined;
};

/** Each key counts at once, so that words are kept before the person leaves the field. */
function follow(target: EventTarget | null): void {
  const parts = partsOf(target);
  if (!parts) return;
  const { box, select, input } = parts;
  if (box.dataset.written === undefined) {
    const listed = optionOf(select, input.value.trim());
    if (listed) select.value = listed.value;
    return;
  }
  choose(select, input.value);
  const own = written(select);
  if (own) own.text = unseen;
  const typed = partsIn(input.value);
  if (typed.length > 0) box.dataset.filter = `.*${typed.join('\\S*[ -]?')}.*`;
  else delete box.dataset.filter;
}

/** What is typed, as parts of a name for the list: `n hav` and `newhav` find New Haven. */
const partsIn = (typed: string): readonly string[] =>
  typed
    .split(/[\s-]+/)
    .map(lettersOf)
    .filter((part) => part !== '')
    .map((part) => [...part].map((letter) => letter.replace(/[^\p{L}\d]/u, '\\$&')).join('[ -]?'));

/** Says beside the field that the list has no such town, once the person has left it. */
function nameUnread(target: EventTarget | null): void {
  const parts = partsOf(target);
  if (parts?.box.dataset.written === undefined) return;
  const { box, select } = parts;
  const own = written(select)?.value.trim() ?? '';
  const before = box.nextElementSibling?.matches('.town-unread') ? box.nextElementSibling : undefined;
  if (own === '' || own.toLowerCase() === 'unknown') {
    before?.remove();
    return;
  }
  const hint = before ?? document.createElement('p');
  hint.className = 'usa-hint town-unread';
  hint.setAttribute('role', 'status');
  hint.textContent = `Not in the list of towns: “${own}”. We keep it as written. Choose the nearest town to find its office.`;
  if (!before) box.after(hint);
}

/** Before the combo box reads what is chosen. */
function showWritten(target: EventTarget | null): void {
  const own = partsOf(target)?.select.querySelector<HTMLOptionElement>('option[data-own]');
  if (own) own.text = own.value;
}

/** Enter takes the one entry whose words begin with what is typed: `new hav` and `n hav`. Where more do, the words stay. */
function complete({ key, target }: KeyboardEvent): void {
  const parts = key === 'Enter' ? partsOf(target) : undefined;
  const typed = parts?.input.value.trim() ?? '';
  if (!parts || typed.length < 3 || optionOf(parts.select, typed)?.dataset.own === undefined) return;
  const begins = new RegExp(`^${partsIn(typed).join('\\S*[ -]')}`, 'i');
  const meant = [...parts.select.options].filter(({ dataset, text }) => dataset.own === undefined && begins.test(text));
  if (meant.length !== 1 || !meant[0]) return;
  choose(parts.select, meant[0].text);
  parts.input.value = meant[0].text;
  parts.select.dispatchEvent(new Event('input', { bubbles: true }));
}

/**
 * A list that opens under a resting mouse took the keyboard. So the space in New Haven chose New Canaan. A click still
 * chooses.
 */
function keepTyping(event: MouseEvent): void {
  if (event.target instanceof Element && event.target.closest('.usa-combo-box__list-option')) event.stopPropagation();
}

/** The parts of the design system tell of a choice by an event of their own. A person's choice is an input. */
function tell(event: Event): void {
  const { target } = event;
  if (!(event instanceof CustomEvent && target instanceof HTMLElement)) return;
  if (!target.matches('.usa-combo-box select, .usa-date-picker__external-input')) return;
  if (target instanceof HTMLSelectElement && target.value === '') written(target)?.remove();
  target.dispatchEvent(new Event('input', { bubbles: true }));
}

/** What the parts of the design system leave behind on the control that they replace. */
function finish(root: HTMLElement): void {
  for (const select of root.querySelectorAll<HTMLSelectElement>('.usa-combo-box[data-enhanced] select')) {
    const input = select.parentElement?.querySelector('input');
    for (const name of ['aria-describedby', 'aria-invalid']) {
      const value = select.getAttribute(name);
      if (value !== null) input?.setAttribute(name, value);
      select.removeAttribute(name);
    }
    // A form that comes back has words that were left before.
    nameUnread(input ?? null);
  }
  for (const input of root.querySelectorAll<HTMLInputElement>('.usa-date-picker__external-input')) {
    const wrapper = input.parentElement;
    if (wrapper) new MutationObserver(() => sayPressed(wrapper)).observe(wrapper, { childList: true });
    // What was typed and is no day stays.
    const typed = input.getAttribute('value') ?? '';
    if (typed !== '' && !day.test(typed)) input.value = typed;
  }
}

/** The calendar is drawn anew with each step. Its days are buttons, so the one that is chosen is pressed, not selected. */
function sayPressed(wrapper: HTMLElement): void {
  for (const button of wrapper.querySelectorAll('button[aria-selected]')) {
    button.setAttribute('aria-pressed', button.getAttribute('aria-selected') ?? 'false');
    button.removeAttribute('aria-selected');
  }
}
