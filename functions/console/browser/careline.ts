/** Every script of the console. Each part looks for its own place in the page and does nothing where there is none. */

import { keepDraft } from './draft.ts';
import { endSession } from './end-session.ts';
import { keepCallsFresh } from './keep-calls-fresh.ts';
import { keepQueueFresh } from './keep-queue-fresh.ts';
import { runPickers } from './pickers.ts';
import { runCallScreen } from './run-call-screen.ts';
import { showAlike } from './show-alike.ts';
import { keepUnsent } from './unsent.ts';

endSession();
runPickers();
const unsent = keepUnsent();
keepDraft(unsent.keptByServer);
runCallScreen();
showAlike();
keepCallsFresh();
keepQueueFresh();
