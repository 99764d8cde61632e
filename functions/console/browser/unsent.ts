/**
 * Keeps a new report where the connection drops. Until the server has the words, they are sealed in this browser. A report
 * that could not be sent is sent again as it was, under the same key. Nothing is removed before the server has it.
 */
import { keyOf, openWords, type SealedWords, sealWords } from './sealed-words.ts';

const prefix = 'careline-unsent ';
/** How long until the next try without a connection, in milliseconds. */
const tryAgainAfter = 5000;

/** `Fri, Nov 27, 4:18 PM`, of New York. */
const written = {
  timeZone: 'America/New_York',
  weekday: 'short',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
} as const;

type Pairs = readonly (readonly [string, string])[];

/** What is sealed: the words as they are now, and as they were when "Send" was pressed. */
interface Unsent {
  readonly now: Pairs;
  readonly first?: Pairs;
}

const places = (): readonly string[] => Object.keys(localStorage).filter((place) => place.startsWith(prefix));
/** What another release left, or a browser damaged, is no words. It hides none of the others. */
const sealedAt = (place: string): SealedWords | undefined => {
  try {
    const sealed = JSON.parse(localStorage.getItem(place) ?? 'null') as SealedWords | null;
    return typeof sealed?.words === 'string' ? sealed : undefined;
  } catch {
    return undefined;
  }
};

/** Each window has a place of its own. So a draft opened again hides no words of its last window. */
const placeOf = (submission: string, writer: string): string => `${prefix}${submission} ${writer}`;
const submissionOf = (place: string): string => place.slice(prefix.length).split(' ')[0] ?? '';
const placeOfForm = (form: HTMLFormElement | null): string | undefined => {
  const [submission, writer] = ['key', 'writer'].map((name) => form?.elements.namedItem(name));
  return submission instanceof HTMLInputElement && writer instanceof HTMLInputElement
    ? placeOf(submission.value, writer.value)
    : undefined;
};

/** The session's secret of the page is sent anew each time, so it is never kept. */
const wordsOf = (form: HTMLFormElement): Pairs =>
  ([...new FormData(form)] as [string, string][]).filter(([name]) => name !== 'token');

/** The person's key. The server gives it only to a signed-in person, so it is asked for again to open words. */
async function askForKey(address: string): Promise<CryptoKey> {
  const answer = await fetch(address, { credentials: 'same-origin', redirect: 'error', cache: 'no-store' });
  if (!answer.ok) throw new Error('The key is only for a person who is signed in.');
  return keyOf(((await answer.json()) as { secret: string }).secret);
}

/** Whether the server answers, and this person is still signed in. No limit holds this address back, as no limit holds a report. */
async function isThere(address: string, person: string): Promise<boolean> {
  try {
    const answer = await fetch(address, { credentials: 'same-origin', redirect: 'error', cache: 'no-store' });
    return answer.ok && ((await answer.json()) as { person?: string }).person === person;
  } catch {
    return false;
  }
}

/** Sends a form with these words, as a press of its button would. */
function post(action: string, words: Pairs): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = action;
  form.hidden = true;
  const token = document.querySelector<HTMLInputElement>('main input[name=token]')?.value ?? '';
  for (const [name, value] of [...words, ['token', token] as const]) {
    // A text area keeps lines, which a hidden input would lose.
    const control = document.createElement('textarea');
    control.name = name;
    control.value = value;
    form.append(control);
  }
  document.body.append(form);
  form.submit();
}

/** What the draft script tells: the server has all words of this page. */
export interface KeptWords {
  keptByServer(): void;
}

