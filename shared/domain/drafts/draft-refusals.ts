/** The refusals of this subject, each with its one sentence. */

export const draftRefusals = {
  'draft-ended/saved': 'This draft was sent or ended meanwhile: begin another.',
  'draft-ended/submitted': 'This draft was submitted already: the report stands.',
  'draft-ended/touched': 'This draft was {status} already: begin another.',
} as const;
