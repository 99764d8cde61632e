/**
 * The times that law gives in Connecticut (DOMAIN 1, 3 and 7a), apart from any version of the policy. What the law calls
 * "immediately" or gives no number for is not here: those numbers are policy.
 */
// @ts-nocheck

import type { Law } from './law.ts';

const hours = (amount: number) => ({ unit: 'hours', amount }) as const;

export const connecticutLaw: Law = {
  jurisdiction: 'Connecticut',
  limits: [
    { rule: 'D2', atMost: [hours(48)], clause: 'C.G.S. 17a-101c', confidence: 'summary' },
    { rule: 'D3', atMost: [hours(12)], clause: 'C.G.S. 17a-101b and 17a-103(c)', confidence: 'summary' },
    { rule: 'D5', atMost: [hours(24)], clause: '42 U.S.C. 671(a)(34)', confidence: 'verified' },
    { rule: 'D6', atMost: [hours(2)], clause: 'C.G.S. 17a-101g(a)', confidence: 'verified' },
    { rule: 'D7', atMost: [hours(72)], clause: 'C.G.S. 17a-101g(a)', confidence: 'verified' },
    { rule: 'D11', atMost: [hours(96)], clause: 'C.G.S. 17a-101g(e) and 46b-129', confidence: 'verified' },
    { rule: 'D12a', atMost: [hours(24)], clause: '42 U.S.C. 671(a)(35)(B)', confidence: 'verified' },
    { rule: 'D12b', atMost: [hours(24)], clause: '42 U.S.C. 671(a)(35)(B)', confidence: 'verified' },
    {
      rule: 'D24',
      // 45 calendar days in the older text, 33 business days believed now: counsel has to say which.
      atMost: [
        { unit: 'calendar-days', amount: 45 },
        { unit: 'business-days', amount: 33 },
      ],
      clause: 'C.G.S. 17a-101g',
      confidence: 'shaky',
    },
    { rule: 'D27', atMost: [hours(24)], clause: '22 U.S.C. 7105(b)(1)', confidence: 'verified' },
  ],
};
