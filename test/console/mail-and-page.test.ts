/**
 * Fault 7: a mail and its page name the same due instant, in the same words and rounding. The test covers
 * every mail and every reader, at any point of any story. It reads every instant of a mail back from its text.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timeLeft } from '../../functions/console/app/page-words.ts';
import { composeAlert } from '../../shared/alerts/compose/compose.ts';
import { whenWords } from '../../shared/alerts/compose/wording.ts';
import { mayRead, seatsOf, type Visitor } from '../../shared/application/access/visitor.ts';
import { stepsThatWaitOn } from '../../shared/application/read/shown-next-steps.ts';
import { invitationOf, viewFor } from '../../shared/application/read/view.ts';
import type { Alert } from '../../shared/domain/alerts/alert-state.ts';
import { isObsolete, isSettledFor } from '../../shared/domain/alerts/alert-watch.ts';
import { boardRows } from '../../shared/domain/board/board-rows.ts';
import { teamLeaders } from '../../shared/domain/core/role-groups.ts';
import { type Language, languages, type Role } from '../../shared/domain/core/vocabulary.ts';
import { openDeadlineOf, openDeadlines } from '../../shared/domain/deadlines/open-deadlines.ts';
import { formatInstant } from '../../shared/domain/policy/due.ts';
import { isRole, ruleIn } from '../../shared/domain/policy/policy.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import { providerAsked } from '../../shared/domain/services/provider-asked.ts';
import { dutyWords } from '../../shared/domain/words/duty-words.ts';
import { examplesOf, isLong } from '../support/examples.ts';
import { acts, happen, reports } from '../support/random-story.ts';
import { referral, type Story } from '../support/referral-builder.ts';
import { offer, sceneOf } from '../support/scenes.ts';

const visitorAs = (role: Role, id: string, state: Referral): Visitor => ({
  id,
  name: '',
  title: '',
  roles: [role],
  scopes: [{ role, scope: teamLeaders.includes(role) ? `team-${state.team.id}` : 'state' }],
});

interface Reader {
  readonly addressedAs: string;
  readonly visitor: Visitor;
}

/**
 * Every recipient of an alert, by its recipient groups. Of providers only the one of the deadline's own service gets
 * it.
 */
function readersOf({ to, people, deadlineId }: Alert, state: Referral): readonly Reader[] {
  const seats = (discipline?: string) =>
    state.team.seats
      .filter((seat) => discipline === undefined || seat.discipline === discipline)
      .map((seat) => ({
        addressedAs: `seat:${seat.discipline}`,
        visitor: visitorAs('mdt-member', seat.personId, state),
      }));
  const byName = people.map((id) => {
    const role = id.endsWith('.CONTACT') ? 'provider' : 'mdt-member';
    return { addressedAs: `person:${id}`, visitor: visitorAs(role, id, state) };
  });
  const byWord = to.flatMap((word): readonly Reader[] => {
    if (word === 'seats') return seats();
    if (word.startsWith('seat:')) return seats(word.slice(5));
    if (word === 'provider') {
      const contact = providerAsked(state, state.deadlines[deadlineId ?? '']?.subject);
      return contact === undefined ? [] : [{ addressedAs: word, visitor: visitorAs('provider', contact, state) }];
    }
    return isRole(word) ? [{ addressedAs: word, visitor: visitorAs(word, `P-${word.toUpperCase()}`, state) }] : [];
  });
  return [...byWord, ...byName];
}

const patterns: Readonly<Record<Language, { readonly due: RegExp; readonly answer: RegExp }>> = {
  en: {
    due: /^(?:- )?(?:New referral[:.] )?(?<late>OVERDUE: |ESCALATED: )?(?<task>.+?) (?:by|\(was due) (?<when>\w{3}, \w{3} \d.*? [AP]M(?: E[SD]T)?)\)?(?:, \d+ times)?$/gm,
    answer: /^Accept or decline (?:your team|the .+) seat by (.+)$/m,
  },
  es: {
    due: /^(?:- )?(?:Caso nuevo[:.] )?(?<late>VENCIDO: |ELEVADO: )?(?<task>.+?) (?:antes del|\(venció el) (?<when>[a-zéá]+ \d+ de .*? [ap]\. m\.(?: E[SD]T)?)\)?(?:, \d+ veces)?$/gm,
    answer: /^Acepte o rechace (?:su puesto en el equipo|el puesto de .+) antes del (.+)$/m,
  },
};

