/** The fold of deadlines, of their checkpoints and of the calls about them. */

import { ageOfClass } from '../child/child-fold.ts';
import { signedIn } from '../core/commit-head.ts';
import { isBefore } from '../core/instants.ts';
import type { PolicyReason } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { saysOfCaregiver } from '../eligibility/caregiver-topic.ts';
import type { PartFold } from '../part-fold.ts';
import type { Referral } from '../referral.ts';
import type { DeadlineEvent } from './deadline-events.ts';
import type { Deadline, Ring } from './deadline-state.ts';
import { becomesResponsible, outsideInvestigation } from './responsibility.ts';

/**
 * The round of this duty after a call at `at`. An answer ends a round. In an unanswered round, the due instant begins
 * the count anew. So does a warning of the hard stop (`anew`). `from` moves the count of a call made before its time.
 */
function applyRing(
  { ring, due }: Pick<Deadline, 'ring' | 'due'>,
  at: string,
  { anew, step, from }: Pick<DeadlineEvent<'checkpoint-raised'>, 'anew' | 'step' | 'from'>,
): Ring {
  if (!ring || ring.answered) return { since: at, from: at, rangAt: at, ...whereKnown({ step }) };
  const isNewlyDue = isBefore(ring.rangAt, due) && !isBefore(at, due);
  // The first call after a person gave the duty back.
  const again = ring.again && ring.step === undefined ? { again: true as const } : {};
  return {
    since: ring.since,
    from: isNewlyDue || anew ? at : (from ?? ring.from),
    rangAt: at,
    ...whereKnown({ step }),
    ...again,
  };
}

/**
 * The round once this person has said that they have the child. The first answer counts, until another person takes
 * over from that person.
 */
const applyAlarmAnswered = (ring: Ring, answered: NonNullable<Ring['answered']>, insteadOf?: string): Ring =>
  ring.answered?.by === insteadOf ? { ...ring, answered } : ring;

type Deadlines = Referral['deadlines'];

/** The deadlines with this one changed. Throws where this id is unknown, which only a damaged ledger can cause. */
function changeDeadline(state: Deadlines, id: string, change: (deadline: Deadline) => Partial<Deadline>): Deadlines {
  const deadline = state[id];
  if (!deadline) throw new Error(`The event names the deadline ${id}, which was never opened.`);
  return { ...state, [id]: { ...deadline, ...change(deadline) } };
}

/** The open duties that were policy for one of these reasons, with the reason that holds now. Without one, they are law. */
const becomeLaw = (state: Deadlines, were: readonly PolicyReason[], now?: PolicyReason): Deadlines =>
  Object.fromEntries(
    Object.entries(state).map(([id, deadline]) => {
      const { asPolicy, ...asLaw } = deadline;
      if (deadline.status !== 'open' || asPolicy === undefined || !were.includes(asPolicy)) return [id, deadline];
      return [id, { ...asLaw, ...whereKnown({ asPolicy: now }) }];
    }),
  );

/** The department became responsible for the child. */
const becomeResponsible = (state: Deadlines): Deadlines => becomeLaw(state, ['not-responsible']);

const outside = ['third-parties', 'of-age'] as const;

/** After facts that C.G.S. 17a-101g(a) rests on. A duty that opened as law stays law. */
const followInvestigation = (
  state: Deadlines,
  before: Referral,
  child: Partial<Referral['child']>,
  hadPart = false,
): Deadlines =>
  becomeLaw(
    state,
    outside,
    outsideInvestigation({
      child: { ...before.child, ...child },
      eligibility: hadPart ? { caregiverHadPart: 'yes' } : before.eligibility,
    }),
  );

