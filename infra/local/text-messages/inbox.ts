/** The inbox of text messages as a page: one row a message, the newest first. */
import { Temporal } from 'temporal-polyfill';
import type { AwsResponse } from '../endpoint/service.ts';
import { escapeXml } from '../endpoint/xml.ts';
import type { SentText } from './text-messages.ts';

/** `Fri, Nov 27, 4:18 PM`, New York time. `at` is a UTC instant. */
const shown = (at: string) =>
  Temporal.Instant.from(at).toZonedDateTimeISO('America/New_York').toLocaleString('en-US', {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  });

export function inboxPage(texts: readonly SentText[]): AwsResponse {
  const rows = texts
    .toReversed()
    .map(({ at, to, body }) => `<tr><td>${shown(at)}</td><td>${escapeXml(to)}</td><td>${escapeXml(body)}</td></tr>`);
  const table =
    rows.length === 0
      ? '<p>No text message was sent.</p>'
      : `<table><thead><tr><th scope="col">Sent (New York time)</th><th scope="col">To</th><th scope="col">Message</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Text messages</title><style>body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #ccc;padding:.5rem;text-align:left;vertical-align:top}</style></head><body><h1>Text messages</h1><p>Kept on this machine only: nothing was sent to any phone.</p>${table}</body></html>`;
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    },
    body,
  };
}
