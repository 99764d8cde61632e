/** Drafts that no one touches: one mail for all, a warning to their writers, and an end by the rule. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listDraft } from '../../../functions/react/list-draft.ts';
import { sendNotices } from '../../../functions/send-alerts/send-alerts.ts';
import { spansToSweep } from '../../../functions/sweep/turns.ts';
import { type DraftWatchParts, watchDrafts } from '../../../functions/sweep/watch-drafts.ts';
import type { Mail } from '../../../shared/alerts/send/mailer.ts';
import { hoursBack } from '../../../shared/domain/core/spans.ts';
import { draftRule } from '../../../shared/policy/draft-rules.ts';
import { openApi } from '../../support/api-client.ts';
import { type Desk, personOf, reportOf, startDesk } from '../../support/desk.ts';
import { deskSendParts } from '../../support/send-parts.ts';

let desk: Desk;
let api: ReturnType<typeof openApi>;
let mails: Mail[];
beforeEach(async () => {
  desk = await startDesk();
  api = openApi(desk);
  mails = [];
  desk.at('2026-11-09T15:00:00Z');
});
afterEach(() => desk.stop());

const worker = 'P-CARELINE-WORKER';
const boss = 'P-CARELINE-SUPERVISOR';
/** Saves, and follows up as the stream does. */
async function save(key: string, revision = 1, as = worker, content: object = { narrative: 'Wren Canary' }) {
  const answer = await api.ask('/drafts', { as, body: { revision, content }, headers: { 'Idempotency-Key': key } });
  if (answer.status < 300) await listDraft(desk, String(answer.body.id));
  return answer;
}
const begin = async (key: string, as = worker) => String((await save(key, 1, as)).body.id);
const mailer = {
  async send(mail: Mail) {
    mails.push(mail);
    return `m-${mails.length}`;
  },
};
const newsDays = async () =>
  [...new Set((await desk.items('Ledger')).map(({ pk }) => String(pk)))].flatMap((pk) =>
    pk.startsWith('drafts#') ? [pk.slice('drafts#'.length)] : [],
  );
const tell = async () => {
  for (const day of await newsDays()) await sendNotices(deskSendParts(desk, mailer), 'drafts', day, desk.now);
};
/** A look of the sweep at all drafts of this test, and the mail about it. `given` stands in place of the ledger's own. */
async function look(
  given: Partial<DraftWatchParts['ledger']> = {},
  identities: DraftWatchParts['identities'] = desk.identities,
) {
  const frame = { now: desk.now, actor: { kind: 'function', id: 'sweep' }, cause: { kind: 'sweep' } } as const;
  const parts = { identities, ledger: { ...desk.ledger, ...given } };
  const faults: unknown[] = [];
  await watchDrafts(parts, [hoursBack(desk.now, 0, 24 * 60)], draftRule, frame, (fault) => void faults.push(fault));
  await tell();
  for (const { pk } of await desk.items('Ledger')) {
    if (String(pk).startsWith('draft#')) await listDraft(desk, String(pk).slice('draft#'.length));
  }
  return faults;
}
const daysLater = (days: number) =>
  desk.at(new Date(Date.parse('2026-11-09T15:00:00Z') + days * 86_400_000).toISOString());
const textOf = async (id: string) => (await desk.identities.draftText(id)).text;
const to = () => mails.map((mail) => mail.to);

describe('a draft that is untouched for fifteen minutes', () => {
  test('is told to the supervisor on duty, once for each pause', async () => {
    const id = await begin('a');
    desk.at('2026-11-09T15:14:59Z');
    await look();
    expect((await desk.ledger.draft(id))?.left).toBeUndefined();
    desk.at('2026-11-09T15:15:00Z');
    await look();
    await look();
    expect(to()).toEqual([personOf('careline-supervisor').email]);
    expect(mails[0]?.text).toContain(id);
    desk.at('2026-11-09T15:16:00Z');
    await save('a', 2);
    expect((await desk.ledger.draft(id))?.left).toBeUndefined();
    desk.at('2026-11-09T15:31:00Z');
    await look();
    expect(mails).toHaveLength(2);
  });

  test('is in one mail with all others of the same look', async () => {
    const ids = [await begin('a'), await begin('b'), await begin('c', `${worker}.2`)];
    desk.at('2026-11-09T15:15:00Z');
    await look();
    expect(mails).toHaveLength(1);
    for (const id of ids) expect(mails[0]?.text).toContain(id);
    expect(JSON.stringify(mails)).not.toContain('Canary');
  });

  test('of the supervisor on duty is told to another supervisor', async () => {
    await begin('a', boss);
    desk.at('2026-11-09T15:15:00Z');
    await look();
    expect(to()).toEqual([personOf('careline-supervisor/2').email]);
  });

  test('is told once, however the sweep ended in between', async () => {
    await begin('a');
    desk.at('2026-11-09T15:15:00Z');
    const fails = async (): Promise<never> => {
      throw new Error('The table is away.');
    };
    expect(await look({ changeDraftNews: fails })).toHaveLength(1);
    expect(mails).toEqual([]);
    for (const _ of [1, 2]) expect(await look()).toEqual([]);
    expect(mails).toHaveLength(1);
  });
});

