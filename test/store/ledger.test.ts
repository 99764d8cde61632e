import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AlertEvent } from '../../shared/domain/alerts/alerts.ts';
import { isRefusal } from '../../shared/domain/core/refusal.ts';
import { type Span, spanOfHour } from '../../shared/domain/core/spans.ts';
import { whereKnown } from '../../shared/domain/core/where-known.ts';
import { event } from '../../shared/domain/events.ts';
import { fold } from '../../shared/domain/fold.ts';
import { alertChain, providerChain, referralChain } from '../../shared/store/chains.ts';
import { verifyChain } from '../../shared/store/commit.ts';
import { type Changed, type CommitContext, idReused, type Ledger } from '../../shared/store/ledger.ts';
import { referral } from '../support/referral-builder.ts';
import { startDynamoTables, type DynamoTables as Tables } from '../support/tables.ts';

let tables: Tables;
let rival: Ledger;
beforeAll(async () => {
  tables = await startDynamoTables();
  rival = tables.openLedger();
});
afterAll(() => tables.stop());

const now = '2026-11-09T15:00:00.000Z';
const commitContext: CommitContext = { now, actor: { kind: 'person', id: 'P-1' }, cause: { kind: 'sweep' } };
const byCommand = (name: string, id: string): CommitContext => ({
  ...commitContext,
  cause: { kind: 'command', name, id },
});
const opened = () => referral().events()[0];
const swept = event('swept', { found: 'lost-run' });
const danger = (answer: 'yes' | 'no') => event('danger-assessed', { danger: answer, knownAt: '2026-11-09T15:00:00Z' });

let count = 0;
/** A referral of its own for each test, opened. */
async function open(ledger: Ledger = tables.ledger, at: CommitContext = commitContext): Promise<string> {
  count += 1;
  const id = `CR-TEST-${count}`;
  const first = opened();
  await ledger.changeReferral(id, at, () => (first ? [first] : []));
  return id;
}
const done = (changed: Awaited<ReturnType<Ledger['changeReferral']>>): Changed => {
  if (!changed || isRefusal(changed)) throw new Error('The change was not carried out.');
  return changed;
};
/** A ledger whose next appends come too late: `win` is carried out between its decision and each of them. */
function losing(times: number, win: () => Promise<unknown>) {
  const pauses: number[] = [];
  let left = times;
  const client = tables.newClient();
  client.middlewareStack.add(
    (next, context) => async (given) => {
      if (context.commandName === 'PutItemCommand' && left > 0) {
        left -= 1;
        await win();
      }
      return next(given);
    },
    { step: 'initialize' },
  );
  const ledger = tables.openLedger({ client, pause: async (milliseconds) => void pauses.push(milliseconds) });
  return { pauses, run: <Answer>(work: (ledger: Ledger) => Promise<Answer>) => work(ledger) };
}
const rowsOf = async (id: string) =>
  (await tables.items('Ledger'))
    .filter(({ pk }) => pk === referralChain(id))
    .sort((one, other) => Number(one.seq) - Number(other.seq));
const read = async (id: string, ledger = tables.ledger) => {
  const found = await ledger.referral(id);
  if (!found) throw new Error('There is no referral.');
  return found;
};

describe('a referral as it was', () => {
  test('after its first commits is the fold of these, in whatever order it is asked for', async () => {
    const id = await open();
    for (const answer of ['yes', 'no', 'yes', 'no'] as const) {
      await tables.ledger.changeReferral(id, commitContext, () => [danger(answer)]);
    }
    const { commits } = await read(id);
    const ledger = tables.openLedger();
    for (const count of [0, 2, 2, 4, 5, 3, 1]) {
      expect(ledger.stateAfter(id, commits, count)).toEqual(fold(id, commits.slice(0, count)));
    }
  });

  test('leaves out nothing where another reader followed it further than it was read', async () => {
    const id = await open();
    for (const answer of ['yes', 'no'] as const) {
      await tables.ledger.changeReferral(id, commitContext, () => [danger(answer)]);
    }
    const { commits } = await read(id);
    const ledger = tables.openLedger();
    expect(ledger.stateAfter(id, commits.slice(0, 1), 2)?.seq).toBe(1);
    expect(ledger.stateAfter(id, commits, 3)).toEqual(fold(id, commits));
  });
});

