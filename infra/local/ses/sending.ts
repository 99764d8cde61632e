/** What the template says about sending mail: verified identities, configuration sets and where their events go. */
import type { Template } from '../template/template.ts';

interface ConfigurationSet {
  /** Undefined: the account's own reasons count. */
  readonly suppressedReasons: readonly string[] | undefined;
  /** The SNS topics that want events of this type, such as `DeliveryDelay`. */
  topicsFor(eventType: string): readonly string[];
}

export interface Sending {
  /** The name of the verified identity that covers an address: the address itself, or its domain or one above it. */
  identityOf(address: string): string | undefined;
  configurationSet(name: string): ConfigurationSet | undefined;
}

type Properties = Readonly<Record<string, unknown>>;

const properties = (value: unknown): Properties =>
  typeof value === 'object' && value !== null ? (value as Properties) : {};
const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
const texts = (value: unknown) => (Array.isArray(value) ? value.map(String) : undefined);
/** `deliveryDelay`, `DELIVERY_DELAY` and `DeliveryDelay` are one type. */
const plain = (eventType: string) => eventType.replaceAll('_', '').toLowerCase();

/** Reads the SES resources of a template. Throws a sentence on an event destination that does not go to SNS. */
export function readSending(template: Template): Sending {
  const identities = new Map<string, string>();
  for (const { properties: given } of template.ofType('AWS::SES::EmailIdentity')) {
    const name = text(given.EmailIdentity);
    if (name !== undefined) identities.set(name.toLowerCase(), name);
  }

  const destinations = template.ofType('AWS::SES::ConfigurationSetEventDestination').map((resource) => {
    const { EventDestination, ConfigurationSetName } = resource.properties;
    const destination = properties(EventDestination);
    const topicArn = text(properties(destination.SnsDestination).TopicARN);
    if (topicArn === undefined) {
      throw new Error(
        `The SES event destination ${resource.logicalId} has no SNS topic: only SNS destinations run locally.`,
      );
    }
    return {
      set: text(ConfigurationSetName),
      topicArn,
      enabled: String(destination.Enabled) === 'true',
      types: (texts(destination.MatchingEventTypes) ?? []).map(plain),
    };
  });

  const sets = new Map<string, ConfigurationSet>();
  for (const { name, properties: given } of template.ofType('AWS::SES::ConfigurationSet')) {
    sets.set(name, {
      suppressedReasons: texts(properties(given.SuppressionOptions).SuppressedReasons),
      topicsFor: (eventType) =>
        destinations
          .filter(({ set, enabled, types }) => set === name && enabled && types.includes(plain(eventType)))
          .map(({ topicArn }) => topicArn),
    });
  }

  return {
    identityOf(address) {
      const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
      const labels = domain.split('.');
      const candidates = [address.toLowerCase(), ...labels.map((_, index) => labels.slice(index).join('.'))];
      return candidates.map((candidate) => identities.get(candidate)).find((identity) => identity !== undefined);
    },
    configurationSet: (name) => sets.get(name),
  };
}
