/** What a person with access to the tables changes, and the watchdog puts right or tells of. */
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listDraft } from '../../functions/react/list-draft.ts';
import { sendAlerts, sendToNext } from '../../functions/send-alerts/send-alerts.ts';
import { sweep } from '../../functions/sweep/sweep.ts';
import { spansToSweep } from '../../functions/sweep/turns.ts';
import type { Mail } from '../../shared/alerts/send/mailer.ts';
import { unansweredCalls, unansweredFor } from '../../shared/application/read/read-calls.ts';
import { discardDraft, saveDraft } from '../../shared/application/use-cases/report-drafts.ts';
import { DependencyUnavailable } from '../../shared/contracts/faults.ts';
import { isIn } from '../../shared/domain/core/spans.ts';
import { codesInProcess } from '../../shared/store/commit-codes.ts';
import { type Desk, startDesk, visitor } from '../support/desk.ts';
import { reactTo } from '../support/react-desk.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import { deskSendParts } from '../support/send-parts.ts';
import { sweepParts } from '../support/sweep-parts.ts';

let desk: Desk;
let id: string;
beforeEach(async () => {
  desk = await startDesk();
  id = await desk.opened({ name: 'Wren Example', birthDate: '2011-05-05' });
  await reactTo(desk, id);
});
afterEach(() => desk.stop());

const later = (minutes: number) => desk.at(new Date(Date.parse(desk.now) + minutes * 60_000).toISOString());
const fresh = () => ({ ...desk, ledger: desk.openLedger() });
const state = async () => {
  const referral = await desk.openLedger().referral(id);
  if (!referral) throw new Error('The referral is gone.');
  return referral.state;
};
const sweepOnce = () => sweep({ ...sweepParts(desk), ledger: desk.openLedger() });
const calls = async () =>
  (
    await unansweredCalls(
      { ...desk.parts(), ledger: desk.openLedger() },
      visitor('careline-worker'),
      connecticutPolicy,
      10,
    )
  ).referrals.map(({ referralId }) => referralId);
const findings = async () =>
  (await desk.openLedger().findings(desk.now.slice(0, 10)))
    .filter(({ what }) => what === 'chain-broken')
    .map(({ about }) => about);
const ownRows = async () => (await desk.items('Board')).filter(({ referralId }) => referralId === id);
const deleteRows = async () => {
  for (const { pk, sk } of await ownRows())
    await desk.client.send(
      new DeleteItemCommand({ TableName: 'Board', Key: { pk: { S: String(pk) }, sk: { S: String(sk) } } }),
    );
};

