/**
 * An evaluator attacks the figures: eleven ways to learn of fewer than six children. Each reads all that the console and the API
 * answer. There are a played history and referrals of a real ledger. A manager, who can open the cases, reads live figures by the same
 * code. There it finds facts, so each attack is a real one.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepFacts, keptRow } from '../../shared/application/use-cases/keep-facts.ts';
import { services } from '../../shared/domain/core/vocabulary.ts';
import type { KeptRow } from '../../shared/domain/facts/fact-row-shape.ts';
import { newYorkDate } from '../../shared/domain/policy/due.ts';
import { connecticut20261 } from '../../shared/policy/connecticut-2026-1.ts';
import { disclosure } from '../../shared/policy/disclosure.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { calendarNames, type Period, periodOf } from '../../shared/reports/calendars.ts';
import { cohortOf } from '../../shared/reports/cohort.ts';
import { pageNames } from '../../shared/reports/figure-pages.ts';
import { splitNames } from '../../shared/reports/figures.ts';
import { caseOf, exported, htcdsText, withoutNames } from '../../shared/reports/htcds/export.ts';
import { measureNamed } from '../../shared/reports/measures.ts';
import { playHistory } from '../../shared/reports/played/play-referrals.ts';
import { type Recorded, rowsAt } from '../../shared/reports/whole-report.ts';
import { endOfYear } from '../../shared/reports/year-end.ts';
import { type Span, yearlyFigures } from '../../shared/reports/yearly.ts';
import { openApi } from '../support/api-client.ts';
import { type Desk, personOf, startDesk } from '../support/desk.ts';
import { openConsole, signedInAs, type Window, withoutRandom } from './window.ts';

const now = '2026-12-01T22:00:00.000Z';
const history = {
  seed: 'attacked',
  referrals: 150,
  from: '2025-06-01T00:00:00.000Z',
  until: '2026-12-01T12:00:00.000Z',
};
const year = 2026;
const few = 6;

let desk: Desk;
let careline: Window;
let played: readonly KeptRow[];
/** Referrals of the real ledger, received in the year. */
let children: readonly string[];
/** Everything that an evaluator is answered, of all that anyone may ask. */
let full: Reading;

const kept = (recorded: Recorded): readonly KeptRow[] =>
  rowsAt([recorded], history.until, policyOf).map((row) => keptRow(row, recorded.commits, policyOf));

/** As `react` does after each commit. */
async function keep(...ids: readonly string[]) {
  for (const id of ids) {
    const read = await desk.ledger.referral(id);
    if (!read) throw new Error('There is no such referral.');
    const parts = { facts: desk.facts, cursors: desk.cursors, policyOf };
    const { at: _, ...progress } = await desk.cursors.facts(id);
    await keepFacts(parts, read, progress, desk.now);
  }
}

beforeAll(async () => {
  desk = await startDesk();
  played = playHistory(history, connecticut20261).flatMap(kept);
  for (const row of played) await desk.facts.put(row);
  desk.at('2026-05-11T15:00:00.000Z');
  const opened = [];
  for (let index = 0; index < 4; index += 1) opened.push(await desk.opened({ danger: 'no', gender: 'boy' }));
  children = opened;
  await keep(...children);
  at(now);
  full = await reads('evaluator', everyAddress);
}, 300_000);
afterAll(() => desk.stop());

function at(instant: string) {
  desk.at(instant);
  careline = openConsole(desk, { parts: { now: () => desk.now } });
}

/** One number as a reader learns it. An exact one lies between itself and itself. */
interface Fig {
  readonly measure: string;
  readonly period: string;
  readonly by: string;
  readonly part: string;
  readonly key: string;
  readonly span: Span;
}

interface Reading {
  /** Each address that answered, with its text. */
  readonly texts: ReadonlyMap<string, string>;
  readonly figures: readonly Fig[];
}

