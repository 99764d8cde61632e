/** Exports of the audit: who asks, approves and downloads, what is recorded before, and what is in the file. */
import { createHash } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { exportedRecords } from '../../../shared/application/read/export-records.ts';
import { exportTables } from '../../../shared/application/read/export-tables.ts';
import {
  askForExport,
  decideExport,
  downloadExport,
  type ExportParts,
  listExports,
  readExport,
} from '../../../shared/application/use-cases/keep-exports.ts';
import { exportRule } from '../../../shared/policy/export-rules.ts';
import { csvOf } from '../../../shared/reports/csv.ts';
import { encodeCommit, noHash } from '../../../shared/store/commit.ts';
import { startConfirmed } from '../../console/confirmed.ts';
import { type Desk, personOf, visitor } from '../../support/desk.ts';

let desk: Desk;
let id: string;
let other: string;
let start: string;
beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  other = await desk.opened({ name: 'Canary Robin' }, { narrative: 'A canary of the narrative.' });
  // The mail of one alert: a person got it, and another one's came back.
  const mail = { now: desk.now, actor: { kind: 'function', id: 'send-alerts' }, cause: { kind: 'delivery' } } as const;
  const sentTo = (personId: string, order: number) =>
    ({ type: 'alert-sent', v: 1, personId, addressedAs: 'hart-lead', order, messageId: `M-${order}` }) as const;
  await desk.ledger.changeAlert(await desk.alertId(id), mail, () => [
    sentTo('P-HART-LEAD', 1),
    { type: 'alert-delivered', v: 1, personId: 'P-HART-LEAD' },
    sentTo('P-HART-LEAD.2', 2),
    { type: 'alert-failed', v: 1, personId: 'P-HART-LEAD.2', because: 'bounce' },
  ]);
  start = desk.now;
});
afterAll(() => desk.stop());
beforeEach(() => desk.at(start));

const asker = visitor('auditor');
const administrator = visitor('administrator');
const parts = (more: Partial<ExportParts> = {}): ExportParts => ({ ...desk.parts(), rule: exportRule, ...more });
const later = (hours: number) => desk.at(new Date(Date.parse(start) + hours * 3_600_000).toISOString());
const sent = (more: object = {}) => ({ purpose: 'court-order', referrals: [id], ...more });

async function asked(input: object = sent(), by = asker): Promise<string> {
  const answer = await askForExport(parts(), by, input);
  if (answer.kind !== 'done') throw new Error(JSON.stringify(answer));
  return answer.request.id;
}
async function approved(input: object = sent(), by = asker): Promise<string> {
  const name = await asked(input, by);
  const answer = await decideExport(parts(), visitor('administrator/2'), name, { answer: 'approve' });
  expect(answer.kind).toBe('done');
  return name;
}
async function downloaded(input: object = sent(), by = asker) {
  const answer = await downloadExport(parts(), by, await approved(input, by));
  if (answer.kind !== 'done') throw new Error(JSON.stringify(answer));
  const files = Object.entries(unzipSync(answer.file.zip)).map(([name, bytes]) => [name, strFromU8(bytes)] as const);
  const text = (name: string) => files.find(([each]) => each === name)?.[1] ?? '';
  return { ...answer, files, text, manifest: JSON.parse(text('manifest.json')) };
}
const problems = async (input: object, more: Partial<ExportParts> = {}) => {
  const answer = await askForExport(parts(more), asker, input);
  if (answer.kind !== 'invalid') throw new Error(`It was ${answer.kind}.`);
  return answer.problems.map(({ path }) => path);
};
const sha = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

/** Cells of CSV with no line end in them. */
const cellsIn = (line: string): readonly string[] =>
  [...`${line},`.matchAll(/("(?:[^"]|"")*"|[^,]*),/g)].map(([, cell = '']) =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
  );

