/** The errors of KMS, by the names that its API gives them. */
import { JsonRefusal } from '../endpoint/json.ts';

export type KmsErrorName =
  | 'DisabledException'
  | 'IncorrectKeyException'
  | 'InvalidCiphertextException'
  | 'InvalidKeyUsageException'
  | 'KMSInvalidMacException'
  | 'NotFoundException'
  | 'ValidationException';

/** A refusal of KMS. AWS says nothing more where the message is empty, such as of a ciphertext that is not right. */
export class KmsError extends JsonRefusal {
  declare name: KmsErrorName;
  constructor(name: KmsErrorName, message = '') {
    super(name, message);
  }
}
