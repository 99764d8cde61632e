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

/** These proceed side by side, and none waits for another. */
const sideBySide: ReadonlySet<StepTitle> = new Set(['Decision', 'Team', 'Services']);

/** The steps that this referral has. Of now are the first that is not done, and those that proceed beside it. */
export function progressOf(told: Told): readonly ProgressStep[] {
  const asked = steps.filter(([, , isAsked]) => isAsked?.(told) !== false);
  const isBegun = told.screenings.length > 0;
  const done = asked.map(([title, isDone]) => (title === 'Services' && !isBegun ? false : isDone(told)));
  const first = done.indexOf(false);
  const isBeside = (title: StepTitle) => sideBySide.has(asked[first]?.[0] ?? 'Closing') && sideBySide.has(title);
  return asked.map(([title], index) => ({
    title,
    status: done[index] ? 'done' : index === first || isBeside(title) ? 'now' : 'later',
  }));
}

/** The steps of now, or the last one where all are done. */
export function currentSteps(all: readonly ProgressStep[]): readonly StepTitle[] {
  const found = all.filter(({ status }) => status === 'now');
  return (found.length > 0 ? found : all.slice(-1)).map(({ title }) => title);
}
