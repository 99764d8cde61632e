/** The functions of JSONata that expressions may call, and the one that Step Functions adds to JSONata 2.0.6. */

/** By name. JSONata's own `$eval` is taken away, as in AWS: a call of it fails as that of any unknown function. */
export const addedFunctions: Readonly<Record<string, unknown>> = {
  eval: undefined,
  parse: (text?: unknown) => {
    if (text === undefined) return undefined;
    if (typeof text !== 'string') throw new Error('$parse takes a string');
    return JSON.parse(text) as unknown;
  },
};

/** AWS has these, and the interpreter would give something else. */
export const notOfferedFunctions: ReadonlySet<string> = new Set(
  'hash now partition random range shuffle uuid'.split(' '),
);

export const functionNames: ReadonlySet<string> = new Set(
  `abs append assert average base64decode base64encode boolean ceil clone contains count decodeUrl
  decodeUrlComponent distinct each encodeUrl encodeUrlComponent error exists filter floor formatBase formatInteger
  formatNumber fromMillis join keys length lookup lowercase map match max merge millis min not number pad
  parse parseInteger power reduce replace reverse round sift single sort split spread
  sqrt string substring substringAfter substringBefore sum toMillis trim type uppercase zip`.split(/\s+/),
);