describe('asking', () => {
  test.each([
    ['no purpose', { purpose: undefined }, ['purpose']],
    ['a purpose that is a formula', { purpose: '=HYPERLINK("x")' }, ['purpose']],
    ['neither referrals nor a period', { referrals: undefined }, ['referrals']],
    ['both', { from: '2026-11-01', to: '2026-11-02' }, ['referrals']],
    ['a half period', { referrals: undefined, from: '2026-11-01' }, ['to']],
    ['a period backwards', { referrals: undefined, from: '2026-11-03', to: '2026-11-01' }, ['to']],
    ['a day that has not come', { referrals: undefined, from: '2026-11-03', to: '2027-01-01' }, ['to']],
    ['a period without a referral', { referrals: undefined, from: '2026-01-01', to: '2026-01-31' }, ['from']],
    ['no date', { referrals: undefined, from: 'March', to: '2026-03-31' }, ['from']],
    ['an unknown reference', { referrals: ['CR-00000-000000'] }, ['referrals[0]']],
    ['a field that is not known', { approver: 'P-1' }, ['approver']],
  ])('with %s names the field', async (_, change, paths) => {
    const input = Object.fromEntries(Object.entries(sent(change)).filter(([, value]) => value !== undefined));
    expect(await problems(input)).toEqual(paths);
  });

  test('for more referrals than one export holds says how to go on', async () => {
    const rule = { ...exportRule, mostReferrals: 1 };
    expect(await problems(sent({ referrals: [id, other] }), { rule })).toEqual(['referrals']);
    const period = { purpose: 'state-audit', from: '2026-11-01', to: '2026-11-11' };
    const answer = await askForExport(parts({ rule }), asker, period);
    expect(answer).toMatchObject({
      problems: [{ path: 'to', sentence: expect.stringContaining('npm run audit -- export') }],
    });
  });

  test('is for administrators and auditors', async () => {
    const answer = await askForExport(parts(), visitor('careline-supervisor'), sent());
    expect(answer.kind).toBe('forbidden');
    expect(await listExports(parts(), visitor('hart-lead'))).toBeUndefined();
  });

  test('names the referral that is not there among those that are', async () => {
    expect(await problems(sent({ referrals: [id, 'CR-00000-000000', other] }))).toEqual(['referrals[1]']);
  });
});

describe('approving', () => {
  test('is for another administrator', async () => {
    const own = await asked(sent(), administrator);
    const decide = (by: typeof asker) => decideExport(parts(), by, own, { answer: 'approve' });
    expect(await decide(administrator)).toMatchObject({ kind: 'refused', refusal: { refused: 'own-export' } });
    expect((await decide(asker)).kind).toBe('forbidden');
    expect((await decide(visitor('careline-manager'))).kind).toBe('forbidden');
    expect(await decide(visitor('administrator/2'))).toMatchObject({ kind: 'done', request: { state: 'approved' } });
    expect(await decide(visitor('administrator/2'))).toMatchObject({ refusal: { refused: 'export-answered' } });
  });

  test('ends after a week, and a declined export stays declined', async () => {
    const [late, declined] = [await asked(), await asked()];
    await decideExport(parts(), asker, declined, { answer: 'decline' });
    later(24 * 7);
    const decide = (name: string) => decideExport(parts(), administrator, name, { answer: 'approve' });
    expect(await decide(late)).toMatchObject({ refusal: { refused: 'export-over' } });
    expect(await decide(declined)).toMatchObject({ refusal: { refused: 'export-answered' } });
    expect((await decideExport(parts(), administrator, 'EX-2026-11-999', { answer: 'approve' })).kind).toBe('unknown');
  });
});

