import type { Proofs } from '../../shared/application/read/proof-download.ts';

/** Of a stack in which no hour is over yet. */
export const notAnchored: Proofs = {
  archive: {
    names: async () => [],
    read: async (name) => {
      throw new Error(`There is no anchor ${name}.`);
    },
  },
  script: () => 'The script of a test.',
};
