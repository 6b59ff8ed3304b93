// Words with somebody's name in them: the name keeps its own direction, and the words around it theirs.
export function Named({ words, name }: { words: string; name: string | undefined }) {
  const at = name ? words.indexOf(name) : -1;
  if (!name || at < 0) return <bdi>{words}</bdi>;
  return (
    <>
      {words.slice(0, at)}
      <bdi>{name}</bdi>
      {words.slice(at + name.length)}
    </>
  );
}
