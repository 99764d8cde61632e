/** Duties of one task are one line, at the place of the first. */

interface Grouped {
  readonly group?: { readonly id: string } | undefined;
}

/** The rows of each line, in their order. A row without a group is a line by itself. */
export const linesOf = <Row extends Grouped>(rows: readonly Row[]): readonly (readonly [Row, ...Row[]])[] =>
  [...Map.groupBy(rows, (row) => row.group?.id ?? row).values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [[first, ...others] as const],
  );
