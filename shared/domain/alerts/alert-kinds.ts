/** How the mail of each kind of alert differs. A kind without a row does not compile. */
import type { AlertKind } from '../core/vocabulary.ts';

interface AlertTraits {
  /** The person whose act it reports knows already, and gets no mail. */
  readonly isKnownToActor?: true;
  /** It may lead its reader to contact with the child or family, so a pause of outreach defers it. */
  readonly leadsToContact?: true;
}

const plain: AlertTraits = {};
const tellsOfAnAct: AlertTraits = { isKnownToActor: true };
const leadsToContact: AlertTraits = { leadsToContact: true };

export const traitsOf: Readonly<Record<AlertKind, AlertTraits>> = {
  'referral-opened': plain,
  'deadline-opened': plain,
  'mdt-invited': leadsToContact,
  'linkage-offered': plain,
  'answer-needed': plain,
  checkpoint: plain,
  'referral-ended': tellsOfAnAct,
  'report-merged': leadsToContact,
  'charges-faced': plain,
  'tribal-membership': plain,
  'removal-review': plain,
  'do-not-alert-caregiver': plain,
  'outreach-paused': leadsToContact,
  'outreach-resumed': leadsToContact,
  'meeting-scheduled': plain,
  'meeting-moved': plain,
  'meeting-cancelled': plain,
  'meeting-left': plain,
  'seat-removed': plain,
  'seat-not-reached': plain,
  'referral-sealed': plain,
  'emergency-access-taken': plain,
  'sealed-match': plain,
  'alarm-over': plain,
  'holder-changed': plain,
  'danger-raised': tellsOfAnAct,
  'danger-lifted': tellsOfAnAct,
  'child-missing': tellsOfAnAct,
  'child-returned': tellsOfAnAct,
};