describe('a change', () => {
  test("is one item: chain, sequence, instant, the commit's text, both hashes and its code", async () => {
    const id = await open();
    await tables.ledger.changeReferral(id, commitContext, () => [danger('no')]);
    const [first, second] = await rowsOf(id);
    const names = [
      'at',
      'body',
      'foundAs',
      'foundAt',
      'hash',
      'note',
      'pk',
      'prev',
      'seq',
      'signature',
      'signedBy',
      'vouches',
    ];
    expect(Object.keys(first ?? {}).sort()).toEqual(names);
    expect(second).toMatchObject({ pk: `referral#${id}`, seq: 2, at: now, prev: first?.hash });
    // An act of a person is found by its instant, and the note says who did it. Neither is in the hashed text.
    expect(second).toMatchObject({ foundAs: 'act', foundAt: now });
    expect(JSON.parse(String(second?.note))).toEqual({ by: 'P-1', kind: 'sweep', door: 'watchdog' });
    expect(JSON.parse(String(second?.body))).toEqual({
      format: 1,
      chain: `referral#${id}`,
      seq: 2,
      at: now,
      actor: { kind: 'person', id: 'P-1' },
      cause: { kind: 'sweep' },
      policy: 'connecticut-2026.1',
      events: [{ type: 'danger-assessed', v: 1, danger: 'no', knownAt: '2026-11-09T15:00:00Z' }],
    });
  });

  test('answers with the state after it, and so does every later read', async () => {
    const id = await open();
    const changed = done(await tables.ledger.changeReferral(id, commitContext, () => [danger('no')]));
    expect(changed).toMatchObject({
      events: [danger('no')],
      repeated: false,
      state: { response: { danger: 'no' }, seq: 2 },
    });
    expect((await read(id, tables.openLedger())).state).toEqual(changed.state);
  });

  test('that decides nothing, or refuses, appends nothing', async () => {
    const id = await open();
    expect(done(await tables.ledger.changeReferral(id, commitContext, () => [])).state.seq).toBe(1);
    const refusal = { refused: 'no', sentence: 'Not now.' };
    expect(await tables.ledger.changeReferral(id, commitContext, () => refusal)).toEqual(refusal);
    expect(await rowsOf(id)).toHaveLength(1);
  });

  describe('on what was read a moment ago', () => {
    const count = (ledger: Ledger, id: string, decide: Parameters<Ledger['changeReferral']>[2]) => {
      const seen: number[] = [];
      const changed = ledger.changeReferral(
        id,
        commitContext,
        (state, context) => {
          seen.push(state?.seq ?? 0);
          return decide(state, context);
        },
        'as-read',
      );
      return { seen, changed };
    };

    test('reads nothing again, and is decided once where no other commit came between', async () => {
      const id = await open();
      const { seen, changed } = count(tables.ledger, id, () => [danger('no')]);
      const before = tables.units().read;
      expect(done(await changed).state).toMatchObject({ response: { danger: 'no' }, seq: 2 });
      expect([seen, tables.units().read - before]).toEqual([[1], 0]);
    });

    test('is decided anew on what another writer appended meanwhile', async () => {
      const id = await open();
      const other = tables.openLedger();
      await other.referral(id);
      await tables.ledger.changeReferral(id, commitContext, () => [danger('no')]);
      const { seen, changed } = count(other, id, () => [danger('yes')]);
      expect(done(await changed).state).toMatchObject({ response: { danger: 'yes' }, seq: 3 });
      expect(seen).toEqual([1, 2]);
      expect((await read(id, tables.openLedger())).commits.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    });

    test('that decides nothing, or refuses, does so on what is there now', async () => {
      const id = await open();
      const other = tables.openLedger();
      await other.referral(id);
      await tables.ledger.changeReferral(id, commitContext, () => [danger('no')]);
      const nothing = count(other, id, () => []);
      expect(done(await nothing.changed).state.seq).toBe(2);
      expect(nothing.seen).toEqual([1, 2]);
      const third = tables.openLedger();
      await third.referral(id);
      await tables.ledger.changeReferral(id, commitContext, () => [danger('yes')]);
      const refused = count(third, id, (state) => ({ refused: 'no', sentence: `At ${state?.seq}.` }));
      expect(await refused.changed).toEqual({ refused: 'no', sentence: 'At 3.' });
    });

    test('of one that this process has never read is read first', async () => {
      const id = await open();
      const { seen, changed } = count(tables.openLedger(), id, () => [danger('no')]);
      expect(done(await changed).state.seq).toBe(2);
      expect(seen).toEqual([1]);
    });

    test('of an alert that was not begun is decided on nothing, without a read', async () => {
      const before = tables.units().read;
      const sent = { type: 'alert-seen', v: 1, personId: 'P-1' } as const;
      await tables.ledger.changeAlert('CR-NEW.A1', commitContext, () => [sent], 'as-known');
      expect(tables.units().read - before).toBe(0);
      expect((await tables.openLedger().alert('CR-NEW.A1')).commits.map(({ seq }) => seq)).toEqual([1]);
    });

    test('of a chain of which enough was read before reads nothing, and else reads what came since', async () => {
      const id = await open();
      const other = tables.openLedger();
      const seqOf = async (enough?: number) => (await other.referral(id, enough))?.state.seq;
      expect(await seqOf(1)).toBe(1);
      await tables.ledger.changeReferral(id, commitContext, () => [danger('no')]);
      const before = tables.units().read;
      expect(await seqOf(1)).toBe(1);
      expect(tables.units().read - before).toBe(0);
      expect(await seqOf(2)).toBe(2);
      await tables.ledger.changeReferral(id, commitContext, () => [danger('yes')]);
      expect(await seqOf()).toBe(3);
    });

    test('of an alert that another process began is decided anew on what stands there', async () => {
      const seen: number[] = [];
      const look = (personId: string) => (life: { readonly seen: object }) => {
        seen.push(Object.keys(life.seen).length);
        return [{ type: 'alert-seen', v: 1, personId } as const];
      };
      await tables.openLedger().changeAlert('CR-BEGUN.A1', commitContext, look('P-1'));
      await tables.ledger.changeAlert('CR-BEGUN.A1', commitContext, look('P-2'), 'as-known');
      expect(seen).toEqual([0, 0, 1]);
      expect((await tables.openLedger().alert('CR-BEGUN.A1')).commits.map(({ seq }) => seq)).toEqual([1, 2]);
    });

    test('gives the first answer to a command that was carried out meanwhile', async () => {
      const id = await open();
      const other = tables.openLedger();
      await other.referral(id);
      const sent = { ...commitContext, cause: { kind: 'command', name: 'assess-danger', id: 'SENT-TWICE' } } as const;
      await tables.ledger.changeReferral(id, sent, () => [danger('no')]);
      const again = await other.changeReferral(id, sent, () => [danger('no')], 'as-read');
      expect(done(again)).toMatchObject({ repeated: true, state: { seq: 2 } });
      expect(await rowsOf(id)).toHaveLength(2);
    });
  });

  test('of a referral that does not exist is decided on nothing, and may leave it so', async () => {
    const seen: unknown[] = [];
    const changed = await tables.ledger.changeReferral('CR-NONE', commitContext, (state) => {
      seen.push(state);
      return [];
    });
    expect([changed, seen]).toEqual([undefined, [undefined]]);
    expect(await tables.ledger.referral('CR-NONE')).toBeUndefined();
  });

  test('is decided under the policy the referral was opened with', async () => {
    const id = await open();
    await tables.ledger.changeReferral(id, commitContext, (_state, { policy, now: at, actor }) => {
      expect([policy.version, at, actor]).toEqual(['connecticut-2026.1', now, commitContext.actor]);
      return [];
    });
  });

  test.each<[string, object]>([
    ['of a version that no release reads', { ...danger('no'), v: 7 }],
    ['at an instant that no release reads', event('response-started', { at: '-000001-12-31T19:00:00.000Z' })],
    ['about a deadline that was never opened', event('deadline-missed', { deadlineId: 'D1' })],
  ])('with an event %s is an error, and nothing is appended', async (_, unreadable) => {
    const id = await open();
    const changing = tables.ledger.changeReferral(id, commitContext, () => [danger('no'), unreadable as never]);
    await expect(changing).rejects.toThrow();
    expect(await rowsOf(id)).toHaveLength(1);
    expect((await read(id, tables.openLedger())).state).toMatchObject({ seq: 1, response: { danger: 'yes' } });
  });
});

describe('two who write at once', () => {
  test('both succeed: the loser reads again and decides on what the winner left', async () => {
    const id = await open();
    const seen: string[] = [];
    const changed = await losing(1, () => rival.changeReferral(id, commitContext, () => [danger('no')])).run((ledger) =>
      ledger.changeReferral(id, commitContext, (state) => {
        seen.push(state?.response.danger ?? 'none');
        return [swept];
      }),
    );
    expect(seen).toEqual(['yes', 'no']);
    expect(done(changed).state).toMatchObject({ response: { danger: 'no' }, seq: 3 });
  });

  test('a lost race loses nothing: each of nine commits is in the chain, in order', async () => {
    const id = await open();
    // One of them wins each round, and the tenth try is the last.
    const ledgers = Array.from({ length: 3 }, () => tables.openLedger());
    const answers = await Promise.all(
      ledgers.flatMap((ledger) => [1, 2, 3].map(() => ledger.changeReferral(id, commitContext, () => [swept]))),
    );
    expect(answers.map((answer) => done(answer).state.seq).toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: 9 }, (_, index) => index + 2),
    );
    const rows = await rowsOf(id);
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 10 }, (_, index) => index + 1));
    expect(rows.slice(1).map(({ prev }) => prev)).toEqual(rows.slice(0, -1).map(({ hash }) => hash));
  });

  test('after ten lost races the change fails as LedgerBusy, having paused longer each time', async () => {
    const id = await open();
    const race = losing(10, () => rival.changeReferral(id, commitContext, () => [danger('yes')]));
    const late = race.run((ledger) => ledger.changeReferral(id, commitContext, () => [swept]));
    await expect(late).rejects.toMatchObject({ name: 'LedgerBusy' });
    expect(race.pauses).toEqual([10, 20, 40, 80, 160, 320, 640, 1000, 1000, 1000]);
    const { commits } = await read(id);
    expect(commits.flatMap(({ events }) => events).filter(({ type }) => type === 'swept')).toEqual([]);
  });

  test('after nine lost races the tenth try is the one', async () => {
    const id = await open();
    const race = losing(9, () => rival.changeReferral(id, commitContext, () => [danger('yes')]));
    const changed = await race.run((ledger) => ledger.changeReferral(id, commitContext, () => [swept]));
    expect(done(changed).state.seq).toBe(11);
  });
});

