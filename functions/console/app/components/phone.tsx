/** The number of a person on the staff or of a partner, which dials in one tap. Numbers of a child or family are plain text. */
export const Phone = ({ number }: { readonly number: string }) => (
  <a class="phone" href={telOf(number)}>
    {number}
  </a>
);

/** `203-555-0127` → `tel:+12035550127`. An extension is kept. */
export function telOf(phone: string): string {
  const [, number = phone, extension] = /^(.*?)(?:\s*(?:x|ext\.?)\s*(\d+))?$/i.exec(phone) ?? [];
  const digits = number.replaceAll(/\D/g, '');
  const isWhole = digits.length === 11 || number.trim().startsWith('+');
  const dialed = digits.length === 10 ? `+1${digits}` : isWhole ? `+${digits}` : digits;
  return `tel:${dialed}${extension === undefined ? '' : `;ext=${extension}`}`;
}
