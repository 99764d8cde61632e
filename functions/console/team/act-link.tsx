/** Links to the form of an act, and to several acts at once. Nothing for a reader who may not do it now. */
import type { CommandName } from '../../../shared/domain/commands.ts';
import type { Reading } from '../referral/reading.tsx';
import { actPath, type Opener } from '../referral/referral-pages.ts';
import type { SeveralKind } from '../referral/several-acts.ts';
import { severalPath } from '../referral/several-page.tsx';

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

/** `name`: the command of it that the reader must be able to do. */
export function SeveralLink({
  reading: { about, frame, offered },
  kind,
  name,
  words,
}: {
  readonly reading: Reading;
  readonly kind: SeveralKind;
  readonly name: CommandName;
  readonly words: string;
}) {
  if (!offered.some((each) => each.name === name)) return null;
  return <a href={`${frame.base}${severalPath(about.state.id, kind)}`}>{words}</a>;
}
