/** What every page is given beside its content. */
import type { Visitor } from '../../../shared/application/access/visitor.ts';
import type { UnansweredList } from '../../../shared/application/read/read-calls.ts';
import type { AssetName } from './assets.ts';

export interface Frame {
  /** The path before every link: empty, or the stage of the gateway. */
  readonly base: string;
  /** The path of a file that pages load, without the base. */
  readonly assetPath: (name: AssetName) => string;
  /** Every person here is invented, and pages say so. */
  readonly training: boolean;
  /** The path of this page, without the base. */
  readonly path?: string | undefined;
  readonly visitor?: Visitor | undefined;
  readonly formToken?: string | undefined;
  /** Tells this person from another, and names none. */
  readonly tag?: string | undefined;
  /** Seconds until the session ends, if nothing more is done in it. */
  readonly left?: number | undefined;
  /** The address of this page can be opened again. What a POST answered has none. */
  readonly reopens?: boolean | undefined;
  /** The session ended with this page: the other tabs look at once whether theirs did. */
  readonly ended?: boolean | undefined;
  /** UTC instant. */
  readonly now: string;
  /** Referrals without an answer, as this person may see them. It never rejects. */
  readonly unanswered?: Promise<UnansweredList> | undefined;
}

/** The session's secret, which every form carries. */
export const Token = ({ frame }: { readonly frame: Frame }) => (
  <input type="hidden" name="token" value={frame.formToken ?? ''} />
);