describe('a command', () => {
  test('whose id was carried out before gives the first answer and decides nothing', async () => {
    const id = await open();
    const first = done(await tables.ledger.changeReferral(id, byCommand('assess', 'C1'), () => [danger('no')]));
    await tables.ledger.changeReferral(id, commitContext, () => [swept]);
    const again = done(
      await tables.openLedger().changeReferral(id, byCommand('assess', 'C1'), () => {
        throw new Error('It must not decide again.');
      }),
    );
    expect(first.repeated).toBe(false);
    expect(again).toMatchObject({ repeated: true, events: [danger('no')], state: { seq: 3 } });
  });

  test('with a digest is the same command again only with the same digest', async () => {
    const id = await open();
    const sent = (digest?: string): CommitContext => ({
      ...commitContext,
      cause: { kind: 'command', name: 'assess', id: 'C1', ...whereKnown({ digest }) },
    });
    const assess = (digest?: string) => tables.ledger.changeReferral(id, sent(digest), () => [danger('no')]);
    expect(done(await assess('d1')).repeated).toBe(false);
    expect(done(await assess('d1')).repeated).toBe(true);
    expect(await assess('d2')).toBe(idReused);
    // A command that follows from another has no digest: its id alone says that it is the same.
    expect(done(await assess()).repeated).toBe(true);
    expect(await rowsOf(id)).toHaveLength(2);
  });

  test('with the same id text but another name is another command', async () => {
    const id = await open();
    await tables.ledger.changeReferral(id, byCommand('assess', 'C1'), () => [danger('no')]);
    const other = done(await tables.ledger.changeReferral(id, byCommand('sweep', 'C1'), () => [swept]));
    expect(other).toMatchObject({ repeated: false, state: { seq: 3 } });
  });
});

