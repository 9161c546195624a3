/** The same function, which keeps what it made of its `most` latest keys: for what is asked again and again and is dear to make. */
export function remember<K, V>(most: number, make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const known = made.has(key);
    const value = known ? made.get(key) as V : make(key);
    // Asked for now is newest: a map keeps the order things were put in.
    made.delete(key);
    made.set(key, value);
    if (made.size > most) for (const oldest of made.keys()) { made.delete(oldest); break; }
    return value;
  };
}
