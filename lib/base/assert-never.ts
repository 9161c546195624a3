/** Marks a branch that no value can reach; the compiler complains here when a union grows. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
