/** The fold of screenings, checklists and instruments. */

import { withoutDowngrade, withoutProposal } from '../approvals/lapses.ts';
import { signedIn } from '../core/commit-frame.ts';
import type { Evolvers } from '../core/event-shape.ts';
import { asAnswered, caregiverTopic, named } from '../eligibility/caregiver-fold.ts';
import { screenedAgain } from '../missing/missing-fold.ts';
import type { Referral } from '../referral.ts';
import type { screeningEvents } from './screening-events.ts';
import type { Screening } from './screening-state.ts';

export const screeningEvolvers: Evolvers<Referral, typeof screeningEvents> = {
  screened: (state, screened, frame) => {
    const { at, actor } = frame;
    const isNamed = screened.indicators.includes(caregiverTopic);
    const { downgrade: _, checklist: __, ...rest } = withoutProposal(isNamed ? named(state) : state);
    const { number, outcome, checklist, indicators, instrument } = screened;
    const { answers, answeredBy, proposed } = screened;
    const screening: Screening = {
      number,
      outcome,
      by: actor.id,
      ...signedIn(frame),
      signedOff: false,
      checklist,
      indicators,
      ...(answers && { answers }),
      ...(answeredBy !== undefined && { answeredBy }),
      ...(proposed && { proposed }),
    };
    return {
      ...rest,
      screenings: [...state.screenings, screening],
      absences: screenedAgain(state.absences, screening),
      ...(instrument && {
        instruments: [
          ...state.instruments,
          { ...instrument, administeredBy: 'unknown', recordedAt: at, recordedBy: actor.id },
        ],
      }),
    };
  },
  'checklist-answered': (state, { checklist, answers }, { at, actor }) => ({
    ...withoutDowngrade(asAnswered(state, answers[caregiverTopic])),
    checklist: { checklist, answers, at, by: actor.id },
  }),
  'instrument-recorded': (state, { type: _, v: __, ...result }, { at, actor }) => ({
    ...withoutDowngrade(state),
    instruments: [...state.instruments, { ...result, recordedAt: at, recordedBy: actor.id }],
  }),
  // The answers went into the proposal: another screening has answers of its own.
  'downgrade-proposed': ({ checklist: _, ...state }, downgrade, frame) => ({
    ...state,
    downgrade: { ...downgrade, ...signedIn(frame) },
  }),
  'screening-signed-off': (state, { number }) => ({
    ...state,
    screenings: state.screenings.map((screening) =>
      screening.number === number ? { ...screening, signedOff: true } : screening,
    ),
  }),
};
