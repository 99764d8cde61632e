import { telephoneLink } from '../../../../shared/domain/directory/on-call.ts';

/** The number of a person on the staff or of a partner, which dials in one tap. Numbers of a child or family are plain text. */
export const Phone = ({ number }: { readonly number: string }) => (
  <a class="phone" href={telephoneLink(number)}>
    {number}
  </a>
);
