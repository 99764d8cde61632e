/** Everything that needs a real browser, at one started cloud: it takes seconds to start, and its functions seconds to warm up. */
import './pages.in-browser.ts';
import './call-task.in-browser.ts';
