/** The call task as people read it: on three pages, by itself, and in the head line of other pages. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BoardRow } from '../../shared/domain/board/board-row.ts';
import { boardRows, rowsToPut } from '../../shared/domain/board/board-rows.ts';
import { beginDecision } from '../../shared/domain/core/decision.ts';
import { raiseCheckpoint } from '../../shared/domain/pathway/steps.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import type { Tables } from '../support/tables.ts';
import { type Browser, formFor, formIn, hidden, monday, report, startConsole, type Window } from './window.ts';

let tables: Tables;
let careline: Window;
let worker: Browser;
let id: string;
beforeAll(async () => {
  ({ tables, careline } = await startConsole());
  worker = await careline.person('P-CARELINE-WORKER-1');
});
afterAll(() => tables.stop());
beforeEach(async () => {
  id = await report(worker);
});

const onCall = 'P-AREA-ONCALL-NEW-HAVEN-1';
const commits = async () => (await tables.ledger.referral(id))?.commits.length ?? 0;
const written = new Map<string, readonly BoardRow[]>();
/** A row that is gone leaves its lists. */
const react = async (of = id) => {
  const referral = await tables.ledger.referral(of);
  const rows = referral ? boardRows(referral.state, connecticutPolicy) : [];
  for (const row of rowsToPut([written.get(of) ?? [], rows])) await tables.board.put(row);
  written.set(of, rows);
};
/** The referrals of the tests before leave all lists. */
const clearBoard = async () => {
  const others = [...written].flatMap(([of, rows]) => (of === id ? [] : rows));
  for (const { queue: _, owner: __, turn: ___, ...row } of others) {
    await tables.board.put({ ...row, seq: row.seq + 1 });
  }
};
/** The page without its tags, as people read it. */
const readable = (html: string) =>
  html
    .replaceAll(/<(script|style)[^>]*>.*?<\/\1>/gs, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&#39;', "'");
const record = (browser: Browser, fields: Record<string, string>, of = id) =>
  browser.post(`/referrals/${of}/calls`, { deadlineId: `${of}.D6.1`, personId: onCall, from: 'referral', ...fields });

describe('the top of a referral', () => {
  test('names the person to call, the due time, what to say and the person to call next', async () => {
    const text = readable((await worker.get(`/referrals/${id}`)).html);
    expect(text).toMatch(
      /Call now In danger 911 Dial now: ask the police to go to the child\. The area office on call sends a social worker\. Call the police Call now; the law’s latest is 10:00 PM One call, and a tick for each: Notify law enforcement; Notify the local police\. New Haven/,
    );
    expect(text).toMatch(/Start the response: go to the child By 12:00 PM: 1 hour 59 minutes left/);
    expect(text).toMatch(
      /Area office on call, New Haven office\. No shift entered: first in the directory\. 203-555-\d{4}/,
    );
    expect(text).toMatch(
      /Say: “This is the DCF Careline, reference CR-\S+ Please start the response: go to the child by 12:00 PM\./,
    );
    expect(text).toMatch(/If no one is handling this by 10:\d\d AM , call /);
  });

  test('has no sentence of more than 20 words, and no riddle, in the call task', async () => {
    const { html } = await worker.get(`/calls/panel?from=report&of=${id}`);
    const sentences = readable(html.replaceAll(/<\/(p|h\d|summary|button|li)>/g, '. ')).split(/[.:;!?]\s/);
    const long = sentences.filter((sentence) => sentence.trim().split(/\s+/).length > 20);
    expect(long).toEqual([]);
    expect(readable(html)).not.toMatch(/\b(nobody|somebody|whoever|whom|anybody)\b/i);
  });

  test('asks the first on call to take the child, and to call the next person only if they cannot', async () => {
    await worker.post(`/referrals/${id}/do/classify-report`, { track: 'information-only', key: `first-${id}` });
    const text = readable((await (await careline.person(onCall)).get(`/referrals/${id}`)).html);
    expect(text).toMatch(
      /You are first on call for this\. Press the button, and we call no one else\. I'm handling this .*You cannot\? Call \w+ \w+/,
    );
    // Their own task names no deputy to call, as the worker's does.
    const task = (page: string) =>
      /Start the response: go to the child Due in .*? Why\?/.exec(page.split('Do this next')[1] ?? '')?.[0];
    expect(task(text)).not.toContain('Call ');
    const others = readable((await worker.get(`/referrals/${id}`)).html);
    expect(others).not.toContain('You are first on call for this.');
    expect(task(text)).toBeDefined();
  });

  test('promises no button to the first on call where no one has been called yet', async () => {
    const caseworker = await careline.person('P-CASEWORKER-NEW-HAVEN-1');
    const { html } = await caseworker.get(`/calls?of=${id}`);
    const cards = html.split('<article').filter((card) => card.includes('You are first on call for this.'));
    expect(cards).not.toEqual([]);
    for (const card of cards) {
      expect(readable(card)).toContain('We call no one else yet.');
      expect(readable(card)).not.toMatch(/Press the button|I'm handling this/);
    }
  });

  test('sends no one to the person who proposed, to approve it', async () => {
    const [first, second] = await tables.directory.onCall('careline-supervisor', 'state', monday);
    const proposer = await careline.person(first?.personId ?? '');
    await proposer.get(`/referrals/${id}`);
    const lower = { danger: 'no', knownAt: 'now', reason: 'Seen safe at home with her aunt.', key: `lower-${id}` };
    expect((await proposer.post(`/referrals/${id}/do/assess-danger`, lower)).status).toBe(303);
    const cardOf = (html: string) => readable(html.split(`id="call-${id}.D37H.1"`)[1]?.split('</article>')[0] ?? '');
    const own = cardOf((await proposer.get(`/calls?of=${id}`)).html);
    expect(own).not.toContain('You are first on call for this.');
    const other = await careline.person(second?.personId ?? '');
    expect(cardOf((await other.get(`/calls?of=${id}`)).html)).toContain('You are first on call for this.');
  });

  test('gives the stand-in the button on every page where the town is unknown, and the police a number', async () => {
    const other = await report(worker, { 'children[0].residenceTown': 'unknown', 'children[0].missingNow': 'yes' });
    const first = (await tables.directory.onCall('careline-supervisor', 'state', monday))[0]?.personId ?? '';
    const supervisor = await careline.person(first);
    await worker.get(`/referrals/${other}`);
    await worker.post(`/referrals/${other}/do/classify-report`, { track: 'information-only', key: `u-${other}` });
    await react(other);
    const head = readable((await supervisor.get('/calls/panel?from=queue')).html);
    expect(head).toMatch(/Start the response: go to the child.*you are first on call I'm handling this/);
    for (const path of [`/referrals/${other}`, `/calls?of=${other}`]) {
      const { html } = await supervisor.get(path);
      const card = html.slice(html.indexOf(`id="call-${other}.D6.1"`));
      expect(readable(card.slice(0, card.indexOf('</article>'))), path).toMatch(
        /You are first on call for this\. Press the button, and we call no one else\. I'm handling this/,
      );
    }
    const answered = readable((await worker.get(`/calls?of=${other}`)).html);
    expect(answered).toMatch(/Connecticut State Police .*dial 911/);
    expect(answered).not.toMatch(/This is yours to do|no one to call/);
  });

  test('folds an overdue duty into a line that says how long it is overdue', async () => {
    const late = { receivedAt: '2026-11-09T07:00', lateReason: 'paper-form' };
    const other = await report(worker, { ...late, 'children[0].missingNow': 'yes' });
    const { html } = await worker.get(`/referrals/${other}`);
    const lines = [...html.matchAll(/<(?:summary|p class="call-row"[^>]*)>(.*?)<\/(?:summary|p)>/g)].map(
      ([, line = '']) => readable(line).trim(),
    );
    const overdue = lines.filter((line) => line.includes('overdue by'));
    expect(overdue.join('\n')).toMatch(/^Report the missing child to NCMEC, overdue by 2 hours ?: /m);
    expect(overdue.join('\n')).not.toMatch(/ by \d+:\d\d [AP]M/);
  });

  test('says "you" in the folded line to the reader who is first, and not the name of their deputy', async () => {
    const first = (await tables.directory.onCall('careline-supervisor', 'state', monday))[0]?.personId ?? '';
    const supervisor = await careline.person(first);
    const other = await report(worker, { 'children[0].residenceTown': 'unknown', 'children[0].missingNow': 'yes' });
    const { html } = await supervisor.get(`/referrals/${other}`);
    expect(readable(html)).toMatch(
      /Accept or decline the report by \d+:\d+ [AP]M ?: you are first on call I'm handling this/,
    );
  });

  test('never has a number of the child or the family', async () => {
    const other = await report(worker, { 'children[0].phone': '203-555-0198', 'reporter.phone': '203-555-0197' });
    for (const path of [`/calls/panel?from=referral&of=${other}`, `/calls?of=${other}`]) {
      expect((await worker.get(path)).html).not.toMatch(/203-555-019[78]/);
    }
  });
});

describe('the result of a call', () => {
  test('without an answer shows the next person at once, with the time of the call and the caller', async () => {
    await worker.get(`/referrals/${id}`);
    const { location } = await record(worker, { result: 'no-answer', key: 'one' });
    expect(location).toBe(`http://127.0.0.1:3000/referrals/${id}?done=record-call`);
    const { html } = await worker.get(location);
    expect(readable(html)).toMatch(/You recorded no answer from \w+ \w+, Area office on call/);
    const first = html.split(`id="call-${id}.D6.1"`)[1] ?? '';
    expect(first.slice(0, 900)).toContain('Area office on call, New Haven office, deputy');
    expect(readable(html)).toMatch(/No answer from \w+ \w+ at 10:\d\d AM \(\w+ \w+\)\./);
  });

  test('that reached a person says who has the child, and asks for no other call', async () => {
    await worker.get(`/referrals/${id}`);
    await record(worker, { result: 'reached', key: 'two', notes: 'Drives now.' });
    const text = readable((await worker.get(`/calls?of=${id}`)).html);
    expect(text).toMatch(/ is handling this, since 10:\d\d AM/);
    const told = readable((await worker.get(`/referrals/${id}?done=record-call`)).html);
    expect(told).toMatch(
      /that you reached \w+ \w+, [^.]+\. They are handling “Start the response: go to the child” now\. We call no one else for it\./,
    );
    const text2 = (await tables.ledger.referral(id))?.commits.flatMap(({ events }) => JSON.stringify(events)).join();
    expect(text2).not.toContain('Drives now.');
  });

  test('leads to the next call over all children of the report, a child in danger first', async () => {
    const two = { children: '2', 'children[0].danger': 'no', 'children[1].danger': 'yes' };
    await worker.get('/reports/new');
    const fields = { narrative: 'Two children.', 'children[0].residenceTown': 'New Haven' };
    const sent = { ...fields, ...two, 'children[1].residenceTown': 'New Haven', key: 'next of two' };
    const { html } = await worker.post('/reports', sent);
    const [calm = '', danger = ''] = [...new Set(html.match(/(?<=<dd><a href="\/referrals\/)CR-[0-9A-Z-]+/g))];
    expect(readable(html)).toMatch(new RegExp(`Next call, ${danger}: Call the police`));
    const police = { personId: '', agencyId: 'A-NEW-HAVEN', result: 'reached' };
    const first = await record(worker, { ...police, deadlineId: `${calm}.D3.1`, key: 'calm' }, calm);
    expect(readable((await worker.get(first.location)).html)).toMatch(
      new RegExp(
        `handling “Notify law enforcement”, “Notify the local police” now\\. We call no one else for it\\. Record the notice in the form below\\. Next call, ${danger}: Call the police`,
      ),
    );
    await worker.get(`/referrals/${danger}`);
    const second = await record(worker, { ...police, deadlineId: `${danger}.D3.1`, key: 'danger' }, danger);
    const text = readable((await worker.get(second.location)).html);
    expect(text).toMatch(new RegExp(`Next call, ${danger}: Start the response: go to the child`));
  });

  test('that reached police leads to the form of the notice with the agency filled in', async () => {
    await worker.get(`/referrals/${id}`);
    const agency = { deadlineId: `${id}.D3.1`, personId: '', agencyId: 'A-NEW-HAVEN' };
    const { location } = await record(worker, { ...agency, result: 'reached', key: 'three' });
    expect(location).toBe(`http://127.0.0.1:3000/referrals/${id}/do/notify-police?done=record-call`);
    const { html } = await worker.get(location);
    expect(html).toContain('You recorded that you reached the police.');
    const form = formIn(html, 'notify-police');
    expect(form).toMatch(/value="A-NEW-HAVEN"[^>]* checked/);
    for (const notice of ['state', 'local']) expect(form).toMatch(new RegExp(`value="${notice}"[^>]* checked`));
    expect(form).not.toMatch(/value="missing"[^>]* checked/);
  });

  test('leads back to the page where it was recorded', async () => {
    await worker.get('/');
    expect((await record(worker, { result: 'calling', from: 'queue', key: 'four' })).location).toBe(
      'http://127.0.0.1:3000/',
    );
    await worker.get('/');
    const { location } = await record(worker, { result: 'no-answer', from: 'report', of: id, key: 'five' });
    expect(location).toBe(`http://127.0.0.1:3000/calls?of=${id}`);
  });

  test.each(['queue', 'list', 'report'])(
    'that reached a person says who has it and offers the next call at once, from %s',
    async (from) => {
      await worker.get(`/calls?of=${id}`);
      const { location } = await record(worker, { result: 'reached', from, of: id, key: `reached from ${from}` });
      const text = readable((await worker.get(location)).html);
      expect(text).toMatch(
        /You recorded .*reached .+ They are handling “Start the response: go to the child” now\. We call no one else for it\. Next call, CR-/,
      );
    },
  );

  test('that reached police for a referral that owes one notice says that one alone', async () => {
    await worker.get(`/referrals/${id}/do/notify-police`);
    const notice = { agencyId: 'A-NEW-HAVEN', method: 'phone', personReached: 'Sgt. Example', agencyReference: '26-1' };
    const { status } = await worker.post(`/referrals/${id}/do/notify-police`, {
      ...notice,
      covers: 'state',
      key: 'one notice',
    });
    expect(status).toBe(303);
    const agency = { deadlineId: `${id}.D12A.1`, personId: '', agencyId: 'A-NEW-HAVEN' };
    const duties = Object.values((await tables.ledger.referral(id))?.state.deadlines ?? {});
    const open = duties.filter(({ rule, status }) => ['D3', 'D4'].includes(rule) && status === 'open');
    expect(open.map(({ rule }) => rule)).toEqual(['D4']);
    const { location } = await record(worker, {
      ...agency,
      deadlineId: open[0]?.id ?? '',
      result: 'reached',
      key: 'other',
    });
    const text = readable((await worker.get(location)).html);
    expect(text).toContain('handling “Notify the local police” now.');
    expect(text).not.toMatch(/handling “[^”]*law enforcement/);
    expect(formIn((await worker.get(location)).html, 'notify-police')).toMatch(/value="local"[^>]* checked/);
  });

  test.each([
    [
      'for a duty that is not there',
      { deadlineId: 'CR-7F3KD-9QXMT2.D6.1' },
      409,
      'This referral has no deadline of this id',
    ],
    ['for a person who is not there', { personId: 'P-NO-ONE' }, 409, 'The directory has no person of this id'],
    ['without a result', { result: '' }, 400, 'Not recorded'],
  ])('%s is refused with a sentence, and the numbers stay', async (_, fields, status, sentence) => {
    await worker.get(`/referrals/${id}`);
    const before = await commits();
    const answer = await record(worker, { result: 'reached', key: `bad-${sentence}`, ...fields });
    expect(answer.status).toBe(status);
    expect(answer.html).toContain(sentence);
    expect(answer.html).toContain('class="call-number"');
    expect(await commits()).toBe(before);
  });

  test('that is sent twice is recorded once', async () => {
    await worker.get(`/referrals/${id}`);
    await record(worker, { result: 'no-answer', key: 'twice' });
    const before = await commits();
    await worker.get(`/referrals/${id}`);
    await record(worker, { result: 'no-answer', key: 'twice' });
    expect(await commits()).toBe(before);
  });
});

describe('the list by itself', () => {
  test('is a piece of a page, and a look at it changes nothing', async () => {
    const before = await commits();
    const { html, status } = await worker.get(`/calls/panel?from=referral&of=${id}`);
    expect(status).toBe(200);
    expect(html).toMatch(/^<div data-news="" data-now="[^"]+" data-open="\d+">/);
    expect(html).not.toContain('<html');
    expect(hidden(html, 'token')).not.toBe('');
    expect(await commits()).toBe(before);
  });

  test.each([
    ['a reference that is none', 'CR-NONE'],
    ['one that is not there', 'CR-7F3KD-9QXMT2'],
  ])('of %s is empty', async (_, reference) => {
    expect(readable((await worker.get(`/calls/panel?from=referral&of=${reference}`)).html).trim()).toBe('');
  });

  test('is empty for partners and auditors', async () => {
    for (const person of ['P-AUDITOR-1', 'P-MDT-MEDICAL-NEW-HAVEN-1', 'P-PROVIDER-EDUCATION-1']) {
      const browser = await careline.person(person);
      for (const path of [`/calls/panel?from=referral&of=${id}`, '/calls/panel?from=queue']) {
        expect((await browser.get(path)).html).not.toContain('call-number');
      }
    }
  });
});

describe('a referral for which no one has answered', () => {
  /** Calls everyone in line in vain. */
  async function ringThrough(): Promise<void> {
    const name = 'raise-checkpoint';
    const since = Date.parse((await tables.ledger.referral(id))?.state.report.recordedAt ?? monday);
    for (const minutes of [0, 10, 20, 30, 40]) {
      const now = new Date(since + minutes * 60_000 + 1000).toISOString();
      const frame = {
        now,
        actor: { kind: 'function', id: name },
        cause: { kind: 'task', run: `${id}.D6.1-g1` },
      } as const;
      await tables.ledger.changeReferral(id, frame, (state, { policy }) => {
        if (!state) return [];
        const decision = beginDecision(state, { now, policy, actor: frame.actor });
        raiseCheckpoint(decision, `${id}.D6.1`);
        return decision.events();
      });
    }
    await react();
  }

  const headLine = async (path: string): Promise<string> => {
    const { html } = await worker.get(path);
    const start = html.indexOf('<section class="unanswered"');
    return start === -1 ? '' : readable(html.slice(start, html.indexOf('</section>', start)));
  };

  test('is named in the head line of every page of all staff, with the number to call', async () => {
    await worker.get(`/referrals/${id}`);
    await worker.post(`/referrals/${id}/do/classify-report`, { track: 'information-only', key: `c-${id}` });
    await ringThrough();
    const line = new RegExp(
      `No one is handling ${id} \\(start the response: go to the child\\): call 203-555-\\d{4} \\(\\w+ \\w+\\)\\.`,
    );
    for (const person of ['P-CARELINE-WORKER-2', 'P-LEGAL-1', 'P-CASEWORKER-NEW-HAVEN-1']) {
      const browser = await careline.person(person);
      for (const path of ['/', '/deadlines', '/providers'])
        expect(readable((await browser.get(path)).html)).toMatch(line);
      expect((await browser.get('/')).html).toContain('<summary>1 call is not taken: show</summary>');
    }
    // The page of a new report has no line about other calls.
    expect((await worker.get('/reports/new')).html).not.toContain('class="unanswered"');
    expect(readable((await (await careline.person(onCall)).get('/providers')).html)).toContain(
      `No one is handling ${id} (start the response: go to the child): you are first on call, so open it and act.`,
    );
    for (const person of ['P-AUDITOR-1', 'P-MDT-MEDICAL-NEW-HAVEN-1', 'P-CASEWORKER-DANBURY-1']) {
      expect((await (await careline.person(person)).get('/providers')).html).not.toContain(id);
    }
    const director = await careline.person('P-DIRECTOR-ONCALL-1');
    await director.get(`/referrals/${id}`);
    await director.post(`/referrals/${id}/do/answer-alarm`, { key: `have-${id}` });
    await react();
    expect((await worker.get('/providers')).html).not.toContain(`No one is handling <a href="/referrals/${id}"`);
  });

  test('tells the director who takes it what to do next, by when, and who records it', async () => {
    const director = await careline.person('P-DIRECTOR-ONCALL-1');
    await director.get(`/referrals/${id}`);
    const answer = { deadlineId: `${id}.D6.1`, key: `next-${id}` };
    const { location } = await director.post(`/referrals/${id}/do/answer-alarm`, answer);
    const text = readable((await director.get(location)).html);
    expect(text).toContain(
      'You are handling “Start the response: go to the child” now. We call no one else for it. Your tasks below say what to do',
    );
    const steps = text.slice(text.indexOf('Do this next ')).split(' All clocks ')[0] ?? '';
    expect(steps).toMatch(/Start the response: go to the child Due in 1 h 59 min \(12:00 PM\) You took this on\./);
    expect(steps).toMatch(/See that it is done, then ask the .*area office on call.* to record it\./);
    expect(steps).not.toContain('You have no task');
    const form = readable(await formFor(director, id, 'answer-alarm'));
    expect(form).toMatch(/Deadline Not chosen .*Start the response: go to the child · due/);
    const oncall = await careline.person(onCall);
    const theirs = readable((await oncall.get(`/referrals/${id}`)).html);
    expect(theirs).not.toContain('You took this on');
  });

  test('that a person has can be given back or taken over from the card, in one press', async () => {
    const director = await careline.person('P-DIRECTOR-ONCALL-1');
    const manager = await careline.person('P-CARELINE-MANAGER-1');
    const deadlineId = `${id}.D6.1`;
    const card = async () => {
      const { html } = await manager.get(`/calls?of=${id}`);
      return html.slice(html.indexOf(`id="call-${deadlineId}"`)).split('</article>')[0] ?? '';
    };
    await director.get(`/referrals/${id}`);
    await director.post(`/referrals/${id}/do/answer-alarm`, { deadlineId, key: `have-${id}` });
    const name = (await tables.directory.person('P-DIRECTOR-ONCALL-1'))?.name ?? '?';
    expect(readable(await card())).toContain(`I'm handling this: take over from ${name}`);
    expect(readable(await card())).toContain('is not handling this? Call the next person');
    const over = { deadlineId, insteadOf: 'P-DIRECTOR-ONCALL-1', key: `over-${id}` };
    const taken = await manager.post(`/referrals/${id}/do/answer-alarm`, over);
    expect(taken.status).toBe(303);
    expect(readable((await manager.get(taken.location)).html)).toContain(
      `You took over from ${name}, Director on call: we tell them.`,
    );
    expect(readable(await card())).toContain('You are handling this, since');
    expect(await card()).not.toContain('value="does-not-answer"');
    const back = { deadlineId, releaseReason: 'wrong-tap', key: `back-${id}` };
    const { status, location } = await manager.post(`/referrals/${id}/do/release-alarm`, back);
    expect(status).toBe(303);
    expect(readable(await card())).not.toContain('You are handling this, since');
    expect(
      readable((await manager.get(new URL(location ?? '').pathname + new URL(location ?? '').search)).html),
    ).toContain('You recorded that no one is handling this. We call the next person now.');
  });

  test('shows three of five in the head line with a link, and all on the page of calls', async () => {
    const before = await headLine('/providers');
    const ids: string[] = [];
    for (const _ of [1, 2, 3, 4, 5]) ids.push(await report(worker));
    for (const each of ids) {
      id = each;
      await worker.get(`/referrals/${id}`);
      await worker.post(`/referrals/${id}/do/classify-report`, { track: 'information-only', key: `m-${id}` });
      await ringThrough();
    }
    const text = await headLine('/providers');
    expect(text.match(/No one is handling CR/g)).toHaveLength(3);
    expect(before).not.toContain('see all');
    expect(text).toMatch(/and \d+ more: see all/);
    expect(Number(/and (\d+) more/.exec(text)?.[1])).toBeGreaterThanOrEqual(2);
    const all = await headLine('/calls');
    for (const each of ids) expect(all).toContain(`No one is handling ${each}`);
    expect(all).not.toContain('see all');
  });

  test('that is sealed is shown only to the people the seal names', async () => {
    await clearBoard();
    const manager = await careline.person('P-CARELINE-MANAGER-1');
    await manager.get(`/referrals/${id}`);
    const forPeople = ['P-CARELINE-SUPERVISOR-1', 'P-CARELINE-SUPERVISOR-2'];
    const seal = { because: 'workers-family', forPeople, reason: 'Her aunt works here.', key: `s-${id}` };
    expect((await manager.post(`/referrals/${id}/do/seal-referral`, seal)).status).toBe(303);
    await ringThrough();
    const pages = async (person: string) => {
      const browser = await careline.person(person);
      const shown = await Promise.all(
        [
          '/',
          '/calls',
          '/providers',
          `/calls?of=${id}`,
          `/calls/panel?from=queue`,
          `/calls/panel?from=referral&of=${id}`,
        ].map((path) => browser.get(path)),
      );
      return shown.filter(({ html }) => html.includes(id)).length;
    };
    expect(await pages('P-CARELINE-WORKER-1')).toBe(0);
    expect(await pages('P-AREA-ONCALL-NEW-HAVEN-1')).toBe(0);
    expect(await pages('P-CARELINE-SUPERVISOR-1')).toBe(6);
  });
});
