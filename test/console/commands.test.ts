import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lookUp } from '../../functions/console/app/lookups.ts';
import { commandFields } from '../../functions/console/forms/command-fields.ts';
import { type CommandName, commandNamed, commands } from '../../shared/domain/commands.ts';
import { referenceFrom } from '../../shared/domain/core/ids.ts';
import { event } from '../../shared/domain/events.ts';
import { isMeant } from '../../shared/domain/next-steps/next-steps.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import type { Tables } from '../support/tables.ts';
import { actsOn, type Browser, formFor, formIn, hidden, report, startConsole, type Window } from './window.ts';

let tables: Tables;
let careline: Window;
let worker: Browser;
beforeAll(async () => {
  ({ tables, careline } = await startConsole());
  worker = await careline.person('P-CARELINE-WORKER-1');
});
afterAll(() => tables.stop());

const police = {
  covers: ['state'],
  agencyId: 'A-NEW-HAVEN',
  personReached: 'Sergeant Example',
  method: 'phone',
  agencyReference: 'NH-1',
};
const stateOf = async (id: string) => {
  const referral = await tables.ledger.referral(id);
  if (!referral) throw new Error(`There is no referral ${id}.`);
  return referral.state;
};
/** A referral whose clocks run, because its report was classified. */
async function classified(fields = {}): Promise<string> {
  const id = await report(worker, fields);
  await worker.get(`/referrals/${id}`);
  await worker.post(`/referrals/${id}/do/classify-report`, { track: 'investigation', key: 'k' });
  return id;
}

test("each recipient of a deadline's alerts is meant in their own referrals, and not in another’s", async () => {
  const state = await stateOf(await report(worker));
  const inRegion = (region: number) => ({
    id: 'P',
    name: '',
    title: '',
    roles: ['hart-liaison' as const],
    scopes: [{ role: 'hart-liaison' as const, scope: `region-${region}` }],
  });
  expect(isMeant('hart-liaison', state, inRegion(2))).toBe(true);
  expect(isMeant('hart-liaison', state, inRegion(4))).toBe(false);
});

/** The provider that is chosen says which service it is. */
const isAskedByProvider = (name: string, field: string) => name === 'ask-place' && field === 'service';