export function keepUnsent(): KeptWords {
  const { person = '' } = document.body.dataset;
  const nothing = { keptByServer: () => {} };
  if (person === '') return nothing;
  printWords();
  settleSent(person);
  listUnsent(person);
  const form = document.querySelector<HTMLFormElement>('#call-screen');
  const said = document.getElementById('send-state');
  const place = placeOfForm(form);
  if (!form || !said || place === undefined) return nothing;

  // A button of the form is named "action", and hides the form's property of this name.
  const action = form.getAttribute('action') ?? '';
  const secret = form.dataset.secret ?? '';
  const asking = () => askForKey(secret);
  // A reload, or the way back, loads an empty form. The draft of this window has each field.
  const { draft } = (history.state ?? {}) as { readonly draft?: string };
  if (draft !== undefined && form.dataset.fresh === 'yes') {
    history.replaceState(null, '');
    post(form.dataset.open ?? '', [['id', draft]]);
    return nothing;
  }
  /** The address of a new report, with its draft. A form that was the answer to another cannot be loaded again. */
  const keepAddress = () => history.replaceState({ draft: submissionOf(place) }, '', form.dataset.new ?? '');
  if (Number(new FormData(form).get('revision')) > 0) keepAddress();
  let key = asking();
  key.catch(() => {});
  let first: Pairs | undefined;
  let isSafe = true;
  let turn = Promise.resolve();

  const seal = () => {
    const kept: Unsent = { now: wordsOf(form), ...(first && { first }) };
    isSafe = false;
    turn = turn.then(async () => {
      try {
        const own = await key.catch(() => {
          key = asking();
          return key;
        });
        const at = new Date().toISOString();
        localStorage.setItem(place, JSON.stringify(await sealWords(own, { place, person, at }, JSON.stringify(kept))));
        isSafe = true;
      } catch {
        said.textContent = 'This browser cannot keep your words. Do not close this page.';
      }
    });
  };
  form.addEventListener('input', seal);
  addEventListener('beforeunload', (event) => {
    if (!isSafe) event.preventDefault();
  });

  let wasSent = false;
  // The browser may keep this page for its back button. It then leads to the report that was made.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted && wasSent) location.reload();
  });
  const send = async () => {
    if (!first) return;
    if (form.isConnected && (await isThere(secret, person))) {
      await turn;
      isSafe = true;
      wasSent = true;
      history.replaceState(null, '', form.dataset.address ?? '');
      form.dispatchEvent(new Event('sent'));
      post(action, [...first, ['action', 'send']]);
      return;
    }
    said.textContent = 'Not sent: no connection. Call now. The report is sent as soon as the connection is back.';
    setTimeout(send, tryAgainAfter);
  };
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = event.submitter instanceof HTMLButtonElement ? event.submitter : undefined;
    if (button?.value === 'send') {
      // A second press sends the first words again: later ones are an addition.
      const isWaiting = first !== undefined;
      first ??= wordsOf(form);
      seal();
      said.textContent = 'Sending.';
      if (!isWaiting) await send();
      return;
    }
    if (await isThere(secret, person)) {
      isSafe = true;
      form.dispatchEvent(new Event('sent'));
      const act: Pairs = button?.name ? [[button.name, button.value]] : [];
      post(button?.getAttribute('formaction') ?? action, [...wordsOf(form), ...act]);
    } else said.textContent = 'There is no connection, so this button does nothing now. Your words are kept here.';
  });
  return {
    keptByServer() {
      if (first) return;
      // A reload, or the way back, opens the draft again.
      keepAddress();
      isSafe = true;
      turn = turn.then(() => localStorage.removeItem(place));
    },
  };
}

/** `children[0].withWhom` → `Child 1, who is with the child?`, by the labels that the receipt has. */
const wordsFor = (name: string, labels: Readonly<Record<string, string>>): string => {
  const [, index, field = name] = /^children\[(\d+)\]\.([^.]+)/.exec(name) ?? [];
  const label = labels[field.split('.').at(-1) ?? field] ?? field;
  const words =
    index === undefined ? label : `Child ${Number(index) + 1}, ${label.charAt(0).toLowerCase()}${label.slice(1)}`;
  return /[.?]$/.test(words) ? words : `${words}:`;
};

/** The report of this page is stored. What was changed after "Send" is offered as an addition, then nothing stays here. */
async function settleSent(person: string): Promise<void> {
  const sent = document.querySelector<HTMLElement>('[data-sent]');
  const place = placeOf(sent?.dataset.sent ?? '', sent?.dataset.writer ?? '');
  const sealed = sent && sealedAt(place);
  if (!sent || !sealed || sealed.person !== person) return;
  try {
    const opened = JSON.parse(await openWords(await askForKey(sent.dataset.secret ?? ''), place, sealed)) as Unsent;
    const before = new Set((opened.first ?? opened.now).map(([name, value]) => `${name}=${value}`));
    const changed = opened.now.filter(
      ([name, value]) => value !== '' && name !== 'revision' && !before.has(`${name}=${value}`),
    );
    const notes = sent.querySelector('textarea');
    const labels = JSON.parse(sent.dataset.labels ?? '{}') as Readonly<Record<string, string>>;
    if (changed.length === 0 || !notes) {
      localStorage.removeItem(place);
      return;
    }
    notes.value = changed.map(([name, value]) => `${wordsFor(name, labels)} ${value}`).join('\n');
    sent.hidden = false;
    notes.form?.addEventListener('submit', () => localStorage.removeItem(place));
  } catch {
    // The words stay sealed, and the next page of this person lists them.
  }
}

/** How the draft under this key ended meanwhile. Undefined where it goes on, was never begun, or no one can say now. */
async function fateOf(address: string, key: string): Promise<string | undefined> {
  try {
    const asked = `${address}?${new URLSearchParams({ key })}`;
    const answer = await fetch(asked, { credentials: 'same-origin', redirect: 'error', cache: 'no-store' });
    return answer.ok ? ((await answer.json()) as { ended?: string }).ended : undefined;
  } catch {
    return undefined;
  }
}

/** A page made for paper. The words of a report that could not be sent are printed at once. */
function printWords(): void {
  const button = document.querySelector<HTMLButtonElement>('button[data-print]');
  if (!button) return;
  button.hidden = false;
  button.addEventListener('click', () => print());
  // A browser offers the title as the name of a file. Paper for a child has a title of its own.
  const { title: own } = button.dataset;
  const { title } = document;
  if (own !== undefined) {
    addEventListener('beforeprint', () => {
      document.title = own;
    });
    addEventListener('afterprint', () => {
      document.title = title;
    });
  }
  if (button.dataset.print === 'now') print();
}

