/**
 * All clocks of a referral on one axis of time: kept, running and missed, with escalations, meetings and services. The
 * axis is logarithmic, because the first clocks run for hours and the last ones for months. The page of all clocks says the same.
 */
import type { ShownDeadline } from '../../../shared/application/read/shown-view.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { dutyTitleIn } from '../app/page-words.ts';
import type { Reading } from './reading.tsx';

const hour = 3_600_000;
const day = 24 * hour;
const ticks = [
  [hour, '1 hour'],
  [12 * hour, '12 hours'],
  [3 * day, '3 days'],
  [14 * day, '2 weeks'],
  [60 * day, '2 months'],
  [365 * day, '1 year'],
] as const;

/** The widths in pixels: the names of the clocks, and the axis. */
const [nameWidth, axisWidth, wordWidth] = [330, 470, 110];
const rowHeight = 14;
const headHeight = 30;
const longestName = 56;

type Kept = 'kept' | 'late' | 'running' | 'missed' | 'ended';

const look = ({ status, missed, late, due }: ShownDeadline, now: string): Kept => {
  if (status === 'open') return missed || Date.parse(due) <= Date.parse(now) ? 'missed' : 'running';
  if (status === 'kept') return late ? 'late' : 'kept';
  return missed ? 'missed' : 'ended';
};

const says = {
  kept: ['✓', 'kept'],
  late: ['✓', 'kept late'],
  running: ['●', 'running'],
  missed: ['✕', 'overdue'],
  ended: ['–', 'ended'],
} as const satisfies Readonly<Record<Kept, readonly string[]>>;

/** Where an instant stands on the axis that begins with the report, in pixels. */
function scaleFrom(start: string, end: number) {
  const span = Math.log1p(Math.max(hour, end - Date.parse(start)) / hour);
  return (instant: string | number): number => {
    const after = Math.max(0, (typeof instant === 'number' ? instant : Date.parse(instant)) - Date.parse(start));
    return nameWidth + Math.round((Math.log1p(after / hour) / span) * axisWidth);
  };
}

/** One thing that happened at a UTC instant. */
interface Moment {
  readonly at: string;
  readonly name: string;
}

/** Meetings that were held or are ahead, and services that started. */
function momentsOf({ whole }: Reading): { readonly meetings: readonly Moment[]; readonly services: readonly Moment[] } {
  if (!whole) return { meetings: [], services: [] };
  const ahead = whole.meeting?.status === 'scheduled' ? [{ at: whole.meeting.startsAt, name: 'set' }] : [];
  return {
    meetings: [...whole.meetings.map(({ at, held }) => ({ at, name: wordsInside(held) })), ...ahead],
    services: Object.values(whole.linkages).flatMap(({ service, startedAt }) =>
      startedAt === undefined ? [] : [{ at: startedAt, name: wordsInside(service) }],
    ),
  };
}

function nameOf(clock: ShownDeadline, policy: Policy): string {
  const title = dutyTitleIn(policy, clock);
  const { subject } = clock;
  return subject === undefined ? title : `${words(subject)}: ${title.charAt(0).toLowerCase()}${title.slice(1)}`;
}

/** The names of the clocks. Equal ones have a part of their id behind them, because an auditor may not learn the service. */
function namesOf(clocks: readonly ShownDeadline[], policy: Policy): readonly string[] {
  const names = clocks.map((clock) => shortened(nameOf(clock, policy), longestName));
  return names.map((name, index) => {
    const isAlone = names.filter((each) => each === name).length === 1;
    return isAlone ? name : `${name} (rule ${clocks[index]?.id.split('.').slice(1).join('.') ?? ''})`;
  });
}

/** The words of a text up to so many characters. */
export const shortened = (name: string, longest: number): string =>
  name.length <= longest ? name : `${name.slice(0, name.lastIndexOf(' ', longest - 1))}…`;

/** The clocks in the order in which they began, those that run or were missed first. */
const inOrder = (deadlines: readonly ShownDeadline[], now: string): readonly ShownDeadline[] => {
  const isOver = (deadline: ShownDeadline) => Number(['kept', 'late', 'ended'].includes(look(deadline, now)));
  return deadlines.toSorted((one, other) => isOver(one) - isOver(other) || Date.parse(one.due) - Date.parse(other.due));
};

