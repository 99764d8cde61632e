/** The pathway of a referral as one picture, drawn from the rules in force, and the same in tables. */
import { raw } from 'hono/html';
import { type MapClock, type MapStage, mapOf, type PathwayMap } from '../../../shared/domain/policy/pathway-map.ts';
import { picturesOf } from '../../../shared/domain/policy/pathway-picture.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';

/** The widths in pixels for a phone, for paper or a tablet, and for a desk. A style shows one of them. */
const layouts = [
  ['narrow', 340],
  ['middle', 700],
  ['wide', 1160],
] as const;

export function PathwayPage({ frame, policy }: { readonly frame: Frame; readonly policy: Policy }) {
  const map = mapOf(policy);
  const drawn = layouts.map(([layout, width]) => ({ layout, ...picturesOf(map, width) }));
  return (
    <Page frame={frame} title="The pathway">
      <h1>The pathway of a referral</h1>
      <p>
        Rules of {map.jurisdiction}, version {map.version}. A referral keeps the version it was opened under. Each
        picture has a table below it that says the same in full.
      </p>
      <Picture
        label="The stages of a referral in their order, and what the marks mean. The sections below name each stage."
        parts={drawn.map(({ layout, overview }) => [layout, [overview]])}
      />
      {map.stages.map((stage, index) => (
        <section aria-labelledby={`stage-${index + 1}`}>
          <h2 id={`stage-${index + 1}`} class="map-head">
            {index + 1}. {stage.title}
          </h2>
          <Picture
            label={`The clocks of this stage. The table below says the same: ${stage.title}.`}
            parts={drawn.map(({ layout, stages }) => [layout, stages[index] ?? []])}
          />
          <details class="map-table">
            <summary>The same as a table: {stage.title}</summary>
            <p>{stage.says}</p>
            <Clocks stage={stage} />
            {stage.starts.some(({ start }) => start === 'the screening outcome') && <Outcomes map={map} />}
          </details>
        </section>
      ))}
    </Page>
  );
}

function Picture({
  label,
  parts,
}: {
  readonly label: string;
  readonly parts: readonly (readonly [layout: string, svgs: readonly string[]])[];
}) {
  return (
    <div role="img" aria-label={label}>
      {parts.map(([layout, svgs]) => (
        <div class={`map map-${layout}`}>{raw(svgs.join(''))}</div>
      ))}
    </div>
  );
}

const together = (...texts: readonly string[]) => texts.flatMap((text) => text.split('; ')).join(' · ');

function Clocks({ stage }: { readonly stage: MapStage }) {
  const clocks = stage.starts.flatMap((each) => each.clocks);
  const classOf = ({ alarm, otherAlarms }: MapClock) => together(alarm, ...otherAlarms);
  return (
    <Table
      caption={`Clocks: ${stage.title}`}
      heads={['Clock', 'Time', 'Starts with', 'Law or policy', 'Alarm class', 'Who', 'Then', 'Ends when', 'Only']}
      rows={clocks.map((clock) => [
        <>
          {clock.obligation} <small class="code">{clock.id}</small>
        </>,
        together(clock.time, ...clock.otherTimes),
        clock.start,
        clock.standing,
        classOf(clock),
        clock.who.join(', '),
        clock.next.join(', '),
        together(...clock.ends),
        clock.only.length === 0 ? '–' : together(...clock.only),
      ])}
    />
  );
}

const Outcomes = ({ map }: { readonly map: PathwayMap }) => (
  <Table
    caption="What each outcome opens"
    heads={['Outcome', 'Clocks that start', 'Services that open', 'Decision that the rules propose']}
    rows={map.outcomes.map(({ outcome, opens, services, populations }) => [
      outcome,
      together(
        ...opens.map(({ id, obligation }) => `${id} ${obligation}`),
        ...populations.flatMap(({ population, also }) => also.map((id) => `${id} (${population})`)),
      ),
      services.join(', ') || 'None',
      together(...populations.map(({ population, proposal }) => `${population}: ${proposal}`)),
    ])}
  />
);
