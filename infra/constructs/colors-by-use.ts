/** Colors of a style sheet as custom properties, so that a dark page needs other values and no other rules. */

/** What a color is for. White is the text of a button and the ground of a page. Only the ground turns dark. */
type Use = 'text' | 'ground' | 'line';

const useOf = (property: string, rule: string): Use => {
  if (property === 'color' || property === 'fill') return 'text';
  if (!property.startsWith('background')) return 'line';
  // A mask cuts a picture out of the ground: what is seen has the color of text.
  return /(^|[;\s-])mask(-image)?:/.test(rule) ? 'text' : 'ground';
};

const named: Readonly<Record<string, string>> = { white: '#fff', black: '#000' };
/** A color, or a `url()` that may have one in it. */
const colors = /url\([^)]*\)|#[0-9a-f]{3,8}\b|\b(?:white|black)\b/gi;

/**
 * `css` with `var(--text-1b1b1b)` in the place of `#1b1b1b`, and so on for grounds and lines. The values stand in `:root` at its
 * top. Values of custom properties and of `url()` stay as they are.
 */
export function byUse(css: string): string {
  const values = new Map<string, string>();
  const rules = css.replaceAll(/\{([^{}]*)\}/g, (_, rule: string) => {
    const written = rule.replaceAll(
      /(^|[;{\s])([a-z][a-z-]*)(:\s*)([^;]+)/g,
      (_whole: string, before: string, property: string, colon: string, value: string) => {
        const use = useOf(property, rule);
        const inWords = value.replaceAll(colors, (found: string) => {
          const color = (named[found] ?? found).toLowerCase();
          if (!color.startsWith('#') || /^#0{4}(0{4})?$/.test(color)) return found;
          const name = `--${use}-${color.slice(1)}`;
          values.set(name, color);
          return `var(${name})`;
        });
        return `${before}${property}${colon}${inWords}`;
      },
    );
    return `{${written}}`;
  });
  const root = [...values].toSorted().map(([name, value]) => `${name}:${value};`);
  return `:root{${root.join('')}}\n${rules}`;
}
