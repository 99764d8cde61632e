import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askAboutSameChild } from '../../functions/ask-same-child/ask-same-child.ts';
import { takeReport } from '../../shared/application/use-cases/take-report.ts';
import { disciplines } from '../../shared/domain/core/vocabulary.ts';
import { inviteMdt } from '../../shared/domain/pathway/steps.ts';
import { membersOf } from '../../shared/domain/team/roster.ts';
import { carryOut } from '../../shared/lambda/carry-out.ts';
import { type Desk, reportOf, startDesk, team, visitor } from '../support/desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const child = { name: 'Aspen Example', birthDate: '2011-03-03' };
let taken = 0;
/** Taken while the comparison failed, so only the step of the run finds similar children. */
async function openedAlone(...children: readonly object[]): Promise<readonly string[]> {
  taken += 1;
  const index = () => Promise.reject(new Error('The index does not answer.'));
  const parts = { ...desk.parts(), identities: { ...desk.identities, index } };
  const report = reportOf({}, { children: children.map((each) => ({ danger: 'yes', ...each })) });
  const answer = await takeReport(parts, visitor('careline-worker'), `alone ${taken}`, report);
  if (answer.kind !== 'taken') throw new Error('It was not taken.');
  return answer.referralIds;
}

async function candidates(referralId: string): Promise<readonly string[]> {
  await desk.step(referralId, 'AskSameChild');
  return (await desk.state(referralId)).sameChild.candidates;
}

describe('the members of a drawn team', () => {
  const seat = (discipline: 'medical' | 'dcf', personId: string, order: number) => ({ discipline, personId, order });

  test('are one for each discipline, with the deputy beside them', async () => {
    const members = membersOf(await desk.directory.seats(team));
    expect(members.map(({ discipline }) => discipline)).toEqual(disciplines);
    expect(members[0]).toEqual({
      discipline: 'states-attorney',
      personId: 'P-SEAT-STATES-ATTORNEY',
      deputyId: 'P-SEAT-STATES-ATTORNEY.2',
    });
  });

  test('are in the order of the directory, in any order of its rows, without seats that have no holder', () => {
    expect(membersOf([seat('dcf', 'D-10', 10), seat('dcf', 'D-2', 2), seat('medical', 'M-1', 1)])).toEqual([
      { discipline: 'dcf', personId: 'D-2', deputyId: 'D-10' },
      { discipline: 'medical', personId: 'M-1' },
    ]);
    expect(membersOf([])).toEqual([]);
  });
});

