/** The act that corrects or takes back another. An act without a row stays as it is, in the history too. */
import type { CommandName } from '../commands.ts';

const corrections: Readonly<Partial<Record<CommandName, CommandName>>> = {
  'answer-checklist': 'answer-checklist',
  'answer-seat': 'answer-seat',
  'assess-danger': 'assess-danger',
  'assign-liaison': 'assign-liaison',
  'cancel-meeting': 'schedule-meeting',
  'confirm-routing': 'confirm-routing',
  'correct-ex-parte-order': 'correct-ex-parte-order',
  'correct-identity': 'correct-identity',
  'correct-place': 'correct-place',
  'correct-reporter': 'correct-reporter',
  'invite-seat': 'remove-seat',
  'lift-outreach-pause': 'pause-outreach',
  'note-card': 'note-card',
  'note-safe-contact': 'note-safe-contact',
  'offer-linkage': 'decline-linkage',
  'pause-outreach': 'lift-outreach-pause',
  'propose-clearance': 'refuse-proposal',
  'propose-erasure': 'refuse-proposal',
  'propose-withdrawal': 'refuse-proposal',
  'record-card-consent': 'record-card-consent',
  'record-birth-date': 'record-birth-date',
  'record-ex-parte-order': 'correct-ex-parte-order',
  'record-facts': 'record-facts',
  'record-placement-move': 'record-placement-move',
  'record-return': 'report-missing',
  'record-spend': 'record-spend',
  'report-missing': 'record-return',
  'ask-booking': 'move-booking',
  'move-booking': 'move-booking',
  'schedule-hearing': 'record-hearing',
  'schedule-meeting': 'schedule-meeting',
  'share-meeting': 'schedule-meeting',
  'review-card': 'review-card',
  screen: 'screen',
  'seal-referral': 'seal-referral',
  'set-legal-hold': 'lift-legal-hold',
};

/** The act that corrects this one. Undefined where none does. */
export const correctionOf = (name: CommandName): CommandName | undefined => corrections[name];
