/**
 * Forms that a person sends without having been shown them. What comes back tells no more than the pages do. That holds for
 * another role, for a member who is only invited, and for a person without a purpose.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandFields } from '../../functions/console/forms/command-fields.ts';
import { type Field, fieldsOf } from '../../functions/console/forms/form-fields.ts';
import { type CommandName, commandNamed, commands } from '../../shared/domain/commands.ts';
import { event } from '../../shared/domain/events.ts';
import type { Linkage } from '../../shared/domain/services/service-state.ts';
import { invitationCommands } from '../../shared/domain/team/member-commands.ts';
import { type Desk, personOf, visitor } from '../support/desk.ts';
import { reactTo } from '../support/react-desk.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import { readers, startConfirmed } from './confirmed.ts';
import { formIn, openConsole, signedInAs, type Window } from './window.ts';

let desk: Desk;
let id = '';
let careline: Window;
let lookUps = 0;
beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  const personByEmail = (email: string) => {
    lookUps += 1;
    return desk.directory.personByEmail(email);
  };
  careline = openConsole(desk, {
    parts: {
      directory: { ...desk.directory, personByEmail },
      now: () => desk.now,
      secretKey: async () => 'the key of these tests',
    },
  });
});
afterAll(() => desk.stop());

async function signedIn(as: string) {
  const browser = await signedInAs(careline, as);
  await browser.get('/');
  return browser;
}

/** Values that no form takes, for each field that can be wrong before the command is asked. */
const spoiled = (fields: readonly Field[]): Readonly<Record<string, string>> =>
  Object.assign(
    {},
    ...fields.map((field) => {
      if (field.kind === 'group') return spoiled(field.fields);
      if (field.kind === 'person') return { [`${field.path}.email`]: 'no.one@nowhere.example' };
      return field.kind === 'instant' || field.kind === 'number' ? { [field.path]: 'garbage' } : {};
    }),
  );
/** They have routes of their own. */
const ofEmergencies: readonly CommandName[] = ['take-emergency-access', 'review-emergency-access'];
const names = (Object.keys(commands) as CommandName[]).filter((name) => !ofEmergencies.includes(name));

test.each(Object.entries(readers))('%s gets no form of an act of other roles back', async (_, as) => {
  const browser = await signedIn(as);
  const [role] = personOf(as).roles.map((each) => each.role);
  const isInvited = as === readers['a member who is invited'];
  const theirs = (name: CommandName) =>
    commandNamed(name).roles.some((each) => each === role) && (!isInvited || invitationCommands.includes(name));
  let refused = 0;
  for (const name of names.filter((each) => !theirs(each))) {
    const { status, html } = await browser.post(`/referrals/${id}/do/${name}`, {
      ...spoiled(fieldsOf(commandNamed(name).input)),
      seq: '0',
    });
    expect([name, status, formIn(html, name)]).toEqual([name, 403, '']);
    refused += 1;
    await browser.get('/');
  }
  expect(refused).toBeGreaterThan(20);
});

describe('a person who has not said what the facts are for', () => {
  const asked = 'What do you need the facts about this child for?';
  const call = async () => ({ alertId: await desk.alertId(id), seq: '0' });

  test('reads neither what changed nor the choices of a form, and both after saying so', async () => {
    const director = await signedIn('hart-director');
    const wrong = { deadlineId: '', due: 'garbage' };
    const post = async (name: CommandName, fields: object) => {
      await director.get(`/referrals/${id}`);
      return (await director.post(`/referrals/${id}/do/${name}`, { ...fields })).html;
    };
    for (const html of [await post('record-alert-call', await call()), await post('extend-deadline', wrong)]) {
      expect(html).toContain('Not done yet');
      expect(html).toContain(asked);
      expect(html).not.toMatch(/Services to link|medical-acute-forensic|<option[^>]*>Put a safe placement/);
    }
    await director.post(`/referrals/${id}/purpose`, { purpose: 'quality-review' });
    expect(await post('record-alert-call', await call())).toContain('Services to link: acute forensic medical exam');
    expect(formIn(await post('extend-deadline', wrong), 'extend-deadline')).toContain('Put a safe placement');
  });

  test('learns of no fact by the name of an alert that went to others', async () => {
    const alert = Object.values((await desk.state(id)).alerts).find(({ kind }) => kind === 'linkage-offered');
    const manager = await signedIn('program-manager');
    const first = await manager.get(`/alerts/${alert?.id}`);
    expect([first.status, first.html.includes(asked)]).toEqual([200, true]);
    expect(first.html).not.toContain('Referral to a service');
    await manager.post(`/referrals/${id}/purpose`, { purpose: 'quality-review' });
    expect((await manager.get(`/alerts/${alert?.id}`)).html).toContain('<h1>Referral to a service</h1>');
  });
});

