import { type Document, isScalar, type LineCounter, parseDocument, visit, type YAMLMap } from 'yaml';

interface Problem {
  readonly message: string;
  /** Offset in the text. */
  readonly offset: number;
}

interface Parsed {
  readonly document: Document;
  readonly problems: readonly Problem[];
}

const TOO_DEEP = 'nested too deeply';
/** More problems than these are counted only. */
const MOST_PROBLEMS = 20;

/** Parses YAML, of which JSON is a subset. Takes time in proportion to the text, whatever it holds. */
export function parseYaml(text: string, lines?: LineCounter): Parsed {
  try {
    const document = parseDocument(text, {
      prettyErrors: false,
      // The library compares each key with each other.
      uniqueKeys: false,
      ...(lines && { lineCounter: lines }),
    });
    // Warnings are about tags, which would be ignored.
    const own = [...document.errors, ...document.warnings].map(({ message, pos }) => ({
      // The library has caught its own recursion.
      message: /call stack/.test(message) ? TOO_DEEP : message,
      offset: pos[0],
    }));
    const problems = [...own, ...repeatedKeys(document)];
    const more = problems.length - MOST_PROBLEMS;
    if (more <= 0) return { document, problems };
    const last = { message: `and ${more} more problems`, offset: problems[MOST_PROBLEMS]!.offset };
    return { document, problems: [...problems.slice(0, MOST_PROBLEMS), last] };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { document: parseDocument(''), problems: [{ message: TOO_DEEP, offset: 0 }] };
  }
}

/**
 * The value of a document.
 * @throws Error for an unknown alias, or aliases that expand to too much
 */
export function plainValue(document: Document): unknown {
  try {
    return document.toJS();
  } catch (error) {
    if (error instanceof RangeError) throw new Error(TOO_DEEP, { cause: error });
    throw error;
  }
}

function repeatedKeys(document: Document): Problem[] {
  const problems: Problem[] = [];
  visit(document, { Map: (_, map) => void problems.push(...repeatedIn(map)) });
  return problems;
}

function repeatedIn({ items }: YAMLMap): Problem[] {
  const seen = new Set<string>();
  return items.flatMap(({ key }): Problem[] => {
    if (!isScalar(key)) return [];
    const name = String(key.value);
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [{ message: `the key ${JSON.stringify(name)} occurs twice`, offset: key.range?.[0] ?? 0 }];
  });
}
