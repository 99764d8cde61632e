/** Why danger, a hold, a pause or a withheld notice stands: one line that opens. Each reason has its person and its time. */

import type { WrittenText } from '../../../shared/application/read/written-texts.ts';
import type { CommandName } from '../../../shared/domain/commands.ts';
import { clockTime } from '../../../shared/domain/core/local-time.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { titleOf } from '../forms/command-form.tsx';
import type { Found, Reading } from './reading.tsx';
import { Words } from './words-view.tsx';

/** The acts whose last reason explains a state, while that state stands. */
const explains: Readonly<Partial<Record<CommandName, (response: Referral['response']) => boolean>>> = {
  'invoke-hold': ({ hold }) => hold,
  'pause-outreach': ({ outreachPause }) => outreachPause !== undefined,
  'withhold-parents-notice': ({ parentsNotice }) => parentsNotice?.decision === 'withheld',
  'withhold-substantiation-notice': ({ substantiationNotice }) => substantiationNotice?.decision === 'withheld',
};

/** Whether a text explains what stands. A reason that a second person has not agreed to explains nothing yet. */
export function explainsWhy({ state, commits }: Pick<Found, 'state' | 'commits'>): (text: WrittenText) => boolean {
  const danger = commits.flatMap(({ events }) => events).findLast((event) => event.type === 'danger-assessed');
  const lastOf = (command: CommandName) =>
    commits.findLast(({ cause }) => cause.kind === 'command' && cause.name === command)?.seq;
  return ({ id, command, seq }) =>
    (command === 'assess-danger' && id === danger?.reason) ||
    (explains[command]?.(state.response) === true && seq === lastOf(command));
}

export function WhyItStands({ reading }: { readonly reading: Reading }) {
  const { about, frame } = reading;

  const acts = [...Map.groupBy(reading.texts.filter(explainsWhy(about)), ({ seq }) => seq).values()];
  if (acts.length === 0) return null;
  return (
    <details class="fold">
      <summary>Reasons for what stands now</summary>
      {acts.map((own) => {
        const [first] = own;
        return (
          first && (
            <>
              <p>
                <strong>{titleOf(first.command)}</strong>{' '}
                <span class="small">
                  {clockTime(first.at, frame.now)}, {about.lookups.nameOf(first.by)}
                </span>
              </p>
              <Words texts={own} />
            </>
          )
        );
      })}
    </details>
  );
}
