/** The keys of the queue. A script opens the list, and a person can turn the keys off. */
export const keys = [
  ['/', 'Type a reference'],
  ['j', 'Next referral'],
  ['k', 'Referral before'],
  ['Enter', 'Open the referral'],
  ['?', 'This list'],
] as const;

export const Keys = () => (
  <dialog data-keys aria-labelledby="keys-heading">
    <h2 id="keys-heading">Keys</h2>
    <dl class="facts">
      {keys.map(([key, what]) => (
        <>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{what}</dd>
        </>
      ))}
    </dl>
    <form method="dialog">
      <button class="usa-button" type="submit">
        Close
      </button>{' '}
      <button class="usa-button usa-button--outline" type="submit" value="switch" data-keys-switch>
        Turn these keys off
      </button>
    </form>
  </dialog>
);
