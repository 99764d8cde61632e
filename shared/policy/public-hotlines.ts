/** Public telephone numbers for duties of law, answered at any hour. */

/** The National Center for Missing & Exploited Children takes reports of missing children under 42 U.S.C. 671(a)(35)(B), day and night. */
export const ncmec = {
  id: 'NCMEC',
  name: 'National Center for Missing & Exploited Children',
  phone: '1-800-843-5678',
  source: 'The public 24-hour hotline that the Center names on missingkids.org (1-800-THE-LOST)',
  confidence: 'believed',
} as const;

/** For a child who is in danger now, and for no other call. */
export const emergency = { phone: '911', source: 'The public emergency number' } as const;

/**
 * The police of the state, for a child whose town is not known: local police are chosen by a town. Their message center takes
 * notices that are no emergency. The department confirms the number before it relies on it.
 */
export const statePolice = {
  id: 'A-STATE-POLICE',
  name: 'Connecticut State Police',
  phone: '860-685-8190',
  source: 'The number of the State Police in public lists of AMBER Alert contacts',
  confidence: 'believed',
} as const;
