/** The signed words of an anchor. It imports nothing of this product. */
import type { Root } from './tree-hash.ts';

/** `at`: a UTC instant. `earlier`: the tree before. */
export interface Statement extends Root {
  readonly at: string;
  readonly earlier: Root;
}

const statementForm =
  /^careline anchor 1\nat (\S{20,30})\nsize (\d{1,15})\nroot ([0-9a-f]{64})\nearlier (\d{1,15}) ([0-9a-f]{64})\n$/;

/** What the words say. Undefined where they are none of ours. */
export function readStatement(text: string): Statement | undefined {
  const [, at = '', size, root = '', earlierSize, earlierRoot = ''] = statementForm.exec(text) ?? [];
  if (size === undefined) return undefined;
  return { at, size: Number(size), root, earlier: { size: Number(earlierSize), root: earlierRoot } };
}
