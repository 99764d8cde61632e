/** Public telephone numbers for duties of law, answered at any hour. */

/** The National Center for Missing & Exploited Children takes reports of missing children under 42 U.S.C. 671(a)(35)(B), day and night. */
export const ncmec = {
  id: 'NCMEC',
  name: 'National Center for Missing & Exploited Children',
  phone: '1-800-843-5678',
  source: 'The public 24-hour hotline that the Center names on missingkids.org (1-800-THE-LOST)',
  confidence: 'believed',
} as const;

/**
 * The police of the state, for a child whose town is not known: local police are chosen by a town. The dispatcher of the emergency
 * number puts the call through. A direct number belongs here once the department has given one.
 */
export const statePolice = {
  id: 'A-STATE-POLICE',
  name: 'Connecticut State Police',
  phone: '911',
  source: 'The public emergency number',
  confidence: 'believed',
} as const;
