/** Agreements, forums and concerns about venues: who keeps them, what is refused by field, and what is stored where. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { watchVault } from '../../../functions/sweep/watch-vault.ts';
import { createDigests } from '../../../shared/application/matching/secret.ts';
import { keepAgreement, listAgreements } from '../../../shared/application/use-cases/keep-agreements.ts';
import {
  endForumAction,
  listForums,
  openForum,
  readForum,
  recordMeeting,
  withdrawMeeting,
} from '../../../shared/application/use-cases/keep-forums.ts';
import {
  answerConcern,
  listVenues,
  raiseVenue,
  takeVenueFile,
} from '../../../shared/application/use-cases/keep-venues.ts';
import { roles } from '../../../shared/domain/core/vocabulary.ts';
import { addDays, newYorkDate } from '../../../shared/domain/policy/due.ts';
import { isoWeekOf } from '../../../shared/domain/venues/venues.ts';
import { type Desk, personOf, startDesk, visitor } from '../../support/desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const under = async (key: string = randomUUID()) => ({ key, digests: createDigests('a secret of this test') });
const chain = async (name: string) => (await desk.ledger.readAfresh(name)).map(({ text }) => JSON.parse(text));
const today = () => newYorkDate(desk.now);
const pathsOf = (kept: { readonly kind: string; readonly problems?: readonly { readonly path: string }[] }) =>
  kept.problems?.map(({ path }) => path) ?? kept.kind;

describe('agreements', () => {
  const terms = (more: object = {}) => ({
    kind: 'data-sharing',
    agencies: ['hospital'],
    purpose: 'team-work',
    data: ['case-facts'],
    basis: 'cgs-17a-106a',
    signedOn: '2026-01-01',
    expiresOn: '2027-12-31',
    ...more,
  });
  const keep = async (
    input: object,
    { as = 'program-manager', id, key }: { as?: string; id?: string; key?: string } = {},
  ) => keepAgreement(desk.parts(), visitor(as), id, input, await under(key));

  test.each([
    ['ends before it begins', { expiresOn: '2025-12-31' }, ['expiresOn']],
    ['is reviewed before it begins', { reviewOn: '2025-12-31' }, ['reviewOn']],
    ['ended before it began', { endedOn: '2025-12-31' }, ['endedOn']],
    ['has no other party', { agencies: [] }, ['agencies']],
    ['has neither an end nor a review', { expiresOn: undefined }, ['reviewOn']],
    ['names no provider for substance use', { kind: 'qualified-service-organization' }, ['providers']],
    ['shares data and names none', { data: [] }, ['data']],
    ['names an unknown provider', { providers: ['PV-99'] }, ['providers[0]']],
    ['names an unknown team', { teams: ['MDT-NOWHERE'] }, ['teams[0]']],
    ['has a keeper who keeps none', { keeperId: personOf('caseworker').id }, ['keeperId']],
    ['has a day that is none', { signedOn: '2026-02-30' }, ['signedOn']],
    ['has words in a field of codes', { purpose: 'for Amanda Wren' }, ['purpose']],
    ['has a field that is not known', { note: 'x' }, ['note']],
  ])('one that %s is a sentence by field, and nothing is stored', async (_, change, paths) => {
    const input = Object.fromEntries(Object.entries(terms(change)).filter(([, value]) => value !== undefined));
    const before = await chain('agreement#ALL');
    const kept = await keep(input);
    expect(pathsOf(kept)).toEqual(paths);
    expect(JSON.stringify(kept)).not.toContain('Wren');
    expect(await chain('agreement#ALL')).toEqual(before);
  });

  test('are recorded once under a key, changed with their revision, and read by their readers alone', async () => {
    const first = await keep(terms(), { key: 'one' });
    const again = await keep(terms(), { key: 'one' });
    if (first.kind !== 'done' || again.kind !== 'done') throw new Error('It was not stored.');
    expect(again.value.id).toBe(first.value.id);
    expect(first.value).toMatchObject({ state: 'in-force', revision: 1, keeperId: personOf('program-manager').id });
    expect(await keep(terms({ data: ['identities'] }), { key: 'one' })).toEqual({ kind: 'reused' });
    const { id } = first.value;
    const changed = await keep(terms({ endedOn: today(), revision: 1 }), { id, as: 'administrator' });
    expect(changed).toMatchObject({ kind: 'done', value: { state: 'ended', revision: 2 } });
    const stale = await keep(terms({ revision: 1 }), { id });
    expect(stale).toMatchObject({ kind: 'refused', refusal: { refused: 'agreement-moved' } });
    expect((await keep(terms(), { id: 'AG-999' })).kind).toBe('unknown');
    expect((await keep(terms(), { as: 'legal' })).kind).toBe('forbidden');
    const readers = await Promise.all(
      roles.map(async (role) => ((await listAgreements(desk.parts(), visitor(role))) ? [role] : [])),
    );
    expect(readers.flat()).toEqual(['program-manager', 'hart-director', 'legal', 'administrator', 'auditor']);
  });
});

describe('forums', () => {
  const meeting = (more: object = {}) => ({
    heldOn: today(),
    place: 'Room 4 qzcanary-place',
    decisions: ['We use one form qzcanary-decision'],
    actions: [
      { what: 'Send the form qzcanary-action', owner: 'dcf', dueOn: addDays(today(), 14) },
      { what: 'Train the desk', owner: 'local-police', dueOn: addDays(today(), 1) },
    ],
    ...more,
  });
  const opened = async (as = 'mdt-coordinator') => {
    const kept = await openForum(
      desk.parts(),
      visitor(as),
      { kind: 'between-agencies', name: 'police-and-department', agencies: ['dcf', 'local-police'] },
      await under(),
    );
    if (kept.kind !== 'done') throw new Error(JSON.stringify(kept));
    return kept.value.id;
  };
  const met = async (id: string, input: object, key?: string) =>
    recordMeeting(desk.parts(), visitor('mdt-coordinator'), id, input, await under(key));

  test('a coordinator records a meeting with two actions, and ends one of them', async () => {
    const id = await opened();
    const first = await met(id, meeting(), 'held');
    expect(await met(id, meeting(), 'held')).toEqual(first);
    if (first.kind !== 'done') throw new Error(JSON.stringify(first));
    const [{ actions, words }] = first.value.meetings as [(typeof first.value.meetings)[number]];
    expect(words).toMatchObject({
      place: 'Room 4 qzcanary-place',
      actions: ['Send the form qzcanary-action', 'Train the desk'],
    });
    const open = async () => {
      const list = await listForums(desk.parts(), visitor('forum-member'));
      return list?.actions.filter(({ forum }) => forum === id).map(({ what, isOverdue }) => [what, isOverdue]);
    };
    expect(await open()).toEqual([
      ['Train the desk', false],
      ['Send the form qzcanary-action', false],
    ]);
    const end = async (action: string) =>
      endForumAction(
        desk.parts(),
        visitor('mdt-coordinator'),
        { forum: id, action },
        { how: 'action-done' },
        await under(),
      );
    expect((await end(actions[1]?.id ?? '')).kind).toBe('done');
    expect(await end(actions[1]?.id ?? '')).toMatchObject({ refusal: { refused: 'no-such-forum-action' } });
    expect(await open()).toEqual([['Send the form qzcanary-action', false]]);
    const before = desk.now;
    desk.at(new Date(Date.parse(before) + 30 * 86_400_000).toISOString());
    expect(await open()).toEqual([['Send the form qzcanary-action', true]]);
    desk.at(before);
  });

  test('keep their words in the vault, sealed, and nowhere else', async () => {
    await met(await opened(), meeting());
    for (const table of ['Ledger', 'Board', 'Cursors', 'Directory', 'Facts', 'Waits', 'Identities'] as const)
      expect(JSON.stringify(await desk.items(table))).not.toMatch(/qzcanary/i);
    const pending = (await desk.items('Identities')).filter(
      ({ pk, pending: is }) => String(pk).includes('FO-ALL') && is,
    );
    expect(pending).toEqual([]);
  });

  test.each([
    ['a reference in a decision', { decisions: ['We spoke of CR-7F3KD-9QXMTQ'] }, ['decisions[0]']],
    [
      'a reference in an action',
      { actions: [{ what: 'close cr7f3kd9qxmtq', owner: 'dcf', dueOn: '2027-01-01' }] },
      ['actions[0].what'],
    ],
    ['a name as the place', { place: 'Office of Ms. Wren' }, ['place']],
    [
      'an action that is due before',
      { actions: [{ what: 'Train', owner: 'dcf', dueOn: '2020-01-01' }] },
      ['actions[0].dueOn'],
    ],
    ['a day that has not come', { heldOn: '2031-01-01', actions: [] }, ['heldOn']],
    ['neither decision nor action', { decisions: [], actions: [] }, ['decisions']],
    ['an unknown owner', { actions: [{ what: 'Train', owner: 'wren', dueOn: '2027-01-01' }] }, ['actions[0].owner']],
  ])('%s is a sentence by field, and nothing is stored', async (_, change, paths) => {
    const id = await opened();
    const parts = async () => (await desk.items('Identities')).filter(({ pk }) => String(pk).includes('FO-ALL')).length;
    const [before, commits] = [await parts(), (await chain('forum#ALL')).length];
    const kept = await met(id, meeting(change));
    expect(pathsOf(kept)).toEqual(paths);
    expect(JSON.stringify(kept)).not.toMatch(/7F3KD|Wren/i);
    expect([await parts(), (await chain('forum#ALL')).length]).toEqual([before, commits]);
  });

  test('words without a meeting are removed by the watchdog, and those of one stay', async () => {
    const id = await opened();
    await met(id, meeting());
    const owner = { referralId: 'FO-ALL', commandId: 'LOST', digest: 'd', now: desk.now };
    await desk.identities.putPending([{ key: 'text#FO-ALL#LOST', content: 'x' }], owner);
    const faults: unknown[] = [];
    const now = new Date(Date.parse(desk.now) + 2 * 3_600_000).toISOString();
    await watchVault({ ledger: desk.ledger, identities: desk.identities, now }, (fault) => void faults.push(fault));
    expect(faults).toEqual([]);
    expect(await desk.identities.text('FO-ALL', 'LOST')).toBeUndefined();
    const forum = await readForum(desk.parts(), visitor('forum-member'), id);
    expect(forum?.meetings[0]?.words?.decisions).toEqual(['We use one form qzcanary-decision']);
  });

  describe('a withdrawn meeting', () => {
    const withdrawn = async (forum: string, ofMeeting: string, why = 'held-details', as = 'mdt-coordinator') =>
      withdrawMeeting(desk.parts(), visitor(as), { forum, meeting: ofMeeting }, { why }, await under());
    const recorded = async (key?: string) => {
      const id = await opened();
      const kept = await met(id, meeting(), key);
      if (kept.kind !== 'done') throw new Error(JSON.stringify(kept));
      const [held] = kept.value.meetings;
      if (!held) throw new Error('It has no meeting.');
      return { id, held };
    };
    const partOf = async (textId: string) =>
      (await desk.items('Identities')).find(({ pk }) => pk === `text#FO-ALL#${textId}`);
    const swept = async (hours: number) => {
      const now = new Date(Date.parse(desk.now) + hours * 3_600_000).toISOString();
      await watchVault({ ledger: desk.ledger, identities: desk.identities, now }, (fault) => {
        throw fault;
      });
    };

    test('takes its words, decisions and actions with it, and a reason stands in the chain', async () => {
      const { id, held } = await recorded();
      const kept = await withdrawn(id, held.id);
      expect(kept).toMatchObject({
        kind: 'done',
        value: { meetings: [{ id: held.id, decisions: 0, actions: [], withdrawn: { why: 'held-details' } }] },
      });
      expect(JSON.stringify(kept)).not.toMatch(/qzcanary|words/);
      for (const as of ['forum-member', 'auditor', 'administrator']) {
        const [forum, list] = [
          await readForum(desk.parts(), visitor(as), id),
          await listForums(desk.parts(), visitor(as)),
        ];
        expect(JSON.stringify(forum)).not.toContain('qzcanary');
        expect(list?.actions.filter((each) => each.forum === id)).toEqual([]);
        expect(list?.forums.find((each) => each.id === id)?.meetings).toMatchObject([{ decisions: 0, actions: [] }]);
      }
      const last = (await chain('forum#ALL')).at(-1);
      expect(last.events).toEqual([
        { type: 'forum-meeting-withdrawn', v: 1, id: held.id, forum: id, why: 'held-details' },
      ]);
      expect(last.actor.id).toBe(personOf('mdt-coordinator').id);
      // The text is gone at once. Its row and its key go with the sweep.
      expect((await partOf(held.textId))?.content).toBeUndefined();
      await swept(2);
      expect(await partOf(held.textId)).toBeUndefined();
    });

    test('is not brought back by a repeat of its record', async () => {
      const { id, held } = await recorded('twice');
      await withdrawn(id, held.id, 'recorded-twice');
      await swept(2);
      await met(id, meeting(), 'twice');
      expect(await partOf(held.textId)).toBeUndefined();
      const { actions } = held;
      const ended = await endForumAction(
        desk.parts(),
        visitor('mdt-coordinator'),
        { forum: id, action: actions[0]?.id ?? '' },
        { how: 'action-done' },
        await under(),
      );
      expect(ended).toMatchObject({ refusal: { refused: 'no-such-forum-action' } });
      expect(await withdrawn(id, held.id)).toMatchObject({ refusal: { refused: 'no-such-forum-meeting' } });
    });

    test('keeps its words where the commit did not come', async () => {
      const { id, held } = await recorded();
      await desk.identities.awaitRemoval(`text#FO-ALL#${held.textId}`, desk.now);
      await swept(2);
      expect((await partOf(held.textId))?.pending).toBeUndefined();
      const forum = await readForum(desk.parts(), visitor('forum-member'), id);
      expect(forum?.meetings[0]?.words?.decisions).toEqual(['We use one form qzcanary-decision']);
    });

    test('needs a keeper, a reason of the list and a meeting of this forum', async () => {
      const { id, held } = await recorded();
      expect((await withdrawn(id, held.id, 'held-details', 'forum-member')).kind).toBe('forbidden');
      expect(pathsOf(await withdrawn(id, held.id, 'because of Maria'))).toEqual(['why']);
      expect((await withdrawn('FO-999999', held.id)).kind).toBe('unknown');
      expect(await withdrawn(await opened(), held.id)).toMatchObject({ refusal: { refused: 'no-such-forum-meeting' } });
      expect((await partOf(held.textId))?.content).toBeDefined();
    });
  });

  test('are unknown to people who work on referrals alone', async () => {
    const id = await opened();
    for (const as of ['caseworker', 'careline-worker', 'seat:medical', 'contact:PV-1', 'evaluator', 'hart-liaison']) {
      expect(await listForums(desk.parts(), visitor(as))).toBeUndefined();
      expect(await readForum(desk.parts(), visitor(as), id)).toBeUndefined();
    }
    const kept = await recordMeeting(desk.parts(), visitor('forum-member'), id, meeting(), await under());
    expect(kept).toEqual({ kind: 'forbidden' });
  });
});

describe('concerns about venues', () => {
  const concern = (more: object = {}) => ({
    kind: 'massage-establishment',
    license: 'HOT.0001234',
    town: 'Meriden',
    concern: 'no-license-shown',
    week: isoWeekOf(today()),
    ...more,
  });
  const raise = async (input: object, as = 'hart-liaison') =>
    raiseVenue(desk.parts(), visitor(as), input, await under());
  let licenses = 0;
  /** Each with a license of its own. */
  const raised = async (as = 'hart-liaison', more: object = {}) => {
    licenses += 1;
    const license = `HOT.${String(licenses).padStart(7, '0')}`;
    const kept = await raise(concern({ license, ...more }), as);
    if (kept.kind !== 'done') throw new Error(JSON.stringify(kept));
    return kept.value.id;
  };
  const said = (more: object = {}) => ({ agency: 'A-STATE-POLICE', answeredOn: today(), ...more });
  const answers = async (id: string, input: object, as = 'hart-liaison') =>
    answerConcern(desk.parts(), visitor(as), id, input, await under());
  const answer = async (id: string, step: string, as: string) => {
    const kept = await answers(id, { step, ...(step.startsWith('police-') && said()) }, as);
    return kept.kind === 'done' ? kept.value.state : kept.kind === 'refused' ? kept.refusal.refused : kept.kind;
  };
  const file = async (id: string, as = 'hart-liaison') => takeVenueFile(desk.parts(), visitor(as), id, await under());

  test.each([
    ['a name as license', { license: 'AMANDA WREN' }, ['license']],
    ['a name with digits as license', { license: 'WREN-2011' }, ['license']],
    ['a name as town', { town: 'Amanda' }, ['town']],
    ['a name as kind', { kind: 'Amanda' }, ['kind']],
    ['a day as week', { week: '2026-11-28' }, ['week']],
    ['a time', { at: '2026-11-28T10:00:00Z' }, ['at']],
    ['a week that has not come', { week: '2040-W01' }, ['week']],
    ['a week long past', { week: '2019-W01' }, ['week']],
    ['words', { note: 'a girl' }, ['note']],
  ])('%s is a sentence by field, and nothing is stored', async (_, change, paths) => {
    const before = await chain('venue#ALL');
    const kept = await raise(concern(change));
    expect(pathsOf(kept)).toEqual(paths);
    expect(JSON.stringify(kept)).not.toMatch(/wren|amanda/i);
    expect(await chain('venue#ALL')).toEqual(before);
  });

  test.each([
    ['no agency', { agency: undefined }, ['agency']],
    ['a name as agency', { agency: 'Officer Amanda Wren' }, ['agency']],
    ['the police of another town', { agency: 'PD-UNION' }, ['agency']],
    ['no day', { answeredOn: undefined }, ['answeredOn']],
    ['a name as day', { answeredOn: 'Amanda' }, ['answeredOn']],
    ['a day to come', { answeredOn: '2040-01-01' }, ['answeredOn']],
    ['a day long past', { answeredOn: '2020-01-01' }, ['answeredOn']],
    ['an end without a hold', { step: 'police-clear', until: '2027-01-15' }, ['until']],
    ['a hold that is over', { until: '2026-01-01' }, ['until']],
    ['a hold without end', { until: '2099-01-01' }, ['until']],
    ['words', { note: 'Amanda Wren agrees' }, ['note']],
    ['a name as answer', { step: 'Amanda' }, ['step']],
    ['nothing', { step: undefined, agency: undefined, answeredOn: undefined }, ['step', 'agency', 'answeredOn']],
  ])('%s in the word of police is a sentence by field, and nothing is stored', async (_, change, paths) => {
    const id = await raised('hart-liaison', { town: 'Hartford' });
    const before = await chain('venue#ALL');
    const kept = await answers(id, { step: 'police-hold', ...said({ agency: 'PD-1' }), ...change });
    expect(pathsOf(kept)).toEqual(paths);
    expect(JSON.stringify(kept)).not.toMatch(/wren|amanda/i);
    expect(await chain('venue#ALL')).toEqual(before);
  });

  test('say which agency answered, when, and until when it asks to wait', async () => {
    const id = await raised('hart-liaison', { town: 'Hartford' });
    const until = addDays(today(), 10);
    const held = await answers(id, { step: 'police-hold', ...said({ agency: 'PD-1', until }) });
    expect(held).toMatchObject({
      value: { state: 'held-by-police', police: { agrees: false, agency: 'PD-1', answeredOn: today(), until } },
    });
    const clear = await answers(id, { step: 'police-clear', ...said({ agency: 'PD-1' }) });
    expect(clear).toMatchObject({ value: { state: 'waits-for-approval', police: { agrees: true, agency: 'PD-1' } } });
  });

  test('wait for the agency that holds them, also after the approval', async () => {
    const id = await raised('hart-liaison', { town: 'Hartford' });
    await answers(id, { step: 'police-hold', ...said({ agency: 'PD-1', until: addDays(today(), 2) }) });
    // An older tab of another person still has the form.
    const clear = await answers(id, { step: 'police-clear', ...said() }, 'hart-lead');
    expect(clear).toMatchObject({
      value: {
        state: 'held-by-police',
        police: { agency: 'PD-1', agrees: false },
        policeWords: [{ agency: 'PD-1' }, { agency: 'A-STATE-POLICE' }],
        holds: [{ agency: 'PD-1' }],
        mayTakeFile: false,
      },
    });
    expect(await answer(id, 'approved', 'hart-director')).toBe('venue-held');
    expect(await file(id)).toMatchObject({ kind: 'refused', refusal: { refused: 'venue-held' } });
    await answers(id, { step: 'police-clear', ...said({ agency: 'PD-1' }) });
    expect(await answer(id, 'approved', 'hart-director')).toBe('approved');
    const after = await answers(id, { step: 'police-hold', ...said({ agency: 'PD-1' }) });
    const by = personOf('hart-director').id;
    expect(after).toMatchObject({
      value: { state: 'held-by-police', canceledApprovals: [{ by }], mayTakeFile: false },
    });
    expect(await file(id)).toMatchObject({ kind: 'refused', refusal: { refused: 'venue-held' } });
    await answers(id, { step: 'police-clear', ...said({ agency: 'PD-1' }) });
    expect((await file(id)).kind).toBe('refused');
    expect(await answer(id, 'approved', 'hart-director')).toBe('approved');
    expect((await file(id)).kind).toBe('done');
    expect(await answer(id, 'police-hold', 'hart-liaison')).toBe('venue-answered');
  });

  test('that may be one are told before the second is stored', async () => {
    const week = isoWeekOf(addDays(today(), -14));
    const first = await raised('hart-liaison', { license: 'LIR.0000777' });
    const before = await chain('venue#ALL');
    const twin = concern({ license: 'LIR.0000777', week, concern: 'locked-or-guarded' });
    expect(await raise(twin, 'hart-lead')).toMatchObject({ kind: 'refused', refusal: { refused: 'venue-equal' } });
    expect(await raise({ ...twin, besides: ['VC-99999'] }, 'hart-lead')).toMatchObject({ kind: 'refused' });
    expect(pathsOf(await raise({ ...twin, besides: ['Amanda Wren'] }))).toEqual(['besides[0]']);
    expect(await chain('venue#ALL')).toEqual(before);
    const second = await raise({ ...twin, besides: [first] }, 'hart-lead');
    if (second.kind !== 'done') throw new Error(JSON.stringify(second));
    const listed = (await listVenues(desk.parts(), visitor('hart-lead'))) ?? [];
    expect(second.value.equals).toEqual([first]);
    expect(listed.find(({ id }) => id === first)?.equals).toEqual([second.value.id]);
    // The same form sent again under its key is no second one.
    const key = randomUUID();
    const sent = async () =>
      raiseVenue(desk.parts(), visitor('hart-lead'), concern({ license: 'LIR.0000778' }), await under(key));
    expect([(await sent()).kind, (await sent()).kind]).toEqual(['done', 'done']);
  });

  test('go out after the word of police and a second person', async () => {
    const license = 'HOT.0901234';
    const id = await raised('hart-liaison', { license });
    expect((await file(id)).kind).toBe('refused');
    expect(await answer(id, 'approved', 'hart-director')).toBe('venue-before-police');
    expect(await answer(id, 'police-clear', 'program-manager')).toBe('forbidden');
    expect(await answer(id, 'police-clear', 'hart-liaison')).toBe('waits-for-approval');
    expect(await answer(id, 'approved', 'hart-liaison')).toBe('forbidden');
    expect(await answer(id, 'approved', 'hart-director')).toBe('approved');
    const taken = await file(id);
    if (taken.kind !== 'done') throw new Error(JSON.stringify(taken));
    expect(taken.value.file.csv.split('\r\n')[1]).toBe(
      `${id},Massage establishment,${license},Meriden,No license is shown,${isoWeekOf(today())}`,
    );
    expect(taken.value.concern).toMatchObject({
      state: 'handed-over',
      handovers: [{ by: personOf('hart-liaison').id, digest: taken.value.file.digest }],
    });
    // The same file may be taken again, and that is recorded.
    const again = await file(id, 'program-manager');
    expect(again).toMatchObject({ value: { file: taken.value.file, concern: { state: 'handed-over' } } });
    expect(again).toMatchObject({ value: { concern: { handovers: [{}, { by: personOf('program-manager').id }] } } });
    expect((await file(id, 'caseworker')).kind).toBe('forbidden');
  });

  test('of a director need another approver', async () => {
    const id = await raised('hart-director');
    expect(await answer(id, 'police-clear', 'hart-lead')).toBe('waits-for-approval');
    expect(await answer(id, 'approved', 'hart-director')).toBe('venue-own');
    expect(await answer(id, 'approved', 'program-manager')).toBe('approved');
  });

  test('share no key, request, second or person’s text with a referral of the same hour', async () => {
    const referral = await desk.opened();
    const id = await raised();
    await desk.do(referral, 'screen', { outcome: 'high-risk', rationale: 'Words.' }, 'hart-liaison');
    await answer(id, 'police-clear', 'hart-liaison');
    const venue = await desk.ledger.readAfresh('venue#ALL');
    const other = await desk.ledger.readAfresh(`referral#${referral}`);
    const secondsIn = (text: string) => new Set(text.match(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/g) ?? []);
    const seconds = secondsIn(other.map(({ text }) => text).join('\n'));
    for (const { text } of venue) {
      const { at, cause, events } = JSON.parse(text);
      expect(at).toMatch(/T00:00:00\.000Z$/);
      expect(cause.requestId).toBe('not-kept');
      expect(text).not.toContain(referral);
      for (const second of secondsIn(text)) expect(seconds).not.toContain(second);
      // The day of the word of police is the one day in it, and it has no time.
      const others = JSON.stringify(events).replace(/"(?:answeredOn|until)":"\d{4}-\d\d-\d\d"/g, '');
      expect(others).not.toMatch(/\d{4}-\d\d-\d\d/);
    }
    // The rows that lists and the log are made of have nothing of it.
    const rows = (await desk.items('Ledger')).filter(({ pk }) => pk === 'venue#ALL');
    for (const { foundAs, foundAt, note, at } of rows) {
      expect([foundAs, foundAt, note]).toEqual([undefined, undefined, undefined]);
      expect(at).toMatch(/T00:00:00\.000Z$/);
    }
  });

  test('are for HART, the program manager and auditors', async () => {
    const readers = await Promise.all(
      roles.map(async (role) => ((await listVenues(desk.parts(), visitor(role))) ? [role] : [])),
    );
    expect(readers.flat().toSorted()).toEqual(
      ['administrator', 'auditor', 'hart-director', 'hart-lead', 'hart-liaison', 'program-manager'].toSorted(),
    );
  });
});
