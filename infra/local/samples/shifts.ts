/**
 * On-call shifts for the sample people, from the start of a data folder on. A supervisor would import such a file.
 * After its last day no one is on shift, and the order of the directory is the fallback.
 */
import { offices } from '../../../shared/policy/places/geography.ts';
import { people } from './people.ts';

/** The sample person who imports it, by address. */
export const shiftKeeper = 'careline.manager@dcf.example';

/** At least so many days from the start are covered, where no other number is given. */
export const sampleShiftDays = 14;

/** `long`: how many half days a shift lasts. An office turns weekly, the director daily, the Careline by day and night. */
const places = [
  ...offices.map(({ id }) => ({ role: 'area-oncall', scope: `office-${id}`, office: id, long: 14 })),
  { role: 'director-oncall', scope: 'state', office: 'state', long: 2 },
  { role: 'careline-supervisor', scope: 'state', office: 'state', long: 1 },
];

/** The date (`YYYY-MM-DD`) and the hour in New York at this instant (epoch milliseconds). */
function newYork(at: number): { readonly date: string; readonly hour: number } {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'America/New_York',
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  const [date = '', time = ''] = format.format(at).split(', ');
  return { date, hour: Number(time.slice(0, 2)) };
}

const day = 86_400_000;
const dateAfter = (date: string, days: number) => new Date(Date.parse(date) + days * day).toISOString().slice(0, 10);

/**
 * A file of shifts that covers at least `days` from `now` (epoch milliseconds). Days begin at 8:00, nights at 20:00. The
 * two people of a place take turns, and the other one is the backup.
 */
export function sampleShifts(now: number, days = sampleShiftDays): string {
  const { date, hour } = newYork(now);
  // The half day that runs now: after midnight it began the evening before.
  const half = hour < 8 ? -1 : hour < 20 ? 0 : 1;
  const clock = (each: number) => `${dateAfter(date, Math.floor(each / 2))} ${each % 2 === 0 ? '08:00' : '20:00'}`;
  const everybody = people();
  const lines = places.flatMap(({ role, scope, office, long }) => {
    const holders = everybody.filter((person) => person.role === role && person.scope === scope).slice(0, 2);
    const begins = long === 1 ? half : 2 * Math.floor(half / 2);
    const turns = Array.from({ length: Math.ceil((2 * days + 2) / long) }, (_, turn) => turn);
    return turns.flatMap((turn) => {
      const from = begins + turn * long;
      return holders.map(({ email, phone }, index) =>
        [role, office, email, clock(from), clock(from + long), phone, ((turn + index) % 2) + 1].join(','),
      );
    });
  });
  return ['role,office,person,from,to,phone,order', ...lines].join('\n');
}
