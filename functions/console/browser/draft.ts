/**
 * Saves a new report while a person types, from the first keystroke on. The form also works without it. It reads only the form,
 * and only the console's own script may run (`headersOf` of `site.ts`). `onKept` is told when the server has every word.
 */
export function keepDraft(onKept: () => void = () => {}): void {
  const form = document.querySelector<HTMLFormElement>('form[data-draft]');
  const said = document.getElementById('draft-state');
  const number = form?.elements.namedItem('revision') as HTMLInputElement | null | undefined;
  if (!form || !said || !number) return;
  const both = document.getElementById('draft-both');
  let after = number.value;
  let begun = false;
  let waiting = false;
  let sending = false;
  let ended = false;
  /** Ends a save that is on its way. */
  const ending = new AbortController();
  /** How often something was typed. */
  let typed = 0;

  const send = async () => {
    if (ended) return;
    if (sending) {
      waiting = true;
      return;
    }
    sending = true;
    waiting = false;
    begun = true;
    number.value = String(Number(number.value) + 1);
    const sent = number.value;
    const typedThen = typed;
    const { signal } = ending;
    const body = new URLSearchParams([...new FormData(form)] as [string, string][]);
    body.set('after', after);
    try {
      const answer = await fetch(form.dataset.draft ?? '', {
        method: 'POST',
        body,
        credentials: 'same-origin',
        signal,
      });
      said.textContent =
        answer.status === 503
          ? 'Not kept yet: the service is busy. It is tried again by itself.'
          : answer.ok || answer.status === 409 || answer.status === 410
            ? await answer.text()
            : 'Not kept: send the report, or sign in again in another tab.';
      if (answer.status === 503) setTimeout(send, 1000 * (Number(answer.headers.get('retry-after')) || 5));
      if (answer.ok) after = sent;
      if (answer.ok && typed === typedThen) onKept();
      if (answer.status === 409) {
        ended = true;
        if (both) both.hidden = false;
      }
    } catch {
      if (signal.aborted) return;
      said.textContent = 'Not kept by the server: there is no connection. What you write is sealed in this browser.';
      setTimeout(send, 5000);
    }
    sending = false;
    if (waiting) setTimeout(send, 1000);
  };

  let timer: ReturnType<typeof setTimeout> | undefined;
  form.addEventListener('input', () => {
    typed += 1;
    clearTimeout(timer);
    if (!begun) send();
    else timer = setTimeout(send, 1000);
  });
  const end = () => {
    ended = true;
    ending.abort();
  };
  // A submit that is held back ends nothing: its script says `sent` once the words go. They go with all that was typed, and the
  // server refuses a save that reaches it after the report.
  form.addEventListener('submit', (event) => {
    if (!event.defaultPrevented) end();
  });
  form.addEventListener('sent', end);
}