export const deadlineFold: PartFold<'deadlines'> = {
  'deadline-opened': (
    state,
    { deadlineId, rule, start, due, duration, skipped, screening, subject, startedBy, hardStop, asPolicy, group },
    { at, isUnproved },
  ) => ({
    ...state,
    // An unproved opening replaces no clock.
    [deadlineId]: (isUnproved && state[deadlineId]) || {
      id: deadlineId,
      rule,
      start,
      due,
      dueByRule: due,
      duration,
      skipped,
      screening,
      subject,
      startedBy,
      ...whereKnown({ hardStop, asPolicy, group }),
      status: 'open',
      openedAt: at,
      missed: false,
      raised: [],
      ...(isUnproved && { isUnproved }),
    },
  }),
  'deadline-tightened': (state, { deadlineId, due, because, start, hardStop }, { at }) =>
    changeDeadline(state, deadlineId, () => ({
      due,
      dueByRule: due,
      raised: [],
      moved: { at, because },
      ...whereKnown({ start, hardStop }),
    })),
  'deadline-extended': (state, { deadlineId, due }, { at }) =>
    changeDeadline(state, deadlineId, () => ({
      due,
      raised: [],
      // The person who gave it more time has it in hand. It rings again by its new time.
      ring: undefined,
      moved: { at, because: 'extended' },
      missed: false,
    })),
  'deadline-moved': (state, { deadlineId, due, duration, skipped }, { at }) =>
    changeDeadline(state, deadlineId, () => ({
      due,
      dueByRule: due,
      duration,
      skipped,
      raised: [],
      moved: { at, because: 'policy' },
    })),
  'deadline-kept': (state, { deadlineId, at, late }) =>
    changeDeadline(state, deadlineId, () => ({ status: 'kept', keptAt: at, late })),
  'deadline-missed': (state, { deadlineId }) => changeDeadline(state, deadlineId, () => ({ missed: true })),
  // A signature belongs to one explanation. A new explanation needs a new signature.
  'miss-explained': (state, { deadlineId, reasonCode, willBeKept }, commit) =>
    changeDeadline(state, deadlineId, () => ({
      explanation: { reasonCode, willBeKept, by: commit.actor.id, ...signedIn(commit) },
      countersignedBy: undefined,
    })),
  'miss-countersigned': (state, { deadlineId }, { actor }) =>
    changeDeadline(state, deadlineId, () => ({ countersignedBy: actor.id })),
  'deadline-closed-missed': (state, { deadlineId }) =>
    changeDeadline(state, deadlineId, () => ({ status: 'missed-closed' })),
  'deadline-not-applicable': (state, { deadlineId }) =>
    changeDeadline(state, deadlineId, () => ({ status: 'not-applicable' })),
  'deadline-ended': (state, { deadlineId, because }) =>
    changeDeadline(state, deadlineId, () => ({ status: 'ended', endedBecause: because })),
  'cap-reached': (state, { deadlineId, people }) =>
    changeDeadline(state, deadlineId, ({ atCap = [] }) => ({ atCap: [...new Set([...atCap, ...people])] })),
  'checkpoint-raised': (state, { deadlineId, kind, at, ...call }) =>
    changeDeadline(state, deadlineId, (deadline) => ({
      raised: [...deadline.raised, { kind, at }],
      ...(kind === 'ring' && { ring: applyRing(deadline, at, call) }),
    })),
  'alarm-answered': (state, { deadlineId, personId, insteadOf }, { at, actor }) =>
    changeDeadline(state, deadlineId, ({ ring }) => {
      const answered = { by: personId ?? actor.id, at };
      // A person may have it before any call.
      return {
        ring: ring ? applyAlarmAnswered(ring, answered, insteadOf) : { since: at, from: at, rangAt: at, answered },
      };
    }),
  'alarm-released': (state, { deadlineId, from }, { at }) =>
    changeDeadline(state, deadlineId, () => ({ ring: { since: at, from, rangAt: at, again: true } })),
  'alarm-stopped': (state, { deadlineId }) => changeDeadline(state, deadlineId, () => ({ ring: undefined })),
  'hold-invoked': becomeResponsible,
  'care-entered': becomeResponsible,
  'facts-learned': (state, facts, _, before) => {
    const { ageClass, perpetrators, caregiverNamed } = facts;
    const after = becomesResponsible(before, facts) ? becomeResponsible(state) : state;
    const child = { ...whereKnown({ perpetrators }), ...(ageClass && { age: ageOfClass[ageClass] }) };
    return followInvestigation(after, before, child, caregiverNamed === 'yes');
  },
  'birth-date-recorded': (state, { years }, _, before) =>
    followInvestigation(state, before, { age: { known: 'exact', years } }),
  'checklist-answered': (state, { answers }, _, before) =>
    saysOfCaregiver(answers, 'yes') ? followInvestigation(state, before, {}, true) : state,
  'merge-undone': (state, { reopened }) =>
    reopened.reduce((next, id) => changeDeadline(next, id, () => ({ status: 'open' })), state),
  // A settled deadline stays under the version that it was settled under.
  'policy-migrated': (state, { from }) =>
    Object.fromEntries(
      Object.entries(state).map(([id, deadline]) => [
        id,
        deadline.status === 'open' ? deadline : { settledUnder: from, ...deadline },
      ]),
    ),
};
