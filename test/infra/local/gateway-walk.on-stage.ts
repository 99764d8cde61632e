/** Requests by random people through the whole running stack. `npm run test:long` sends five hundred. */
import { expect, it } from 'vitest';
import { walkThroughTheGateway } from '../../support/gateway-walk.ts';
import { stage } from './shared-stage.ts';

it('the gateway leaks nothing of an ordinary referral, and nothing at all of a sealed one', async () => {
  await walkThroughTheGateway(stage, 150);
});

it("the gateway tells a caller without access what is wrong, in the API's own form", async () => {
  for (const authorization of ['', 'Bearer nonsense']) {
    const answer = await fetch(`${stage.cloud.webUrl}/api/v1/queue`, { headers: { authorization } });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ type: 'about:blank', status: 401 });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  }
});
