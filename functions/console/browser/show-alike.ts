/**
 * Says beside a name, once it is written, that a child of this name was reported before. The name goes to the server in a POST,
 * which records the search. Without a connection nothing is said, and the report is compared when it is sent.
 */
export function showAlike(): void {
  const form = document.querySelector<HTMLFormElement>('#call-screen');
  const address = form?.dataset.alike;
  if (!form || address === undefined) return;
  /** The last question about each child. An answer to an earlier one comes too late. */
  const asked = new Map<string, string>();
  form.addEventListener('change', async ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    const [, child] = /^(children\[\d+\]\.)(?:name|birthDate)$/.exec(target.name) ?? [];
    const place = child && form.querySelector(`[data-alike-of="${CSS.escape(child)}"]`);
    if (child === undefined || !place) return;
    const [name = '', birthDate = ''] = ['name', 'birthDate'].map(
      (field) => form.querySelector<HTMLInputElement>(`[name="${CSS.escape(child + field)}"]`)?.value.trim() ?? '',
    );
    const question = JSON.stringify([name, birthDate]);
    if (asked.get(child) === question) return;
    asked.set(child, question);
    const token = form.querySelector<HTMLInputElement>('[name=token]')?.value ?? '';
    const words = new URLSearchParams({ token, name, ...(birthDate && { birthDate }) });
    const answer = name === '' ? '' : await ask(address, words).catch(() => '');
    if (asked.get(child) === question) place.innerHTML = answer;
  });
}

async function ask(address: string, body: URLSearchParams): Promise<string> {
  const answer = await fetch(address, {
    method: 'POST',
    body,
    credentials: 'same-origin',
    redirect: 'error',
    cache: 'no-store',
  });
  return answer.ok ? answer.text() : '';
}
