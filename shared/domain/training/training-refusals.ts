/** The refusals of this subject, each with its one sentence. */

export const trainingRefusals = {
  'imported-already': 'This file is imported already, as {id}. Take that one back first if it was wrong.',
  'no-such-import': 'There is no such import, or it is taken back already. Load the page again.',
  'no-such-material': 'There is no such link any more. Load the page again.',
  'material-there': 'This link is in the list already, with the same digest.',
  'too-many-materials': 'The list holds {most} links. Take one out first.',
} as const;
