/** The rows of a referral on the lists that people work from. */
import { describe, expect, test } from 'vitest';
import type { BoardRow } from '../../../shared/domain/board/board-row.ts';
import { boardRows, hasDue, rowsToPut, sealedQueue } from '../../../shared/domain/board/board-rows.ts';
import { watchQueue } from '../../../shared/domain/board/watch-row.ts';
import { callOwner } from '../../../shared/domain/calls/call-rows.ts';
import { openRuns } from '../../../shared/domain/deadlines/deadline-runs.ts';
import { nextOfRun } from '../../../shared/domain/pathway/runs.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { connecticut20261 } from '../../../shared/policy/connecticut-2026-1.ts';
import { memberOf, monday, referral, type Story } from '../../support/referral-builder.ts';
import { answerTheReport, link, meet, offer, readyToClose } from '../../support/scenes.ts';

const rowsOf = ({ state }: Story, kind: BoardRow['kind']): readonly BoardRow[] =>
  boardRows(state, connecticut20261).filter((row) => row.kind === kind);
const wholeOf = (story: Story): BoardRow => {
  const [row] = rowsOf(story, 'referral');
  if (!row) throw new Error('The referral has no row.');
  return row;
};

const started = () => referral().run();
const drawn = () => started().screen('high-risk').tellTeam();
const withdraw = (story: Story) =>
  story
    .do('propose-withdrawal', { because: 'made-in-error' }, 'careline-supervisor')
    .do('agree-withdrawal', {}, 'careline-manager');

describe('the row of a referral', () => {
  test('is due when the first of its open deadlines is, whichever was opened first, and says how many there are', () => {
    const story = started().do('classify-report', { track: 'investigation' });
    const open = Object.values(story.state.deadlines).filter(({ status }) => status === 'open');
    const [first] = open.toSorted((one, other) => Date.parse(one.due) - Date.parse(other.due));
    expect(first).not.toEqual(open[0]);
    expect(wholeOf(story)).toMatchObject({
      due: first?.due,
      deadlineId: first?.id,
      rule: first?.rule,
      open: open.length,
      missed: 0,
      queue: 'open',
    });
  });

  test('counts those that were missed, and no other', () => {
    const story = started().after('PT5H');
    const missed = Object.values(story.state.deadlines).filter((each) => each.status === 'open' && each.missed);
    const { missed: said, open } = wholeOf(story);
    expect(missed.length).toBeGreaterThan(0);
    expect([said, open > missed.length]).toEqual([missed.length, true]);
  });

  test('says the outcome once it was screened, and where the child is once another office responds', () => {
    const before = wholeOf(started());
    expect(before).not.toHaveProperty('outcome');
    expect(before).not.toHaveProperty('responseOffice');
    const routed = { office: 'HARTFORD', team: 'MDT-HARTFORD', responseOffice: 'NORWICH' };
    const after = wholeOf(started().screen('at-risk').do('confirm-routing', routed));
    expect(after).toMatchObject({ outcome: 'at-risk', office: 'HARTFORD', responseOffice: 'NORWICH' });
  });

  test('is closed to a person with a conflict of interest, and not to a person who signed without one', () => {
    const story = drawn().do('sign-confidentiality', { conflict: 'no' }, 'seat:dcf');
    expect(wholeOf(story)).not.toHaveProperty('closedTo');
    story.do('sign-confidentiality', { conflict: 'yes' }, 'seat:medical');
    expect(wholeOf(story).closedTo).toEqual([memberOf('medical').personId]);
  });

  test('leaves the list of open ones at closure, has no due time and is sorted last', () => {
    const story = readyToClose();
    expect(wholeOf(story).queue).toBe('open');
    const row = wholeOf(story.do('close-referral'));
    expect([row.queue, row.deadlineId, row.rule, hasDue(row)]).toEqual([undefined, undefined, undefined, false]);
    expect(row.due > wholeOf(started()).due && hasDue(wholeOf(started()))).toBe(true);
  });

  test('stays on it after the end while the law asks for something, and leaves it where only the policy does', () => {
    const owing = withdraw(referral({ mandated: 'yes' }).run());
    expect(owing.open().length).toBeGreaterThan(0);
    expect(wholeOf(owing)).toMatchObject({ stage: 'withdrawn', queue: 'open' });
    const done = withdraw(answerTheReport(started()));
    expect(wholeOf(done)).toMatchObject({ stage: 'withdrawn' });
    expect(wholeOf(done)).not.toHaveProperty('queue');
  });

  test('stays on it with nothing due while it is open', () => {
    const { deadlines } = started().state;
    const none = Object.fromEntries(
      Object.entries(deadlines).map(([id, each]) => [id, { ...each, status: 'kept' as const }]),
    );
    const [row] = boardRows({ ...started().state, deadlines: none }, connecticut20261);
    expect(row).toMatchObject({ kind: 'referral', queue: 'open', open: 0 });
    expect(row && hasDue(row)).toBe(false);
    expect(row).not.toHaveProperty('rule');
  });
});

