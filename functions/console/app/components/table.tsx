import type { Child } from 'hono/jsx';

/**
 * A table that scrolls on a narrow screen, also by keyboard. On a phone each row is a block, with the head before each
 * cell. A cell with a dash alone is left out there. `numbers`: all cells but the first of a row are numbers, so they stand on one line there.
 * `titled`: the heading of the page says the caption already.
 */
export const Table = ({
  caption,
  heads,
  rows,
  numbers = false,
  titled = false,
}: {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly Child[])[];
  readonly numbers?: boolean;
  readonly titled?: boolean;
}) => (
  <section class="scroll" tabindex={0} aria-label={caption}>
    <table class={`usa-table usa-table--borderless usa-table--stacked-header${numbers ? ' numbers' : ''}`}>
      <caption class={titled ? 'usa-sr-only' : undefined}>{caption}</caption>
      <thead>
        <tr>
          {heads.map((head) => (
            <th scope="col">{head}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([first, ...others]) => (
          <tr>
            <th scope="row">{first}</th>
            {others.map((cell, index) => (
              <td data-label={heads[index + 1]} class={cell === '–' ? 'nothing' : undefined}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);
