/** A confirmed referral as people work it: each act is found on a page, filled in and sent. Read as the pages show it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pagePath, pages } from '../../functions/console/referral/referral-pages.ts';
import type { CommandName } from '../../shared/domain/commands.ts';
import { type Desk, personOf } from '../support/desk.ts';
import { readers, startConfirmed, startMissed } from './confirmed.ts';
import { type Browser, formIn, hidden, openConsole, plain, signedInAs, type Window } from './window.ts';

let desk: Desk;
let id: string;
let careline: Window;
beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  careline = openConsole(desk, { parts: { now: () => desk.now } });
});
afterAll(() => desk.stop());

const as = (who: string) => signedInAs(careline, who);

/** The words of a page, without its tags. */
const textOf = (html: string) => (html.split('<main')[1] ?? '').replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

test('the form of a decision asks after what the rules propose, and on what it rests', async () => {
  const { html } = await (await as('area-supervisor')).get(`/referrals/${id}/do/decide-eligibility`);
  const [before = ''] = html.split('id="do-decide-eligibility"');
  expect(textOf(before)).toMatch(/Proposed Review by counsel.*The proposal rests on.*would change the proposal/);
});

describe('the head of a referral', () => {
  test('says of decision, team and services that they proceed side by side', async () => {
    const fresh = await desk.opened({ danger: 'no', missingNow: 'no' });
    const steps = async (of: string) => {
      const { html } = await (await as('caseworker')).get(pagePath(of));
      const list = html.split('class="head-steps"')[1]?.split('</ol>')[0] ?? '';
      return plain(list.slice(list.indexOf('>') + 1));
    };
    expect(await steps(fresh)).toMatch(/Report : done Screening : now Decision : later Team : later/);
    expect(await steps(id)).toMatch(/Screening : done Decision : now Team : now Services : now Closing : later/);
  });

  test('sends the social worker to the supervisor, and others to the social worker', async () => {
    const warning = async (who: string) => textOf((await (await as(who)).get(pagePath(id))).html);
    expect(await warning('caseworker')).toContain('Find out before you tell any caregiver, or ask your supervisor.');
    expect(await warning('hart-liaison')).toContain('Ask the assigned social worker before you tell any caregiver.');
  });
});

/** Opens the page of an act by the first link to it, from the tasks, other actions or overview. */
async function openAct(browser: Browser, name: CommandName): Promise<string> {
  const listed = await Promise.all((['tasks', 'acts', ''] as const).map((slug) => browser.get(pagePath(id, slug))));
  const html = listed.map((each) => each.html).join('');
  const [, href] = new RegExp(`href="([^"]*/do/${name}[^"]*)"`).exec(html) ?? [];
  if (href === undefined) throw new Error(`No page leads to ${name}.`);
  return (await browser.get(href.replaceAll('&amp;', '&'))).html;
}

/** Does an act by its form, and gives the page that it leads to. */
async function act(browser: Browser, name: CommandName, fields: Readonly<Record<string, string>>): Promise<string> {
  const form = formIn(await openAct(browser, name), name);
  for (const field of Object.keys(fields)) expect(form, name).toContain(`name="${field}"`);
  const unseen = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, key, value]) => [
    key,
    value,
  ]);
  const answer = await browser.post(`/referrals/${id}/do/${name}`, { ...Object.fromEntries(unseen), ...fields });
  expect([name, answer.status]).toEqual([name, 303]);
  return (await browser.get(answer.location)).html;
}

describe('the pages of a referral', () => {
  test('lead to each other, and only to those that hold something for the reader', async () => {
    for (const who of Object.values(readers)) {
      const browser = await as(who);
      const { html } = await browser.get(pagePath(id));
      const side = html.split('aria-label="Pages of this referral"')[1]?.split('</nav>')[0] ?? '';
      for (const { slug, title } of pages) {
        const { status } = await browser.get(pagePath(id, slug));
        const isLinked = side.includes(`href="${pagePath(id, slug)}"`);
        if (slug !== '') expect([who, title, status]).toEqual([who, title, isLinked ? 200 : 302]);
      }
    }
  });

  test('of an administrator have codes and clocks, and nothing about the child', async () => {
    const administrator = await as('administrator');
    for (const slug of ['', 'tasks'] as const) {
      const { html } = await administrator.get(pagePath(id, slug));
      expect(html).not.toMatch(/Wren|Only by text|In danger|[Dd]isclosure/);
    }
  });

  test('have no code inside their sentences', async () => {
    const caseworker = await as('caseworker');
    for (const { slug } of pages) {
      if (slug === 'history') continue;
      const { html } = await caseworker.get(pagePath(id, slug));
      // The table of clocks and the reason of a step are small print behind the words.
      // The providers of the desk have the code of their service in their names.
      const text = textOf(html.replaceAll(/<(details|select)[\s\S]*?<\/\1>/g, ' '));
      expect([slug, /\bD\d+[a-z]?:? (is|was|and)\b|medical-acute-forensic|substance-use|53a-192a;/.exec(text)]).toEqual(
        [slug, null],
      );
    }
  });
});

