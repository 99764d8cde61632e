/** How far a task has come. Steps before `current` (from 0) are complete. */
export const StepIndicator = ({
  label,
  steps,
  current,
}: {
  readonly label: string;
  readonly steps: readonly string[];
  readonly current: number;
}) => (
  <section class="usa-step-indicator" aria-label={label}>
    <ol class="usa-step-indicator__segments">
      {steps.map((step, index) => {
        const state = index < current ? 'complete' : index === current ? 'current' : undefined;
        return (
          <li
            class={`usa-step-indicator__segment${state ? ` usa-step-indicator__segment--${state}` : ''}`}
            aria-current={state === 'current' ? 'step' : undefined}
          >
            <span class="usa-step-indicator__segment-label">
              {step} {state !== 'current' && <span class="usa-sr-only">{state ? 'completed' : 'not completed'}</span>}
            </span>
          </li>
        );
      })}
    </ol>
  </section>
);