describe('the lists', () => {
  test.each([
    ['beyond its chain', 1e9],
    ['of its last commit', undefined],
  ])('have a child in danger again whose rows were taken out, with a number %s', async (_, seq) => {
    const before = await ownRows();
    const own = seq ?? (await state()).seq;
    await desk.put(
      'Board',
      before.map(({ queue: _queue, owner: _owner, turn: _turn, ...row }) => ({ ...row, seq: own })),
    );
    expect(await calls()).toEqual([]);
    later(1);
    await sweepOnce();
    expect(await calls()).toEqual([id]);
    expect(await findings()).toEqual([id]);
    const listed = (rows: readonly Record<string, unknown>[]) =>
      rows.map(({ pk, queue, owner, turn }) => [pk, queue, owner, turn]);
    expect(listed(await ownRows())).toEqual(listed(before));
  });

  test('have it again where its rows were deleted, also when only the hour of its opening finds it', async () => {
    await desk.followedTo(id, (await state()).seq, ['send-alerts']);
    await deleteRows();
    const opened = desk.now;
    // The hours of an older referral have their turn within three days and a half.
    const turn = Array.from({ length: 900 }, (_, round) =>
      new Date(Date.parse(opened) + 12 * 3_600_000 + round * 300_000).toISOString(),
    );
    desk.at(turn.find((at) => isIn(spansToSweep(at)[1], opened)) ?? '');
    await sweepOnce();
    expect(await calls()).toEqual([id]);
    expect(await findings()).toEqual([id]);
  });

  test.each(['deleted', 'changed, with a number beyond its chain'])(
    'are right at once after an administrator ordered it, where they were %s',
    async (how) => {
      const before = await ownRows();
      if (how === 'deleted') await deleteRows();
      else
        await desk.put(
          'Board',
          before.map(({ queue: _queue, owner: _owner, ...row }) => ({ ...row, missed: 9, seq: 1e9 })),
        );
      expect(await calls()).toEqual([]);
      await desk.do(id, 'repair-referral', { because: 'row-wrong' }, 'administrator');
      await reactTo(desk, id);
      const withoutPlace = (rows: readonly Record<string, unknown>[]) => rows.map(({ seq: _, ...row }) => row);
      expect(withoutPlace(await ownRows())).toEqual(withoutPlace(before));
      expect(await calls()).toEqual([id]);
    },
  );

  test('are left alone where nothing was changed', async () => {
    const before = await ownRows();
    later(1);
    await sweepOnce();
    expect(await ownRows()).toEqual(before);
    expect(await findings()).toEqual([]);
  });

  test('are left alone where a row has left its list, and its referral goes on', async () => {
    const provider = { service: 'education', providerId: 'PV-1' };
    const rationale = 'In her own words.';
    await desk.do(id, 'screen', { outcome: 'high-risk', rationale }, 'hart-liaison');
    for (const step of ['ProposeEligibility', 'DrawRoster', 'InviteMdt', 'OpenServices'] as const) {
      await desk.step(id, step);
    }
    await desk.do(id, 'offer-linkage', provider, 'caseworker');
    await reactTo(desk, id);
    await desk.do(id, 'decline-linkage', { service: 'education', reasonCode: 'no-capacity' }, 'contact:PV-1');
    await reactTo(desk, id);
    later(1);
    // Fewer duties are open, which a row of a linkage tells.
    const notice = { agencyId: 'PD-1', personReached: 'The desk', method: 'phone', agencyReference: 'H-1' };
    await desk.do(id, 'notify-police', { covers: ['state', 'local'], ...notice }, 'careline-worker');
    await reactTo(desk, id);
    expect((await ownRows()).some(({ pk, owner }) => pk === 'linkage' && owner === undefined)).toBe(true);
    const before = await ownRows();
    later(1);
    await sweepOnce();
    expect(await ownRows()).toEqual(before);
    expect(await findings()).toEqual([]);
  });

  test('show a child behind many rows of no referral', async () => {
    const row = (await ownRows()).find(({ queue }) => queue === 'calls');
    await desk.put(
      'Board',
      Array.from({ length: 101 }, (_, at) => {
        const referralId = `CR-AAAAA-${String(at).padStart(6, '0')}`;
        return { ...row, sk: `${referralId}.D1.1`, id: `${referralId}.D1.1`, referralId, order: '0' };
      }),
    );
    expect(await calls()).toEqual([id]);
    // Each row has its turn within an hour.
    for (let round = 0; round < 12; round += 1) {
      later(5);
      await sweepOnce();
    }
    expect(await findings()).toContain('lists');
  });

  test('show an unanswered call behind many rows of no referral', async () => {
    const [row] = await ownRows();
    const rowOf = (referralId: string) => ({
      ...{ ...row, pk: 'deadline', sk: `${referralId}.D1.1`, id: `${referralId}.D1.1`, referralId },
      ...{ queue: 'unanswered', order: '0', rule: 'D1', due: desk.now },
    });
    const junk = Array.from({ length: 230 }, (_, at) => rowOf(`CR-AAAAA-${String(at).padStart(6, '0')}`));
    await desk.put('Board', [...junk, { ...rowOf(id), order: '1' }]);
    const parts = { ...desk.parts(), ledger: desk.openLedger() };
    const found = await unansweredFor(parts, visitor('careline-supervisor'), connecticutPolicy, 25);
    expect(found.referrals.map(({ referralId }) => referralId)).toEqual([id]);
  });

  test('stay, with what the board knows, while the key service does not answer', async () => {
    const silent = () => Promise.reject(new DependencyUnavailable('The key service did not answer.'));
    const codes = { ...codesInProcess('door'), holderOf: silent };
    const parts = { ...desk.parts(), ledger: desk.openLedger({ codes }) };
    const { referrals } = await unansweredCalls(parts, visitor('careline-worker'), connecticutPolicy, 10);
    expect(referrals).toMatchObject([{ referralId: id, tasks: [] }]);
    expect(referrals[0]?.damaged?.length).toBeGreaterThan(0);
  });
});

test('a pending row that names the half of another part goes, and leaves that half in place', async () => {
  const keys = await desk.items('VaultKeys');
  const { half, content } = (await desk.items('Identities')).find(({ pk }) => pk === `child#${id}`) ?? {};
  const pending = { pending: 'yes', pendingSince: '2020-01-01T00:00:00.000Z', commandId: 'NONE', referralId: id };
  await desk.put('Identities', [{ pk: `text#${id}#NONE`, half, content, ...pending }]);
  later(1);
  await sweepOnce();
  expect(await desk.items('VaultKeys')).toEqual(keys);
  expect(await desk.openVault().childName(id)).toBe('Wren Example');
  expect((await desk.items('Identities')).filter(({ pk }) => pk === `text#${id}#NONE`)).toEqual([]);
});

