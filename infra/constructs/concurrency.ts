import { CfnFunction, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';

/** Places of each function, where the deployment reserves them. Then a flood at the doors starves no clock and no mail. */
const reservations: Readonly<Record<string, number>> = {
  Console: 100,
  Api: 50,
  AuthorizeRequest: 50,
  AwaitPerson: 30,
  RaiseCheckpoint: 20,
  React: 20,
  SendAlerts: 10,
  RecordDelivery: 10,
  TakeStep: 10,
  Sweep: 2,
  KeepVault: 2,
};
const otherwise = 5;

/** Reserves places where `isOn`. A new account may run ten functions at once and has none to reserve. */
export function reserveConcurrency(functions: readonly LambdaFunction[], isOn: boolean): void {
  if (!isOn) return;
  for (const { node } of functions) {
    const resource = node.defaultChild;
    if (resource instanceof CfnFunction) resource.reservedConcurrentExecutions = reservations[node.id] ?? otherwise;
  }
}
