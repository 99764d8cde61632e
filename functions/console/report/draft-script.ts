/**
 * The script of a new report. It saves what is typed, from the first keystroke on. The form also works without it. The
 * script reads only the form, and only that page may run it (`headersOf` of `site.ts`).
 */
export const draftScript = `(() => {
  const form = document.querySelector('form[data-draft]');
  const said = document.getElementById('draft-state');
  if (!form || !said) return;
  const number = form.elements.namedItem('revision');
  const both = document.getElementById('draft-both');
  let after = number.value;
  let begun = false;
  let waiting = false, sending = false, ended = false;
  const send = async () => {
    if (ended) return;
    if (sending) { waiting = true; return; }
    sending = true; waiting = false; begun = true;
    number.value = String(Number(number.value) + 1);
    const sent = number.value;
    const body = new URLSearchParams(new FormData(form));
    body.set('after', after);
    try {
      const answer = await fetch(form.dataset.draft, { method: 'POST', body, credentials: 'same-origin' });
      said.textContent = answer.status === 503
        ? 'Not kept yet: the service is busy. It is tried again by itself.'
        : answer.ok || answer.status === 409 || answer.status === 410
          ? await answer.text()
          : 'Not kept: send the report, or sign in again in another tab.';
      if (answer.status === 503) setTimeout(send, 1000 * (Number(answer.headers.get('retry-after')) || 5));
      if (answer.ok) after = sent;
      if (answer.status === 409) { ended = true; both.hidden = false; }
    } catch {
      said.textContent = 'Not kept: there is no connection. What you write is on this page alone.';
      setTimeout(send, 5000);
    }
    sending = false;
    if (waiting) setTimeout(send, 1000);
  };
  let timer;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    if (!begun) send();
    else timer = setTimeout(send, 1000);
  });
  form.addEventListener('submit', () => { ended = true; });
})();
`;