export function ClockPicture({ reading }: { readonly reading: Reading }) {
  const { frame, ofCase, limited, about } = reading;

  const { meetings, services } = momentsOf(reading);
  return (
    <LifePicture
      clocks={(ofCase ?? limited)?.deadlines ?? []}
      start={about.state.report.receivedAt}
      policy={about.policy}
      now={frame.now}
      moments={[
        ['Meetings of the team', meetings, 'mark-meeting'],
        ['Services that started', services, 'mark-service'],
      ]}
    />
  );
}

/** The clocks of a referral and rows of moments below them. `start` and `now` are UTC instants. */
export function LifePicture({
  clocks: given,
  start,
  policy,
  now,
  moments,
}: {
  readonly clocks: readonly ShownDeadline[];
  readonly start: string;
  readonly policy: Policy;
  readonly now: string;
  readonly moments: readonly (readonly [title: string, list: readonly Moment[], mark: string])[];
}) {
  const clocks = inOrder(given, now);
  if (clocks.length === 0) return null;

  const ends = [...clocks.map(({ due }) => due), ...moments.flatMap(([, list]) => list.map(({ at }) => at)), now].map(
    (at) => Date.parse(at),
  );
  const x = scaleFrom(start, Math.max(...ends));
  const names = namesOf(clocks, policy);
  const rows = moments.filter(([, list]) => list.length > 0);
  const height = headHeight + (clocks.length + rows.length) * rowHeight + 8;
  const nowX = x(now);
  const count = (kind: Kept) => clocks.filter((clock) => look(clock, now) === kind).length;
  return (
    <figure class="clocks">
      <svg
        viewBox={`0 0 ${nameWidth + axisWidth + wordWidth} ${height}`}
        role="img"
        aria-label={`${clocks.length} clocks since the report: ${count('kept') + count('late')} kept, ${count('running')} running, ${count('missed')} overdue. A table says the same: All clocks.`}
      >
        {ticks
          .filter(([after]) => x(Date.parse(start) + after) < nameWidth + axisWidth)
          .map(([after, text]) => (
            <>
              <line
                class="axis"
                x1={x(Date.parse(start) + after)}
                x2={x(Date.parse(start) + after)}
                y1="22"
                y2={height}
              />
              <text class="axis-words" x={x(Date.parse(start) + after)} y="14" text-anchor="middle">
                {text}
              </text>
            </>
          ))}
        {clocks.map((clock, index) => (
          <Row clock={clock} name={names[index] ?? ''} y={headHeight + index * rowHeight} x={x} now={now} />
        ))}
        {rows.map(([title, list, mark], index) => {
          const y = headHeight + (clocks.length + index) * rowHeight;
          return (
            <g>
              <text class="clock-name" x="0" y={y + 11}>
                {title}
              </text>
              {list.map(({ at, name }) => (
                <circle class={mark} cx={x(at)} cy={y + 7} r="5">
                  <title>{name}</title>
                </circle>
              ))}
            </g>
          );
        })}
        <line class="axis-now" x1={nowX} x2={nowX} y1="18" y2={height} />
        <text class="axis-words axis-words--now" x={nowX} y={height - 1} text-anchor="middle">
          now
        </text>
      </svg>
      <figcaption class="small">
        Full bar: law. Outlined bar: policy. Triangle: a person was called. Time since the report, in growing steps.
      </figcaption>
    </figure>
  );
}

interface RowProps {
  readonly clock: ShownDeadline;
  readonly name: string;
  readonly y: number;
  readonly x: (instant: string | number) => number;
  readonly now: string;
}

function Row({ clock, name, y, x, now }: RowProps) {
  const kind = look(clock, now);
  const [mark, said] = says[kind];
  const end = clock.keptAt ?? (kind === 'missed' ? now : clock.due);
  const [from, to] = [x(clock.start), Math.max(x(clock.start) + 4, x(end))];
  return (
    <g>
      <text class="clock-name" x="0" y={y + 11}>
        {name}
      </text>
      <rect
        class={`clock clock--${kind} clock--${clock.kind === 'statute' ? 'law' : 'policy'}`}
        x={from}
        y={y + 3}
        width={to - from}
        height="8"
      />
      {clock.alarm && <path class="mark-call" d={`M${x(clock.alarm.rangAt)} ${y + 3}l5 9h-10z`} />}
      <text class={`clock-says clock-says--${kind}`} x={nameWidth + axisWidth + 8} y={y + 11}>
        {mark} {said}
      </text>
    </g>
  );
}