type Json = Readonly<Record<string, unknown>>;
const listIn = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const spanIn = (value: unknown): Span | undefined => {
  if (typeof value === 'number') return { from: value, to: value };
  return typeof value === 'object' && value !== null && 'from' in value ? (value as Span) : undefined;
};

/** Every count in an answer: of the live pages, and of the figures of a year. */
function figuresIn(body: Json): readonly Fig[] {
  const counts = (its: Json, of: Json, keys: readonly string[]): readonly Fig[] =>
    keys.flatMap((key) => {
      const span = spanIn(its[key]);
      const { measure, period, by, part } = { ...its, ...of };
      return span
        ? [
            {
              measure: String(measure),
              period: String(period),
              by: String(by ?? ''),
              part: String(part ?? ''),
              key: key === 'children' ? 'count' : key,
              span,
            },
          ]
        : [];
    });
  const period = (body.period as Json | undefined)?.name ?? body.period;
  const keys = ['count', 'of', 'unknown', 'reached', 'competing', 'waiting', 'children'];
  return [
    ...counts(body, { measure: 'children', period }, ['children']),
    ...listIn(body.sections).flatMap(({ lines }) => listIn(lines).flatMap((line) => counts(line, { period }, keys))),
    ...listIn(body.figures).flatMap(({ figure, by, part, ...alone }) =>
      figure === undefined ? counts(alone, {}, keys) : counts(figure as Json, { by, part }, keys),
    ),
    ...listIn(body.withheld).flatMap((each) => counts(each, { part: 'withheld' }, keys)),
    ...listIn(body.cells).flatMap((cell) =>
      counts(cell, { measure: 'unmet', period: cell.month, part: JSON.stringify(cell) }, keys),
    ),
  ];
}

/** The addresses of one calendar and year: each page, its files and its choices. */
const addressesOf = (calendar: string, of: number, more = ''): readonly string[] => {
  const words = `?calendar=${calendar}&year=${of}${more}`;
  return [
    ...pageNames.flatMap((page) =>
      page === 'equity' ? splitNames.map((by) => `${page}${words}&by=${by}`) : [`${page}${words}`],
    ),
    ...services.slice(0, 2).map((service) => `needs${words}&service=${service}`),
  ];
};
const yearlyAddresses = [year - 1, year, year + 1].map((each) => `yearly?year=${each}`);
const everyAddress: readonly string[] = [
  ...yearlyAddresses,
  'monday',
  'returns',
  ...calendarNames.flatMap((calendar) => [year, year + 1].flatMap((each) => addressesOf(calendar, each))),
];

const inFile = (address: string, kind: string) => address.replace(/^([a-z-]+)/, `$1/${kind}`);

/** Everything that a person of this role is answered at these addresses, on the API, on pages and in files. */
async function reads(role: string, addresses: readonly string[] = yearlyAddresses): Promise<Reading> {
  const browser = await signedInAs(careline, role);
  const api = openApi(desk);
  const texts = new Map<string, string>();
  const figures: Fig[] = [];
  const add = (address: string, status: number, text: string, body?: () => Json) => {
    if (status !== 200) return;
    texts.set(address, withoutRandom(text));
    if (body) figures.push(...figuresIn(body()));
  };
  for (const address of addresses) {
    const asked = await api.ask(`/reports/${address}`, { as: personOf(role).id });
    add(`api ${address}`, asked.status, asked.text, () => asked.body);
    for (const kind of ['json', 'csv', 'page']) {
      const { status, html } = await browser.get(`/numbers/${kind === 'page' ? address : inFile(address, kind)}`);
      add(`${kind} ${address}`, status, html, kind === 'json' ? () => JSON.parse(html) as Json : undefined);
    }
  }
  for (const path of ['/numbers', '/numbers/why?measure=child-seen', '/unmet-needs']) {
    const { status, html } = await browser.get(path);
    add(path, status, html);
  }
  const unmet = await api.ask('/unmet-needs', { as: personOf(role).id });
  add('api unmet-needs', unmet.status, unmet.text, () => unmet.body);
  return { texts, figures };
}

