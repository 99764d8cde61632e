/**
 * When the session ends, the script takes the page away and says so. It does so at the time that the server gave, and at once when
 * another tab signs out. It asks the server once a minute. Words that were typed and not sent are kept out of the page, until the
 * same person is back. A page that the browser keeps for its back button is emptied first. It is loaded again there, or refilled
 * where words were typed.
 */
export function endSession(): void {
  const { body, title } = document;
  const { session, person, left } = body.dataset;
  // What a sent report became has an address of its own. So the way back and a reload lead to it, and send nothing again.
  const { address } = document.querySelector<HTMLElement>('main section[data-address]')?.dataset ?? {};
  if (address !== undefined) history.replaceState(null, '', address);
  const reopens = address === undefined ? body.dataset.reopens : 'yes';
  const others = new BroadcastChannel('careline-session');
  if (session === undefined) {
    others.postMessage('look');
    return;
  }
  const notice = (document.getElementById('session-ended') as HTMLTemplateElement).content;
  const soon = document.getElementById('session-soon');
  const minute = 60_000;
  let until = Date.now() + Number(left) * 1000;
  let askedAt = Date.now();
  /** What was taken out of the page, and whether its words were typed. */
  let taken: { hasWords: boolean; nodes: ChildNode[] } | undefined;
  /** Nothing brings the page back. */
  let isOver = false;

  const take = (keepsAll: boolean) => {
    if (taken) return taken;
    const controls = document.querySelectorAll<Control>('main :is(textarea, input, select)');
    const hasWords = [...controls].some(isTyped);
    taken = { hasWords, nodes: keepsAll || hasWords ? [...body.childNodes] : [] };
    body.replaceChildren();
    return taken;
  };
  const end = () => {
    if (isOver || document.getElementById('session-over')) return;
    const was = take(false);
    if (!was.hasWords) {
      was.nodes = [];
      isOver = true;
    }
    document.title = `${notice.getElementById('session-over')?.textContent?.trim()} – Careline`;
    body.replaceChildren(notice.cloneNode(true));
    for (const each of body.querySelectorAll<HTMLElement>('[data-typed]')) {
      each.hidden = (each.dataset.typed === 'yes') !== was.hasWords;
    }
    const link = body.querySelector<HTMLAnchorElement>('[data-typed=no] a');
    if (reopens === 'yes' && link) link.href = location.href;
    document.getElementById('session-over')?.focus();
  };
  const giveBack = (token: string) => {
    if (!taken) return;
    if (taken.nodes.length === 0) {
      location.reload();
      return;
    }
    body.replaceChildren(...taken.nodes);
    document.title = title;
    taken = undefined;
    for (const each of document.querySelectorAll<HTMLInputElement>('input[name=token]')) each.value = token;
  };
  /** Tells the person two minutes ahead. It does not move the focus, and says the time once. */
  const warn = () => {
    if (!soon || taken) return;
    const isSoon = until - Date.now() <= 2 * minute;
    if (soon.hidden !== isSoon) return;
    const { lang } = document.documentElement;
    const time = new Date(until).toLocaleTimeString(lang === 'es' ? 'es-US' : 'en-US', {
      timeStyle: 'short',
      timeZone: 'America/New_York',
    });
    const words = soon.querySelector('p');
    if (words) words.textContent = isSoon ? (soon.dataset.words ?? '').replace('{time}', time) : '';
    soon.hidden = !isSoon;
  };
  /** `stays`: the person asks for more time. Only then does the session become longer. */
  const ask = async (stays?: 'stays') => {
    askedAt = Date.now();
    try {
      const asked = { credentials: 'same-origin', redirect: 'error', cache: 'no-store' } as const;
      const token = document.querySelector<HTMLInputElement>('input[name=token]')?.value ?? '';
      const answer = stays
        ? await fetch(`${session}/longer`, { ...asked, method: 'POST', body: new URLSearchParams({ token }) })
        : await fetch(session, asked);
      if (!answer.ok) throw new Error();
      const told = (await answer.json()) as { left: number; person?: string; token: string };
      if (isOver) return;
      if (told.left > 0 && told.person === person) {
        until = Date.now() + told.left * 1000;
        giveBack(told.token);
        warn();
      } else end();
    } catch {
      if (Date.now() >= until) end();
    }
  };
  const look = (isDue: boolean) => {
    if (isOver) return;
    if (!taken && Date.now() >= until) end();
    warn();
    if (isDue && !document.hidden && !isOver) ask();
  };
  soon?.querySelector('button')?.addEventListener('click', () => ask('stays'));
  setInterval(() => look(Date.now() - askedAt >= minute), 1000);
  document.addEventListener('visibilitychange', () => look(true));
  addEventListener('focus', () => look(true));
  others.addEventListener('message', () => look(true));
  // The way back to what a form answered leads to an error of the browser, or sends the form again.
  // So the page leaves the address of the form's own page behind.
  if (reopens === 'no' && document.referrer.startsWith(`${location.origin}/`)) {
    const leave = () => {
      // A report that is being written keeps the address of its own draft.
      if ((history.state as { readonly draft?: string } | null)?.draft === undefined)
        history.replaceState(null, '', document.referrer);
    };
    document.addEventListener('click', ({ target }) => {
      if ((target as Element).closest('a[href]')) leave();
    });
    addEventListener('submit', ({ defaultPrevented }) => {
      if (!defaultPrevented) leave();
    });
  }
  addEventListener('pagehide', ({ persisted }) => {
    if (persisted) take(reopens !== 'yes');
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) look(true);
  });
}

type Control = HTMLTextAreaElement | HTMLInputElement | HTMLSelectElement;

/** Whether the person changed it. A select's first option counts as untouched. */
const isTyped = (control: Control): boolean => {
  // What is typed to search a list is in the list too, once it is chosen.
  if (control.type === 'hidden' || control.getAttribute('role') === 'combobox') return false;
  if (control instanceof HTMLSelectElement) {
    return [...control.options].some((each) => each.selected !== each.defaultSelected && control.options[0] !== each);
  }
  const isTicked = control instanceof HTMLInputElement && control.checked !== control.defaultChecked;
  return control.value !== control.defaultValue || isTicked;
};
