/** What workers must know before they go to the child, and what the call told of itself. */

import { fieldsFor } from '../../../shared/application/input/readable-fields.ts';
import type { ReferralView } from '../../../shared/application/read/view.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { labelOf } from '../../../shared/domain/words/field-words.ts';
import { Alert } from '../app/components/alert.tsx';
import type { Reading } from '../referral/reading.tsx';
import { type PageSlug, pagePath } from '../referral/referral-pages.ts';

type Scene = NonNullable<ReferralView['scene']>;

/** In the order in which workers need them. */
const dangers = ['weapon', 'dangerToWorkers', 'hurt', 'overdose', 'suicidal', 'otherChildren'] as const;
const warnings = {
  weapon: 'There is a weapon.',
  dangerToWorkers: 'There is a danger to workers.',
  hurt: 'The child is hurt.',
  overdose: 'An overdose is possible.',
  suicidal: 'The child speaks of suicide.',
  otherChildren: 'Other children are there.',
} as const satisfies Readonly<Record<(typeof dangers)[number], string>>;

const hasAlert = (scene: Scene | undefined): boolean =>
  dangers.some((each) => scene?.[each] === 'yes' || scene?.[each] === 'unknown');

/** The way to what the caller said of it. The words stand below: the child may be in another place now. */
function SceneWords({ reading, slug }: { readonly reading: Reading; readonly slug: PageSlug | undefined }) {
  const { frame, about, identities, isAway } = reading;
  const { state, visitor } = about;

  if ((state.report.notes ?? []).length === 0 || state.identity.erased) return null;
  if (isAway || identities?.unreadable?.includes('callNotes'))
    return <p>The note cannot be read now. Ask the assigned social worker first.</p>;
  if (!fieldsFor(state, visitor).has('callNotes'))
    return <p>The caller told more about this. Ask the assigned social worker first.</p>;
  const isHere = identities?.callNotes !== undefined && (slug === undefined || slug === '' || slug === 'child');
  return (
    <p>
      <a href={`${isHere ? '' : `${frame.base}${pagePath(state.id, 'child')}`}#call-notes`}>
        Read what the caller said about this
      </a>
    </p>
  );
}

/** The dangers of the place, before everything else. Nothing where none is known and none was asked without an answer. */
export function SceneAlert({
  reading,
  scene,
  slug,
}: {
  readonly reading: Reading;
  readonly scene: Scene | undefined;
  readonly slug: PageSlug | undefined;
}) {
  const said = dangers.filter((each) => scene?.[each] === 'yes');
  const open = dangers.filter((each) => scene?.[each] === 'unknown');

  if (!hasAlert(scene)) return null;
  const asked = open.map((each) => labelOf(each)).join(' ');
  return (
    <Alert kind={said.length > 0 ? 'error' : 'warning'} heading="Before you go there">
      {said.length > 0 && (
        <ul class="usa-list">
          {said.map((each) => (
            <li>
              <strong>{warnings[each]}</strong>
            </li>
          ))}
        </ul>
      )}
      {open.length > 0 && <p>Asked, and not known: {asked}</p>}
      <SceneWords reading={reading} slug={slug} />
    </Alert>
  );
}

/** Whether a call back is safe, before everything else. A child who called must have said yes. */
export function CallAlert({ call: { callerIs, mayCallBack, overheard } = {} }: Pick<ReferralView, 'call'>) {
  const isUnasked = callerIs === 'the-child' && mayCallBack !== 'yes' && mayCallBack !== 'no';
  if (mayCallBack !== 'no' && overheard !== 'yes' && !isUnasked) return null;
  return (
    <Alert kind={mayCallBack === 'no' ? 'error' : 'warning'} heading="Before you call back">
      <ul class="usa-list">
        {mayCallBack === 'no' && (
          <li>
            <strong>Do not call the caller back.</strong>
          </li>
        )}
        {isUnasked && <li>The child called, and has not agreed to a call back.</li>}
        {overheard === 'yes' && <li>Someone could hear the caller.</li>}
      </ul>
    </Alert>
  );
}

/** What the call told of itself, as pairs for a list of facts. */
export const callFacts = ({ call = {} }: Pick<ReferralView, 'call'>): readonly (readonly [string, string])[] =>
  Object.entries(call).map(([field, answer]) => [labelOf(field), [answer ?? []].flat().map(words).join(', ')] as const);
