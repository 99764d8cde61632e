/** The name of a duty that calls now, and what to say on the telephone. Neither tells anything about the child. */
import type { DeadlineRule, Milestone } from '../policy/policy.ts';

interface CallWords {
  /** The name of the duty, as a heading. */
  readonly title: string;
  /** What the called person does, in one clause that ends before "by 6:12 PM". */
  readonly ask: string;
}

/**
 * By the milestone that keeps the duty, the most urgent first. Acts that protect the child come before those that find
 * the child. Acts that let others act come last.
 */
const wordsFor: readonly (readonly [Milestone, CallWords])[] = [
  ['response-started', { title: 'Commence: go to the child', ask: 'Please commence: go to the child' }],
  [
    'police-notified-missing',
    { title: 'Report the missing child to police', ask: 'Please enter a missing-person record (NCIC)' },
  ],
  ['ncmec-notified', { title: 'Report the missing child to NCMEC', ask: 'Please open a missing-child case' }],
  [
    'report-classified',
    { title: 'Accept or not; set response time', ask: 'Please accept or decline the report and set the response time' },
  ],
  ['child-seen', { title: 'See the child, and record it', ask: 'Please see the child, and record it' }],
  [
    'safety-plan-recorded',
    {
      title: 'Put a safe placement or safety plan in place',
      ask: 'Please put a safe placement or safety plan in place',
    },
  ],
  [
    'offered-medical-acute-forensic',
    { title: 'Arrange the forensic medical exam', ask: 'Please arrange the forensic medical exam' },
  ],
  [
    'started-medical-acute-forensic',
    { title: 'Start the forensic medical exam', ask: 'Please get the forensic medical exam started' },
  ],
  [
    'hold-petition-filed',
    { title: '96-hour hold: file for custody or release', ask: 'Please file for custody or end the hold' },
  ],
  [
    'lowering-answered',
    {
      title: 'Second person: agree to lower danger, or say no',
      ask: 'Please answer the proposal that waits for a second person',
    },
  ],
  ['police-notified-local', { title: 'Notify the local police', ask: 'Please take the notice of a report' }],
  ['police-notified-state', { title: 'Notify law enforcement', ask: 'Please take the notice of a report' }],
  [
    'police-notified-identified',
    { title: 'Report the identified victim to police', ask: 'Please take the report of an identified victim' },
  ],
];

/** The report of a missing child is owed even after the return. It then says that the child is back. */
const wordsAfterReturn: readonly (readonly [Milestone, CallWords])[] = [
  [
    'police-notified-missing',
    {
      title: 'Child is back: still tell police of the time missing',
      ask: 'Please record that a child was missing and has returned (NCIC)',
    },
  ],
  [
    'ncmec-notified',
    {
      title: 'Child is back: still tell NCMEC of the time missing',
      ask: 'Please record that a child was missing and has returned',
    },
  ],
];

/** The words of a duty. Without a row here, the words are the policy's. `missing`: whether the child is missing now. */
export const callWordsOf = (
  { keptBy, obligation }: Pick<DeadlineRule, 'keptBy' | 'obligation'>,
  isMissing: boolean,
): CallWords =>
  [...(isMissing ? [] : wordsAfterReturn), ...wordsFor].find(([milestone]) => keptBy.includes(milestone))?.[1] ?? {
    title: obligation,
    ask: `Please see to this: ${obligation.charAt(0).toLowerCase()}${obligation.slice(1)}`,
  };

/** 0 for the most urgent kind of duty. */
export function urgencyOf({ keptBy }: Pick<DeadlineRule, 'keptBy'>): number {
  const place = wordsFor.findIndex(([milestone]) => keptBy.includes(milestone));
  return place === -1 ? wordsFor.length : place;
}