/** The rules whose duty a mail calls by this task. */
const rulesOf = (task: string, policy: Story['policy'], language: Language): readonly string[] =>
  policy.deadlines
    .filter((rule) => dutyWords(rule).task[language].toLowerCase() === task.toLowerCase())
    .map(({ id }) => id);

/** How many instants of mails were compared with a page. */
interface Count {
  dues: number;
  answers: number;
}

/**
 * The alerts without the calls in the middle of a series that differ only in number and instant. No mail names these.
 */
function tellingAlerts(state: Referral): readonly Alert[] {
  const alike = Map.groupBy(Object.values(state.alerts), ({ id: _, requestedAt: __, ...rest }) => JSON.stringify(rest));
  return [...alike.values()].flatMap((row) =>
    [...new Set([row[0], row.at(-1)])].filter((alert) => alert !== undefined),
  );
}

/** The result of `read` for a reader, read once for each. */
function oncePerReader<Read>(read: (visitor: Visitor, deadlineId?: string) => Read): typeof read {
  const known = new Map<string, Read>();
  return (visitor, deadlineId = '') => {
    const key = `${visitor.roles} ${visitor.id} ${deadlineId}`;
    const found = known.get(key) ?? read(visitor, deadlineId || undefined);
    known.set(key, found);
    return found;
  };
}

function compare({ state, policy, now }: Pick<Story, 'state' | 'policy' | 'now'>, count: Count): void {
  const rows = boardRows(state, policy);
  const viewOf = oncePerReader((visitor) => viewFor(state, policy, visitor, []));
  const nextStepsBy = oncePerReader((visitor, deadlineId) =>
    stepsThatWaitOn(state, policy, visitor, deadlineId === undefined ? [] : [deadlineId]),
  );
  for (const alert of tellingAlerts(state)) {
    if (isObsolete(alert, state)) continue;
    for (const { addressedAs, visitor } of readersOf(alert, state)) {
      if (isSettledFor(addressedAs, alert, state) || !mayRead(state, visitor)) continue;
      const view = viewOf(visitor);
      const asked = nextStepsBy(visitor, alert.deadlineId);
      for (const language of languages) {
        const { text } = composeAlert({
          alert,
          state,
          policy,
          now,
          recipient: { personId: visitor.id, addressedAs, also: [], language },
          consoleUrl: 'https://careline.example',
          sender: 'careline@dcf.example',
          to: 'reader@dcf.example',
        });
        const said = `${alert.id} ${alert.kind} to ${addressedAs}: ${text}`;
        const { due, answer } = patterns[language];
        for (const { groups } of text.matchAll(due)) {
          const { late, task = '', when } = groups ?? {};
          const rules = rulesOf(task, policy, language);
          if (rules.length === 0) continue;
          count.dues += 1;
          const open = Object.values(state.deadlines).filter(({ rule }) => rules.includes(rule));
          // After its due time the exam is of use until the hard stop, which a call names.
          const stops = open.some(
            ({ hardStop }) => hardStop !== undefined && whenWords(hardStop, language, now) === when,
          );
          if (stops && late === undefined) continue;
          if ('deadlines' in view) {
            const shown = view.deadlines.filter(
              (each) => rules.includes(each.rule) && whenWords(each.due, language, now) === when,
            );
            expect(shown.length, said).toBeGreaterThan(0);
            for (const each of shown)
              expect(timeLeft(each.due, now).startsWith('overdue'), said).toBe(late !== undefined);
            for (const each of shown) expect(each.why, said).toContain(formatInstant(each.due));
          }
          const own = asked.filter((each) => rules.includes(each.rule ?? '') && each.status !== 'to-explain');
          if (own.length > 0)
            expect(
              own.map((each) => whenWords(each.due ?? '', language, now)),
              said,
            ).toContain(when);
        }
        const [, by] = answer.exec(text) ?? [];
        if (by === undefined) continue;
        count.answers += 1;
        const seats = asked.filter(({ title }) => title.startsWith('Accept or decline your seat'));
        for (const each of seats) expect(whenWords(each.due ?? '', language, now), said).toBe(by);
        expect(whenWords(invitationOf(state, policy, visitor).answerBy ?? '', language, now), said).toBe(by);
        const mine = seatsOf(state, visitor).map(({ discipline }) => discipline);
        for (const row of rows.filter(({ kind, subject = '' }) => kind === 'seat' && mine.includes(subject as never)))
          expect(whenWords(row.due, language, now), said).toBe(by);
      }
    }
  }
  // A list says the same of a deadline as its referral.
  for (const { deadlineId, due, nextDue, rule } of rows) {
    if (deadlineId === undefined) continue;
    expect([rule, nextDue ?? due]).toEqual([state.deadlines[deadlineId]?.rule, state.deadlines[deadlineId]?.due]);
  }
  // A provider gets one instant for one service. Its deadline waits on the provider, or asks staff for the start.
  for (const { contactId, service } of Object.values(state.services.linkages)) {
    if (contactId === undefined) continue;
    const visitor = visitorAs('provider', contactId, state);
    if (!mayRead(state, visitor)) continue;
    const asked = stepsThatWaitOn(state, policy, visitor);
    const dues = asked.filter(({ deadlineId }) => deadlineId !== undefined).map(({ due }) => due);
    const starts = openDeadlines(state)
      .filter(({ rule }) => ruleIn(policy, rule).keptBy.some((milestone) => milestone === `started-${service}`))
      .map(({ due }) => due);
    for (const { deadlineId, due } of asked)
      if (deadlineId === undefined && due !== undefined) expect([...dues, ...starts], service).toContain(due);
  }
}

