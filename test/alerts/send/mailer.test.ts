import { SESClient, SESServiceException, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { mockClient } from 'aws-sdk-client-mock';
import { simpleParser } from 'mailparser';
import { expect, onTestFinished, test } from 'vitest';
import { readMailNews } from '../../../shared/alerts/send/mail-news.ts';
import { createMailer } from '../../../shared/alerts/send/mailer.ts';
import { startBench } from '../../infra/local/ses/ses-over-http.ts';

const tags = { referralId: 'CR-7F3KD-9QXMT2', alertId: 'CR-7F3KD-9QXMT2.A12', personId: 'PV-1.CONTACT' };
const mail = {
  to: 'hart.lead@dcf.example',
  subject: 'CR-7F3KD-9QXMT2: D3 overdue',
  text: 'D3 is overdue.\n',
  html: '<!doctype html><html lang="en"><p>D3 is overdue.</p></html>\n',
  headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': 'en' },
  tags,
};

function mailer() {
  const client = new SESClient({ region: 'us-east-1' });
  const ses = mockClient(client);
  ses.on(SendRawEmailCommand).resolves({ MessageId: 'm-1' });
  return {
    ses,
    send: createMailer({ client, from: 'careline@careline.example', configurationSet: 'MailConfiguration' }).send,
  };
}

const fault = (name: string) =>
  new SESServiceException({ name, $fault: 'client', message: 'No.', $metadata: { httpStatusCode: 400 } });

test('a mail goes to one person, as text and HTML, is marked as automatic, and names its recipient in tags', async () => {
  const { ses, send } = mailer();
  expect(await send(mail)).toBe('m-1');
  const [call] = ses.commandCalls(SendRawEmailCommand);
  expect(call?.args[0].input).toMatchObject({
    Source: 'careline@careline.example',
    Destinations: ['hart.lead@dcf.example'],
    ConfigurationSetName: 'MailConfiguration',
    Tags: [
      { Name: 'referralId', Value: 'CR-7F3KD-9QXMT2' },
      { Name: 'alertId', Value: 'CR-7F3KD-9QXMT2_A12' },
      { Name: 'personId', Value: 'PV-1_CONTACT' },
    ],
  });
  const raw = Buffer.from(call?.args[0].input.RawMessage?.Data ?? []).toString();
  expect(raw).toContain('Subject: CR-7F3KD-9QXMT2: D3 overdue\r\n');
  expect(raw).toContain('Auto-Submitted: auto-generated\r\n');
  expect(raw).toContain('X-Careline-Mail: CR-7F3KD-9QXMT2.A12/PV-1.CONTACT\r\n');
  expect(raw).toMatch(/Content-Type: text\/plain/);
  expect(raw).toContain('D3 is overdue.');
  expect(raw).toMatch(/Content-Type: multipart\/alternative/);
  expect(raw).not.toMatch(/List-Unsubscribe|text\/calendar/);
});

test.each([
  ['subject', { subject: 'D3 overdue\r\nBcc: thief@else.example\r\n\r\nWords' }],
  ['header', { headers: { ...mail.headers, 'Content-Language': 'en\r\nBcc: thief@else.example' } }],
])('a line end in the %s adds no header and no recipient: MailComposer folds it', async (_, changed) => {
  const { ses, send } = mailer();
  const headersOf = async (sent: typeof mail) => {
    ses.resetHistory();
    await send(sent);
    const raw = Buffer.from(ses.commandCalls(SendRawEmailCommand)[0]?.args[0].input.RawMessage?.Data ?? []);
    return [...(await simpleParser(raw)).headers.keys()];
  };
  const plain = await headersOf(mail);
  expect(plain).toContain('subject');
  expect(await headersOf({ ...mail, ...changed })).toEqual(plain);
});

test('an address with a line end is no mailbox, and is not sent to', async () => {
  const { ses, send } = mailer();
  expect(await send({ ...mail, to: 'hart.lead@dcf.example\r\nBcc: thief@else.example' })).toBeUndefined();
  expect(ses.commandCalls(SendRawEmailCommand)).toEqual([]);
});

test('an address that is none is refused, so that another person gets the mail', async () => {
  const { ses, send } = mailer();
  ses.on(SendRawEmailCommand).rejects(fault('InvalidParameterValue'));
  expect(await send({ ...mail, to: 'nobody' })).toBeUndefined();
});

test('any other trouble is a fault, so that the mail is tried again', async () => {
  const { ses, send } = mailer();
  ses.on(SendRawEmailCommand).rejects(fault('Throttling'));
  await expect(send(mail)).rejects.toThrow('No.');
});

test('the event of the local SES names the alert and the recipient of the mail', async () => {
  const bench = await startBench();
  onTestFinished(() => bench.stop());
  const { send } = createMailer({ client: bench.client, from: 'careline@careline.example', configurationSet: 'Mail' });
  await send(mail);
  await send({ ...mail, to: 'bounce@dcf.example', tags: { ...tags, personId: 'P-2' } });
  expect(await send({ ...mail, to: 'nobody' })).toBeUndefined();
  await bench.types();
  expect(bench.published.flatMap(({ event }) => readMailNews(JSON.stringify(event)) ?? [])).toEqual([
    { ...tags, news: 'accepted' },
    { ...tags, news: 'delivered', at: '2027-03-01T09:00:00.000Z' },
    { ...tags, personId: 'P-2', news: 'accepted' },
    { ...tags, personId: 'P-2', news: 'failed', because: 'bounce' },
  ]);
});
