/** The refusals of this subject, each with its one sentence. */

export const previewRefusals = {
  'usage/whole':
    'Use "npm run mail -- list", or "npm run mail -- preview ID" with "--lang es" for Spanish and "--out FOLDER" for another place.',
  'usage/template': 'Name the template to preview. {usage}',
  'no-such-template': 'There is no template "{id}": see "npm run mail -- list".',
  'no-such-language': 'Give one of {languages} after --lang.',
} as const;
