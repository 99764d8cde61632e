/** The definition of a run as a graph, with the part that the run took and where it stands. The list below says the same. */
import { type Definition, graphOf, passedIn, stateName, type Way } from '../../../shared/domain/audit/machine-graph.ts';

const [width, height, gapX, gapY, margin] = [172, 34, 16, 34, 8] as const;
const lane = 9;

export function RunGraph({
  definition,
  committed,
  standsAt,
}: {
  readonly definition: Definition;
  readonly committed: readonly string[];
  readonly standsAt: string;
}) {
  const { states, ways } = graphOf(definition);
  const way = passedIn(definition, committed, standsAt);
  const passed = new Set(way);
  const taken = new Set(way.slice(1).map((to, index) => `${way[index]} ${to}`));
  const columns = Math.max(...states.map(({ place }) => place)) + 1;
  const backWays = ways.filter(({ isBack, from, to }) => isBack && from !== to);
  const total = columns * (width + gapX) - gapX + 2 * margin + (backWays.length + 1) * lane;
  const rows = Math.max(...states.map(({ layer }) => layer)) + 1;
  const at = new Map(
    states.map(({ name, layer, place }) => {
      const inLayer = states.filter((each) => each.layer === layer).length;
      const left = margin + ((columns - inLayer) * (width + gapX)) / 2 + place * (width + gapX);
      return [name, { x: Math.round(left), y: margin + layer * (height + gapY) }];
    }),
  );
  const place = (name: string) => at.get(name) ?? { x: 0, y: 0 };
  const isTaken = ({ from, to }: Way) => taken.has(`${from} ${to}`);
  const line = (one: Way) => {
    const [from, to] = [place(one.from), place(one.to)];
    if (!one.isBack) return `M${from.x + width / 2} ${from.y + height}L${to.x + width / 2} ${to.y - 5}`;
    if (one.from === one.to) {
      const [right, middle] = [from.x + width, from.y + height / 2];
      return `M${right} ${middle - 8}h10v16h-7`;
    }
    const right = total - margin - backWays.indexOf(one) * lane;
    return `M${from.x + width} ${from.y + height / 2}H${right}V${to.y + height / 2}H${to.x + width + 5}`;
  };
  const names = states.filter(({ name }) => passed.has(name)).map(({ name }) => stateName(name));
  return (
    <figure class="run-graph scroll" tabindex={0} aria-label="The steps of this run">
      <svg
        viewBox={`0 0 ${total} ${rows * (height + gapY) - gapY + 2 * margin}`}
        width={total}
        role="img"
        aria-label={`Now: ${stateName(standsAt)}. It passed: ${names.join(', ')}.`}
      >
        <defs>
          <marker id="run-arrow" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path class="arrow" d="M0 0L8 4L0 8z" />
          </marker>
        </defs>
        {[...ways]
          .sort((first, second) => Number(isTaken(first)) - Number(isTaken(second)))
          .map((one) => (
            <path class={isTaken(one) ? 'way taken' : 'way'} d={line(one)} marker-end="url(#run-arrow)" />
          ))}
        {states.map(({ name, type }) => {
          const { x, y } = place(name);
          const isHere = name === standsAt;
          return (
            <g class={isHere ? 'here' : passed.has(name) ? 'passed' : 'ahead'}>
              <rect x={x} y={y} width={width} height={height} rx={type === 'Choice' ? 17 : 4} />
              <text x={x + width / 2} y={y + height / 2 + 5} text-anchor="middle">
                {isHere ? '▶ ' : passed.has(name) ? '✓ ' : ''}
                {stateName(name)}
              </text>
            </g>
          );
        })}
      </svg>
      <figcaption class="small">
        ▶ is where the run stands. ✓ is what it passed. A step that decided nothing leaves no record of its own.
      </figcaption>
    </figure>
  );
}
