/** Overview leads with where the child is now. Each act that moves the child changes it, and fewer people read a safe place. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { auditReferral } from '../../shared/application/read/audit.ts';
import type { CommandName } from '../../shared/domain/commands.ts';
import { type Move, moves } from '../../shared/domain/whereabouts/moves.ts';
import { type Desk, personOf, startDesk } from '../support/desk.ts';
import { type Browser, formIn, openConsole, signedInAs, type Window } from './window.ts';

let desk: Desk;
let careline: Window;
let id: string;
beforeAll(async () => {
  desk = await startDesk();
  careline = openConsole(desk, { parts: { now: () => desk.now } });
});
afterAll(() => desk.stop());
beforeEach(async () => {
  desk.at('2026-11-09T15:00:00Z');
  id = await desk.opened(
    {
      name: 'Wren Example',
      presentTown: 'New Haven',
      perpetrators: ['third-party'],
      missingNow: 'no',
      whereExactly: 'Room 12, Example Motel',
      withWhom: 'A man',
      movingWhen: 'Soon',
    },
    { callerIs: 'the-child', reporter: { safeNumber: '203-555-0188' } },
  );
});

/** What Overview leads with, as people read it. */
async function leadFor(who: string | Browser): Promise<string> {
  const browser = typeof who === 'string' ? await signedInAs(careline, who) : who;
  const { html } = await browser.get(`/referrals/${id}`);
  const [, section = ''] = /<section class="where-now"[^>]*>(.*?)<\/section>/s.exec(html) ?? [];
  return section
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(' .', '.')
    .trim();
}
const place = { whereExactly: '4 Example Street', withWhom: 'An aunt' };

/** Each act that moves the child, as a person records it at 3:04 PM. */
const acts: Readonly<Record<Move, readonly [CommandName, object]>> = {
  'call-noted': ['add-to-report', { notes: 'The caller rang again.', ...place }],
  'child-seen': ['record-child-seen', { sighting: 'seen', seenAlone: 'seen-alone', seenBy: 'caseworker', ...place }],
  'safety-plan-recorded': ['record-safety-plan', { placement: 'placed', plan: 'A plan.', ...place }],
  'placement-moved': ['record-placement-move', { placement: 'foster-home', moveReason: 'planned-move', ...place }],
  'care-entered': ['record-entry-to-care', place],
  'linkage-started': ['start-linkage', { service: 'safe-placement' }],
  'child-missing': ['report-missing', {}],
  'child-returned': ['record-return', place],
};
const sources: Readonly<Record<Move, RegExp>> = {
  'call-noted':
    /^Where the child is now 4 Example Street \(New Haven\) Who is there: An aunt As the caller said at 10:04 AM,/,
  'child-seen': /^Where the child is now 4 Example Street Who is there: An aunt As seen at 10:04 AM, recorded by /,
  'safety-plan-recorded':
    /^Where the child is now 4 Example Street Who is there: An aunt As the safety plan said at 10:04 AM,/,
  'placement-moved': /^Where the child is now 4 Example Street Who is there: An aunt As placed at 10:04 AM,/,
  'care-entered':
    /^Where the child is now 4 Example Street Who is there: An aunt As placed on entry to care at 10:04 AM,/,
  'linkage-started':
    /^Where the child is now The place and the people there were not written down\. In the safe placement that began at 10:04 AM,.* Last place in words: Room 12, Example Motel \(New Haven\)/,
  'child-missing':
    /^Where the child is now Whereabouts unknown since 10:04 AM Last known place: Room 12, Example Motel \(New Haven\) Who is there: A man As the caller said at 10:00 AM,/,
  'child-returned': /^Where the child is now 4 Example Street Who is there: An aunt As returned at 10:04 AM,/,
};

test('a referral begins with the place that the caller told, and at what time', async () => {
  expect(await leadFor('caseworker')).toMatch(
    /^Where the child is now Room 12, Example Motel \(New Haven\) Who is there: A man As the caller said at 10:00 AM, recorded by /,
  );
});

test.each(Object.keys(moves) as Move[])('%s changes what Overview leads with', async (move) => {
  if (move === 'child-returned') await desk.do(id, 'report-missing', {}, 'caseworker');
  if (move === 'linkage-started')
    await desk.do(id, 'offer-linkage', { service: 'safe-placement', providerId: 'PV-1' }, 'hart-liaison');
  const before = await leadFor('caseworker');
  desk.at('2026-11-09T15:04:00Z');
  const [name, input] = acts[move];
  await desk.do(id, name, input, 'caseworker');
  const after = await leadFor('caseworker');
  expect(after).not.toBe(before);
  expect(after).toMatch(sources[move]);
});

