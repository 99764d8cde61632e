/** Due, lease, send, record: the text message that follows a call whose mail stays unanswered. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sendAlerts, sendToNext } from '../../functions/send-alerts/send-alerts.ts';
import type { SendParts } from '../../functions/send-alerts/send-parts.ts';
import { spansToSweep } from '../../functions/sweep/turns.ts';
import { watchAlerts } from '../../functions/sweep/watch-alerts.ts';
import { type Text, textOf } from '../../shared/alerts/send/texter.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { sampleContacts, withPerson } from '../alerts/compose/sample-contacts.ts';
import { startMemoryLedger } from '../support/memory-ledger.ts';
import { monday, referral, referralId, type Story } from '../support/referral-builder.ts';
import { sendParts } from '../support/send-parts.ts';

const supervisor = 'P-CARELINE-SUPERVISOR-1';
const number = '+12035550188';
const later = (minutes: number) => new Date(Date.parse(monday) + minutes * 60_000).toISOString();
const frame = (minutes: number) =>
  ({ now: later(minutes), actor: { kind: 'function', id: 'sweep' }, cause: { kind: 'sweep' } }) as const;

/** What the text message service does with the next text messages, one each. After those it takes them. */
type Trouble = 'busy' | 'down' | 'refused' | 'no-answer';
const faults = {
  busy: () => Object.assign(new Error('Rate exceeded.'), { name: 'ThrottlingException', $fault: 'client' }),
  down: () => Object.assign(new Error('Internal error.'), { name: 'InternalServerException', $fault: 'server' }),
  'no-answer': () => new Error('The connection broke.'),
} as const;

async function startOffice() {
  const { ledger, cursors, tell, stop } = await startMemoryLedger();
  const texts: Text[] = [];
  const troubles: Trouble[] = [];
  const contacts = sampleContacts();
  contacts.textPhones.set(supervisor, number);
  const on = sendParts({
    ledger,
    cursors,
    directory: contacts,
    mailer: { send: async () => 'm-1' },
    texter: {
      async send(text) {
        const trouble = troubles.shift();
        if (trouble !== undefined && trouble !== 'refused') throw faults[trouble]();
        if (trouble === 'refused') return undefined;
        texts.push(text);
        return `t-${texts.length}`;
      },
    },
  });
  const settled = new Map<string, number>();
  const office = {
    ledger,
    texts,
    troubles,
    contacts,
    on,
    settled,
    tell,
    stop,
    /** The alert that calls the supervisor. */
    call: '',
    mail: (parts: SendParts = on) => sendAlerts(parts, referralId, later(0)),
    /** The watchdog looks. Gives how many alerts it changed. */
    look: (minutes: number) =>
      watchAlerts({ ledger, settled, policyOf }, spansToSweep(later(minutes)), frame(minutes), (fault) => {
        throw fault;
      }),
    send: (minutes: number, parts: SendParts = on) => sendToNext(parts, office.call, later(minutes)),
    /** The watchdog looks, and its commits nudge the function that sends. */
    async watch(minutes: number, parts: SendParts = on) {
      await office.look(minutes);
      await office.send(minutes, parts);
    },
    text: async () => (await ledger.alert(office.call)).life.texts[supervisor],
    events: async () =>
      (await ledger.alert(office.call)).commits
        .flatMap(({ events }) => events)
        .map(({ type }) => type)
        .filter((type) => type.startsWith('alert-text')),
  };
  return office;
}

let office: Awaited<ReturnType<typeof startOffice>>;
let story: Story;
beforeEach(async () => {
  office = await startOffice();
  story = referral({ danger: 'yes' }).run();
  await office.tell(story);
  const call = Object.values(story.state.alerts).find(
    ({ checkpoint, to }) => checkpoint === 'ring' && to.includes('careline-supervisor'),
  );
  office.call = call?.id ?? '';
});
afterEach(() => office.stop());

