/** A seeded sample of the mutants that Stryker would make. */
import { readFileSync } from 'node:fs';
import type { Mutant, Position } from '@stryker-mutator/api/core';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { dice } from '../../support/dice.ts';

const quiet = () => undefined;
const level = () => false;
/** The instrumenter wants a log. What it says is said again by the run itself. */
const silent = {
  ...{ trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet, fatal: quiet },
  ...{ isTraceEnabled: level, isDebugEnabled: level, isInfoEnabled: level },
  ...{ isWarnEnabled: level, isErrorEnabled: level, isFatalEnabled: level },
};

/** Mutations left out of every run: the words of refusals would outnumber the decisions. */
export const excludedMutations = ['StringLiteral'];

/**
 * For each file with a mutant in the sample, the places that Stryker is to mutate (`file:line:column-line:column`).
 * A place holds every mutant inside it, and these count as well.
 */
export async function sampleOf(files: readonly string[], count: number): Promise<ReadonlyMap<string, string[]>> {
  const contents = files.map((name) => ({ name, content: readFileSync(name, 'utf8'), mutate: true }));
  const { mutants } = await new Instrumenter(silent).instrument(contents, {
    excludedMutations,
    ignorers: [],
    plugins: null,
  });
  const tried = mutants.filter(({ status }) => status !== 'Ignored');
  const { next } = dice('mutants');
  const order = tried
    .map((mutant) => ({ mutant, drawn: next() }))
    .toSorted((one, other) => one.drawn - other.drawn)
    .map(({ mutant }) => mutant);
  const sample = new Set<Mutant>();
  const places = new Map<string, string[]>();
  for (const mutant of order) {
    if (sample.size >= count) break;
    if (sample.has(mutant)) continue;
    for (const each of tried) if (isInside(each, mutant)) sample.add(each);
    const { start, end } = mutant.location;
    const place = `${mutant.fileName}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`;
    places.set(mutant.fileName, [...(places.get(mutant.fileName) ?? []), place]);
  }
  return places;
}

const isInside = (one: Mutant, other: Mutant) =>
  one.fileName === other.fileName &&
  isBefore(other.location.start, one.location.start) &&
  isBefore(one.location.end, other.location.end);

const isBefore = (one: Position, other: Position) =>
  one.line < other.line || (one.line === other.line && one.column <= other.column);
