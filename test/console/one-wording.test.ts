/** One duty has one wording: in lists, calls, next steps, all pages of a referral, and mail. */
import { describe, expect, test } from 'vitest';
import { wordingOf } from '../../functions/console/app/spoken.ts';
import { stepsThatWaitOn } from '../../shared/application/read/next-steps.ts';
import { callWordsOf, titleOfDuty } from '../../shared/domain/calls/call-words.ts';
import { languages, roles } from '../../shared/domain/core/vocabulary.ts';
import { openDeadlines } from '../../shared/domain/deadlines/open-deadlines.ts';
import { dutyTitle, dutyWords } from '../../shared/domain/words/duty-words.ts';
import { connecticut20261 as policy } from '../../shared/policy/connecticut-2026-1.ts';
import { visitor } from '../support/desk.ts';
import { wordsOf } from '../support/plain-language.ts';
import { sceneOf } from '../support/scenes.ts';

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

describe.each(policy.deadlines.map((rule) => [rule.id, rule] as const))('the duty of %s', (id, rule) => {
  test.each(languages)('has the same words on pages and in mail, in %s', (language) => {
    const title = dutyTitle(rule, language);
    expect(wordingOf(language).duty(policy, { rule: id, obligation: rule.obligation })).toBe(title);
    // A mailbox does not learn of a tribe, a facility or a school.
    if (rule.mailedAs === undefined) expect(capital(dutyWords(rule).task[language])).toBe(title);
    else expect(capital(dutyWords(rule).task[language])).not.toBe(title);
    expect(title).toMatch(/^\p{Lu}/u);
    expect(wordsOf(title).length).toBeLessThanOrEqual(13);
  });

  test('has the same words in lists, calls and next steps', () => {
    const title = dutyTitle(rule);
    expect([titleOfDuty(rule, true), titleOfDuty(rule, undefined), callWordsOf(rule, true).title]).toEqual([
      title,
      title,
      title,
    ]);
    const { state, now } = sceneOf(id);
    const open = openDeadlines(state).filter((deadline) => deadline.rule === id);
    expect(open.length).toBeGreaterThan(0);
    const steps = roles.flatMap((role) => stepsThatWaitOn(state, policy, { ...visitor(role), at: now }));
    for (const step of steps.filter(({ deadlineId }) => open.some((deadline) => deadline.id === deadlineId)))
      expect(step.title.startsWith(title)).toBe(true);
  });
});

test('a duty about an absence says that the child is back, and only to a reader who may know it', () => {
  const about = policy.deadlines.filter((rule) => titleOfDuty(rule, false) !== titleOfDuty(rule, true));
  expect(about.map(({ id }) => id)).toEqual(['D12a', 'D12b']);
  for (const rule of about) {
    expect(titleOfDuty(rule, false)).toBe(`${dutyTitle(rule)} (child is back)`);
    expect(titleOfDuty(rule, undefined)).toBe(dutyTitle(rule));
  }
});
