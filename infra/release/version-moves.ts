/** Which version of each function a release, a way back or a tidying needs. Pure: `infra/release/deployed-functions.ts` asks AWS. */

export interface PublishedVersion {
  readonly number: number;
  /** When its code or settings were last changed: a UTC instant. */
  readonly at: string;
}

export interface DeployedFunction {
  readonly functionName: string;
  /** The version that the alias `live` names. Undefined where there is no such alias. */
  readonly live: number | undefined;
  readonly versions: readonly PublishedVersion[];
}

export interface Move {
  readonly functionName: string;
  readonly from: number | undefined;
  readonly to: PublishedVersion;
}

export interface Plan {
  readonly moves: readonly Move[];
  /** Functions for which no version fits. They stay as they are. */
  readonly without: readonly string[];
}

const newest = (versions: readonly PublishedVersion[]): PublishedVersion | undefined =>
  versions.toSorted((one, other) => one.number - other.number).at(-1);

function planOf(
  deployed: readonly DeployedFunction[],
  choose: (one: DeployedFunction) => PublishedVersion | undefined,
): Plan {
  const chosen = deployed.map((one) => ({ ...one, to: choose(one) }));
  return {
    moves: chosen.flatMap(({ functionName, live, to }) =>
      to === undefined || to.number === live ? [] : [{ functionName, from: live, to }],
    ),
    without: chosen.flatMap(({ functionName, to }) => (to === undefined ? [functionName] : [])),
  };
}

/** Back to what was in use before an instant: of each function the newest version from before it. */
export const back = (deployed: readonly DeployedFunction[], before: string): Plan =>
  planOf(deployed, ({ versions }) => newest(versions.filter(({ at }) => Date.parse(at) < Date.parse(before))));

/** Versions published within this many milliseconds of each other belong to one release: a deployment makes them one by one. */
const withinOneRelease = 30 * 60_000;

/**
 * When the newest release began, a UTC instant. `updatedAt`: when the stack was last updated, which may have changed no function.
 * Then it is the first of the newest versions that were published together. Undefined where no version is older.
 */
export function newestRelease(
  deployed: readonly DeployedFunction[],
  updatedAt: string | undefined,
): string | undefined {
  const published = deployed
    .flatMap(({ versions }) => versions.map(({ at }) => Date.parse(at)))
    .toSorted((one, other) => other - one);
  const [newestAt] = published;
  if (newestAt === undefined || updatedAt === undefined) return undefined;
  if (Date.parse(updatedAt) <= newestAt) return updatedAt;
  const older = published.findIndex((at, index) => index > 0 && (published[index - 1] ?? at) - at > withinOneRelease);
  return older === -1 ? undefined : new Date(published[older - 1] ?? newestAt).toISOString();
}

/** A sentence for each function that a plan does not move: which version stays live, and of when. */
export function staying(deployed: readonly DeployedFunction[], { moves, without }: Plan): readonly string[] {
  return deployed
    .filter(({ functionName }) => !moves.some((move) => move.functionName === functionName))
    .map(({ functionName, live, versions }) => {
      const of = versions.find(({ number }) => number === live)?.at;
      const why = without.includes(functionName) ? 'there is no such version, and ' : '';
      return `${functionName}: ${why}${live ?? 'no version'} stays live${of === undefined ? '' : ` (of ${of})`}`;
    });
}

/** Forward again: of each function the newest version. */
export const forward = (deployed: readonly DeployedFunction[]): Plan =>
  planOf(deployed, ({ versions }) => newest(versions));

/** The versions that may go: all but the newest `keep` of a function, and never one that `live` names. */
export function superfluous(
  deployed: readonly DeployedFunction[],
  keep: number,
): readonly { readonly functionName: string; readonly number: number }[] {
  return deployed.flatMap(({ functionName, live, versions }) =>
    versions
      .toSorted((one, other) => other.number - one.number)
      .slice(keep)
      .filter(({ number }) => number !== live)
      .map(({ number }) => ({ functionName, number })),
  );
}
