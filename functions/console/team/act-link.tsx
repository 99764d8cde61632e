/** A link to the form of an act. Nothing for a reader who may not do it now. */
import type { CommandName } from '../../../shared/domain/commands.ts';
import type { Reading } from '../referral/reading.tsx';
import { actPath, type Opener } from '../referral/referral-pages.ts';

export function ActLink({
  reading: { about, frame, offered },
  name,
  opener,
  words,
}: {
  readonly reading: Reading;
  readonly name: CommandName;
  readonly opener: Opener;
  readonly words: string;
}) {
  if (!offered.some((each) => each.name === name)) return null;
  return <a href={`${frame.base}${actPath(about.state.id, name, opener)}`}>{words}</a>;
}
