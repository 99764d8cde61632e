/**
 * Every deadline of the table missed once, all on one stage. The instants stand here as a person would work them out
 * from the table, in New York time. They use the law's and the policy's own units.
 */

import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Audit } from '../../shared/application/read/audit.ts';
import { isAbout } from '../../shared/domain/alerts/alert-duties.ts';
import { whereKnown } from '../../shared/domain/core/where-known.ts';
import { ruleIn } from '../../shared/domain/policy/policy.ts';
import { dutyWords } from '../../shared/domain/words/duty-words.ts';
import { connecticut20261 } from '../../shared/policy/connecticut-2026-1.ts';
import { eventsIn } from '../support/stage.ts';
import { type StoryStage, stageInProcess } from '../support/stage-in-process.ts';
import {
  type Act,
  addressOf,
  deadlineOf,
  firstMorning,
  idOf,
  keep,
  keeping,
  meeting,
  play,
  report,
  screening,
} from '../support/story.ts';

/** All begins on Tuesday, November 10, 9:00 in New York; Wednesday is Veterans' Day. */
const begin = Temporal.ZonedDateTime.from('2026-11-10T09:00-05:00[America/New_York]');

/** `12:00` after so many hours and minutes, `Mon 16 17:00` on that day of November, `Dec 6 13:00`. */
function instantOf(when: string): string {
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] =
    /^(?:(\d+)d )?(?:(\d+)h ?)?(?:(\d+)m ?)?(?:(\d+)s)?$/.exec(when) ?? [];
  if (/^\d+[dhms]/.test(when)) {
    const span = { hours: 24 * Number(days) + Number(hours), minutes: Number(minutes), seconds: Number(seconds) };
    return begin.toInstant().add(span).toString();
  }
  const [, month = '', day = '', time = ''] = /^(Nov|Dec) (\d+) (\d\d:\d\d(?::\d\d)?)$/.exec(when) ?? [];
  const date = `2026-${month === 'Nov' ? 11 : 12}-${day.padStart(2, '0')}`;
  return Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(begin.timeZoneId).toInstant().toString();
}

const seats = [
  'states-attorney',
  'dcf',
  'law-enforcement',
  'medical',
  'mental-health',
  'forensic-interviewer',
  'victim-advocate',
].map((discipline) => `seat:${discipline}`);

type Scene =
  | 'everything is open'
  | 'confirmed'
  | 'high-risk in danger'
  | 'at-risk'
  | 'insufficient-info'
  | 'not-indicated'
  | 'same child twice'
  | 'ready to close'
  | 'a seat that no mail reaches';

interface Missed {
  readonly rule: string;
  readonly scene: Scene;
  readonly remind: string;
  readonly warn: string;
  readonly due: string;
  /** Absent where a person acts before that. */
  readonly escalate?: string;
  readonly owners: readonly string[];
  readonly above: readonly string[];
  /** The next level is written to with the due checkpoint already. */
  readonly aboveAtDue?: true;
}

const row = (
  rule: string,
  scene: Scene,
  [remind, warn, due, escalate]: readonly [string, string, string, string?],
  owners: readonly string[],
  above: readonly string[],
  aboveAtDue?: 'from due',
): Missed => ({
  rule,
  scene,
  remind,
  warn,
  due,
  owners,
  above,
  ...whereKnown({ escalate }),
  ...(aboveAtDue && { aboveAtDue: true }),
});

/** The duties of class now, and when each calls first. All others of the table call no one. */
const firstCalls: Readonly<Record<string, string>> = {
  'D1, everything is open': '0h',
  // Three quarters of twelve hours.
  'D3, everything is open': '9h',
  'D4, everything is open': '9h',
  'D6, everything is open': '0h',
  'D12a, everything is open': '0h',
  'D12b, everything is open': '0h',
  // Two hours before it is due.
  'D17, everything is open': '2h',
  // No one has ruled out danger. Three quarters of its time.
  'D21, everything is open': 'Nov 10 20:14:59',
};

/** Duties of one task are in one mail, whose subject names the first. */
const namedFirst: Readonly<Record<string, string>> = { D4: 'D3' };