describe('downloading', () => {
  test('waits for the approval, and ends in time', async () => {
    const name = await asked();
    const download = (by = asker) => downloadExport(parts(), by, name);
    expect(await download()).toMatchObject({ refusal: { refused: 'export-not-approved' } });
    await decideExport(parts(), administrator, name, { answer: 'approve' });
    expect((await download(administrator)).kind).toBe('forbidden');
    later(71);
    expect((await download()).kind).toBe('done');
    later(72);
    expect(await download()).toMatchObject({ refusal: { refused: 'export-over' } });
  });

  test('is recorded each time, with the digest of the file and who approved it, at each referral too', async () => {
    const { request, file } = await downloaded(sent({ referrals: [id, other] }));
    await downloadExport(parts(), asker, request.id);
    const known = await readExport(parts(), asker, request.id);
    expect(known?.downloads.map(({ by, digest }) => [by, digest.length])).toEqual([
      [asker.id, 64],
      [asker.id, 64],
    ]);
    expect(known?.downloads[0]?.digest).toBe(sha(file.zip));
    for (const each of [id, other]) {
      const [records] = await desk.ledger.accessRecords(each);
      const exported = (records?.commits ?? [])
        .map(({ text }) => JSON.parse(text))
        .filter(({ cause }) => cause.name === 'export');
      expect(exported.at(-1)).toMatchObject({
        actor: { id: asker.id },
        cause: { purpose: 'court-order', id: expect.stringContaining(request.id) },
        events: [{ read: ['export'], approvedBy: 'P-ADMINISTRATOR.2' }],
      });
      expect(records?.check.intact).toBe(true);
    }
    const records = await exportedRecords(parts(), [other], asker);
    const [reads] = exportTables(records).filter((table) => table.name === 'reads');
    expect(JSON.stringify(reads?.rows)).toContain('P-ADMINISTRATOR.2');
  });

  test.each(['changeExports', 'recordAccess'] as const)('sends nothing where %s fails', async (part) => {
    const name = await approved();
    const failing = async () => {
      throw new Error('The table does not answer.');
    };
    const broken = parts({ ledger: { ...desk.ledger, [part]: failing } });
    await expect(downloadExport(broken, asker, name)).rejects.toThrow('The table does not answer.');
  });

  test('refuses a file that is too large for one answer', async () => {
    const rule = { ...exportRule, mostBytes: 100 };
    const answer = await downloadExport(parts({ rule }), asker, await approved());
    expect(answer).toMatchObject({
      refusal: { refused: 'export-too-large', sentence: expect.stringContaining('fewer') },
    });
  });

  test('has a manifest whose digests and heads can be computed again', async () => {
    const { manifest, files, text, request } = await downloaded();
    expect(manifest.request).toMatchObject({ id: request.id, purpose: 'court-order', approvedBy: 'P-ADMINISTRATOR.2' });
    expect([manifest.asOf, manifest.referrals, manifest.policies]).toEqual([desk.now, 1, ['connecticut-2026.1']]);
    expect(manifest.files.map(({ name, sha256 }: { name: string; sha256: string }) => [name, sha256])).toEqual(
      files.filter(([name]) => name !== 'manifest.json').map(([name, content]) => [name, sha(content)]),
    );
    const own = await desk.ledger.readAfresh(`referral#${id}`);
    expect(manifest.heads[0]).toEqual({
      reference: id,
      chain: `referral#${id}`,
      commits: own.length,
      head: own.at(-1)?.hash,
    });
    expect(manifest.heads.some(({ chain }: { chain: string }) => chain.startsWith('alert#'))).toBe(true);
    expect(text('commits.csv')).toContain(own[2]?.hash);
  });

  test('has the same rows as CSV and as JSON, in each chapter', async () => {
    const { manifest, text } = await downloaded(sent({ referrals: [id, other] }));
    expect(manifest.chapters.map(({ name }: { name: string }) => name)).toEqual([
      'referrals',
      'deadlines',
      'runs',
      'mail',
      'reads',
      'commits',
      'acts',
    ]);
    for (const { name, rows } of manifest.chapters) {
      const [heads = '', ...lines] = text(`${name}.csv`).split('\r\n').slice(0, -1);
      const objects: readonly Record<string, string | number>[] = JSON.parse(text(`${name}.json`));
      expect([name, lines.length, objects.length]).toEqual([name, rows, rows]);
      expect(rows).toBeGreaterThan(1);
      for (const [index, line] of lines.entries()) {
        expect(cellsIn(line)).toEqual(Object.values(objects[index] ?? {}).map(String));
        expect(heads).toBe(Object.keys(objects[index] ?? {}).join(','));
      }
    }
  });

  test('holds nothing of the vault and no fact about the child, in any byte', async () => {
    const { files } = await downloaded(sent({ referrals: [id, other] }));
    const whole = files.map(([, content]) => content).join('\n');
    for (const canary of [
      'Wren',
      'Teal',
      'Robin',
      'canary',
      'Only by text',
      '203-555-0199',
      'invented reason',
      'hotel-keys',
      '53a-192a',
    ])
      expect([canary, whole.includes(canary)]).toEqual([canary, false]);
    for (const [, text] of await desk.vaultTexts()) {
      const words = text.match(/[A-Z][a-z]{3,} [A-Z][a-z]{3,}/g) ?? [];
      for (const word of words) expect([word, whole.includes(word)]).toEqual([word, false]);
    }
  });

  test('has codes with their words beside, and cells that are no formula', async () => {
    const { text } = await downloaded();
    const mail = text('mail.csv');
    expect(mail).toContain(',email,P-HART-LEAD,hart-lead,HART lead,delivered,Delivered,,');
    expect(mail).toContain(',email,P-HART-LEAD.2,hart-lead,HART lead,failed,Failed,bounce,');
    expect(text('acts.csv')).toContain(',classify-report,Classify report,');
    expect(text('deadlines.csv')).toMatch(new RegExp(`${id},${id}[.]D\\w+[.]1,D\\w+,[^,]+,open,Open`));
    expect(csvOf([['=1+1', '@x']])).toBe("'=1+1,'@x\r\n");
  });

  test('of a period has the referrals opened in these New York days', async () => {
    // The second one was opened on November 11.
    const { manifest } = await downloaded({ purpose: 'state-audit', from: '2026-11-10', to: '2026-11-11' });
    expect(manifest.heads[0].reference).toBe(other);
    expect(manifest.referrals).toBe(1);
  });
});

