/** The refusals of this subject, each with its one sentence. */

export const directoryRefusals = {
  'no-such-delegation': 'There is no such delegation, or it is not yours to end.',
  'no-such-person/delegate': 'The directory has no person of this id who could be the delegate.',
  'not-oneself': 'Name another person: a delegate stands in for you.',
  'not-your-work': 'You hold no role of your own as {lacking}, so it is not yours to hand on.',
  'not-a-colleague': 'The delegate must be staff of the department; for a team, staff or another leader of a team.',
  'no-period': 'The period must end after it begins, and after now.',
  'too-far-ahead/delegation': 'A delegation begins within a year: give when the leave begins.',
  'too-long':
    'A delegation lasts at most {longestDays} days. For a longer leave, an administrator names a replacement in the directory.',
  'over-already': 'This delegation has come to its end by itself.',
  'no-such-shift': 'There is no such shift any more. Load the page again.',
  'shift-over': 'This shift has ended. Choose one that runs or is to come.',
  'lacks-role':
    'The directory does not give this person the role of the shift in its office. An administrator adds it there first.',
  'same-person': 'Both shifts are the same person’s. Choose shifts of two people.',
  'no-such-person/shift': 'The directory has no person of this id or e-mail address.',
  'no-telephone': 'The directory has no telephone number for this person. Give the number to call.',
  'own-access/still-yours': 'You cannot end your own access. Ask another administrator.',
  'own-access/ended': 'Your own access has ended, so nothing was done.',
  'ended-already': 'The access of this person has ended already. Load the page again.',
  'preview-out-of-date':
    'Their shifts or delegations changed since you opened this page. Nothing was done. Read it again, then confirm.',
  'no-taker': 'Choose who takes each shift and the delegations, or no one.',
  'not-kept': 'A person who left keeps no shift and no delegation. Choose who takes them, or no one.',
  'takes-from-themselves': 'The person whose access ends cannot take over. Choose another person, or no one.',
} as const;
