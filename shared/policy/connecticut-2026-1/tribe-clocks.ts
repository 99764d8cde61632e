/** The clock of the notice to a tribe (docs/domain.md#icwa), version 2026.1. */
import type { DeadlineRule } from '../../domain/policy/policy.ts';
import { businessDays } from '../durations.ts';
import { legalNoticeInMail } from './oversight-clocks.ts';

export const tribeClocks = [
  {
    id: 'D42',
    obligation: 'Notify the tribe, by registered or certified mail',
    obligationInSpanish: 'Avisar a la tribu, por correo registrado o certificado',
    mailedAs: legalNoticeInMail,
    kind: 'statute',
    awaitsLegalSignOff: true,
    timeByPolicy: true,
    source:
      'C.G.S. 46b-116 and following (PA 22-60, PA 23-113), summary; 25 U.S.C. 1912(a); no time to send it, the two business days are assumed',
    confidence: 'assumed',
    clockStart: 'the word that the child is a member of a tribe',
    duration: businessDays(2),
    keptBy: ['tribe-notified'],
    closing: 'waits',
    alert: ['caseworker', 'legal'],
    escalate: ['program-manager'],
    escalateFrom: 'due',
  },
] as const satisfies readonly Omit<DeadlineRule, 'alarm'>[];