test('what the caller said stands below, with its time, and is no longer what the page leads with', async () => {
  desk.at('2026-11-09T15:04:00Z');
  await desk.do(
    id,
    ...(['record-child-seen', { sighting: 'seen', seenAlone: 'seen-alone', seenBy: 'caseworker', ...place }] as const),
    'caseworker',
  );
  const { html } = await (await signedInAs(careline, 'caseworker')).get(`/referrals/${id}`);
  const [lead = '', below = ''] = html.split('What the caller said at 10:00 AM');
  expect([lead.includes('Room 12'), lead.includes('4 Example Street')]).toEqual([false, true]);
  expect(below).toMatch(/Where exactly is the child\? Room 12, Example Motel\nWho is with the child\? A man/);
});

test('an act that is recorded late does not take the place of a later one', async () => {
  desk.at('2026-11-09T17:00:00Z');
  const seen = { sighting: 'seen', seenAlone: 'seen-alone', seenBy: 'caseworker' };
  await desk.do(id, 'record-child-seen', { ...seen, ...place, at: '2026-11-09T16:30:00Z' }, 'caseworker');
  await desk.do(
    id,
    'record-child-seen',
    { ...seen, whereExactly: 'Elsewhere', at: '2026-11-09T16:00:00Z' },
    'caseworker',
  );
  expect(await leadFor('caseworker')).toMatch(/^Where the child is now 4 Example Street/);
});

test('a safety plan that is written anew moves no child back to the place of the plan before', async () => {
  const worker = await signedInAs(careline, 'caseworker');
  const plan = { placement: 'relative', plan: 'A plan.' };
  desk.at('2026-11-09T15:04:00Z');
  await desk.do(id, 'record-safety-plan', { ...plan, ...place }, 'caseworker');
  const path = `/referrals/${id}/do/record-safety-plan`;
  expect((await worker.get(path)).html).toContain('4 Example Street');
  desk.at('2026-11-09T15:20:00Z');
  const seen = {
    sighting: 'seen',
    seenAlone: 'seen-alone',
    seenBy: 'caseworker',
    whereExactly: 'Bed 4, Example Hospital',
  };
  await desk.do(id, 'record-child-seen', seen, 'caseworker');
  // The form holds the words of the plan, and no place where the child is no longer.
  const form = formIn((await worker.get(path)).html, 'record-safety-plan');
  expect(form).toContain('A plan.');
  expect(form).not.toContain('4 Example Street');
  desk.at('2026-11-09T15:30:00Z');
  await desk.do(id, 'record-safety-plan', { ...plan, until: '2026-11-12T15:00:00Z' }, 'caseworker');
  expect(await leadFor(worker)).toMatch(/^Where the child is now Bed 4, Example Hospital .* As seen at 10:20 AM,/);
  // A plan of another kind of place moves the child, though it does not say where.
  desk.at('2026-11-09T15:40:00Z');
  await desk.do(id, 'record-safety-plan', { ...plan, placement: 'placed' }, 'caseworker');
  expect(await leadFor(worker)).toMatch(
    /^Where the child is now The place and the people there were not written down\. As the safety plan said at 10:40 AM,/,
  );
});

test('an attempt to see the child moves no one', async () => {
  const before = await leadFor('caseworker');
  await desk.do(id, 'record-child-seen', { sighting: 'attempted', seenBy: 'caseworker' }, 'caseworker');
  expect(await leadFor('caseworker')).toBe(before);
});

test('each place stays to be read on the page of the child, the latest first', async () => {
  desk.at('2026-11-09T15:04:00Z');
  await desk.do(id, 'record-safety-plan', { placement: 'relative', plan: 'A plan.', ...place }, 'caseworker');
  const { html } = await (await signedInAs(careline, 'caseworker')).get(`/referrals/${id}/child`);
  const was = html.split('id="where-was"')[1] ?? '';
  expect(was.indexOf('4 Example Street')).toBeGreaterThan(0);
  expect(was.indexOf('Room 12')).toBeGreaterThan(was.indexOf('4 Example Street'));
});

