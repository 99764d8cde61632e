/** What a form sent, as its fields: of a form with a file, the text of the file is the value of its field. */
export async function sentForm(request: globalThis.Request): Promise<URLSearchParams> {
  const isMultipart = /^multipart\/form-data\b/i.test(request.headers.get('content-type') ?? '');
  if (!isMultipart) return new URLSearchParams(await request.text());
  const form = new URLSearchParams();
  // A body that is no form has no fields, and so not the token of the session.
  const sent = await request.formData().catch(() => new FormData());
  for (const [name, value] of sent) form.append(name, typeof value === 'string' ? value : await value.text());
  return form;
}
