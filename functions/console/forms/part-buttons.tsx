/** The parts of a long form, each a button that turns to it. A press loses nothing, and records nothing. */
export const PartButtons = ({
  parts,
  shown,
  class: look,
}: {
  /** With their titles as they are read. */
  readonly parts: readonly { readonly id: string; readonly title: string }[];
  /** The id of the part that the page has. */
  readonly shown: string;
  readonly class?: string;
}) => (
  <p class={`form-parts${look === undefined ? '' : ` ${look}`}`}>
    {parts.map(({ id, title }) =>
      id === shown ? (
        <strong aria-current="step">{title}</strong>
      ) : (
        <button class="usa-button usa-button--outline" type="submit" name="action" value={`part-${id}`}>
          {title}
        </button>
      ),
    )}
  </p>
);

/** The id of the part that a sent form turns to. Undefined where it asks for something else. */
export const partTurnedTo = (form: URLSearchParams): string | undefined =>
  /^part-(\w+)$/.exec(form.get('action') ?? '')?.[1];
