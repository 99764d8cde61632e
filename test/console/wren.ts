/** The report of one invented girl, entered through the API, whose referral several pages are shown for. */
import { openApi } from '../support/api-client.ts';
import type { Desk } from '../support/desk.ts';

export const wrensWords = 'A girl told her teacher.';

/** Enters the report and gives the reference of its referral. Throws where the report is refused. */
export async function reportWren(tables: Desk, name = 'Wren Example'): Promise<string> {
  const child = {
    name,
    approximateAge: { from: 15, to: 15 },
    danger: 'yes',
    residenceTown: 'Hartford',
    perpetrators: ['third-party'],
    safeContact: 'Only by text.',
  };
  const body = { narrative: wrensWords, children: [child] };
  const { status, text, body: answer } = await openApi(tables).ask('/reports', { as: 'P-CARELINE-WORKER-1', body });
  const [id] = (answer.referralIds ?? []) as readonly string[];
  if (status !== 201 || id === undefined) throw new Error(`The report was answered with ${status}: ${text}`);
  return id;
}
