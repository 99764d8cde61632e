/**
 * A no to a service, as the console offers it. It may come before any referral, without the consent, or after the
 * service stopped.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openServices, propose } from '../../shared/domain/pathway/steps.ts';
import { carryOut } from '../../shared/lambda/carry-out.ts';
import type { Tables } from '../support/tables.ts';
import { type Browser, does, formFor, monday, report, startConsole, type Window } from './window.ts';

let tables: Tables;
let careline: Window;
let worker: Browser;
let caseworker: Browser;
let liaison: Browser;
beforeAll(async () => {
  ({ tables, careline } = await startConsole());
  worker = await careline.person('P-CARELINE-WORKER-1');
  caseworker = await careline.person('P-CASEWORKER-NEW-HAVEN-1');
  liaison = await careline.person('P-HART-LIAISON-SOUTH-CENTRAL-1');
});
afterAll(() => tables.stop());

const choicesIn = (form: string) => [...form.matchAll(/<option value="([a-z-]+)"/g)].map(([, value]) => value);
const stateOf = async (id: string) => {
  const referral = await tables.ledger.referral(id);
  if (!referral) throw new Error(`There is no referral ${id}.`);
  return referral.state;
};
/** A child who was screened as confirmed, with the clocks of the services open. */
async function served(): Promise<string> {
  const id = await report(worker);
  const screening = { outcome: 'confirmed', definitionBasis: '53a-192a', rationale: 'Words.', screenedAt: 'now' };
  expect((await does(liaison, id, 'screen', screening)).status).toBe(303);
  const step = { ledger: tables.ledger, now: new Date(Date.parse(monday) + 3_600_000).toISOString() };
  await carryOut({ ...step, name: 'open-services' }, { referralId: id, generation: 1 }, (decision) => {
    propose(decision, undefined);
    openServices(decision);
  });
  return id;
}

describe('the form of a referral to a provider', () => {
  const path = (id: string, service: string, state: Awaited<ReturnType<typeof stateOf>>) => {
    const duty = Object.values(state.deadlines).find((each) => each.status === 'open' && each.subject === service);
    return `/referrals/${id}/do/offer-linkage?for=${duty?.id}`;
  };

  test('names the duty and the providers of the one service that the task asks for', async () => {
    const id = await served();
    const { html } = await caseworker.get(path(id, 'education', await stateOf(id)));
    expect(html).toMatch(/This completes:[\s\S]*Refer the child to the service \(education\)/);
    expect(html).not.toContain('Refer the child to the service (legal)');
    expect([...html.matchAll(/value="(\S+) PR-\S+"/g)].map(([, service]) => service)).toEqual([
      'education',
      'education',
    ]);
    // Opened without a task, it has all services, and one record completes one of the duties.
    const all = await caseworker.get(`/referrals/${id}/do/offer-linkage`);
    expect(all.html).toContain('This completes one of these:');
    expect(all.html).toContain('<optgroup label="Legal">');
  });

  test('puts the provider that declined last, and says so there and on the page of services', async () => {
    const id = await served();
    await does(caseworker, id, 'offer-linkage', { offer: 'education PR-EDUCATION-1' });
    const provider = await careline.person('P-PROVIDER-EDUCATION-1');
    const no = { service: 'education', reasonCode: 'no-capacity' };
    expect((await does(provider, id, 'decline-linkage', no)).status).toBe(303);
    const { html } = await caseworker.get(`/referrals/${id}/do/offer-linkage`);
    const group = html.split('<optgroup label="Education">')[1]?.split('</optgroup>')[0] ?? '';
    expect([...group.matchAll(/<option value="education (\S+)"/g)].map(([, of]) => of)).toEqual([
      'PR-EDUCATION-2',
      'PR-EDUCATION-1',
    ]);
    expect(group).toMatch(/PR-EDUCATION-1"[^>]*>[^<]*\(declined this referral\)/);
    expect((await caseworker.get(`/referrals/${id}/services`)).html).toContain('Needed, the provider declined');
  });
});

describe('the form of a no to a service', () => {
  test.each(['education', 'legal', 'substance-use'])(
    'records it for %s before any referral to a provider',
    async (service) => {
      const id = await served();
      const { html } = await caseworker.get(`/referrals/${id}/tasks`);
      expect(html.split('Do this next')[1]?.split('</section>')[0]).toContain(`/referrals/${id}/do/decline-linkage`);
      expect(choicesIn(await formFor(caseworker, id, 'decline-linkage'))).toContain(service);
      const answer = await does(caseworker, id, 'decline-linkage', { service, reasonCode: 'child-declined' });
      expect(answer.status).toBe(303);
      const state = await stateOf(id);
      expect(state.services.linkages[service as 'legal']?.status).toBe('declined');
      expect(
        Object.values(state.deadlines).find(({ rule, subject }) => rule === 'D23' && subject === service),
      ).toMatchObject({ status: 'kept' });
      // A declined service is no next step any more, and cannot be declined again.
      expect(choicesIn(await formFor(caseworker, id, 'decline-linkage'))).not.toContain(service);
    },
  );

  test('records it where the child refused the consent that the service needs', async () => {
    const id = await served();
    const consent = { service: 'substance-use', consentKind: 'written-part-2', consentAnswer: 'refused' };
    expect((await does(caseworker, id, 'record-consent', consent)).status).toBe(303);
    const no = { service: 'substance-use', reasonCode: 'child-declined' };
    expect((await does(caseworker, id, 'decline-linkage', no)).status).toBe(303);
    expect((await stateOf(id)).services.linkages['substance-use']?.status).toBe('declined');
  });

  test('records it for a service that started and stopped because the consent was withdrawn', async () => {
    const id = await served();
    const service = 'substance-use';
    const consent = { service, consentKind: 'written-part-2' };
    await does(caseworker, id, 'record-consent', { ...consent, consentAnswer: 'given' });
    await does(caseworker, id, 'offer-linkage', { offer: `${service} PR-SUBSTANCE-USE-1` });
    await does(caseworker, id, 'start-linkage', { service });
    expect(choicesIn(await formFor(caseworker, id, 'decline-linkage'))).not.toContain(service);
    await does(caseworker, id, 'record-consent', { ...consent, consentAnswer: 'withdrawn' });
    expect((await does(caseworker, id, 'decline-linkage', { service, reasonCode: 'child-declined' })).status).toBe(303);
    expect((await stateOf(id)).services.linkages[service]?.status).toBe('declined');
  });

  test('offers a provider only its own services', async () => {
    const id = await served();
    await does(liaison, id, 'offer-linkage', { offer: 'victim-advocacy PR-VICTIM-ADVOCACY-1' });
    const provider = await careline.person('P-PROVIDER-VICTIM-ADVOCACY-1');
    const form = await formFor(provider, id, 'decline-linkage');
    expect(choicesIn(form.split('name="service"')[1]?.split('</select>')[0] ?? '')).toEqual(['victim-advocacy']);
  });
});