describe('people', () => {
  test('stand with their names in the history, and on the form of the second person', async () => {
    const caseworker = await as('caseworker');
    await act(caseworker, 'assess-danger', {
      danger: 'no',
      knownAt: 'now',
      reason: 'Seen safe at home with her aunt.',
    });
    const history = textOf((await caseworker.get(pagePath(id, 'history'))).html);
    expect(history).toContain('AM, Invented P-HART-LIAISON, Title of hart-liaison');
    expect(history).not.toMatch(/[AP]M, P-/);
    expect(history).toContain('Victim advocacy referred to House of victim-advocacy (invented), ');
    const form = await openAct(await as('area-supervisor'), 'agree-lowering');
    // Who agrees reads beside the button what is proposed, by which person, why, and what is on record.
    const beside = textOf(form);
    for (const said of ['Invented P-CASEWORKER, Title of caseworker', 'Seen safe at home with her aunt.'])
      expect(beside).toContain(said);
    expect(beside).toMatch(/Proposed: danger ?No.*On record: danger ?Yes/);
    expect(form).toContain(`href="${pagePath(id, 'child')}"`);
    const child = textOf((await (await as('area-supervisor')).get(pagePath(id, 'child'))).html);
    expect(child).toContain('Why lowering the danger is proposed: Seen safe at home with her aunt.');
  });
});