const minus = (one: Span, other: Span): Span => ({ from: one.from - other.to, to: one.to - other.from });
const sumOf = (spans: readonly Span[]): Span =>
  spans.reduce((sum, { from, to }) => ({ from: sum.from + from, to: sum.to + to }), { from: 0, to: 0 });
/** Whether a number is known to be of one to five children, more narrowly than by six numbers. */
const tells = ({ from, to }: Span): boolean => to - Math.max(0, from) + 1 < few && Math.max(1, from) < few && to > 0;

/** Where two readings differ: what happened between them is known to who watches. */
const changes = (before: Reading, after: Reading): readonly string[] => {
  const isLive = (text: string) =>
    text.replaceAll(/As of [^<]*|Printed [^<]*|"asOf":"[^"]*"|\d{4}-\d\d-\d\dT[\d:.]+Z/g, '');
  return [...before.texts].flatMap(([address, text]) =>
    isLive(text) === isLive(after.texts.get(address) ?? '') ? [] : [address],
  );
};

const nameOf = ({ measure, period, by, part, key }: Fig): string => [measure, period, by, part, key].join('|');
const wholes = (figures: readonly Fig[]) => figures.filter(({ by, part }) => by === '' && part === '');

const wholeMinusParts = (figures: readonly Fig[]): readonly string[] => {
  const unique = [...new Map(figures.map((each) => [nameOf(each), each])).values()];
  return wholes(unique).flatMap((whole) =>
    splitNames.flatMap((by) => {
      const parts = unique.filter(
        (each) =>
          each.by === by && each.measure === whole.measure && each.period === whole.period && each.key === whole.key,
      );
      if (parts.length === 0) return [];
      const rests = [
        minus(whole.span, sumOf(parts.map(({ span }) => span))),
        ...parts.map(({ span }) => minus(whole.span, span)),
      ];
      return rests.filter(tells).map(() => `${nameOf(whole)} minus ${by}`);
    }),
  );
};

/** Two numbers of children of one year, one a part of the other: who is in the one alone? */
const besideEachOther = (figures: readonly Fig[]): readonly string[] => {
  const known = wholes(figures).filter(({ measure, key }) =>
    measure === 'children' ? key === 'count' : key === 'of' && measure.startsWith('indicator-'),
  );
  return known.flatMap((one) =>
    known
      .filter(
        (other) => other.period === one.period && other.measure !== one.measure && tells(minus(one.span, other.span)),
      )
      .map((other) => `${nameOf(one)} beside ${nameOf(other)}`),
  );
};

const quartersAgainstYear = (figures: readonly Fig[]): readonly string[] => {
  const isQuarter = ({ period }: Fig) => / quarter \d$/.test(period);
  return figures.filter(isQuarter).flatMap((quarter) => {
    const whole = figures.find(
      (each) => nameOf(each) === nameOf({ ...quarter, period: quarter.period.replace(/ quarter \d$/, '') }),
    );
    return tells(quarter.span) || (whole && tells(minus(whole.span, quarter.span))) ? [nameOf(quarter)] : [];
  });
};

/** A number of one to five, or all but one to five of those with an answer. */
const groupsOfOne = (figures: readonly Fig[]): readonly string[] =>
  figures.flatMap((each) => {
    const of = each.key === 'count' && figures.find((other) => nameOf(other) === nameOf({ ...each, key: 'of' }));
    const isAlike = of && of.span.from === of.span.to && of.span.to < 2 * few && [0, of.span.to].includes(each.span.to);
    return tells(each.span) || isAlike || (of && tells(minus(of.span, each.span))) ? [nameOf(each)] : [];
  });

