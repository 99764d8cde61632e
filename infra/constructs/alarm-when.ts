import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export interface AlarmText {
  readonly meaning: string;
  /** Its section of docs/runbooks/alarms.md. */
  readonly section: string;
  /** 0 unless given: one occurrence is enough. */
  readonly threshold?: number;
}

/** An alarm that tells the topic once the metric is above its threshold for one period. No data is no alarm. Its id ends in `Alarm`. */
export function alarmWhenAbove(
  scope: Construct,
  topic: ITopic,
  id: string,
  metric: IMetric,
  { meaning, section, threshold = 0 }: AlarmText,
): void {
  const alarm = new Alarm(scope, `${id}Alarm`, {
    metric,
    // CloudWatch sends this text with the alarm.
    alarmDescription: `${meaning} Runbook: docs/runbooks/alarms.md#${section}`,
    threshold,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(topic));
}
