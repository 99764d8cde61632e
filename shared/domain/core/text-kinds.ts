/**
 * What a free text is about. Each text of a report and of a command has one kind. Which people read a kind is a row of
 * `fieldRules`, and where it stands is a row of `kindPages`.
 */
export const textKinds = [
  'narrative',
  'callNotes',
  'safeContact',
  'cardWords',
  'recoveryPlan',
  'safetyWords',
  'safetyPlan',
  'shiftNotes',
  'safePlace',
  'policeNotices',
  'searchWords',
  'agencyNotices',
  'heldPapers',
  'familyNotices',
  'decisionReasons',
  'pauseReasons',
  'sameChildReasons',
  'childsAccount',
  'serviceReasons',
  'teamWords',
  'directions',
  'minutes',
  'courtWords',
  'callResults',
  'identityReasons',
  'reporter',
  'legalWords',
  'accessReasons',
  'part2Records',
] as const;
export type TextKind = (typeof textKinds)[number];
