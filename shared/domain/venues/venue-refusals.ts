/** The refusals of this subject, each with its one sentence. */

export const venueRefusals = {
  'no-such-concern': 'There is no such concern about a venue.',
  'venue-answered': 'This concern has its answer already. Raise another one where it is needed.',
  'venue-own': 'You raised this concern or recorded the word of police, so another person must approve it.',
  'venue-before-police': 'Record first that police agree. Nothing was handed over.',
  'venue-not-approved': 'No second person has approved this concern yet, so there is no file.',
} as const;
