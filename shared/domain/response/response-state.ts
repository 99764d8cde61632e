/** What the state of a referral remembers of danger, the response and the investigation. */
import type { TribeNotice } from '../child/tribe-notice.ts';
import type { Answer, licensingAgencies, noticeOccasions } from '../core/vocabulary.ts';
import type { ResponseEvent } from './response-events.ts';

/** Instants are UTC. A renewed pause keeps the beginning of the first. */
export interface OutreachPause {
  readonly agencyId: string;
  readonly by: string;
  readonly from: string;
  readonly until: string;
}

/** The last decision about a notice. `at`: when the person was told, or when another decided to withhold it; UTC. */
export interface NoticeDecision {
  readonly decision: 'given' | 'withheld';
  readonly by: string;
  readonly at: string;
}

/** Danger, who responds, the pause that the police asked for, and the findings of the investigation. */
export interface ResponseState {
  readonly danger: Answer;
  readonly liaison?: string;
  /** When that liaison accepted; UTC. Absent until then. */
  readonly liaisonAcceptedAt?: string;
  /**
   * When the child was seen last, and by what role. Or the last attempt, while no one has seen the child.
   * `beforeDanger`: the child came into danger after that.
   */
  readonly childSeen?: Pick<ResponseEvent<'child-seen'>, 'sighting' | 'seenBy' | 'seenAlone' | 'at'> & {
    readonly beforeDanger?: true;
  };
  /** True from a 96-hour hold until it ended. */
  readonly hold: boolean;
  /** True once a hold ended with an order and petition filed. */
  readonly petitionFiled?: true;
  /** Each tribe that was notified, with the receipt and a request for more time. */
  readonly tribeNotices: readonly TribeNotice[];
  /** When the court gave the last ex parte order of temporary custody; UTC. */
  readonly exParteOrderAt?: string;
  /** When the preliminary hearing after that order was held; UTC. */
  readonly preliminaryHearingAt?: string;
  /** The case numbers that the police gave with each notice: the ids of the texts. */
  readonly caseNumbers: readonly string[];
  /** The notices to the agencies that license the facility, and when each was given; UTC. */
  readonly licensingNotices: readonly {
    readonly occasion: (typeof noticeOccasions)[number];
    readonly licensingAgency: (typeof licensingAgencies)[number];
    readonly at: string;
  }[];
  /** The notices to the Department of Education, and when each was given; UTC. */
  readonly educationNotices: readonly { readonly occasion: (typeof noticeOccasions)[number]; readonly at: string }[];
  /** When the person in charge of the facility or school was told last; UTC. */
  readonly institutionNotifiedAt?: string;
  /** The last pause of outreach that the police asked for, unless it was lifted. It may have ended. */
  readonly outreachPause?: OutreachPause;
  /** The last decision about the notice to the parents. */
  readonly parentsNotice?: NoticeDecision;
  /** A supervisor's confirmation that it may be given although a caregiver's part is not ruled out. */
  readonly parentsNoticeApproved?: { readonly by: string; readonly at: string };
  /** The last decision about the notice that the complaint was substantiated, and a supervisor's confirmation of it. */
  readonly substantiationNotice?: NoticeDecision;
  readonly substantiationNoticeApproved?: { readonly by: string; readonly at: string };
  /** When the notice of the finding was mailed last (C.G.S. 17a-101k(b)), and who recorded it. */
  readonly findingNotice?: { readonly by: string; readonly at: string };
  /** The last question to counsel whether that notice is safe to mail, or the last answer. */
  readonly findingSafety?: { readonly by: string; readonly at: string; readonly mayMail?: 'yes' | 'no' };
  /** The forensic interview that was scheduled last. `directions`: the id of the text. */
  readonly interview?: Pick<ResponseEvent<'interview-scheduled'>, 'scheduledFor' | 'way' | 'directions'>;
  /** When someone said that an interview had been held, UTC, and whether the child was seen alone there. */
  readonly interviewHeld?: { readonly saidAt: string } & Pick<ResponseEvent<'interview-settled'>, 'seenAlone'>;
  readonly disposition?: ResponseEvent<'investigation-disposed'>['disposition'];
  /**
   * Whether there is reasonable cause to believe that sexual abuse or serious physical abuse occurred. Absent where the
   * question did not arise.
   */
  readonly reasonableCause?: Answer;
  /** True from the first entry to care that was recorded here. */
  readonly enteredCare: boolean;
  /** True where charges are known for acts of the child while exploited. */
  readonly charged: boolean;
}
