import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { anchorRule } from '../../shared/policy/anchor-rules.ts';
import { accept } from './accepted-findings.ts';
import { allow } from './careline-function.ts';
import { acknowledgeForced } from './forced-wildcards.ts';
import { nameExactly } from './kept-resources.ts';

/** Where the roots of the ledger's chains are kept, and the key that signs them. */
export interface Anchors {
  /** May read anchors, and nothing else of the bucket. */
  allowRead(grantee: LambdaFunction): void;
  /** May read and add anchors and sign them. It can remove none. */
  allowAnchor(grantee: LambdaFunction): void;
}

/**
 * A bucket and a signing key. No one can change or remove an object for years, the account's root user included. The private
 * half of the key never leaves KMS.
 */
export function createAnchors(scope: Construct): Anchors {
  const bucket = new Bucket(scope, 'Anchors', {
    // Hashes alone, by the store's own key: no deletion of a key makes the proof unreadable.
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    versioned: true,
    objectLockEnabled: true,
    objectLockDefaultRetention: ObjectLockRetention.compliance(Duration.days(anchorRule.lockedForYears * 365)),
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  nameExactly(bucket, 'Anchors');
  accept(bucket, 'AwsSolutions-S1');
  const key = new Key(scope, 'AnchorKey', {
    description: 'Careline: signs the roots of the chains of the ledger',
    keySpec: KeySpec.ECC_NIST_P256,
    keyUsage: KeyUsage.SIGN_VERIFY,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  nameExactly(key, 'AnchorKey');

  const objects = bucket.arnForObjects('anchors/*');
  function allowFind(grantee: LambdaFunction): void {
    allow(grantee, ['s3:ListBucket'], [bucket.bucketArn]);
    if (grantee.role) acknowledgeForced(grantee.role, 'objects of the anchors');
    grantee.addEnvironment('ANCHORS_BUCKET', bucket.bucketName);
  }
  return {
    allowRead(grantee) {
      allowFind(grantee);
      allow(grantee, ['s3:GetObject'], [objects]);
    },
    allowAnchor(grantee) {
      allowFind(grantee);
      allow(grantee, ['s3:GetObject', 's3:PutObject'], [objects]);
      allow(grantee, ['kms:Sign'], [key.keyArn], { StringEquals: { 'kms:SigningAlgorithm': 'ECDSA_SHA_256' } });
      allow(grantee, ['kms:GetPublicKey'], [key.keyArn]);
      grantee.addEnvironment('ANCHOR_KEY_ARN', key.keyArn);
    },
  };
}
