/** The styles of the call task. The number is the biggest thing on the page. */
export const callStyles = `
.calls { margin: 1rem 0 2rem; }
.calls-child { border: 0.25rem solid #b50909; padding: 0.75rem 1rem 1rem; margin: 1rem 0; background: #fff; }
.calls-child > :is(h2, h3):first-child { margin: 0 0 0.5rem; font-size: 1.35rem; }
.calls-mark { display: inline-block; background: #b50909; color: #fff; font-weight: 700; padding: 0 0.5rem; margin-left: 0.5rem; }
.call { border-left: 0.5rem solid #b50909; background: #f4f7fb; padding: 0.75rem 1rem; margin: 0.75rem 0; }
.call-held { border-left-color: #00a91c; background: #ecf3ec; }
.call > :is(h3, h4):first-child { margin: 0; font-size: 1.25rem; }
.call p { margin: 0.35rem 0; }
.call-due { font-weight: 700; }
.call-who { font-size: 1.15rem; }
a.call-number { display: inline-block; background: #005ea2; color: #fff; font-weight: 700; font-size: 2.5rem; line-height: 1.1; padding: 0.75rem 1.5rem; border-radius: 0.35rem; text-decoration: none; white-space: nowrap; font-variant-numeric: tabular-nums; }
a.call-number:hover { background: #1a4480; }
a.call-number:visited { color: #fff; }
a.call-number:focus { outline: 0.25rem solid #2491ff; outline-offset: 0.25rem; }
.call-act { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: center; margin: 0.75rem 0; }
.call-act .usa-button { margin: 0; }
.call-say { border: 1px solid #a9aeb1; background: #fff; padding: 0.5rem 0.75rem; max-width: 45rem; }
.call-busy { background: #faf3d1; border-left: 0.25rem solid #ffbe2e; padding: 0.35rem 0.75rem; font-weight: 700; }
.call-clock { font-weight: 700; font-variant-numeric: tabular-nums; }
.call-others { list-style: none; padding: 0; margin: 0.5rem 0; }
.call-others > li { border-top: 1px solid #a9aeb1; padding: 0.5rem 0; }
.call-others a.call-number { font-size: 1.25rem; padding: 0.4rem 0.8rem; }
.call-row { border-left: 0.5rem solid #a9aeb1; padding: 0.25rem 1rem; margin: 0.5rem 0; background: #f9f9f9; }
.calls form.usa-form { max-width: none; }
.calls details > summary { cursor: pointer; font-weight: 700; padding: 0.35rem 0; }
.calls details .usa-textarea { height: 4rem; }
.unanswered { background: #b50909; color: #fff; font-weight: 700; font-size: 1.15rem; }
.unanswered a { color: #fff; white-space: nowrap; }
.unanswered p { margin: 0; padding: 0.5rem 0; }
@media (max-width: 40em) {
  a.call-number { display: block; text-align: center; font-size: 2rem; padding: 1rem 0.25rem; }
  .call-act { gap: 0.5rem; }
  .call-act .usa-button { width: 100%; }
  .calls-child { padding: 0.5rem; }
  .call { padding: 0.5rem 0.75rem; }
}
`;