const calendarsApart = (figures: readonly Fig[]): readonly string[] =>
  figures
    .filter(({ period }) => period.startsWith('grant '))
    .flatMap((grant) => {
      const same = nameOf({ ...grant, period: `federal-fiscal ${Number(grant.period.slice(6)) + 1}` });
      const federal = figures.find((each) => nameOf(each) === same);
      const apart = federal && minus(grant.span, federal.span);
      return apart && (tells(apart) || tells({ from: -apart.to, to: -apart.from })) ? [same] : [];
    });

describe('an evaluator who attacks the figures learns of no fewer than six children', () => {
  test('and is answered the figures of ended years alone, whatever they ask', () => {
    const answered = [...full.texts.keys()].filter((address) => !/ yearly\?year=20(?:25|26)$/.test(address));
    expect(answered).toEqual(['/numbers']);
  });

  test('by `day` slid by one', async () => {
    const days = Array.from({ length: 30 }, (_, index) => `2026-01-${String(index + 1).padStart(2, '0')}`);
    const found = await reads(
      'evaluator',
      days.map((day) => `evaluation?day=${day}`),
    );
    expect([...found.texts.keys()].filter((address) => address.includes('day='))).toEqual([]);
    // No one can slide it, not even who can open the cases.
    const managed = await reads('hart-director', [`evaluation?day=${days[0]}`]);
    expect([...managed.texts.keys()].filter((address) => address.includes('day='))).toEqual([]);
  });

  test('by two watermarks around a new report', async () => {
    at(now);
    const [before, managed] = [await reads('evaluator'), await reads('hart-director', ['what-happened', 'monday'])];
    const added = await desk.opened({ danger: 'no', gender: 'boy' });
    await keep(added);
    for (const later of ['2026-12-01T22:30:00.000Z', '2027-01-02T22:00:00.000Z', '2027-02-02T22:00:00.000Z']) {
      at(later);
      expect([later, changes(before, await reads('evaluator'))]).toEqual([later, []]);
    }
    at('2026-12-01T22:30:00.000Z');
    const after = await reads('hart-director', ['what-happened', 'monday']);
    expect(changes(managed, after)).not.toEqual([]);
    expect(before.texts.size).toBeGreaterThan(5);
  }, 120_000);

  test('by two watermarks around a seal, and around a merge', async () => {
    at('2026-12-02T15:00:00.000Z');
    const words = `what-happened?calendar=state-fiscal&year=${year}`;
    const [before, managed] = [await reads('evaluator'), await reads('hart-director', [words])];
    const [sealed = '', into = '', merged = ''] = children;
    const forPeople = [personOf('careline-supervisor').id, personOf('careline-supervisor/2').id];
    const seal = { because: 'colleague-involved', forPeople, reason: 'W.' };
    await desk.do(sealed, 'seal-referral', seal, 'careline-manager');
    await keep(sealed);
    const withdrawal = { because: 'duplicate', of: into, reason: 'The same child.' };
    await desk.do(merged, 'propose-withdrawal', withdrawal, 'careline-supervisor');
    await desk.do(merged, 'agree-withdrawal', {}, 'careline-supervisor/2');
    await keep(merged, into);
    for (const later of ['2026-12-02T15:30:00.000Z', '2027-01-03T15:00:00.000Z']) {
      at(later);
      expect([later, changes(before, await reads('evaluator'))]).toEqual([later, []]);
    }
    at('2026-12-02T15:30:00.000Z');
    expect(changes(managed, await reads('hart-director', [words]))).not.toEqual([]);
  }, 120_000);

  test('by two calendars a day apart', async () => {
    at(now);
    const { figures } = full;
    expect(calendarsApart(figures)).toEqual([]);
    expect(figures.filter(({ period }) => !period.startsWith('state-fiscal '))).toEqual([]);
    const one = { measure: 'children', by: '', part: '', key: 'count' };
    const apart = [
      { ...one, period: 'grant 2025', span: { from: 92, to: 92 } },
      { ...one, period: 'federal-fiscal 2026', span: { from: 91, to: 91 } },
    ];
    expect(calendarsApart(apart)).toHaveLength(1);
  }, 60_000);

  test('by "withheld" rows of CSV and JSON, which a manager has no more either', async () => {
    at(now);
    for (const role of ['evaluator', 'hart-director']) {
      const { texts } = await reads(role, ['yearly', ...addressesOf('state-fiscal', year)]);
      const rows = [...texts].filter(([address, text]) => /^(?:api|csv|json)/.test(address) && /withheld/i.test(text));
      expect([role, rows.map(([address]) => address)]).toEqual([role, []]);
    }
  }, 60_000);

  test('by the whole minus its parts (Equity)', async () => {
    at(now);
    const addresses = splitNames.flatMap((by) => [`equity?calendar=state-fiscal&year=${year}&by=${by}`]);
    expect(wholeMinusParts(full.figures)).toEqual([]);
    expect(wholeMinusParts((await reads('hart-director', addresses)).figures)).not.toEqual([]);
  }, 60_000);

  test('by "of 75" beside "of 81" (Indicators)', async () => {
    at(now);
    expect(besideEachOther(full.figures)).toEqual([]);
  }, 60_000);

  test('by quarters against the year', async () => {
    at(now);
    expect(quartersAgainstYear(full.figures)).toEqual([]);
    const managed = await reads('hart-director', [`trends?calendar=state-fiscal&year=${year}`]);
    expect(quartersAgainstYear(managed.figures)).not.toEqual([]);
  }, 60_000);

  test('by groups of one, and of all but one', async () => {
    at(now);
    const { figures } = full;
    expect(groupsOfOne(figures)).toEqual([]);
    expect(figures.length).toBeGreaterThan(20);
    const managed = await reads('hart-director', [`outcomes?calendar=state-fiscal&year=${year}`]);
    expect(groupsOfOne(managed.figures)).not.toEqual([]);
  }, 60_000);

  test('by unmet needs, by presence and by what was read before', async () => {
    at(now);
    expect([...full.texts.keys()].filter((address) => address.includes('unmet'))).toEqual([]);
    // Who plans services reads cells of six and more alone. A cell of one to five is not there.
    const cell = {
      kind: 'unmet',
      stage: 'open',
      missed: 0,
      open: 0,
      queue: 'unmet',
      seq: 1,
      subject: 'legal',
    } as const;
    const put = (child: number) =>
      desk.board.put({
        ...cell,
        id: `CR-CHILD-${child}#1`,
        referralId: `CR-CHILD-${child}`,
        due: '2026-11-03T12:00:00Z',
        unmet: { reason: 'no-capacity', by: 'provider', region: 2 },
      });
    const before = await reads('program-manager', []);
    for (let child = 1; child < few; child += 1) await put(child);
    expect(changes(before, await reads('program-manager', []))).toEqual([]);
    await put(few);
    const { figures } = await reads('program-manager', []);
    expect(figures.map(({ span }) => span)).toEqual([{ from: few, to: few }]);
  }, 60_000);

  test('by a case file (HTCDS) without names', async () => {
    at(now);
    const browser = await signedInAs(careline, 'evaluator');
    const file = { file: 'htcds', year: String(year) };
    expect((await browser.post('/numbers/returns/file', file)).status).toBe(403);
    const asked = await openApi(desk).ask('/reports/returns/file', { as: personOf('evaluator').id, body: file });
    expect(asked.status).toBe(403);
    expect(asked.text).not.toMatch(/CR-/);
    // A reader of the file may know the reference, the instant and the day of each report. None of them is in it.
    const text = htcdsText(withoutNames(exported(played).map(caseOf)), 'standard');
    const known = played.flatMap(({ id, receivedAt }) => [id, receivedAt, newYorkDate(receivedAt)]);
    expect(known.filter((each) => !each.endsWith('-01') && text.includes(each))).toEqual([]);
    expect(text.split('\r\n').length).toBeGreaterThan(100);
  });
});