test('the words of an open draft that a row calls pending stay, and those of an ended one go', async () => {
  const worker = visitor('careline-worker');
  const saved = await saveDraft(desk.parts(), worker, 'the key of a draft', {
    revision: 1,
    content: { narrative: 'Words of a call.' },
  });
  const draftId = saved.kind === 'done' ? saved.draft.id : '';
  const mark = async () => {
    const row = (await desk.items('Identities')).find(({ pk }) => pk === `draft#${draftId}`);
    const pendingSince = '2020-01-01T00:00:00.000Z';
    await desk.put('Identities', [{ ...row, pending: 'yes', pendingSince, referralId: draftId, commandId: draftId }]);
    later(1);
    await sweepOnce();
  };
  await mark();
  expect((await desk.openVault().draftText(draftId)).text).toContain('Words of a call.');
  await discardDraft(desk.parts(), worker, draftId, { because: 'no-report' });
  await mark();
  expect((await desk.items('Identities')).filter(({ pk }) => pk === `draft#${draftId}`)).toEqual([]);
});

describe('an open draft whose commits were all deleted with the stream off', () => {
  const draft = async () => {
    const saved = await saveDraft(desk.parts(), visitor('careline-worker'), 'the key of a draft', {
      revision: 1,
      content: { narrative: 'Words of a call.' },
    });
    const draftId = saved.kind === 'done' ? saved.draft.id : '';
    await listDraft(desk, draftId);
    return draftId;
  };
  const deleteChain = async (draftId: string) => {
    const commits = (await desk.items('Ledger')).filter(({ pk }) => pk === `draft#${draftId}`);
    expect(commits.length).toBeGreaterThan(0);
    for (const { pk, seq } of commits)
      await desk.client.send(
        new DeleteItemCommand({ TableName: 'Ledger', Key: { pk: { S: String(pk) }, seq: { N: String(seq) } } }),
      );
  };
  const withinAnHour = async () => {
    for (let round = 0; round < 12; round += 1) {
      later(5);
      await sweepOnce();
    }
  };

  test.each([
    ['after the watchdog saw it', true],
    ['before', false],
  ])('is told within an hour, %s', async (_, isSeen) => {
    const draftId = await draft();
    if (isSeen) await withinAnHour();
    expect(await findings()).toEqual([]);
    await deleteChain(draftId);
    await withinAnHour();
    expect(await findings()).toEqual([`draft.${draftId}`]);
  });

  test('is told behind rows of strangers, of which twenty are named', async () => {
    const draftId = await draft();
    await deleteChain(draftId);
    const row = (await desk.items('Board')).find(({ pk }) => pk === 'draft');
    await desk.put(
      'Board',
      Array.from({ length: 40 }, (_, at) => ({ ...row, sk: `X ${at}`, order: `2020-01-01T00:00:${10 + at}.000Z` })),
    );
    await withinAnHour();
    expect(await findings()).toContain(`draft.${draftId}`);
    expect(await findings()).toContain('lists');
    expect((await findings()).length).toBe(21);
  });
});

test('mail whose lease left the index is sent all the same, and an administrator hears of it', async () => {
  const refuse = { send: () => Promise.reject(new Error('No answer.')) };
  await sendAlerts(deskSendParts(fresh(), refuse), id, desk.now).catch(() => undefined);
  const found = (await desk.items('Ledger')).filter(({ foundAs }) => foundAs !== undefined);
  await desk.put(
    'Ledger',
    found.map(({ foundAs: _as, foundAt: _at, ...row }) => row),
  );
  later(61);
  await sweepOnce();
  const sent: Mail[] = [];
  const mailer = { send: async (mail: Mail) => `M-${sent.push(mail)}` };
  for (const alertId of Object.keys((await state()).alerts))
    await sendToNext(deskSendParts(fresh(), mailer), alertId, desk.now);
  expect(sent.length).toBeGreaterThan(0);
  expect(await findings()).toContain(id);
});

test('parts of a child that a row calls pending stay, with their keys', async () => {
  const keys = await desk.items('VaultKeys');
  const parts = (await desk.items('Identities')).filter(({ pk }) => String(pk).split('#')[1] === id);
  const pendingSince = '2020-01-01T00:00:00.000Z';
  await desk.put(
    'Identities',
    parts.map((part) => ({ ...part, pending: 'yes', pendingSince, commandId: 'NONE', referralId: 'CR-NONE' })),
  );
  later(1);
  await sweepOnce();
  expect(await desk.items('VaultKeys')).toEqual(keys);
  expect(await desk.openVault().childName(id)).toBe('Wren Example');
  expect((await desk.items('Identities')).filter(({ pending }) => pending !== undefined)).toEqual([]);
});