describe('the row of a seat', () => {
  const seat = (story: Story, discipline: string) => {
    const row = rowsOf(story, 'seat').find(({ subject }) => subject === discipline);
    return row && { owner: row.owner, due: row.due, open: row.open, office: row.office };
  };
  const { personId: owner } = memberOf('medical');
  const nothing = { owner: undefined, open: 0, office: undefined };

  test('waits for its holder until the meeting, due with it, and says nothing of the case', () => {
    const told = started().screen('high-risk');
    expect(seat(told, 'medical')).toEqual({ ...nothing, owner, due: told.deadline('D15').due });
  });

  test.each([
    [
      'the holder answered',
      (story: Story) => story.do('answer-seat', { discipline: 'medical', answer: 'accepted' }, 'seat:medical'),
    ],
    ['the team met', (story: Story) => meet(story)],
    ['the referral has ended', withdraw],
  ])('waits for no one once %s', (_, end) => {
    const row = seat(end(drawn()), 'medical');
    expect(row).toMatchObject({ owner: undefined });
  });

  test('is due no more once the team met', () => {
    expect(rowsOf(meet(drawn()), 'seat').filter(hasDue)).toEqual([]);
  });
});

describe('the row of a referral to a service', () => {
  const linkage = (story: Story, service = 'education') =>
    rowsOf(story, 'linkage').find(({ subject }) => subject === service);
  const owner = 'PV-1.CONTACT';
  const education = { service: 'education' };

  test('is the provider’s from the offer on, and says how far the service is', () => {
    const story = offer(started(), 'education');
    expect(linkage(story)).toMatchObject({ owner, linkage: 'offered' });
    story.do('accept-linkage', education, 'contact:PV-1');
    expect(linkage(story)).toMatchObject({ owner, linkage: 'accepted' });
    story.do('start-linkage', education, 'contact:PV-1');
    expect(linkage(story)).toMatchObject({ owner, linkage: 'started' });
  });

  test.each([
    ['declined', (story: Story) => story.do('decline-linkage', { ...education, reasonCode: 'served-elsewhere' })],
    ['ended with the referral', withdraw],
  ])('waits for no one once it is %s', (_, end) => {
    const row = linkage(end(offer(started(), 'education')));
    expect(row).toBeDefined();
    expect(row).not.toHaveProperty('owner');
  });

  test('waits for no one while the consent does not stand', () => {
    const story = offer(started(), 'substance-use');
    expect(linkage(story, 'substance-use')).toMatchObject({ owner });
    story.do('record-consent', { service: 'substance-use', consentKind: 'written-part-2', consentAnswer: 'withdrawn' });
    expect(linkage(story, 'substance-use')).not.toHaveProperty('owner');
  });

  test('waits for no one where no provider was asked', () => {
    const row = linkage(drawn(), 'victim-advocacy');
    expect(row).toBeDefined();
    expect(row).not.toHaveProperty('owner');
  });

  test("is due when the provider must act on this service, and not by another person's or service's date", () => {
    const story = offer(started(), 'education');
    story.after('PT3H');
    offer(story, 'basic-needs');
    expect(linkage(story)?.due).toBe(dueOf(story, 'D35b', 'education'));
    expect(linkage(story, 'basic-needs')?.due).toBe(dueOf(story, 'D35b', 'basic-needs'));
    expect(dueOf(story, 'D35b', 'basic-needs')).not.toBe(dueOf(story, 'D35b', 'education'));
    // From its start the caseworker must record its outcome.
    const begun = linkage(link(started(), 'education'));
    expect(begun && hasDue(begun)).toBe(false);
  });
});

const dueOf = ({ state }: Story, rule: string, subject: string) =>
  Object.values(state.deadlines).findLast((each) => each.rule === rule && each.subject === subject)?.due;

describe('the register of needs that could not be met', () => {
  const waitingList = { service: 'education', reasonCode: 'waiting-list', waitDays: 30 };

  test('has a line for each, with who said so, and the wait and region where they are known', () => {
    const story = offer(started(), 'education').do('decline-linkage', waitingList, 'contact:PV-1');
    story.after('PT1H').do('decline-linkage', { service: 'basic-needs', reasonCode: 'no-provider' }, 'caseworker');
    const id = story.state.id;
    expect(rowsOf(story, 'unmet').map((row) => [row.id, row.queue, row.subject, row.due, row.unmet])).toEqual([
      [`${id}#1`, 'unmet', 'education', monday, { reason: 'waiting-list', by: 'provider', region: 4, waitDays: 30 }],
      [`${id}#2`, 'unmet', 'basic-needs', story.now, { reason: 'no-provider', by: 'staff', region: 4 }],
    ]);
    const nowhere = referral({ team: 'none' }).run();
    nowhere.do('decline-linkage', { service: 'basic-needs', reasonCode: 'no-provider' }, 'caseworker');
    expect(rowsOf(nowhere, 'unmet').map(({ unmet }) => Object.keys(unmet ?? {}))).toEqual([['reason', 'by']]);
  });
});