/** What is so in the rows: computed from the children of the year as they were at its end. */
function truth(rows: readonly KeptRow[], period: Period) {
  const end = endOfYear(`${period.from}T12:00:00.000Z`);
  const then = rows.flatMap(({ atYearEnd, ...row }) =>
    Date.parse(row.asOf) <= Date.parse(end) ? [row] : (atYearEnd ?? []),
  );
  const cohort = cohortOf(then, period, end);
  return (id: string): readonly [count: number, of: number] => {
    const measure = measureNamed(id);
    if (measure?.kind !== 'share') throw new Error(`There is no share ${id}.`);
    const cases = measure.cases(cohort).filter(({ counts }) => counts !== undefined);
    const all = [...Map.groupBy(cases, ({ childId }) => childId).values()];
    return [all.filter((of) => of.every(({ counts }) => counts)).length, all.length];
  };
}

describe('the figures of a year', () => {
  const period = periodOf('state-fiscal', year);
  const figuresWith = (fewest: number) =>
    figuresIn(JSON.parse(JSON.stringify(yearlyFigures(played, year, { ...disclosure, fewest }))) as Json);

  test('hold the true number in each span, and each span is of six children or more on both sides', () => {
    const trueOf = truth(played, period);
    const { sections } = yearlyFigures(played, year);
    const lines = sections.flatMap(({ lines: each }) => each);
    expect(lines.length).toBeGreaterThan(10);
    for (const { measure, children: count, of } of lines) {
      const [trueCount, trueAll] = trueOf(measure);
      expect([measure, count.from <= trueCount && trueCount <= count.to]).toEqual([measure, true]);
      expect([measure, of.from <= trueAll && trueAll <= of.to]).toEqual([measure, true]);
      expect([measure, trueCount >= few && trueAll - trueCount >= few]).toEqual([measure, true]);
    }
  });

  test('would tell of children if fewer than one were too few: the attacks on the same rows then find them', () => {
    const exact = figuresWith(1);
    expect(groupsOfOne(exact)).not.toEqual([]);
    expect(besideEachOther(exact)).not.toEqual([]);
    expect(groupsOfOne(figuresWith(disclosure.fewest))).toEqual([]);
    expect(besideEachOther(figuresWith(disclosure.fewest))).toEqual([]);
    const trueOf = truth(played, period);
    for (const { measure, key, span } of exact.filter((each) => each.measure.startsWith('indicator-'))) {
      const [count, of] = trueOf(measure);
      expect([measure, span.from, span.to]).toEqual([measure, ...(key === 'count' ? [count, count] : [of, of])]);
    }
  });
});

