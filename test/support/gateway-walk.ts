/** Requests by random people through the gateway, the authorizer and the functions of the running stack. */
import { expect } from 'vitest';
import { randomFrom } from './dice.ts';
import type { Answered } from './stage.ts';
import { askApi, type Stage } from './stage-cloud.ts';

/** The people who ask. Whether each sees an ordinary referral of New Haven, and who the child is. */
const people: Readonly<Record<string, readonly [sees: boolean, child: boolean]>> = {
  'careline.worker@dcf.example': [true, true],
  'careline.manager@dcf.example': [true, true],
  'legal@dcf.example': [true, true],
  'caseworker.new-haven@dcf.example': [true, true],
  'hart.liaison.south-central@dcf.example': [true, true],
  'caseworker.danbury@dcf.example': [false, false],
  'area.supervisor.hartford@dcf.example': [false, false],
  'hart.lead.western@dcf.example': [false, false],
  'administrator@dcf.example': [true, false],
  'auditor@dcf.example': [true, false],
  'mdt.medical.danbury@team.example': [false, false],
  'mdt.coordinator.danbury@team.example': [false, false],
  'provider.education@provider.example': [false, false],
};
const named = ['careline.supervisor@dcf.example', 'careline.supervisor2@dcf.example', 'caseworker.danbury@dcf.example'];
const ids = ['P-CARELINE-SUPERVISOR-1', 'P-CARELINE-SUPERVISOR-2', 'P-CASEWORKER-DANBURY-1'];

const nothing = 'CR-00000-000000';
const canary = (name: string) => `CANARY${name}`;

/**
 * Sends a number of requests about an ordinary referral and a sealed one. Expects that none tells more than its person
 * may know.
 */
export async function walkThroughTheGateway(stage: Stage, requests: number): Promise<void> {
  const opened = async (name: string) => {
    const child = { name: canary(name), danger: 'yes', residenceTown: 'New Haven', lastAssaultAt: 'none-known' };
    const { body } = await stage.reports({ narrative: canary(name), children: [child] });
    return String((body.referralIds as readonly string[])[0]);
  };
  const [ordinary, sealed] = [await opened('ORDINARY'), await opened('SEALED')];
  const seal = { because: 'workers-family', forPeople: ids, reason: 'Words.' };
  const { status } = await stage.tries('careline.manager@dcf.example', sealed, 'seal-referral', seal);
  expect(status).toBe(200);

  const random = randomFrom(20261125);
  const oneOf = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const everybody = [...Object.keys(people), ...named.slice(0, 2)];
  const findings: string[] = [];
  let found404 = 0;
  const check = (who: string, path: string, { status: answered, body }: Answered) => {
    const text = JSON.stringify(body);
    const note = (what: string) => findings.push(`${what}: ${who} ${path} → ${answered}`);
    const isNamed = named.includes(who);
    const [sees, child] = people[who] ?? [true, true];
    if (answered >= 500) note('a fault');
    if (!isNamed && text.includes(sealed) && !path.endsWith('/audit')) note('the sealed one is named');
    if (!isNamed && text.includes('SEALED')) note('the sealed child');
    if (!child && text.replaceAll(isNamed ? 'CANARYSEALED' : '-', '').includes('CANARY')) note('a child');
    if (!sees && text.includes(ordinary)) note('a referral of another office');
    if (answered === 404) found404 += 1;
  };
  const reads = ['', '/identities', '/people', '/calls', '/audit', '/agenda'];
  for (let request = 0; request < requests; request += 1) {
    const who = oneOf(everybody);
    const kind = random();
    if (kind < 0.2) {
      const path = oneOf(['/queue', '/tasks', '/returns', '/unmet-needs', '/team-gaps', '/noise']);
      check(who, path, await askApi(stage.cloud, who, path));
    } else if (kind < 0.75) {
      const rest = oneOf(reads);
      const id = oneOf([ordinary, sealed, sealed]);
      check(who, `/referrals/${id}${rest}`, await askApi(stage.cloud, who, `/referrals/${id}${rest}`));
    } else {
      // A sealed one and one that never was answer alike, whatever is asked of them.
      const path = (id: string) => `/referrals/${id}/commands/${command}`;
      const command = oneOf([
        'screen',
        'unseal-referral',
        'take-emergency-access',
        'acknowledge-alert',
        'close-referral',
      ]);
      const [one, other] = [
        await askApi(stage.cloud, who, path(sealed), { body: { unknown: 1 } }),
        await askApi(stage.cloud, who, path(nothing), { body: { unknown: 1 } }),
      ];
      check(who, path(sealed), one);
      if (!named.includes(who) && JSON.stringify(one) !== JSON.stringify(other)) {
        findings.push(`it is told apart: ${who} ${command}`);
      }
    }
  }
  expect(findings).toEqual([]);
  expect(found404).toBeGreaterThan(requests / 5);
  const queue = await askApi(stage.cloud, 'careline.worker@dcf.example', '/queue');
  expect(JSON.stringify(queue.body)).toContain(ordinary);
  const mine = await askApi(stage.cloud, 'caseworker.danbury@dcf.example', '/tasks');
  expect(JSON.stringify(mine.body)).toContain(sealed);
  expect(stage.faults).toEqual([]);
}
