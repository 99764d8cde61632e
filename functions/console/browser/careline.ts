/** Every script of the console. Each part looks for its own place in the page and does nothing where there is none. */
import { runCallScreen } from './call-screen.ts';
import { keepCallsFresh } from './calls.ts';
import { keepDraft } from './draft.ts';
import { runPickers } from './pickers.ts';
import { keepQueueFresh } from './queue.ts';
import { endSession } from './session.ts';
import { keepUnsent } from './unsent.ts';

endSession();
runPickers();
const unsent = keepUnsent();
keepDraft(unsent.keptByServer);
runCallScreen();
keepCallsFresh();
keepQueueFresh();
