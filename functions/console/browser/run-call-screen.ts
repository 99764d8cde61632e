/**
 * The call screen. One letter answers a question, and Enter never sends. The numbers of the right office come first. The
 * clocks run. Another child is added in place. It needs no connection for any of it.
 */
import { enhancePickers } from './pickers.ts';

export function runCallScreen(): void {
  const form = document.querySelector<HTMLFormElement>('#call-screen');
  if (!form) return;
  form.addEventListener('keydown', answerByLetter);
  showNumbersOf(form);
  runClocks(form);
  const turnTo = turnChildren(form);
  addChildrenTo(form, turnTo);
  if (form.dataset.fresh === 'yes') {
    form.querySelector<HTMLInputElement>('[name="reporter.safeNumber"]')?.focus({ preventScroll: true });
  }
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Enter in a line, a choice or an answer is a slip of the hand, so it sends nothing. */
function answerByLetter(event: KeyboardEvent): void {
  const { key, target, ctrlKey, metaKey, altKey } = event;
  if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
  if (key === 'Enter') {
    event.preventDefault();
    return;
  }
  if (target.type !== 'radio' || ctrlKey || metaKey || altKey) return;
  const same = target.form?.querySelectorAll<HTMLInputElement>(`input[type=radio][name="${target.name}"]`) ?? [];
  const meant = [...same].find(({ dataset }) => dataset.letter === key.toLowerCase());
  if (!meant) return;
  event.preventDefault();
  meant.focus();
  if (!meant.checked) meant.click();
}

/** The places of a child by which an office is chosen: the one where the child is responds. */
const places = ['presentTown', 'residenceTown', 'occurrenceTown'];

/** Puts the number of the office of each child in danger first. The page has the numbers of all offices. */
function showNumbersOf(form: HTMLFormElement): void {
  const chosen = form.querySelector<HTMLElement>('.numbers-chosen');
  const all = form.querySelector<HTMLDetailsElement>('.numbers-all');
  const hint = form.querySelector<HTMLElement>('.numbers-choose');
  const towns = document.querySelector<HTMLDataListElement>('#towns');
  if (!chosen || !all || !hint || !towns) return;
  all.open = false;
  const officeOf = (town: string): string | undefined => {
    const written = town.trim().toLowerCase().replaceAll('-', ' ');
    return [...towns.options].find(({ value }) => value.toLowerCase() === written)?.dataset.office;
  };
  const show = () => {
    const dangers = [
      ...form.querySelectorAll<HTMLInputElement>('[name$=".danger"]:is([value=yes], [value=unknown]):checked'),
    ];
    const offices = dangers.flatMap(({ name }) => {
      const child = name.replace(/danger$/, '');
      const written = places.map((place) => form.querySelector<Control>(`[name="${child}${place}"]`)?.value);
      return written.map((town) => officeOf(town ?? '')).find((office) => office !== undefined) ?? [];
    });
    // Until a town is known, the Careline supervisor decides which office to call. The same where an office has no number.
    const isMute = (office: string) => !all.querySelector(`[data-office="${office}"] a[href^="tel:"]`);
    const wanted = [...new Set([...offices, ...(offices.every(isMute) ? ['careline-supervisor'] : [])])];
    hint.hidden = offices.length > 0;
    if (dangers.length === 0 || chosen.dataset.shown === wanted.join(' ')) return;
    chosen.dataset.shown = wanted.join(' ');
    chosen.replaceChildren(
      ...wanted.flatMap((office) => all.querySelector(`[data-office="${office}"]`)?.cloneNode(true) ?? []),
    );
  };
  form.addEventListener('input', show);
  form.addEventListener('change', show);
  // The browser may fill the form in again after this script ran.
  addEventListener('pageshow', show);
  show();
}

/** The length of the call, and how long is left for each duty that began with it. */
function runClocks(form: HTMLFormElement): void {
  const clocks = form.querySelector<HTMLElement>('.call-clocks');
  const length = form.querySelector('[data-call-clock]');
  if (!clocks || !length) return;
  // The page says what time it is for the Careline, because the computer's own clock may be wrong.
  const told = Date.parse(clocks.dataset.clocks ?? '');
  const loaded = performance.now();
  // A form that came back with an error belongs to the same call.
  const before = Math.max(0, told - Date.parse(clocks.dataset.begun ?? '')) / 1000 || 0;
  const duties = [...clocks.querySelectorAll<HTMLElement>('[data-due]')].map((clock) => ({
    clock,
    due: Date.parse(clock.dataset.due ?? ''),
    words: clock.textContent ?? '',
  }));
  const count = () => {
    const passed = Math.floor((performance.now() - loaded) / 1000);
    const called = Math.floor(before + passed);
    length.textContent = `${Math.floor(called / 60)}:${String(called % 60).padStart(2, '0')}`;
    for (const { clock, due, words } of duties) {
      const left = Math.floor((due - told) / 60_000 - passed / 60);
      const span = left >= 60 ? `${Math.floor(left / 60)} h ${left % 60} min` : `${left} min`;
      clock.textContent = `${words} (${left > 0 ? `in ${span}` : 'overdue'})`;
    }
  };
  count();
  setInterval(count, 1000);
}

/**
 * Shows one child at a time. The danger of each other child stands on the button that turns to it, as it is answered. A child with
 * something to correct stays shown until a person turns. Returns what turns to a child, counted from 0.
 */
function turnChildren(form: HTMLFormElement): (index: number) => void {
  const row = form.querySelector<HTMLElement>('#children-turned');
  const [counter, shown] = ['children', 'child'].map((name) => form.elements.namedItem(name));
  if (!row || !(counter instanceof HTMLInputElement) || !(shown instanceof HTMLInputElement)) return () => {};
  const dangerOf = (index: number): string => {
    const said = form.querySelector<HTMLInputElement>(`[name="children[${index}].danger"]:checked`);
    return said?.labels?.[0]?.textContent?.trim().toLowerCase() ?? 'not asked';
  };
  const say = () => {
    const children = Number(counter.value);
    row.hidden = children === 1;
    const leaveOut = row.querySelector<HTMLButtonElement>('[data-leave-out]');
    if (leaveOut) {
      leaveOut.hidden = shown.value === '0';
      leaveOut.value = `remove-${shown.value}`;
      leaveOut.textContent = `Leave out child ${Number(shown.value) + 1}`;
    }
    row.replaceChildren(
      ...Array.from({ length: children }, (_, index) => {
        if (index === Number(shown.value)) {
          const here = document.createElement('strong');
          here.setAttribute('aria-current', 'step');
          here.textContent = `Child ${index + 1}`;
          return here;
        }
        const button = document.createElement('button');
        Object.assign(button, { type: 'submit', name: 'action', value: `child-${index}` });
        button.className = 'usa-button usa-button--outline';
        button.textContent = `Child ${index + 1}, danger: ${dangerOf(index)}`;
        return button;
      }),
      ...(leaveOut ? [leaveOut] : []),
    );
  };
  const turnTo = (index: number) => {
    shown.value = String(index);
    for (const part of form.querySelectorAll<HTMLElement>('[data-child]'))
      part.hidden = part.dataset.child !== String(index);
    for (const link of form.querySelectorAll<HTMLAnchorElement>('[data-of-child]'))
      link.hash = index === 0 ? (link.dataset.ofChild ?? '') : `${link.dataset.ofChild}-${index + 1}`;
    say();
  };
  row.addEventListener('click', (event) => {
    const button = event.target instanceof HTMLButtonElement ? event.target : undefined;
    const index = Number(/^child-(\d+)$/.exec(button?.value ?? '')?.[1] ?? Number.NaN);
    if (Number.isNaN(index)) return;
    event.preventDefault();
    turnTo(index);
    form.querySelector<HTMLElement>(`[name="children[${index}].danger"]`)?.focus();
  });
  form.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement && target.name.endsWith('.danger')) say();
  });
  addEventListener('pageshow', say);
  return turnTo;
}