/** Of the duties that are not of class now, the misses of these alone do not wait for the morning. They are law. */
const ofLaw = ['D2', 'D7'];

/** The duties whose reminders and misses are in one mail a person a day, at eight in the morning. */
const routine = ['D19a', 'D19b', 'D22a', 'D22b', 'D33'];

/**
 * When the mail of a checkpoint goes out. Between eight in the evening and eight in the morning, the mail waits for the
 * morning. A reminder whose duty is due by then does not. What is routine waits for the morning at any hour, but for a reminder whose duty is due before.
 */
function mailedAt(instant: string, rule: string, due: string): string {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(begin.timeZoneId);
  const date = local.toPlainDate().add({ days: local.hour >= 8 ? 1 : 0 });
  const morning = date.toZonedDateTime({ timeZone: begin.timeZoneId, plainTime: '08:00' }).toInstant();
  const isReminder = Temporal.Instant.compare(instant, due) < 0;
  const waits = routine.includes(rule) && (!isReminder || Temporal.Instant.compare(due, morning) > 0);
  if (local.hour >= 8 && local.hour < 20 && !waits) return instant;
  const isDueByThen = Temporal.Instant.compare(due, morning) <= 0;
  const cannotWait = isReminder ? isDueByThen : ofLaw.includes(rule);
  return cannotWait ? instant : morning.toString();
}

const worker = 'careline-worker';
const policeOwners = [worker, 'hart-liaison'];
const directors = ['area-director', 'hart-director'];

const table: readonly Missed[] = [
  row('D1', 'everything is open', ['15m', '22m 30s', '30m', '1h'], ['careline-supervisor'], ['careline-manager']),
  row('D2', 'everything is open', ['24h', '36h', '48h', '60h'], [worker], ['careline-supervisor'], 'from due'),
  row('D3', 'everything is open', ['6h', '9h', '12h', '15h'], policeOwners, directors, 'from due'),
  row('D4', 'everything is open', ['6h', '9h', '12h', '15h'], policeOwners, directors, 'from due'),
  row('D6', 'everything is open', ['1h', '1h 30m', '2h', '2h 30m'], ['area-oncall'], ['director-oncall'], 'from due'),
  row('D7', 'confirmed', ['12h', '18h', '24h', '30h'], ['careline-supervisor'], ['area-director'], 'from due'),
  row('D8', 'everything is open', ['2h', '3h', '4h', '5h'], ['hart-lead'], ['hart-director']),
  row('D9', 'everything is open', ['12h', '18h', '24h', '36h'], ['hart-liaison'], ['hart-lead']),
  row('D10', 'confirmed', ['12h', '18h', '24h', '30h'], ['area-supervisor', 'legal'], ['program-manager']),
  row('D10', 'high-risk in danger', ['2h', '3h', '4h', '5h'], ['area-supervisor', 'legal'], ['program-manager']),
  row('D10a', 'confirmed', ['12h', '18h', '24h', '30h'], ['caseworker', 'hart-liaison'], ['area-supervisor']),
  row(
    'D12a',
    'everything is open',
    ['30m', '45m', '1h', '1h 15m'],
    [worker, 'caseworker'],
    ['area-director'],
    'from due',
  ),
  row(
    'D12b',
    'everything is open',
    ['30m', '45m', '1h', '1h 15m'],
    [worker, 'caseworker'],
    ['area-director'],
    'from due',
  ),
  row('D15', 'confirmed', ['24h', '36h', '48h', '60h'], ['mdt-coordinator', ...seats], ['mdt-chair', 'hart-director']),
  // Five business days: Thu 12, Fri 13, Mon 16, Tue 17, Wed 18 at five in the afternoon. That is 200 hours. The team
  // meets at six.
  row(
    'D15',
    'high-risk in danger',
    ['100h', '150h', 'Nov 18 17:00'],
    ['mdt-coordinator', ...seats],
    ['mdt-chair', 'hart-director'],
  ),
  row('D17', 'everything is open', ['2h', '3h', '4h', '5h'], ['careline-supervisor'], ['area-supervisor']),
  row('D39', 'confirmed', ['12h', '18h', '24h', '30h'], ['caseworker', 'area-oncall'], ['area-director'], 'from due'),
  row('D19a', 'confirmed', ['12h', '18h', '24h', '30h'], ['hart-liaison'], ['hart-lead']),
  row(
    'D19b',
    'high-risk in danger',
    ['36h', '54h', '72h', '90h'],
    ['provider:victim-advocacy', 'hart-liaison'],
    ['hart-lead'],
  ),
  row('D21', 'confirmed', ['12h', '18h', '24h', '30h'], ['caseworker'], ['area-director']),
  // The end of the same day: 53,999 seconds, and fractions are dropped.
  row(
    'D21',
    'everything is open',
    ['Nov 10 16:29:59', 'Nov 10 20:14:59', 'Nov 10 23:59:59', 'Nov 11 03:44:58'],
    ['caseworker'],
    ['area-director'],
  ),
  // Three business days: Thu 12, Fri 13, Mon 16 at five, which is 152 hours.
  row('D22a', 'confirmed', ['76h', '114h', 'Nov 16 17:00', 'Nov 18 07:00'], ['caseworker'], ['area-supervisor']),
  row(
    'D22b',
    'high-risk in danger',
    ['Nov 17 09:00', 'Nov 20 21:00', 'Nov 24 09:00', 'Nov 27 21:00'],
    ['caseworker', 'provider:mental-health'],
    ['area-supervisor'],
  ),
  row('D28', 'insufficient-info', ['36h', '54h', '72h', '90h'], ['hart-liaison'], ['hart-lead']),
  row(
    'D28',
    'at-risk',
    ['Nov 25 09:00', 'Dec 2 21:00', 'Dec 10 09:00', 'Dec 17 21:00'],
    ['hart-liaison'],
    ['hart-lead'],
  ),
  row('D29', 'not-indicated', ['12h', '18h', '24h', '30h'], ['area-supervisor'], ['careline-manager']),
  row('D31', 'same child twice', ['15m', '22m 30s', '30m', '37m 30s'], [worker], ['careline-supervisor']),
  // Ten business days, the last Wed 25 at five, which is 368 hours.
  row('D33', 'ready to close', ['184h', '276h', 'Nov 25 17:00', 'Nov 29 13:00'], ['caseworker'], ['area-supervisor']),
];

