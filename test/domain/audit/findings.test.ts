import { describe, expect, test } from 'vitest';
import { findingWords } from '../../../shared/domain/audit/finding-words.ts';
import { type Finding, findingsIn, foldFindings, newFindings } from '../../../shared/domain/audit/findings.ts';
import { event } from '../../../shared/domain/events.ts';
import { referral, referralId } from '../../support/referral-builder.ts';

const { state } = referral().run();
const now = '2026-11-10T18:00:00.000Z';
const actor = { kind: 'function', id: 'sweep' } as const;
const run = `${referralId}.D3.1`;
const lost = (of = run) => event('run-lost', { run: of, generation: 1 });
const stuck = event('swept', { found: 'cursor-behind' });
const at = (hours: readonly number[], events: Parameters<typeof findingsIn>[1][number]['events']) =>
  hours.map((hour, index) => ({
    seq: index + 1,
    at: new Date(Date.parse('2026-11-10T00:00:00.000Z') + hour * 3_600_000).toISOString(),
    actor,
    events,
  }));
const found = (commits: Parameters<typeof findingsIn>[1], of: Parameters<typeof findingsIn>[0] = state) =>
  findingsIn(of, commits, now).map(({ what, about }) => `${what} ${about}`);

describe('an administrator is told', () => {
  test.each([
    ['of no run that was started anew twice', at([1, 2], [lost()]), []],
    ['of one that was three times in a day', at([1, 2, 3], [lost()]), [`run-keeps-failing ${referralId}`]],
    ['of none that was once of yesterday', at([-1, 1, 2], [lost()]), []],
    [
      'of none of three runs that were lost once each',
      at([1], [lost(), lost(referralId), lost(`${referralId}.D1.1`)]),
      [],
    ],
    ['of no consumer that was nudged twice', at([1, 2], [stuck]), []],
    ['of one that was nudged three times', at([1, 2, 3], [stuck]), [`consumer-stuck ${referralId}`]],
    ['of both', at([1, 2, 3], [stuck, lost()]), [`run-keeps-failing ${referralId}`, `consumer-stuck ${referralId}`]],
  ])('%s', (_, commits, told) => {
    expect(found(commits)).toEqual(told);
  });

  test('of a sealed referral without its reference', () => {
    const sealed = {
      ...state,
      access: { seal: { because: 'workers-family', people: ['P-1'], at: now } },
    } satisfies typeof state;
    const [finding] = findingsIn(sealed, at([1, 2, 3], [stuck]), now);
    expect(finding).toEqual({ what: 'consumer-stuck', about: 'sealed' });
    expect(finding && findingWords(finding)).toMatch(
      /^A restricted referral: its mail or its workflow runs have stopped/,
    );
  });

  test.each(['person.P-1', 'duty.legal.state.1.P-1', 'directory'])(
    'of the entry %s with what an operator does',
    (about) => {
      expect(findingWords({ what: 'chain-broken', about })).toMatch(/ask an operator to run npm run people -- list/i);
      expect(findingWords({ what: 'chain-broken', about }, 'es')).toMatch(/npm run people -- list/);
      expect(findingWords({ what: 'chain-broken', about: 'provider.PV-1' })).not.toContain('operator');
    },
  );

  test('of each once a day, however often it is found again', () => {
    const one: Finding = { what: 'chain-broken', about: referralId };
    const other: Finding = { what: 'role-vacant', about: 'hart-lead' };
    const first = newFindings([], [one, one]);
    expect(first).toHaveLength(1);
    const made = foldFindings([{ seq: 1, events: first }]);
    expect(newFindings(made, [one, other])).toEqual([{ type: 'finding-made', v: 1, ...other }]);
    expect(made).toEqual([{ ...one, madeIn: 1 }]);
    expect(newFindings(made, [one])).toEqual([]);
  });
});
