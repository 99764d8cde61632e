/**
 * Work with the pages and the mail alone, and then every page in the states that this work has left. One cloud is for both:
 * it takes seconds to start, and its functions seconds to warm up.
 */
import './pages.in-browser.ts';
import './every-page.in-browser.ts';