describe('what was read before', () => {
  test('never hides a newer commit of another process', async () => {
    const id = await open();
    const [here, there] = [tables.openLedger(), tables.openLedger()];
    await read(id, here);
    await there.changeReferral(id, commitContext, () => [danger('no')]);
    expect((await read(id, here)).state).toMatchObject({ response: { danger: 'no' }, seq: 2 });
  });

  test('is read again from the first commit for verification', async () => {
    const id = await open();
    await tables.ledger.changeReferral(id, commitContext, () => [danger('no')]);
    const [, second] = await rowsOf(id);
    await tables.put('Ledger', [{ ...second, body: String(second?.body).replace('"no"', '"yes"') }]);
    expect((await tables.ledger.readAfresh(referralChain(id)))[1]?.text).toContain('"danger":"yes"');
  });

  test('is forgotten for chains that were not read lately, and read again', async () => {
    const small = tables.openLedger();
    const first = await open(small);
    for (let more = 0; more < 101; more += 1) await small.alert(`NONE-${more}`);
    expect((await read(first, small)).commits).toHaveLength(1);
  });
});

describe('a damaged row', () => {
  test('stops the reader of a chain that opens something, with an error', async () => {
    await tables.put('Ledger', [{ pk: providerChain('PR-1'), seq: 1, body: '{"half":' }]);
    await expect(tables.openLedger().provider('PR-1')).rejects.toThrow();
  });

  test('at the first place of a referral stops the reader', async () => {
    const id = await open();
    const [first] = await rowsOf(id);
    await tables.put('Ledger', [{ ...first, body: '{"half":' }]);
    await expect(read(id, tables.openLedger())).rejects.toThrow('first commit');
  });

  test('that is missing in the middle of a referral leaves a place without events', async () => {
    const id = await open();
    for (const answer of ['no', 'yes'] as const) {
      await tables.ledger.changeReferral(id, commitContext, () => [danger(answer)]);
    }
    await tables.client.send(
      new DeleteItemCommand({ TableName: 'Ledger', Key: { pk: { S: referralChain(id) }, seq: { N: '2' } } }),
    );
    const ledger = tables.openLedger();
    for (let times = 0; times < 2; times += 1) {
      expect(await ledger.readAfresh(referralChain(id))).toHaveLength(2);
      expect((await read(id, ledger)).commits.map(({ seq, events }) => [seq, events.length])).toEqual([
        [1, 1],
        [2, 0],
        [3, 1],
      ]);
    }
    await ledger.changeReferral(id, commitContext, () => [swept]);
    expect((await read(id, ledger)).state.seq).toBe(4);
  });
});

