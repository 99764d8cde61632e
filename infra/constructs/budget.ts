/** A budget of the account's cost a month, with mail before it is used up. */
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { Construct } from 'constructs';

export interface BudgetSettings {
  /** US dollars a month. */
  readonly amount: number;
  readonly email: string;
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
