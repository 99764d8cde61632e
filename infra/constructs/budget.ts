/** A budget of the account's cost a month, with mail before it is used up. */
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { Construct } from 'constructs';

export interface BudgetSettings {
  /** US dollars a month. */
  readonly amount: number;
  readonly email: string;
}

const largestAmount = 1_000_000;

/**
 * Reads `budgetAmount` (US dollars a month) and `budgetEmail` from the context. The address of the alarms stands in for a
 * missing one. Undefined without an amount. Throws an Error that says which value to change.
 */
export function readBudget(scope: Construct, oncallEmail: string | undefined): BudgetSettings | undefined {
  const text = (name: string) => {
    const value: unknown = scope.node.tryGetContext(name);
    return value === undefined || value === '' ? undefined : String(value);
  };
  const given = text('budgetAmount');
  if (given === undefined) return undefined;
  const amount = Number(given);
  if (!/^\d+(\.\d{1,2})?$/.test(given) || amount <= 0 || amount > largestAmount) {
    throw new Error(`Context "budgetAmount" is "${given}"; give US dollars a month, such as 100.`);
  }
  const email = text('budgetEmail') ?? oncallEmail;
  if (email === undefined || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    throw new Error('Context "budgetEmail" is missing; give the address that gets mail about the cost.');
  }
  return { amount, email };
}

/**
 * Mail at four fifths of the amount, at all of it, and when the forecast is above it. Budgets
 * are of the account, which has this one stack. Each notification goes to the address itself, so no topic is needed.
 */
export function createBudget(scope: Construct, settings: BudgetSettings | undefined): void {
  if (settings === undefined) return;
  const notify = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
    notification: { notificationType, comparisonOperator: 'GREATER_THAN', threshold, thresholdType: 'PERCENTAGE' },
    subscribers: [{ subscriptionType: 'EMAIL', address: settings.email }],
  });
  new CfnBudget(scope, 'MonthlyBudget', {
    budget: {
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: settings.amount, unit: 'USD' },
    },
    notificationsWithSubscribers: [notify('ACTUAL', 80), notify('ACTUAL', 100), notify('FORECASTED', 100)],
  });
}
