import type { NativeConnection } from '@temporalio/worker';
import { SEARCH_ATTRIBUTES } from '../domain/protocol.js';

/** Numbers of temporal.api.enums.v1.IndexedValueType. */
const VALUE_TYPES = { KEYWORD: 2, INT: 3, DOUBLE: 4 } as const;
const ALREADY_EXISTS = 6;

/** Registers missing search attributes with the server. */
export async function registerSearchAttributes(
  { operatorService }: Pick<NativeConnection, 'operatorService'>,
  namespace: string,
): Promise<void> {
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
  const missing = Object.values(SEARCH_ATTRIBUTES).filter(({ name }) => !(name in customAttributes));
  if (missing.length === 0) return;
  const searchAttributes = Object.fromEntries(missing.map(({ name, type }) => [name, VALUE_TYPES[type]]));
  try {
    await operatorService.addSearchAttributes({ namespace, searchAttributes });
  } catch (error) {
    // Another worker registered them first.
    if ((error as { code?: number }).code !== ALREADY_EXISTS) throw error;
  }
}

/** The command for servers whose operator API is not available, such as Temporal Cloud. */
export function howToRegister(namespace: string): string {
  const flags = Object.values(SEARCH_ATTRIBUTES).map(({ name, type }) => {
    const spelled = type.charAt(0) + type.slice(1).toLowerCase();
    return `--name ${name} --type ${spelled}`;
  });
  return `temporal operator search-attribute create --namespace ${namespace} ${flags.join(' ')}`;
}
