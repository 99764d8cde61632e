/** What needs the whole cloud, wire, gateway and IAM included, at one that is started: its functions take seconds to warm up. */
import './cloud-mail.on-stage.ts';
import './gateway-walk.on-stage.ts';
