/**
 * The clocks of the notices of a proceeding about an Indian child (docs/domain.md#icwa), version 2026.1.
 * Released: a change is a new version (docs/adding.md, "Change a number of a rule").
 */
import type { DeadlineRule } from '../../domain/policy/policy.ts';
import { businessDays } from '../durations.ts';
import { legalNoticeInMail } from './oversight-clocks.ts';

const ofProceeding = {
  mailedAs: legalNoticeInMail,
  kind: 'statute',
  awaitsLegalSignOff: true,
  timeByPolicy: true,
  source:
    'C.G.S. 46b-116d (PA 22-60, PA 23-113); 25 U.S.C. 1912(a): of the pending proceedings; no time to send it, the two business days are assumed',
  confidence: 'assumed',
  clockStart: 'the proceeding about a member of a tribe, or the word of membership during it',
  duration: businessDays(2),
  closing: 'waits',
  alert: ['caseworker', 'legal'],
  escalate: ['program-manager'],
  escalateFrom: 'due',
} as const;

export const tribeClocks = [
  {
    id: 'D42',
    obligation: 'Notify the tribe of the proceeding, by registered or certified mail',
    obligationInSpanish: 'Avisar a la tribu del proceso, por correo registrado o certificado',
    ...ofProceeding,
    keptBy: ['tribe-notified'],
  },
  {
    id: 'D42a',
    obligation: 'Notify the parent or Indian custodian of the proceeding, by registered or certified mail',
    obligationInSpanish: 'Avisar del proceso al padre, a la madre o al custodio indígena, por correo certificado',
    ...ofProceeding,
    keptBy: ['custodian-notified'],
  },
] as const satisfies readonly Omit<DeadlineRule, 'alarm'>[];
