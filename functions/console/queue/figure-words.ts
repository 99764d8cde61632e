/** The figures of the home page in words, each with the address of its list. */
import { concerns } from '../../../shared/domain/board/concerns.ts';
import type { FigureName } from '../../../shared/domain/board/figure-names.ts';

interface FigureWords {
  readonly label: string;
  readonly path: string;
}

const concernLabels: Readonly<Record<(typeof concerns)[number], string>> = {
  unclassified: 'New, not accepted yet',
  'child-not-seen': 'Children not seen yet',
  'law-overdue': 'Referrals overdue by law',
  'no-safe-place': 'No safe place or plan yet',
  unscreened: 'Not screened yet',
  'no-liaison': 'No HART liaison yet',
  'seat-empty': 'Teams with an empty seat',
};

export const figureWords: Readonly<Record<FigureName, FigureWords>> = {
  ...(Object.fromEntries(
    concerns.map((each) => [each, { label: concernLabels[each], path: `/?concern=${each}#open` }]),
  ) as Record<(typeof concerns)[number], FigureWords>),
  'to-call': { label: 'Referrals that need a call now', path: '/calls' },
  unreached: { label: 'Alerts that reached no one', path: '/referrals?bounced=yes' },
  'returns-undone': { label: 'Returns without interview or screening', path: '/returns?undone=yes' },
  'unmet-today': { label: 'Service needs not met today', path: '/unmet-today' },
  'shifts-faulty': { label: 'Shifts empty or overlapping', path: '/on-call' },
  'roster-gaps': { label: 'Empty team seats', path: '/teams' },
  findings: { label: 'Findings of the watchdog today', path: '/findings' },
  'records-damaged': { label: 'Records found damaged in 7 days', path: '/findings' },
  'runs-restarted': { label: 'Runs that were started again', path: '/runs?time=lost' },
  invitations: { label: 'Invitations to answer', path: '/deadlines' },
  offers: { label: 'Offers to answer', path: '/deadlines' },
  overdue: { label: 'Your tasks overdue', path: '/deadlines?overdue=yes' },
  'due-today': { label: 'Your tasks due today', path: '/deadlines' },
};
