/** What the state of a referral remembers of warm handoffs. */
import type { Discipline, HandoffWay, Service } from '../core/vocabulary.ts';

export interface Handoff {
  readonly service: Service;
  readonly providerId: string;
  readonly handedBy: Discipline;
  readonly handoffWay: HandoffWay;
  readonly at: string;
}

/** In the order of recording. */
export type HandoffsState = readonly Handoff[];

/** Whether the child was there, in person or on the telephone. */
export const wasChildThere = ({ handoffWay }: Pick<Handoff, 'handoffWay'>): boolean =>
  handoffWay === 'met-in-person' || handoffWay === 'by-telephone-with-child';