/** What other acts open: each is missed in `test/domain/deadlines/missed-deadlines.test.ts`, by the same steps without runs. */
const inMemory = [
  'D5',
  'D10b',
  'D11',
  'D13',
  'D16',
  'D17b',
  'D18',
  'D20',
  'D23',
  'D24',
  'D24a',
  'D25',
  'D26',
  'D27',
  'D30',
  'D32',
  'D34',
  'D35a',
  'D35b',
  'D36a',
  'D36b',
  'D36c',
  'D45',
  'D37a',
  'D37b',
  'D37c',
  'D37d',
  'D37e',
  'D37f',
  'D37g',
  'D37h',
  'D37i',
  'D37j',
  'D38',
  'D38a',
  'D38b',
  'D38c',
  'D40',
  'D41a',
  'D41b',
  'D41c',
  'D41d',
  'D41e',
  'D42',
  'D42a',
  'D43',
  'D44',
];

let stage: StoryStage;
const ids = {} as Record<Scene, string>;

/**
 * By `of`, the recipients. They are the first on duty and the deputy, if any, once an alert about the same went
 * unanswered.
 */
const each = (words: readonly string[], deputies: boolean, of: (word: string, which: 1 | 2) => string) =>
  [...new Set(words)]
    .flatMap((word) => [of(word, 1), ...(deputies && !word.startsWith('provider:') ? [of(word, 2)] : [])])
    .toSorted();
const written = (words: readonly string[], deputies: boolean) =>
  each(words, deputies, (word, which) => addressOf(word, which === 1 ? '' : '2'));
/** The same by the ids of the directory, each with the instant of the mail. */
const deliveredTo = (words: readonly string[], deputies: boolean, at: string) =>
  each(words, deputies, idOf).map((personId) => `${personId} ${at}`);

