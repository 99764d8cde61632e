/** 911, for a child who is in danger now. It stands wherever such a child's calls do. */

import { telephoneLink } from '../../../shared/domain/directory/on-call.ts';
import { emergency } from '../../../shared/policy/public-hotlines.ts';

export const Emergency = () => (
  <p class="dial-911">
    <a class="numbers-number" href={telephoneLink(emergency.phone)}>
      {emergency.phone}
    </a>{' '}
    Dial now: ask the police to go to the child. The area office on call sends a social worker.
  </p>
);