describe('the page of a referral', () => {
  test('shows a person the deadlines that wait on them, with the form ready on a page of its own', async () => {
    const id = await classified();
    const { html } = await worker.get(`/referrals/${id}`);
    const asked = html.split('Do this next')[1]?.split('</section>')[0] ?? '';
    expect(asked).toContain('Notify law enforcement');
    expect(asked).toMatch(/law, [^<]*rule D3</);
    expect(asked).toContain('12 hours after receipt of the report (Mon Nov 9, 2026, 10:00 AM EST)');
    const [, path = ''] = /href="(\/referrals\/[^"]*\/do\/notify-police[^"]*)"/.exec(asked) ?? [];
    const form = formIn((await worker.get(path.replaceAll('&amp;', '&'))).html, 'notify-police');
    expect(form).toMatch(/value="state" checked/);
    expect(form).toContain('New Haven Police (invented number), day and night ');
  });

  test('offers each command of the role once, with a control for every field', async () => {
    const id = await classified();
    const { html: tasks } = await worker.get(`/referrals/${id}/tasks`);
    const beside = actsOn((await worker.get(`/referrals/${id}/acts`)).html);
    expect(new Set(beside)).toHaveLength(beside.length);
    expect(new Set(beside).isDisjointFrom(new Set(actsOn(tasks)))).toBe(true);
    const offered = [...new Set([...actsOn(tasks), ...beside])];
    expect(offered).toContain('assess-danger');
    expect(offered).toContain('report-missing');
    expect(offered).not.toContain('record-return');
    expect(offered).not.toContain('assign-liaison');
    for (const name of offered.filter((each) => each !== 'confirm-routing')) {
      const names = Object.keys(commandNamed(name).input.shape).filter(
        (field) => field !== 'episode' && !isAskedByProvider(name, field),
      );
      const form = await formFor(worker, id, name);
      expect([name, ...names.filter((field) => !form.includes(`name="${field}`))]).toEqual([name]);
    }
  });

  test('names who must keep each open deadline, and no one for a settled one', async () => {
    const id = await classified();
    const provider = await careline.person('P-HART-LIAISON-SOUTH-CENTRAL-1');
    const open = await provider.get(`/referrals/${id}/clocks`);
    const html = `${open.html}${(await provider.get(`/referrals/${id}/clocks?show=settled`)).html}`;
    const row = (title: string) => html.split(`<th scope="row">${title}</th>`)[1]?.split('</tr>')[0] ?? '';
    expect(html).toContain('<th scope="col">Asked of</th>');
    expect(row('Assign a HART liaison')).toContain('>HART lead</td>');
    const notices = html.split('<th scope="row">Notify the police')[1]?.split('</tr>')[0] ?? '';
    expect(notices).toContain('>Careline worker, HART liaison</td>');
    expect(row('Accept or decline the report')).toContain('>–</td>');
  });

  test('has the steps of the first deadlines as soon as the report is stored', async () => {
    const { html } = await worker.get(`/referrals/${await report(worker)}`);
    expect(html).toContain('Notify law enforcement');
    expect(html).not.toContain('The first deadlines are not open yet');
  });

  test('says where the first deadlines are missing, and what to do meanwhile', async () => {
    const { commits } = (await tables.ledger.referral(await report(worker))) ?? { commits: [] };
    const [opened] = commits[0]?.events ?? [];
    if (opened?.type !== 'referral-opened') throw new Error('It was not opened.');
    const id = referenceFrom('CR', new Uint8Array(32).fill(7));
    const context = {
      now: opened.recordedAt,
      actor: { kind: 'function', id: 'test' },
      cause: { kind: 'sweep' },
    } as const;
    await tables.ledger.changeReferral(id, context, () => [{ ...opened, clocksMissing: true }]);
    const { html } = await worker.get(`/referrals/${id}`);
    expect(html).toContain('The first deadlines are not open yet. The system opens them within minutes.');
    expect(await formFor(worker, id, 'notify-police')).toContain('name="covers"');
  });

  test('says where names could not be compared, and leads staff to the search', async () => {
    const id = await report(worker);
    const context = {
      now: '2026-11-25T15:00:00.000Z',
      actor: { kind: 'function', id: 'test' },
      cause: { kind: 'sweep' },
    } as const;
    await tables.ledger.changeReferral(id, context, () => [event('names-not-compared', {})]);
    const { html } = await worker.get(`/referrals/${id}`);
    expect(html).toContain('Names could not be compared');
    expect(html).toMatch(/<a href="[^"]*\/search">search for the child by name<\/a>/);
    await tables.ledger.changeReferral(id, context, () => [event('names-compared', {})]);
    expect((await worker.get(`/referrals/${id}`)).html).not.toContain('Names could not be compared');
  });

  test('says that a clause awaits legal sign-off', async () => {
    const { html } = await worker.get(`/referrals/${await classified()}`);
    expect(html).toContain('awaits legal sign-off');
  });

  test('has no id twice', async () => {
    const id = await classified();
    for (const page of ['', '/tasks', '/child', '/decisions', '/mail', '/history', '/do/notify-police']) {
      const { html } = await worker.get(`/referrals/${id}${page}`);
      const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, each]) => each);
      expect(
        ids.filter((each, index) => ids.indexOf(each) !== index),
        page,
      ).toEqual([]);
    }
  });
});

