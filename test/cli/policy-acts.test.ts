import { describe, expect, it } from 'vitest';
import { answerTo, CannotAnswer } from '../../shared/cli/command-line.ts';
import { type Library, policy as policyLine } from '../../shared/cli/policy-acts.ts';
import type { Policy } from '../../shared/domain/policy/policy.ts';
import { connecticut20261 as policy } from '../../shared/policy/connecticut-2026-1.ts';
import { referral } from '../support/referral-builder.ts';

const refuse = (sentence: string): never => {
  throw new CannotAnswer(sentence);
};
const noFolder = (folder: string) => refuse(`There is no data folder of npm start at ${folder}.`);

/** The next version: the team has three business days, and D22b is gone. */
const next: Policy = {
  ...policy,
  version: 'connecticut-2027.1',
  inForceFrom: '2027-07-01',
  deadlines: policy.deadlines
    .filter(({ id }) => id !== 'D22b')
    .map((rule) => (rule.id === 'D15' ? { ...rule, duration: { unit: 'business-days', amount: 3 } } : rule)),
};
/** What runs in the data folder DIR. */
const told = referral({ danger: 'no' }).run().screen('high-risk').tellTeam();
const written: Record<string, string> = {};
const library: Library = {
  write: (file, text) => {
    written[file] = text;
  },
  released: [policy],
  refusedRelease: () => undefined,
  find: async (name) =>
    [policy, next].find(({ version }) => version === name) ?? refuse(`There is no policy "${name}".`),
  sources: { holidays: [], limits: [] },
  played: async ({ act, days, reports }) => ({
    referrals: reports + 1,
    sent: [{ at: '2026-11-09T15:00:00.000Z', personId: `P-${act}-${days}`, class: 'now', about: 'D3', referrals: [] }],
  }),
  recorded: async (folder, days) =>
    folder === 'DIR'
      ? {
          referrals: 3,
          sent: [{ at: '2026-11-09T15:00:00.000Z', personId: `P-${days}`, class: 'today', about: 'D8', referrals: [] }],
        }
      : noFolder(folder),
  running: async (folder) =>
    folder === 'DIR' ? { now: told.now, referrals: [{ state: told.state, policy }] } : noFolder(folder),
};
const ask = async (line: string, of = library): Promise<string> => {
  const { status, out, err } = await answerTo(policyLine, line === '' ? [] : line.split(' '), of);
  return status === 0 ? out.trimEnd() : `refused: ${err.trimEnd()}`;
};
const askJson = async (line: string) => JSON.parse(await ask(`${line} --json`)) as Record<string, string>;