describe('a call whose mail stays unanswered', () => {
  test('is followed by one text message after five minutes, to the person who gave a number', async () => {
    await office.mail();
    await office.watch(4);
    expect(office.texts).toEqual([]);
    await office.watch(5);
    await office.watch(10);
    await office.watch(15);
    expect(office.texts).toEqual([{ to: number, language: 'en' }]);
    expect(await office.text()).toEqual({ status: 'sent', at: later(5), tries: 1 });
    expect(await office.events()).toEqual(['alert-text-due', 'alert-text-leased', 'alert-text-sent']);
  });

  test('names the desk to all but the person at the desk, so that no two people are told to call each other', async () => {
    const second = 'P-CARELINE-SUPERVISOR-2';
    const numberOf = new Map([
      [supervisor, number],
      [second, '+12035550189'],
    ]);
    for (const [id, of] of numberOf) office.contacts.textPhones.set(id, of);
    await office.mail();
    await office.watch(6);
    await office.tell(story.after('PT10M'));
    await sendAlerts(office.on, referralId, later(10));
    await office.look(16);
    const calls = Object.values(story.state.alerts).filter(({ checkpoint }) => checkpoint === 'ring');
    for (const { id } of calls) await sendToNext(office.on, id, later(16));
    const desk = (await office.contacts.person(supervisor))?.phone;
    expect(office.texts.filter(({ to }) => to === numberOf.get(second))).toEqual([
      { to: numberOf.get(second), deskPhone: desk, language: 'en' },
    ]);
    expect(office.texts.filter(({ to }) => to === number)).toEqual([{ to: number, language: 'en' }]);
  });

  test('is followed by none where a person answered in time', async () => {
    await office.mail();
    await office.tell(story.do('answer-alarm', {}, 'careline-supervisor'));
    await office.watch(6);
    expect(office.texts).toEqual([]);
    expect(await office.events()).toEqual([]);
  });

  test('is followed by none where a person answers after it became due, because the sender reads again', async () => {
    await office.mail();
    await office.look(5);
    await office.tell(story.do('answer-alarm', {}, 'careline-supervisor'));
    await office.send(5);
    expect(office.texts).toEqual([]);
    expect(await office.text()).toMatchObject({ status: 'failed', because: 'over' });
  });

  test.each(['gave up the number', 'left the directory'])('is followed by none where the person %s', async (what) => {
    await office.mail();
    await office.look(5);
    if (what === 'left the directory') office.contacts.gone.add(supervisor);
    else office.contacts.textPhones.delete(supervisor);
    await office.send(5);
    expect(office.texts).toEqual([]);
    expect(await office.text()).toMatchObject({ status: 'failed', because: 'over' });
  });

  test('is followed by none to a person who gave no number', async () => {
    office.contacts.textPhones.clear();
    await office.mail();
    await office.watch(6);
    expect([office.texts, await office.events()]).toEqual([[], []]);
  });

  test("names no number where the directory's number is no plain number, and goes out all the same", async () => {
    const withWords: SendParts = {
      ...office.on,
      directory: withPerson(office.contacts, async (id) => {
        const person = await office.contacts.person(id);
        return person && { ...person, phone: '203-555-0107 ask for Invented Name' };
      }),
    };
    await office.mail();
    await office.watch(6, withWords);
    expect(office.texts).toEqual([{ to: number, language: 'en' }]);
  });

  test.each(['en', 'es'] as const)(
    'says in %s that it is urgent and who has something to tell, in one sentence or two',
    (language) => {
      for (const deskPhone of ['203-555-0104', undefined]) {
        const body = textOf({ deskPhone, language });
        expect(body).toMatch(
          language === 'en'
            ? /URGENT: (the duty desk|our e-mail) has/
            : /URGENTE: (la mesa de guardia|nuestro correo) tiene/,
        );
        // One message of a telephone, in its plain letters.
        expect(body).toMatch(/^[ -~]{1,160}$/);
      }
    },
  );
});

test('where text messages are off, nothing is due and nothing is recorded', async () => {
  const { texter: _, ...off } = office.on;
  await office.mail(off);
  for (const minutes of [5, 10, 15]) await office.watch(minutes, off);
  const { commits } = await office.ledger.alert(office.call);
  expect(commits.some(({ stored }) => stored.text.includes('text'))).toBe(false);
});

test('a call and urgent news about one child bring a person one text message', async () => {
  const raised = referral({ danger: 'unknown' }).run().do('assess-danger', { danger: 'yes' }, 'caseworker');
  await office.stop();
  office = await startOffice();
  office.contacts.textPhones.clear();
  office.contacts.textPhones.set(supervisor, number);
  await office.tell(raised);
  const calls = Object.values(raised.state.alerts).filter(
    ({ kind, checkpoint, to }) =>
      (checkpoint === 'ring' || kind === 'danger-raised') && to.includes('careline-supervisor'),
  );
  expect(calls.length).toBeGreaterThan(1);
  await office.mail();
  await office.look(5);
  for (const { id } of calls) await sendToNext(office.on, id, later(5));
  expect(office.texts.filter(({ to }) => to === number)).toHaveLength(1);
  const lives = await Promise.all(calls.map(async ({ id }) => (await office.ledger.alert(id)).life.texts[supervisor]));
  expect(lives.map((text) => text?.because ?? text?.status).toSorted()).toEqual(
    ['sent', ...calls.slice(1).map(() => 'just-texted')].toSorted(),
  );
});

