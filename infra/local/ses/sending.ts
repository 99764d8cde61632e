/** What the template says about sending mail: verified domains, configuration sets and where their events go. */
import * as z from 'zod';
import { readProperties } from '../template/read-properties.ts';
import type { Template } from '../template/template.ts';

interface ConfigurationSet {
  /** The outcomes for which the account's suppression list takes up an address. */
  readonly suppressedReasons: readonly string[];
  /** The SNS topics that want events of this type, such as `DeliveryDelay`. */
  topicsFor(eventType: string): readonly string[];
}

export interface Sending {
  /** The verified domain of an address. Undefined where it is not verified. */
  identityOf(address: string): string | undefined;
  configurationSet(name: string): ConfigurationSet | undefined;
}

const setProperties = z.object({ SuppressionOptions: z.object({ SuppressedReasons: z.array(z.string()) }) });
const destinationProperties = z.object({
  ConfigurationSetName: z.string(),
  EventDestination: z.object({
    Enabled: z.literal(true, 'a destination that is switched off is not known here'),
    MatchingEventTypes: z.array(z.string()),
    SnsDestination: z.object({ TopicARN: z.string() }, 'only SNS destinations run locally'),
  }),
});

/** Reads the SES resources of a template. Throws a sentence on an event destination that does not go to SNS. */
export function readSending(template: Template): Sending {
  const domains = new Set(
    template.ofType('AWS::SES::EmailIdentity').map(({ properties }) => String(properties.EmailIdentity).toLowerCase()),
  );
  const destinations = template
    .ofType('AWS::SES::ConfigurationSetEventDestination')
    .map((resource) => readProperties(resource, destinationProperties));
  const sets = new Map(
    template.ofType('AWS::SES::ConfigurationSet').map((resource): [string, ConfigurationSet] => {
      const ours = destinations.filter(({ ConfigurationSetName }) => ConfigurationSetName === resource.name);
      return [
        resource.name,
        {
          suppressedReasons: readProperties(resource, setProperties).SuppressionOptions.SuppressedReasons,
          // The template writes `deliveryDelay`, and events say `DeliveryDelay`.
          topicsFor: (eventType) =>
            ours.flatMap(({ EventDestination: { MatchingEventTypes: types, SnsDestination } }) =>
              types.some((type) => type.toLowerCase() === eventType.toLowerCase()) ? [SnsDestination.TopicARN] : [],
            ),
        },
      ];
    }),
  );
  return {
    identityOf(address) {
      const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
      return domains.has(domain) ? domain : undefined;
    },
    configurationSet: (name) => sets.get(name),
  };
}
