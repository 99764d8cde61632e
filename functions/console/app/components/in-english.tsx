/** Words of the policy or of the record, which are in English alone. A page in another language says so to a screen reader. */
import type { Child } from 'hono/jsx';
import { useWording } from '../spoken.ts';

export function InEnglish({ children }: { readonly children?: Child }) {
  const { language } = useWording();
  return <span lang={language === 'en' ? undefined : 'en'}>{children}</span>;
}