/** Recipient groups of a call, and who of each: the person on shift, or the next on shift. */
type Call = readonly [words: readonly string[], turn: 'first' | 'next'];
const addressNamed = (word: string, which: 1 | 2) => addressOf(word, which === 1 ? '' : '2');
const ofTurn = (words: readonly string[], turn: Call[1], nameOf: (word: string, which: 1 | 2) => string) => {
  const first = each(words, false, nameOf);
  return turn === 'first' ? first : each(words, true, nameOf).filter((name) => !first.includes(name));
};
/** How far before its own time a call may come, in milliseconds, to be one with another of the child. */
const togetherWithin = 5 * 60_000;

/** The duties that open and are done at nine on Tuesday, and that no one acts on after that. */
async function setTheScenes(): Promise<void> {
  ids['everything is open'] = await report(
    stage,
    { danger: 'unknown', perpetrators: ['third-party'], missingNow: 'yes', lastAssaultAt: 'unknown' },
    { mandated: 'yes', anonymous: 'no' },
  );

  const begun = async (facts: object, rules: readonly string[], outcome: string) => {
    const id = await report(stage, facts);
    await keep(stage, id, ...rules);
    await play(stage, id, screening(outcome));
    return id;
  };
  ids.confirmed = await begun({}, ['D1', 'D3', 'D8'], 'confirmed');
  ids['high-risk in danger'] = await begun({ danger: 'yes' }, ['D1', 'D3', 'D6', 'D8', 'D21', 'D39'], 'high-risk');
  await keep(stage, ids['high-risk in danger'], 'D19a', 'D22a');
  ids['at-risk'] = await begun({}, firstMorning, 'at-risk');
  ids['insufficient-info'] = await begun({}, firstMorning, 'insufficient-info');
  ids['not-indicated'] = await begun({}, firstMorning, 'not-indicated');
  ids['ready to close'] = await begun({}, firstMorning, 'not-indicated');
  await keep(stage, ids['ready to close'], 'D29');

  const twice = { name: 'Ann Invented', birthDate: '2012-05-01' };
  const first = await report(stage, twice);
  await keep(stage, first, ...firstMorning, 'D9', 'D29', 'D33');
  ids['same child twice'] = await report(stage, twice);
  await keep(stage, ids['same child twice'], ...firstMorning, 'D9', 'D29');

  // Neither the member nor the deputy can be written to, so the notice to the team never completes.
  for (const which of [1, 2] as const)
    await stage.setEmail(idOf('seat:medical', which), `bounce.medical${which}@team.example`);
  ids['a seat that no mail reaches'] = await begun({}, firstMorning, 'high-risk');
  for (const which of ['', '2'] as const) {
    await stage.setEmail(idOf('seat:medical', which === '' ? 1 : 2), addressOf('seat:medical', which));
  }
  await play(
    stage,
    ids['a seat that no mail reaches'],
    {
      by: 'caseworker',
      command: 'decline-linkage',
      input: { service: 'victim-advocacy', reasonCode: 'child-declined' },
    },
    { by: 'caseworker', command: 'decline-linkage', input: { service: 'mental-health', reasonCode: 'child-declined' } },
    keeping.D10 as Act,
  );
}

/** Time passes until each deadline has been missed, escalated and repeated once. Only then a person keeps it. */
async function letTimePass(): Promise<void> {
  await stage.until(instantOf('Nov 18 18:00'));
  await play(stage, ids['high-risk in danger'], meeting());
  await stage.until(instantOf('Nov 21 09:00'));
  await keep(stage, ids['everything is open'], 'D1', 'D2', 'D3', 'D4', 'D6', 'D8', 'D12a', 'D12b', 'D17', 'D21', 'D9');
  await keep(stage, ids['everything is open'], 'D29');
  await play(
    stage,
    ids.confirmed,
    keeping.D7 as Act,
    keeping.D10 as Act,
    keeping.D21 as Act,
    keeping.D39 as Act,
    meeting(),
  );
  await keep(stage, ids.confirmed, 'D10a', 'D19a', 'D19b');
  await keep(stage, ids['high-risk in danger'], 'D10', 'D19b');
  await keep(stage, ids['insufficient-info'], 'D28', 'D29', 'D33');
  await keep(stage, ids['not-indicated'], 'D29', 'D33');
  await keep(stage, ids['same child twice'], 'D31', 'D33');
  await play(stage, ids['a seat that no mail reaches'], meeting());
  await stage.until(instantOf('Nov 28 09:00'));
  await keep(stage, ids.confirmed, 'D22a', 'D22b');
  await stage.until(instantOf('Dec 7 09:00'));
  await keep(stage, ids['high-risk in danger'], 'D22b');
  await keep(stage, ids['ready to close'], 'D33');
  await stage.until(instantOf('Dec 25 09:00'));
  await play(stage, ids['at-risk'], screening('at-risk'));
}

