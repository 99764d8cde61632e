/** A sent form as its fields. In a form with a file, the file's text is the value of its field. */
export async function sentForm(request: globalThis.Request): Promise<URLSearchParams> {
  const isMultipart = /^multipart\/form-data\b/i.test(request.headers.get('content-type') ?? '');
  if (!isMultipart) return new URLSearchParams(await request.text());
  const form = new URLSearchParams();
  // A body that is no form has no fields, so the session's token is missing.
  const sent = await request.formData().catch(() => new FormData());
  for (const [name, value] of sent) form.append(name, typeof value === 'string' ? value : await value.text());
  return form;
}
