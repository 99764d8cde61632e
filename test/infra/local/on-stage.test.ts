/**
 * Tests that need the whole cloud, with wire, gateway and IAM. They share one, because its functions take seconds to
 * warm up.
 */
import './called.on-stage.ts';
import './gateway-walk.on-stage.ts';
import './cloud-mail.on-stage.ts';
import './cloud-keys.on-stage.ts';
import './first-questions.on-stage.ts';
import './cloud-lost-runs.on-stage.ts';
import './forbidden-calls.on-stage.ts';
import './follow-a-request.on-stage.ts';
import './given-up.on-stage.ts';
import './people.on-stage.ts';
