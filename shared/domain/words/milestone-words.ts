/**
 * The catalogue of the words for milestones, the acts of people that keep a deadline. A milestone without words does
 * not compile.
 */
import type { GeneralMilestone, Milestone } from '../policy/policy.ts';
import { codeWords } from '../policy/rule-words.ts';
import { type StaffWords, staff } from './words.ts';

const catalogue: Readonly<Record<GeneralMilestone, StaffWords>> = {
  'report-classified': staff('the report is classified'),
  'written-report-received': staff('the written report is recorded as received'),
  'police-notified-state': staff(
    'a person records the notice to the police: agency, person reached, how, when, and the reference of the agency',
  ),
  'police-notified-local': staff(
    'a person records the notice to the local police: agency, person reached, how, when, and the reference of the agency',
  ),
  'police-notified-missing': staff(
    'a person records the notice to the police of a missing child: agency, person reached, how, when, and the reference of the agency',
  ),
  'ncmec-notified': staff('a person records the report to NCMEC: how, when, and the case number'),
  'response-started': staff('the response is recorded as begun'),
  'liaison-assigned': staff('a liaison is assigned'),
  screened: staff('a trained person records a screening outcome'),
  'screening-signed-off': staff('a supervisor signs off the screening'),
  'eligibility-decided': staff('a named person decides; the product only proposes'),
  'age-recorded': staff('the date of birth is recorded, or on which side of eighteen the age is'),
  'home-state-notified': staff('the notice is recorded: who was told, how, when'),
  'safety-plan-recorded': staff('a safe placement or a safety plan is recorded'),
  'parents-notified': staff('a person records the notice given to a parent: who was told, how, when, and why'),
  'parents-notice-withheld': staff('a person withholds the notice, with a reason in words'),
  'mdt-notified': staff('every required seat was delivered to, told by phone or has answered'),
  'mdt-met': staff('a meeting with a quorum, or under a waiver, is recorded'),
  'duplicate-answered': staff('a person answers the question'),
  closed: staff('the referral is closed after the final review'),
  'police-notified-identified': staff(
    'a person records the notice to the police of an identified victim: agency, person reached, how, when, and the reference of the agency',
  ),
  'hold-petition-filed': staff('the order of temporary custody and the petition are recorded as filed'),
  'hold-child-released': staff('the child is recorded as released from the hold'),
  'return-debriefed': staff('the talk with the child about the time missing is recorded'),
  'case-reviewed': staff('a review of the case is recorded'),
  'interview-settled': staff(
    'the interview is scheduled, or a person records that it was held already, is not appropriate or that the child declined',
  ),
  'investigation-disposed': staff('the disposition is recorded: substantiated or not'),
  'reasonable-cause-said': staff('a person says yes or no; unknown goes on asking'),
  'disposition-notified': staff("the notice to State's Attorney and police is recorded: who was told, how, when"),
  'evaluation-held': staff('the evaluation is recorded as held'),
  'hhs-notified': staff('the notice is recorded: how, when, and the case number'),
  'handover-made': staff('the person consented and the hand-over is recorded'),
  'handover-refused': staff('the person did not consent'),
  'adulthood-planned': staff('the plan for the time after the birthday is recorded'),
  'need-referred': staff(
    'the child is referred to a provider, or the service is declined with a reason other than a waiting list or no provider',
  ),
  'referral-answered': staff('the provider accepts, the service starts, or the service is declined'),
  'service-started': staff(
    'the service starts, or it is declined with a reason other than a waiting list or no provider',
  ),
  'exam-offered': staff('the child is referred to an exam, acute or not, or the child decides against it'),
  'exam-declined-by-child': staff(
    "the child's own decision against the exam is recorded; a guardian's is not the child's",
  ),
  'downgrade-answered': staff('a second reviewer agrees or says no, or the person who proposed it takes it back'),
  'withdrawal-answered': staff('a second person agrees or says no, or the person who proposed it takes it back'),
  'clearance-answered': staff('a second person agrees or says no, or the person who proposed it takes it back'),
  'lowering-answered': staff('a second person agrees or says no, or the person who proposed it takes it back'),
  'erasure-answered': staff('a second person agrees or says no, or the person who proposed it takes it back'),
  'routing-said': staff('a person confirms office, district and team again'),
  'team-known': staff('a person says which team is responsible, and its roster is drawn'),
  'seats-filled': staff('every required seat has a person'),
  'emergency-access-reviewed': staff(
    'a supervisor above the person who used the access finds it justified or not justified, with a reason',
  ),
  'outcome-after-3-months': staff('the outcome after 3 months is recorded'),
  'outcome-after-6-months': staff('the outcome after 6 months is recorded'),
  'outcome-after-12-months': staff('the outcome after 12 months is recorded'),
};

const declined = 'it is declined with a reason other than a waiting list or no provider';
/** The words for milestones of a discipline or service, by the step. */
const ofStep: Readonly<Record<'offered' | 'contacted' | 'started' | 'consulted', (name: string) => string>> = {
  consulted: (discipline) => `the discipline ${codeWords(discipline)} is consulted`,
  offered: (service) => `the child is referred to a provider for ${codeWords(service)}, or ${declined}`,
  contacted: (service) => `contact for ${codeWords(service)} is attempted, or ${declined}`,
  started: (service) =>
    service === 'medical-acute-forensic'
      ? 'the acute exam starts before the hard stop; a referral that was accepted is not enough'
      : `${codeWords(service)} starts, or ${declined}`,
};

const isGeneral = (milestone: Milestone): milestone is GeneralMilestone => Object.hasOwn(catalogue, milestone);

/** The milestone that keeps a deadline, in words within a sentence. */
export function keptWords(milestone: Milestone): string {
  if (isGeneral(milestone)) return catalogue[milestone].en;
  const [, step, name = ''] = /^(offered|contacted|started|consulted)-(.+)$/.exec(milestone) ?? [];
  return step === undefined ? codeWords(milestone) : ofStep[step as keyof typeof ofStep](name);
}
