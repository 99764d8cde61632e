/**
 * The call task. Every ten seconds it fetches the list again, so that two callers see each other. It counts the clocks down. A
 * press on a number tells the others who is calling. Without it, people load the page again.
 */
import { markTitle } from './title.ts';

export function keepCallsFresh(): void {
  const panel = document.querySelector<HTMLElement>('[data-calls]');
  if (!panel) return;
  const said = document.getElementById('calls-news');
  const isCalled = document.title.startsWith('Call now');
  const isInUse = () => {
    const { activeElement: focused } = document;
    return [...panel.querySelectorAll('textarea')].some((each) => each.value !== '' || each === focused);
  };
  // The page says what time it is for the Careline: the computer's own clock may be wrong.
  let told = 0;
  let since = 0;
  const keepTime = () => {
    const at = panel.querySelector<HTMLElement>('[data-now]')?.dataset.now;
    if (at !== undefined) {
      told = Date.parse(at);
      since = performance.now();
    }
  };
  const count = () => {
    for (const clock of panel.querySelectorAll<HTMLTimeElement>('time[data-countdown]')) {
      const left = Math.floor((Date.parse(clock.dateTime) - told - (performance.now() - since)) / 1000);
      const out = clock.nextElementSibling;
      if (!out) continue;
      const minutes = Math.floor(left / 60);
      const [larger, smaller] =
        minutes < 60
          ? [`${minutes} min`, `${String(left % 60).padStart(2, '0')} s`]
          : [`${Math.floor(minutes / 60)} h`, `${minutes % 60} min`];
      out.textContent = left > 0 ? `(${larger} ${smaller} left)` : '(now)';
    }
  };
  const tell = () => {
    const top = panel.querySelector<HTMLElement>('[data-news]');
    const { open = '0', news = '' } = top?.dataset ?? {};
    markTitle('calls', Number(open) > 0 && !isCalled ? 'Call now: ' : '');
    if (said && top && said.textContent !== news) said.textContent = news;
  };
  const sayPlace = () => {
    const sentences = [...document.querySelectorAll<HTMLElement>('#place-said [data-field]')];
    for (const slot of panel.querySelectorAll<HTMLElement>('[data-may-hear]')) {
      const fields = slot.dataset.mayHear?.split(' ') ?? [];
      const heard = sentences.filter(({ dataset }) => fields.includes(dataset.field ?? ''));
      if (heard.length > 0) slot.textContent = `“${heard.map(({ textContent }) => textContent).join(' ')}”`;
    }
  };
  const refresh = async () => {
    if (document.hidden || !panel.isConnected || isInUse()) return;
    const focused = document.activeElement?.id;
    const opened = [...panel.querySelectorAll('details[open][id]')].map(({ id }) => id);
    try {
      const answer = await fetch(panel.dataset.calls ?? '', { credentials: 'same-origin', redirect: 'error' });
      if (!answer.ok) throw new Error();
      const next = await answer.text();
      if (!panel.isConnected || isInUse()) return;
      panel.innerHTML = next;
      sayPlace();
      for (const id of opened) document.getElementById(id)?.setAttribute('open', '');
      if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
      keepTime();
      count();
      tell();
    } catch {
      if (said) said.textContent = 'This list is not live now. Load the page again.';
    }
  };
  panel.addEventListener('click', async ({ target }) => {
    const link = (target as Element).closest<HTMLElement>('a[data-claim]');
    const form = link && (document.getElementById(link.dataset.claim ?? '') as HTMLFormElement | null);
    if (!form) return;
    const body = new URLSearchParams([...new FormData(form)] as [string, string][]);
    body.set('result', 'calling');
    body.delete('notes');
    await fetch(form.action, { method: 'POST', body, credentials: 'same-origin', redirect: 'manual' }).catch(
      () => undefined,
    );
    refresh();
  });
  keepTime();
  count();
  tell();
  setInterval(count, 1000);
  setInterval(refresh, 10_000);
  document.addEventListener('visibilitychange', refresh);
}
