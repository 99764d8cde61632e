/** Training at the API: who may do what, nothing half-imported, and a number of a person that is stored nowhere. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { learnerCodes } from '../../../shared/application/matching/learner-codes.ts';
import { createDigests, withNewIndexKey } from '../../../shared/application/matching/secret.ts';
import { withShare } from '../../../shared/application/read/shown-training.ts';
import { readCsv } from '../../../shared/domain/core/read-csv.ts';
import { openApi } from '../../support/api-client.ts';
import { type Desk, startDesk } from '../../support/desk.ts';

let desk: Desk;
let api: ReturnType<typeof openApi>;
const trainer = 'P-TRAINER';
const canary = '7741093';

beforeAll(async () => {
  desk = await startDesk();
  api = openApi(desk);
});
afterAll(() => desk.stop());

const header = 'course,date,agency,town,role group,number';
const officer = (number: string, date = '2026-05-01') => `police,${date},Hartford Police,Hartford,police,${number}`;
const csv = (...lines: readonly string[]) => [header, ...lines].join('\r\n');
const post = (name: string, body: object, as = trainer, key?: string) =>
  api.ask(`/training/${name}`, { as, body, ...(key !== undefined && { headers: { 'Idempotency-Key': key } }) });
const commits = async () => (await desk.ledger.readChecked('training#COVERAGE'))?.commits.length ?? 0;
const groupOf = async (group: string) =>
  ((await api.ask('/training', { as: trainer })).body.groups as readonly { readonly group: string }[]).find(
    (each) => each.group === group,
  );

test('a wrong field stores nothing, and is named by its line', async () => {
  const answer = await post('attendance', {
    csv: csv(officer('POST-1'), officer('Pat Example').replace('Hartford,', 'Atlantis,')),
  });
  expect(answer.status).toBe(400);
  expect(answer.body.problems).toEqual([
    { path: 'lines[3].town', sentence: expect.any(String) },
    { path: 'lines[3].number', sentence: expect.any(String) },
  ]);
  expect(answer.text).not.toMatch(/Atlantis|Pat/);
  expect(await groupOf('police')).toMatchObject({ current: 0 });
});

test('a file is imported once by its key, and refused as a second submission', async () => {
  const thirty = Array.from({ length: 30 }, (_, index) =>
    officer(index === 0 ? `POST-${canary}` : `POST-${1000 + index}`, index < 10 ? '2022-03-01' : '2026-05-01'),
  );
  const done = await post('attendance', { csv: csv(...thirty) }, trainer, 'key one');
  expect([done.status, done.body.lines, done.body.notCounted]).toEqual([200, 30, 0]);
  await post('attendance', { csv: csv(...thirty) }, trainer, 'key one');
  const again = await post('attendance', { csv: csv(...thirty.toReversed()) });
  expect([again.status, again.body.code]).toEqual([409, 'imported-already']);
  expect((await post('attendance', { csv: csv(thirty[0] ?? '') }, trainer, 'key one')).status).toBe(422);
  expect(await groupOf('police')).toMatchObject({ current: 20, due: 10 });
  expect(await groupOf('police')).not.toHaveProperty('share');
});

test('with a headcount the coverage has a percentage', async () => {
  const heads = 'agency,town,role group,headcount,as of\nHartford PD,Hartford,police,40,2026-07-01';
  expect((await post('headcounts', { csv: heads })).body).toMatchObject({ lines: 1, headcounts: 1 });
  expect(await groupOf('police')).toMatchObject({ current: 20, headcount: 40, share: 50 });
});

test.each([
  [20, 19, undefined, true],
  [19, 19, undefined, undefined],
  [10, 20, 50, undefined],
  [5, undefined, undefined, undefined],
])('%i of %s give the percentage %s', (current, headcount, share, exceeds) => {
  const given = { group: 'police', current, soon: 0, due: 0, withoutHeadcount: 0 } as const;
  const shown = withShare({ ...given, ...(headcount !== undefined && { headcount }) });
  expect([shown.share, shown.exceeds]).toEqual([share, exceeds]);
});

test('a staff list is answered line by line with the codes of the list, and is stored nowhere', async () => {
  const before = await desk.items('Ledger');
  const staffList = `agency,town,role group,number\n${[canary, '1011', '99'].map((number) => `Hartford Police,Hartford,police,POST ${number}`).join('\n')}`;
  const { status, body, text } = await post('staff-list', { csv: staffList });
  expect(status, text).toBe(200);
  expect(body.lines).toMatchObject([
    { line: 2, standing: 'due', trainedOn: '2022-03-01', dueOn: '2025-03-01' },
    { line: 3, standing: 'current' },
    { line: 4, standing: 'never' },
  ]);
  const due = (await api.ask('/training/due', { as: trainer })).body.due as readonly { readonly code: string }[];
  const [first] = body.lines as readonly { readonly code: string }[];
  expect(due).toHaveLength(10);
  expect(due.map(({ code }) => code)).toContain(first?.code);
  expect(text).not.toContain(canary);
  expect(await desk.items('Ledger')).toEqual(before);
});

test('an import that was wrong is taken back', async () => {
  await post('attendance', { csv: csv(officer('POST-5001'), officer('POST-5002')) });
  expect(await groupOf('police')).toMatchObject({ current: 22 });
  const { imports } = await desk.ledger.training();
  expect((await post('take-back', { importId: imports.at(-1)?.id })).status).toBe(200);
  expect(await groupOf('police')).toMatchObject({ current: 20 });
  expect((await post('take-back', { importId: imports.at(-1)?.id })).body.code).toBe('no-such-import');
  expect((await post('take-back', { importId: 'CR-7F3KD-9QXMTQ' })).status).toBe(400);
});

describe('a link', () => {
  const link = {
    course: 'police',
    kind: 'recording',
    language: 'spanish',
    address: 'https://learn.dcf.example/police-es.mp4',
    reviewOn: '2027-06-30',
    digest: 'A'.repeat(64),
  };
  test('is kept with its digest, read by readers, and taken out', async () => {
    expect((await post('materials', link)).body).toMatchObject({ materials: 1 });
    expect((await post('materials', link)).body.code).toBe('material-there');
    const { body } = await api.ask('/training/materials', { as: 'P-EVALUATOR' });
    expect(body.materials).toMatchObject([{ address: link.address, digest: 'a'.repeat(64), isDue: false }]);
    const [{ id } = { id: '' }] = body.materials as readonly { readonly id: string }[];
    expect((await post('materials/remove', { materialId: id })).body).toMatchObject({ materials: 0 });
    expect((await post('materials/remove', { materialId: id })).body.code).toBe('no-such-material');
  });
  test.each([
    ['address', 'http://learn.dcf.example/a'],
    ['address', 'javascript:alert(1)'],
    ['address', 'https://pat:secret@learn.dcf.example/a'],
    ['address', 'https://learn.dcf.example/a?child=pat'],
    ['address', 'https://learn.dcf.example/a#pat'],
    ['address', 'https://localhost/a'],
    ['address', `https://learn.dcf.example/${'a'.repeat(300)}`],
    ['reviewOn', '2026-11-09'],
    ['reviewOn', '2036-11-09'],
    ['reviewOn', 'soon'],
    ['digest', 'a'.repeat(63)],
    ['digest', 'g'.repeat(64)],
    ['kind', 'poem'],
    ['language', 'latin'],
    ['course', 'cooking'],
  ])('with %s %s is refused by that field, and not stored', async (path, value) => {
    const before = await commits();
    const answer = await post('materials', { ...link, [path]: value });
    expect([answer.status, (answer.body.problems as readonly { path: string }[]).map((each) => each.path)]).toEqual([
      400,
      [path],
    ]);
    expect(await commits()).toBe(before);
  });
});

test('readers read coverage alone, and all others nothing', async () => {
  for (const as of ['P-PROGRAM-MANAGER', 'P-HART-DIRECTOR', 'P-EVALUATOR']) {
    expect((await api.ask('/training', { as })).status).toBe(200);
    expect((await api.ask('/training/due', { as })).status).toBe(403);
    expect((await post('staff-list', { csv: csv(officer('POST-1')) }, as)).status).toBe(403);
    expect((await post('attendance', { csv: csv(officer('POST-1')) }, as)).status).toBe(403);
  }
  for (const as of ['P-CASEWORKER', 'P-ADMINISTRATOR', 'P-MDT-MEMBER', 'PV-1.CONTACT', 'P-CARELINE-MANAGER']) {
    expect((await api.ask('/training', { as })).status).toBe(403);
    expect((await api.ask('/training/materials', { as })).status).toBe(403);
  }
});

test('the number of a person stands in no row of any table, in no answer, and no one who has the table can try numbers', async () => {
  const tables = ['Ledger', 'Identities', 'Board', 'Cursors', 'Directory', 'Facts', 'Sessions', 'ChildIndex'] as const;
  const rows = JSON.stringify(await Promise.all(tables.map((table) => desk.items(table))));
  expect(rows).toContain('attendance-imported');
  expect(rows).not.toContain(canary);
  expect(JSON.stringify(await desk.ledger.training())).not.toContain(canary);
  for (const path of ['/training', '/training/due', '/training/materials'])
    expect((await api.ask(path, { as: trainer })).text).not.toContain(canary);
  // A plain digest of the number is not there either: it could be found by trying all numbers.
  const code = learnerCodes('the key of these tests')(['POST', `POST${canary}`]);
  expect(rows).toContain(code);
  expect(rows).not.toContain(createDigests('another key').hex('POST', `POST${canary}`).slice(0, 20));
});

test('codes depend on the secret, have a key of their own, and stay when the index gets a new key', () => {
  const parts = ['POST', 'POST1'];
  const code = learnerCodes('secret one')(parts);
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{20}$/);
  expect(learnerCodes('secret two')(parts)).not.toBe(code);
  expect(learnerCodes(withNewIndexKey('secret one', 'fresh'))(parts)).toBe(code);
  expect(learnerCodes('secret one')(['POSTP', 'OST1'])).not.toBe(code);
  const shared = createDigests('secret one').hex(...parts);
  expect(Buffer.from(shared, 'hex').toString('hex')).not.toContain(code.toLowerCase());
});

test('a sample file of headcounts with formulas is refused, and the download holds none', async () => {
  const heads = (agency: string) => `agency,town,role group,headcount,as of\n${agency},Hartford,police,40,2026-07-01`;
  expect((await post('headcounts', { csv: heads('=1+1 Police') })).status).toBe(400);
  const { coverageFile, trainingFor } = await import('../../../shared/application/read/shown-training.ts');
  const { visitor } = await import('../../support/desk.ts');
  const view = await trainingFor(desk.parts(), visitor('trainer'));
  const rows = readCsv(view ? coverageFile(view) : '') ?? [];
  expect(rows.length).toBeGreaterThan(8);
  for (const { cells } of rows) for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@]/);
});