describe('due', () => {
  it('counts from the receipt of the report where the clock starts with it', async () => {
    const received = '2026-11-09T15:00:00Z';
    const byReceipt = await ask(`due D3 --received ${received}`);
    expect(byReceipt).toBe(await ask(`due D3 --from ${received}`));
    expect(byReceipt).toBe(await ask(`due D3 --from 2026-11-09T10:00:00-05:00 --received ${received}`));
    expect(await ask(`due D3 --from 2026-11-20T15:00:00Z --received ${received}`)).toBe(
      'refused: The clock of D3 starts with the receipt of the report: give the same instant in --from and --received, or one of them.',
    );
    expect(await ask(`due D15 --outcome high-risk --received ${received}`)).toMatch(
      /^refused: Say when the clock starts/,
    );
    expect(await ask(`due D15 --outcome high-risk --from 2026-11-20T15:00:00Z --received ${received}`)).toMatch(
      /^2026-/,
    );
  });

  it('gives the instant and why', async () => {
    expect(await ask('due D15 --from 2026-12-24T15:00:00-05:00 --outcome high-risk')).toBe(
      [
        '2027-01-04T22:00:00Z',
        "due Mon Jan 4, 2027, 5:00 PM EST: 5 business days after the notice to the team (Thu Dec 24, 2026, 3:00 PM EST), counted from the day after, skipping Fri Dec 25 (Christmas), Fri Jan 1 (New Year's Day) and 4 weekend days; rule D15, New York time: policy, an assumption of this product (DCF practice, not law).",
        'Source: DCF practice, not law; a meeting by video is enough (assumed).',
        'Policy: connecticut-2026.1, in force from Thu Jan 1, 2026, 12:00 AM EST.',
      ].join('\n'),
    );
  });

  it('gives the same as JSON', async () => {
    const { explanation, ...rest } = await askJson('due D15 --from 2026-12-24T15:00:00-05:00 --outcome high-risk');
    expect(rest).toEqual({
      id: 'D15',
      startsAt: '2026-12-24T20:00:00Z',
      dueAt: '2027-01-04T22:00:00Z',
      kind: 'policy',
      source: 'DCF practice, not law; a meeting by video is enough',
      confidence: 'assumed',
      policy: 'connecticut-2026.1',
      inForceFrom: '2026-01-01',
    });
    expect(explanation).toContain('5 business days after the notice to the team');
  });

  it('says in its sentence that counsel has not signed off what is law', async () => {
    const answer = await askJson('due D3 --from 2026-11-09T15:00:00Z');
    expect(answer.explanation).toMatch(
      /rule D3, New York time: law, awaits legal sign-off \(C\.G\.S\. 17a-101b and 17a-103\(c\)\)$/,
    );
    expect(await ask('due D3 --from 2026-11-09T15:00:00Z')).toContain(
      ': law, awaits legal sign-off (C.G.S. 17a-101b and 17a-103(c)).',
    );
    expect(await ask('due D8 --from 2026-11-09T15:00:00Z')).not.toContain('sign-off');
  });

  it.each([
    ['D1', 'law, its time an assumption of this product'],
    ['D9', 'policy, an assumption of this product'],
    ['D17', 'policy, an assumption of this product'],
    ['D12a', 'law, tightened from 24 hours by an assumption of this product'],
  ])('says of %s, whose number no source gives, that it is assumed', async (id, words) => {
    const { explanation, confidence } = await askJson(`due ${id} --from 2026-11-09T15:00:00Z`);
    expect(confidence).toBe('assumed');
    expect(explanation).toContain(`New York time: ${words}`);
  });

  it.each([
    ['due D3 --from 2026-11-09T10:00:00-05:00[America/New_York]', '2026-11-10T03:00:00Z'],
    ['due D3 --from 2026-11-09T10:00-05:00', '2026-11-10T03:00:00Z'],
    ['due D3 --from 2026-11-09T15:00:00Z', '2026-11-10T03:00:00Z'],
    ['due d12a --from=2026-11-09T15:00:00Z', '2026-11-09T16:00:00Z'],
    ['due D15 --from 2026-11-09T10:00:00-05:00 --outcome confirmed', '2026-11-11T15:00:00Z'],
    ['due D10 --from 2026-11-09T15:00:00Z --danger no', '2026-11-10T15:00:00Z'],
    ['due D6 --from 2026-11-09T15:00:00Z', '2026-11-09T17:00:00Z'],
    ['due D6 --from 2026-11-09T15:00:00Z --danger unknown', '2026-11-09T17:00:00Z'],
    ['due D10 --from 2026-11-09T15:00:00Z --danger yes', '2026-11-09T19:00:00Z'],
    ['due D10 --from 2026-11-09T15:00:00Z --danger unknown', '2026-11-09T19:00:00Z'],
    ['due D15 --from 2026-11-09T15:00:00Z --outcome high-risk --policy connecticut-2027.1', '2026-11-13T22:00:00Z'],
    ['due D3 --from 2026-10-31T22:00:00-04:00', '2026-11-01T14:00:00Z'],
  ])('%s: %s', async (line, dueAt) => {
    expect((await askJson(line)).dueAt).toBe(dueAt);
  });

  it.each([
    ['due D99 --from 2026-11-09T15:00:00Z', 'no deadline "D99"'],
    ['due D12 --from 2026-11-09T15:00:00Z', 'has no deadline "D12"; it has D12a, D12b.'],
    [
      'due D6 --from 2026-11-09T15:00:00Z --danger no',
      'D6 does not run where danger is no, only where it is yes or unknown',
    ],
    ['due D7 --from 2026-11-09T15:00:00Z --danger yes', 'D7 does not run where danger is yes, only where it is no'],
    ['due D10 --from 2026-11-09T15:00:00Z', 'not ruled out: 4 hours): say which with --danger yes|no|unknown'],
    ['due D15 --from 2026-11-09T15:00:00Z', 'confirmed: 48 hours): say which with --outcome confirmed|high-risk'],
    ['due D15 --from 9999-12-31T15:00:00Z --outcome confirmed', 'give one from 2000 to 2099'],
    ['due D3 --from 0000-01-01T00:00:00Z', 'give one from 2000 to 2099'],
    ['due D3 --from -000001-01-01T00:00:00Z', 'give one from 2000 to 2099'],
    ['due D3 --from +275760-01-01T00:00:00Z', 'give one from 2000 to 2099'],
    ['due constructor --from 2026-11-09T15:00:00Z', 'no deadline "constructor"'],
    ['due D15', 'Say when the clock starts'],
    ['due D15 --from 2026-02-30T10:00:00-05:00', '"2026-02-30T10:00:00-05:00" is no instant that exists'],
    ['due D15 --from 2026-12-24T15:00:00', 'is no instant that exists: give date, time and the offset of that day'],
    ['due D15 --from 2026-12-24', 'is no instant that exists'],
    ['due D15 --from 2026-12-24T25:00:00Z', 'is no instant that exists'],
    ['due D15 --from 2026-12-24T15:00:60-05:00', 'is no instant that exists'],
    ['due D15 --from 2026-12-24T15:00:60.5Z', 'is no instant that exists'],
    ['due D15 --from 20261224T150060Z', 'is no instant that exists'],
    ['due D15 --from 2026-12-24T15:00:00-08:00[America/New_York]', 'is no instant that exists'],
    ['due D15 --from 2026-12-24T15:00:00-04:00[America/New_York]', 'is no instant that exists'],
    ['due D15 --from 2026-12-24T15:00:00-05:00[Nowhere/Atall]', 'is no instant that exists'],
    ['due D15 --from yesterday', 'is no instant that exists'],
    ['due D15 --from 2026-11-09T15:00:00Z --outcome certain', 'no outcome "certain"; it is one of confirmed'],
    ['due D15 --from 2026-11-09T15:00:00Z --outcome at-risk', 'D15 does not run after at-risk'],
    ['due D15 --from 2026-11-09T15:00:00Z --danger maybe', 'Danger is one of yes, no, unknown'],
    ['due D15 --from 2026-11-09T15:00:00Z --policy 1999', 'no policy "1999"'],
    ['due D15 --from', '"--from" needs a value'],
    ['due D15 --from --json', '"--from" needs a value'],
    ['due D15 --from=', '"--from" needs a value'],
    ['due D15 --when 2026-11-09T15:00:00Z', 'no flag "--when"'],
    ['due D15 --from 2026-11-09T15:00:00Z --json=1', '"--json" takes no value'],
    ['due D15 --from 2026-11-09T15:00:00Z --from 2026-11-09T15:00:00Z', '"--from" is there twice'],
    ['due --from 2026-11-09T15:00:00Z', 'This is not understood'],
    ['due D15 D16 --from 2026-11-09T15:00:00Z', 'This is not understood'],
    ['', 'Say what to do: due, list, screening'],
    ['preview', 'This is not understood'],
    ['preview connecticut-2027.1', 'Name the data folder'],
    ['preview 1999 --data DIR', 'no policy "1999"'],
    ['preview connecticut-2027.1 --data ELSEWHERE', 'There is no data folder of npm start at ELSEWHERE'],
    ['preview connecticut-2027.1 --data DIR --outcome confirmed', 'no flag "--outcome"'],
    ['pre-view', 'no command "pre-view"'],
    ['toString', 'no command "toString"'],
    ['list all', 'This is not understood'],
    ['diff connecticut-2026.1', 'This is not understood'],
    ['diff connecticut-2026.1 1999', 'no policy "1999"'],
    ['document --json', 'no flag "--json"'],
  ])('"%s" is refused in one sentence: %s', async (line, words) => {
    const said = await ask(line);
    expect(said).toMatch(/^refused: .*\.$/);
    expect(said).toContain(words);
    expect(said.split('\n')).toHaveLength(1);
  });
});

