/** The refusals of hearings. */
export const hearingRefusals = {
  'no-such-court': 'Choose in "court" one of the list.',
  'no-such-hearing': 'No hearing of this id is recorded. Give in "hearing" one that is.',
  'too-far-ahead/hearing': 'The hearing would be on {startsAt}. Give a time within two years.',
  'tribe-first/day':
    'For the tribe no proceeding about custody is held before {day} (C.G.S. 46b-116 and following; counsel confirms). Give a later time, or say in "reason" why the court set it.',
  'tribe-first/receipt':
    'The receipt of the notice to the tribe is not recorded, and no proceeding about custody is held before it (C.G.S. 46b-116 and following; counsel confirms). First record it (record-tribe-receipt), or say in "reason" why the court set it.',
  'hearing-over': 'This hearing is over already. Schedule the next one (schedule-hearing).',
  'hearing-ahead': 'The hearing begins {startsAt}. Record afterwards that it was held.',
  'continued-without-time': 'Give in "continuedTo" the new time of the hearing, after now.',
  'continued-to-unasked': 'A new time goes only with a hearing that is continued. Leave "continuedTo" out.',
  'outcome-missing': 'Say in "outcome" what the court decided. There is a choice for no decision yet.',
  'outcome-unasked': 'The court decides only where the hearing was held. Leave "outcome" and "orders" out.',
  'other-outcome': 'This kind of hearing has none of that outcome. Give in "outcome" one of: {outcomes}.',
  'no-open-order': 'This hearing has no open order of that kind. It may be recorded as done already.',
} as const;
