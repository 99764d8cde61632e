/** Reads a setting that the stack gives this function together with the permission for it. Throws where it is missing. */
export function env(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new Error(`The environment variable ${name} is not set for this function.`);
  return value;
}

/** Reads a setting that only some deployments have. Undefined where it is missing. */
export const optionalEnv = (name: string): string | undefined => process.env[name] || undefined;

/** ARNs of keys, separated by commas. None where this function may not use them. */
export const keysIn = (name: string): readonly string[] => optionalEnv(name)?.split(',') ?? [];
