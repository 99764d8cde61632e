/** The refusals of this subject, each with its one sentence. */

export const screeningRefusals = {
  'definition-missing/screening':
    'A confirmed outcome names the definition it rests on: C.G.S. 46a-170, C.G.S. 53a-192a or the TVPA.',
  'screening-incomplete':
    '"Not indicated" needs a complete screening. Not known yet: {unknown}. Answer the checklist, record an instrument\'s result again with its band, or record "Not enough information".',
  'before-the-last-screening': 'The last screening was {last}. Give the time of this one, which is later.',
  'nothing-proposed/downgrade':
    'No lower outcome waits: one lapses when a checklist or an instrument is recorded, when the child leaves or returns, and when a person declines it.',
  'nothing-to-sign': 'Only a screening with the outcome not-indicated is signed off.',
  'already-signed/screening': 'This screening is signed off already.',
  'more-known-since':
    'More has become known since that screening, and the rules propose {higher}: have the child screened again.',
  'no-result': 'Give the score, the band or both: without either there is no result.',
  'in-the-future/day': 'The day on which it was administered has not come yet.',
} as const;
