/**
 * The queue keeps itself fresh. Every fifteen seconds it asks for its rows by their tag, and not while the tab is hidden. Only times
 * change by themselves. Rows that are new or changed are offered, so that nothing moves under the pointer. Keys move from row to row.
 */
import { markTitle } from './title.ts';

const everySeconds = 15;
const keysOff = 'careline-keys-off';

const rowsOf = (body: ParentNode): readonly HTMLElement[] => [...body.querySelectorAll<HTMLElement>('tr[data-row]')];

export function keepQueueFresh(): void {
  const body = document.querySelector<HTMLElement>('tbody[data-live]');
  if (!body) return;
  const [words, news, show] = ['words', 'news', 'show'].map((name) =>
    document.querySelector<HTMLElement>(`[data-live-${name}]`),
  );
  let etag = body.dataset.etag ?? '';
  /** Rows that the page does not show yet. */
  let waiting: HTMLTemplateElement | undefined;
  const say = (text: string) => {
    if (words && words.textContent !== text) words.textContent = text;
  };

  const versionsOf = (place: ParentNode) =>
    new Map(rowsOf(place).map(({ dataset: { row, version } }) => [row, version]));
  /** The rows of `next` that are not shown as they are now, and how many left the list. */
  const changesIn = (next: DocumentFragment) => {
    const shown = versionsOf(body);
    const coming = versionsOf(next);
    const changed = rowsOf(next).filter(({ dataset: { row, version } }) => shown.get(row) !== version);
    // A new row of a full list pushes the last one out. That is one change.
    const fresh = changed.filter(({ dataset: { row } }) => !shown.has(row)).length;
    const gone = Math.max(0, [...shown.keys()].filter((row) => !coming.has(row)).length - fresh);
    return { changed, gone, shown };
  };
  const putTimes = (next: DocumentFragment) => {
    for (const row of rowsOf(next)) {
      const here = body.querySelector(`tr[data-row="${CSS.escape(row.dataset.row ?? '')}"]`);
      const times = [...row.querySelectorAll('[data-left]')];
      for (const [index, place] of [...(here?.querySelectorAll('[data-left]') ?? [])].entries()) {
        const time = times[index];
        if (time && time.innerHTML !== place.innerHTML) place.innerHTML = time.innerHTML;
      }
    }
  };
  const offer = (count: number) => {
    const text = count === 0 ? '' : `${count} changed: show`;
    if (news && news.textContent !== text) news.textContent = text;
    if (show) {
      show.hidden = count === 0;
      show.textContent = text;
    }
    markTitle('queue', count === 0 ? '' : `(${count}) `);
  };
  show?.addEventListener('click', () => {
    if (!waiting) return;
    const { changed, shown } = changesIn(waiting.content);
    for (const row of changed) {
      row.classList.add('is-changed');
      const mark = document.createElement('span');
      mark.className = 'tag tag--plain';
      mark.textContent = shown.has(row.dataset.row) ? 'Changed' : 'New';
      row.querySelector('th')?.append(mark);
    }
    body.replaceChildren(waiting.content);
    waiting = undefined;
    offer(0);
    document.getElementById('open')?.focus();
  });

  const refresh = async () => {
    if (document.hidden || !body.isConnected) return;
    try {
      const answer = await fetch(body.dataset.live ?? '', {
        credentials: 'same-origin',
        redirect: 'error',
        cache: 'no-store',
        headers: { 'if-none-match': etag },
      });
      if (answer.status === 200) {
        const next = document.createElement('template');
        next.innerHTML = await answer.text();
        etag = answer.headers.get('etag') ?? '';
        const { changed, gone } = changesIn(next.content);
        putTimes(next.content);
        waiting = changed.length + gone > 0 ? next : undefined;
        offer(changed.length + gone);
      } else if (answer.status !== 304) throw new Error();
      say('This list updates by itself.');
    } catch {
      say('This list is not live now. Load the page again.');
    }
  };
  say('This list updates by itself.');
  setInterval(refresh, everySeconds * 1000);
  document.addEventListener('visibilitychange', refresh);
  keepKeys(body);
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('input, select, textarea, dialog, [contenteditable]') !== null;

function keepKeys(body: HTMLElement): void {
  const list = document.querySelector<HTMLDialogElement>('dialog[data-keys]');
  const open = document.querySelector<HTMLElement>('[data-keys-open]');
  const change = document.querySelector<HTMLElement>('[data-keys-switch]');
  const areOff = () => localStorage.getItem(keysOff) === 'yes';
  const openList = () => {
    if (change) change.textContent = areOff() ? 'Turn these keys on' : 'Turn these keys off';
    list?.showModal();
  };
  if (open) open.hidden = false;
  open?.addEventListener('click', openList);
  change?.addEventListener('click', () => localStorage.setItem(keysOff, areOff() ? 'no' : 'yes'));

  const move = (step: 1 | -1) => {
    const links = rowsOf(body).flatMap((row) => row.querySelector('a') ?? []);
    const here = links.indexOf(document.activeElement as HTMLAnchorElement);
    links.at(here === -1 ? (step === 1 ? 0 : -1) : Math.min(Math.max(here + step, 0), links.length - 1))?.focus();
  };
  const acts: Readonly<Record<string, () => void>> = {
    '/': () => {
      const field = document.getElementById('find');
      field?.closest('details')?.setAttribute('open', '');
      field?.focus();
    },
    j: () => move(1),
    k: () => move(-1),
    '?': openList,
  };
  document.addEventListener('keydown', (event) => {
    const act = acts[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || areOff()) return;
    event.preventDefault();
    act();
  });
}
