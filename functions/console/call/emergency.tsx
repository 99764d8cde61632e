/** 911, for a child who is in danger now. It stands wherever such a child's calls do. */

import { telephoneLink } from '../../../shared/domain/directory/on-call.ts';
import { statePolice } from '../../../shared/policy/public-hotlines.ts';

export const Emergency = () => (
  <p class="dial-911">
    <a class="numbers-number" href={telephoneLink(statePolice.phone)}>
      {statePolice.phone}
    </a>{' '}
    Dial now: the police send a car tonight. The area office on call sends a social worker.
  </p>
);
