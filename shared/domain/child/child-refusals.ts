/** The refusals of this subject, each with its one sentence. */

export const childRefusals = {
  'held-already/96-hours': 'A hold is recorded already: give an earlier time where it began earlier.',
  'of-age':
    'A 96-hour hold is for a child (C.G.S. 17a-101g(e)), and the age says 18 or over: if it is wrong, correct it first.',
  'held-before':
    'The child was held before, for at most 96 hours (C.G.S. 17a-101g(f)): say in "reason" what is new since.',
  'no-hold/96-hours': 'No hold is recorded that could end.',
  'before-the-hold': 'The hold began {start}: it cannot have ended before.',
  'not-returned': 'No return from missing is recorded.',
  'no-such-return': 'No return {episode} is recorded.',
  'before-the-return/talk': 'The talk is dated before the return: give when it took place.',
  'in-care-already': 'The child was in care already, so this is no first entry.',
  'not-in-care': 'No first entry to care is recorded.',
  'nothing-said/facts': 'Say at least one thing that has become known.',
  'age-known/facts':
    'The age follows from the date of birth, which is known: to correct it, record the date of birth anew with a reason.',
  'at-home-and-in-custody':
    'The child would live at home and be in the custody of the department: say in "population" and "legalStatus" what holds now.',
  'in-care-and-no-client':
    'The child would be in the care of the department and no client of it: say in "population" and "legalStatus" what holds now, or leave "dcfClient" out.',
  'missing-known': 'Whether the child is missing is known already: record its return, or that it is missing.',
  'no-tribe': 'No membership of a tribe is recorded. If there is one, first record it (record-facts, "tribalMember").',
  'no-such-tribe': 'Give in "tribe" one of: {tribes}.',
  'tribe-not-notified':
    'No notice of this id is recorded. Give in "notice" one that is, or first record it (notify-tribe).',
  'received-before-sent': 'The notice was sent {at}: it cannot have been received before.',
  'more-time-already': 'The tribe has asked for more time already.',
  'no-receipt': 'No receipt is recorded for this notice. First record it (record-tribe-receipt).',
  'no-facility':
    'No licensed facility is recorded, so there is no agency to notify. If there is one, first record it (record-facts, "inFacility").',
  'no-school':
    'No school is recorded, so Education is not notified. If there is one, first record it (record-facts, "inSchool").',
  'ordered-already':
    'An ex parte order is recorded whose preliminary hearing is still due: give an earlier time where the order was earlier.',
  'no-order': 'No ex parte order is recorded. First record it (record-ex-parte-order).',
  'before-the-order': 'The order was given {order}: the hearing cannot have been held before.',
  'charges-known': 'Charges are recorded already.',
  'not-of-age': 'There is no record that this person is of age, so there is no hand-over.',
} as const;
