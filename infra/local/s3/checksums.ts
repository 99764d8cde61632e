/** The checksums that S3 takes with an object, each as base64 of its bytes, most significant first. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

const bytesOf = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};

/** A table of a reflected CRC of 32 bits. */
function tableOf(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    return value >>> 0;
  });
}
const castagnoli = tableOf(0x82f63b78);

function crc32c(data: Buffer): Buffer {
  let crc = 0xffffffff;
  for (const byte of data) crc = (crc >>> 8) ^ (castagnoli[(crc ^ byte) & 0xff] ?? 0);
  return bytesOf(~crc);
}

/** Two halves, because a number holds no 64 bits and BigInt takes a hundred times as long. */
const nvme = (() => {
  const [polynomialHigh, polynomialLow] = [0x9a6c9329, 0xac4bc9b5];
  const [high, low] = [new Uint32Array(256), new Uint32Array(256)];
  for (let byte = 0; byte < 256; byte += 1) {
    let [h, l] = [0, byte];
    for (let bit = 0; bit < 8; bit += 1) {
      const odd = l & 1;
      l = ((l >>> 1) | (h << 31)) >>> 0;
      h >>>= 1;
      if (odd) [h, l] = [(h ^ polynomialHigh) >>> 0, (l ^ polynomialLow) >>> 0];
    }
    high[byte] = h;
    low[byte] = l;
  }
  return { high, low };
})();

function crc64nvme(data: Buffer): Buffer {
  let [high, low] = [0xffffffff, 0xffffffff];
  for (const byte of data) {
    const at = (low ^ byte) & 0xff;
    low = (((low >>> 8) | (high << 24)) ^ (nvme.low[at] ?? 0)) >>> 0;
    high = ((high >>> 8) ^ (nvme.high[at] ?? 0)) >>> 0;
  }
  return Buffer.concat([bytesOf(~high), bytesOf(~low)]);
}

const hash = (name: string) => (data: Buffer) => createHash(name).update(data).digest();

const checksums = {
  CRC32: (data: Buffer) => bytesOf(crc32(data)),
  CRC32C: crc32c,
  CRC64NVME: crc64nvme,
  SHA1: hash('sha1'),
  SHA256: hash('sha256'),
} as const;

export type ChecksumAlgorithm = keyof typeof checksums;

export const checksumAlgorithms = Object.keys(checksums) as readonly ChecksumAlgorithm[];

/** The header that carries it, such as `x-amz-checksum-crc32`. */
export const checksumHeader = (algorithm: ChecksumAlgorithm) => `x-amz-checksum-${algorithm.toLowerCase()}`;

export const checksumOf = (algorithm: ChecksumAlgorithm, data: Buffer): string =>
  checksums[algorithm](data).toString('base64');

/** True where the text is base64 of as many bytes as the algorithm gives. */
export function isChecksum(algorithm: ChecksumAlgorithm, text: string): boolean {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text && bytes.length === checksums[algorithm](Buffer.alloc(0)).length;
}