test('only staff read in the history which police asked for a pause of outreach', async () => {
  const pause = {
    agencyId: 'PD-1',
    personReached: 'Sergeant Example',
    until: '2026-11-12T20:00:00Z',
    reason: 'An invented reason.',
  };
  await desk.do(id, 'pause-outreach', pause, 'caseworker');
  for (const [as, isTold] of [
    ['caseworker', true],
    ['seat:medical', false],
    ['mdt-coordinator', false],
  ] as const) {
    const { status, html } = await (await signedIn(as)).get(`/referrals/${id}/history`);
    expect([as, status, html.includes('as the police asked: PD-1')]).toEqual([as, 200, isTold]);
  }
});

describe('an alert that tells a fact and reaches no one', () => {
  const frame = { actor: { kind: 'function', id: 'send-alerts' }, cause: { kind: 'delivery' } } as const;
  beforeAll(async () => {
    const alertId = `${id}.A90-1`;
    await desk.ledger.changeReferral(id, { ...frame, now: desk.now }, () => [
      event('alert-requested', { alertId, kind: 'charges-faced', to: ['legal'], people: [], deputies: false }),
      event('alert-unreachable', { alertId, groups: ['legal'] }),
    ]);
    await reactTo(desk, id);
  });

  test.each(['administrator', 'hart-director'])('calls for a telephone, without its name, to a %s', async (as) => {
    const browser = await signedIn(as);
    const [page, home] = [await browser.get(`/referrals/${id}`), await browser.get('/')];
    expect(page.html).toContain('An alert reaches no one');
    expect(home.html).toContain('Undelivered alerts');
    for (const { html } of [page, home]) expect(html).not.toMatch(/charges.faced/i);
  });

  test('is on the list of those alone whose roles cover the referral', async () => {
    expect((await (await signedIn('caseworker')).get('/')).html).toContain('Undelivered alerts');
    const elsewhere = await (await signedIn('caseworker@office-DANBURY')).get('/');
    expect(elsewhere.html).not.toContain('Undelivered alerts');
    expect(elsewhere.html).not.toContain(id);
  });
});

test('a form with a hundred thousand addresses looks none of them up', async () => {
  const browser = await signedIn('careline-manager');
  const many = Array.from({ length: 21 }, (_, index) => `one.${index}@nowhere.example`).join(' ');
  lookUps = 0;
  const { status, html } = await browser.post(`/referrals/${id}/do/seal-referral`, {
    because: 'workers-family',
    'forPeople.email': many,
    reason: 'An invented reason.',
  });
  expect([status, lookUps, html.includes('Give at most 20 e-mail addresses.')]).toEqual([400, 0, true]);
  await browser.get('/');
  const repeated = { 'forPeople.email': 'no.one@nowhere.example '.repeat(100) };
  await browser.post(`/referrals/${id}/do/seal-referral`, { because: 'workers-family', ...repeated });
  expect(lookUps).toBe(1);
});

test('a provider that is invited to a seat too chooses among its own services alone', async () => {
  const state = await desk.state(id);
  const own = state.services.linkages['victim-advocacy'] as Linkage;
  const linkages = { ...state.services.linkages, education: { ...own, service: 'education', contactId: 'P-OTHER' } };
  const both = { ...visitor('contact:PV-1'), roles: ['provider', 'mdt-member'] } as const;
  const about = {
    state: { ...state, services: { ...state.services, linkages } } as typeof state,
    policy: connecticutPolicy,
    visitor: both,
    lookups: { nameOf: String, people: [], agencies: [] } as never,
    others: [],
  };
  const [service] = commandFields('accept-linkage', about) ?? [];
  expect(service).toMatchObject({ path: 'service', options: [{ value: 'victim-advocacy' }] });
});
