import { correctable, reporterFields } from './vocabulary.ts';

/** The parts of an identity that may be known. The ledger names those in the vault, so that a lost one is no unknown one. */
export const identityParts = [...correctable, 'birthDate', ...reporterFields, 'safeNumber'] as const;
export type IdentityPart = (typeof identityParts)[number];
