/** The refusals of this subject, each with its one sentence. */

export const childRefusals = {
  'held-already/96-hours': 'A hold is recorded already: give an earlier time where it began earlier.',
  'of-age/hold':
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
  'known-before-it-happened': 'The assault would be known before it happened. Correct one of the two times.',
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
  'received-before-sent': 'The notice was sent {at}: give in "at" a later time of its receipt.',
  'received-after-request':
    'The tribe or person asked for more time {at}, so it had the notice by then: give in "at" that day, or an earlier one.',
  'more-time-already': 'More time was asked for already by this notice.',
  'asked-before-sent': 'The notice was sent {at}: give in "at" that day, or a later one, for the request.',
  'asked-before-receipt':
    'The tribe received the notice {at}: give in "at" that day, or a later one, for its request. If the receipt is wrong, first record it again (record-tribe-receipt).',
  'no-facility':
    'No employee of a licensed facility is alleged, so no agency is notified. If one is, first record it (record-facts, "facilityEmployee").',
  'no-school':
    'No school employee is alleged, so Education is not notified. If one is, first record it (record-facts, "schoolEmployee").',
  'no-institution':
    'No employee of a facility or school is alleged. If one is, first record it (record-facts, "facilityEmployee" or "schoolEmployee").',
  'no-finding-to-tell': 'No investigation has ended with a result to send. First record it (record-disposition).',
  'no-proceeding':
    'No proceeding is recorded: no hold, order or petition. Before one nothing permits notice to a tribe, and confidentiality forbids it (C.G.S. 17a-28). Ask counsel.',
  'counsel-notifies-family':
    'A caregiver may have had a part in it, so counsel sends the notice to a parent or custodian, and records it.',
  'of-age/order':
    'An order of temporary custody is for a child (C.G.S. 46b-129), and the age says 18 or over: if it is wrong, correct it first.',
  'ordered-already':
    'An ex parte order is recorded whose preliminary hearing is still due. If its time is wrong, correct it (correct-ex-parte-order).',
  'order-unchanged': 'The order is recorded as given then: give another time in "at".',
  'after-the-hearing': 'The hearing was held {hearing}: give in "at" an earlier time of the order.',
  'hearing-missed/hearing':
    'The preliminary hearing was due {due} and was missed: no later order moves that. Counsel finds that the duty does not apply (find-not-applicable). Then record the order again.',
  'hearing-missed/evaluation':
    'The evaluation was due {due} and was missed: no later order moves that. Counsel finds that the duty does not apply (find-not-applicable). Then correct the order again.',
  'no-order': 'No ex parte order is recorded. First record it (record-ex-parte-order).',
  'before-the-order': 'The order was given {order}: the hearing cannot have been held before.',
  'hearing-held-already': 'The preliminary hearing after this order is recorded already, as held {hearing}.',
  'reason-missing/before-the-tribes-day':
    'For the tribe no proceeding was to be held before {day} (C.G.S. 46b-116 and following): say in "reason" why the hearing was held before.',
  'reason-missing/before-the-receipt':
    'The receipt of a notice to the tribe is not recorded, and no proceeding is held before it (C.G.S. 46b-116 and following). First record it (record-tribe-receipt), or say in "reason" why the hearing was held.',
  'agency-notified-already':
    'This notice to this agency is recorded already, as given {at}. Give in "licensingAgency" or "occasion" another one, where another was given.',
  'education-notified-already':
    'This notice to Education is recorded already, as given {at}. Give in "occasion" the other one, where that was given.',
  'charges-known': 'Charges are recorded already.',
  'not-of-age': 'There is no record that this person is of age, so there is no hand-over.',
} as const;
