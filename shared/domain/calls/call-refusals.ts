/** The refusals of this subject, each with its one sentence. */

export const callRefusals = {
  'no-such-deadline/field': 'The field deadlineId names no deadline of this referral.',
  'no-one-has-it': 'No person has this duty now: it is done, or people are being called already.',
  'not-to-you/give-back':
    'You cannot give this back. The person who has the child can, or the one who recorded it, or one who may answer.',
  'which-callee': 'Give either personId or agencyId: the one who was called.',
  'agency-not-asked': 'No agency is called about this duty: give the person who was called, in personId.',
  'call-with-yourself': 'You cannot record a call with yourself: give the person you called.',
  'no-such-person/call': 'The directory has no person of this id who can be called about this referral.',
  'conflict-of-interest': 'This person has a conflict of interest here: call the next person.',
  'not-in-line':
    'This callee is not called about this duty, so reaching them ends nothing. Call the next person on the card.',
  'no-such-deadline/call': 'This referral has no deadline of this id: take it from the page.',
  'not-your-duty':
    'Your role does not record calls about this duty. Careline staff, the people it waits on and their supervisors do.',
  'duty-settled': 'This duty {status}, so no one needs to be called about it.',
} as const;
