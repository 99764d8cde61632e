/** Each answer of the API by its name in the description. A route names its answer, and its handler gives that shape. */
import * as alerts from './alert-answers.ts';
import * as answers from './answer-shapes.ts';
import * as drafts from './draft-answers.ts';
import { directoryAnswer, peopleAnswer } from './people-answers.ts';
import * as program from './program-answers.ts';
import { recordDoubtAnswer } from './record-answers.ts';
import * as reports from './report-answers.ts';
import { runAnswer } from './run-answer.ts';
import * as shifts from './shift-answers.ts';
import { callsAnswer } from './telephone-answers.ts';
import * as training from './training-answers.ts';

export const apiAnswers = {
  ReportTaken: answers.reportAnswer,
  Referral: answers.referralAnswer
    .or(answers.limitedReferralAnswer)
    .or(answers.providersReferralAnswer)
    .or(answers.invitationAnswer),
  Identities: answers.identitiesAnswer,
  Agenda: answers.agendaAnswer,
  People: peopleAnswer,
  Calls: callsAnswer,
  AlertSeen: alerts.alertSeenAnswer,
  Audit: answers.auditAnswer,
  ProofFile: answers.proofFileAnswer,
  Page: answers.pageAnswer,
  FoundReferrals: answers.foundAnswer,
  Runs: answers.runsAnswer,
  Run: runAnswer,
  Log: answers.logAnswer,
  Directory: directoryAnswer,
  OnCall: shifts.onCallAnswer,
  ShiftsChanged: shifts.shiftsChangedAnswer,
  ShiftHistory: shifts.shiftHistoryAnswer,
  Training: training.trainingAnswer,
  TrainingDue: training.trainingDueAnswer,
  TrainingMaterials: training.trainingMaterialsAnswer,
  TrainingChanged: training.trainingChangedAnswer,
  CheckedStaffList: training.checkedStaffListAnswer,
  Returns: answers.returnsAnswer,
  Reviews: answers.reviewsAnswer,
  TeamGaps: answers.teamGapsAnswer,
  Providers: answers.providersAnswer,
  Listing: answers.listingAnswer,
  ListingHistory: answers.listingHistoryAnswer,
  UnmetNeeds: answers.unmetAnswer,
  Monday: reports.mondayAnswer,
  ReportPage: reports.reportPageAnswer,
  YearlyReturns: reports.returnsAnswer,
  ReturnFile: reports.returnFileAnswer,
  YearlyFigures: reports.yearlyAnswer,
  MailLoad: answers.mailLoadAnswer,
  DraftSaved: drafts.draftSavedAnswer,
  Drafts: drafts.draftsAnswer,
  DraftAudits: drafts.draftAuditsAnswer,
  DraftContent: drafts.draftContentAnswer,
  Draft: drafts.draftAnswer,
  Found: answers.searchAnswer,
  Searches: answers.searchesAnswer,
  Delegations: answers.delegationsAnswer,
  DelegationsGiven: answers.delegationChangedAnswer,
  Agencies: answers.agenciesAnswer,
  Tribes: answers.tribesAnswer,
  Agreements: program.agreementsAnswer,
  Agreement: program.agreementAnswer,
  Forums: program.forumsAnswer,
  Forum: program.forumAnswer,
  VenueConcerns: program.venueConcernsAnswer,
  VenueConcern: program.venueConcernAnswer,
  VenueFile: program.venueFileAnswer,
  RecordDoubt: recordDoubtAnswer,
  OutOfSight: answers.outOfSightAnswer,
  /** Of a command: the referral as the caller may then see it. */
  ReferralAfter: answers.referralAnswer
    .or(answers.limitedReferralAnswer)
    .or(answers.providersReferralAnswer)
    .or(answers.invitationAnswer)
    .or(answers.outOfSightAnswer),
} as const;
export type ApiAnswers = typeof apiAnswers;
export type AnswerName = keyof ApiAnswers;
