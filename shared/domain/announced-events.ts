/**
 * Events that this release reads and does not write yet, as `<kind of chain> <type>`. The next release writes them. A
 * release that is taken back leaves its commits behind, and the release before it must read them. See
 * docs/decisions/033-versions-and-the-live-alias.md.
 */
export const announcedEvents: ReadonlySet<string> = new Set([]);

/** Throws where one of the events is only announced. `chain` is its name, such as `referral#CR-7F3KD-9QXMTQ`. */
export function requireWritable(
  chain: string,
  events: readonly object[],
  announced: ReadonlySet<string> = announcedEvents,
): void {
  const [kind = ''] = chain.split('#');
  for (const each of events) {
    const name = `${kind} ${'type' in each ? String(each.type) : ''}`;
    if (announced.has(name)) throw new Error(`This release reads the event "${name}" and does not write it yet.`);
  }
}
