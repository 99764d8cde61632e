import { availableParallelism } from 'node:os';
import type { Activity } from '../clock/clock.ts';
import type { Lambda } from './invocation.ts';
import { createSemaphore } from './semaphore.ts';

/**
 * Lambda for work in the background: streams, runs, events and topics. On AWS each function has machines of its own,
 * here they all share this one. One report sets off two dozen invocations, which would slow down the person who sends
 * the next. So at most `places` of them run at once, one for each core where it is not given. The others wait in the
 * order they came, which counts as activity.
 */
export function createBackground(
  { invoke }: Pick<Lambda, 'invoke'>,
  activity: Activity,
  places: number = availableParallelism(),
): Pick<Lambda, 'invoke'> {
  const takeTurn = createSemaphore(places);
  return { invoke: (...given) => activity.track(() => takeTurn(() => invoke(...given))) };
}
