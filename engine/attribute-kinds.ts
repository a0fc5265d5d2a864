/** Attribute kinds of tfjs-node's binding. */
export const ATTRIBUTE = { string: 0, int: 1, float: 2, bool: 3, type: 4, shape: 5 } as const;

/** TensorFlow's DataType numbers, which the binding uses too. */
export const DATA_TYPE = { float: 1, int32: 3, uint8: 4, int64: 9, bool: 10, resource: 20 } as const;
