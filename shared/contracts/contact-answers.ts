/** Answers of the API about contact with the child and family: the pause for police, and the parents' notice. */
import * as z from 'zod';
import { aloneAnswers, meetingWays, seers, sightings, tribeMails, tribeRecipients } from '../domain/core/vocabulary.ts';

const id = z.string();
/** In UTC. */
const instant = z.iso.datetime({ offset: false });

export const doNotContactBefore = instant
  .describe(
    'Police asked that no one contacts the child or family before then. Danger, a missing child and acute medical care do not wait.',
  )
  .optional();

const decided = z.looseObject({ decision: z.enum(['given', 'withheld']), by: id, at: instant });
const confirmed = z
  .looseObject({ by: id, at: instant })
  .describe('A supervisor confirmed that it may be given although a caregiver’s part is not ruled out.');

/** Fields of the view of a whole referral. */
export const contactWithFamily = {
  childSeen: z
    .looseObject({
      sighting: z.enum(sightings),
      seenBy: z.enum(seers),
      seenAlone: z.enum(aloneAnswers).optional(),
      at: instant,
    })
    .describe('When the child was seen last, and by what role; or the last attempt, while no one has seen the child.')
    .optional(),
  tribeNotices: z
    .array(
      z.looseObject({
        notice: id,
        recipient: z.enum(tribeRecipients),
        tribe: id,
        mailKind: z.enum(tribeMails),
        mailedAt: instant,
        receivedAt: instant.optional(),
        moreTime: z.literal(true).optional(),
        askedAt: instant.optional(),
      }),
    )
    .describe(
      'Each notice to a tribe, a parent or an Indian custodian, with its id, the receipt, and a request for more time.',
    ),
  earliestProceeding: z.iso
    .date()
    .describe('The first day of a proceeding about custody. Absent while a receipt is not recorded.')
    .optional(),
  exParteOrderAt: instant.describe('When the court gave the last ex parte order of temporary custody.').optional(),
  interviewHeld: z
    .looseObject({ saidAt: instant, seenAlone: z.enum(aloneAnswers).optional() })
    .describe('When someone said that a forensic interview had been held, and whether the child was seen alone there.')
    .optional(),
  interview: z
    .looseObject({ scheduledFor: instant, way: z.enum(meetingWays).optional(), directions: id.optional() })
    .describe(
      'The forensic interview that was scheduled last. The words of its address or link are on the page of the team.',
    )
    .optional(),
  outreachPause: z
    .looseObject({ agencyId: id, by: id, from: instant, until: instant })
    .describe('Who asked for the last pause of outreach; for staff.')
    .optional(),
  parentsNotice: decided
    .describe('What was decided last about the notice to the parents (C.G.S. 17a-103b).')
    .optional(),
  parentsNoticeApproved: confirmed.optional(),
  substantiationNotice: decided
    .describe('What was decided last about the notice that the complaint was substantiated (C.G.S. 17a-103b(b)).')
    .optional(),
  substantiationNoticeApproved: confirmed.optional(),
  findingNotice: z
    .looseObject({ by: id, at: instant })
    .describe('When the notice of the finding was mailed last (C.G.S. 17a-101k(b)).')
    .optional(),
  findingSafety: z
    .looseObject({ by: id, at: instant, mayMail: z.enum(['yes', 'no']).optional() })
    .describe('The last question to counsel whether that notice is safe to mail, or the last answer.')
    .optional(),
};
