/** Every script of the console. Each part looks for its own place in the page and does nothing where there is none. */
import comboBox from '@uswds/uswds/js/usa-combo-box';
import { keepCallsFresh } from './calls.ts';
import { keepDraft } from './draft.ts';
import { endSession } from './session.ts';

endSession();
keepDraft();
keepCallsFresh();
comboBox.on(document.body);
