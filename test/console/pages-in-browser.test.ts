/**
 * All tests that need a real browser, at one cloud. It takes seconds to start, and its functions seconds to warm up.
 */
import './pages.in-browser.ts';
import './call-task.in-browser.ts';
import './call-screen.in-browser.ts';
import './gateway-address.in-browser.ts';
import './session.in-browser.ts';
import './every-page.in-browser.ts';
