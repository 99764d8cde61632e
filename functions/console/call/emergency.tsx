/** 911, for a child who is in danger now. It stands wherever such a child's calls do. */
import { statePolice } from '../../../shared/policy/public-hotlines.ts';
import { telOf } from '../app/components/phone.tsx';

export const Emergency = () => (
  <p class="dial-911">
    <a class="numbers-number" href={telOf(statePolice.phone)}>
      {statePolice.phone}
    </a>{' '}
    Dial now: the police send a car tonight. The area office on call sends a social worker.
  </p>
);
