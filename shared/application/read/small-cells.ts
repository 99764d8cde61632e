/** A count of fewer than this many cases is not shown, because it could lead to one child (docs/domain.md#small-cells). */
export const smallestCell = 6;