it.each(['--help', 'help', 'due --help', 'due D3 --help'])('%s prints how each command is written', async (line) => {
  const said = await ask(line);
  expect(said).toMatch(/^npm run policy -- due ID --from INSTANT/);
  expect(said.split('\n').length).toBeGreaterThan(5);
  expect(said).toContain('npm run policy -- preview');
});

describe('list', () => {
  it('prints each rule with its time, what it is and who is told', async () => {
    const lines = (await ask('list')).split('\n');
    expect(lines[0]).toBe('Connecticut, connecticut-2026.1');
    expect(lines.slice(3).map((line) => line.split(' ')[0])).toEqual(policy.deadlines.map(({ id }) => id));
    expect(lines.find((line) => line.startsWith('D7 '))).toMatch(
      /Begin the response +24 hours +receipt of the report +law, tightened from 72 hours by an assumption of this product, awaits legal sign-off +assumed +careline supervisor +area director$/,
    );
    for (const { id, awaitsLegalSignOff } of policy.deadlines) {
      const line = lines.find((each) => each.startsWith(`${id} `));
      expect(line?.includes('awaits legal sign-off'), id).toBe(awaitsLegalSignOff);
    }
    expect(lines.find((line) => line.startsWith('D15 '))).toContain('5 business days; confirmed: 48 hours');
  });

  it('prints another version, and the rows as JSON', async () => {
    expect(await ask('list --policy connecticut-2027.1')).not.toContain('D22b');
    expect(JSON.parse(await ask('list --json'))).toHaveLength(policy.deadlines.length);
  });
});

