/** What a pickle can hold here: plain values, and the few objects that {@link ./globals.ts} makes. */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Tuple
  | List
  | Dictionary
  | Global
  | Storage
  | StoredTensor;

export class Tuple {
  constructor(readonly items: readonly Value[]) {}
}

export class List {
  readonly items: Value[] = [];
}

/** A dict or an OrderedDict: both keep the order of their keys. */
export class Dictionary {
  readonly entries = new Map<string, Value>();
}

/** The name of a class or a function. Nothing is imported or called by it. */
export class Global {
  constructor(readonly name: string) {}
}

/** Numbers that follow after the pickles. */
export class Storage {
  constructor(
    readonly key: string,
    readonly type: 'float32' | 'int64',
    readonly count: number,
  ) {}
}

/** A tensor, as a place in a storage. */
export class StoredTensor {
  constructor(
    readonly storage: Storage,
    readonly offset: number,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
  ) {}
}
