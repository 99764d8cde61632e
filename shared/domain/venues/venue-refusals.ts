/** The refusals of this subject, each with its one sentence. */

export const venueRefusals = {
  'no-such-concern': 'There is no such concern about a venue.',
  'venue-answered': 'This concern has its answer already. Raise another one where it is needed.',
  'venue-own': 'You raised this concern or recorded the word of police, so another person must approve it.',
  'venue-before-police': 'Record first that police say clear to send. Nothing was handed over.',
  'venue-held': 'A police agency asks to wait. The same agency must say clear to send first. Nothing was handed over.',
  'venue-equal':
    'There is a concern of the same kind, license and town. Read it first. Then say that yours is another one.',
  'venue-file-changed':
    'The file would differ from the one that was handed over. Use that one, or raise the concern anew.',
  'venue-not-approved': 'No second person has approved this concern yet, so there is no file.',
} as const;
