/** How sure a rule of a policy is. */
/** How sure the project is of a rule: seen in the source, seen in an official summary, believed, shaky, or our assumption. */
export type Confidence = 'verified' | 'summary' | 'believed' | 'doubtful' | 'assumed';
