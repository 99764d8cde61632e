/** The fold of proposals: which event makes one wait, and which one ends the wait. */
import { type CommitHead, signedIn } from '../core/commit-head.ts';
import { type Proposed, served } from '../core/vocabulary.ts';
import { caregiverTopic, isAllegedBy, saysOfCaregiver } from '../eligibility/caregiver-topic.ts';
import type { EventOf } from '../events.ts';
import type { PartFold } from '../part-fold.ts';
import type { Proposals } from './proposal-state.ts';

/** Without the proposals that are true in `ends`. */
const without = (waiting: Proposals, ends: Readonly<Partial<Record<Proposed, boolean>>>): Proposals =>
  Object.fromEntries(Object.entries(waiting).filter(([name]) => !ends[name as Proposed])) as Proposals;

/** With the proposal of this kind waiting, in the place of one that waited before. */
const waits =
  <Name extends Proposed>(name: Name) =>
  (waiting: Proposals, event: EventOf<`${Name}-proposed`>, commit: CommitHead): Proposals => ({
    ...waiting,
    [name]: { ...event, ...signedIn(commit) },
  });

export const proposalFold: PartFold<'proposals'> = {
  'withdrawal-proposed': waits('withdrawal'),
  'downgrade-proposed': waits('downgrade'),
  'clearance-proposed': waits('clearance'),
  'lowering-proposed': waits('lowering'),
  'erasure-proposed': waits('erasure'),
  'proposal-refused': (waiting, { proposal }) => without(waiting, { [proposal]: true }),
  'caregiver-cleared': (waiting) => without(waiting, { clearance: true }),
  'identities-erased': (waiting) => without(waiting, { erasure: true }),
  // Each of these says something new, and the proposal was made without it.
  screened: (waiting, { outcome, indicators }) =>
    without(waiting, {
      withdrawal: true,
      downgrade: true,
      lowering: served.includes(outcome),
      clearance: indicators.includes(caregiverTopic),
    }),
  'checklist-answered': (waiting, { answers }) =>
    without(waiting, {
      downgrade: true,
      lowering: Object.values(answers).includes('yes'),
      clearance: saysOfCaregiver(answers, 'yes'),
    }),
  'facts-learned': (waiting, learned, _, before) => {
    const { caregiverNamed, perpetrators = [], lastAssaultAt } = learned;
    return without(waiting, {
      lowering: caregiverNamed === 'yes' || perpetrators.includes('caregiver') || lastAssaultAt !== undefined,
      clearance: isAllegedBy(learned, before),
    });
  },
  'instrument-recorded': (waiting) => without(waiting, { downgrade: true }),
  'danger-assessed': (waiting, { danger }) => without(waiting, { withdrawal: danger !== 'no', lowering: true }),
  'hold-invoked': (waiting) => without(waiting, { lowering: true }),
  'child-missing': (waiting) => without(waiting, { withdrawal: true, downgrade: true, lowering: true }),
  'child-returned': (waiting) => without(waiting, { downgrade: true }),
  // Another report about the same child counts as one that speaks of danger.
  'merge-reserved': (waiting) => without(waiting, { lowering: true }),
  // A record under a legal hold may not be erased.
  'legal-hold-set': (waiting) => without(waiting, { erasure: true }),
  'merge-undone': (waiting) => without(waiting, { erasure: true }),
};
