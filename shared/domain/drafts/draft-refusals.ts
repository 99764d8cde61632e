/** The refusals of this subject, each with its one sentence. */

export const draftRefusals = {
  'draft-ended/saved': 'This draft was sent or ended meanwhile: begin another.',
  'draft-ended/submitted': 'This draft was submitted already: the report stands.',
  'draft-ended/expired':
    'This draft ended, because no one changed it for a long time. Start a new report with the words on this page.',
  'draft-ended/touched': 'This draft was {status} already: begin another.',
} as const;
