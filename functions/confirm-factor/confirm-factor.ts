import { type FactorEvidence, secondFactorClaim } from '../../shared/contracts/token-claims.ts';

/** Why the pool does not list a factor: the person has none that was ever verified, or the pool did not say. */
export type Chosen = 'listed' | 'no-factor' | 'not-said';

/** The part of Cognito's event, version 2, that is read. */
export interface TokenEvent {
  readonly userPoolId: string;
  readonly userName: string;
}

/**
 * Before each token: sees that the pool lists the person's authenticator app, which it does only for a verified one. Only then do
 * both tokens say that there is a second factor. `unknown`: the pool did not say, so that the doors ask again later.
 */
export async function confirmFactor<Event extends TokenEvent>(
  choose: (event: TokenEvent) => Promise<Chosen>,
  event: Event,
) {
  const evidence: Readonly<Record<Chosen, FactorEvidence | undefined>> = {
    listed: 'verified',
    'no-factor': undefined,
    'not-said': 'unknown',
  };
  const found = evidence[await choose(event)];
  const added = found && { claimsToAddOrOverride: { [secondFactorClaim]: found } };
  return {
    ...event,
    response: {
      claimsAndScopeOverrideDetails: added ? { idTokenGeneration: added, accessTokenGeneration: added } : {},
    },
  };
}
