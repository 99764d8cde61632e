/** The refusals of this subject, each with its one sentence. */

export const sameChildRefusals = {
  'other-gone-meanwhile':
    'The other referral has moved: it is open no more, or a claim on it was given back. Look at it and answer again.',
  'no-such-merge': 'There is no merge here that you can undo. Ask a Careline supervisor or manager who can undo it.',
  'erased-already/merge': 'Who the child is has been erased, so no one can work on this referral again.',
  'return-unscreened':
    'Return {number} from missing has had no screening: record it first, because it cannot be recorded afterwards, or have a lawyer find that it is not owed.',
  'others-merged-into-it':
    'Another referral is merged into this one, or being merged now. That child would be left without a worker. Undo that first.',
  'merged-owes':
    'The referral cannot be closed yet: another is being merged into it, or is merged and still owes what the law asks for.',
  'clocks-missing':
    'The first deadlines of one of the two referrals are not open yet. The system opens them within minutes: answer again then.',
  'record-there-first':
    'This referral knows what the other does not, and its clocks would end with it. Record there first, so that they run there and its people hear of it: {listed}. Where it is wrong, or done with, record that here.',
} as const;