describe('a command', () => {
  test('that is done leads back to the page with a notice, and the address holds none of the written words', async () => {
    const id = await classified();
    await worker.get(`/referrals/${id}`);
    const answer = await worker.post(`/referrals/${id}/do/notify-police`, {
      ...police,
      at: '2026-11-09T10:00',
      key: 'once',
    });
    expect(answer.status).toBe(303);
    expect(answer.location).toBe(`http://127.0.0.1:3000/referrals/${id}?done=notify-police`);
    const { html } = await worker.get(`/referrals/${id}?done=notify-police`);
    const told = html.split('role="status"')[1]?.split('<h1>')[0];
    expect(told).toContain('You recorded the notice to the police, which covers: law enforcement.');
    expect(told).toContain('may take a few seconds to appear');
    expect(told).toContain(`<a href="/referrals/${id}">load this page again</a>`);
    // The written words are not repeated. The page does not say that an act was done which no person did.
    expect(told).not.toMatch(/Sergeant Example|NH-1/);
    const other = await worker.get(`/referrals/${id}?done=report-missing`);
    expect(other.html.split('role="status"')[1]?.split('<h1>')[0]).not.toContain('You recorded');
    expect((await stateOf(id)).deadlines[`${id}.D3.1`]).toMatchObject({
      status: 'kept',
      keptAt: '2026-11-09T15:00:00.000Z',
    });
  });

  test('that is sent twice is done once', async () => {
    const id = await classified();
    const send = () => worker.post(`/referrals/${id}/do/notify-police`, { ...police, key: 'again' });
    await worker.get(`/referrals/${id}`);
    await send();
    const { seq } = await stateOf(id);
    expect((await send()).location).toContain('?before=notify-police');
    expect((await stateOf(id)).seq).toBe(seq);
  });

  test('that is sent again with other words is another command, and is done when sent once more', async () => {
    const id = await classified();
    const send = (form: object) => worker.post(`/referrals/${id}/do/notify-police`, { ...police, ...form });
    await worker.get(`/referrals/${id}`);
    await send({ key: 'first words' });
    const { seq } = await stateOf(id);
    const { status, html } = await send({ key: 'first words', personReached: 'The desk sergeant.' });
    expect([status, (await stateOf(id)).seq]).toEqual([409, seq]);
    expect(html).toContain('sent before with other content');
    expect(html).toContain('The desk sergeant.');
    expect(html).not.toContain('value="first words"');
  });

  test('from a page that another person’s act has overtaken says what changed, keeps the typed words, and then succeeds', async () => {
    const id = await classified();
    const shown = hidden((await worker.get(`/referrals/${id}/do/notify-police`)).html, 'seq');
    const colleague = await careline.person('P-CARELINE-SUPERVISOR-1');
    await colleague.get(`/referrals/${id}`);
    await colleague.post(`/referrals/${id}/do/notify-police`, { ...police, key: 'theirs' });
    const { seq } = await stateOf(id);
    const mine = { ...police, personReached: 'The desk sergeant.', key: 'mine', seq: shown };
    const { status, html } = await worker.post(`/referrals/${id}/do/notify-police`, mine);
    expect([status, (await stateOf(id)).seq]).toEqual([409, seq]);
    expect(html).toContain('The referral has changed since you opened this page');
    expect(html).toMatch(/What changed: .*Kept: Notify law enforcement \(rule D3\)/);
    const form = formIn(html, 'notify-police');
    expect(form).toContain('value="The desk sergeant."');
    expect([hidden(form, 'key'), hidden(form, 'seq')]).toEqual(['mine', String(seq)]);
    const again = await worker.post(`/referrals/${id}/do/notify-police`, { ...mine, seq: String(seq) });
    expect([again.status, (await stateOf(id)).seq]).toEqual([303, seq + 1]);
  });

  test('from a page that an unrelated act has overtaken is done', async () => {
    const id = await classified();
    const shown = hidden((await worker.get(`/referrals/${id}/do/notify-police`)).html, 'seq');
    const colleague = await careline.person('P-CARELINE-SUPERVISOR-1');
    await colleague.get(`/referrals/${id}`);
    await colleague.post(`/referrals/${id}/do/report-missing`, { key: 'm' });
    const answer = await worker.post(`/referrals/${id}/do/notify-police`, { ...police, key: 'p', seq: shown });
    expect(answer.status).toBe(303);
  });

  test('that the domain refuses says why and keeps the typed words', async () => {
    const id = await classified();
    await worker.get(`/referrals/${id}`);
    const answer = await worker.post(`/referrals/${id}/do/notify-police`, {
      ...police,
      at: '2026-12-24T10:00',
      key: 'ahead',
    });
    expect(answer.status).toBe(409);
    const form = formIn(answer.html, 'notify-police');
    expect(answer.html).toContain('This time lies in the future.');
    expect(form).toContain('value="Sergeant Example"');
    expect(form).toContain('value="2026-12-24T10:00"');
    expect(hidden(form, 'key')).toBe('ahead');
  });

  test('with a missing field names each field and keeps the typed words', async () => {
    const id = await classified();
    await worker.get(`/referrals/${id}`);
    const answer = await worker.post(`/referrals/${id}/do/notify-police`, {
      personReached: 'Sergeant Example',
      at: '2026-03-08T02:30',
    });
    expect(answer.status).toBe(400);
    const form = formIn(answer.html, 'notify-police');
    const summary = answer.html.split('role="alert"')[1]?.split('<h1>')[0];
    expect(summary).toContain('Not done yet, please correct this: Record the notice to the police');
    expect(answer.html).toMatch(/role="alert" tabindex="-1" autofocus/);
    for (const path of ['covers', 'agencyId', 'method', 'agencyReference', 'at']) {
      expect(summary).toContain(`<a href="#notify-police-${path}">`);
      expect(form).toContain(`id="notify-police-${path}"`);
    }
    expect(form).toContain('This time does not exist');
    expect(form).toContain('value="Sergeant Example"');
  });

  test('to the police says for each notice what it is and which deadline it keeps', async () => {
    const form = await formFor(worker, await classified(), 'notify-police');
    expect(form).toContain('Notify law enforcement · C.G.S. 17a-101b and 17a-103(c)');
    expect(form).toMatch(/Notify the local police .*C\.G\.S\. 17a-101g/);
    expect(form, 'which is not owed').not.toContain('Report the missing child to police');
    expect(form).toContain('One call may cover several');
  });

  test('for an unknown referral is not there', async () => {
    const id = await report(worker);
    expect((await worker.post(`/referrals/${id}/do/toString`)).status).toBe(404);
  });

  test('of another role is forbidden with a sentence', async () => {
    const id = await report(worker);
    const answer = await worker.post(`/referrals/${id}/do/screen`, { outcome: 'confirmed' });
    expect(answer.status).toBe(403);
    expect(answer.html).toContain('this is for HART liaison');
  });
});

