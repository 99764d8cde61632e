/** Input that no person can mean is refused with its field named, however it is sent. The answer never repeats it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApi } from '../support/api-client.ts';
import { type Desk, personOf, reportOf, startDesk } from '../support/desk.ts';

let desk: Desk;
let ask: ReturnType<typeof openApi>['ask'];
let id: string;
beforeAll(async () => {
  desk = await startDesk();
  ({ ask } = openApi(desk));
  id = await desk.opened();
});
afterAll(() => desk.stop());

const report = (body: object) => ask('/reports', { as: 'P-CARELINE-WORKER', body });
const command = (name: string, as: string, body: object) =>
  ask(`/referrals/${id}/commands/${name}`, { as: personOf(as).id, body });
const refused = async (answer: Awaited<ReturnType<typeof report>>, path: string, sent: string) => {
  expect(answer).toMatchObject({ status: 400, body: { problems: [{ path }] } });
  expect(answer.text).not.toContain(sent);
};

describe('control characters', () => {
  test.each(['\u0000', '\u0007', '\u001b[31m', '\u007f', '\u0085', '\u202e', '\ud800'])(
    'such as %j are refused in every text of a report',
    async (character) => {
      const text = `Aspen${character}Example`;
      await refused(await report(reportOf({}, { narrative: text })), 'narrative', 'Aspen');
      await refused(await report(reportOf({ name: text })), 'children[0].name', 'Aspen');
      await refused(await report(reportOf({}, { reporter: { phone: text } })), 'reporter.phone', 'Aspen');
      await refused(await report(reportOf({ [text]: 'x' })), 'children[0]', 'Aspen');
    },
  );

  test('are refused in a command, a provider and a town', async () => {
    await refused(await command('record-safety-plan', 'caseworker', { plan: 'Aspen\u0000' }), 'plan', 'Aspen');
    const listing = { name: 'Aspen\u0007', regions: ['4'], ageFrom: 1, ageTo: 2, languages: ['es'], phone: '1' };
    const provider = { ...listing, contactId: 'PV-1.CONTACT', revision: 0 };
    const sent = await ask('/providers/education/PV-9', { as: personOf('careline-manager').id, body: provider });
    await refused(sent, 'name', 'Aspen');
  });

  test.each([
    ['/agencies/Aspen%00', 'town'],
    ['/agencies/Aspen%E2%80%AE', 'town'],
    ['/providers?language=Aspen%07', 'language'],
  ])('are refused in a parameter of an address, in the same words: %s', async (path, field) => {
    const answer = await ask(path, { as: personOf('careline-manager').id });
    await refused(answer, field, 'Aspen');
    expect(JSON.stringify(answer.body)).toContain('It holds control characters, which no text has');
  });

  test('are found at any depth, and input without an end of its nesting is refused before it is kept', async () => {
    const nested = (depth: number, inside: string): string => `${'['.repeat(depth)}${inside}${']'.repeat(depth)}`;
    const draft = (content: string) =>
      ask('/drafts', {
        as: personOf('careline-worker').id,
        headers: { 'Idempotency-Key': 'nested' },
        text: `{"revision":0,"content":{"a":${content}}}`,
      });
    await refused(await draft(nested(10, JSON.stringify('Aspen\u0000'))), `content.a${'[0]'.repeat(10)}`, 'Aspen');
    await refused(await draft(nested(5000, '1')), 'content', 'Aspen');
    const named = { revision: 0, content: { 'Aspen\u202e': 1 } };
    const headers = { 'Idempotency-Key': 'named' };
    await refused(
      await ask('/drafts', { as: personOf('careline-worker').id, body: named, headers }),
      'content',
      'Aspen',
    );
  });

  test('do not include tabs, line ends and letters of any script', async () => {
    const narrative = 'She said:\r\n\t“Ñandú, 東京, שלום, 👩‍👧”\n';
    expect((await report(reportOf({ name: 'Zoë O’Núñez' }, { narrative }))).status).toBe(201);
  });
});

describe('impossible dates', () => {
  test.each(['2001-11-09T15:00:00Z', '2025-11-08T14:59:59Z', '1999-01-01T00:00:00Z', '9999-01-01T00:00:00Z'])(
    'such as a receipt of %s are refused',
    async (receivedAt) => refused(await report(reportOf({}, { receivedAt })), 'receivedAt', receivedAt),
  );

  test('a report that was sent months late is taken with its true time of call', async () => {
    expect((await report(reportOf({}, { receivedAt: '2025-12-09T15:00:00Z' }))).status).toBe(201);
  });

  test.each<[string, string, object, string]>([
    ['report-missing', 'caseworker', { at: '2001-11-09T15:00:00Z' }, 'at'],
    ['report-missing', 'caseworker', { at: '2030-11-09T15:00:00Z' }, 'at'],
    ['report-missing', 'caseworker', { at: '2025-11-07T15:00:00Z' }, 'at'],
  ])('%s by %s with %j is refused', async (name, as, body, path) => {
    const before = (await desk.state(id)).seq;
    await refused(await command(name, as, body), path, Object.values(body)[0]);
    expect((await desk.state(id)).seq).toBe(before);
  });

  test('an act before the report is refused by the domain, which does not repeat its date', async () => {
    const answer = await command('start-response', 'caseworker', { at: '2026-11-08T15:00:00Z' });
    expect(answer).toMatchObject({ status: 409, body: { code: 'before-the-report' } });
    expect(answer.text).not.toContain('Nov 8');
    const ahead = await command('start-response', 'caseworker', { at: '2026-12-24T15:00:00Z' });
    expect(ahead).toMatchObject({ status: 409, body: { code: 'in-the-future' } });
    expect(ahead.text).not.toContain('Dec 24');
  });
});

describe('the language of a provider', () => {
  const asked = (language: string) => ask(`/providers?language=${language}`, { as: 'P-LEGAL' });

  test.each(['xx', 'x', 'zz', 'Aspen%20Example', '%00', 'q1'])('may not be %s: 400', async (language) => {
    await refused(await asked(language), 'language', 'Aspen');
  });

  test.each(['en', 'eng', 'english', 'English'])('may be %s, which finds the English ones', async (language) => {
    const { status, body } = await asked(language);
    expect(status).toBe(200);
    expect(body.providers).not.toEqual([]);
  });

  test.each(['es', 'ht', 'ase', 'portuguese'])('may be %s, which no provider has', async (language) => {
    expect(await asked(language)).toMatchObject({ status: 200, body: { providers: [] } });
  });
});

test('a body over 256 KB is refused before any of it is read', async () => {
  const answer = await report(reportOf({}, { narrative: 'Aspen'.repeat(60_000) }));
  expect(answer.status).toBe(413);
  expect(answer.text).not.toContain('Aspen');
});

test('an id that is too long finds nothing', async () => {
  const long = 'A'.repeat(3000);
  expect((await ask(`/providers/education/${long}/history`, { as: personOf('auditor').id })).status).toBe(404);
  expect((await ask(`/referrals/${long}`, { as: personOf('auditor').id })).status).toBe(404);
});