/** How far the clock goes each time. The suite skips some; `npm run test:long` skips none. */
const waits = isLong ? ['PT20M', 'PT2H', 'PT10H', 'P1D', 'P3D', 'P10D'] : ['PT2H', 'P3D'];

describe('a mail and its page name the same due instant', () => {
  test('in every life of a referral', { timeout: 300_000 }, () => {
    const count = { dues: 0, answers: 0 };
    fc.assert(
      fc.property(reports, acts, (told, life) => {
        const story = referral(told).run();
        for (const act of life) happen(story, act);
        compare(story, count);
      }),
      { numRuns: examplesOf(10), endOnFailure: true },
    );
    expect(count.dues).toBeGreaterThan(500);
  });

  test.each(['D1', 'D6', 'D12a', 'D15', 'D17', 'D19b', 'D22b', 'D23', 'D31', 'D35a', 'D35b', 'D37a', 'D37i'])(
    'at the opening of %s, at each of its checkpoints and long after them',
    (rule) => {
      const count = { dues: 0, answers: 0 };
      const story = sceneOf(rule);
      compare(story, count);
      for (const wait of waits) compare(story.after(wait), count);
      expect(count.dues).toBeGreaterThan(0);
    },
  );

  test('at the very instant at which it is due', () => {
    const story = sceneOf('D12a');
    const { due } = story.deadline('D12a');
    compare(story.at(due), { dues: 0, answers: 0 });
    expect(timeLeft(due, due)).toBe('overdue by less than a minute');
  });

  test('for a seat whose team changed: the meeting that is owed', () => {
    const count = { dues: 0, answers: 0 };
    const story = referral().run().screen('high-risk').tellTeam().after('PT2H');
    story.do('confirm-routing', { office: 'MANCHESTER', team: 'MDT-MANCHESTER' });
    compare(story, count);
    expect(count.answers).toBeGreaterThan(0);
  });

  test('for a service with another clock for staff: the provider’s own', () => {
    const story = offer(
      referral({ danger: 'no' }).run().do('classify-report', { track: 'investigation' }),
      'medical-nonacute',
    );
    const provider = visitorAs('provider', 'PV-1.CONTACT', story.state);
    const nextSteps = stepsThatWaitOn(story.state, story.policy, provider).find(({ rule }) => rule === 'D35b');
    expect(nextSteps?.due).toBe(openDeadlineOf(story.state, 'D35b', 'medical-nonacute')?.due);
    compare(story, { dues: 0, answers: 0 });
  });
});