describe('a choice in the place of ids', () => {
  test('names the liaisons of the region to the lead', async () => {
    const id = await classified();
    const lead = await careline.person('P-HART-LEAD-SOUTH-CENTRAL-1');
    expect(await formFor(lead, id, 'assign-liaison')).toMatch(
      /value="P-HART-LIAISON-SOUTH-CENTRAL-1".*HART liaison, region 2/,
    );
    await lead.post(`/referrals/${id}/do/assign-liaison`, {
      personId: 'P-HART-LIAISON-SOUTH-CENTRAL-1',
      key: 'l',
    });
    expect((await stateOf(id)).response.liaison).toBe('P-HART-LIAISON-SOUTH-CENTRAL-1');
  });

  test('of a provider carries the service as well', async () => {
    const id = await classified();
    const liaison = await careline.person('P-HART-LIAISON-SOUTH-CENTRAL-1');
    const { html } = await liaison.get(`/referrals/${id}/child`);
    expect(await formFor(liaison, id, 'offer-linkage')).toContain('<optgroup label="Victim advocacy">');
    const offer = 'victim-advocacy PR-VICTIM-ADVOCACY-1';
    const answer = await liaison.post(`/referrals/${id}/do/offer-linkage`, { offer, key: 'o' });
    expect(answer.location).toContain('done=offer-linkage');
    expect((await stateOf(id)).services.linkages['victim-advocacy']).toMatchObject({
      status: 'offered',
      providerId: 'PR-VICTIM-ADVOCACY-1',
    });
    const provider = await careline.person('P-PROVIDER-VICTIM-ADVOCACY-1');
    const theirs = (await provider.get(`/referrals/${id}`)).html;
    for (const word of [
      'Happened in',
      'Before it can be closed',
      'Accept or decline the report',
      '<h2>The referral</h2>',
      'New Haven MDT',
    ])
      expect(theirs).not.toContain(word);
    expect((await provider.get(`/alerts/${Object.keys((await stateOf(id)).alerts)[0]}`)).status).toBe(404);
    expect(theirs).toContain('>Cedar House, victim advocacy (invented)</div>');
    expect(theirs).not.toContain('PR-VICTIM-ADVOCACY-1');
    expect(html).toContain('New Haven MDT');
    expect(html).not.toContain('MDT-NEW-HAVEN');
    expect(theirs).toContain('Answer the referral to you: victim advocacy');
    expect(theirs).toContain('Accept the referral to see who the child is.');
    expect(theirs).toMatch(/Lives in<[/]dt><dd>New Haven/);
    expect(theirs).not.toMatch(/<dt>(Name|Date of birth)</);
    expect(await formFor(provider, id, 'accept-linkage')).toMatch(/value="victim-advocacy" selected/);
  });

  test('of office and team carries region and district as well, and starts at the proposed one', async () => {
    const id = await classified();
    expect(await formFor(worker, id, 'confirm-routing')).toMatch(/value="NEW-HAVEN" selected/);
    await worker.post(`/referrals/${id}/do/confirm-routing`, {
      office: 'NEW-HAVEN',
      team: 'MDT-NEW-HAVEN',
      key: 'r',
    });
    expect((await stateOf(id)).places.routing).toEqual({
      town: 'New Haven',
      office: 'NEW-HAVEN',
      region: 2,
      judicialDistrict: 'New Haven',
      team: 'MDT-NEW-HAVEN',
      districtTown: 'New Haven',
      responseOffice: 'NEW-HAVEN',
      confirmed: true,
    });
  });

  test('of a deadline offers only those that the command can be about', async () => {
    const id = await classified();
    const supervisor = await careline.person('P-CARELINE-SUPERVISOR-1');
    const form = await formFor(supervisor, id, 'extend-deadline');
    expect(form).toContain(`${id}.D8.1`);
    expect(form).not.toContain(`${id}.D3.1`);
  });
});

