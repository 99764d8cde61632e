/** How long after a return a talk is offered to the people who took part, in days. It is this project's assumption. */
export const offerWithin = 14;
