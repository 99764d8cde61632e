import { describe, expect, test } from 'vitest';
import { openApi } from '../../support/api-client.ts';
import { startDesk } from '../../support/desk.ts';

describe('the limit of requests of one person', () => {
  test('answers 429 with Retry-After at the API, and reads and does nothing', async () => {
    const desk = await startDesk();
    try {
      const { ask } = openApi(desk, {
        waitFor: async (id) => (id === 'P-LEGAL' || id === 'P-CARELINE-WORKER' ? 3 : 0),
      });
      const refused = await ask('/queue', { as: 'P-LEGAL' });
      expect([refused.status, refused.headers.get('retry-after'), refused.body.status]).toEqual([429, '3', 429]);
      expect(refused.headers.get('x-request-id')).not.toBeNull();
      const report = { narrative: 'Words.', children: [{ danger: 'yes' }] };
      expect((await ask('/referrals/CR-00000-000000/calls', { as: 'P-LEGAL' })).status).toBe(429);
      expect(await desk.items('Ledger')).toEqual([]);
      // No limit stops a report.
      expect((await ask('/queue', { as: 'P-CARELINE-WORKER' })).status).toBe(429);
      expect((await ask('/reports', { as: 'P-CARELINE-WORKER', body: report })).status).toBe(201);
      expect((await ask('/queue', { as: 'P-CASEWORKER' })).status).toBe(200);
    } finally {
      await desk.stop();
    }
  });
});
