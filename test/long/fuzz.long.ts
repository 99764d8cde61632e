/** Twenty thousand requests made of the description of the API against its handlers, and five hundred through the gateway. */

import { expect, test } from 'vitest';
import { people } from '../../infra/local/samples/people.ts';
import { whereKnown } from '../../shared/domain/core/where-known.ts';
import { randomFrom } from '../support/dice.ts';
import { createFuzz, faultsOf, operationsIn, type Pool } from '../support/fuzz.ts';
import { fuzzDesk } from '../support/fuzz-desk.ts';
import { stageCloud } from '../support/stage-cloud.ts';

const walks = 10;

test('twenty thousand requests are no fault, echo nothing and store nothing where they are refused', {
  timeout: 3_600_000,
}, async () => {
  for (let seed = 1; seed <= walks; seed += 1) {
    const { findings, chainsIntact } = await fuzzDesk(seed, 20_000 / walks);
    expect([seed, findings, chainsIntact]).toEqual([seed, [], true]);
  }
});

test('five hundred requests through the gateway, the authorizer and the running functions are no fault either', {
  timeout: 600_000,
}, async () => {
  const stage = await stageCloud();
  try {
    const { cloud } = stage;
    const description = await (await fetch(`${cloud.webUrl}/api/v1/openapi.json`)).json();
    const child = { name: 'Aspen Example', danger: 'yes', residenceTown: 'New Haven', lastAssaultAt: 'none-known' };
    const { body } = await stage.reports({ narrative: 'An invented narrative.', children: [child] });
    const [referralId = ''] = body.referralIds as readonly string[];
    const { deadlines, alerts } = await stage.view(referralId);
    const pool: Pool = {
      referralId: [referralId],
      deadlineId: deadlines.map(({ id }) => id),
      alertId: alerts.map(({ id }) => id),
      providerId: ['PR-EDUCATION-1'],
      townId: ['NEW-HAVEN'],
    };
    const random = randomFrom(20261125);
    const fuzz = createFuzz(operationsIn(description), () => pool, random);
    const everybody = people();
    const findings: string[] = [];
    const statuses: Record<number, number> = {};
    for (let request = 0; request < 500; request += 1) {
      const made = fuzz.next();
      const role = made.roles[Math.floor(random() * made.roles.length)] ?? 'careline-worker';
      const person = everybody.find((each) => each.role === role)?.email ?? '';
      const token = await cloud.token(person);
      const before = cloud.units().write;
      const response = await fetch(`${cloud.webUrl}/api/v1${made.path}`, {
        method: made.method,
        headers: { ...made.headers, authorization: `Bearer ${token}` },
        ...whereKnown({ body: made.text }),
      });
      const text = await response.text();
      const { status } = response;
      const written = cloud.units().write !== before;
      statuses[status] = (statuses[status] ?? 0) + 1;
      for (const fault of faultsOf(made, { status, text, written })) {
        findings.push(
          `${fault}: ${person} ${made.method} ${made.path} ${made.text?.slice(0, 300)} → ${status} ${text}`,
        );
      }
      if (status < 300 && made.method === 'POST') await cloud.rest();
    }
    expect(findings).toEqual([]);
    for (const status of [200, 400, 404]) expect(statuses[status]).toBeGreaterThan(0);
    expect(stage.faults).toEqual([]);
    const audit = await stage.audit(referralId);
    expect([audit.chain.intact, audit.alertChainsIntact]).toEqual([true, true]);
  } finally {
    await stage.stop();
  }
});
