/** Handlers of the program: agreements, forums, and concerns about venues. */
import { submissionUnder } from '../../shared/application/access/person-frame.ts';
import type { Kept } from '../../shared/application/input/kept.ts';
import type { DoorRefusal } from '../../shared/application/routes/door-refusals.ts';
import type { programRoutes } from '../../shared/application/routes/program-routes.ts';
import { keepAgreement, listAgreements } from '../../shared/application/use-cases/keep-agreements.ts';
import {
  endForumAction,
  listForums,
  openForum,
  readForum,
  recordMeeting,
  withdrawMeeting,
} from '../../shared/application/use-cases/keep-forums.ts';
import {
  answerConcern,
  listVenues,
  raiseVenue,
  takeVenueFile,
} from '../../shared/application/use-cases/keep-venues.ts';
import type { RefusalKey } from '../../shared/domain/refusals.ts';
import type { ApiParts } from './api-parts.ts';
import { done, type Handlers } from './handlers.ts';
import { type No, no, notStored } from './problem.ts';

/** The "no" of a use case that keeps a chain, by the refusals of its route. */
function noOf<Code extends RefusalKey, Forbidden extends DoorRefusal, Unknown extends DoorRefusal>(
  kept: Exclude<Kept<never, Code>, { readonly kind: 'done' }>,
  forbidden: Forbidden,
  unknown: Unknown,
) {
  switch (kept.kind) {
    case 'forbidden':
      return { no: forbidden, given: undefined } as No<Forbidden>;
    case 'unknown':
      return { no: unknown, given: undefined } as No<Unknown>;
    default:
      return notStored(kept);
  }
}

export const programHandlers = (parts: ApiParts): Handlers<keyof typeof programRoutes> => ({
  async 'read-agreements'({ visitor, now }) {
    const agreements = await listAgreements({ ...parts, now }, visitor);
    return agreements ? done({ agreements }) : no('agreements-for-readers');
  },

  async 'record-agreement'({ visitor, body, key, now, requestId }) {
    const submission = await submissionUnder(parts, key);
    const kept = await keepAgreement({ ...parts, now, requestId }, visitor, undefined, body, submission);
    if (kept.kind === 'done') return done(kept.value, { status: 201 });
    // A new one is never missing.
    return noOf(kept, 'agreements-for-keepers', 'agreements-for-keepers');
  },

  async 'change-agreement'({ visitor, params, body, key, now, requestId }) {
    const submission = await submissionUnder(parts, key);
    const kept = await keepAgreement({ ...parts, now, requestId }, visitor, params.agreement, body, submission);
    return kept.kind === 'done' ? done(kept.value) : noOf(kept, 'agreements-for-keepers', 'no-such-agreement');
  },

  async 'read-forums'({ visitor, now }) {
    const list = await listForums({ ...parts, now }, visitor);
    return list ? done(list) : no('forums-for-readers');
  },

  async 'read-forum'({ visitor, params, now }) {
    const forum = await readForum({ ...parts, now }, visitor, params.forum);
    return forum ? done(forum) : no('no-such-forum');
  },

  async 'open-forum'({ visitor, body, key, now, requestId }) {
    const submission = await submissionUnder(parts, key);
    const kept = await openForum({ ...parts, now, requestId }, visitor, body, submission);
    if (kept.kind === 'done') return done(kept.value, { status: 201 });
    return noOf(kept, 'forums-for-keepers', 'forums-for-keepers');
  },

  async 'record-forum-meeting'({ visitor, params, body, key, now, requestId }) {
    const submission = await submissionUnder(parts, key);
    const kept = await recordMeeting({ ...parts, now, requestId }, visitor, params.forum, body, submission);
    if (kept.kind === 'done') return done(kept.value, { status: 201 });
    return noOf(kept, 'forums-for-keepers', 'no-such-forum');
  },

  async 'withdraw-forum-meeting'({ visitor, params, body, key, now, requestId }) {
    const submission = await submissionUnder(parts, key);
    const kept = await withdrawMeeting({ ...parts, now, requestId }, visitor, params, body, submission);
    return kept.kind === 'done' ? done(kept.value) : noOf(kept, 'forums-for-keepers', 'no-such-forum');
  },

  async 'end-forum-action'({ visitor, params, body, key, now, requestId }) {
    const submission = await submissionUnder(parts, key);
    const kept = await endForumAction({ ...parts, now, requestId }, visitor, params, body, submission);
    return kept.kind === 'done' ? done(kept.value) : noOf(kept, 'forums-for-keepers', 'no-such-forum');
  },

  async 'read-venue-concerns'({ visitor }) {
    const concerns = await listVenues(parts, visitor);
    return concerns ? done({ concerns }) : no('venues-for-hart');
  },

  async 'raise-venue-concern'({ visitor, body, key, now }) {
    const kept = await raiseVenue({ ...parts, now }, visitor, body, await submissionUnder(parts, key));
    if (kept.kind === 'done') return done(kept.value, { status: 201 });
    return noOf(kept, 'venues-for-hart', 'venues-for-hart');
  },

  async 'answer-venue-concern'({ visitor, params, body, key, now }) {
    const submission = await submissionUnder(parts, key);
    const kept = await answerConcern({ ...parts, now }, visitor, params.concern, body, submission);
    return kept.kind === 'done' ? done(kept.value) : noOf(kept, 'venue-not-yours', 'no-such-concern');
  },

  async 'take-venue-file'({ visitor, params, key, now }) {
    const submission = await submissionUnder(parts, key);
    const kept = await takeVenueFile({ ...parts, now }, visitor, params.concern, submission);
    return kept.kind === 'done' ? done(kept.value.file) : noOf(kept, 'venues-for-hart', 'no-such-concern');
  },
});
