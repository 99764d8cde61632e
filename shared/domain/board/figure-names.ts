/** What each role's home page counts: what is wrong today, and in which list. */
import type { Role } from '../core/vocabulary.ts';
import { type Concern, concerns } from './concerns.ts';

export const figureNames = [
  'to-call',
  ...concerns,
  'unreached',
  'returns-undone',
  'unmet-today',
  'shifts-faulty',
  'roster-gaps',
  'findings',
  'records-damaged',
  'runs-restarted',
  'invitations',
  'offers',
  'overdue',
  'due-today',
] as const;
export type FigureName = (typeof figureNames)[number];

const own: readonly FigureName[] = ['overdue', 'due-today'];
const office: readonly FigureName[] = ['child-not-seen', 'law-overdue', 'no-safe-place'];
const hart: readonly FigureName[] = ['no-liaison', 'unscreened', 'law-overdue'];
const supervision: readonly FigureName[] = [
  'to-call',
  'unclassified',
  ...office,
  'unreached',
  'seat-empty',
  'shifts-faulty',
  'returns-undone',
  'unmet-today',
];
const audit: readonly FigureName[] = [
  'findings',
  'records-damaged',
  'runs-restarted',
  'unreached',
  'roster-gaps',
  'shifts-faulty',
];

const ofRole: Readonly<Record<Role, readonly FigureName[]>> = {
  'careline-worker': ['to-call', 'unclassified', 'unreached', ...own],
  'careline-supervisor': supervision,
  'careline-manager': supervision,
  caseworker: [...office, ...own],
  'area-supervisor': ['to-call', ...office, 'unreached', 'shifts-faulty', 'returns-undone'],
  'area-director': ['to-call', ...office, 'unreached', 'seat-empty', 'shifts-faulty', 'returns-undone', 'unmet-today'],
  'area-oncall': ['to-call', ...office, ...own],
  'director-oncall': ['to-call', ...office, 'unreached'],
  'program-manager': ['law-overdue', 'seat-empty', 'returns-undone', 'unmet-today'],
  'hart-liaison': [...hart, 'no-safe-place', ...own],
  'hart-lead': [...hart, 'returns-undone', ...own],
  'hart-director': [...hart, 'seat-empty', 'returns-undone', 'unmet-today'],
  legal: ['law-overdue', ...own],
  'aag-liaison': ['law-overdue', ...own],
  'mdt-coordinator': ['invitations', 'roster-gaps', ...own],
  'mdt-chair': ['invitations', 'roster-gaps', ...own],
  'mdt-member': ['invitations', ...own],
  provider: ['offers', ...own],
  administrator: audit,
  auditor: audit,
  evaluator: [],
  trainer: [],
  'forum-member': [],
};

/** The figures of all roles of a person, each once, in the order of `figureNames`. */
export const figuresOf = (roles: readonly Role[]): readonly FigureName[] =>
  figureNames.filter((name) => roles.some((role) => ofRole[role].includes(name)));

export const isConcern = (name: FigureName): name is Concern => concerns.some((each) => each === name);