describe('candidates for the same child', () => {
  test('find each other in either order, and again the same', async () => {
    const [[one = ''], [other = '']] = [await openedAlone(child), await openedAlone(child)];
    expect(await candidates(one)).toEqual([]);
    expect(await candidates(other)).toEqual([one]);
    expect(await candidates(one)).toEqual([other]);
    expect(await candidates(one)).toEqual([other]);
  });

  test('are never the other children of the same report', async () => {
    const twin = { name: 'Birch Example', birthDate: '2012-01-01' };
    const ids = await openedAlone(twin, { ...twin, name: 'Alder Example' });
    for (const id of ids) await candidates(id);
    for (const id of ids) expect(await candidates(id)).toEqual([]);
    const [later = ''] = await openedAlone(twin);
    expect(await candidates(later)).toEqual(ids.slice(0, 1));
  });

  test('can be another child of the same report, and are asked about once', async () => {
    const child = { name: 'Willow Example', birthDate: '2012-01-11' };
    const [first = '', again = ''] = await openedAlone(child, child);
    expect([await candidates(first), await candidates(again)]).toEqual([[], [first]]);
  });

  test('are none for a child whose name or date of birth is unknown', async () => {
    const [id = ''] = await openedAlone({ name: 'Aspen Example' });
    expect(await candidates(id)).toEqual([]);
  });

  test('are no sealed ones: only the people the seal names are told, once', async () => {
    const known = { name: 'Linden Example', birthDate: '2011-06-06' };
    const [[sealed = ''], [later = '']] = [await openedAlone(known), await openedAlone(known)];
    await candidates(sealed);
    const people = ['P-CARELINE-SUPERVISOR', 'P-CARELINE-SUPERVISOR.2'];
    const seal = { because: 'colleague-involved', forPeople: people, reason: 'A colleague of the office.' };
    await desk.do(sealed, 'seal-referral', seal, 'careline-manager');
    expect(await candidates(later)).toEqual([]);
    expect(await candidates(later)).toEqual([]);
    const {
      sameChild: { matches },
      alerts,
    } = await desk.state(sealed);
    expect(matches).toEqual([{ of: later, score: 1, at: desk.now }]);
    expect(Object.values(alerts).filter(({ kind }) => kind === 'sealed-match')).toMatchObject([{ to: [], people }]);
    expect(JSON.stringify((await desk.ledger.referral(later))?.commits)).not.toContain(sealed);
    // The commit names no person, so the one who took the other report is not in it.
    expect((await desk.ledger.referral(sealed))?.commits.at(-1)?.actor).toEqual({ kind: 'function', id: 'compare' });
  });

  test('are no reports that came later and ask about this one themselves, when a later run asks again', async () => {
    const known = { name: 'Sumac Example', birthDate: '2010-02-02' };
    const id = await desk.opened(known);
    await desk.step(id, 'AskSameChild');
    const later = await desk.opened(known);
    await desk.step(later, 'AskSameChild');
    expect((await desk.state(later)).sameChild.candidates).toEqual([id]);
    await desk.step(id, 'AskSameChild', '', 2);
    const { sameChild, deadlines, seq } = await desk.state(id);
    expect([sameChild.candidates, deadlines[`${id}.D31.1`], seq]).toEqual([[], undefined, 1]);
  });

  test('are looked for once at the door and once after the commit of a new report', async () => {
    const asked: string[] = [];
    const noted = <Name extends 'index' | 'lookUp' | 'match'>(name: Name) => ({
      [name]: (...given: readonly never[]) => {
        asked.push(`${name} ${given[0]}`);
        return (desk.identities[name] as (...given: readonly never[]) => unknown)(...given);
      },
    });
    const identities = { ...desk.identities, ...noted('index'), ...noted('lookUp'), ...noted('match') };
    const parts = { ...desk.parts(), identities };
    const report = reportOf({ name: 'Tamarack Example', birthDate: '2010-03-03' });
    const answer = await takeReport(parts, visitor('careline-worker'), 'asked twice', report);
    if (answer.kind !== 'taken') throw new Error('It was not taken.');
    const [referralId = ''] = answer.referralIds;
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.filter((each) => each.startsWith('match'))).toEqual([]);
    const atTheDoor = asked.splice(0);
    expect(new Set(atTheDoor).size).toBe(atTheDoor.length);
    const input = { referralId, generation: 1 };
    await askAboutSameChild({ ...parts, onUnreadable: () => {} }, input, (decide) =>
      carryOut({ ...parts, name: 'ask-same-child' }, input, decide),
    );
    expect(asked).toEqual([expect.stringMatching(/^match /)]);
  });

  test('open a question for a person, with its own clock', async () => {
    const known = { name: 'Cedar Example', birthDate: '2010-01-01' };
    const [one, other] = [await desk.opened(known), await desk.opened(known)];
    await desk.step(one, 'AskSameChild');
    await desk.step(other, 'AskSameChild');
    const { deadlines, ...state } = await desk.state(other);
    expect(state.sameChild.candidates).toEqual([one]);
    expect(deadlines[`${other}.D31.1`]).toMatchObject({ status: 'open' });
  });
});

describe('a step of a run', () => {
  const parts = () => ({ ledger: desk.ledger, now: desk.now, name: 'invite-mdt' });

  test('that runs again decides nothing and answers the same', async () => {
    const known = { name: 'Rowan Example', birthDate: '2010-01-01' };
    const [, id] = [await desk.opened(known), await desk.opened(known)];
    const first = await desk.step(id, 'AskSameChild');
    expect([first, await desk.step(id, 'AskSameChild')]).toEqual([{ outcome: 'waiting' }, { outcome: 'waiting' }]);
    expect((await desk.state(id)).seq).toBe(2);
  });

  test('is a commit of the run it belongs to', async () => {
    const known = { name: 'Sorrel Example', birthDate: '2010-01-01' };
    const [, id] = [await desk.opened(known), await desk.opened(known)];
    await desk.step(id, 'AskSameChild');
    desk.at('2027-11-09T15:00:00Z');
    await desk.step(id, 'RaiseCheckpoint', `${id}.G1`);
    const { commits } = (await desk.ledger.referral(id)) ?? { commits: [] };
    expect(commits.slice(1).map(({ actor, cause }) => [actor, cause])).toEqual([
      [
        { kind: 'function', id: 'ask-same-child' },
        { kind: 'task', run: `${id}-g1` },
      ],
      [
        { kind: 'function', id: 'raise-checkpoint' },
        { kind: 'task', run: `${id}.G1-g1` },
      ],
    ]);
  });

  test('of an unknown referral is a fault', async () => {
    const step = carryOut(parts(), { referralId: 'CR-00000-000000', generation: 1 }, inviteMdt);
    await expect(step).rejects.toThrow('There is no referral with this id.');
  });
});
