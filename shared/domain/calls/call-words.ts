/** What a duty that calls now asks, and what to say on the telephone. Neither tells anything about the child. */
import { dayTime } from '../core/local-time.ts';
import type { DeadlineRule, Milestone } from '../policy/policy.ts';
import { wordsInside } from '../words/code-words.ts';
import { dutyTitle } from '../words/duty-words.ts';
import { inside } from '../words/words.ts';
import type { DutyAbout } from './duty-about.ts';

interface CallWords {
  /** What the duty asks, as a heading. */
  readonly title: string;
  /** What the called person does, in one clause that ends before "by 6:12 PM". */
  readonly ask: string;
}

/**
 * What to ask, by the milestone that keeps the duty, the most urgent first. Acts that protect the child come before those
 * that find the child. Acts that let others act come last.
 */
const asks: readonly (readonly [Milestone, string])[] = [
  ['response-started', 'Please start the response: go to the child'],
  ['police-notified-missing', 'Please enter a missing-person record (NCIC)'],
  ['ncmec-notified', 'Please open a missing-child case'],
  ['report-classified', 'Please accept or decline the report'],
  ['child-seen', 'Please meet the child face to face, and record it'],
  ['safety-plan-recorded', 'Please put a safe placement or safety plan in place'],
  ['offered-medical-acute-forensic', 'Please arrange the forensic medical exam'],
  ['started-medical-acute-forensic', 'Please get the forensic medical exam started'],
  ['hold-petition-filed', 'Please file for custody or end the hold'],
  ['lowering-answered', 'Please answer the proposal that waits for a second person'],
  ['police-notified-local', 'Please take the notice of a report'],
  ['police-notified-state', 'Please take the notice of a report'],
  ['police-notified-identified', 'Please take the report of an identified victim'],
];

/** The report of a missing child is owed even after the return. It then asks for something else. */
const asksAfterReturn: readonly (readonly [Milestone, string])[] = [
  ['police-notified-missing', 'Please record that a child was missing and has returned (NCIC)'],
  ['ncmec-notified', 'Please record that a child was missing and has returned'],
];

/** Whether the duty tells of an absence, so that its title says when the child is back. */
const isAboutAbsence = ({ keptBy }: Pick<DeadlineRule, 'keptBy'>): boolean =>
  asksAfterReturn.some(([milestone]) => keptBy.includes(milestone));

/** What the duty asks in this case, with what tells it apart from others of its rule. */
export function titleOfDuty(
  rule: Pick<DeadlineRule, 'keptBy'>,
  { subject, absentSince, afterReturn, missing }: DutyAbout,
): string {
  const parts = [
    ...(subject === undefined ? [] : [wordsInside(subject)]),
    ...(afterReturn ? ['after the return'] : []),
    ...(absentSince === undefined ? [] : [`missing since ${dayTime(absentSince)}`]),
    ...(missing === false && isAboutAbsence(rule) ? ['child is back'] : []),
  ];
  return `${dutyTitle(rule)}${parts.length > 0 ? ` (${parts.join('; ')})` : ''}`;
}

/** The words of a call about a duty. */
export const callWordsOf = (
  rule: Pick<DeadlineRule, 'keptBy'>,
  about: DutyAbout & { readonly missing: boolean },
): CallWords => {
  const { missing } = about;
  const title = titleOfDuty(rule, about);
  const [, ask = `Please see to this: ${inside(title)}`] =
    [...(missing ? [] : asksAfterReturn), ...asks].find(([milestone]) => rule.keptBy.includes(milestone)) ?? [];
  return { title, ask };
};

/** 0 for the most urgent kind of duty. */
export function urgencyOf({ keptBy }: Pick<DeadlineRule, 'keptBy'>): number {
  const place = asks.findIndex(([milestone]) => keptBy.includes(milestone));
  return place === -1 ? asks.length : place;
}
