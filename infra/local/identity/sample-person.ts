/** Who can sign in to the embedded cloud. */
export interface SamplePerson {
  readonly sub: string;
  readonly email: string;
  readonly name: string;
  /** The role, as shown. */
  readonly title: string;
  /** False: signs in without a second factor, so that the refusal can be tried. */
  readonly mfa?: boolean;
}
