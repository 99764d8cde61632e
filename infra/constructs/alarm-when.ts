import { Alarm, type AlarmProps, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export interface AlarmText {
  readonly meaning: string;
  /** Its section of docs/runbooks/alarms.md. */
  readonly section: string;
  /** 0 unless given: one occurrence is enough. */
  readonly threshold?: number;
  /** How many periods in a row; 1 unless given. */
  readonly periods?: number;
}

/** An alarm that tells the topic once the metric is above its threshold for so many periods. No data is no alarm. Its id ends in `Alarm`. */
export function alarmWhenAbove(
  scope: Construct,
  topic: ITopic,
  id: string,
  metric: IMetric,
  { threshold = 0, periods = 1, ...text }: AlarmText,
): Alarm {
  return createAlarm(scope, topic, id, text, {
    metric,
    threshold,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: periods,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
}

/** An alarm that tells the topic once the metric has had no value for so many periods in a row. Its id ends in `Alarm`. */
export function alarmWhenSilent(
  scope: Construct,
  topic: ITopic,
  id: string,
  metric: IMetric,
  { periods, ...text }: Omit<AlarmText, 'threshold'> & { readonly periods: number },
): Alarm {
  return createAlarm(scope, topic, id, text, {
    metric,
    threshold: 1,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: periods,
    treatMissingData: TreatMissingData.BREACHING,
  });
}

function createAlarm(
  scope: Construct,
  topic: ITopic,
  id: string,
  { meaning, section }: Pick<AlarmText, 'meaning' | 'section'>,
  props: AlarmProps,
): Alarm {
  // CloudWatch sends the description with the alarm.
  const alarmDescription = `${meaning} Runbook: docs/runbooks/alarms.md#${section}`;
  const alarm = new Alarm(scope, `${id}Alarm`, { ...props, alarmDescription });
  alarm.addAlarmAction(new SnsAction(topic));
  // An alarm that ends says so.
  alarm.addOkAction(new SnsAction(topic));
  return alarm;
}
