/** The refusals of this subject, each with its one sentence. */

export const policyCommandRefusals = {
  'no-ledger': '{fault}',
  'no-such-file': 'There is no file {file}.',
  'not-loaded': 'The file {file} could not be loaded: {error}',
  'no-policy/several': 'The file {file} exports {size} policies: give each its own.',
  'no-policy/none': 'The file {file} exports no policy.',
  'no-such-policy': 'There is no policy "{name}"; this release holds {versions}.',
} as const;
