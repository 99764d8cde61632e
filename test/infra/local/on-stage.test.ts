/**
 * Tests that need the whole cloud, with wire, gateway and IAM. They share one, because its functions take seconds to
 * warm up. The one that moves the clock by hours comes first: that takes longer the more referrals wait.
 */
import './cloud-lost-runs.on-stage.ts';
import './called.on-stage.ts';
import './gateway-walk.on-stage.ts';
import './cloud-mail.on-stage.ts';
import './cloud-keys.on-stage.ts';
import './first-questions.on-stage.ts';
import './forbidden-calls.on-stage.ts';
import './follow-a-request.on-stage.ts';
import './given-up.on-stage.ts';
import './people.on-stage.ts';
