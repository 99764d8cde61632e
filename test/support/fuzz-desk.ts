/** The fuzz against the handlers in this process. Its desk has a few referrals, each of them well on its way. */

import { whereKnown } from '../../shared/domain/core/where-known.ts';
import { verifyChain } from '../../shared/store/commit.ts';
import { openApi } from './api-client.ts';
import { apiDescriptionText } from './api-description.ts';
import { personOf, startDesk } from './desk.ts';
import { randomFrom } from './dice.ts';
import { createFuzz, faultsOf, operationsIn, type Pool } from './fuzz.ts';
import { reactTo } from './react-desk.ts';

export interface Fuzzed {
  /** What no request may come to, each with the request. */
  readonly findings: readonly string[];
  readonly statuses: Readonly<Record<number, number>>;
  /** Operations that answered with success at least once. */
  readonly succeeded: number;
  readonly operations: number;
  readonly chainsIntact: boolean;
}

/** Sends so many requests to a desk of its own, with the same seed the same ones. */
export async function fuzzDesk(seed: number, requests: number): Promise<Fuzzed> {
  const desk = await startDesk();
  try {
    const random = randomFrom(seed);
    const operations = operationsIn(JSON.parse(apiDescriptionText()));
    const api = openApi(desk);
    const referrals: string[] = [];
    const open = async () => {
      const id = await desk.opened();
      await desk.do(id, 'screen', { outcome: 'high-risk', rationale: 'Words.' }, 'hart-liaison');
      for (const step of ['ProposeEligibility', 'DrawRoster', 'InviteMdt', 'OpenServices'] as const) {
        await desk.step(id, step);
      }
      await desk.do(id, 'offer-linkage', { service: 'education', providerId: 'PV-1' }, 'caseworker');
      await reactTo(desk, id);
      referrals.push(id);
    };
    await open();
    let pool: Pool = {};
    const refresh = async () => {
      const states = await Promise.all(referrals.slice(-3).map((id) => desk.state(id)));
      pool = {
        referralId: referrals.slice(-3),
        of: referrals.slice(-3),
        deadlineId: states.flatMap(({ deadlines }) => Object.keys(deadlines)),
        alertId: states.flatMap(({ alerts }) => Object.keys(alerts)),
        personId: [personOf('hart-liaison').id, personOf('seat:medical').id],
        providerId: ['PV-1', 'PV-2'],
        agencyId: ['PD-1', 'A-OTHER'],
        contactId: ['PV-1.CONTACT'],
        townId: ['HARTFORD', 'NEW-HAVEN'],
        office: ['HARTFORD', 'DANBURY'],
        team: ['MDT-HARTFORD'],
        region: ['4'],
        language: ['spanish'],
      };
    };
    await refresh();
    const fuzz = createFuzz(operations, () => pool, random);
    const findings: string[] = [];
    const statuses: Record<number, number> = {};
    const succeeded = new Set<string>();
    const partners: Readonly<Record<string, string>> = { provider: 'PV-1.CONTACT', 'mdt-member': 'P-SEAT-MEDICAL' };
    for (let request = 0; request < requests; request += 1) {
      if (request % 200 === 199) await open();
      if (request % 20 === 19) await refresh();
      desk.at(new Date(Date.parse(desk.now) + 1000).toISOString());
      const made = fuzz.next();
      const role = made.roles[Math.floor(random() * made.roles.length)] ?? 'careline-worker';
      const as = partners[role] ?? personOf(role).id;
      const before = desk.units().write;
      const { headers, method, text: sent } = made;
      const answer = await api.ask(made.path, { as, method, headers, ...whereKnown({ text: sent }) });
      const { status, text } = answer;
      const faults = faultsOf(made, { status, text, written: desk.units().write !== before });
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (status < 300) succeeded.add(`${method} ${made.operation}`);
      if (answer.headers.get('x-request-id') === null) findings.push(`no request id: ${made.path}`);
      const said = `${as} ${method} ${made.path.slice(0, 200)} ${(sent ?? '').slice(0, 300)} → ${status} ${text.slice(0, 300)}`;
      findings.push(...faults.map((fault) => `${fault}: ${said}`));
    }
    findings.push(...api.faults.map((fault) => `told as a fault: ${fault}`));
    const chains = new Set((await desk.items('Ledger')).map(({ pk }) => String(pk)));
    const verified = await Promise.all(
      // Records of reads are of their own, and no chain.
      [...chains]
        .filter((chain) => !chain.startsWith('access#'))
        .map(async (chain) => verifyChain(chain, await desk.ledger.readAfresh(chain)).intact),
    );
    return {
      findings,
      statuses,
      succeeded: succeeded.size,
      operations: operations.length,
      chainsIntact: verified.length > 0 && verified.every(Boolean),
    };
  } finally {
    await desk.stop();
  }
}
