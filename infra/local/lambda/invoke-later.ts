import type { Activity } from '../clock/clock.ts';
import type { Lambda } from './invocation.ts';

/** Lambda's own number of retries of an asynchronous invocation. */
const attempts = 3;

/**
 * Asynchronous invocation, as Lambda does it for events, topics and the invocation type Event. It tries three times,
 * then gives up with a sentence to `onFault`. Resolves when it has ended either way. No caller needs to wait for that.
 * The tries follow each other without AWS's minutes between them. Those would have to pass on the movable clock, which
 * waits for rest first.
 */
export function createInvokeLater(options: {
  readonly invoke: Lambda['invoke'];
  readonly activity: Activity;
  readonly onFault?: ((functionName: string, sentence: string) => void) | undefined;
}): (functionName: string, payload: unknown) => Promise<void> {
  const { invoke, activity, onFault } = options;
  return (functionName, payload) =>
    activity.track(async () => {
      for (let attempt = 1; attempt <= attempts; attempt += 1) {
        const result = await invoke(functionName, payload);
        if (result.ok) return;
        if (attempt < attempts) continue;
        const reason = `${result.errorType}: ${result.errorMessage}`;
        onFault?.(functionName, `${functionName} failed ${attempts} times and its event was dropped: ${reason}`);
      }
    });
}