type Mail = ReturnType<StoryStage['mails']>[number];

const audits = {} as Record<Scene, Audit>;
/** The mails of all scenes by the instant at which SES took them. */
let mailsAt: ReadonlyMap<string, readonly Mail[]>;
beforeAll(async () => {
  stage = stageInProcess(begin.toInstant().toString());
  await setTheScenes();
  await letTimePass();
  for (const scene of Object.keys(ids) as Scene[]) audits[scene] = await stage.audit(ids[scene]);
  mailsAt = Map.groupBy(stage.mails(''), ({ at }) => second(at));
}, 300_000);
afterAll(() => stage.stop());

/** The mails of one instant with these words in their subjects. */
const mailsWith = (at: string, ...words: readonly string[]) =>
  (mailsAt.get(at) ?? []).filter(({ subject }) => words.every((each) => subject.includes(each)));

const seconds = new Map<string, string>();
/** Instants of whole seconds, whichever way they are written. */
function second(instant: string): string {
  const known = seconds.get(instant) ?? Temporal.Instant.from(instant).toString();
  seconds.set(instant, known);
  return known;
}

describe('a missed deadline', () => {
  it('is in this table for every rule that the report, the screening and the services of these stories open', () => {
    const played = connecticut20261.deadlines.map(({ id }) => id).filter((id) => !inMemory.includes(id));
    expect(new Set(table.map(({ rule }) => rule))).toEqual(new Set(played));
  });

  describe.each(table)('$rule, where the scene is: $scene', (missed) => {
    const { rule, scene, remind, warn, due, escalate, owners, above, aboveAtDue } = missed;
    const planned = [remind, warn, due, ...(escalate === undefined ? [] : [escalate])].map(instantOf);
    const repeated = planned.slice(3).map((instant) => Temporal.Instant.from(instant).add({ hours: 168 }).toString());
    const instants = [...planned, ...repeated];
    const all = [...owners, ...above];
    const firstCall = firstCalls[`${rule}, ${scene}`];
    const firstCallAt = firstCall === undefined ? undefined : instantOf(firstCall);
    const view = () =>
      deadlineOf({ deadlines: audits[scene].deadlines.filter((each) => each.rule === rule).slice(0, 1) }, rule);
    const raised = (isCall: boolean) =>
      audits[scene].commits.flatMap(({ at: committedAt, events }) =>
        events.flatMap((event) =>
          event.type === 'checkpoint-raised' && event.deadlineId === view().id && (event.kind === 'ring') === isCall
            ? [{ kind: event.kind, at: second(event.at), committedAt: second(committedAt) }]
            : [],
        ),
      );
    const alerts = (isCall: boolean) =>
      audits[scene].alerts.filter(
        (alert) => alert.kind === 'checkpoint' && isAbout(alert, view().id) && (alert.checkpoint === 'ring') === isCall,
      );
    const delivered = (alert?: ReturnType<typeof alerts>[number]) =>
      alert?.deliveries.map(({ personId, at }) => `${personId} ${second(at)}`).toSorted();

    it('reminds, warns, is due, escalates and repeats after a week, each to the second', () => {
      const kinds = ['remind', 'warn', 'due', 'escalate', 'escalate'];
      // Each was committed at its own instant, neither sooner nor later.
      expect(raised(false).slice(0, 5)).toEqual(
        instants.map((at, index) => ({ kind: kinds[index], at, committedAt: at })),
      );
    });

    it('is written down as missed once, at its due instant', () => {
      const events = eventsIn(audits[scene], 'deadline-missed').filter(({ deadlineId }) => deadlineId === view().id);
      expect(events.map(({ committedAt }) => second(committedAt))).toEqual([instants[2]]);
    });

    const toldUntil = firstCallAt ?? '9999-12-31T23:59:59Z';
    const told = instants
      .map((instant, index) => ({
        instant,
        mailed: firstCallAt === undefined ? mailedAt(instant, rule, planned[2] ?? '') : instant,
        words: index > 2 || (index === 2 && aboveAtDue) ? all : owners,
        deputies: index > 0,
      }))
      .filter(({ instant }) => Temporal.Instant.compare(instant, toldUntil) < 0);

    it('alerts its owners, then the deputies too, then the next level, and never lets the owners out, until it calls', () => {
      const found = alerts(false);
      expect(found.slice(0, 5).map(({ requestedAt }) => second(requestedAt))).toEqual(
        told.map(({ instant }) => instant),
      );
      expect(found.slice(0, 5).map(delivered)).toEqual(
        told.map(({ words, deputies, mailed }) => deliveredTo(words, deputies, mailed)),
      );
    });

    it('sends their mails at once by day, and in the morning what came at night', () => {
      for (const { instant, mailed, words, deputies } of told) {
        const addresses = (mails: readonly Mail[]) => mails.map(({ to }) => to).toSorted();
        const named = namedFirst[rule] ?? rule;
        // The mail of a seat may name the same duty by what a member does.
        const acts = [false, true].map((asMember) =>
          RegExp.escape(dutyWords(ruleIn(connecticut20261, named), { asMember }).act.en),
        );
        const about = mailsWith(instant, ids[scene]).filter(({ subject }) =>
          new RegExp(`^(?:\\w+: |Due soon: )?(?:${acts.join('|')}) `, 'i').test(subject),
        );
        expect(addresses(about)).toEqual(mailed === instant ? written(words, deputies) : []);
        // One mail in the morning may tell of several, and names the first.
        expect(addresses(mailsWith(mailed))).toEqual(expect.arrayContaining(written(words, deputies)));
      }
    });

    if (firstCallAt === undefined) {
      it('calls no one', () => {
        expect(raised(true)).toEqual([]);
        expect(alerts(true)).toEqual([]);
      });
    } else {
      const dueAt = instantOf(due);
      const line = [...owners, 'director-oncall', ...above];
      const rang = () => raised(true).map(({ at }) => at);
      const callAt = (when: string) => alerts(true).filter(({ requestedAt }) => second(requestedAt) === when);
      // In order from the first call. `after` is in order from the due instant.
      const before: readonly Call[] = [
        [owners, 'first'],
        [owners, 'next'],
        [['director-oncall', ...above], 'first'],
      ];
      const after: readonly Call[] = [
        [line, 'first'],
        // A role of the escalation was called with it.
        ...['careline-manager', 'program-manager'].flatMap((role): readonly Call[] =>
          above.includes(role) ? [] : [[[role], 'first']],
        ),
      ];

      it('calls its owners, then the next in turn, and begins with the director once it is due', () => {
        const early = Date.parse(firstCallAt) - Date.parse(rang()[0] ?? '');
        expect(early).toBeGreaterThanOrEqual(0);
        expect(early).toBeLessThanOrEqual(togetherWithin);
        const overdue = rang().filter((when) => Date.parse(when) >= Date.parse(dueAt));
        expect(overdue[0]).toBe(dueAt);
        const checked: readonly (readonly [readonly string[], readonly Call[]])[] = [
          [rang(), before],
          [overdue, after],
        ];
        for (const [times, calls] of checked) {
          for (const [index, [words, turn]] of calls.entries()) {
            const when = times[index] ?? '';
            expect(callAt(when)).toHaveLength(1);
            expect(delivered(callAt(when)[0])).toEqual(
              expect.arrayContaining(ofTurn(words, turn, idOf).map((id) => `${id} ${when}`)),
            );
            const called = mailsWith(when, ids[scene], 'URGENT').map(({ to }) => to);
            expect(called).toEqual(expect.arrayContaining(ofTurn(words, turn, addressNamed)));
          }
        }
      });

      it('goes on calling everyone in turn until it is done, at least once a day', () => {
        const times = rang().map((when) => Date.parse(when));
        expect(raised(true).filter(({ at, committedAt }) => at !== committedAt)).toEqual([]);
        expect(rang().filter((when) => callAt(when).length !== 1)).toEqual([]);
        const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
        expect(gaps.filter((gap) => gap < togetherWithin || gap > 24 * 3_600_000)).toEqual([]);
        expect(times.at(-1)).toBeGreaterThan(Date.parse(instants[4] ?? ''));
        const overdue = rang().filter((when) => Date.parse(when) >= Date.parse(dueAt));
        const called = new Set(
          overdue.flatMap((when) =>
            callAt(when).flatMap(({ deliveries }) => deliveries.map(({ personId }) => personId)),
          ),
        );
        for (const role of [...line, 'careline-manager', 'program-manager'])
          for (const turn of ['first', 'next'] as const)
            expect([...called]).toEqual(expect.arrayContaining(ofTurn([role], turn, idOf)));
      });
    }

    it('is kept late by the person who does it after all', () => {
      expect(view()).toMatchObject({ status: 'kept', late: true, missed: true });
    });
  });
});

