/** The codes of courses and of groups of adults. Their rules are in `shared/policy/training-rules.ts`. */

export const courseCodes = ['general', 'police', 'emergency-services', 'medical'] as const;
export type CourseCode = (typeof courseCodes)[number];

export const groupCodes = [
  'police',
  'caseworker',
  'careline',
  'school-employee',
  'emergency-services',
  'medical',
  'hotel',
] as const;
export type GroupCode = (typeof groupCodes)[number];

export const materialKinds = ['slides', 'handout', 'recording'] as const;
export type MaterialKind = (typeof materialKinds)[number];

export const materialLanguages = ['english', 'spanish', 'portuguese', 'polish', 'haitian-creole', 'other'] as const;
export type MaterialLanguage = (typeof materialLanguages)[number];