describe('the row of the watchdog', () => {
  const rowOf = ({ state }: Story) => boardRows(state, connecticut20261).find(({ kind }) => kind === 'watch');
  const next = ({ state }: Story) =>
    Math.min(...openRuns(state).map(({ id }) => Date.parse(nextOfRun(state, id, connecticut20261)?.at ?? '')));

  test('stands at the earliest checkpoint of any run', () => {
    const story = started();
    expect(rowOf(story)).toMatchObject({ queue: watchQueue, due: new Date(next(story)).toISOString() });
  });

  test('is due at once while the own run of the referral has a step to take, and not after it', () => {
    const stepped = started().screen('not-indicated');
    expect(rowOf(stepped)?.due).toBe(new Date(next(stepped)).toISOString());
    const { state } = stepped;
    const before = { ...state, pathway: { ...state.pathway, screening: 0 } };
    const row = boardRows(before, connecticut20261).find(({ kind }) => kind === 'watch');
    expect(row?.due).toBe(new Date(state.report.recordedAt).toISOString());
  });

  test('tells nothing of the case, and is in no list once no run is left', () => {
    const story = started();
    expect(Object.keys(rowOf(story) ?? {}).toSorted()).toEqual(
      ['due', 'id', 'kind', 'missed', 'open', 'queue', 'referralId', 'seq', 'stage'].toSorted(),
    );
    const ended = { ...story.state, stage: 'closed', deadlines: {}, runs: {} } as Referral;
    expect(boardRows(ended, connecticut20261).find(({ kind }) => kind === 'watch')).not.toHaveProperty('queue');
  });
});

describe('a sealed referral', () => {
  const people = ['CARELINE-SUPERVISOR', 'CARELINE-SUPERVISOR.2'];
  const seal = (story: Story, forPeople = people) =>
    story.do('seal-referral', { because: 'colleague-involved', forPeople }, 'hart-director');
  const named = (story: Story) => rowsOf(story, 'sealed').map(({ id, owner }) => [id.split('#')[1], owner]);

  test("is on the list of each named person, and on the watchdog's lists, and on no other", () => {
    const story = seal(offer(drawn(), 'education'));
    expect(named(story)).toEqual(people.map((id) => [id, id]));
    const others = boardRows(story.state, connecticut20261).filter(
      ({ kind }) => !['sealed', 'deadline', 'call', 'unanswered'].includes(kind),
    );
    expect(others.filter(({ owner, queue }) => owner !== undefined || queue !== undefined)).toEqual([
      expect.objectContaining({ kind: 'referral', queue: sealedQueue }),
      expect.objectContaining({ kind: 'watch', queue: watchQueue }),
    ]);
  });

  test('calls only the people that the seal names', () => {
    const story = seal(drawn());
    const calls = boardRows(story.state, connecticut20261).filter(
      ({ kind }) => kind === 'call' || kind === 'unanswered',
    );
    expect(calls.map(({ queue }) => queue).filter((queue) => queue !== undefined)).toEqual([]);
    expect(new Set(calls.flatMap(({ owner }) => owner ?? []))).toEqual(new Set(people.map(callOwner)));
  });

  test('stays on the list of a provider or member who is named', () => {
    const { personId } = memberOf('medical');
    const story = seal(offer(drawn(), 'education'), [...people, personId, 'PV-1.CONTACT']);
    const owned = boardRows(story.state, connecticut20261).filter(({ kind }) => kind === 'seat' || kind === 'linkage');
    expect(owned.map(({ owner }) => owner).filter((owner) => owner !== undefined)).toEqual([personId, 'PV-1.CONTACT']);
    expect(owned.every((row) => row.owner !== undefined || !('owner' in row))).toBe(true);
  });

  test('leaves the list of people that a later seal leaves out, and all of these lists once it is lifted', () => {
    const others = ['CARELINE-SUPERVISOR.2', 'CARELINE-SUPERVISOR.3'];
    const story = seal(seal(started()), others);
    expect(named(story)).toEqual([
      ['CARELINE-SUPERVISOR', undefined],
      ['CARELINE-SUPERVISOR.2', 'CARELINE-SUPERVISOR.2'],
      ['CARELINE-SUPERVISOR.3', 'CARELINE-SUPERVISOR.3'],
    ]);
    expect(rowsOf(story, 'sealed')[0]).not.toHaveProperty('owner');
    story.do('unseal-referral', {}, 'hart-director');
    expect(named(story).map(([, owner]) => owner)).toEqual([undefined, undefined, undefined]);
    expect(wholeOf(story).queue).toBe('open');
  });

  test('leaves every list once it is closed', () => {
    const story = seal(readyToClose()).do('close-referral', {}, 'careline-supervisor');
    expect(named(story).map(([, owner]) => owner)).toEqual([undefined, undefined]);
    expect(wholeOf(story)).not.toHaveProperty('queue');
  });

  test('of which there never was a seal has no such rows', () => {
    expect(rowsOf(started(), 'sealed')).toEqual([]);
  });
});

test('a referral that was put nowhere has nothing to put', () => {
  expect([rowsToPut([]), rowsToPut([[]]), rowsToPut([[], []])]).toEqual([[], [], []]);
});
