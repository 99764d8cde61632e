/** How sure the project is of a rule: seen in the source or an official summary, believed, doubtful, or assumed. */
export type Confidence = 'verified' | 'summary' | 'believed' | 'doubtful' | 'assumed';
