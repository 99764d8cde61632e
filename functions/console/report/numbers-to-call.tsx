/**
 * The numbers to call as soon as a child is in danger, of now and of tonight. They are loaded with the call screen, so
 * they stay where the connection drops.
 */
import type { CalledNow, OnCallView, PlaceOnCall } from '../../../shared/application/read/shown-on-call.ts';
import { clockTime } from '../../../shared/domain/core/local-time.ts';
import type { Role } from '../../../shared/domain/core/vocabulary.ts';
import { isTelephone } from '../../../shared/domain/directory/directory-entry.ts';
import { telephoneLink } from '../../../shared/domain/directory/on-call.ts';
import { isRunning } from '../../../shared/domain/directory/on-call-shifts.ts';
import { offices } from '../../../shared/policy/places/geography.ts';
import { emergency } from '../../../shared/policy/public-hotlines.ts';
import { Emergency } from '../call/emergency.tsx';

/** How far ahead tonight's shifts are loaded, in hours. */
export const hoursAhead = 12;

const CallNumber = ({ phone, name, says }: Pick<CalledNow, 'phone' | 'name' | 'says'>) => (
  <p>
    <a class="numbers-number" href={telephoneLink(phone)}>
      {phone}
    </a>{' '}
    <span>
      {name}, {says}
    </span>
  </p>
);

function Place({
  place: { now: answering, shifts },
  title,
  office,
  now,
  readerId,
}: {
  readonly place: PlaceOnCall;
  readonly title: string;
  /** The id of the office, by which the script finds it. */
  readonly office: string;
  readonly now: string;
  readonly readerId: string | undefined;
}) {
  const callable = answering.filter(({ phone, personId }) => isTelephone(phone) && personId !== readerId);
  const [first, second] = callable;
  const next = shifts.filter((shift) => !isRunning(shift, now) && isTelephone(shift.phone)).slice(0, 2);
  return (
    <div class="numbers-place" data-office={office}>
      <h4>{title}</h4>
      {first ? <CallNumber {...first} /> : <p>The directory has no number.</p>}
      {second && (
        <details>
          <summary>No answer?</summary>
          <CallNumber {...second} />
        </details>
      )}
      {next.map(({ from, name, phone }) => (
        <p class="numbers-next">
          From {clockTime(from, now)}: {name}, <a href={telephoneLink(phone)}>{phone}</a>
        </p>
      ))}
    </div>
  );
}

/** The numbers of the offices and of the Careline. `view` is undefined where they could not be read. */
export function NumbersToCall({
  view,
  now,
  readerId,
}: {
  readonly view: OnCallView | undefined;
  readonly now: string;
  readonly readerId: string | undefined;
}) {
  const at = (role: Role, scope: string) => view?.places.find((each) => each.role === role && each.scope === scope);
  const ofState = (
    [
      ['careline-supervisor', 'Careline supervisor'],
      ['director-oncall', 'Director on call'],
    ] as const
  ).flatMap(([role, title]) => {
    const place = at(role, 'state');
    return place ? [<Place place={place} title={title} office={role} now={now} readerId={readerId} />] : [];
  });
  return (
    <section class="numbers-now" aria-labelledby="numbers">
      <h3 id="numbers">Call now</h3>
      <Emergency />
      <p class="numbers-choose">
        Town known? Type it above: the number of its office comes first. Until then, call the supervisor.
      </p>
      <div class="numbers-chosen" role="status" />
      {view === undefined && (
        <p>
          The shifts cannot be read now. Is the child in danger at this moment? Dial{' '}
          <a href={telephoneLink(emergency.phone)}>{emergency.phone}</a>.
        </p>
      )}
      <details class="numbers-all" open>
        <summary>Other numbers</summary>
        {ofState}
        {offices.map(({ id, name }) => {
          const place = at('area-oncall', `office-${id}`);
          return place && <Place place={place} title={`${name} office`} office={id} now={now} readerId={readerId} />;
        })}
      </details>
    </section>
  );
}
