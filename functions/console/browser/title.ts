/** The title of the tab, with a mark before it for each part of the page that has news. */
const marks = new Map<string, string>();
const { title } = document;

export function markTitle(part: string, mark: string): void {
  marks.set(part, mark);
  document.title = `${[...marks.values()].join('')}${title}`;
}