/** Adds another child in place, of the fields that the server made for it. What the children share is copied. */
function addChildrenTo(form: HTMLFormElement, turnTo: (index: number) => void): void {
  const add = form.querySelector<HTMLButtonElement>('#add-child');
  const counter = form.elements.namedItem('children');
  if (!add || !(counter instanceof HTMLInputElement)) return;
  const made = Number(add.dataset.next);
  const shared = (add.dataset.shared ?? '').split(' ');

  /** The fields of the server's extra child, under the number of this one. */
  const fieldsOf = (template: string, index: number): DocumentFragment => {
    const { content } = document.getElementById(template) as HTMLTemplateElement;
    const copy = document.importNode(content, true);
    const renumbered = (value: string) =>
      value
        .replaceAll(`children[${made}]`, `children[${index}]`)
        .replaceAll(`children-${made}-`, `children-${index}-`)
        .replace(new RegExp(`^((?:[a-z]+-)+)${made + 1}(-title)?$`), `$1${index + 1}$2`)
        .replace(new RegExp(`^Child ${made + 1}$`), `Child ${index + 1}`);
    for (const element of copy.querySelectorAll('*')) {
      for (const { name, value } of [...element.attributes])
        element.setAttribute(name, name === 'data-child' ? String(index) : renumbered(value));
    }
    const words = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
    for (let text = words.nextNode(); text; text = words.nextNode()) {
      text.nodeValue = (text.nodeValue ?? '').replace(new RegExp(`\\b${made + 1}\\b`), String(index + 1));
    }
    return copy;
  };
  const controls = (path: string) => [...form.querySelectorAll<Control>(`[name="${path}"]`)];
  const isTick = (control: Element): control is HTMLInputElement =>
    control instanceof HTMLInputElement && ['radio', 'checkbox'].includes(control.type);
  const copyShared = (index: number) => {
    for (const field of shared) {
      const others = controls(`children[${index}].${field}`);
      for (const from of controls(`children[0].${field}`)) {
        const to = others.find((each) => !isTick(each) || each.value === from.value);
        if (to && isTick(to) && isTick(from)) to.checked = from.checked;
        else if (to) to.value = from.value;
        // An answer of another part of the report goes along with the form.
        else if (from.type === 'hidden') {
          const carried = from.cloneNode() as HTMLInputElement;
          carried.name = `children[${index}].${field}`;
          form.append(carried);
        }
      }
    }
  };

  add.addEventListener('click', (event) => {
    const index = Number(counter.value);
    if (index >= made) return;
    event.preventDefault();
    [...form.querySelectorAll('.danger-row')].at(-1)?.after(fieldsOf('next-child-danger', index));
    add.closest('.add-child')?.before(fieldsOf('next-child', index));
    counter.value = String(index + 1);
    copyShared(index);
    enhancePickers(form);
    turnTo(index);
    controls(`children[${index}].danger`)[0]?.focus();
    form.dispatchEvent(new Event('input', { bubbles: true }));
  });
}
