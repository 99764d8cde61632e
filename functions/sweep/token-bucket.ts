/** A budget of calls, as AWS counts them: some at once, and then so many a second. */
export interface Budget {
  readonly burst: number;
  readonly perSecond: number;
}

/** A bucket with the whole burst in it. Instants are milliseconds of any clock that only goes forward. */
export function createTokenBucket({ burst, perSecond }: Budget) {
  let tokens = burst;
  let filledAt = Number.NEGATIVE_INFINITY;
  const fill = (at: number) => {
    if (Number.isFinite(filledAt)) tokens = Math.min(burst, tokens + ((at - filledAt) / 1000) * perSecond);
    filledAt = at;
  };
  return {
    /** Takes a token. The answer is how many milliseconds to wait before it may be used. */
    take(at: number): number {
      fill(at);
      tokens -= 1;
      return tokens >= 0 ? 0 : Math.ceil((-tokens / perSecond) * 1000);
    },
    /** The service has no more now. The next token comes after so many milliseconds. */
    empty(at: number, milliseconds: number): void {
      fill(at);
      tokens = Math.min(tokens, 1 - (milliseconds / 1000) * perSecond);
    },
  };
}
