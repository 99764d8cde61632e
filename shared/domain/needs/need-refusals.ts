/** The refusals of practical needs, and of the search for a place. */
export const needRefusals = {
  'in-the-past/need': 'The need would be for {neededBy}, which is past. Give a time ahead.',
  'too-far-ahead/need': 'The need would be for {neededBy}. Give a time within three months.',
  'no-seat-for-need': 'The team has no such seat: {owner}. Leave it out, or choose a seat of the team.',
  'need-open-already': 'This need is open already. Record how it ended (end-need) before you ask again.',
  'unknown-need': 'No need has this number.',
  'need-over': 'This need has ended. Ask for it again.',
  'need-met-by-whom': 'Say in "metBy" who met the need.',
  'need-not-met': 'Only a need that was met has a person who met it. Leave "metBy" out.',
  'in-the-past/place': 'The first night would be {placeFrom}, which is past. Give a day from today on.',
  'too-far-ahead/place': 'The first night would be {placeFrom}. Give a day within three months.',
  'place-ends-before': 'The last day comes before the first. Correct the days.',
  'place-asked-already': 'This provider is asked already. Record its answer first (answer-place).',
  'no-such-ask': 'No question to a provider has this number.',
  'ask-over': 'The provider has answered already. Ask again, with a new number.',
} as const;