describe('a missed deadline of law', () => {
  const statutory = [
    ['everything is open', 'D3'],
    ['everything is open', 'D4'],
    ['confirmed', 'D7'],
  ] as const;

  it('is never extended', async () => {
    const id = await report(stage);
    const { id: deadlineId } = deadlineOf(await stage.view(id), 'D3');
    const input = {
      deadlineId,
      due: new Date(Date.parse(stage.now()) + 86_400_000).toISOString(),
      reason: 'An invented reason.',
    };
    expect(await stage.tries(addressOf('area-director'), id, 'extend-deadline', input)).toMatchObject({
      status: 409,
      body: { code: 'statutory' },
    });
  });

  it('owes none where it is policy: a child missing in no care of the department, and third parties alone alleged', () => {
    for (const rule of ['D12a', 'D12b', 'D1', 'D6']) {
      expect(deadlineOf(audits['everything is open'], rule)).toMatchObject({ late: true, owesExplanation: false });
    }
  });

  it('of the reporter alone owes no explanation', () => {
    expect(deadlineOf(audits['everything is open'], 'D2')).toMatchObject({ late: true, owesExplanation: false });
  });

  it.each(statutory)('owes a reason and the signature of a second person: %s, %s', async (scene, rule) => {
    const id = ids[scene];
    const deadline = () => stage.view(id).then((view) => deadlineOf(view, rule));
    const { id: deadlineId, owesExplanation } = await deadline();
    expect(owesExplanation).toBe(true);
    expect((await stage.view(id)).inTheWayOfClosing).toContainEqual(
      expect.stringMatching(
        new RegExp(`^Not kept in time, needs a reason and a countersignature: .* \\(rule ${rule}\\)\\.$`),
      ),
    );

    const explanation = { deadlineId, reasonCode: 'staffing', willBeKept: true };
    await stage.does(addressOf('area-supervisor'), id, 'explain-miss', explanation);
    expect((await deadline()).owesExplanation).toBe(true);
    expect(await stage.tries(addressOf('area-supervisor'), id, 'countersign-miss', { deadlineId })).toMatchObject({
      status: 409,
      body: { code: 'second-person' },
    });
    await stage.does(addressOf('area-director'), id, 'countersign-miss', { deadlineId });
    expect(await deadline()).toMatchObject({ owesExplanation: false, countersignedBy: idOf('area-director') });
  });
});

describe('after everything was missed', () => {
  it('every chain is intact and nothing was given up', () => {
    for (const audit of Object.values(audits)) {
      expect(audit).toMatchObject({ chain: { intact: true }, alertChainsIntact: true });
    }
    expect(stage.givenUp()).toBe(0);
    expect(stage.faults).toEqual([]);
  });
});
