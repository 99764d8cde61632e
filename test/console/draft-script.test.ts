/** The script that saves a report while a person types, with a server and a clock of this test. */
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { scriptOf } from './built-assets.ts';

const draftScript = scriptOf('draft.ts', 'keepDraft');

interface Answer {
  /** 0: the answer does not come. */
  readonly status: number;
  readonly words?: string;
  readonly retryAfter?: string | undefined;
}

/** Runs the script on a form with one field. `answers`: what the server says to each save, in turn. */
function openForm(answers: readonly Answer[]) {
  const said = { textContent: '' };
  const both = { hidden: true };
  const revision = { value: '0' };
  const sent: Readonly<Record<string, string>>[] = [];
  const aborted: number[] = [];
  const timers: { readonly act: () => void; readonly wait: number }[] = [];
  const listeners = new Map<string, (event?: { readonly defaultPrevented: boolean }) => void>();
  let narrative = '';
  const form = {
    dataset: { draft: '/drafts/save' },
    elements: { namedItem: () => revision },
    addEventListener: (name: string, listener: () => void) => listeners.set(name, listener),
  };
  runInNewContext(draftScript, {
    document: {
      querySelector: () => form,
      getElementById: (id: string) => (id === 'draft-state' ? said : both),
    },
    URLSearchParams,
    FormData: function fieldsNow() {
      return Object.entries({ narrative, revision: revision.value });
    },
    setTimeout: (act: () => void, wait: number) => timers.push({ act, wait }),
    clearTimeout() {},
    AbortController,
    async fetch(_: string, { body, signal }: { readonly body: URLSearchParams; readonly signal?: AbortSignal }) {
      const answer = answers[sent.length];
      sent.push(Object.fromEntries(body));
      signal?.addEventListener('abort', () => aborted.push(sent.length));
      if (answer?.status === 0) await new Promise((_, reject) => signal?.addEventListener('abort', reject));
      if (!answer) throw new TypeError('Failed to fetch');
      const { status, words = '', retryAfter } = answer;
      return {
        status,
        ok: status === 200,
        text: async () => words,
        headers: new Headers(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
      };
    },
  });
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    said,
    sent,
    aborted,
    timers,
    async types(words: string) {
      narrative = words;
      listeners.get('input')?.();
      await settled();
    },
    async waits() {
      timers.shift()?.act();
      await settled();
    },
    sends: () => listeners.get('submit')?.({ defaultPrevented: false }),
    /** The script of unsent reports holds the submit back, and sends the words itself. */
    sendsByScript() {
      listeners.get('submit')?.({ defaultPrevented: true });
      listeners.get('sent')?.();
    },
  };
}

test.each([
  ['7', 7000],
  [undefined, 5000],
])('a busy server gets the words again after the seconds that it names: %s', async (retryAfter, wait) => {
  const form = openForm([
    { status: 503, words: 'a page', retryAfter },
    { status: 200, words: 'Kept.' },
  ]);
  await form.types('A girl');
  expect(form.said.textContent).toBe('Not kept yet: the service is busy. It is tried again by itself.');
  expect(form.timers.map((each) => each.wait)).toEqual([wait]);
  await form.waits();
  expect(form.sent.map(({ narrative, revision, after }) => [narrative, revision, after])).toEqual([
    ['A girl', '1', '0'],
    ['A girl', '2', '0'],
  ]);
  expect(form.said.textContent).toBe('Kept.');
});

test('a lost connection is tried again as well', async () => {
  const form = openForm([]);
  await form.types('A girl');
  expect(form.said.textContent).toContain('there is no connection');
  expect(form.timers.map((each) => each.wait)).toEqual([5000]);
});

test('a refusal is not tried again', async () => {
  const form = openForm([{ status: 403 }]);
  await form.types('A girl');
  expect(form.said.textContent).toBe('Not kept: send the report, or sign in again in another tab.');
  expect(form.timers).toEqual([]);
});

test.each(['sends', 'sendsByScript'] as const)('nothing is saved after the report was sent: %s', async (sends) => {
  const form = openForm([{ status: 503 }]);
  await form.types('A girl');
  form[sends]();
  await form.waits();
  expect(form.sent.length).toBe(1);
});

test.each(['sends', 'sendsByScript'] as const)(
  'a save that is on its way when the report is sent is ended, and is not tried again: %s',
  async (sends) => {
    const form = openForm([{ status: 0 }]);
    await form.types('A girl');
    form.said.textContent = 'Kept before.';
    form[sends]();
    await form.waits();
    expect(form.aborted).toEqual([1]);
    expect(form.sent.length).toBe(1);
    expect(form.timers).toEqual([]);
    expect(form.said.textContent).toBe('Kept before.');
  },
);