describe('a proposal', () => {
  test('to erase who the child is can be declined where it can be agreed to, also once the referral has ended', async () => {
    const ended = await desk.opened({ danger: 'no', missingNow: 'no' });
    await desk.do(
      ended,
      'propose-withdrawal',
      { because: 'made-in-error', reason: 'Invented words.' },
      'careline-supervisor',
    );
    await desk.do(ended, 'agree-withdrawal', {}, 'careline-supervisor/2');
    const erasure = { ground: 'court-order', orderReference: 'Words.', reason: 'Invented words.' };
    await desk.do(ended, 'propose-erasure', erasure, 'careline-manager');
    const second = await signedInAs(careline, 'program-manager');
    const { html } = await second.get(`/referrals/${ended}/do/agree-erasure`);
    expect(html).toMatch(/<a class="usa-button[^"]*" href="[^"]*\/do\/refuse-proposal[^"]*">/);
  });

  test('leads the second person from the list of tasks to the form that agrees, and from there to the no', async () => {
    const { id: dutyId } = Object.values((await desk.state(id)).deadlines).find(
      ({ rule, status }) => rule === 'D37h' && status === 'open',
    ) ?? { id: '' };
    const second = await as('careline-supervisor');
    const { location } = await second.get(`${pagePath(id)}/do?for=${dutyId}`);
    expect(new URL(location, 'http://127.0.0.1').pathname).toBe(`${pagePath(id)}/do/agree-lowering`);
    const { html } = await second.get(location);
    const [, no = ''] = /Or:? <a class="usa-button[^"]*" href="([^"]*)">Say no to the proposal<\/a>/.exec(html) ?? [];
    expect(formIn((await second.get(no.replaceAll('&amp;', '&'))).html, 'refuse-proposal')).toMatch(
      /<option value="lowering" selected/,
    );
  });

  test('says to the person who made it that it waits for another, and is taken back', async () => {
    const supervisor = await as('area-supervisor');
    await act(supervisor, 'assess-danger', { danger: 'unknown', knownAt: 'now', reason: 'Not seen for three days.' });
    const { html } = await supervisor.get(pagePath(id, 'tasks'));
    const task = html.split('<li class="next">').find((each) => each.includes('refuse-proposal')) ?? '';
    const words = task.replaceAll(/<[^>]+>/g, ' ');
    expect(words).toContain('Waits for a second person to approve or decline the lower danger level');
    expect(words).toContain('One of these must answer: Careline supervisor');
    expect(task).toMatch(/usa-button--outline" href="[^"]*refuse-proposal[^"]*">Take your proposal back/);
    const form = await openAct(supervisor, 'refuse-proposal');
    expect(textOf(form)).not.toContain('This completes');
    expect(form).toMatch(/<option value="lowering" selected/);
    await act(supervisor, 'refuse-proposal', { proposal: 'lowering', reason: 'It was too early to say so.' });
    expect((await desk.state(id)).proposals.lowering).toBeUndefined();
  });
});

/** What a form may start with: what the act is about, and what stands already. */
const mayStand =
  /^(service|offer|discipline|deadlineId|proposal|task|months|place|way|office|team|responseOffice|answers\.[\w-]+)$/;

describe('an act', () => {
  test('starts without an answer, for each reader and each act that a page leads to', async () => {
    const missed = await startMissed(3);
    let forms = 0;
    for (const stage of [{ desk, id }, missed]) {
      const window = openConsole(stage.desk, { parts: { now: () => stage.desk.now } });
      for (const who of Object.values(readers)) {
        const browser = await signedInAs(window, who);
        const { html } = await browser.get(pagePath(stage.id, 'tasks'));
        const paths = new Set([...html.matchAll(/href="([^"]*\/do\/[^"]*)"/g)].map(([, path = '']) => path));
        for (const path of paths) {
          const page = await browser.get(path.replaceAll('&amp;', '&'));
          const [, form = ''] = page.html.split('id="do-');
          const radios = [...form.matchAll(/<input[^>]*type="radio"[^>]*>/g)].map(([tag]) => tag);
          const chosen = [
            ...radios.filter((tag) => / checked/.test(tag)).map((tag) => /name="([^"]*)"/.exec(tag)?.[1]),
            ...[...form.matchAll(/<select[^>]*name="([^"]*)"[^>]*>(.*?)<\/select>/gs)].flatMap(
              ([, name, options = '']) => (/<option value="[^"]+" selected/.test(options) ? [name] : []),
            ),
          ];
          expect([who, path, chosen.filter((name = '') => !mayStand.test(name))]).toEqual([who, path, []]);
          forms += 1;
        }
      }
    }
    await missed.desk.stop();
    expect(forms).toBeGreaterThan(60);
  });

  test('that a second tab sends again is not stored, says what was, and can still be recorded as another', async () => {
    const caseworker = await as('caseworker');
    const path = `${pagePath(id)}/do/record-child-seen`;
    const opened = async () => {
      const { html } = await caseworker.get(`${path}?from=tasks`);
      return { key: hidden(formIn(html, 'record-child-seen'), 'key'), seq: hidden(html, 'seq'), from: 'tasks' };
    };
    const [first, second] = [await opened(), await opened()];
    const seen = { sighting: 'attempted', seenBy: 'caseworker' };
    expect((await caseworker.post(path, { ...first, ...seen })).status).toBe(303);
    const { seq } = await desk.state(id);
    const { status, html } = await caseworker.post(path, { ...second, ...seen });
    expect([status, (await desk.state(id)).seq]).toEqual([409, seq]);
    expect(textOf(html)).toMatch(
      /This was recorded already, at Wed Nov 11, 2026, 11:00 AM EST You recorded an attempt to see the child\./,
    );
    expect(textOf(html)).toContain('Nothing new was stored.');
    expect(html).toContain(`href="${pagePath(id, 'tasks')}">Back to Tasks</a>`);
    const form = formIn(html, 'record-child-seen');
    expect(html.split('<details class="fold">')[1]).toContain('id="do-record-child-seen"');
    expect(form).toMatch(/value="attempted"[^>]*(checked|selected)/);
    const again = { key: hidden(form, 'key'), seq: hidden(form, 'seq'), another: hidden(form, 'another'), ...seen };
    expect((await caseworker.post(path, again)).status).toBe(303);
    expect((await desk.state(id)).seq).toBe(seq + 1);
  });

  test('without a field that a second tab sends again is not refused, and says that it was recorded', async () => {
    const caseworker = await as('caseworker');
    const path = `${pagePath(id)}/do/report-missing`;
    const { html } = await caseworker.get(path);
    const sent = (key: string) => caseworker.post(path, { key, seq: hidden(html, 'seq') });
    expect((await sent('tab one')).status).toBe(303);
    const second = await sent('tab two');
    expect(textOf(second.html)).toContain('You recorded that the child is missing.');
    expect(textOf(second.html)).toMatch(/This was recorded already, at /);
    // Nothing can be added to it, so no form is offered.
    expect(formIn(second.html, 'report-missing')).toBe('');
    await act(caseworker, 'record-return', {});
  });

  test('says what it settles, leads back to where it was begun, and can be corrected', async () => {
    const caseworker = await as('caseworker');
    const form = await openAct(caseworker, 'record-safety-plan');
    expect(textOf(form)).toContain('This completes: Put a safe placement or safety plan in place');
    expect(form).toContain(`<a href="${pagePath(id, 'tasks')}">Back to`);
    const done = await act(caseworker, 'note-safe-contact', { safeContact: 'Only by text, at noon.' });
    expect(done).toContain('aria-current="page">Other actions');
    expect(textOf(done)).toContain('You noted how the child or family may be reached safely.');
    expect(done).toMatch(/Wrong\? <a href="[^"]*\/do\/note-safe-contact\?from=acts">Correct this<\/a>/);
    expect((await caseworker.get(pagePath(id))).html).toContain('Only by text, at noon.');
  });

  test('that said that the child was seen can be corrected, and the child is not seen from then on', async () => {
    const seen = { sighting: 'seen', seenAlone: 'seen-alone', seenBy: 'caseworker' };
    const fresh = await desk.opened({ danger: 'yes', missingNow: 'no' });
    const caseworker = await as('caseworker');
    const path = `${pagePath(fresh)}/do/record-child-seen`;
    const record = async (fields: object) => {
      const { html } = await caseworker.get(path);
      const form = formIn(html, 'record-child-seen');
      expect(form).not.toContain(' checked');
      const sent = { key: hidden(form, 'key'), seq: hidden(form, 'seq'), ...fields };
      return [form, (await caseworker.get((await caseworker.post(path, sent)).location)).html] as const;
    };
    const [before, said] = await record(seen);
    expect(before).not.toContain('value="not-seen"');
    expect(said).toMatch(/Wrong\? <a href="[^"]*\/do\/record-child-seen[^"]*">Correct this<\/a>/);
    const [, corrected] = await record({ sighting: 'not-seen', seenBy: 'caseworker' });
    expect(textOf(corrected)).toContain('You recorded that the child was not seen after all. The deadline runs again.');
    expect((await desk.state(fresh)).response.childSeen).toBeUndefined();
  });

  test('that says whether the child is missing has two answers alike', async () => {
    const fresh = await desk.opened({ danger: 'no', missingNow: 'unknown' });
    const caseworker = await as('caseworker');
    const { html } = await caseworker.get(pagePath(fresh, 'tasks'));
    const [, step = ''] = html.split('Find out whether the child is missing');
    const links = [...(step.split('</li>')[0] ?? '').matchAll(/<a( class="[^"]*")? href="[^"]*\/do\/([\w-]+)/g)];
    expect(links.map(([, , name]) => name)).toEqual(['report-missing', 'record-facts']);
    expect(new Set(links.map(([, look]) => look)).size).toBe(1);
    const { html: form } = await caseworker.get(`${pagePath(fresh)}/do/record-facts`);
    const [, field = '', options = ''] =
      /<select[^>]*name="(\w+)"[^>]*>(.*?)<\/select>/s.exec(formIn(form, 'record-facts')) ?? [];
    expect(field).toBe('missingNow');
    expect(options, 'no answer is given before the person gives it').not.toContain('selected');
    expect([...options.matchAll(/value="(\w*)"/g)].map(([, value]) => value)).toEqual(['', 'no', 'unknown']);
  });

  test('that does not apply any more has a page that says so', async () => {
    const caseworker = await as('caseworker');
    const { status, html } = await caseworker.get(`/referrals/${id}/do/record-return`);
    expect(status).toBe(200);
    expect(html).toContain('There is nothing to record here now');
    expect(formIn(html, 'record-return')).toBe('');
  });

  test('that was sent with a wrong field keeps the words, names the field and stays on its page', async () => {
    const caseworker = await as('caseworker');
    await openAct(caseworker, 'record-safety-plan');
    const { status, html } = await caseworker.post(`/referrals/${id}/do/record-safety-plan`, {
      plan: 'With the aunt.',
      from: 'tasks',
    });
    expect(status).toBe(400);
    expect(html).toMatch(/role="alert" tabindex="-1" autofocus/);
    expect(html).toContain('href="#record-safety-plan-placement"');
    expect(formIn(html, 'record-safety-plan')).toContain('With the aunt.');
    expect(html).toContain('Back to Tasks');
  });
});

describe('a person', () => {
  test('of the team is not asked for a decision that others make', async () => {
    const { html } = await (await as('seat:medical')).get(pagePath(id));
    expect(html).toContain('You have no task in this referral now.');
    expect(html.split('All clocks')[0]).not.toContain('Convene the team</strong>');
  });

  test('who declined a seat is not shown as the one who comes', async () => {
    const holder = await as('seat:dcf');
    await act(holder, 'answer-seat', { discipline: 'dcf', answer: 'declined', reasonCode: 'workload' });
    await desk.do(id, 'answer-seat', { discipline: 'dcf', answer: 'accepted' }, 'seat:dcf/2');
    const { html } = await (await as('mdt-coordinator')).get(pagePath(id, 'team'));
    const row = textOf(`<main${html.split('<th scope="row">DCF')[1]?.split('</tr>')[0]}`);
    const [deputy, declined] = [personOf('seat:dcf/2').id, `${personOf('seat:dcf').id} (declined)`].map((each) =>
      row.indexOf(each),
    );
    expect(deputy).toBeGreaterThan(-1);
    expect(declined).toBeGreaterThan(deputy ?? 0);
  });

  test('is not told again to refer to the local police once it is done', async () => {
    const worker = await as('careline-worker');
    const before = await (await as('caseworker')).get(pagePath(id, 'decisions'));
    expect(textOf(before.html)).toMatch(/refer to the local police\. A finding of neglect .* not implied\. (?!Done)/);
    const police = { agencyId: 'PD-1', personReached: 'The desk', method: 'phone', agencyReference: 'H-2' };
    await act(worker, 'notify-police', { ...police, covers: 'local' });
    const after = await (await as('caseworker')).get(pagePath(id, 'decisions'));
    expect(textOf(after.html)).toMatch(/refer to the local police\. A finding of neglect .* not implied\. Done\./);
    const form = formIn((await worker.get(`/referrals/${id}/do/notify-police`)).html, 'notify-police');
    expect(form).toMatch(/Notify the local police[^<]*Recorded already/);
  });
});

test('the page says what was recorded of a missing child, as a sentence', async () => {
  const caseworker = await as('caseworker');
  expect(textOf(await act(caseworker, 'report-missing', {}))).toContain('You recorded that the child is missing.');
  expect(textOf(await act(caseworker, 'record-return', {}))).toContain('You recorded that the child returned: ');
});

describe('a no', () => {
  test('of a provider, of the child and to a consent is recorded by the pages alone', async () => {
    const provider = await as('contact:PV-1');
    const declined = await act(provider, 'decline-linkage', { service: 'victim-advocacy', reasonCode: 'no-capacity' });
    expect(textOf(declined)).toContain('You recorded that this service is declined: victim advocacy');
    const caseworker = await as('caseworker');
    const no = await act(caseworker, 'decline-linkage', { service: 'education', reasonCode: 'child-declined' });
    expect(textOf(no)).toContain('education, child declined');
    await act(caseworker, 'record-consent', {
      service: 'substance-use',
      consentKind: 'written-part-2',
      consentAnswer: 'refused',
    });
    const services = textOf((await caseworker.get(pagePath(id, 'services'))).html);
    for (const said of ['Education', 'Refused', 'Needs that could not be met']) expect(services).toContain(said);
  });
});

// The last test, because the referral is closed to most readers after it.
test('a sealed referral is there for the people it names, and its pages are not there for others', async () => {
  const supervisor = await as('careline-supervisor');
  const named = ['careline-supervisor', 'careline-supervisor/2', 'caseworker'];
  const form = formIn(await openAct(supervisor, 'seal-referral'), 'seal-referral');
  for (const field of ['because', 'forPeople', 'reason']) expect(form).toContain(`name="${field}"`);
  const answer = await supervisor.post(`/referrals/${id}/do/seal-referral`, {
    because: 'known-to-staff',
    forPeople: named.map((each) => personOf(each).id),
    reason: 'An invented reason.',
  });
  expect(answer.status).toBe(303);
  for (const who of ['careline-supervisor', 'caseworker'] as const) {
    const browser = await as(who);
    const { html } = await browser.get(pagePath(id));
    expect(textOf(html)).toContain('Restricted');
  }
  const liaison = await as('hart-liaison');
  for (const { slug } of pages) expect((await liaison.get(pagePath(id, slug))).status).toBe(404);
  expect((await liaison.get(`/referrals/${id}/do/screen`)).status).toBe(404);
  expect((await liaison.post(`/referrals/${id}/do/screen`, {})).status).toBe(404);
});
