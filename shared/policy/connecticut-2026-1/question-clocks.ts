/**
 * The clocks of questions that wait for a person's answer (D37), version 2026.1. No source gives them. Without a clock an
 * unanswered proposal would wait for ever, and no second person would be asked.
 *
 * Released: a change is a new version (docs/adding.md, "Change a number of a rule").
 */
import type { DeadlineRule } from '../../domain/policy/policy.ts';
import { businessDays, hours } from '../durations.ts';

const assumed = {
  kind: 'policy',
  awaitsLegalSignOff: false,
  source: 'This project',
  confidence: 'assumed',
  closing: 'ends',
} as const;

/** A proposal that lessens the concern changes nothing until it is approved, so the second person need not hurry. */
const proposal = { ...assumed, clockStart: 'the proposal', duration: businessDays(2) } as const;

export const questionClocks = [
  {
    id: 'D37a',
    obligation: 'Agree to the lower screening outcome that was proposed, or say no',
    obligationInSpanish: 'Aceptar el resultado de evaluación más bajo que se propuso, o decir que no',
    ...proposal,
    keptBy: ['downgrade-answered'],
    alert: ['hart-lead', 'hart-director'],
    escalate: ['program-manager'],
  },
  {
    id: 'D37b',
    obligation: 'Agree to the withdrawal that was proposed, or say no',
    obligationInSpanish: 'Aceptar el retiro que se propuso, o decir que no',
    ...proposal,
    keptBy: ['withdrawal-answered'],
    alert: ['careline-supervisor', 'careline-manager'],
    escalate: ['program-manager'],
  },
  {
    id: 'D37c',
    // The words do not tell a mailbox that a caregiver was named.
    obligation: 'Agree to the correction that was proposed, or say no',
    obligationInSpanish: 'Aceptar la corrección que se propuso, o decir que no',
    ...proposal,
    keptBy: ['clearance-answered'],
    alert: ['hart-lead', 'hart-director'],
    escalate: ['program-manager'],
  },
  {
    id: 'D37d',
    obligation: 'Agree to the erasure that was proposed, or say no',
    obligationInSpanish: 'Aceptar el borrado que se propuso, o decir que no',
    ...proposal,
    duration: businessDays(10),
    keptBy: ['erasure-answered'],
    // The proposal is about a referral that has ended.
    closing: 'outlives',
    alert: ['careline-manager', 'program-manager'],
    escalate: ['hart-director'],
  },
  {
    id: 'D37e',
    obligation: 'Confirm again who is responsible, after a place was corrected',
    obligationInSpanish: 'Confirmar de nuevo quién responde, después de corregir un lugar',
    ...assumed,
    clockStart: 'the corrected place',
    duration: hours(4),
    keptBy: ['routing-said'],
    alert: ['careline-worker', 'careline-supervisor', 'careline-manager'],
    escalate: ['program-manager'],
  },
  {
    id: 'D37f',
    obligation: 'Say which team is responsible: none is known',
    obligationInSpanish: 'Decir qué equipo responde: no se conoce ninguno',
    ...assumed,
    clockStart: 'the word that no team is known',
    duration: hours(4),
    keptBy: ['team-known'],
    alert: ['careline-supervisor'],
    escalate: ['careline-manager'],
  },
  {
    id: 'D37g',
    obligation: 'Name a person for each required seat that is vacant',
    obligationInSpanish: 'Nombrar a alguien para cada puesto requerido vacante',
    ...assumed,
    clockStart: 'the word that a required seat is vacant',
    duration: businessDays(1),
    keptBy: ['seats-filled'],
    alert: ['mdt-coordinator', 'mdt-chair'],
    escalate: ['program-manager'],
  },
  {
    id: 'D37h',
    obligation: 'Agree that the child is in no danger now, or say no',
    obligationInSpanish: 'Aceptar que el menor no está en peligro ahora, o decir que no',
    ...assumed,
    clockStart: 'the proposal',
    // The clocks of danger run on meanwhile, so a slow answer costs the child nothing. People are called after two hours.
    duration: hours(4),
    keptBy: ['lowering-answered'],
    alert: ['careline-supervisor', 'area-supervisor'],
    escalate: ['careline-manager', 'area-director'],
  },
  {
    id: 'D37i',
    obligation: 'Decide whether the emergency access was justified',
    obligationInSpanish: 'Decidir si el acceso de emergencia estuvo justificado',
    ...assumed,
    clockStart: 'the emergency access',
    duration: businessDays(2),
    keptBy: ['emergency-access-reviewed'],
    // The deadline is about the work of staff, so it goes on after the referral has ended.
    closing: 'outlives',
    // The supervisor of the person who used it is asked by name. These two roles are above everyone.
    alert: ['careline-manager'],
    escalate: ['program-manager'],
  },
  {
    id: 'D37j',
    obligation: 'Say whether the notice of the finding is safe to mail',
    obligationInSpanish: 'Decir si es seguro enviar el aviso de la conclusión',
    ...assumed,
    clockStart: 'the question of safety',
    duration: businessDays(1),
    keptBy: ['finding-safety-answered'],
    alert: ['legal'],
    escalate: ['program-manager'],
  },
] as const satisfies readonly Omit<DeadlineRule, 'alarm'>[];
