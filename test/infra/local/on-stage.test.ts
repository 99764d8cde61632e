/** What needs the whole cloud, wire, gateway and IAM included, at one that is started: its functions take seconds to warm up. */
import './gateway-walk.on-stage.ts';
import './cloud-mail.on-stage.ts';
