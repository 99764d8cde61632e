/** The errors of KMS, by the names that its API gives them. */

export type KmsErrorName =
  | 'DisabledException'
  | 'IncorrectKeyException'
  | 'InvalidCiphertextException'
  | 'InvalidKeyUsageException'
  | 'KMSInvalidMacException'
  | 'NotFoundException'
  | 'UnknownOperationException'
  | 'ValidationException';

/** A refusal of KMS. AWS says nothing more where the message is empty, such as of a ciphertext that is not right. */
export class KmsError extends Error {
  override name: KmsErrorName;
  constructor(name: KmsErrorName, message = '') {
    super(message);
    this.name = name;
  }
}
