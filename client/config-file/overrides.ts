import { isMapping, type Path, pathText } from '../../domain/config/known-keys.js';
import { ConfigurationError } from '../../domain/errors.js';
import { parseYaml, plainValue } from './parse-yaml.js';

/**
 * Replaces values of a configuration: `student.steps=500`, `models[0].width=32` (or `models.0.width=32`),
 * `data.labelsPerClass=all`. Creates missing keys.
 * @throws ConfigurationError if an override isn't `key=value`, or its path leads through a value without keys
 */
export function applyOverrides(input: unknown, overrides: readonly string[]): unknown {
  // The schema refuses an input that is not a mapping.
  if (!isMapping(input)) return input;
  const changed = structuredClone(input);
  for (const override of overrides) applyOne(changed, override);
  return changed;
}

function applyOne(input: Record<string, unknown>, override: string): void {
  const { keys, text } = partsOf(override);
  let place: Holder = input;
  for (const [index, key] of keys.slice(0, -1).entries()) {
    place = holderAt(place, key, override, nameOf(keys.slice(0, index + 1)));
  }
  put(place, keys.at(-1)!, valueIn(text, override), override);
}

/** Returns the last override that set the value at a path or one of its parents. */
export function overrideOf(path: Path, overrides: readonly string[]): string | undefined {
  return overrides.findLast((override) => {
    const { keys } = partsOf(override);
    return keys.every((key, index) => index < path.length && key === String(path[index]));
  });
}

/** Returns the last override that set a value below a path. */
export function overrideWithin(path: Path, overrides: readonly string[]): string | undefined {
  return overrides.findLast((override) => {
    const { keys } = partsOf(override);
    return path.length < keys.length && path.every((key, index) => String(key) === keys[index]);
  });
}

function partsOf(override: string): { readonly keys: string[]; readonly text: string } {
  const equals = override.indexOf('=');
  const name = override.slice(0, Math.max(0, equals)).trim();
  const keys = name.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
  if (keys.some((key) => key === '' || key === '__proto__')) {
    throw new ConfigurationError(
      `--set: received ${JSON.stringify(override)}, expected key=value, for example student.steps=500`,
    );
  }
  return { keys, text: override.slice(equals + 1) };
}

type Holder = Record<string, unknown> | unknown[];

function holderAt(place: Holder, key: string, override: string, name: string): Holder {
  if (isMapping(place) && (!Object.hasOwn(place, key) || place[key] === null)) place[key] = {};
  const child = Array.isArray(place) ? place[Number(key)] : place[key];
  if (isMapping(child) || Array.isArray(child)) return child;
  const found = child === undefined ? 'is missing' : `is ${JSON.stringify(child)}`;
  throw new ConfigurationError(`--set ${override}: ${name} ${found}, expected keys or a list`);
}

/** Formats a path for messages: `models[3]`. */
function nameOf(keys: readonly string[]): string {
  return pathText(keys.map((key) => (/^\d+$/.test(key) ? Number(key) : key)));
}

function put(place: Holder, key: string, value: unknown, override: string): void {
  if (!Array.isArray(place)) {
    place[key] = value;
    return;
  }
  if (!/^\d+$/.test(key) || Number(key) > place.length) {
    throw new ConfigurationError(
      `--set ${override}: received "${key}" for an item of a list of ${place.length}, expected 0 to ${place.length}`,
    );
  }
  place[Number(key)] = value;
}

function valueIn(text: string, override: string): unknown {
  const { document, problems } = parseYaml(text);
  const [problem] = problems;
  if (problem) throw new ConfigurationError(`--set ${override}: its value is not YAML: ${problem.message}`);
  try {
    return plainValue(document);
  } catch (error) {
    // An alias, which has no anchor here.
    throw new ConfigurationError(
      `--set ${override}: its value is not YAML: ${(error as Error).message}; quote it if it is a text: --set 'key="*a"'`,
      { cause: error },
    );
  }
}