describe('beside the referrals', () => {
  test('an alert has a chain of its own', async () => {
    const id = await open();
    const sent = { type: 'alert-sent', v: 1, personId: 'P-2', addressedAs: 'legal', order: 1, messageId: 'M' } as const;
    const life = await tables.ledger.changeAlert(`${id}.A1`, commitContext, () => [sent]);
    expect(life.deliveries).toMatchObject([{ personId: 'P-2', status: 'sent' }]);
    expect((await tables.openLedger().alert(`${id}.A1`)).life).toEqual(life);
    expect((await read(id)).state.seq).toBe(1);
    expect(await tables.ledger.readAfresh(alertChain(`${id}.A1`))).toHaveLength(1);
  });

  test('each read of identities has a record of its own, which is never overwritten', async () => {
    await tables.ledger.recordAccess('CR-SEEN', commitContext, ['child', 'birth']);
    const records = async () => (await tables.items('Ledger')).filter(({ pk }) => pk === 'access#CR-SEEN');
    expect(JSON.parse(String((await records())[0]?.body))).toMatchObject({
      actor: { id: 'P-1' },
      events: [{ read: ['child', 'birth'] }],
    });
    expect((await records())[0]).toMatchObject({ foundAs: 'act', foundAt: now });
  });

  test('records of reads form one chain, whichever process writes them and however many at once', async () => {
    const [one, other] = [tables.openLedger(), tables.openLedger()];
    await Promise.all(
      [one, other, one, other].map((ledger) => ledger.recordAccess('CR-MANY', commitContext, ['child'])),
    );
    const chain = 'access#CR-MANY';
    const stored = await other.readAfresh(chain);
    expect(verifyChain(chain, stored)).toMatchObject({ intact: true, length: 4 });
    expect(verifyChain(chain, stored.toSpliced(1, 1))).toMatchObject({ intact: false, brokenAt: 2 });
  });

  test('a record of a read that finds no place is refused, so that nothing is read without a record', async () => {
    const { run } = losing(100, () => rival.recordAccess('CR-FULL', commitContext, ['child']));
    await expect(run((ledger) => ledger.recordAccess('CR-FULL', commitContext, ['child']))).rejects.toMatchObject({
      name: 'LedgerBusy',
    });
  });

  test('the referrals opened in an hour are found by it, and nothing else is', async () => {
    const at = (instant: string): CommitContext => ({ ...commitContext, now: instant });
    const [one, other] = [
      await open(tables.ledger, at('2027-01-04T09:00:00.000Z')),
      await open(tables.ledger, at('2027-01-04T09:59:59.999Z')),
    ];
    await open(tables.ledger, at('2027-01-04T10:00:00.000Z'));
    await tables.ledger.changeReferral(one, at('2027-01-04T10:30:00.000Z'), () => [swept]);
    expect(await tables.ledger.openedIn(spanOfHour('2027-01-04T09'))).toEqual([one, other]);
    expect(await tables.ledger.openedIn(spanOfHour('2027-01-04T11'))).toEqual([]);
  });

  test('what is found by an instant is found in the span that it lies in, to the millisecond, whatever hours that is', async () => {
    const at = (instant: string): CommitContext => ({ ...commitContext, now: instant });
    const [first, last] = [
      await open(tables.ledger, at('2027-02-28T23:59:59.999Z')),
      await open(tables.ledger, at('2027-03-01T05:00:00.000Z')),
    ];
    const opened = (from: string, before: string) => tables.ledger.openedIn({ from, before });
    expect(await opened('2027-02-28T20:00:00.000Z', '2027-03-01T06:00:00.000Z')).toEqual([first, last]);
    expect(await opened('2027-03-01T00:00:00.000Z', '2027-03-01T05:00:00.000Z')).toEqual([]);
    expect(await opened('2027-02-28T23:59:59.999Z', '2027-03-01T05:00:00.000Z')).toEqual([first]);
  });

  test('a mail that waits is found when it is to go out, one that is claimed when it was, and a draft by neither', async () => {
    const [waiting, leased] = ['CR-7F3KD-9QXMT2.A1', 'CR-7F3KD-9QXMT2.A2'];
    const [now, until] = ['2027-04-05T09:10:00.000Z', '2027-04-06T12:00:00Z'];
    const who = { v: 1, personId: 'P-1', addressedAs: 'hart-liaison', order: 1 } as const;
    const alert = (id: string, each: AlertEvent) =>
      tables.ledger.changeAlert(id, { ...commitContext, now }, () => [each]);
    await alert(waiting, { type: 'alert-deferred', until, ...who });
    await alert(leased, { type: 'alert-leased', until: now, ...who });
    await alert(leased, { type: 'alert-released', v: 1, personId: 'P-1' });
    await alert(leased, { type: 'alert-leased', until: now, ...who });
    const [today, tomorrow] = [spanOfHour('2027-04-05T09'), spanOfHour('2027-04-06T12')];
    const found = async (span: Span) => [
      [...(await tables.ledger.leasedIn(span))],
      [...(await tables.ledger.deferredIn(span))],
      await tables.ledger.draftsIn(span),
      await tables.ledger.openedIn(span),
    ];
    expect(await found(today)).toEqual([[[leased, 3]], [], [], []]);
    expect(await found(tomorrow)).toEqual([[], [[waiting, 1]], [], []]);
  });
});
