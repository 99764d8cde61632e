/**
 * Saves a new report while a person types, from the first keystroke on. The form also works without it. It reads only the form,
 * and only the console's own script may run (`headersOf` of `site.ts`).
 */
export function keepDraft(): void {
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
    const body = new URLSearchParams([...new FormData(form)] as [string, string][]);
    body.set('after', after);
    try {
      const answer = await fetch(form.dataset.draft ?? '', { method: 'POST', body, credentials: 'same-origin' });
      said.textContent =
        answer.status === 503
          ? 'Not kept yet: the service is busy. It is tried again by itself.'
          : answer.ok || answer.status === 409 || answer.status === 410
            ? await answer.text()
            : 'Not kept: send the report, or sign in again in another tab.';
      if (answer.status === 503) setTimeout(send, 1000 * (Number(answer.headers.get('retry-after')) || 5));
      if (answer.ok) after = sent;
      if (answer.status === 409) {
        ended = true;
        if (both) both.hidden = false;
      }
    } catch {
      said.textContent = 'Not kept: there is no connection. What you write is on this page alone.';
      setTimeout(send, 5000);
    }
    sending = false;
    if (waiting) setTimeout(send, 1000);
  };

  let timer: ReturnType<typeof setTimeout> | undefined;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    if (!begun) send();
    else timer = setTimeout(send, 1000);
  });
  form.addEventListener('submit', () => {
    ended = true;
  });
}
