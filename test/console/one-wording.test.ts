/** One duty has one wording: in lists, calls, next steps, all pages of a referral, and mail. */
import { describe, expect, test } from 'vitest';
import { dutyTitleIn } from '../../functions/console/app/page-words.ts';
import { stepsThatWaitOn } from '../../shared/application/read/shown-next-steps.ts';
import type { BoardRow } from '../../shared/domain/board/board-row.ts';
import { boardRows } from '../../shared/domain/board/board-rows.ts';
import { callWordsOf, titleOfDuty } from '../../shared/domain/calls/call-words.ts';
import { languages, roles } from '../../shared/domain/core/vocabulary.ts';
import { openDeadlines } from '../../shared/domain/deadlines/open-deadlines.ts';
import { ruleIn } from '../../shared/domain/policy/policy.ts';
import { dutyTitle, dutyWords } from '../../shared/domain/words/duty-words.ts';
import { connecticut20261 as policy } from '../../shared/policy/connecticut-2026-1.ts';
import { visitor } from '../support/desk.ts';
import { wordsOf } from '../support/plain-language.ts';
import { referral, type Story } from '../support/referral-builder.ts';
import { sceneOf } from '../support/scenes.ts';

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

describe.each(policy.deadlines.map((rule) => [rule.id, rule] as const))('the duty of %s', (id, rule) => {
  test.each(languages)('has the same words on pages and in mail, in %s', (language) => {
    const title = dutyTitle(rule, language);
    if (language === 'en') expect(dutyTitleIn(policy, { rule: id, obligation: rule.obligation })).toBe(title);
    // A mailbox does not learn of a tribe, a facility or a school.
    if (rule.mailedAs === undefined) expect(capital(dutyWords(rule).task[language])).toBe(title);
    else expect(capital(dutyWords(rule).task[language])).not.toBe(title);
    expect(title).toMatch(/^\p{Lu}/u);
    expect(wordsOf(title).length).toBeLessThanOrEqual(13);
  });

  test('has the same words in lists, calls and next steps', () => {
    const title = dutyTitle(rule);
    expect([
      titleOfDuty(rule, { missing: true }),
      titleOfDuty(rule, {}),
      callWordsOf(rule, { missing: true }).title,
    ]).toEqual([title, title, title]);
    const { state, now } = sceneOf(id);
    const open = openDeadlines(state).filter((deadline) => deadline.rule === id);
    expect(open.length).toBeGreaterThan(0);
    const steps = roles.flatMap((role) => stepsThatWaitOn(state, policy, { ...visitor(role), at: now }));
    for (const step of steps.filter(({ deadlineId }) => open.some((deadline) => deadline.id === deadlineId)))
      expect(step.title.startsWith(title)).toBe(true);
  });
});

test('a duty about an absence says that the child is back, and only to a reader who may know it', () => {
  const about = policy.deadlines.filter((rule) => titleOfDuty(rule, { missing: false }) !== titleOfDuty(rule, {}));
  expect(about.map(({ id }) => id)).toEqual(['D12a', 'D12b']);
  for (const rule of about) {
    expect(titleOfDuty(rule, { missing: false })).toBe(`${dutyTitle(rule)} (child is back)`);
    expect(titleOfDuty(rule, {})).toBe(dutyTitle(rule));
  }
});

test('duties of one rule have names of their own, in the steps, on the call card and in the rows of the lists', () => {
  const gone = referral({ missingNow: 'yes' })
    .run()
    .after('PT1H')
    .do('record-return')
    .after('PT1H')
    .do('report-missing');
  const services = referral().run().screen('confirmed');
  const screened = referral({ missingNow: 'yes' }).run().after('PT1H').do('record-return');
  const told = [gone, services, screened].flatMap(({ state, now }) =>
    roles.map((role) => {
      const steps = stepsThatWaitOn(state, policy, { ...visitor(role), at: now });
      return steps.filter(({ deadlineId }) => deadlineId !== undefined).map(({ title }) => title);
    }),
  );
  for (const titles of told) expect(new Set(titles).size).toBe(titles.length);
  const all = told.flat();
  expect(
    all.filter((title) => title.startsWith('Report the missing child to NCMEC (missing since Mon, Nov 9, ')),
  ).not.toEqual([]);
  expect(all).toContain('Refer the child to the service (legal)');
  expect(all).toContain('Screen the child');
  expect(all).toContain('Screen the child (after the return)');

  const inLists = (story: Story) =>
    boardRows(story.state, policy).filter(({ kind, owner }) => kind === 'deadline' && owner?.includes('@'));
  const titleOfRow = ({ rule = '', about, subject }: BoardRow) =>
    titleOfDuty(ruleIn(policy, rule), { ...about, ...(subject !== undefined && { subject }) });
  for (const story of [gone, screened]) {
    const rows = Object.values(Object.groupBy(inLists(story), ({ owner = '' }) => owner)).map((own = []) =>
      own.map(titleOfRow),
    );
    for (const titles of rows) expect(new Set(titles).size).toBe(titles.length);
  }
  expect(inLists(gone).map(titleOfRow).join()).toContain('(missing since Mon, Nov 9, ');
  // Lists of people who do not refer to it tell no service that is part 2.
  const named = boardRows(services.state, policy).flatMap(({ about, nextAbout }) => [
    about?.subject,
    nextAbout?.subject,
  ]);
  expect(named).not.toContain('substance-use');
});