describe('a sealed referral', () => {
  let sealed: string;
  beforeAll(async () => {
    sealed = await desk.opened({ name: 'Sealed Canary' });
  });

  test('is left out without a word, and a list that names it does not exist for people it is closed to', async () => {
    const period = { purpose: 'quality-review', from: '2026-11-09', to: '2026-11-11' };
    const named = await asked(sent({ referrals: [sealed] }));
    const open = await downloaded(period);
    const forPeople = [personOf('careline-supervisor').id, personOf('careline-supervisor/2').id];
    const seal = { because: 'workers-family', forPeople, reason: 'Invented words.' };
    await desk.do(sealed, 'seal-referral', seal, 'careline-manager');
    expect((await desk.state(sealed)).access.seal).toBeDefined();
    const shut = await downloaded(period);
    expect([open.manifest.referrals, shut.manifest.referrals]).toEqual([3, 2]);
    expect(shut.files.some(([, content]) => content.includes(sealed))).toBe(false);
    expect(shut.manifest.notes).toEqual(open.manifest.notes);
    expect(await problems(sent({ referrals: [sealed] }))).toEqual(['referrals[0]']);
    expect(await readExport(parts(), administrator, named)).toBeUndefined();
    expect((await listExports(parts(), administrator))?.some((each) => each.id === named)).toBe(false);
    expect(JSON.stringify(await listExports(parts(), administrator))).not.toContain(sealed);
    // It counts for no limit either.
    const rule = { ...exportRule, mostReferrals: 2 };
    expect((await askForExport(parts({ rule }), asker, period)).kind).toBe('done');
  });
});

test('the record is a chain that tells of any change', async () => {
  const chain = await desk.ledger.readChecked('export#2026-11');
  expect(chain.check.intact).toBe(true);
  expect(chain.commits.length).toBeGreaterThan(10);
  expect(personOf('auditor').id).toBe(asker.id);
});

test('an approval that was written into the table without the key of the doors sends nothing', async () => {
  // A chain of its own, because the month is in doubt afterwards.
  desk.at('2026-12-05T15:00:00Z');
  const name = await asked(sent(), administrator);
  const chain = 'export#2026-12';
  const before = await desk.ledger.readAfresh(chain);
  const seq = before.length + 1;
  const content = {
    ...{ chain, seq, at: desk.now, policy: 'connecticut-2026.1', cause: { kind: 'delivery' } as const },
    actor: { kind: 'person', id: 'P-ADMINISTRATOR.2' } as const,
    events: [{ type: 'export-approved', v: 1, id: name }],
  };
  const { text, prev, hash } = encodeCommit(content, before.at(-1)?.hash ?? noHash);
  const forged = { pk: chain, seq, at: desk.now, body: text, prev, hash, signature: 'AAAA', signedBy: 'door' };
  await desk.put('Ledger', [forged]);
  const outside = parts({ ledger: desk.openLedger() });
  const answer = await downloadExport(outside, administrator, name).catch(() => ({ kind: 'failed' }));
  expect(answer.kind).not.toBe('done');
  const [records] = await desk.ledger.accessRecords(id);
  expect((records?.commits ?? []).some(({ text: record }) => record.includes(name))).toBe(false);
});