test('a receipt is recorded for the notice that is chosen', async () => {
  const id = await classified();
  const legal = await careline.person('P-LEGAL-1');
  const send = async (name: string, form: object) => {
    await legal.get(`/referrals/${id}`);
    return (await legal.post(`/referrals/${id}/do/${name}`, { ...form, key: name })).status;
  };
  await send('record-facts', { tribalMember: 'yes', knownAt: 'now' });
  await send('invoke-hold', {});
  await send('notify-tribe', {
    recipient: 'tribe',
    tribe: 'OTHER',
    mailKind: 'certified',
    mailNumber: 'R-1',
    addressee: 'The office.',
  });
  expect(await formFor(legal, id, 'record-tribe-receipt')).toContain('N1: Another tribe, sent');
  expect(await send('record-tribe-receipt', { notice: 'N1' })).toBe(303);
  expect((await stateOf(id)).response.tribeNotices).toMatchObject([{ notice: 'N1', receivedAt: expect.any(String) }]);
});

test('a person can be offered every command of the table', async () => {
  const state = await stateOf(await classified());
  for (const name of Object.keys(commands) as CommandName[]) {
    const [role = 'legal'] = commandNamed(name).roles;
    const visitor = { id: 'P', name: '', title: '', roles: [role], scopes: [{ role, scope: 'state' }] };
    const lookups = await lookUp(tables.directory, state, visitor, { form: name });
    expect(
      () => commandFields(name, { state, policy: connecticutPolicy, visitor, lookups, others: [] }),
      name,
    ).not.toThrow();
  }
});
