/** The refusals of this subject, each with its one sentence. */

export const coreRefusals = {
  overtaken: 'The referral moved while this was decided.',
  'id-reused': 'Something else was sent as this command before, and that stands.',
  'read-first':
    'This replaces or approves what someone recorded. Read the referral first, and send what you read with the act: {title}.',
  'changed-since-read':
    'What this would replace or approve has changed since you read it, so nothing was stored. Read it again: {title}.',
  'wrong-stage': 'The referral is {stage}, so this can no longer be done: {title}.',
  'emergency-access-only':
    'You have emergency access, which lets you read and do what protects the child now. Ask a person who works on this referral to do this: {title}.',
  'in-the-future/act': 'This time lies in the future. Give the time when it took place.',
  'before-the-report':
    'The act is dated before the Careline heard of the report ({receivedAt}): give when it took place.',
  'no-such-agency':
    'The directory has no agency of this id. For one it does not have, give {otherAgency} and say in "personReached" who it is.',
} as const;
