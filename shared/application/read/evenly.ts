/** Answers on a schedule that does not follow the work. So the time of an answer tells nothing about it. */

/** Runs a piece of work. Its answer, or its failure, comes at a boundary of time. */
export type Evenly = <Answer>(work: () => Promise<Answer>) => Promise<Answer>;

/** Milliseconds between two boundaries. It is several times as long as a search takes once its function is warm. */
export const boundary = 250;

/** `now`: milliseconds of any clock that only goes forward. */
export const createEvenly =
  (now: () => number, pause: (milliseconds: number) => Promise<void>): Evenly =>
  async (work) => {
    const began = now();
    try {
      return await work();
    } finally {
      const spent = now() - began;
      await pause(Math.max(1, Math.ceil(spent / boundary)) * boundary - spent);
    }
  };