describe('a draft that no one touches for a month', () => {
  const { expiresAfterDays: end, warnsBeforeDays: before } = draftRule;
  const days = end - before;

  test('is warned of a week before, to each writer by name, in one mail', async () => {
    const ids = [await begin('a'), await begin('b')];
    await save(ids[0] ?? '', 2, boss);
    daysLater(days);
    desk.at(new Date(Date.parse(desk.now) - 1000).toISOString());
    await look();
    mails = [];
    daysLater(days);
    await look();
    await look();
    expect(to().toSorted()).toEqual([personOf('careline-supervisor').email, personOf('careline-worker').email]);
    const own = mails.find((mail) => mail.to === personOf('careline-worker').email);
    for (const id of ids) expect(own?.text).toContain(id);
    expect(own?.subject).toBe('Send or keep your drafts of reports');
    expect(JSON.stringify(mails)).not.toContain('Canary');
  });

  test('ends: its words are gone, its record stays, and a supervisor is told once of all', async () => {
    const ids = [await begin('a'), await begin('b')];
    daysLater(end);
    desk.at(new Date(Date.parse(desk.now) - 1000).toISOString());
    await look();
    expect(await Promise.all(ids.map(textOf))).toEqual([
      expect.stringContaining('Canary'),
      expect.stringContaining('Canary'),
    ]);
    mails = [];
    daysLater(end);
    for (const _ of [1, 2, 3]) expect(await look()).toEqual([]);
    for (const id of ids) {
      expect(await desk.ledger.draft(id)).toMatchObject({
        status: 'expired',
        ownerId: worker,
        since: '2026-11-09T15:00:00.000Z',
        expiredAt: '2026-12-09T15:00:00.000Z',
      });
      expect(await textOf(id)).toBe('');
    }
    expect(JSON.stringify(await desk.items('Identities'))).not.toContain('Canary');
    expect(to()).toEqual([personOf('careline-supervisor').email]);
    for (const id of ids) expect(mails[0]?.text).toContain(id);
  });

  test('is not ended by a look that began before a new word, and keeps every word', async () => {
    const id = await begin('a');
    daysLater(end);
    const stale = await desk.ledger.draft(id);
    // The word comes after the sweep has read the draft, and before it decides.
    expect((await save('a', 2, worker, { narrative: 'Wren Canary, and the aunt' })).status).toBe(200);
    await look({ draft: async () => stale });
    expect(await desk.ledger.draft(id)).toMatchObject({ status: 'open' });
    expect(await textOf(id)).toContain('the aunt');
    expect((await save('a', 3)).status).toBe(200);
  });

  test('that takes a word at the last moment begins its month anew', async () => {
    const id = await begin('a');
    daysLater(end - 1);
    await save('a', 2);
    daysLater(2 * end - 2);
    await look();
    expect(await desk.ledger.draft(id)).toMatchObject({ status: 'open' });
    daysLater(2 * end - 1);
    await look();
    expect(await desk.ledger.draft(id)).toMatchObject({ status: 'expired' });
  });

  test('takes no more words after its end, and says so to the writer', async () => {
    const id = await begin('a');
    daysLater(end);
    await look();
    const late = await save('a', 2);
    expect([late.status, late.body.code, late.body.detail]).toEqual([
      409,
      'draft-ended',
      expect.stringContaining('Start a new report'),
    ]);
    expect(await textOf(id)).toBe('');
    expect((await api.ask(`/drafts/${id}`, { as: worker })).status).toBe(404);
  });

  test('has its words removed by the next look, where the first ended in between', async () => {
    const id = await begin('a');
    daysLater(end);
    const fails = async (): Promise<never> => {
      throw new Error('The vault is away.');
    };
    expect(await look({}, { removeDraft: fails })).toHaveLength(1);
    expect(await desk.ledger.draft(id)).toMatchObject({ status: 'expired' });
    expect(mails).toEqual([]);
    expect(await look()).toEqual([]);
    expect(await textOf(id)).toBe('');
    expect(mails).toHaveLength(1);
  });

  test('becomes a report all the same where its form is sent later, with its first contact', async () => {
    const id = await begin('a');
    daysLater(end);
    await look();
    const sent = await api.ask('/reports', {
      as: worker,
      body: reportOf({ name: 'Wren Example' }),
      headers: { 'Idempotency-Key': 'a' },
    });
    expect(sent.status).toBe(201);
    const { report } = await desk.state((sent.body.referralIds as string[])[0] ?? '');
    expect(report.receivedAt).toBe('2026-11-09T15:00:00.000Z');
    expect(await desk.ledger.draft(id)).toMatchObject({ status: 'submitted', reportId: sent.body.reportId });
  });

  test('is found by the sweep in the hours around each stage', () => {
    const now = '2026-12-09T15:02:00.000Z';
    for (const past of [days, end]) {
      const at = new Date(Date.parse(now) - past * 86_400_000);
      const [recent] = spansToSweep(at.toISOString());
      const touched = new Date(at.getTime() - 60_000).toISOString();
      expect(recent.from <= touched && touched < recent.before).toBe(true);
    }
  });
});

