/**
 * The script of every page of a signed-in person. When the session ends, it takes the page away and says so. It does so at
 * the time that the server gave, and at once when another tab signs out. It asks the server once a minute. Words
 * that were typed and not sent are kept out of the page, until the same person is back. A page that the browser keeps for
 * its back button is emptied first. It is loaded again there, or refilled where words were typed.
 */
export const sessionScript = `(() => {
  const { body } = document;
  const { session, person, left, reopens } = body.dataset;
  const others = new BroadcastChannel('careline-session');
  if (!session) { others.postMessage('look'); return; }
  const notice = document.getElementById('session-ended').content;
  const { title } = document;
  const minute = 60000;
  let until = Date.now() + Number(left) * 1000;
  let askedAt = Date.now();
  // What was taken out of the page, and whether its words were typed; isOver: nothing brings it back.
  let taken, isOver = false;
  const isTyped = ({ type, value, defaultValue, checked, defaultChecked, options }) =>
    type !== 'hidden' && (options
      ? [...options].some((each) => each.selected !== each.defaultSelected && options[0] !== each)
      : value !== defaultValue || checked !== defaultChecked);
  const take = (keepsAll) => {
    if (taken) return;
    const hasWords = [...document.querySelectorAll('main :is(textarea, input, select)')].some(isTyped);
    taken = { hasWords, nodes: keepsAll || hasWords ? [...body.childNodes] : [] };
    body.replaceChildren();
  };
  const end = () => {
    if (isOver || document.getElementById('session-over')) return;
    take(false);
    const { hasWords } = taken;
    if (!hasWords) { taken.nodes = []; isOver = true; }
    document.title = 'Session ended – Careline';
    body.replaceChildren(notice.cloneNode(true));
    for (const each of body.querySelectorAll('[data-typed]')) each.hidden = (each.dataset.typed === 'yes') !== hasWords;
    if (reopens === 'yes') body.querySelector('[data-typed=no] a').href = location.href;
    document.getElementById('session-over').focus();
  };
  const giveBack = (token) => {
    if (!taken) return;
    if (taken.nodes.length === 0) { location.reload(); return; }
    body.replaceChildren(...taken.nodes);
    document.title = title;
    taken = undefined;
    for (const each of document.querySelectorAll('input[name=token]')) each.value = token;
  };
  const ask = async () => {
    askedAt = Date.now();
    try {
      const answer = await fetch(session, { credentials: 'same-origin', redirect: 'error', cache: 'no-store' });
      if (!answer.ok) throw new Error();
      const told = await answer.json();
      if (isOver) return;
      if (told.left > 0 && told.person === person) {
        until = Date.now() + told.left * 1000;
        giveBack(told.token);
      } else end();
    } catch {
      if (Date.now() >= until) end();
    }
  };
  const look = (isDue) => {
    if (isOver) return;
    if (!taken && Date.now() >= until) end();
    if (isDue && !document.hidden && !isOver) ask();
  };
  setInterval(() => look(Date.now() - askedAt >= minute), 1000);
  document.addEventListener('visibilitychange', () => look(true));
  addEventListener('focus', () => look(true));
  others.addEventListener('message', () => look(true));
  addEventListener('pagehide', ({ persisted }) => { if (persisted) take(reopens !== 'yes'); });
  addEventListener('pageshow', ({ persisted }) => { if (persisted) look(true); });
})();
`;