describe('of several senders', () => {
  test('one sends the text message', async () => {
    await office.mail();
    await office.look(5);
    await Promise.all([office.send(5), office.send(5), office.send(5), office.send(6)]);
    expect(office.texts).toHaveLength(1);
    expect((await office.events()).filter((type) => type === 'alert-text-leased')).toHaveLength(1);
  });

  test('none sends it again after one ended between lease and record, and the chain shows it', async () => {
    await office.mail();
    await office.look(5);
    let writes = 0;
    const dies: SendParts = {
      ...office.on,
      ledger: {
        ...office.on.ledger,
        async changeAlert(...given) {
          writes += 1;
          if (writes > 1) throw new Error('The process has died.');
          return office.ledger.changeAlert(...given);
        },
      },
    };
    await expect(office.send(5, dies)).rejects.toThrow('died');
    for (const minutes of [6, 12, 18, 60]) await office.watch(minutes);
    expect(office.texts).toHaveLength(1);
    expect(await office.text()).toEqual({ status: 'leased', at: later(5), tries: 1 });
  });

  test('none sends it again after DynamoDB refused the record that it was sent', async () => {
    await office.mail();
    await office.look(5);
    let refused = 0;
    const busyTable: SendParts = {
      ...office.on,
      ledger: {
        ...office.on.ledger,
        changeAlert: (alertId, context, decide, reading) =>
          office.ledger.changeAlert(
            alertId,
            context,
            (life) => {
              const events = decide(life);
              if (!events.some(({ type }) => type === 'alert-text-sent')) return events;
              refused += 1;
              throw faults.busy();
            },
            reading,
          ),
      },
    };
    await expect(office.send(5, busyTable)).rejects.toThrow('Rate exceeded');
    for (const minutes of [6, 12, 18, 60]) await office.watch(minutes);
    expect([refused, office.texts.length]).toEqual([1, 1]);
    expect(await office.text()).toEqual({ status: 'leased', at: later(5), tries: 1 });
  });

  test.each([
    ['no-answer', 'broke'],
    ['down', 'Internal'],
  ] as const)('none sends again a message that may have been sent: %s', async (trouble, says) => {
    office.troubles.push(trouble);
    await office.mail();
    await expect(office.watch(5)).rejects.toThrow(says);
    for (const minutes of [6, 12, 18]) await office.watch(minutes);
    expect(office.texts).toEqual([]);
    expect(await office.text()).toEqual({ status: 'leased', at: later(5), tries: 1 });
  });
});

describe('a text message that the service refuses', () => {
  test('is tried again by the next look while the call is unanswered, three times in all', async () => {
    await office.mail();
    office.troubles.push('busy');
    await expect(office.watch(5)).rejects.toThrow('Rate exceeded');
    expect(await office.text()).toMatchObject({ status: 'released', tries: 1 });
    // The nudge of its own commit sends nothing.
    await office.send(5);
    expect(office.texts).toEqual([]);
    await office.watch(10);
    expect(office.texts).toHaveLength(1);
  });

  test('is given up after the third time, and no mail waits for it', async () => {
    await office.mail();
    office.troubles.push('busy', 'busy', 'busy');
    for (const minutes of [5, 10, 15]) await expect(office.watch(minutes)).rejects.toThrow('Rate exceeded');
    for (const minutes of [20, 25]) await office.watch(minutes);
    expect(office.texts).toEqual([]);
    expect(await office.text()).toMatchObject({ status: 'released', tries: 3 });
  });

  test('because its number cannot get texts is recorded, and not tried again', async () => {
    await office.mail();
    office.troubles.push('refused');
    for (const minutes of [5, 10, 15]) await office.watch(minutes);
    expect(office.texts).toEqual([]);
    expect(await office.text()).toEqual({ status: 'failed', because: 'refused', at: later(5), tries: 1 });
  });
});

test('a lost nudge is repeated', async () => {
  await office.mail();
  await office.look(5);
  await office.watch(10);
  expect(office.texts).toHaveLength(1);
});

test('the watchdog looks again at an unanswered call, and stops once it is answered', async () => {
  await office.mail();
  await office.ledger.changeAlert(office.call, frame(1), ({ deliveries }) =>
    deliveries.map(({ personId }) => ({ type: 'alert-delivered', v: 1, personId })),
  );
  await office.look(2);
  expect(office.settled.has(office.call)).toBe(false);
  await office.tell(story.do('answer-alarm', {}, 'careline-supervisor'));
  await office.look(4);
  expect(office.settled.has(office.call)).toBe(true);
});
