/** Faults that the workflows' definitions match by name, so each name is a fixed string that no minifier touches. */
// @ts-nocheck


/** Ten races for the same chain were lost. Trying again later helps. */
export class LedgerBusy extends Error {
  override readonly name = 'LedgerBusy';
}

/** A service this product stands on did not answer. Trying again later helps. */
export class DependencyUnavailable extends Error {
  override readonly name = 'DependencyUnavailable';
}
