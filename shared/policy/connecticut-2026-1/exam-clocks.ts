/**
 * The clocks of the exam after an assault, version 2026.1 (docs/domain.md#evidence-window, docs/domain.md#hiv-prophylaxis,
 * docs/domain.md#consent-to-exam, docs/domain.md#exam-owner). Evidence is gone after five days. So only the start of the exam
 * keeps D17, or the child's own decision against it. Counsel has yet to confirm who consents at 13 to 17.
 *
 * Released: a change is a new version (docs/adding.md, "Change a number of a rule").
 */
import type { DeadlineRule } from '../../domain/policy/policy.ts';
import { hours } from '../durations.ts';

const assumed = {
  kind: 'policy',
  awaitsLegalSignOff: false,
  confidence: 'assumed',
  clockStart: 'receipt of the report',
  closing: 'waits',
  alert: ['hart-liaison'],
  // The liaison is assigned within the same four hours (D8). The Careline supervisor keeps the exam until a liaison accepts.
  alertUntilAccepted: ['careline-supervisor'],
  escalate: ['area-supervisor'],
} as const satisfies Partial<DeadlineRule>;

export const examClocks = [
  {
    ...assumed,
    id: 'D17',
    obligation: "Start the acute medical and forensic exam, or record the child's own decision against it",
    obligationInSpanish:
      'Comenzar el examen médico y forense agudo, o registrar la decisión propia del menor de no hacerlo',
    source:
      'State technical guidelines under C.G.S. 19a-112a: evidence of 120 hours; the 4 hours mean that the exam has started, and are assumed; at 13 to 17 no consent of a parent and no notice to one is required (the Commission, 21 March 2016; verified), which counsel confirms',
    // Counsel has yet to confirm who consents for a child of 13 to 17.
    awaitsLegalSignOff: true,
    duration: hours(4),
    hardStop: {
      from: 'the last known assault',
      after: hours(120),
      // At half of the window, and then twice more.
      warnBefore: [hours(60), hours(12), hours(4)],
      warns: ['hart-liaison', 'careline-supervisor', 'area-supervisor'],
      because: 'evidence is collected no longer',
      source: 'State technical guidelines under C.G.S. 19a-112a',
      confidence: 'verified',
      earlierStops: [
        {
          what: 'HIV prophylaxis can begin',
          after: hours(72),
          warnBefore: [hours(12), hours(4)],
          source: 'Clinical guidelines on prophylaxis after exposure to HIV; not seen in a source',
          confidence: 'believed',
          awaitsLegalSignOff: true,
        },
      ],
    },
    keptBy: ['started-medical-acute-forensic', 'exam-declined-by-child'],
  },
  {
    ...assumed,
    id: 'D17b',
    obligation: 'Offer the child a medical exam: the time to collect evidence has passed',
    obligationInSpanish: 'Ofrecer al menor un examen médico: pasó el tiempo para recoger evidencia',
    source: 'This project; DCF policy 34-11 (older text) gives 24 hours for a child in imminent danger',
    duration: hours(24),
    // An exam that has started after all was offered.
    keptBy: ['exam-offered', 'started-medical-nonacute', 'started-medical-acute-forensic', 'exam-declined-by-child'],
  },
] as const satisfies readonly Omit<DeadlineRule, 'alarm'>[];
