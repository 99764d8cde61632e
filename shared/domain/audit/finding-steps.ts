/** What a person does about each finding of the watchdog. Findings do not mend themselves. */
import { entryFlaws } from '../directory/directory-entry.ts';
import type { FindingKind } from './findings.ts';

const entry = 'Ask an operator to correct the entry with npm run people. Tell the person by telephone meanwhile.';

const steps: Readonly<Record<Exclude<FindingKind, (typeof entryFlaws)[number]>, string>> = {
  'chain-broken': 'Open the record. Compare it with what its people know. A supervisor then confirms it.',
  'run-keeps-failing':
    'Open the run and note its execution. Tell the person on call for this system. Keep its duties by hand meanwhile. When the fault is mended, start the run again.',
  'consumer-stuck':
    'Tell the person on call for this system. Telephone the people whose mail stopped. When the fault is mended, use “Take up what was left undone”.',
  'role-vacant': 'Name a person for the role, and ask an operator to enter them with npm run people.',
};

const isOfEntry = (what: FindingKind): what is (typeof entryFlaws)[number] => entryFlaws.some((flaw) => flaw === what);

/** In short sentences. */
export const stepsFor = (what: FindingKind): string => (isOfEntry(what) ? entry : steps[what]);
