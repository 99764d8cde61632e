/** The table of `docs/mail.md` says what the product does: each alert of whole referrals is compared with its row. */
import { describe, expect, test } from 'vitest';
import { templatesOf } from '../../shared/alerts/compose/mail-facts.ts';
import { templates } from '../../shared/alerts/compose/templates.ts';
import { alertRows, isListed, mailDocument, otherMails } from '../../shared/describe/mail-document.ts';
import { alertKinds } from '../../shared/domain/core/vocabulary.ts';
import { everyMailOf, stories } from '../alerts/compose/every-mail.ts';
import { referral } from '../support/referral-builder.ts';

const told = stories();
const missing = referral({ missingNow: 'yes' }).run().do('record-return').after('PT1H').do('report-missing');
const alerts = [...told, missing].flatMap(({ state }) => Object.values(state.alerts));

describe('the table of mail', () => {
  test.each(alertKinds)('says who gets an alert of the kind %s', (kind) => {
    const ofKind = alerts.filter((alert) => alert.kind === kind);
    expect(ofKind.length).toBeGreaterThan(0);
    const unlisted = ofKind.flatMap(({ to }) => to.filter((recipient) => !isListed(kind, recipient)));
    expect(unlisted).toEqual([]);
    if (alertRows[kind].named === undefined) expect(ofKind.flatMap(({ people }) => people)).toEqual([]);
  });

  test('names each template once at least, and none that does not exist', () => {
    const named = new Set([...Object.values(templatesOf).flat(), ...Object.keys(otherMails)]);
    expect([...named].toSorted()).toEqual([...new Set(templates.map(({ id }) => id))].toSorted());
  });

  test('has each template that a kind of alert was sent with', () => {
    const sent = everyMailOf(told).map(({ alert, message }) => [alert.kind, message.template.id] as const);
    expect(sent.length).toBeGreaterThan(50);
    expect(sent.filter(([kind, id]) => !(templatesOf[kind] as readonly string[]).includes(id))).toEqual([]);
  });

  test('finds a kind by its template: the row of referral-ended has all three of its mails', () => {
    const line = mailDocument()
      .split('\n')
      .find((each) => each.includes('`referral-closed`'));
    expect(line).toContain('`referral-ended`');
    expect(line).toContain('`referral-withdrawn`, `referral-merged`');
  });
});