/** Lists the reports that the server lacks. Their writer sends them, goes on, prints them, or hands them to the supervisor on duty. */
async function listUnsent(person: string): Promise<void> {
  const panel = document.querySelector<HTMLElement>('#unsent');
  const row = document.querySelector<HTMLTemplateElement>('#unsent-row');
  const own = placeOfForm(document.querySelector('#call-screen'));
  if (!panel || !row) return;
  const there = places().flatMap((place) => {
    const sealed = sealedAt(place);
    return sealed && place !== own ? [{ place, sealed }] : [];
  });
  const ofOthers = there.filter(({ sealed }) => sealed.person !== person).length;
  const others = panel.querySelector<HTMLElement>('[data-others]');
  if (others) others.hidden = ofOthers === 0;
  panel.hidden = there.length === 0;
  for (const { place, sealed } of there.filter((each) => each.sealed.person === person)) {
    const copy = document.importNode(row.content, true);
    const entry = copy.querySelector('li');
    const when = copy.querySelector('time');
    if (when) when.textContent = new Date(sealed.at).toLocaleString('en-US', written);
    const said = copy.querySelector('p[role=status]');
    let isEnded = false;
    const open = async (): Promise<Unsent | undefined> => {
      try {
        return JSON.parse(await openWords(await askForKey(panel.dataset.secret ?? ''), place, sealed)) as Unsent;
      } catch {
        if (said) said.textContent = 'It cannot be opened now. It stays here. Try again with a connection.';
        return undefined;
      }
    };
    /** Gives the words to the server as a draft, and only then removes them here. An ended draft takes none, so they become another. */
    const give = async ({ now }: Unsent, sentence: string) => {
      const body = new URLSearchParams(now.map(([name, value]) => [name, value]));
      body.set('token', document.querySelector<HTMLInputElement>('main input[name=token]')?.value ?? '');
      body.set('revision', String(Date.now()));
      body.set('after', '0');
      if (isEnded) for (const name of ['key', 'writer']) body.set(name, crypto.randomUUID());
      const request = { method: 'POST', body, credentials: 'same-origin' } as const;
      let answer = await fetch(panel.dataset.draft ?? '', request);
      // The server has later words of this report from another window. It keeps both.
      if (answer.status === 409) answer = await fetch(panel.dataset.both ?? '', request);
      if (!answer.ok) {
        const isSentence = answer.headers.get('content-type')?.startsWith('text/plain');
        const ended = 'Not handed over: the report was sent or ended. Open it here, and send what it lacks.';
        if (said) said.textContent = isSentence ? await answer.text() : ended;
        return;
      }
      localStorage.removeItem(place);
      const link = document.createElement('a');
      link.href = panel.dataset.drafts ?? '';
      link.textContent = 'Drafts';
      entry?.replaceChildren(`${sentence} `, link);
    };
    const acts: Readonly<Record<string, (words: Unsent) => Promise<void>>> = {
      send: async ({ first, now }) => post(panel.dataset.send ?? '', [...(first ?? now), ['action', 'send']]),
      open: async ({ now }) => post(panel.dataset.send ?? '', [...now, ['action', 'reopen']]),
      print: async ({ now }) => post(panel.dataset.send ?? '', [...now, ['action', 'print']]),
      hand: (words) => give(words, 'The supervisor has it in the list of drafts. Call the supervisor now.'),
      anew: (words) => give(words, 'Kept as a new draft. Go on with it here:'),
    };
    const sure = copy.querySelector<HTMLElement>('[data-sure]');
    /** Acts that need no words. A person who removes them must still be the one who is signed in. */
    const others: Readonly<Record<string, () => Promise<void>>> = {
      ask: async () => {
        if (sure) sure.hidden = false;
        sure?.querySelector('button')?.focus();
      },
      keep: async () => {
        if (sure) sure.hidden = true;
        entry?.querySelector<HTMLElement>('button[value=ask]')?.focus();
      },
      remove: async () => {
        if (await isThere(panel.dataset.secret ?? '', person)) {
          localStorage.removeItem(place);
          entry?.replaceChildren('The words are removed from this computer.');
        } else if (said) said.textContent = 'Not removed: there is no connection, or another person is signed in.';
      },
    };
    for (const button of copy.querySelectorAll('button')) {
      button.addEventListener('click', async () => {
        const other = others[button.value];
        if (other) return other();
        const words = await open();
        if (words) await acts[button.value]?.(words).catch(() => undefined);
      });
    }
    fateOf(panel.dataset.fate ?? '', submissionOf(place)).then((fate) => {
      isEnded = fate !== undefined;
      if (!isEnded || !entry) return;
      for (const each of entry.querySelectorAll<HTMLElement>('[data-for]')) each.hidden = each.dataset.for === 'open';
      for (const each of entry.querySelectorAll<HTMLElement>('[data-ended]')) each.hidden = each.dataset.ended !== fate;
    });
    panel.querySelector('ul')?.append(copy);
  }
}