describe('a read of figures by an evaluator', () => {
  test('is in the log of operations, whatever the form, and before it is answered', async () => {
    at('2026-12-03T15:00:00.000Z');
    const browser = await signedInAs(careline, 'evaluator');
    for (const path of ['', '/yearly', '/yearly/csv', '/yearly/json']) await browser.get(`/numbers${path}`);
    const api = openApi(desk);
    await api.ask('/reports/yearly', { as: personOf('evaluator').id });
    const { body } = await api.ask('/audit/log?kind=read', { as: personOf('auditor').id });
    const acts = listIn(body.acts).filter(({ referralId }) => String(referralId) === 'FIGURES-2026-12-03');
    expect(acts.map(({ by, read }) => [by, read])).toEqual(
      ['api', 'json', 'csv', 'page', 'page'].map((kind) => [
        personOf('evaluator').id,
        ['yearly-figures', String(year), kind],
      ]),
    );
  });

  test('is not answered where it cannot be recorded', async () => {
    const ledger = {
      ...desk.ledger,
      recordAccess: async () => {
        throw new Error('The record cannot be written.');
      },
    };
    const broken = openConsole(desk, { parts: { ledger, now: () => desk.now } });
    const { status, html } = await (await signedInAs(broken, 'evaluator')).get('/numbers/yearly/json');
    expect(status).toBeGreaterThanOrEqual(500);
    expect(html).not.toContain('child-seen');
  });
});
