import { createWorld } from './world.ts';
import { createReader } from './reader.ts';
import { sendPeople } from './people.ts';
import { dice } from './random.ts';
import { everyFault } from './faults.ts';
import { logger } from '../../shared/lambda/logger.ts';
const quiet = () => {};
Object.assign(logger, { console: { error: quiet, warn: quiet } });
const seed = process.argv[2] ?? '42/2', alertId = process.argv[3] ?? '', deadlineId = process.argv[4] ?? '', none = process.argv[5] === 'none';
const startsAt = Date.parse('2026-11-02T00:00:00.000Z') + Math.floor(dice(`${seed}/start`).next() * 200 * 86400000);
const world = createWorld(seed, startsAt, none ? { ...everyFault, limit: 0 } : everyFault);
const reader = createReader(world.tables);
const people = sendPeople({ world, reader, seed, limit: Infinity, days: 45 });
await world.time.runUntil(startsAt + 45 * 86400000);
for (const id of world.referralIds()) {
  const r = await reader.referral(id);
  for (const c of r?.commits ?? []) for (const e of c.events) if (JSON.stringify(e).includes(`"${alertId}"`) || JSON.stringify(e).includes(`"${deadlineId}"`)) console.log(c.seq, c.at, c.actor.id, JSON.stringify(e).slice(0, 260));
}
for (const c of (await reader.alert(alertId)).commits) console.log(c.at, c.actor.id, JSON.stringify(c.events).slice(0, 500));
for (const m of world.mail.sent.filter((m) => m.alertId === alertId)) console.log('mail', m.at, m.personId, m.fate, m.unrecorded);
for (const f of world.faults.log) console.log(f.number, f.at, f.kind, f.where);
console.log(world.outages.map((o) => new Date(o.from).toISOString() + ' ' + new Date(o.until).toISOString()));
console.log(people.done.length);
