/** How the key service is asked, so that a silent one holds no person and no batch. */
import { DependencyUnavailable } from '../contracts/faults.ts';
import { sdk } from './sdk.ts';

/** A person waits for the answer. A lost one is tried again, and then the person hears of it. */
export const keyService = {
  ...sdk,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
};

/** Answers of the key service after which no later try helps. */
const lasting = /AccessDenied|InvalidCiphertext|IncorrectKey|InvalidMac|NotFound|Validation/;

/** The answer of the key service. Rejects with `DependencyUnavailable` where it did not answer and a later try helps. */
export async function answerOf<Answer>(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (cause) {
    if (cause instanceof Error && lasting.test(cause.name)) throw cause;
    throw new DependencyUnavailable('The key service did not answer: try again.', { cause });
  }
}
