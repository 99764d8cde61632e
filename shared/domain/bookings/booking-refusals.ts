/** The refusals of appointments for an exam or an interview. */
export const bookingRefusals = {
  'not-a-booker':
    'Of the team, the victim advocate, the forensic interviewer and the medical seat book. Ask the advocate to do it.',
  'booked-already':
    'This is asked for or booked already. Move that appointment (move-booking), or record how it ended (end-booking).',
  'second-interview':
    'A forensic interview was held, and one is enough (C.G.S. 17a-101h). Say in "secondReason" why another is needed.',
  'second-unasked': 'No forensic interview was held before. Leave "secondReason" out.',
  'interpreter-first':
    'The child speaks {language}. Say in "interpreter" which interpreter comes, or that the center speaks it.',
  'in-the-past/booking': 'The appointment would be {startsAt}, which is past. Give a time ahead.',
  'too-far-ahead/booking': 'The appointment would be {startsAt}. Give a time within half a year.',
  'no-such-booking': 'No appointment of this id is recorded. Give in "booking" one that is.',
  'booking-over': 'This appointment is over already. Ask for another one (ask-booking).',
  'booking-without-time': 'This appointment has no time yet. Set its time first (move-booking), or cancel it.',
  'booking-ahead': 'The appointment is on {startsAt}. Record afterwards whether it was kept.',
  'booking-reason-missing': 'Say in "bookingReason" why it was not kept.',
  'booking-reason-unasked': 'An appointment that was kept needs no reason. Leave "bookingReason" out.',
} as const;
