/** `tell`, which never throws: a logger that fails must not lose a report. */
export const unfailing =
  <Told extends readonly unknown[]>(tell: ((...told: Told) => void) | undefined) =>
  (...told: Told): undefined => {
    try {
      tell?.(...told);
    } catch {
      // There is no other place to tell it.
    }
  };
