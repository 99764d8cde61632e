/** How far a referral has come, as its head shows it. Decision, team and services proceed side by side. */
import type { ReferralView } from '../../../shared/application/read/view.ts';

type StepTitle = 'Report' | 'Screening' | 'Decision' | 'Team' | 'Services' | 'Closing';

export interface ProgressStep {
  readonly title: StepTitle;
  readonly status: 'done' | 'now' | 'later';
}

type Told = Pick<ReferralView, 'screenings' | 'decision' | 'meetings' | 'linkages' | 'seats' | 'stage'>;

/** Each step: its title, whether it is done, and whether this referral has it. */
const steps: readonly (readonly [
  title: StepTitle,
  isDone: (told: Told) => boolean,
  isAsked?: (told: Told) => boolean,
])[] = [
  ['Report', () => true],
  ['Screening', ({ screenings }) => screenings.length > 0],
  ['Decision', ({ decision }) => decision !== undefined],
  [
    'Team',
    ({ meetings }) => meetings.some(({ held }) => held !== 'below-quorum'),
    ({ screenings, seats, meetings }) => screenings.length === 0 || seats.length + meetings.length > 0,
  ],
  [
    'Services',
    ({ linkages }) => Object.values(linkages).every(({ status }) => status === 'started' || status === 'declined'),
    ({ screenings, linkages }) => screenings.length === 0 || Object.keys(linkages).length > 0,
  ],
  ['Closing', ({ stage }) => stage !== 'open'],
];

/** The steps that this referral has. The first that is not done is the one of now. */
export function progressOf(told: Told): readonly ProgressStep[] {
  const asked = steps.filter(([, , isAsked]) => isAsked?.(told) !== false);
  const isBegun = told.screenings.length > 0;
  const done = asked.map(([title, isDone]) => (title === 'Services' && !isBegun ? false : isDone(told)));
  const now = done.indexOf(false);
  return asked.map(([title], index) => ({
    title,
    status: done[index] ? 'done' : index === now ? 'now' : 'later',
  }));
}

/** The step of now, or the last one where all are done. */
export function currentStep(all: readonly ProgressStep[]): { readonly number: number; readonly title: StepTitle } {
  const found = all.findIndex(({ status }) => status === 'now');
  const index = found === -1 ? all.length - 1 : found;
  return { number: index + 1, title: all[index]?.title ?? 'Closing' };
}
