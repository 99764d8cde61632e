/** The refusals of this subject, each with its one sentence. */

export const forumRefusals = {
  'no-such-forum': 'There is no such forum.',
  'no-such-forum-meeting': 'This forum has no such meeting, or it is withdrawn.',
  'no-such-forum-action': 'This forum has no such open action.',
} as const;