describe('a safe place', () => {
  beforeEach(async () => {
    desk.at('2026-11-09T15:04:00Z');
    await desk.do(id, 'record-safety-plan', { placement: 'placed', plan: 'A plan.', ...place }, 'caseworker');
    desk.at('2026-11-09T16:04:00Z');
    // Seen there: what staff tell of the place is as guarded from now on.
    const seen = {
      sighting: 'seen',
      seenAlone: 'seen-alone',
      seenBy: 'caseworker',
      whereExactly: '4 Example Street, the back door',
    };
    await desk.do(id, 'record-child-seen', seen, 'caseworker');
  });

  test.each(['caseworker', 'careline-worker', 'area-oncall', 'hart-liaison'])(
    'is read by %s, who goes or sends',
    async (who) => {
      expect(await leadFor(who)).toContain('4 Example Street, the back door');
    },
  );

  test.each([
    ['legal', 'legal-advice'],
    ['program-manager', 'quality-review'],
  ])('is not read by %s on any page, who is told that there is one', async (who, purpose) => {
    const browser = await signedInAs(careline, who);
    await browser.get(`/referrals/${id}`);
    await browser.post(`/referrals/${id}/purpose`, { purpose });
    expect(await leadFor(browser)).toMatch(
      /^Where the child is now A safe place\. Where it is, is not for you to read\./,
    );
    for (const path of ['', '/child', '/history', '/services', '/decisions']) {
      expect((await browser.get(`/referrals/${id}${path}`)).html, path).not.toContain('Example Street');
    }
  });

  test('is in the vault alone', async () => {
    const outside = await Promise.all((['Ledger', 'Board', 'Waits', 'Cursors', 'Facts'] as const).map(desk.items));
    expect(JSON.stringify(outside)).not.toMatch(/Example Street|Example Motel/);
  });
});

test('a sighting that was a mistake is taken back, and the place before it leads again', async () => {
  desk.at('2026-11-09T15:04:00Z');
  await desk.do(
    id,
    'record-child-seen',
    { sighting: 'seen', seenAlone: 'seen-alone', seenBy: 'caseworker', ...place },
    'caseworker',
  );
  desk.at('2026-11-09T15:20:00Z');
  await desk.do(id, 'record-child-seen', { sighting: 'not-seen', seenBy: 'caseworker' }, 'caseworker');
  expect(await leadFor('caseworker')).toMatch(/^Where the child is now Room 12, Example Motel/);
});

describe('a merged referral of the same child', () => {
  let children = 0;
  /** A second caller tells of a place at 10:04 AM, and that report is merged into the first one. */
  const mergedWith = async (told: object): Promise<string> => {
    children += 1;
    const child = { name: 'Fern Example', birthDate: `2011-0${children}-03` };
    id = await desk.opened({ ...child, missingNow: 'no', whereExactly: 'Room 12, Example Motel' });
    desk.at('2026-11-09T15:04:00Z');
    const other = await desk.opened({ ...child, ...told });
    const answer = { answer: 'same-child-open', of: id, reason: 'One name.' };
    await desk.do(other, 'answer-duplicate', answer, 'careline-worker');
    return other;
  };
  const later = { whereExactly: 'Bus stop, Example Road', withWhom: 'A man in a van' };

  test('leads where it tells of a newer place, with its reference, and the read is recorded there', async () => {
    const other = await mergedWith(later);
    expect(await leadFor('caseworker')).toMatch(
      new RegExp(
        `^Where the child is now Bus stop, Example Road Who is there: A man in a van As the caller said at 10:04 AM, recorded by [^,]+, Title of [^,]+, in the merged referral ${other}\\.`,
      ),
    );
    const reads = await auditReferral(desk.parts(), other, { id: 'P-ADMINISTRATOR' });
    expect(reads?.accesses.map(({ personId, read }) => [personId, read])).toContainEqual([
      personOf('caseworker').id,
      ['placeNow'],
    ]);
    // Seen here since: its own place leads again.
    desk.at('2026-11-09T15:30:00Z');
    await desk.do(
      id,
      'record-child-seen',
      { sighting: 'seen', seenAlone: 'seen-alone', seenBy: 'caseworker', ...place },
      'caseworker',
    );
    expect(await leadFor('caseworker')).toMatch(/^Where the child is now 4 Example Street/);
  });

  test('brings its duties along, and a call that keeps two of one kind names them once', async () => {
    await mergedWith({ ...later, danger: 'yes' });
    const { html } = await (await signedInAs(careline, 'careline-worker')).get(`/referrals/${id}`);
    expect(html.match(/One call, and a tick for each: Notify law enforcement; Notify the local police/g)).toHaveLength(
      1,
    );
  });

  test('tells nothing to a person who may not open it', async () => {
    const other = await mergedWith(later);
    const forPeople = ['careline-supervisor', 'careline-supervisor/2'].map((as) => personOf(as).id);
    const seal = { because: 'known-to-staff', forPeople, reason: 'Words.' };
    await desk.do(other, 'seal-referral', seal, 'careline-manager');
    expect(await leadFor('caseworker')).toMatch(/^Where the child is now Room 12, Example Motel/);
  });

  test('is as guarded as a safe place that is told here', async () => {
    await mergedWith(later);
    const placed = { placement: 'placed', plan: 'A plan.', ...place, at: '2026-11-09T15:02:00Z' };
    await desk.do(id, 'record-safety-plan', placed, 'caseworker');
    const legal = await signedInAs(careline, 'legal');
    await legal.get(`/referrals/${id}`);
    await legal.post(`/referrals/${id}/purpose`, { purpose: 'legal-advice' });
    expect(await leadFor(legal)).toMatch(/^Where the child is now A safe place\. Where it is, is not for you/);
  });
});