describe('diff', () => {
  it('says rule by rule what changed', async () => {
    expect((await ask('diff connecticut-2026.1 connecticut-2027.1')).split('\n')).toEqual([
      'D15 changed: duration: 5 business days; now 3 business days.',
      'D22b is gone.',
      'Policy, in force from: 2026-01-01; now 2027-07-01.',
    ]);
  });

  it('says so where nothing did', async () => {
    expect(await ask('diff connecticut-2026.1 connecticut-2026.1')).toBe(
      'connecticut-2026.1 and connecticut-2026.1 have the same rules.',
    );
  });
});

describe('preview', () => {
  it('says which deadlines of which running referrals would differ', async () => {
    expect((await ask('preview connecticut-2027.1 --data DIR')).split('\n')).toEqual([
      '1 of 1 running referral would differ under connecticut-2027.1.',
      '',
      'CR-7F3KD-9QXMT2, now under connecticut-2026.1',
      '  D15   Tue Nov 17, 2026, 5:00 PM EST -> Fri Nov 13, 2026, 5:00 PM EST',
      '',
      'A new referral under connecticut-2027.1:',
      '  D15: 5 business days; confirmed: 48 hours; then 3 business days; confirmed: 48 hours.',
      '  D22b (Hold the first mental-health appointment) is gone.',
    ]);
  });

  it('gives the same as JSON', async () => {
    expect(JSON.parse(await ask('preview connecticut-2027.1 --data DIR --json'))).toEqual({
      policy: 'connecticut-2027.1',
      now: told.now,
      running: 1,
      differing: [
        {
          referral: 'CR-7F3KD-9QXMT2',
          policy: 'connecticut-2026.1',
          deadlines: [
            {
              id: 'CR-7F3KD-9QXMT2.D15.1',
              rule: 'D15',
              dueNow: '2026-11-17T22:00:00Z',
              dueThen: '2026-11-13T22:00:00Z',
            },
          ],
        },
      ],
      newReferrals: [
        'D15: 5 business days; confirmed: 48 hours; then 3 business days; confirmed: 48 hours.',
        'D22b (Hold the first mental-health appointment) is gone.',
      ],
    });
  });

  it('says what a new referral would get, though none runs', async () => {
    const empty: Library = { ...library, running: async () => ({ now: told.now, referrals: [] }) };
    const said = await ask('preview connecticut-2027.1 --data DIR', empty);
    expect(said).toContain('Nothing would differ under connecticut-2027.1, for 0 running referrals.\n\nA new referral');
    expect(said).toContain('D22b (Hold the first mental-health appointment) is gone.');
  });

  it('says so where nothing would differ', async () => {
    expect(await ask('preview connecticut-2026.1 --data DIR')).toBe(
      'Nothing would differ under connecticut-2026.1, for 1 running referral.',
    );
  });
});

it('document and map write their files, and map shows its parts as JSON', async () => {
  expect(await ask('document')).toBe('docs/policy.md');
  expect(written['docs/policy.md']).toContain('# The rules of Connecticut, version connecticut-2026.1');
  expect(await askJson('map')).toHaveProperty('stages');
  expect(written).not.toHaveProperty('docs/pathway.svg');
  expect(await ask('map')).toBe('docs/pathway.svg');
  expect(written['docs/pathway.svg']).toMatch(/^<svg /);
});

describe('noise', () => {
  it('plays a year with people on time, unless another manner is asked for', async () => {
    expect(await ask('noise')).toContain(
      '40 reports in a year, 41 referrals, 45 days of each. All people keep each duty on time.',
    );
    expect(await ask('noise --act never --days 10 --reports 5')).toContain(
      '5 reports in a year, 6 referrals, 10 days of each. All people do nothing.',
    );
  });

  it('gives the counts as JSON', async () => {
    expect(await askJson('noise --act late')).toMatchObject({ act: 'late', days: 45, mails: 1, interruptions: 1 });
  });

  it.each([
    ['noise --act early', '--act is one of on-time, late, never, not "early".'],
    ['noise --days 0', '--days is a whole number from 1 to 365, not "0".'],
    ['noise --days many', '--days is a whole number from 1 to 365, not "many".'],
    ['noise --reports 1001', '--reports is a whole number from 1 to 1000, not "1001".'],
  ])('is refused with a sentence: %s', async (line, sentence) => {
    expect(await ask(line)).toBe(`refused: ${sentence}`);
  });

  it('shows the last week of a data folder', async () => {
    const said = await ask('noise --data DIR');
    expect(said).toContain('The last 7 days as recorded, 3 referrals in all.');
    expect(said).toContain('D8 Assign the HART liaison');
    expect(await ask('noise --data DIR --act late')).toBe(
      'refused: A data folder shows what was recorded: leave out --act and --reports.',
    );
    expect(await ask('noise --data NOWHERE')).toMatch(/^refused: /);
  });

  it('says why a history could not be played', async () => {
    const broken: Library = { ...library, played: async () => refuse('The history could not be played.') };
    expect(await ask('noise', broken)).toBe('refused: The history could not be played.');
  });
});
