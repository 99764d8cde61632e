import { describe, expect, test } from 'vitest';
import { createRateLimit, rateLimits } from '../../../shared/application/access/rate-limit.ts';
import { openApi } from '../../support/api-client.ts';
import { startDesk } from '../../support/desk.ts';

describe('the limit of requests of one person', () => {
  test('lets in its number at once, and then gives the wait in whole seconds, for each person separately', () => {
    let now = 0;
    const waitFor = createRateLimit({ perSecond: 0.5, atOnce: 2 }, () => now);
    expect([waitFor('P-1'), waitFor('P-1'), waitFor('P-1'), waitFor('P-2')]).toEqual([0, 0, 2, 0]);
    now = 1000;
    expect([waitFor('P-1'), waitFor('P-2'), waitFor('P-2')]).toEqual([1, 0, 1]);
    now = 2000;
    expect([waitFor('P-1'), waitFor('P-1')]).toEqual([0, 2]);
    now = 3_600_000;
    expect([waitFor('P-1'), waitFor('P-1'), waitFor('P-1')]).toEqual([0, 0, 2]);
  });

  test('lets in a person who asks too fast as often as its rate allows', () => {
    let now = 0;
    const { person } = rateLimits;
    const waitFor = createRateLimit(person, () => now);
    let letIn = 0;
    for (; now < 10_000; now += 5) if (waitFor('P-1') === 0) letIn += 1;
    expect(letIn).toBeGreaterThanOrEqual(person.atOnce + 10 * person.perSecond - 1);
    expect(letIn).toBeLessThanOrEqual(person.atOnce + 10 * person.perSecond);
  });

  test('answers 429 with Retry-After at the API, and reads and does nothing', async () => {
    const desk = await startDesk();
    try {
      const { ask } = openApi(desk, { waitFor: (_rate, id) => (id === 'P-LEGAL' ? 3 : 0) });
      const refused = await ask('/queue', { as: 'P-LEGAL' });
      expect([refused.status, refused.headers.get('retry-after'), refused.body.status]).toEqual([429, '3', 429]);
      expect(refused.headers.get('x-request-id')).not.toBeNull();
      const report = { narrative: 'Words.', children: [{ danger: 'yes' }] };
      expect((await ask('/reports', { as: 'P-LEGAL', body: report })).status).toBe(429);
      expect(await desk.items('Ledger')).toEqual([]);
      expect((await ask('/queue', { as: 'P-CASEWORKER' })).status).toBe(200);
    } finally {
      await desk.stop();
    }
  });
});
