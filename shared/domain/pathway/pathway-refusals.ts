/** The refusals of this subject, each with its one sentence. */

export const pathwayRefusals = {
  'run-not-living': 'No such run lives in this referral: the page Runs has those that do.',
  'run-just-begun': 'This run began again less than ten minutes ago: wait until it has settled.',
} as const;
