/** The page of the tribes: who to call, which services and police, and whose law asks for the notice. */
import type { Child } from 'hono/jsx';
import type { ShownTribe } from '../../../shared/application/read/shown-tribes.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { Phone } from '../app/components/phone.tsx';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';

const door = (name: string | undefined, phone: string | undefined, missing: string): Child =>
  name === undefined || phone === undefined ? (
    missing
  ) : (
    <>
      {name}: <Phone number={phone} />
    </>
  );

export const TribesPage = ({ frame, tribes }: { readonly frame: Frame; readonly tribes: readonly ShownTribe[] }) => (
  <Page frame={frame} title="Tribes">
    <h1>Tribes</h1>
    <p>
      Call the office of the tribe first. Before a proceeding about custody, the tribe must receive a notice by
      registered or certified mail.
    </p>
    <Table
      caption="The tribes of Connecticut"
      heads={['Tribe', 'Recognized by', 'Who to call', 'Services', 'Police', 'Which law asks for the notice']}
      rows={tribes.map((tribe): readonly Child[] => [
        tribe.name,
        tribe.recognizedBy === 'federal' ? 'United States' : 'Connecticut',
        door(tribe.office, tribe.phone, 'Not entered. Ask DCF Legal.'),
        tribe.services.length === 0 ? 'None entered' : tribe.services.map(words).join(', '),
        door(tribe.police, tribe.policePhone, 'Call the police of the town.'),
        tribe.notice,
      ])}
    />
    <p class="small">
      A tribe may have police under a compact: C.G.S. 47-65c, seen in a summary. All on this page awaits legal sign-off.
      An administrator changes it by the command npm run people.
    </p>
  </Page>
);
