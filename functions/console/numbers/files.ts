/** Files that a browser keeps and does not show. */
import type { Request } from '../app/parts.ts';

function file(context: Request, name: string, content: string, type: string): Response {
  context.header('content-type', type);
  context.header('content-disposition', `attachment; filename="${name}"`);
  return context.body(content);
}

export const csvFile = (context: Request, name: string, content: string): Response =>
  file(context, name, content, 'text/csv; charset=utf-8');

export const jsonFile = (context: Request, name: string, content: unknown): Response =>
  file(context, name, JSON.stringify(content, undefined, 2), 'application/json; charset=utf-8');