describe('on the telephone', () => {
  const saidIn = async () => {
    const { html } = await (await signedInAs(careline, 'careline-worker')).get(`/referrals/${id}`);
    return [...html.matchAll(/data-may-hear="([^"]*)">([^<]*)</g)].map(([, mayHear, words]) => [mayHear, words]);
  };
  test('the place is said to the police and to the person who goes', async () => {
    const here =
      '“As the caller said at 10:00 AM, the child is here: Room 12, Example Motel (New Haven). There: A man.”';
    expect(await saidIn()).toEqual(
      expect.arrayContaining([
        ['placeNow', here],
        ['placeNow safePlace', here],
      ]),
    );
  });

  test('a safe place is said to the person who goes, and not to the police', async () => {
    desk.at('2026-11-09T15:04:00Z');
    await desk.do(id, 'record-safety-plan', { placement: 'placed', plan: 'A plan.', ...place }, 'caseworker');
    const said = await saidIn();
    expect(said).toContainEqual(['placeNow', '']);
    expect(said).toContainEqual(['placeNow safePlace', expect.stringContaining('4 Example Street')]);
  });

  const unknown = 'The whereabouts of the child are unknown since 10:04 AM.';
  test('while the child is missing, the police hear the last known place, with its source and time', async () => {
    desk.at('2026-11-09T15:04:00Z');
    await desk.do(id, 'report-missing', {}, 'caseworker');
    expect(await saidIn()).toContainEqual([
      'placeNow',
      `“${unknown} As the caller said at 10:00 AM, the child was here: Room 12, Example Motel (New Haven). There: A man.”`,
    ]);
  });

  test('a child missing from a safe place: the police hear since when, and only staff who go hear the place', async () => {
    desk.at('2026-11-09T15:02:00Z');
    await desk.do(id, 'record-safety-plan', { placement: 'placed', plan: 'A plan.', ...place }, 'caseworker');
    desk.at('2026-11-09T15:04:00Z');
    await desk.do(id, 'report-missing', {}, 'caseworker');
    const said = await saidIn();
    const forPolice = said.filter(([mayHear]) => mayHear === 'placeNow');
    expect(forPolice.length).toBeGreaterThan(0);
    for (const each of forPolice) expect(each).toEqual(['placeNow', `“${unknown}”`]);
    const { html } = await (await signedInAs(careline, 'careline-worker')).get(`/referrals/${id}`);
    // The script puts the sentences back by their own field. So the place stands under the field that police do not have.
    const [, hidden = ''] = /<p id="place-said" hidden[^>]*>(.*?)<\/p>/.exec(html) ?? [];
    expect(hidden).toContain(`<span data-field="placeNow">${unknown}</span>`);
    expect(hidden).toMatch(
      /<span data-field="safePlace">As the safety plan said at 10:02 AM, the child was here: 4 Example/,
    );
  });

  test('where only a town is known, the town is said with the time of the call', async () => {
    desk.at('2026-11-09T15:00:00Z');
    id = await desk.opened({ presentTown: 'New Haven', missingNow: 'no' });
    desk.at('2026-11-09T15:04:00Z');
    expect(await saidIn()).toContainEqual(['placeNow', '“As the caller said at 10:00 AM, the child is in New Haven.”']);
    expect(await leadFor('caseworker')).toMatch(
      /^Where the child is now New Haven \(the town of the report\) As the caller said at 10:00 AM\./,
    );
    await desk.do(id, 'report-missing', {}, 'caseworker');
    expect(await saidIn()).toContainEqual([
      'placeNow',
      `“${unknown} As the caller said at 10:00 AM, the child was in New Haven.”`,
    ]);
    expect(await leadFor('caseworker')).toMatch(
      /Last known place: New Haven \(the town of the report\) As the caller said at 10:00 AM\./,
    );
  });

  test('the list that is fetched again has no word of the vault', async () => {
    const browser = await signedInAs(careline, 'careline-worker');
    const { html } = await browser.get(`/calls/panel?from=referral&of=${id}`);
    expect(html).not.toContain('Example Motel');
  });
});

test('the number of a child who has not agreed to a call back is not given to the person who goes', async () => {
  const { alerts } = await desk.state(id);
  const alertId = Object.values(alerts).find(({ to }) => to.includes('area-oncall'))?.id ?? '';
  const { html } = await (await signedInAs(careline, 'area-oncall')).get(`/alerts/${alertId}`);
  const [lead = ''] = html.split('id="asked"');
  expect(lead).toContain('The child called, and has not agreed to a call back.');
  expect(lead).not.toContain('203-555-0188');
});
