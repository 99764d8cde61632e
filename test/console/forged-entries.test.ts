/** A person with the table wrote a role into their own row. It opens no page, in an open session either. */
import { expect, test } from 'vitest';
import { leastReport, report, startConsole } from './window.ts';

test('a role in a row without its code opens nothing in the console, at once', async () => {
  const { tables, careline } = await startConsole();
  const worker = await careline.person('P-CARELINE-WORKER-1');
  const id = await report(worker, leastReport);
  const provider = await careline.person('P-PROVIDER-EDUCATION-1');
  expect((await provider.get(`/referrals/${id}`)).status).toBe(404);
  const row = (await tables.items('Directory')).find(({ pk }) => pk === 'person#P-PROVIDER-EDUCATION-1');
  await tables.put('Directory', [{ ...row, roles: [{ role: 'careline-supervisor', scope: 'state' }] }]);
  for (const path of ['/queue', `/referrals/${id}`, '/reports/new', '/audit']) {
    const { status, html } = await provider.get(path);
    expect(status).not.toBe(200);
    expect(html).not.toContain(id);
  }
  expect((await worker.get(`/referrals/${id}`)).status).toBe(200);
  await tables.stop();
});