describe('the list of drafts', () => {
  const page = async (as: string, query: string) => {
    const { status, body } = await api.ask(`/drafts${query}`, { as });
    const { drafts = [], next } = body as { drafts?: { id: string; ownerId: string; since: string }[]; next?: string };
    return { status, drafts, next };
  };
  const all = async (as: string, limit: number, more = '') => {
    const found: { id: string; ownerId: string; since: string }[] = [];
    let after = '';
    do {
      const { drafts, next } = await page(as, `?limit=${limit}${more}${after}`);
      found.push(...drafts);
      after = next === undefined ? '' : `&after=${encodeURIComponent(next)}`;
    } while (after !== '');
    return found;
  };
  const minute = (count: number) =>
    desk.at(new Date(Date.parse('2026-11-09T15:00:00Z') + count * 60_000).toISOString());

  test('shows all of 250, those of the reader first, the newest on top', async () => {
    for (let count = 0; count < 250; count += 1) {
      minute(count);
      await begin(`key ${count}`, count % 50 === 7 ? boss : `${worker}${count % 2 === 0 ? '' : '.2'}`);
    }
    for (const limit of [7, 50, 100]) {
      const found = await all(boss, limit);
      expect(new Set(found.map(({ id }) => id)).size).toBe(250);
      expect(found).toHaveLength(250);
      const own = found.slice(0, 5);
      expect(own.every(({ ownerId }) => ownerId === boss)).toBe(true);
      for (const part of [own, found.slice(5)]) {
        const times = part.map(({ since }) => since);
        expect(times).toEqual(times.toSorted().toReversed());
      }
    }
    const [newest] = (await page(worker, '?limit=1')).drafts;
    expect(newest).toMatchObject({ ownerId: worker, since: '2026-11-09T19:08:00.000Z' });
    const own = await all(`${worker}.2`, 50);
    expect(own.every(({ ownerId }) => ownerId === `${worker}.2`)).toBe(true);
    expect(own).toHaveLength(120);
  });

  test('has those that ended in a list of their own', async () => {
    const id = await begin('a');
    await begin('b', `${worker}.2`);
    daysLater(30);
    await look();
    expect((await page(worker, '')).drafts).toEqual([]);
    expect((await page(worker, '?status=expired')).drafts.map((each) => each.id)).toEqual([id]);
    expect(await all(boss, 1, '&status=expired')).toHaveLength(2);
    expect((await page(worker, '?status=sent')).status).toBe(400);
  });

  test('takes no cursor but its own', async () => {
    for (const after of ['x', 'eyJvd24iOm51bGx9']) expect((await page(worker, `?after=${after}`)).status).toBe(400);
  });
});
