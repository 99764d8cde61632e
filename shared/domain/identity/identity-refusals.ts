/** The refusals of this subject, each with its one sentence. */

export const identityRefusals = {
  'erased-already/again': 'Who the child is has been erased already.',
  'legal-hold':
    'A legal hold stands on this referral, or on the one that it is merged into: nothing of it is erased until a lawyer lifts the hold.',
  'no-retention-rule': 'No rule of retention is known for this referral: only a court order is a ground.',
  retained: 'By the rule of retention (assumed, awaits legal sign-off) it is kept until {from}.',
  'erased-already/child': 'Who the child is has been erased.',
  'given-and-removed': 'You give and remove the same field: do one of the two.',
  'nothing-said/correction': 'Say what is to be corrected.',
  'not-yours-to-correct':
    'Only the person who took the report, or one who may read who reported, can correct it: ask your supervisor.',
  'erased-already/hold': 'Who the child is has been erased: there is nothing left to hold.',
  'held-already/legal': 'A legal hold stands on this referral already.',
  'no-hold/legal': 'No legal hold stands on this referral.',
  'order-missing': 'Give the court and the number of its order in "orderReference".',
  'nothing-proposed/erasure':
    'No proposal to erase who this child is stands: one lapses with a legal hold, and when a person declines it.',
} as const;
