/**
 * Calls, sessions and the gateway's own address in a real browser, at one cloud beside that of the pages. Sessions come first:
 * they move the clock, which takes longer the more reports wait.
 */
import './session.in-browser.ts';
import './call-task.in-browser.ts';
import './call-screen.in-browser.ts';
import './gateway-address.in-browser.ts';
